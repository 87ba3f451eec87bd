import { EventEmitter } from 'node:events';
import { calls, type Decide, prevents, record } from './double-calls.ts';
import type { PortMain } from './double-ports.ts';

/** Tells of each page that is made, before anything is loaded into it. */
export const madeWindows = new EventEmitter<{ made: [contents: WebContents] }>();

/** A frame of a page; `posted` holds what main sent to it. */
export class Frame {
  readonly posted: { channel: string; ports: PortMain[] }[] = [];
  readonly parent: Frame | null;
  readonly origin: string;
  constructor(origin: string, parent: Frame | null = null) {
    this.origin = origin;
    this.parent = parent;
  }
  postMessage(channel: string, _message: unknown, ports: PortMain[] = []) {
    this.posted.push({ channel, ports });
  }
}

export class WebContents extends EventEmitter {
  static #made = 0;
  readonly id = ++WebContents.#made;
  readonly mainFrame = new Frame('app://heartline');
  /** The frame that opened it: of a pop-out alone. */
  readonly opener: Frame | null;
  readonly reload = record('webContents.reload');
  readonly getTitle = () => 'what the page says';
  readonly getURL = () => this.url;
  url = '';
  opens: Decide | undefined;
  constructor(opener: Frame | null) {
    super();
    this.opener = opener;
  }
  setWindowOpenHandler(handler: Decide) {
    calls.push(['webContents.setWindowOpenHandler']);
    this.opens = handler;
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  static focused: BrowserWindow | null = null;
  static readonly getAllWindows = () => BrowserWindow.all;
  static readonly getFocusedWindow = () => BrowserWindow.focused;
  readonly webContents: WebContents;
  bounds = { x: 10, y: 20, width: 1200, height: 800 };
  mode: 'normal' | 'maximized' | 'fullscreen' = 'normal';
  readonly isMinimized = () => true;
  readonly isMaximized = () => this.mode === 'maximized';
  readonly isFullScreen = () => this.mode === 'fullscreen';
  readonly isFocused = () => BrowserWindow.focused === this;
  readonly isDestroyed = () => !BrowserWindow.all.includes(this);
  readonly getNormalBounds = () => this.bounds;
  readonly getBounds = () => this.bounds;
  readonly getMinimumSize = () => [960, 600];
  readonly restore = record('window.restore');
  readonly show = record('window.show');
  readonly focus = record('window.focus');
  readonly maximize = record('window.maximize');
  readonly setFullScreen = record('window.setFullScreen');
  readonly flashFrame = record('window.flashFrame');
  readonly setOverlayIcon = record('window.setOverlayIcon');
  readonly setTitle = record('window.setTitle');
  constructor(options: { readonly webPreferences?: unknown }, opener: Frame | null = null) {
    super();
    this.webContents = new WebContents(opener);
    calls.push(['new BrowserWindow', options]);
    BrowserWindow.all.push(this);
    madeWindows.emit('made', this.webContents);
  }
  setBounds(bounds: BrowserWindow['bounds']) {
    calls.push(['window.setBounds', bounds]);
    this.bounds = bounds;
  }
  close() {
    if (!prevents(this, 'close')) this.destroy();
  }
  destroy() {
    const at = BrowserWindow.all.indexOf(this);
    if (at < 0) return;
    calls.push(['window.destroy']);
    BrowserWindow.all.splice(at, 1);
    this.emit('closed');
  }
  async loadURL(url: string) {
    calls.push(['window.loadURL', url]);
    this.webContents.url = url;
  }
}

/** What Electron does when a page calls `window.open`: asks the handler, and makes the window if it may. */
export function openFrom(contents: WebContents, url: string, features = ''): unknown {
  const answer = contents.opens?.({ url, features, frameName: '' } as never) as {
    action: string;
    overrideBrowserWindowOptions?: object;
  };
  if (answer.action === 'allow') {
    const window = new BrowserWindow(answer.overrideBrowserWindowOptions ?? {}, contents.mainFrame);
    window.webContents.url = url;
    contents.emit('did-create-window', window);
  }
  return answer;
}
