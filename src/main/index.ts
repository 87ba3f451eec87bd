import { join } from 'node:path';
import { app } from 'electron';
import { createDrill } from '#drill/drill.ts';
import { openAccounts } from '#engine/accounts/open-accounts.ts';
import { createEngine } from '#engine/engine.ts';
import { openRecordedDesk } from '#engine/recorder/recorded-desk.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { shellLanguage } from '#shared/domain/shell-words.ts';
import { startSimulator } from '#simulator/simulator.ts';
import { accountsAt } from '#venues/account-registry.ts';
import { venues, venuesAt } from '#venues/registry.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { createDialogConfirm } from './confirm.ts';
import { openDataDir } from './data-dir.ts';
import { readDesktopOptions } from './desktop-options.ts';
import { failAtStart, reportCrashes } from './failure.ts';
import { sayWhenHung } from './hung-title.ts';
import { claimKillShortcut } from './kill-shortcut.ts';
import { createKillSwitch } from './kill-switch.ts';
import { lockWithScreen } from './lock-with-screen.ts';
import { openLog } from './log.ts';
import { frontWindow, mainWindow, showWindow } from './main-window.ts';
import { setMenu } from './menu.ts';
import { followDisplays } from './popouts.ts';
import { handOverPorts } from './ports.ts';
import { watchPower } from './power.ts';
import { quitCleanly } from './quit.ts';
import { createQuitQuestion } from './quit-question.ts';
import { denyByDefault } from './security.ts';
import { claimSingleInstance } from './single-instance.ts';
import { createSpokenLanguage } from './spoken-language.ts';
import { openStatus } from './status.ts';
import { openWindow } from './window.ts';

const OUT = join(import.meta.dirname, '..');
const SIMULATOR_WORKER = new URL('./simulator-worker.js', import.meta.url);

registerAppScheme();
// Whatever page there may ever be, whatever its options say.
app.enableSandbox();
// Not awaited here: Electron becomes ready only after this file has been evaluated to its end, and `start` waits
// for that. What must happen before it is ready stands before the first `await` inside.
start().catch(failAtStart);

async function start(): Promise<void> {
  const options = readDesktopOptions(process.argv);
  const dataDir = openDataDir(options.dataDir);
  if (!claimSingleInstance()) return app.exit(0);

  const stack = new AsyncDisposableStack();
  const quitting = quitCleanly(stack);
  const log = openLog(dataDir);
  reportCrashes(log);
  await app.whenReady();

  const spoken = createSpokenLanguage(shellLanguage(app.getLocale()));
  const language = spoken.now;
  const icon = join(OUT, '..', 'resources', 'icon.png');

  denyByDefault(log, icon);
  serveApp(join(OUT, 'renderer'));
  const recorded =
    options.recording &&
    stack.use(
      await openRecordedDesk({ ...options.recording, clock: systemClock, venues, settingsFrom: dataDir }),
    );
  // No simulator in live mode: the venues themselves, whether they can be reached or not.
  const simulator =
    options.mode === 'demo' && !recorded
      ? stack.adopt(await startSimulator({ workerUrl: SIMULATOR_WORKER }), (started) => started.stop())
      : undefined;
  simulator?.onGone((reason) =>
    log.error(`the simulated market has ended (${reason}); its connections now show as failing`),
  );
  const engine = stack.use(
    createEngine({
      clock: systemClock,
      dataDir: recorded?.dataDir ?? dataDir,
      venues: venuesAt(({ id, environments }) =>
        simulator ? simulator.address.venues[id] : environments.mainnet,
      ),
      app: {
        version: app.getVersion(),
        mode: options.mode,
        environment: simulator ? 'simulator' : 'mainnet',
        shell: 'desktop',
      },
      ...(recorded && {
        ...recorded.recording,
        app: { version: app.getVersion(), shell: 'desktop', ...recorded.recording.app },
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
      drill: stack.use(createDrill({ clock: systemClock, workerUrl: SIMULATOR_WORKER })),
      confirm: createDialogConfirm({ clock: systemClock, language, parent: frontWindow, log }),
    }),
  );
  await recorded?.begin(engine, (detail) => log.info(`the recording is over: ${detail}`));
  const lock = () => {
    engine.disarm('lock');
    engine.lockKeys();
  };
  stack.defer(lockWithScreen(lock, log));
  handOverPorts((channel) => engine.serve(channel), log);
  watchPower(engine, log);
  quitting.askFirst(createQuitQuestion({ engine, language, parent: frontWindow, log }));
  const kill = createKillSwitch({ engine, log, language, parent: frontWindow });
  const shortcut = claimKillShortcut(() => kill('shortcut'), log);
  stack.defer(shortcut.release);
  const tellMenu = () => setMenu({ language, kill, log, isDevelopment: isDevelopment() });
  tellMenu();
  stack.defer(spoken.follow({ engine, clock: systemClock, log, changed: tellMenu }));
  stack.defer(
    openStatus({
      clock: systemClock,
      engine,
      kill,
      show: showWindow,
      shortcut,
      language,
      log,
      window: mainWindow,
    }),
  );
  const window = openWindow({ preload: join(OUT, 'preload', 'preload.cjs'), icon, dataDir, log });
  sayWhenHung(window, language);
  quitting.guard(window);
  stack.defer(followDisplays(log));
  if (options.json) {
    // The simulator's control address, so that a test can disturb the market it watches.
    const demo = simulator && { simulator: simulator.address.control };
    process.stdout.write(`${JSON.stringify({ pid: process.pid, ...demo })}\n`);
  }
}

/** Started by the builder's own server, and not from a package. */
function isDevelopment(): boolean {
  return !app.isPackaged && process.env['NODE_ENV_ELECTRON_VITE'] === 'development';
}
