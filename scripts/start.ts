// `npm start`: builds what is stale and opens the desktop app, or the headless host where that cannot be.
import './end-with-npm.ts';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { boundHeap } from '../src/engine/health/bound-heap.ts';
import { HEADLESS_USAGE, readHeadlessOptions } from '../src/headless/headless-options.ts';
import { DESKTOP_FLAGS } from '../src/main/desktop-options.ts';
import { EXIT_CODES } from '../src/main/exit-codes.ts';
import type { Wish } from './choose-shell.ts';
import { chooseShell } from './choose-shell.ts';
import { findElectron } from './electron-runtime.ts';
import { ensureBuilt } from './ensure-built.ts';
import { fetchElectron } from './fetch-electron.ts';

const project = join(import.meta.dirname, '..');
/** An app that ends by itself sooner than this has not really started. */
const STARTED_AFTER_MS = 10_000;
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

// Ctrl+C before anything runs: a build or a download would go on without us.
const cancelled = new AbortController();
const cancel = () => cancelled.abort();
for (const signal of STOP_SIGNALS) process.on(signal, cancel);

try {
  await start(process.argv.slice(2));
} catch (fault) {
  if (cancelled.signal.aborted) process.exit(130);
  say(
    `Heartline cannot start: ${(fault instanceof Error ? fault.message : String(fault)).replace(/\.?$/, '.')}`,
  );
  process.exitCode = 2;
}

async function start(argv: readonly string[]): Promise<void> {
  const wish = wishOf(argv);
  const flags = argv.filter((flag) => flag !== '--desktop' && flag !== '--headless');
  // Refused before anything is built or fetched.
  if (wish === 'desktop') parseArgs({ args: [...flags], options: DESKTOP_FLAGS });
  else if (readHeadlessOptions(flags) === 'help') {
    process.stdout.write(`${HEADLESS_USAGE}\n`);
    return;
  }

  const choice = await chooseShell(wish, {
    environment: process.env,
    platform: process.platform,
    electron: () => findElectron(project),
    fetchElectron: () => fetchElectron(project, cancelled.signal),
  });
  if (choice.kind === 'impossible') throw new Error(`${choice.reason}. \`npm run headless\` works without.`);
  await ensureBuilt(project, () => say('Building what has changed…'), cancelled.signal);
  cancelled.signal.throwIfAborted();
  // From here on whoever runs decides how to end.
  for (const signal of STOP_SIGNALS) process.off(signal, cancel);
  if (choice.kind === 'headless') return openHeadless(flags, choice.reason);

  const failure = await openDesktop(choice.executable, flags);
  if (failure === undefined) return;
  if (wish === 'desktop') throw new Error(failure);
  await openHeadless(flags, failure);
}

function wishOf(argv: readonly string[]): Wish {
  const [desktop, headless] = [argv.includes('--desktop'), argv.includes('--headless')];
  if (desktop && headless) throw new Error('choose one of --desktop and --headless');
  if (desktop) return 'desktop';
  // A port is only the headless host's: whoever names one means it.
  return headless || argv.some((flag) => flag.startsWith('--port')) ? 'headless' : 'either';
}

/** In this very process: another would cost its start-up time and its memory. */
async function openHeadless(flags: readonly string[], reason?: string): Promise<void> {
  if (reason !== undefined) say(`No desktop window: ${reason}. Starting the headless host instead.`);
  // First: what reading it needs would be kept for ever.
  boundHeap();
  // One bundle instead of several hundred files whose types have to be taken out first: half the time and 20 MB less.
  const bundle = pathToFileURL(join(project, 'out', 'main', 'headless.js')).href;
  const { runHeadless } = (await import(bundle)) as typeof import('../src/headless/main.ts');
  await runHeadless(flags);
}

/** Runs the app to its end. Gives the reason when Electron itself could not run here. */
function openDesktop(executable: string, flags: readonly string[]): Promise<string | undefined> {
  const began = performance.now();
  let stopping = false;
  return new Promise((resolve) => {
    // Set in the terminals of editors that are Electron themselves, it would make plain Node of the app.
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
    const app = spawn(executable, [project, ...flags], { stdio: 'inherit', env });
    for (const signal of STOP_SIGNALS) {
      process.on(signal, () => {
        stopping = true;
        app.kill(signal);
      });
    }
    app.once('error', (fault) => resolve(`the Electron runtime cannot be run (${fault.message})`));
    app.once('exit', (code, signal) => {
      const ours = code === 0 || Object.values(EXIT_CODES).some((known) => known === code);
      if (ours || stopping || performance.now() - began > STARTED_AFTER_MS) {
        process.exitCode = code ?? 1;
        resolve(undefined);
      } else {
        resolve(`the Electron runtime ended at once (${signal ?? `exit code ${code}`})`);
      }
    });
  });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
