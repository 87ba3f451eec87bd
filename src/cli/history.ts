// What is remembered of the market in a data folder: check it, or write it out.
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import {
  type ArchivedCandle,
  type ArchiveFilter,
  openCandleArchive,
} from '#engine/storage/candle-archive.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { interval } from '#shared/domain/interval.ts';
import { folderWith } from './folder-with.ts';

const USAGE =
  'usage: npm run -s history -- check|export [--data-dir FOLDER] [--csv|--ndjson] [--instrument venue:NAME] [--interval 1m]';
/** Characters per write to stdout. */
const CHUNK = 64 * 1024;
const COLUMNS = [
  'instrument',
  'interval',
  'openTime',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'provenance',
] as const satisfies readonly (keyof ArchivedCandle)[];

interface Asked {
  readonly command: 'check' | 'export';
  readonly dataDir: string;
  readonly isCsv: boolean;
  readonly filter: ArchiveFilter;
}

/** Exit code: 0 where all is well, 1 where something on disk is not. */
async function main(args: readonly string[]): Promise<number> {
  const { command, dataDir, isCsv, filter } = readArguments(args);
  const archive = openCandleArchive(dataDir);
  try {
    if (command === 'export') {
      await printAll(lines(archive.candles(filter), isCsv));
      return 0;
    }
    const reports: string[] = [];
    const summary = archive.check(filter, (report) => reports.push(JSON.stringify(report)));
    await printAll([...reports, JSON.stringify(summary)]);
    return summary.damaged === 0 && summary.file === 'ok' ? 0 : 1;
  } finally {
    archive.dispose();
  }
}

function* lines(candles: Iterable<ArchivedCandle>, isCsv: boolean): Generator<string> {
  if (isCsv) yield COLUMNS.join(',');
  for (const candle of candles) {
    // No field holds a comma or a quote: names of instruments and intervals, numbers, and words of ours.
    yield isCsv ? COLUMNS.map((column) => candle[column]).join(',') : JSON.stringify(candle);
  }
}

async function printAll(all: Iterable<string>): Promise<void> {
  let pending = '';
  for (const line of all) {
    pending += `${line}\n`;
    if (pending.length < CHUNK) continue;
    if (!process.stdout.write(pending)) await once(process.stdout, 'drain');
    pending = '';
  }
  if (!process.stdout.write(pending)) await once(process.stdout, 'drain');
}

function readArguments(args: readonly string[]): Asked {
  const { values, positionals } = parsed(args);
  const [command, ...more] = positionals;
  if ((command !== 'check' && command !== 'export') || more.length > 0) throw refused(USAGE);
  const { 'data-dir': folder, csv = false, ndjson = false } = values;
  const dataDir = folderWith('history.db', folder, USAGE);
  if (csv && ndjson) throw refused('--csv and --ndjson exclude each other');
  if (csv && command === 'check')
    throw refused('--csv is for export; check prints a line of JSON per series');
  return {
    command,
    dataDir,
    isCsv: csv,
    filter: {
      instrument:
        values.instrument === undefined ? undefined : named(() => instrumentId(values.instrument ?? '')),
      interval: values.interval === undefined ? undefined : named(() => interval(values.interval ?? '')),
    },
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'data-dir': { type: 'string' },
        csv: { type: 'boolean' },
        ndjson: { type: 'boolean' },
        instrument: { type: 'string' },
        interval: { type: 'string' },
      },
    });
  } catch (fault) {
    // The parser goes on with advice about dashes.
    throw refused(`${messageOf(fault).split('. ')[0]}; ${USAGE}`);
  }
}

function named(read: () => string): string {
  try {
    return read();
  } catch (fault) {
    throw refused(messageOf(fault));
  }
}

/** What the person got wrong, in one sentence. */
function refused(message: string): HeartlineError {
  return new HeartlineError('arguments.invalid', message);
}

// The reader has gone (`… | head`): nothing is wrong, and there is nobody to tell.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  process.exit(fault.code === 'EPIPE' ? 0 : 1);
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (fault) {
  process.stderr.write(`history: ${messageOf(fault)}\n`);
  const isAsked =
    fault instanceof HeartlineError && ['arguments.invalid', 'history.missing'].includes(fault.code);
  process.exitCode = isAsked ? 2 : 1;
}
