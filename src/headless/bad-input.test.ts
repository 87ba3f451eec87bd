import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EngineStage, openEngineStage } from '#drill/test-kit/engine-stage.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { HealthView } from '#shared/contract/api.ts';
import { type InstrumentId, instrumentId } from '#shared/domain/instrument.ts';
import { en } from '../renderer/i18n/en.ts';
import { ko } from '../renderer/i18n/ko.ts';

// What venues do to those who trust them, on real sockets and with every registered venue. Each trouble has its own
// state, its own code, and words for both languages.

const HOUR_MS = 3_600_000;
const id = (text: string) => instrumentId(text);

let stage: EngineStage;

beforeAll(async () => {
  stage = await openEngineStage({
    fx: {
      source: 'feed',
      async load() {
        throw new Error('the bank does not answer');
      },
    },
    async prepare(control, post) {
      await post('listing', { venue: 'binance', symbol: 'SOLUSDT', listing: 'suspended' });
      await post('listing', { venue: 'binance', symbol: 'XRPUSDT', listing: 'delisted' });
      await post('listing', { venue: 'upbit', symbol: 'KRW-SOL', listing: 'suspended' });
      await post('listing', { venue: 'bithumb', symbol: 'KRW-ETH', listing: 'warned' });
      await control.fault({ kind: 'refuse', venue: 'bybit', status: 451 });
      await control.fault({
        kind: 'rest',
        venue: 'bybit',
        status: 403,
        msg: 'not available in your country',
      });
    },
  });
});

afterAll(() => stage[Symbol.asyncDispose]());

/** The log's entry of that code (about that instrument), once it is there; it has words in both languages. */
async function said(code: string, instrument?: InstrumentId): Promise<string> {
  const isIt = (entry: EngineStage['log'][number]) =>
    entry.code === code && (instrument === undefined || entry.details['instrument'] === instrument);
  await expect
    .poll(() => stage.log.some(isIt), { timeout: 15_000, message: `${code} in the log` })
    .toBe(true);
  return hasWords(`happened.${code}`);
}

function hasWords(key: string): string {
  expect([en[key as keyof typeof en], ko[key as keyof typeof en]], key).toEqual([
    expect.any(String),
    expect.any(String),
  ]);
  return key;
}

async function statusOf(instrument: InstrumentId): Promise<string | undefined> {
  const all = await stage.engine.api.request('instruments.list', {});
  return all.find((one) => one.id === instrument)?.status;
}

/** Resolves with the health once the venue's connections are as said. */
function connections(venue: string, are: (view: HealthView['connections']) => boolean): Promise<HealthView> {
  return stage.watch('health', {}).until((view) => {
    const own = view.connections.filter((one) => one.venue === venue && one.state.kind !== 'idle');
    return own.length > 0 && are(own);
  });
}

const askForCandles = (instrument: InstrumentId, limit = 100, before?: number) =>
  stage.engine.api.request('candles.load', {
    instrument,
    interval: '1m',
    limit,
    ...(before !== undefined && { before }),
  });

describe('an instrument', () => {
  test('that is suspended is listed as halted, and said to be', async () => {
    const suspended = id('binance:SOL-USDT-PERP');
    stage.watch('tickers', { instruments: [suspended] });
    await said('instrument.halted', suspended);
    hasWords('standing.halted');
    expect(await statusOf(suspended)).toBe('halted');
  });

  test('that is suspended where only the stream says so becomes halted by it', async () => {
    const suspended = id('upbit:SOL-KRW');
    stage.watch('tickers', { instruments: [suspended] });
    await said('instrument.halted', suspended);
    expect(await statusOf(suspended)).toBe('halted');
  });

  test('that the venue warns of is traded and warned of', async () => {
    const warned = id('bithumb:ETH-KRW');
    const book = stage.watch('book', { instrument: warned, depth: 5 });
    await said('instrument.warned', warned);
    hasWords('standing.warned');
    await book.until(({ state }) => state === 'live');
    expect(await statusOf(warned)).toBe('warned');
  });

  test('that was delisted is refused with a word, and said to be gone where it is still on a watchlist', async () => {
    const delisted = id('binance:XRP-USDT-PERP');
    stage.watch('tickers', { instruments: [delisted, id('binance:BTC-USDT-PERP')] });
    const undo = await stage.engine
      .tap([{ kind: 'ticker', instrument: delisted }], () => undefined)
      .catch((fault) => fault);
    await said('instrument.delisted', delisted);
    hasWords('standing.unlisted');
    await expect(askForCandles(delisted)).rejects.toMatchObject({
      code: hasWords('errors.instrument.unknown').slice(7),
    });
    expect(undo).toMatchObject({ code: 'instrument.unknown' });
  });
});

