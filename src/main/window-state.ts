import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { screen } from 'electron';
import { messageOf } from '#shared/base/errors.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { Log } from './log.ts';
import { centreOn, displayOf, placeWindow, type Size } from './place-window.ts';
import {
  type KeptWindow,
  readWindowFile,
  type WindowFile,
  type WindowMode,
  withArrangement,
} from './window-file.ts';

const FIRST = { width: 1600, height: 1000 };
/** After a move, so that a crash forgets no more than that. */
const KEEP_AFTER_MS = 1_000;

export interface WindowState {
  readonly bounds: { readonly x?: number; readonly y?: number } & Size;
  readonly mode: WindowMode;
}

/**
 * Where the window stood when these displays were plugged in last, else where it stood last, moved to where it can be
 * reached; at first in the middle of the main display. What had to be moved, and a file nobody can read, is in the log.
 */
export function readWindowState(dataDir: string, least: Size, log: Log): WindowState {
  const file = readFile(fileIn(dataDir), log);
  const displays = screen.getAllDisplays();
  const kept = file?.arrangements[arrangementOf(displays)] ?? file?.last;
  if (kept === undefined || displays.length === 0) {
    return { bounds: centreOn(screen.getPrimaryDisplay(), FIRST), mode: kept?.mode ?? 'normal' };
  }
  const { bounds, moved } = placeWindow(kept, displays, least);
  if (moved === 'display-gone')
    log.info('the display the window stood on is gone: it came to the nearest one');
  if (moved === 'display-changed')
    log.info('the displays have changed: the window was moved to where it can be reached');
  return { bounds, mode: kept.mode };
}

/** Remembers where the window stands, a moment after each move and when it closes. */
export function keepWindowState(window: BrowserWindow, dataDir: string, log: Log): void {
  const path = fileIn(dataDir);
  const keep = () => {
    if (window.isDestroyed()) return;
    const displays = screen.getAllDisplays();
    const bounds = window.getNormalBounds();
    const on = displayOf(bounds, displays);
    const mode = window.isFullScreen() ? 'fullscreen' : window.isMaximized() ? 'maximized' : 'normal';
    const state: KeptWindow = {
      bounds,
      mode,
      ...(on && { display: { id: on.id, bounds: on.bounds } }),
    };
    try {
      const before = readFile(path, log);
      // Under another name first: a machine that goes down in between leaves the old file whole.
      writeFileSync(`${path}.new`, JSON.stringify(withArrangement(before, arrangementOf(displays), state)));
      renameSync(`${path}.new`, path);
    } catch (fault) {
      log.error(`the window's place could not be kept: ${messageOf(fault)}`);
    }
  };
  let cancel: (() => void) | undefined;
  const keepSoon = () => {
    cancel?.();
    cancel = systemClock.after(KEEP_AFTER_MS, keep);
  };
  for (const event of ['move', 'resize', 'maximize', 'unmaximize'] as const)
    window.on(event as 'move', keepSoon);
  window.on('enter-full-screen', keepSoon);
  window.on('leave-full-screen', keepSoon);
  window.on('close', () => {
    cancel?.();
    keep();
  });
}

/** The displays plugged in, by id and place: at home and at work a window stands elsewhere. */
function arrangementOf(displays: readonly Electron.Display[]): string {
  return displays
    .map(({ id, bounds: { x, y, width, height } }) => `${id}@${x},${y},${width}x${height}`)
    .sort()
    .join(' ');
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'window.json');
}

function readFile(path: string, log: Log): WindowFile | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (fault) {
    // The first start has none.
    if ((fault as NodeJS.ErrnoException).code !== 'ENOENT')
      log.error(`the window's place could not be read: ${messageOf(fault)}`);
    return undefined;
  }
  const file = readWindowFile(text);
  if (file === undefined)
    log.error('window.json is broken: the window starts in the middle of the main display');
  return file;
}
