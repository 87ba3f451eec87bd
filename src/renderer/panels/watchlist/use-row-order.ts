import { useCallback, useEffect, useRef, useState } from 'react';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { sortedBy, type WatchSort } from './watch-columns.ts';
import { sortValue, type WatchSources } from './watch-figures.ts';

/** Live figures change the order: not so often that a row cannot be read, and never under the pointer. */
const AGAIN_MS = 2_000;

/**
 * The list as it is shown. While `hold(true)`, a pointer is over the rows: what is about to be clicked stays where it is.
 */
export function useRowOrder(
  listed: readonly InstrumentId[],
  sort: WatchSort,
  extras: WatchSources['extras'],
): { readonly rows: readonly InstrumentId[]; readonly hold: (isHeld: boolean) => void } {
  const desk = useDesk();
  const isHeld = useRef(false);
  const read = useCallback((): readonly InstrumentId[] => {
    if (sort === undefined) return listed;
    const { tickers, pulse, instruments } = desk;
    const sources = { tickers, pulse, instruments, extras };
    return sortedBy(listed, (instrument) => sortValue(sources, instrument, sort.by), sort.descending);
  }, [desk, listed, sort, extras]);
  const [shown, setShown] = useState({ read, rows: listed });

  // Another list, or another choice, is shown at once.
  let { rows } = shown;
  if (shown.read !== read) {
    rows = read();
    setShown({ read, rows });
  }

  useEffect(() => {
    if (sort === undefined) return undefined;
    return desk.clock.every(AGAIN_MS, () => {
      if (isHeld.current) return;
      setShown((held) => {
        const next = read();
        return held.read === read && isSame(held.rows, next) ? held : { read, rows: next };
      });
    });
  }, [desk, sort, read]);

  const hold = useCallback((held: boolean) => {
    isHeld.current = held;
  }, []);
  return { rows, hold };
}

function isSame(one: readonly InstrumentId[], other: readonly InstrumentId[]): boolean {
  return one.length === other.length && one.every((instrument, at) => instrument === other[at]);
}
