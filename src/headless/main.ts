import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createDrill } from '#drill/drill.ts';
import { openAccounts } from '#engine/accounts/open-accounts.ts';
import { createEngine } from '#engine/engine.ts';
import { openRecordedDesk } from '#engine/recorder/recorded-desk.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { shellLanguage } from '#shared/domain/shell-words.ts';
import { type Simulator, startSimulator } from '#simulator/simulator.ts';
import { accountsAt } from '#venues/account-registry.ts';
import { venues, venuesAt } from '#venues/registry.ts';
import { claimDataFolder } from './data-folder.ts';
import type { HeadlessHost } from './headless-host.ts';
import { startHeadlessHost } from './headless-host.ts';
import type { HeadlessOptions } from './headless-options.ts';
import { HEADLESS_USAGE, readHeadlessOptions } from './headless-options.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { createTerminalConfirm } from './terminal-confirm.ts';
import { createTerminalKill } from './terminal-kill.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
/** Of the server's terminal, as its system speaks. */
const LANGUAGE = shellLanguage(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG);
/** Not where `--json` promises one line and nothing else. */
const tell = (text: string) => void process.stderr.write(text);
/** Bundled, the simulator's thread lies beside this file; unbuilt, the simulator knows where its own is. */
const WORKER = import.meta.url.endsWith('.ts')
  ? {}
  : { workerUrl: new URL('./simulator-worker.js', import.meta.url) };
/** Leaves a margin below the two seconds a quit may take. */
const QUIT_LIMIT_MS = 1_700;

/** The engine in plain Node with a browser as its window. Runs until it is told to stop; then ends the process. */
export async function runHeadless(argv: readonly string[]): Promise<void> {
  let dataDir: string | undefined;
  const fail = (what: string, fault: unknown, code = 1): never => {
    process.stderr.write(`Heartline ${what}: ${sentenceOf(fault)}\n`);
    if (dataDir !== undefined && !(fault instanceof HeartlineError)) keepTrace(dataDir, fault);
    process.exit(code);
  };
  process.on('uncaughtException', (fault) => fail('has stopped', fault));

  try {
    const options = readHeadlessOptions(argv);
    if (options === 'help') {
      process.stdout.write(`${HEADLESS_USAGE}\n`);
      return;
    }
    dataDir = options.dataDir;
    const terminal = openTerminal();
    const running = await start(options, terminal);
    // Before anybody is told that it runs: who is told may tell it to stop.
    stopOnSignals(running);
    announce(running, options, terminal);
  } catch (fault) {
    fail('cannot start', fault, fault instanceof HeartlineError && fault.code === 'flag.invalid' ? 2 : 1);
  }
}

interface Running extends AsyncDisposable {
  readonly host: HeadlessHost;
  readonly simulator: Simulator | undefined;
  /** The kill switch, as the terminal works it. */
  readonly kill: () => void;
  /** Where the token for `/metrics` lies; absent without `--metrics`. */
  readonly metricsToken: string | undefined;
}

