import { cleanText } from '#shared/base/clean-text.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { WATCH_GROUPS_AT_MOST, WATCHED_AT_MOST } from '#shared/domain/watch-bounds.ts';

/** The first list is kept as it always was, and has no name of the person's. */
export const FIRST_GROUP = 'first';
const LONGEST_NAME = 40;

export interface WatchGroup {
  readonly id: string;
  /** `undefined`: the first. */
  readonly name: string | undefined;
  readonly instruments: readonly InstrumentId[];
}

type Lists = Pick<Settings, 'watchlist' | 'watchGroups'>;
/** What of the settings becomes another; `undefined`: it cannot be, for there is no more room or nothing to change. */
type Change = Partial<Lists> | undefined;

export function groupsOf({ watchlist, watchGroups }: Lists): readonly WatchGroup[] {
  return [{ id: FIRST_GROUP, name: undefined, instruments: watchlist }, ...watchGroups];
}

/** The group of that id, else the first: one that was removed elsewhere must not leave an empty panel. */
export function groupAt(lists: Lists, id: unknown): WatchGroup {
  const groups = groupsOf(lists);
  return groups.find((group) => group.id === id) ?? (groups[0] as WatchGroup);
}

/** Rows there is still room for, in all lists together. */
export function roomLeft(lists: Lists): number {
  return WATCHED_AT_MOST - groupsOf(lists).reduce((sum, { instruments }) => sum + instruments.length, 0);
}

export function addGroup(lists: Lists, id: string, name: string): Change {
  const clean = cleanName(name);
  if (clean === '' || lists.watchGroups.length >= WATCH_GROUPS_AT_MOST) return undefined;
  return { watchGroups: [...lists.watchGroups, { id, name: clean, instruments: [] }] };
}

export function renameGroup(lists: Lists, id: string, name: string): Change {
  const clean = cleanName(name);
  if (clean === '') return undefined;
  return changeGroup(lists, id, (group) => (group.name === clean ? undefined : { ...group, name: clean }));
}

export function removeGroup({ watchGroups }: Lists, id: string): Change {
  const left = watchGroups.filter((group) => group.id !== id);
  return left.length < watchGroups.length ? { watchGroups: left } : undefined;
}

/** One place towards the beginning (-1) or the end (1). The first list stays the first. */
export function shiftGroup({ watchGroups }: Lists, id: string, by: 1 | -1): Change {
  const at = watchGroups.findIndex((group) => group.id === id);
  const moving = watchGroups[at];
  const to = at + by;
  if (!moving || to < 0 || to >= watchGroups.length) return undefined;
  return { watchGroups: watchGroups.toSpliced(at, 1).toSpliced(to, 0, moving) };
}

function withRows(lists: Lists, id: string, instruments: readonly InstrumentId[]): Change {
  if (id === FIRST_GROUP) return { watchlist: [...instruments] };
  return changeGroup(lists, id, (group) => ({ ...group, instruments: [...instruments] }));
}

/** At the place named, or the end. `undefined` where it stands there already, or all lists are full. */
export function addRow(lists: Lists, id: string, instrument: InstrumentId, at?: number): Change {
  const { instruments } = groupAt(lists, id);
  if (instruments.includes(instrument) || roomLeft(lists) <= 0) return undefined;
  return withRows(lists, id, instruments.toSpliced(at ?? instruments.length, 0, instrument));
}

export function removeRow(lists: Lists, id: string, instrument: InstrumentId): Change {
  const { instruments } = groupAt(lists, id);
  if (!instruments.includes(instrument)) return undefined;
  return withRows(
    lists,
    id,
    instruments.filter((other) => other !== instrument),
  );
}

/** Out of one list into another; where it stands there already it only leaves. */
export function carryRow(lists: Lists, instrument: InstrumentId, from: string, to: string): Change {
  if (from === to) return undefined;
  const left = removeRow(lists, from, instrument);
  if (!left) return undefined;
  const after = { ...lists, ...left };
  return { ...left, ...addRow(after, to, instrument) };
}

/** To stand before `before`, or at the end. */
export function placeRow(
  lists: Lists,
  id: string,
  instrument: InstrumentId,
  before: InstrumentId | undefined,
): Change {
  const { instruments } = groupAt(lists, id);
  if (instrument === before || !instruments.includes(instrument)) return undefined;
  const others = instruments.filter((other) => other !== instrument);
  const at = before === undefined ? others.length : others.indexOf(before);
  if (at < 0 || instruments[at] === instrument) return undefined;
  return withRows(lists, id, others.toSpliced(at, 0, instrument));
}

function changeGroup(
  { watchGroups }: Lists,
  id: string,
  change: (group: Lists['watchGroups'][number]) => Lists['watchGroups'][number] | undefined,
): Change {
  const at = watchGroups.findIndex((group) => group.id === id);
  const group = watchGroups[at];
  const changed = group && change(group);
  return changed ? { watchGroups: watchGroups.with(at, changed) } : undefined;
}

/** One visible line, whatever was pasted. */
export function cleanName(name: string): string {
  return cleanText(name, LONGEST_NAME);
}
