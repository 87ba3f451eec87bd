import type { DownloadItem, WebContents } from 'electron';
import { app, session, shell } from 'electron';
import { APP_ORIGIN, APP_URL, POPOUT_URL } from './app-protocol.ts';
import type { Log } from './log.ts';
import { adoptPopout, isPopout, popoutOptions } from './popouts.ts';

/** The only pages of the outside world a link of ours may lead to, in the person's own browser. */
const OUTSIDE_HOSTS: ReadonlySet<string> = new Set(['www.binance.com', 'www.tradingview.com']);

/** Names the window gives to what it has made. */
const OWN_FILES = [/^heartline-evidence-[\w-]+\.zip$/, /^heartline-chart-[\w-]+\.png$/] as const;

/** Alarms may notify, and the picture of a chart may be put on the clipboard; what lies there already nobody may read. */
const OWN_PERMISSIONS: ReadonlySet<string> = new Set(['notifications', 'clipboard-sanitized-write']);

/**
 * Whatever a page may try besides showing our window and popping panels out of it: no, but for `OWN_PERMISSIONS`. What the
 * window has made itself may be saved; where to, the person says. `icon` is for pop-out windows. Must run before the first
 * window is made.
 */
export function denyByDefault(log: Log, icon: string): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler(
    (_contents, permission, decide, { requestingUrl, isMainFrame }) =>
      decide(OWN_PERMISSIONS.has(permission) && isMainFrame && requestingUrl === APP_URL),
  );
  defaultSession.setPermissionCheckHandler(
    (_contents, permission, origin) =>
      OWN_PERMISSIONS.has(permission) && (origin === APP_ORIGIN || origin === APP_URL),
  );
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on('will-download', (event, item) => {
    if (!isOwnFile(item)) event.preventDefault();
  });
  app.on('web-contents-created', (_event, contents) => confine(contents, log, icon));
}

function confine(contents: WebContents, log: Log, icon: string): void {
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    // Our own page may be loaded again, nothing else may be gone to.
    if (event.isMainFrame && event.url === (isPopout(contents) ? POPOUT_URL : APP_URL)) return;
    log.info('a page tried to go elsewhere: refused');
    event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('did-create-window', (window) => adoptPopout(window, log));
  contents.setWindowOpenHandler((asked) => {
    const { url } = asked;
    const overrideBrowserWindowOptions = popoutOptions(contents, asked, icon, log);
    // It ends with its opener: that draws it.
    if (overrideBrowserWindowOptions)
      return { action: 'allow', overrideBrowserWindowOptions, outlivesOpener: false };
    if (mayOpenOutside(url)) void shell.openExternal(url);
    else log.info('a page tried to open a window: refused');
    return { action: 'deny' };
  });
}

function mayOpenOutside(url: string): boolean {
  const parsed = URL.parse(url);
  return (
    parsed?.protocol === 'https:' &&
    OUTSIDE_HOSTS.has(parsed.host) &&
    parsed.username === '' &&
    parsed.password === ''
  );
}

function isOwnFile(item: DownloadItem): boolean {
  return (
    item.getURL().startsWith(`blob:${APP_ORIGIN}/`) && OWN_FILES.some((name) => name.test(item.getFilename()))
  );
}
