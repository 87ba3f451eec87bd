/** Outer edges of a window, or an area of a screen; device-independent pixels of the whole desktop, `y` downwards. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** So much of a window's top edge must be on a screen for a person to find and move it; of a smaller window all of it. */
const GRIP = { width: 200, height: 40 } as const;

/** Whether the top edge, where a window is gripped, lies on one of the areas (screens without task bars and menus). */
export function hasGrip(window: Rectangle, areas: readonly Rectangle[]): boolean {
  return areas.some((area) => {
    const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
    return (
      across >= Math.min(GRIP.width, window.width) &&
      window.y >= area.y &&
      window.y + Math.min(GRIP.height, window.height) <= area.y + area.height
    );
  });
}

/** The window within the area: no smaller than `least`, no larger than the area, and moved no farther than it has to be. */
export function clampInto(
  window: Rectangle,
  area: Rectangle,
  least: Pick<Rectangle, 'width' | 'height'>,
): Rectangle {
  const width = Math.min(Math.max(window.width, least.width), area.width);
  const height = Math.min(Math.max(window.height, least.height), area.height);
  return {
    x: Math.min(Math.max(window.x, area.x), area.x + area.width - width),
    y: Math.min(Math.max(window.y, area.y), area.y + area.height - height),
    width,
    height,
  };
}
