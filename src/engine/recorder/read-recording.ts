import { HeartlineError } from '#shared/base/errors.ts';
import { parseExactJson } from '#shared/base/exact-json.ts';
import { type Instrument, type InstrumentId, instrumentName } from '#shared/domain/instrument.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { Decode, InstrumentPage, RestCall, Venue } from '#venues/venue.ts';
import { recordLines } from './record-lines.ts';
import { type Recorded, readRecord } from './recording.ts';

export type RecordedAnswer = Extract<Recorded, { kind: 'answer' }>;

/** What a recording holds of one venue. */
export interface RecordedMarket {
  readonly venue: Venue;
  /** Everything that some frame told of, the most talkative instrument first. */
  readonly streams: readonly StreamKey[];
  readonly instruments: readonly Instrument[];
  /** What the venue answered, in order. */
  readonly answers: readonly RecordedAnswer[];
}

export interface RecordingContents {
  /** Wall ms of the first and of the last frame. */
  readonly from: number;
  readonly to: number;
  readonly markets: readonly RecordedMarket[];
}

/** So many frames tell whose they are. */
const TELLING_FRAMES = 300;
/** A recording's REST answers are kept in memory: lists and snapshots, some megabytes. */
const MOST_ANSWER_CHARS = 256 * 1024 * 1024;

/**
 * Reads a whole recording once, to know what can be shown of it. Throws `file.unreadable`, and `recording.none` when no
 * venue understands its frames.
 */
export async function readRecording(path: string, venues: readonly Venue[]): Promise<RecordingContents> {
  const guessed = await guessVenue(path, venues);
  const readers = new Map<string, ReturnType<typeof createMarketReader>>();
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for await (const line of recordLines(path, () => undefined)) {
    const record = readRecord(line);
    if (record.kind !== 'frame' && record.kind !== 'answer') continue;
    const venue = venues.find(({ id }) => id === (record.venue ?? guessed?.id));
    if (!venue) continue;
    let reader = readers.get(venue.id);
    if (!reader) {
      reader = createMarketReader(venue);
      readers.set(venue.id, reader);
    }
    if (record.kind === 'answer') {
      reader.answer(record);
      continue;
    }
    reader.frame(record);
    if (record.receivedAt <= 0) continue;
    from = Math.min(from, record.receivedAt);
    to = Math.max(to, record.receivedAt);
  }
  const markets = [...readers.values()]
    .map((reader) => reader.read())
    .filter(({ streams }) => streams.length > 0);
  if (markets.length > 0 && from <= to) return { from, to, markets };
  throw new HeartlineError('recording.none', `${path} holds no frames that can be shown`, {
    details: { path },
  });
}

/** Whose frames they are where the recorder did not say: the venue that reads most of them and stumbles over none. */
async function guessVenue(path: string, venues: readonly Venue[]): Promise<Venue | undefined> {
  const readers = venues.map((venue) => ({ venue, read: createFrameReader(venue), told: 0, failed: 0 }));
  let frames = 0;
  for await (const line of recordLines(path, () => undefined)) {
    const record = readRecord(line);
    if (record.kind !== 'frame') continue;
    if (record.venue !== undefined) return undefined;
    for (const reader of readers) {
      const { events, failed } = reader.read(record);
      reader.told += events.length;
      reader.failed += failed;
    }
    frames += 1;
    if (frames >= TELLING_FRAMES) break;
  }
  return readers
    .filter(({ told, failed }) => told > failed)
    .sort((a, b) => b.told - b.failed - (a.told - a.failed))[0]?.venue;
}

function createFrameReader(venue: Venue) {
  const decoders = new Map<string | undefined, Decode>();
  return ({ raw, receivedAt, route }: Extract<Recorded, { kind: 'frame' }>) => {
    let decode = decoders.get(route);
    if (!decode) {
      decode = venue.createDecoder(route === undefined ? {} : { route });
      decoders.set(route, decode);
    }
    const events: MarketEvent[] = [];
    let failed = 0;
    for (const decoded of decode(raw, receivedAt)) {
      if ('instrument' in decoded) events.push(decoded);
      else if (decoded.kind === 'failed') failed += 1;
    }
    return { events, failed };
  };
}

