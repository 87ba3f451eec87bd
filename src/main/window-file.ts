import type { Rectangle } from 'electron';
import type { KeptPlace } from './place-window.ts';

export type WindowMode = 'normal' | 'maximized' | 'fullscreen';

export interface KeptWindow extends KeptPlace {
  readonly mode: WindowMode;
}

/** What `window.json` holds: the place of the last time, and that of each set of displays the window has stood on. */
export interface WindowFile {
  readonly last: KeptWindow;
  readonly arrangements: Readonly<Record<string, KeptWindow>>;
}

/** Home, work, the train and the meeting room; older ones are forgotten. */
const MOST_ARRANGEMENTS = 8;

/** `undefined` for what is no such file. A version before this one kept one place alone, as `bounds` and `maximized`. */
export function readWindowFile(text: string): WindowFile | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined; // said by the caller
  }
  if (!isObject(read)) return undefined;
  const last = keptWindow(read['last'] ?? read);
  if (last === undefined) return undefined;
  const arrangements: Record<string, KeptWindow> = {};
  for (const [name, one] of Object.entries(isObject(read['arrangements']) ? read['arrangements'] : {})) {
    const kept = keptWindow(one);
    if (kept !== undefined && Object.keys(arrangements).length < MOST_ARRANGEMENTS) arrangements[name] = kept;
  }
  return { last, arrangements };
}

/** The file with the window's place on these displays, which becomes the newest. */
export function withArrangement(
  before: WindowFile | undefined,
  arrangement: string,
  last: KeptWindow,
): WindowFile {
  const others = Object.entries(before?.arrangements ?? {}).filter(([name]) => name !== arrangement);
  const arrangements = [[arrangement, last] as const, ...others].slice(0, MOST_ARRANGEMENTS);
  return { last, arrangements: Object.fromEntries(arrangements) };
}

function keptWindow(read: unknown): KeptWindow | undefined {
  if (!isObject(read)) return undefined;
  const bounds = rectangle(read['bounds']);
  if (bounds === undefined) return undefined;
  const mode = read['mode'] === 'fullscreen' ? 'fullscreen' : isMaximized(read) ? 'maximized' : 'normal';
  const display = isObject(read['display']) ? read['display'] : undefined;
  const on = rectangle(display?.['bounds']);
  const id = display?.['id'];
  return { bounds, mode, ...(on && typeof id === 'number' && { display: { id, bounds: on } }) };
}

function isMaximized(read: Record<string, unknown>): boolean {
  return read['mode'] === 'maximized' || read['maximized'] === true;
}

function rectangle(read: unknown): Rectangle | undefined {
  if (!isObject(read)) return undefined;
  const { x, y, width, height } = read;
  if (!isPoint(x) || !isPoint(y) || !isPoint(width) || !isPoint(height)) return undefined;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** What a display system can mean; Electron takes no more than 32 bits. */
function isPoint(value: unknown): value is number {
  return Number.isSafeInteger(value) && Math.abs(value as number) < 1_000_000;
}

function isObject(read: unknown): read is Record<string, unknown> {
  return typeof read === 'object' && read !== null && !Array.isArray(read);
}