describe('a venue', () => {
  test('that turns this place away has failed for that reason, and keeps nothing from the others', async () => {
    const btc = id('bybit:BTC-USDT-PERP');
    stage.watch('tickers', { instruments: [btc] });
    const other = stage.watch('book', { instrument: id('bithumb:BTC-KRW'), depth: 5 });
    const view = await connections('bybit', (own) => own.every(({ state }) => state.kind === 'failed'));
    hasWords('cause.geo');
    await expect(askForCandles(btc)).rejects.toMatchObject({ code: hasWords('errors.rest.geo').slice(7) });
    await said('instruments.missing');
    await other.until(({ state }) => state === 'live');
    const all = await stage.engine.api.request('instruments.list', {});
    expect({
      causes: view.connections.flatMap(({ venue, state }) =>
        venue === 'bybit' && 'cause' in state ? [state.cause.code] : [],
      ),
      listed: [...new Set(all.map(({ venue }) => venue))].sort(),
    }).toEqual({ causes: ['geo'], listed: ['binance', 'bithumb', 'upbit'] });
  });

  test('that goes into maintenance is down for that reason, says so to who asks, and comes back by itself', async () => {
    const btc = id('upbit:BTC-KRW');
    const book = stage.watch('book', { instrument: btc, depth: 5 });
    await book.until(({ state }) => state === 'live');
    await stage.control.fault({ kind: 'maintenance', venue: 'upbit', durationMs: 4000 });
    const asked = askForCandles(id('upbit:ADA-KRW')).catch((fault: unknown) => fault);
    const view = await connections('upbit', (own) =>
      own.every(({ state }) => state.kind === 'waiting' && state.cause.code === 'maintenance'),
    );
    hasWords('cause.maintenance');
    hasWords('errors.rest.maintenance');
    expect(await asked).toMatchObject({ code: 'rest.maintenance' });
    expect(view.connections.filter(({ venue }) => venue === 'upbit').length).toBe(1);
    await connections('upbit', (own) => own.every(({ state }) => state.kind === 'live'));
    await book.until(({ state }) => state === 'live');
  });
});

describe('an answer', () => {
  /** Pages back until so many candles are there. */
  async function pagedBack(instrument: InstrumentId, count: number): Promise<readonly number[]> {
    let times: number[] = [];
    for (let page = 0; times.length < count && page < 12; page += 1) {
      const { candles } = await askForCandles(instrument, 60, times[0]);
      times = [...candles.openTime, ...times];
    }
    return times;
  }

  test.each([
    ['shorter than promised', 'short', 'upbit:DOGE-KRW'],
    ['shorter than promised', 'short', 'binance:DOGE-USDT-PERP'],
    ['with candles doubled', 'double', 'binance:ADA-USDT-PERP'],
    ['with candles doubled', 'double', 'bithumb:ADA-KRW'],
    ['with candles out of order', 'unordered', 'binance:LINK-USDT-PERP'],
    ['with candles out of order', 'unordered', 'upbit:LINK-KRW'],
  ])('%s (%s, %s) leaves neither a hole nor a candle too many', async (_, style, name) => {
    const instrument = id(name);
    const venue = instrument.slice(0, instrument.indexOf(':'));
    const path = venue === 'binance' ? 'klines' : 'candles';
    await stage.control.fault({ kind: 'page', venue, path, style, durationMs: 3000 });
    const times = await pagedBack(instrument, 150);
    const steps = new Set(times.slice(1).map((time, at) => time - (times[at] ?? 0)));
    expect({ enough: times.length >= 150, steps: [...steps] }).toEqual({ enough: true, steps: [60_000] });
  });

  test('shorter than promised while a chart is filled leaves the chart shorter, and without a hole', async () => {
    const instrument = id('binance:AVAX-USDT-PERP');
    await stage.control.fault({ kind: 'page', venue: 'binance', path: 'klines', style: 'short', count: 2 });
    const candles = stage.watch('candles', { instrument, interval: '1m' });
    const { candles: shown, holes } = await candles.until(
      (update) => update.candles.openTime.length > 60 && update.candles.closed.includes(0),
    );
    hasWords('happened.candles.short');
    hasWords('happened.candles.untidy');
    expect({ holes: holes.length, open: shown.closed.filter((flag) => flag === 0).length }).toEqual({
      holes: 0,
      open: 1,
    });
  });
});

test('without a source of exchange rates the premium says so and is not believed, until a rate is typed in', async () => {
  await said('fx.gone');
  const premium = stage.watch('premium', { coins: ['BTC'], notionalKrw: 1_000_000 });
  const without = await premium.until(({ rows }) =>
    rows.some(({ krwPrice, usdtPrice }) => krwPrice > 0 && usdtPrice > 0),
  );
  const { krwPerUsd } = await stage.engine.api.request('fx.write', { krwPerUsd: 1400 });
  const typed = await premium.until(({ rows }) => rows.some(({ official }) => Number.isFinite(official)));
  expect({
    source: without.fx.source,
    official: without.rows.filter(({ official }) => Number.isFinite(official)),
    stale: without.rows.every(({ staleLeg }) => staleLeg !== undefined),
    typed: [krwPerUsd, typed.fx.source],
  }).toEqual({ source: 'none', official: [], stale: true, typed: [1400, 'typed'] });
});

test('a computer whose clock is an hour slow is told so, and calls no open candle closed and no closed one open', async () => {
  await using slow = await openEngineStage({
    clock: { ...systemClock, now: () => systemClock.now() - HOUR_MS },
  });
  const charts = ['binance:BTC-USDT-PERP', 'bybit:BTC-USDT-PERP', 'upbit:BTC-KRW', 'bithumb:BTC-KRW'].map(
    (name) => slow.watch('candles', { instrument: id(name), interval: '1m' }),
  );
  const { clockOffsetMs } = await slow
    .watch('health', {})
    .until((view) => Object.keys(view.clockOffsetMs).length === charts.length);
  const updates = await Promise.all(
    charts.map((chart) =>
      chart.until(({ candles }) => candles.openTime.length > 60 && candles.closed.includes(0)),
    ),
  );
  hasWords('happened.clock.apart');
  expect({
    offsets: Object.values(clockOffsetMs).filter((offset) => Math.abs(offset - HOUR_MS) > 500),
    told: slow.log.filter(({ code }) => code === 'clock.apart').length,
    open: updates.map(({ candles }) => candles.closed.filter((flag) => flag === 0).length),
    holes: updates.map(({ holes }) => holes.length),
  }).toEqual({ offsets: [], told: 4, open: [1, 1, 1, 1], holes: [0, 0, 0, 0] });
});
