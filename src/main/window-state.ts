import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow, Rectangle } from 'electron';
import { screen } from 'electron';
import { messageOf } from '#shared/base/errors.ts';
import type { Log } from './log.ts';

const FIRST = { width: 1600, height: 1000 };
/** So much of a window must be on a display for a person to find and move it. */
const GRIP = { width: 200, height: 40 };

export interface WindowState {
  readonly bounds: Partial<Rectangle>;
  readonly maximized: boolean;
}

/** Where the window stood last, if that is still on a display; else in the middle of the first one. */
export function readWindowState(dataDir: string): WindowState {
  const kept = readKept(join(dataDir, 'window.json'));
  if (kept && screen.getAllDisplays().some(({ workArea }) => hasGrip(kept.bounds, workArea))) return kept;
  const { workArea } = screen.getPrimaryDisplay();
  const bounds = {
    width: Math.min(FIRST.width, workArea.width),
    height: Math.min(FIRST.height, workArea.height),
  };
  return { bounds, maximized: kept?.maximized ?? false };
}

/** Remembers where the window stands when it closes. */
export function keepWindowState(window: BrowserWindow, dataDir: string, log: Log): void {
  window.on('close', () => {
    const state = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeFileSync(join(dataDir, 'window.json'), JSON.stringify(state));
    } catch (fault) {
      log.error(`the window's place could not be kept: ${messageOf(fault)}`);
    }
  });
}

function readKept(file: string): { bounds: Rectangle; maximized: boolean } | undefined {
  try {
    const { bounds, maximized } = JSON.parse(readFileSync(file, 'utf8')) as {
      bounds: Partial<Rectangle>;
      maximized: unknown;
    };
    const { x, y, width, height } = bounds;
    if (!isWhole(x) || !isWhole(y) || !isWhole(width) || !isWhole(height)) return undefined;
    return { bounds: { x, y, width, height }, maximized: maximized === true };
  } catch {
    return undefined; // the first start, or a file nobody can use any more
  }
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** Whether the window's top edge, where it is gripped, lies on the display. */
function hasGrip(window: Rectangle, display: Rectangle): boolean {
  const overlap =
    Math.min(window.x + window.width, display.x + display.width) - Math.max(window.x, display.x);
  return (
    overlap >= Math.min(GRIP.width, window.width) &&
    window.y >= display.y &&
    window.y + GRIP.height <= display.y + display.height
  );
}
