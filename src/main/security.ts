import type { DownloadItem, WebContents } from 'electron';
import { app, session, shell } from 'electron';
import { APP_ORIGIN, APP_URL } from './app-protocol.ts';
import type { Log } from './log.ts';

/** The only pages of the outside world a link of ours may lead to, in the person's own browser. */
const OUTSIDE_HOSTS: ReadonlySet<string> = new Set(['www.binance.com', 'www.tradingview.com']);

/**
 * Whatever a page may try besides showing our window: no. Alarms may notify, and evidence the window has made itself may be
 * saved; where to, the person says. Must run before the first window is made.
 */
export function denyByDefault(log: Log): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler(
    (_contents, permission, decide, { requestingUrl, isMainFrame }) =>
      decide(permission === 'notifications' && isMainFrame && requestingUrl === APP_URL),
  );
  defaultSession.setPermissionCheckHandler(
    (_contents, permission, origin) =>
      permission === 'notifications' && (origin === APP_ORIGIN || origin === APP_URL),
  );
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on('will-download', (event, item) => {
    if (!isOwnEvidence(item)) event.preventDefault();
  });
  app.on('web-contents-created', (_event, contents) => confine(contents, log));
}

function confine(contents: WebContents, log: Log): void {
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    // Our own page may be loaded again, nothing else may be gone to.
    if (event.isMainFrame && event.url === APP_URL) return;
    log.info('a page tried to go elsewhere: refused');
    event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
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

function isOwnEvidence(item: DownloadItem): boolean {
  return (
    item.getURL().startsWith(`blob:${APP_ORIGIN}/`) &&
    /^heartline-evidence-[\w-]+\.zip$/.test(item.getFilename())
  );
}
