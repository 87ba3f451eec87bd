import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { replayFile } from '#engine/recorder/replay.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { venues } from '#venues/registry.ts';

const USAGE =
  'usage: npm run -s replay -- <venue> <file.ndjson[.gz]> [--events trade,book-top,candle,ticker,mark]';
/** Characters per write to stdout: a write per line would cost more than the decoding. */
const CHUNK = 64 * 1024;

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parsed(args);
  const [venueName, path, ...more] = positionals;
  if (venueName === undefined || path === undefined || more.length > 0) throw refused(USAGE);
  const venue = venues.find(({ id }) => id === venueName);
  if (!venue) throw refused(`unknown venue ${venueName}; known: ${venues.map(({ id }) => id).join(' ')}`);

  let pending = '';
  const flush = async () => {
    const chunk = pending;
    pending = '';
    if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
  };
  const print = (line: string) => {
    pending += `${line}\n`;
  };
  try {
    const summary = await replayFile(path, {
      venue,
      events: values.events?.split(',').map((name) => name.trim()),
      print,
      onCut: () => process.stderr.write(`replay: ${path} ends midway; everything before that was replayed\n`),
      written: () => (pending.length >= CHUNK ? flush() : undefined),
    });
    print(JSON.stringify(summary));
  } finally {
    // A file that is damaged halfway has brought what it brought.
    await flush();
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { events: { type: 'string' } }, allowPositionals: true });
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
  await main(process.argv.slice(2));
} catch (fault) {
  process.stderr.write(`replay: ${messageOf(fault)}\n`);
  process.exitCode = 1;
}
