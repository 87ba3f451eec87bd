import type { Undo } from '#shared/base/emitter.ts';

/** Something a part of the desk can do that commands ask for by name. */
export type ActName = 'focus-ticket' | 'new-alert' | 'save-layout' | 'drill' | 'evidence' | 'tour' | 'search';

type Act = (page: Document) => void;

/** A part of the desk that comes later than this was not what was meant. */
const WANTED_FOR_MS = 3_000;

const offered = new Map<ActName, readonly Act[]>();
let wanted: { readonly name: ActName; readonly page: Document; readonly until: number } | undefined;

/** The latest offer is the one that is taken. A wish that came a moment before the part was drawn is fulfilled at once. */
export function offerAct(name: ActName, act: Act): Undo {
  offered.set(name, [...(offered.get(name) ?? []), act]);
  if (wanted?.name === name && performance.now() < wanted.until) {
    const { page } = wanted;
    wanted = undefined;
    act(page);
  }
  return () => {
    offered.set(
      name,
      (offered.get(name) ?? []).filter((one) => one !== act),
    );
  };
}

export function isOffered(name: ActName): boolean {
  return (offered.get(name) ?? []).length > 0;
}

/** Does it, or remembers it for a moment while what offers it is being drawn. `false`: not yet done. */
export function callAct(name: ActName, page: Document): boolean {
  const act = offered.get(name)?.at(-1);
  if (act === undefined) {
    wanted = { name, page, until: performance.now() + WANTED_FOR_MS };
    return false;
  }
  act(page);
  return true;
}
