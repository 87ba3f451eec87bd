import { BrowserWindow, nativeTheme } from 'electron';
import { messageOf } from '#shared/base/errors.ts';
import { APP_URL } from './app-protocol.ts';
import type { Log } from './log.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

export interface WindowOptions {
  /** The bundled preload script. */
  readonly preload: string;
  /** Shown by window managers on Linux; elsewhere the packaged app brings its own. */
  readonly icon: string;
  readonly dataDir: string;
  readonly log: Log;
}

/** The desk's window: sandboxed, shown once its first picture is ready. */
export function openWindow({ preload, icon, dataDir, log }: WindowOptions): BrowserWindow {
  const { bounds, maximized } = readWindowState(dataDir);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 960,
    minHeight: 600,
    title: 'Heartline',
    icon,
    show: false,
    // The colour of the page's own ground, so that nothing flashes before the first picture.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0e1116' : '#eef1f5',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // A watched market must not slow down because another window covers it.
      backgroundThrottling: false,
    },
  });
  keepWindowState(window, dataDir, log);
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on('unresponsive', () => log.error('the window does not respond'));
  window.on('responsive', () => log.info('the window responds again'));
  window
    .loadURL(APP_URL)
    .catch((fault: unknown) => log.error(`the window did not load: ${messageOf(fault)}`));
  return window;
}
