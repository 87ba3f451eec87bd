import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, WebContents } from 'electron';
import { screen } from 'electron';
import { hasGrip } from '#shared/domain/window-grip.ts';
import { APP_URL, POPOUT_URL } from './app-protocol.ts';
import type { Log } from './log.ts';
import { mainWindow, markPopout, popoutWindows } from './main-window.ts';
import { centreOn, placeWindow } from './place-window.ts';
import { groundColour, HARDENED } from './window-options.ts';

/** What a panel outside of the desk needs at least. */
const LEAST = { width: 320, height: 200 };
const FIRST = { width: 720, height: 480 };
/** More is no desk but a fault of the page. */
const MOST_POPOUTS = 16;

/** Whether this is a window of a panel: opened by our page, which draws it. */
export function isPopout(contents: Pick<WebContents, 'opener'>): boolean {
  return contents.opener !== null;
}

/**
 * What a window is opened with that the desk asks for; `undefined`: this is no pop-out of ours, and is refused. Where it
 * was asked to stand may be on a display that is gone: then it comes to the nearest one.
 */
export function popoutOptions(
  opener: Pick<WebContents, 'opener' | 'getURL'>,
  { url, features }: { readonly url: string; readonly features: string },
  icon: string,
  log: Log,
): BrowserWindowConstructorOptions | undefined {
  if (url !== POPOUT_URL || isPopout(opener) || opener.getURL() !== APP_URL) return undefined;
  if (popoutWindows().length >= MOST_POPOUTS) {
    log.error(`the page asked for more than ${MOST_POPOUTS} pop-out windows: refused`);
    return undefined;
  }
  return {
    ...placed(features, log),
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    title: 'Heartline',
    icon,
    autoHideMenuBar: true,
    fullscreenable: true,
    backgroundColor: groundColour(),
    // No preload script: the desk's page draws what is in it, and the port stays with that page.
    webPreferences: HARDENED,
  };
}

function placed(features: string, log: Log): Rectangle {
  const asked = boxOf(features);
  const displays = screen.getAllDisplays();
  if (asked === undefined || displays.length === 0) return centreOn(screen.getPrimaryDisplay(), FIRST);
  const { bounds, moved } = placeWindow({ bounds: asked }, displays, LEAST);
  if (moved !== undefined)
    log.info('the display a pop-out window stood on is gone or has changed: it came to the nearest one');
  return bounds;
}

/** `top=10,left=20,width=300,height=200`, in any order; `undefined` where one of them is missing or no number. */
export function boxOf(features: string): Rectangle | undefined {
  const named = new Map(
    features.split(',').map((part) => {
      const [name = '', value = ''] = part.split('=');
      return [name.trim(), value.trim()] as const;
    }),
  );
  const [x, y, width, height] = ['left', 'top', 'width', 'height'].map((name) => {
    const value = named.get(name);
    return value === undefined || value === '' ? Number.NaN : Math.round(Number(value));
  });
  for (const value of [x, y, width, height])
    if (value === undefined || !Number.isSafeInteger(value) || Math.abs(value) > 1_000_000) return undefined;
  return { x: x ?? 0, y: y ?? 0, width: width ?? 0, height: height ?? 0 };
}

/** Once it is made: known as a pop-out, and gone with the desk. */
export function adoptPopout(window: BrowserWindow, log: Log): void {
  markPopout(window);
  window.on('unresponsive', () => log.error('a pop-out window does not respond'));
}

/** Closes what is left of them: their page is gone. */
export function closePopouts(): void {
  for (const window of popoutWindows()) window.destroy();
}

/** Brings every window back that a display takes with it, or that stands nowhere after displays have changed. */
export function followDisplays(log: Log): () => void {
  const look = () => {
    const displays = screen.getAllDisplays();
    if (displays.length === 0) return;
    const areas = displays.map(({ workArea }) => workArea);
    const desk = mainWindow();
    for (const window of [...(desk ? [desk] : []), ...popoutWindows()]) {
      if (window.isDestroyed() || window.isFullScreen() || window.isMaximized()) continue;
      const bounds = window.getBounds();
      if (hasGrip(bounds, areas)) continue;
      const [width = 0, height = 0] = window.getMinimumSize();
      window.setBounds(placeWindow({ bounds }, displays, { width, height }).bounds);
      log.info('a window stood on a display that is gone: it came to the nearest one');
    }
  };
  screen.on('display-removed', look);
  screen.on('display-metrics-changed', look);
  return () => {
    screen.off('display-removed', look);
    screen.off('display-metrics-changed', look);
  };
}
