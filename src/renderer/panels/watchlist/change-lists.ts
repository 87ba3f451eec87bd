import { HeartlineError } from '#shared/base/errors.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { WATCHED_AT_MOST } from '#shared/domain/watch-bounds.ts';
import type { Desk } from '../../stores/desk.ts';
import { addRow, carryRow, groupAt, removeRow, roomLeft } from '../../stores/watch-groups.ts';

/** Puts an instrument into a list, or takes it out. Where no list has room any more that is said. */
export function toggleInList(desk: Desk, group: string, instrument: InstrumentId): void {
  const lists = desk.settings.store.getState();
  const isThere = groupAt(lists, group).instruments.includes(instrument);
  if (isThere) desk.settings.change(removeRow(lists, group, instrument) ?? {});
  else addToList(desk, group, instrument);
}

/** Before the row at `at`, or at the end. */
export function addToList(desk: Desk, group: string, instrument: InstrumentId, at?: number): void {
  const lists = desk.settings.store.getState();
  if (roomLeft(lists) <= 0) {
    desk.notices.show(
      new HeartlineError('watchlist.full', 'all lists together are full', {
        details: { most: WATCHED_AT_MOST },
      }),
    );
    return;
  }
  const change = addRow(lists, group, instrument, at);
  if (change) desk.settings.change(change);
}

export function carryToList(desk: Desk, instrument: InstrumentId, from: string, to: string): void {
  const change = carryRow(desk.settings.store.getState(), instrument, from, to);
  if (change) desk.settings.change(change);
}
