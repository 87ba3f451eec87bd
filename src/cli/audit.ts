// The order journal of a data folder: check its chain, write it out, or show one order.
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { type JournalArchive, openJournalArchive } from '#engine/storage/journal-archive.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { JournalLine } from '#shared/domain/journal.ts';
import { folderWith } from './folder-with.ts';

const USAGE =
  'usage: npm run -s audit -- verify|export|show CLIENT-ORDER-ID [--data-dir FOLDER] [--csv|--ndjson] (these two for export)';
/** Characters per write to stdout. */
const CHUNK = 64 * 1024;
const COLUMNS = ['seq', 'at', 'utc', 'kst', 'kind', 'order', 'state', 'body', 'hash'] as const;

type Asked =
  | { readonly command: 'verify'; readonly dataDir: string }
  | { readonly command: 'export'; readonly dataDir: string; readonly isCsv: boolean }
  | { readonly command: 'show'; readonly dataDir: string; readonly order: string };

/** Exit code: 0 where all is well, 1 where the journal is not what Heartline wrote. */
async function main(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  const archive = openJournalArchive(asked.dataDir);
  try {
    switch (asked.command) {
      case 'verify':
        return await verify(archive);
      case 'export':
        await printAll(asked.isCsv ? csv(archive) : archive.exported());
        return 0;
      case 'show':
        await printAll(shown(linesOf(archive, asked.order)));
        return 0;
    }
  } finally {
    archive.dispose();
  }
}

async function verify(archive: JournalArchive): Promise<number> {
  const { lines, brokenAt, file, end } = archive.verify();
  const counted = `${lines} ${lines === 1 ? 'line' : 'lines'}`;
  const said =
    brokenAt === undefined
      ? `${counted}: the chain is whole.`
      : end === 'noted'
        ? `${counted}: line ${brokenAt} is not what was written, or is missing. What comes before it stands.`
        : `${counted}: from line ${brokenAt} on some may be missing. The note of the last line (orders.anchor) is ${end}.`;
  await printAll([`${said}\n`, ...(file === 'ok' ? [] : [`The file itself is damaged: ${file}\n`])]);
  return brokenAt === undefined && file === 'ok' ? 0 : 1;
}

function* csv(archive: JournalArchive): Generator<string> {
  yield `${COLUMNS.join(',')}\n`;
  for (const line of archive.stored()) {
    const all = { ...line, utc: inUtc(line.at), kst: inKst(line.at) };
    yield `${COLUMNS.map((column) => cell(all[column])).join(',')}\n`;
  }
}

/** Of one order, for people: when, how long after the click, what, and the whole of it. */
function* shown(lines: readonly JournalLine[]): Generator<string> {
  const clickedAt = lines[0]?.at ?? 0;
  for (const { seq, at, event, state } of lines) {
    const { kind, ...rest } = event;
    const after = `+${Math.max(0, at - clickedAt)} ms`;
    yield `${seq}  ${inKst(at)} KST  ${inUtc(at)}  ${after.padStart(10)}  ${kind.padEnd(8)}  ${(state ?? '').padEnd(10)}  ${JSON.stringify(rest)}\n`;
  }
}

function linesOf(archive: JournalArchive, order: string): readonly JournalLine[] {
  const lines = archive.linesOf(order);
  if (lines.length === 0) throw new HeartlineError('order.unknown', `the journal has no order ${order}`);
  return lines;
}

/** `2026-07-30T07:45:00.123Z`. A time that makes no sense was tampered with: it is printed as it is. */
function inUtc(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}

/** Korea has kept UTC+9 without summer time since 1988. */
function inKst(at: number): string {
  return inUtc(at + 9 * 3_600_000)
    .replace('T', ' ')
    .replace('Z', '');
}

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  // A table program would take such a cell for a formula.
  const plain = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\n\r]/u.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

async function printAll(all: Iterable<string>): Promise<void> {
  let pending = '';
  for (const text of all) {
    pending += text;
    if (pending.length < CHUNK) continue;
    if (!process.stdout.write(pending)) await once(process.stdout, 'drain');
    pending = '';
  }
  if (!process.stdout.write(pending)) await once(process.stdout, 'drain');
}

function readArguments(args: readonly string[]): Asked {
  const { values, positionals } = parsed(args);
  const [command, order, ...more] = positionals;
  const { 'data-dir': named, csv: isCsv = false, ndjson = false } = values;
  if (command !== 'verify' && command !== 'export' && command !== 'show') throw refused(USAGE);
  if (more.length > 0 || (command !== 'show' && order !== undefined)) throw refused(USAGE);
  const dataDir = folderWith('orders.db', named, USAGE);
  if (isCsv && ndjson) throw refused('--csv and --ndjson exclude each other');
  if ((isCsv || ndjson) && command !== 'export') throw refused('--csv and --ndjson are for export');
  if (command === 'verify') return { command, dataDir };
  if (command === 'export') return { command, dataDir, isCsv };
  if (order === undefined || order === '') throw refused(`show needs a client order id; ${USAGE}`);
  return { command, dataDir, order };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { 'data-dir': { type: 'string' }, csv: { type: 'boolean' }, ndjson: { type: 'boolean' } },
    });
  } catch (fault) {
    // The parser goes on with advice about dashes.
    throw refused(`${messageOf(fault).split('. ')[0]}; ${USAGE}`);
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
  process.stderr.write(`audit: ${messageOf(fault)}\n`);
  const isAsked =
    fault instanceof HeartlineError &&
    ['arguments.invalid', 'journal.missing', 'order.unknown'].includes(fault.code);
  process.exitCode = isAsked ? 2 : 1;
}
