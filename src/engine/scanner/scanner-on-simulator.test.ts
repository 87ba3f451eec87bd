import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineStage, openEngineStage } from '#drill/test-kit/engine-stage.ts';
import { venueOf } from '#shared/domain/instrument.ts';
import type { ScannerColumns, ScannerView } from '#shared/domain/scanner.ts';

let stage: EngineStage;

beforeAll(async () => {
  stage = await openEngineStage();
});
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
});

const COLUMNS = [
  'last',
  'change',
  'quoteVolume',
  'fundingRate',
  'receivedAt',
] as const satisfies (keyof ScannerColumns)[];

/** How many rows of each venue have each figure. */
function known(view: ScannerView) {
  const counted: Record<string, Record<string, number>> = {};
  for (const [at, id] of view.rows.instruments.entries()) {
    const of = counted[venueOf(id)] ?? { rows: 0 };
    counted[venueOf(id)] = of;
    of['rows'] = (of['rows'] ?? 0) + 1;
    for (const column of COLUMNS) {
      of[column] = (of[column] ?? 0) + (Number.isNaN(view.rows[column][at]) ? 0 : 1);
    }
  }
  return counted;
}

describe('the scanner on the simulator', () => {
  it('reads every instrument of every venue by the venue’s own protocol', { timeout: 60_000 }, async () => {
    const seen: Record<string, Record<string, number>> = {};
    const view = await stage.watch('scanner', {}).until((update) => {
      Object.assign(seen, known(update));
      return update.venues.length === 4 && update.venues.every(({ state }) => state === 'read');
    }, 45_000);
    const listed = await stage.engine.api.request('instruments.list', {});
    const count = (venue: string) => listed.filter((one) => one.venue === venue).length;
    const rowsOf = (venue: string) => ({
      rows: count(venue),
      last: count(venue),
      change: count(venue),
      quoteVolume: count(venue),
      receivedAt: count(venue),
    });
    expect(view.venues.map(({ venue, state, unread, fault }) => [venue, state, unread, fault])).toEqual(
      ['binance', 'bybit', 'upbit', 'bithumb'].map((venue) => [venue, 'read', 0, undefined]),
    );
    expect(seen).toMatchObject({
      upbit: { ...rowsOf('upbit'), fundingRate: 0 },
      bithumb: { ...rowsOf('bithumb'), fundingRate: 0 },
    });
    expect(seen['binance']?.['fundingRate']).toBeGreaterThan(50);
    expect(seen['bybit']?.['fundingRate']).toBeGreaterThan(50);
  });
});
