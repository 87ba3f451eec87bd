import { type Box, knownScreens, placePopout, type ScreenArea } from './popout-place.ts';

/** The same dock with its windows on screens there are; `moved`: one of them had to go elsewhere. */
export function onScreens(
  dock: Readonly<Record<string, unknown>>,
  screens: readonly ScreenArea[] = knownScreens(),
): { readonly dock: Record<string, unknown>; readonly moved: boolean } {
  const { popoutGroups } = dock;
  if (!Array.isArray(popoutGroups)) return { dock: { ...dock }, moved: false };
  const placed = popoutGroups.map((group: { readonly position?: Box | null }) => {
    const { box, moved } = placePopout(group.position, screens);
    return { group: { ...group, position: box }, moved };
  });
  return {
    dock: { ...dock, popoutGroups: placed.map(({ group }) => group) },
    moved: placed.some(({ moved }) => moved),
  };
}
