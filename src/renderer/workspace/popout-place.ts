import { clampInto, hasGrip, type Rectangle } from '#shared/domain/window-grip.ts';

/** A window's place as the dock keeps it: outer corner, inner extent; CSS pixels of the whole desktop. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A screen without what the system keeps for itself; `ScreenDetailed` and `window.screen` are ones. */
export interface ScreenArea {
  readonly availLeft?: number;
  readonly availTop?: number;
  readonly availWidth: number;
  readonly availHeight: number;
  /** True: the browser tells of this screen alone, and there may be others beside it. */
  readonly isExtended?: boolean;
}

export interface PlacedPopout {
  readonly box: Box;
  /** What it stood on is not there any more, or has become smaller: the person has to be told. */
  readonly moved: boolean;
}

const LEAST = { width: 320, height: 200 };
/** A browser that tells of one screen alone may have others as far around it as this. */
const BEYOND_PX = 8_192;

/**
 * Where a saved pop-out is opened on these screens: where it stood if its title bar can be gripped there, else on the nearest
 * screen, no larger than that. A box that is none (a broken layout) is opened in the middle of the first screen. Without any
 * screen it stays as it is.
 */
export function placePopout(saved: Box | null | undefined, screens: readonly ScreenArea[]): PlacedPopout {
  const areas = screens.map(areaOf).filter(({ width, height }) => width > 0 && height > 0);
  const [first] = areas;
  if (!isBox(saved))
    return { box: boxOf(first ? centred(first) : { x: 0, y: 0, ...LEAST }), moved: saved != null };
  if (first === undefined) return { box: saved, moved: false };
  const stood: Rectangle = { x: saved.left, y: saved.top, width: saved.width, height: saved.height };
  const isGripped = hasGrip(stood, areas);
  const widest = Math.max(...areas.map(({ width }) => width));
  const tallest = Math.max(...areas.map(({ height }) => height));
  const isOfUse = saved.width >= LEAST.width && saved.height >= LEAST.height;
  if (isGripped && isOfUse && saved.width <= widest && saved.height <= tallest)
    return { box: saved, moved: false };
  // It may stand on a screen the browser does not tell of: it keeps windows on one itself.
  const mayBeBeyond =
    screens.some(({ isExtended }) => isExtended === true) && isWithin(stood, first, BEYOND_PX);
  if (!isGripped && isOfUse && mayBeBeyond) return { box: saved, moved: false };
  return { box: boxOf(clampInto(stood, nearest(stood, areas), LEAST)), moved: true };
}

/** The screens as this browser tells them now: this window's own, without asking for a permission. */
export function knownScreens(of: Pick<Window, 'screen'> = window): readonly ScreenArea[] {
  return [of.screen as Screen & ScreenArea];
}

function areaOf({ availLeft = 0, availTop = 0, availWidth, availHeight }: ScreenArea): Rectangle {
  return { x: availLeft, y: availTop, width: availWidth, height: availHeight };
}

function boxOf({ x, y, width, height }: Rectangle): Box {
  return { left: x, top: y, width, height };
}

function isBox(saved: Box | null | undefined): saved is Box {
  return (
    saved != null &&
    [saved.left, saved.top, saved.width, saved.height].every(
      (value) => typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1_000_000,
    ) &&
    saved.width > 0 &&
    saved.height > 0
  );
}

function isWithin(window: Rectangle, area: Rectangle, beyond: number): boolean {
  return (
    window.x >= area.x - beyond &&
    window.x <= area.x + area.width + beyond &&
    window.y >= area.y - beyond &&
    window.y <= area.y + area.height + beyond
  );
}

function nearest(window: Rectangle, areas: readonly Rectangle[]): Rectangle {
  const away = (area: Rectangle) =>
    Math.hypot(
      area.x + area.width / 2 - window.x - window.width / 2,
      area.y + area.height / 2 - window.y - window.height / 2,
    );
  return areas.reduce((best, area) => (away(area) < away(best) ? area : best));
}

function centred(area: Rectangle): Rectangle {
  const width = Math.min(720, area.width);
  const height = Math.min(480, area.height);
  return {
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
    width,
    height,
  };
}
