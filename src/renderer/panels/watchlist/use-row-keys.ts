import { type KeyboardEvent, useState } from 'react';
import type { InstrumentId } from '#shared/domain/instrument.ts';

interface RowKeys {
  /** The row the keys are about. */
  readonly active: InstrumentId | undefined;
  readonly setCursor: (instrument: InstrumentId) => void;
  readonly handleKey: (event: KeyboardEvent) => void;
}

/** A page of rows, for Page Up and Page Down. */
const PAGE = 10;

/**
 * Arrows, Home, End and page keys move; Enter shows; Delete takes out; Alt with arrows moves the row itself, where rows have
 * a place of the person's. The cursor is a row, not a number: it goes where the row goes.
 */
export function useRowKeys(options: {
  readonly rows: readonly InstrumentId[];
  readonly onShow: (instrument: InstrumentId) => void;
  readonly onRemove?: (instrument: InstrumentId) => void;
  readonly onPlace?: ((instrument: InstrumentId, before: InstrumentId | undefined) => void) | undefined;
  readonly onMove: (index: number) => void;
}): RowKeys {
  const { rows, onShow, onRemove, onPlace, onMove } = options;
  const [cursor, setCursor] = useState<{ readonly instrument: InstrumentId; readonly at: number }>();
  const found = cursor ? rows.indexOf(cursor.instrument) : 0;
  // Where the row is gone, the one in its place.
  const index = Math.min(found >= 0 ? found : (cursor?.at ?? 0), rows.length - 1);
  const active = rows[index];

  const moveTo = (to: number) => {
    const at = Math.max(0, Math.min(rows.length - 1, to));
    const instrument = rows[at];
    if (instrument === undefined) return;
    setCursor({ instrument, at });
    onMove(at);
  };
  const shift = (by: 1 | -1) => {
    if (active === undefined || !onPlace) return;
    const beside = rows[index + by];
    if (beside === undefined) return;
    setCursor({ instrument: active, at: index + by });
    onPlace(active, by < 0 ? beside : rows[index + 2]);
    onMove(index + by);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) return;
    if (event.altKey && event.key === 'ArrowDown') shift(1);
    else if (event.altKey && event.key === 'ArrowUp') shift(-1);
    else if (event.altKey) return;
    else if (event.key === 'ArrowDown') moveTo(index + 1);
    else if (event.key === 'ArrowUp') moveTo(index - 1);
    else if (event.key === 'PageDown') moveTo(index + PAGE);
    else if (event.key === 'PageUp') moveTo(index - PAGE);
    else if (event.key === 'Home') moveTo(0);
    else if (event.key === 'End') moveTo(rows.length - 1);
    else if (event.key === 'Enter' && active !== undefined) onShow(active);
    else if (event.key === 'Delete' && active !== undefined && onRemove) {
      setCursor({ instrument: active, at: index });
      onRemove(active);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    active,
    setCursor: (instrument) => setCursor({ instrument, at: Math.max(0, rows.indexOf(instrument)) }),
    handleKey,
  };
}
