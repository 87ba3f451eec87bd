// The kill switch from a terminal: tells the running engine to halt and to cancel everything, or, when none answers,
// leaves the latch so that the next start is halted. Imports little on purpose: it has to begin at once.
import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { haltLatchFile, readHaltLatch, writeHaltLatch } from '#engine/trading/halt-latch.ts';
import { cleanText } from '#shared/base/clean-text.ts';
import { defaultFolders } from '#shared/base/default-folders.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { callKillDoor, type KillEnd } from './kill-call.ts';
import { AT_THE_VENUE, endOf, stateLines, sweepSentence } from './kill-words.ts';

const USAGE = `usage: npm run -s kill -- [--data-dir FOLDER] [--status]

  Halts trading and cancels every open order of every account, through the Heartline that runs on FOLDER (without it:
  on the usual folders of this user). When none answers within two seconds it leaves the halt for the next start.
  --status only asks how things are.
  Exit code: 0 all is cancelled (or told), 1 something is left to do, which is said, 2 not understood.`;

/** Exit code of one folder. */
async function kill(dataDir: string, say: (line: string) => void): Promise<number> {
  const said = new Map<string, string>();
  const end = await callKillDoor(dataDir, 'kill', ({ sweeps }) => {
    for (const sweep of sweeps) {
      const sentence = sweepSentence(sweep);
      if (said.get(sweep.id) === sentence) continue;
      said.set(sweep.id, sentence);
      say(sentence);
    }
  });
  if (end.kind === 'done') {
    for (const sweep of end.sweeps) {
      const sentence = sweepSentence(sweep);
      if (said.get(sweep.id) !== sentence) say(sentence);
    }
    const { isClean, lines } = endOf(end.sweeps, end.state);
    for (const line of lines) say(line);
    return isClean ? 0 : 1;
  }
  for (const line of brokenLines(end)) say(line);
  say(await latch(dataDir));
  say(AT_THE_VENUE);
  return 1;
}

function brokenLines(end: KillEnd): readonly string[] {
  switch (end.kind) {
    case 'nobody':
      return [
        `No running Heartline could be told: ${end.reason}. NOTHING was cancelled: orders at the venues stay as they are.`,
      ];
    case 'lost':
      return [
        `Heartline began to cancel and then went silent: ${end.reason}. Some orders may still be open.`,
      ];
    case 'failed':
      return [
        `Heartline could not cancel everything: ${cleanText(end.message, 200)}. Some orders may still be open.`,
      ];
    case 'done':
    case 'state':
      return [];
  }
}

/** Leaves the halt for whoever looks next, and says so. */
async function latch(dataDir: string): Promise<string> {
  const now = systemClock.now();
  try {
    if (readHaltLatch(dataDir, now) === undefined) {
      await writeHaltLatch(dataDir, { since: now, from: `command line (process ${process.pid})` });
    }
    return 'Trading is HALTED: the next start, and one that hangs as soon as it goes on, lets no order leave until somebody types RESUME in it.';
  } catch (fault) {
    return `And the halt could NOT be written (${messageOf(fault)}): the next start will not be halted. Free the disk, then run this again.`;
  }
}

async function status(dataDir: string, say: (line: string) => void): Promise<number> {
  const end = await callKillDoor(dataDir, 'status', () => undefined);
  if (end.kind === 'state') {
    for (const line of stateLines(end.state)) say(line);
    return 0;
  }
  say(`No running Heartline could be asked: ${'reason' in end ? end.reason : end.kind}.`);
  const held = readHaltLatch(dataDir, systemClock.now());
  say(
    held === undefined
      ? 'The next start will not be halted.'
      : `The next start will be HALTED (${haltLatchFile(dataDir)}).`,
  );
  return 1;
}

interface Asked {
  readonly folders: readonly string[];
  readonly isStatus: boolean;
}

/** Throws `arguments.invalid`. */
function readArguments(args: readonly string[]): Asked | 'help' {
  const { values, positionals } = parsed(args);
  if (values.help) return 'help';
  if (positionals.length > 0) throw refused(`"${positionals[0]}" is not understood; ${firstLine(USAGE)}`);
  const named = values['data-dir'];
  if (named === undefined) {
    const { headless, desktop } = defaultFolders(process.env, homedir(), process.platform);
    const folders = [headless, desktop].filter((folder) => existsSync(folder));
    if (folders.length === 0) {
      throw refused('no Heartline has run under this user: name its folder with --data-dir');
    }
    return { folders, isStatus: values.status ?? false };
  }
  if (named.trim() === '') throw refused('--data-dir takes a folder');
  const folder = resolve(named);
  // A mistyped one would be halted, and the right one trade on.
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw refused(`there is no folder ${folder}`);
  return { folders: [folder], isStatus: values.status ?? false };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'data-dir': { type: 'string' },
        status: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (fault) {
    throw refused(`${messageOf(fault).split('. ')[0]}; ${firstLine(USAGE)}`);
  }
}

const firstLine = (text: string) => text.split('\n', 1)[0];

function refused(message: string): HeartlineError {
  return new HeartlineError('arguments.invalid', message);
}

async function main(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (asked === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const { folders, isStatus } = asked;
  const codes = await Promise.all(
    folders.map((folder) => {
      const prefix = folders.length > 1 ? `${folder}: ` : '';
      return (isStatus ? status : kill)(folder, (line) => process.stdout.write(`${prefix}${line}\n`));
    }),
  );
  return Math.max(...codes);
}

// The reader has gone (`… | head`): the killing goes on.
process.stdout.on('error', () => undefined);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (fault) {
  process.stderr.write(`kill: ${messageOf(fault)}\n`);
  process.exitCode = fault instanceof HeartlineError && fault.code === 'arguments.invalid' ? 2 : 1;
}
