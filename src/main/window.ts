import { BrowserWindow } from 'electron';
import { messageOf } from '#shared/base/errors.ts';
import { APP_URL } from './app-protocol.ts';
import type { Log } from './log.ts';
import { closePopouts } from './popouts.ts';
import { groundColour, HARDENED } from './window-options.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

/** What the desk needs at least. */
const LEAST = { width: 960, height: 600 };

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
  const { bounds, mode } = readWindowState(dataDir, LEAST, log);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    title: 'Heartline',
    icon,
    show: false,
    backgroundColor: groundColour(),
    webPreferences: { preload, ...HARDENED },
  });
  keepWindowState(window, dataDir, log);
  window.once('ready-to-show', () => {
    if (mode === 'maximized') window.maximize();
    window.show();
    if (mode === 'fullscreen') window.setFullScreen(true);
  });
  window.on('unresponsive', () => log.error('the window does not respond'));
  window.on('responsive', () => log.info('the window responds again'));
  // Their panels are drawn by this one's page: without it they could only show what was.
  window.on('closed', closePopouts);
  window
    .loadURL(APP_URL)
    .catch((fault: unknown) => log.error(`the window did not load: ${messageOf(fault)}`));
  return window;
}