function createMarketReader(venue: Venue) {
  const read = createFrameReader(venue);
  const streams = new Map<string, StreamKey>();
  const counts = new Map<InstrumentId, number>();
  const seen = new Map<InstrumentId, { priceScale: number; quantityScale: number }>();
  const listed = new Map<InstrumentId, Instrument>();
  const answers: RecordedAnswer[] = [];
  const pages: RestCall<readonly Instrument[] | InstrumentPage>[] = [venue.rest.instruments()];
  let answerChars = 0;

  return {
    frame(record: Extract<Recorded, { kind: 'frame' }>): void {
      for (const event of read(record).events) {
        const key = keyOf(event);
        streams.set(streamKeyText(key), key);
        counts.set(event.instrument, (counts.get(event.instrument) ?? 0) + 1);
        if (event.kind !== 'book-delta' && event.kind !== 'book-snapshot') continue;
        const scales = seen.get(event.instrument);
        seen.set(event.instrument, {
          priceScale: Math.max(scales?.priceScale ?? 0, event.priceScale),
          quantityScale: Math.max(scales?.quantityScale ?? 0, event.quantityScale),
        });
      }
    },
    answer(record: RecordedAnswer): void {
      answerChars += record.raw.length;
      if (answerChars <= MOST_ANSWER_CHARS) answers.push(record);
      const page = pages.find((call) => isAnswerTo(call, record, []));
      const answer = page && readAnswer(page, record);
      if (!answer) return;
      const instruments = 'instruments' in answer ? answer.instruments : answer;
      for (const instrument of instruments) listed.set(instrument.id, instrument);
      if ('instruments' in answer && answer.next) pages.push(answer.next);
    },
    read(): RecordedMarket {
      const order = (id: InstrumentId) => counts.get(id) ?? 0;
      const ids = [...counts.keys()].sort((a, b) => order(b) - order(a));
      return {
        venue,
        streams: [...streams.values()].sort((a, b) => order(b.instrument) - order(a.instrument)),
        instruments: ids.map((id) => listed.get(id) ?? unlisted(venue, id, seen.get(id))),
        answers,
      };
    },
  };
}

function keyOf(event: MarketEvent): StreamKey {
  const { instrument } = event;
  switch (event.kind) {
    case 'book-delta':
    case 'book-snapshot':
      return { kind: 'book', instrument };
    case 'candle':
      return { kind: 'candle', instrument, interval: event.interval };
    default:
      return { kind: event.kind, instrument };
  }
}

/** What can be told of an instrument from its frames alone. */
function unlisted(venue: Venue, id: InstrumentId, scales = { priceScale: 2, quantityScale: 8 }): Instrument {
  const [base = '', quote = '', kind] = instrumentName(id).split('-');
  const stepAt = (scale: number) => (scale === 0 ? '1' : `0.${'0'.repeat(scale - 1)}1`);
  return {
    id,
    venue: venue.id,
    kind: kind === undefined ? 'spot' : kind === 'PERP' ? 'perpetual' : 'future',
    base,
    quote,
    status: 'trading',
    tickSize: stepAt(scales.priceScale),
    priceScale: scales.priceScale,
    quantityStep: stepAt(scales.quantityScale),
    quantityScale: scales.quantityScale,
    minQuantity: stepAt(scales.quantityScale),
  };
}

/**
 * Whether a recorded answer is one to this call: the same path, and the same query but for what is `ignored`. An answer
 * whose address was not kept may be to any.
 */
export function isAnswerTo(
  call: { readonly path: string },
  { path, search }: Pick<RecordedAnswer, 'path' | 'search'>,
  ignored: readonly string[],
): boolean {
  const [ownPath, ownSearch = ''] = call.path.split('?');
  if (ownPath !== path) return false;
  if (search === '') return true;
  const told = (text: string) =>
    [...new URLSearchParams(text)]
      .filter(([name]) => !ignored.includes(name))
      .map(([name, value]) => `${name}=${value}`)
      .sort()
      .join('&');
  return told(ownSearch) === told(search);
}

/** `undefined` when the body is not JSON, or of no shape the venue's own parser knows. */
export function readAnswer<Body>(
  call: RestCall<Body>,
  { raw, receivedAt }: Pick<RecordedAnswer, 'raw' | 'receivedAt'>,
): Body | undefined {
  try {
    return call.parse(parseExactJson(raw), receivedAt, { get: () => null });
  } catch (fault) {
    if (fault instanceof HeartlineError || fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}
