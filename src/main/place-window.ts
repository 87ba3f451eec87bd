import { clampInto, hasGrip, type Rectangle } from '#shared/domain/window-grip.ts';

/** A display as far as it matters here; Electron's `Display` is one. All in device-independent pixels. */
export interface Place {
  readonly id: number;
  readonly bounds: Rectangle;
  /** Without task bars and menus. */
  readonly workArea: Rectangle;
}

/** Where a window stood, and on which display. */
export interface KeptPlace {
  readonly bounds: Rectangle;
  readonly display?: { readonly id: number; readonly bounds: Rectangle };
}

export interface PlacedWindow {
  readonly bounds: Rectangle;
  /** Why it does not stand where it stood: what it stood on is gone, or has become another size or another place. */
  readonly moved?: 'display-gone' | 'display-changed';
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Where a window is to stand on these displays (at least one): where it stood if it can be gripped there, else on the
 * same display wherever that is now, else on the nearest one. Whatever was kept, the top edge of the answer can be reached.
 */
export function placeWindow(kept: KeptPlace, displays: readonly Place[], least: Size): PlacedWindow {
  const home = findHome(kept, displays);
  if (home === undefined) throw new RangeError('there is no display');
  const { place, isSame } = home;
  const shift =
    isSame && kept.display !== undefined
      ? { x: place.bounds.x - kept.display.bounds.x, y: place.bounds.y - kept.display.bounds.y }
      : { x: 0, y: 0 };
  const shifted = { ...kept.bounds, x: kept.bounds.x + shift.x, y: kept.bounds.y + shift.y };
  const isBigEnough = shifted.width >= least.width && shifted.height >= least.height;
  if (
    isBigEnough &&
    fits(shifted, displays) &&
    hasGrip(
      shifted,
      displays.map(({ workArea }) => workArea),
    )
  ) {
    return shift.x === 0 && shift.y === 0
      ? { bounds: shifted }
      : { bounds: shifted, moved: 'display-changed' };
  }
  const bounds = clampInto(shifted, place.workArea, least);
  if (sameBounds(bounds, kept.bounds)) return { bounds };
  return { bounds, moved: isSame || kept.display === undefined ? 'display-changed' : 'display-gone' };
}

/** In the middle of the display, no larger than it. */
export function centreOn({ workArea }: Pick<Place, 'workArea'>, wanted: Size): Rectangle {
  const width = Math.min(wanted.width, workArea.width);
  const height = Math.min(wanted.height, workArea.height);
  return {
    x: workArea.x + Math.floor((workArea.width - width) / 2),
    y: workArea.y + Math.floor((workArea.height - height) / 2),
    width,
    height,
  };
}

/** The display that shows most of it; where none does, the nearest. */
export function displayOf(bounds: Rectangle, displays: readonly Place[]): Place | undefined {
  const [most] = [...displays].sort(
    (one, other) =>
      overlap(bounds, other.bounds) - overlap(bounds, one.bounds) ||
      distance(bounds, one.bounds) - distance(bounds, other.bounds),
  );
  return most;
}

// By its id, which a display keeps while it stays plugged in; after that only where it stands tells it again.
function findHome({ bounds, display }: KeptPlace, displays: readonly Place[]) {
  const same =
    displays.find(({ id }) => id === display?.id) ??
    displays.find((one) => display !== undefined && sameBounds(one.bounds, display.bounds));
  if (same !== undefined) return { place: same, isSame: true };
  const place = displayOf(bounds, displays);
  return place && { place, isSame: false };
}

/** One that is larger than all displays together was drawn for others. */
function fits({ width, height }: Rectangle, displays: readonly Place[]): boolean {
  const left = Math.min(...displays.map(({ workArea }) => workArea.x));
  const right = Math.max(...displays.map(({ workArea }) => workArea.x + workArea.width));
  const tallest = Math.max(...displays.map(({ workArea }) => workArea.height));
  return width <= right - left && height <= tallest;
}

function overlap(one: Rectangle, other: Rectangle): number {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return across > 0 && down > 0 ? across * down : 0;
}

function distance(one: Rectangle, other: Rectangle): number {
  return Math.hypot(
    one.x + one.width / 2 - other.x - other.width / 2,
    one.y + one.height / 2 - other.y - other.height / 2,
  );
}

function sameBounds(one: Rectangle, other: Rectangle): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
}
