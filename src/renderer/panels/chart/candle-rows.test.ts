import { expect, it } from 'vitest';
import type { HeldCandle } from '../../stores/candle-series.ts';
import type { Palette } from '../../ui/palette.ts';
import { candleMarks, candleRow, MOST_PLACES, placedRows, volumeRow } from './candle-rows.ts';

const palette: Palette = {
  panel: '#000000',
  raised: '#111111',
  line: '#222222',
  text: '#ffffff',
  dim: '#aaaaaa',
  faint: '#666666',
  up: '#00ff00',
  down: '#ff0000',
};

function candle(minute: number, more: Partial<HeldCandle> = {}): HeldCandle {
  const rest = { open: 1, high: 3, low: 0.5, close: 2, volume: 7, closed: true, provenance: 'live' as const };
  return { openTime: minute * 60_000, ...rest, ...more };
}

function chartRows(held: readonly HeldCandle[], from: number, to: number) {
  const rows = <Row extends { readonly time: unknown }>(rowOf: (candle: HeldCandle) => Row) =>
    placedRows(held, '1m', from, to, (index) => {
      const one = held[index];
      return one && rowOf(one);
    });
  return {
    candles: rows((one) => candleRow(one, palette)),
    volumes: rows((one) => volumeRow(one, palette)),
  };
}

it('gives candles, hollow repairs and empty places for what is missing', () => {
  const held = [candle(1), candle(4, { close: 0.7, provenance: 'backfilled' })];
  expect(chartRows(held, 0, 2)).toEqual({
    candles: [
      { time: 60, open: 1, high: 3, low: 0.5, close: 2 },
      { time: 120 },
      { time: 180 },
      {
        time: 240,
        open: 1,
        high: 3,
        low: 0.5,
        close: 0.7,
        color: '#00000000',
        borderColor: '#ff0000',
        wickColor: '#ff0000',
      },
    ],
    volumes: [
      { time: 60, value: 7, color: '#00ff0061' },
      { time: 120 },
      { time: 180 },
      { time: 240, value: 7, color: '#ff000061' },
    ],
  });
});

it('keeps the hole before the first candle of the live part', () => {
  expect(chartRows([candle(1), candle(3)], 1, 2).candles.map((row) => row.time)).toEqual([120, 180]);
});

it('gives a very long hole no more than its share of the axis', () => {
  expect(chartRows([candle(1), candle(10_000)], 0, 2).candles).toHaveLength(MOST_PLACES + 2);
});

it('marks what was built here at its top and what was put right below, and leaves the rest alone', () => {
  const held = [candle(1), candle(2, { provenance: 'built' }), candle(3, { provenance: 'corrected' })];
  expect(candleMarks([...held, candle(4, { provenance: 'verified' })])).toEqual([
    { kind: 'cap', time: 120, price: 3 },
    { kind: 'tick', time: 180, price: 0.5 },
  ]);
});

it('puts a ring under what was repaired where its shape cannot be hollow, and looks only at what is new', () => {
  const held = [candle(1, { provenance: 'backfilled' }), candle(2, { provenance: 'backfilled' })];
  const atClose = ({ close }: HeldCandle) => ({ top: close, bottom: close });
  expect([candleMarks(held), candleMarks(held, 1, true, atClose)]).toEqual([
    [],
    [{ kind: 'ring', time: 120, price: 2 }],
  ]);
});
