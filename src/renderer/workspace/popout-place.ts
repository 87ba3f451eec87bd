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
/** So much of the title bar must be on a screen to be gripped. */
const GRIP = { width: 120, height: 32 };
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
    return { box: first ? centred(first) : { left: 0, top: 0, ...LEAST }, moved: saved != null };
  if (first === undefined) return { box: saved, moved: false };
  const isGripped = areas.some((area) => gripLiesIn(saved, area));
  const widest = Math.max(...areas.map(({ width }) => width));
  const tallest = Math.max(...areas.map(({ height }) => height));
  const isOfUse = saved.width >= LEAST.width && saved.height >= LEAST.height;
  if (isGripped && isOfUse && saved.width <= widest && saved.height <= tallest)
    return { box: saved, moved: false };
  // It may stand on a screen the browser does not tell of: it keeps windows on one itself.
  const mayBeBeyond =
    screens.some(({ isExtended }) => isExtended === true) && isWithin(saved, first, BEYOND_PX);
  if (!isGripped && isOfUse && mayBeBeyond) return { box: saved, moved: false };
  return { box: clamped(saved, nearest(saved, areas)), moved: true };
}

/** The screens as this browser tells them now: this window's own, without asking for a permission. */
export function knownScreens(of: Pick<Window, 'screen'> = window): readonly ScreenArea[] {
  return [of.screen as Screen & ScreenArea];
}

function areaOf({ availLeft = 0, availTop = 0, availWidth, availHeight }: ScreenArea): Box {
  return { left: availLeft, top: availTop, width: availWidth, height: availHeight };
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

function gripLiesIn(box: Box, area: Box): boolean {
  const across = Math.min(box.left + box.width, area.left + area.width) - Math.max(box.left, area.left);
  return (
    across >= Math.min(GRIP.width, box.width) &&
    box.top >= area.top &&
    box.top + GRIP.height <= area.top + area.height
  );
}

function isWithin(box: Box, area: Box, beyond: number): boolean {
  return (
    box.left >= area.left - beyond &&
    box.left <= area.left + area.width + beyond &&
    box.top >= area.top - beyond &&
    box.top <= area.top + area.height + beyond
  );
}

function nearest(box: Box, areas: readonly Box[]): Box {
  const away = (area: Box) =>
    Math.hypot(
      area.left + area.width / 2 - box.left - box.width / 2,
      area.top + area.height / 2 - box.top - box.height / 2,
    );
  return areas.reduce((best, area) => (away(area) < away(best) ? area : best));
}

function clamped(box: Box, area: Box): Box {
  const width = Math.min(Math.max(box.width, LEAST.width), area.width);
  const height = Math.min(Math.max(box.height, LEAST.height), area.height);
  return {
    left: Math.min(Math.max(box.left, area.left), area.left + area.width - width),
    top: Math.min(Math.max(box.top, area.top), area.top + area.height - height),
    width,
    height,
  };
}

function centred(area: Box): Box {
  const width = Math.min(720, area.width);
  const height = Math.min(480, area.height);
  return {
    left: area.left + Math.floor((area.width - width) / 2),
    top: area.top + Math.floor((area.height - height) / 2),
    width,
    height,
  };
}
