import type { WebContents } from 'electron';
import { app, session, shell } from 'electron';
import { APP_URL } from './app-protocol.ts';
import type { Log } from './log.ts';

/** The only pages of the outside world a link of ours may lead to, in the person's own browser. */
const OUTSIDE_HOSTS: ReadonlySet<string> = new Set(['www.binance.com', 'www.tradingview.com']);

/** Whatever a page may try besides showing our window: no. Must run before the first window is made. */
export function denyByDefault(log: Log): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on('will-download', (event) => event.preventDefault());
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
