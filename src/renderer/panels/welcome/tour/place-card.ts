export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const GAP = 12;

/**
 * Where a card stands beside what it explains: on the side with room, right before left before below before above, and
 * wholly within the window. Without a target, or where none of the sides has room: in the middle of the lower edge. CSS px.
 */
export function placeCard(
  target: Box | undefined,
  card: Pick<Box, 'width' | 'height'>,
  window: Pick<Box, 'width' | 'height'>,
): { readonly left: number; readonly top: number } {
  const within = (value: number, room: number, whole: number) =>
    Math.max(GAP, Math.min(value, whole - room - GAP));
  const across = (left: number) => within(left, card.width, window.width);
  const down = (top: number) => within(top, card.height, window.height);
  if (target === undefined) {
    return { left: across((window.width - card.width) / 2), top: down((window.height - card.height) / 2) };
  }
  const right = target.left + target.width + GAP;
  if (right + card.width + GAP <= window.width) return { left: across(right), top: down(target.top) };
  const left = target.left - GAP - card.width;
  if (left >= GAP) return { left: across(left), top: down(target.top) };
  const below = target.top + target.height + GAP;
  if (below + card.height + GAP <= window.height) return { left: across(target.left), top: down(below) };
  const above = target.top - GAP - card.height;
  if (above >= GAP) return { left: across(target.left), top: down(above) };
  return { left: across((window.width - card.width) / 2), top: down(window.height) };
}
