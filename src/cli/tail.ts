import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '#engine/engine.ts';
import { eventLine } from '#engine/recorder/event-line.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { type InstrumentId, instrumentId, venueOf } from '#shared/domain/instrument.ts';
import { interval } from '#shared/domain/interval.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { venuesAt } from '#venues/registry.ts';
import { splitArguments } from './arguments.ts';
import { endWith } from './end-with.ts';
import { findBase } from './find-base.ts';
import { createLineWriter } from './line-writer.ts';

const USAGE =
  'Usage: npm run -s tail -- <venue:INSTRUMENT> [--streams ticker,trade,book,candle:1m] ' +
  '[--base simulator|demo|mainnet|URL] [--seconds N]';

/** A longer timer would fire at once. */
const MOST_SECONDS = 2_000_000;

interface TailOptions {
  readonly instrument: InstrumentId;
  readonly streams: readonly StreamKey[];
  readonly base: string;
  /** 0: until interrupted. */
  readonly seconds: number;
}

export function readTailOptions(argv: readonly string[]): TailOptions {
  const { words, options } = splitArguments(argv, ['streams', 'base', 'seconds']);
  const [word] = words;
  if (word === undefined || words.length > 1) throw new HeartlineError('argument.missing', USAGE);
  const instrument = readInstrument(word);
  const seconds = Number(options.get('seconds') ?? '0');
  if (options.get('seconds')?.trim() === '' || !(seconds >= 0 && seconds <= MOST_SECONDS)) {
    throw new HeartlineError(
      'argument.invalid',
      `--seconds takes a number of seconds up to ${MOST_SECONDS}, such as 30.`,
    );
  }
  const names = (options.get('streams') ?? 'ticker,trade,book,candle:1m').split(',');
  return {
    instrument,
    streams: names.map((name) => readStream(name.trim(), instrument)),
    base: options.get('base') ?? 'simulator',
    seconds,
  };
}

function readInstrument(text: string): InstrumentId {
  try {
    return instrumentId(text);
  } catch (cause) {
    throw new HeartlineError(
      'instrument.unknown',
      `"${text}" is not an instrument. They are written like binance:BTC-USDT-PERP.`,
      { cause },
    );
  }
}

function readStream(name: string, instrument: InstrumentId): StreamKey {
  const [kind, of] = name.split(':');
  switch (kind) {
    case 'ticker':
    case 'top':
    case 'trade':
    case 'book':
    case 'mark':
      if (of === undefined) return { kind, instrument };
      break;
    case 'candle':
      return { kind, instrument, interval: readInterval(of ?? '1m') };
  }
  throw new HeartlineError(
    'stream.unknown',
    `"${name}" is not a stream. Streams are ticker, top, trade, book, mark and candle:<interval>.`,
  );
}

function readInterval(text: string) {
  try {
    return interval(text);
  } catch (cause) {
    const known = cause instanceof HeartlineError ? String(cause.details.known) : '';
    throw new HeartlineError('interval.unknown', `"${text}" is not a candle interval. Known: ${known}.`, {
      cause,
    });
  }
}

async function tail(options: TailOptions): Promise<void> {
  await using cleanup = new AsyncDisposableStack();
  const base = await findBase(options.base);
  cleanup.defer(() => base.stop());
  const venues = venuesAt((venue) => base.endpointsOf(venue));
  if (!venues.some(({ venue }) => venue.id === venueOf(options.instrument))) {
    const known = venues.map(({ venue }) => venue.id).join(', ');
    throw new HeartlineError(
      'venue.unknown',
      `There is no venue "${venueOf(options.instrument)}" at ${options.base}. Known: ${known}.`,
    );
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'heartline-tail-'));
  cleanup.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const engine = cleanup.use(
    createEngine({
      clock: systemClock,
      dataDir,
      venues,
      app: {
        version: '',
        mode: base.isSimulated ? 'demo' : 'live',
        environment: options.base,
        shell: 'headless',
      },
    }),
  );
  // Trouble goes to stderr while it lasts: a silent tail would look like a quiet market.
  const log = engine.api.watch('log', {}, () => {
    for (const entry of log.take() ?? []) {
      // What the venue does not list is refused below, in a sentence of its own.
      if (entry.level === 'info' || entry.code === 'instrument.delisted') continue;
      process.stderr.write(`${entry.message}\n`);
    }
  });
  cleanup.defer(() => log.dispose());

  const out = createLineWriter(process.stdout);
  const ended = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
    void out.broken.then(resolve);
    if (options.seconds > 0) setTimeout(resolve, options.seconds * 1000);
  });
  const lost = new Promise<never>((_resolve, reject) => {
    base.onGone((reason) => reject(new HeartlineError('simulator.gone', `The simulator is gone: ${reason}`)));
  });
  const undo = await Promise.race([
    engine.tap(options.streams, (event) => out.write(eventLine(event))),
    lost,
    ended, // an impatient person need not wait for a venue that does not answer
  ]);
  if (undo) cleanup.defer(undo);
  await Promise.race([ended, lost]);
  await out.flush();
}

if (import.meta.main) {
  try {
    await tail(readTailOptions(process.argv.slice(2)));
    // A keep-alive socket of the HTTP client may outlive the work for some seconds.
    process.exit(0);
  } catch (fault) {
    endWith(fault);
  }
}