async function start(options: HeadlessOptions, terminal: Terminal): Promise<Running> {
  await using stack = new AsyncDisposableStack();
  // Loaded only where it is wanted: it takes its time.
  const page = options.metrics ? await import('./metrics-page.ts') : undefined;
  // The port first: whether it is free is known at once, and nothing else has to be undone.
  const host = stack.adopt(
    await startHeadlessHost({
      port: options.port,
      clock: systemClock,
      pageDir: join(PROJECT, 'out', 'renderer'),
      serve: (channel) => void engine.serve(channel),
      ...(page && {
        metrics: { type: page.METRICS_TYPE, read: () => page.metricsPage(engine.metrics(), engine.health()) },
      }),
    }),
    (started) => started.close(),
  );
  const recorded =
    options.recording &&
    stack.use(
      await openRecordedDesk({
        ...options.recording,
        clock: systemClock,
        venues,
        settingsFrom: options.dataDir,
      }),
    );
  const dataDir = recorded?.dataDir ?? options.dataDir;
  stack.use(await claimDataFolder(dataDir, host.port));
  // No simulator in live mode: the venues themselves, whether they can be reached or not.
  const simulator =
    options.mode === 'demo' && !recorded
      ? stack.adopt(await startSimulator(WORKER), (started) => started.stop())
      : undefined;
  simulator?.onGone((reason) => {
    process.stderr.write(
      `The simulated market has ended (${reason}). Its connections now show as failing; start Heartline again to get it back.\n`,
    );
  });
  const engine = stack.use(
    createEngine({
      clock: systemClock,
      dataDir,
      venues: venuesAt(({ id, environments }) =>
        simulator ? simulator.address.venues[id] : environments.mainnet,
      ),
      app: {
        version: version(),
        mode: options.mode,
        environment: simulator ? 'simulator' : 'mainnet',
        shell: 'headless',
      },
      ...(recorded && {
        ...recorded.recording,
        app: { version: version(), shell: 'headless', ...recorded.recording.app },
      }),
      // A recording is nobody's account.
      ...(!recorded && {
        accounts: openAccounts({
          store: options.keys,
          environment: simulator ? 'simulator' : 'mainnet',
          places: accountsAt(({ id, environments }) =>
            simulator ? simulator.address.venues[id] : environments.mainnet,
          ).map((place) => ({
            ...place,
            ...(simulator && { demoKey: () => simulator.demoKey(place.venue.id) }),
          })),
        }),
      }),
      // Live, nobody tells the dollar's price in won: the person types it in.
      ...(simulator && { fx: { source: 'simulator', load: () => simulator.krwRate() } }),
      drill: stack.use(createDrill({ clock: systemClock, ...WORKER })),
      confirm: createTerminalConfirm({ clock: systemClock, ...terminal, write: tell, language: LANGUAGE }),
    }),
  );
  await recorded?.begin(engine, (detail) => process.stderr.write(`The recording is over: ${detail}.\n`));
  // Last: who can read it finds an engine to ask.
  const metricsToken = page && stack.use(host.publishMetricsToken(dataDir)).file;
  const kept = stack.move();
  const kill = createTerminalKill(engine, tell, LANGUAGE);
  return { host, simulator, metricsToken, kill, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** For a program: one line of JSON. For a person: a link now, and one more whenever they ask. */
function announce(
  { host, simulator, metricsToken, kill }: Running,
  { mode, recording, json }: HeadlessOptions,
  terminal: Terminal,
): void {
  const killWords = terminal.onKillAsked(kill);
  const metrics = `http://127.0.0.1:${host.port}/metrics`;
  if (json) {
    const figures = metricsToken !== undefined && { metrics, metricsToken };
    // The simulator's control address, so that a test can disturb the market it watches.
    const demo = simulator && { simulator: simulator.address.control };
    process.stdout.write(
      `${JSON.stringify({ url: host.newLink(), pid: process.pid, ...demo, ...figures })}\n`,
    );
    return;
  }
  const played = recording && `${basename(recording.path)} at ${recording.speed} times its speed`;
  const market = played ?? (mode === 'demo' ? 'the simulated market' : 'live public data');
  const print = () => {
    process.stdout.write(
      `Heartline (${market}): open ${host.newLink()}\n  The link works once, within a minute. ${how}${killWords} Ctrl+C: quit.\n`,
    );
  };
  const how = terminal.onLinkAsked(print);
  print();
  if (metricsToken !== undefined) {
    process.stdout.write(`  Metrics: ${metrics}, with the token in ${metricsToken}\n`);
  }
}

function stopOnSignals(running: AsyncDisposable): void {
  let stopping = false;
  const stop = () => {
    // A terminal's Ctrl+C comes twice under npm, which passes it on.
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), QUIT_LIMIT_MS).unref();
    running[Symbol.asyncDispose]().then(
      () => process.exit(0),
      (fault: unknown) => {
        process.stderr.write(`Heartline did not close cleanly: ${sentenceOf(fault)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}

function sentenceOf(fault: unknown): string {
  return fault instanceof HeartlineError
    ? fault.message.replace(/\.?$/, '.')
    : `an error of its own (${messageOf(fault)}).`;
}

/** A bug's stack is for the report, not for the terminal. */
function keepTrace(dataDir: string, fault: unknown): void {
  const file = join(dataDir, 'last-crash.txt');
  try {
    writeFileSync(
      file,
      `${new Date().toISOString()}\n${fault instanceof Error ? fault.stack : String(fault)}\n`,
    );
    process.stderr.write(`What is needed to find it is in ${file}.\n`);
  } catch (unwritable) {
    process.stderr.write(`(${messageOf(unwritable)})\n`);
  }
}

function version(): string {
  return (JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string }).version;
}

if (import.meta.main) await runHeadless(process.argv.slice(2));
