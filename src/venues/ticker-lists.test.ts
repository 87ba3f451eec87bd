import { describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { parseExactJson } from '#shared/base/exact-json.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { binance } from './binance/index.ts';
import { bithumb } from './bithumb/index.ts';
import { bybit } from './bybit/index.ts';
import { upbit } from './upbit/index.ts';
import type { Venue } from './venue.ts';

const AT = 1_795_000_001_000;
const TOLD = 1_795_000_000_500;
const NONE = { get: () => null };
const DAY = { open: 90, high: 110, low: 80, volume: 5, quoteVolume: 500 };

const read = (venue: Venue, call: number, body: unknown) => {
  const parsed = parseExactJson(JSON.stringify(body));
  return venue.rest.tickers?.([])[call]?.parse(parsed, AT, NONE);
};
const idOf = (text: string) => instrumentId(text);

const binanceDay = (symbol: string, more: object = {}) => ({
  symbol,
  lastPrice: '100',
  openPrice: '90',
  highPrice: '110',
  lowPrice: '80',
  volume: '5',
  quoteVolume: '500',
  closeTime: TOLD,
  ...more,
});
const binanceMark = (symbol: string, more: object = {}) => ({
  symbol,
  markPrice: '100.5',
  indexPrice: '100.25',
  lastFundingRate: '-0.00010000',
  nextFundingTime: TOLD + 1,
  time: TOLD,
  ...more,
});
const bybitRow = (symbol: string, more: object = {}) => ({
  symbol,
  lastPrice: '100',
  prevPrice24h: '90',
  highPrice24h: '110',
  lowPrice24h: '80',
  volume24h: '5',
  turnover24h: '500',
  ...more,
});
const bybitMark = {
  markPrice: '100.5',
  indexPrice: '100.25',
  fundingRate: '0.0001',
  nextFundingTime: `${TOLD + 1}`,
};
const bybitList = (category: string, list: unknown[]) => ({
  retCode: 0,
  retMsg: 'OK',
  result: { category, list },
  retExtInfo: {},
  time: TOLD,
});
const koreanRow = (market: string, more: object = {}) => ({
  market,
  trade_date: '20261118',
  trade_time: '110640',
  trade_timestamp: TOLD,
  trade_price: 100,
  opening_price: 90,
  high_price: 110,
  low_price: 80,
  acc_trade_volume_24h: 5,
  acc_trade_price_24h: 500,
  ...more,
});
const ticker = (id: string) => ({
  kind: 'ticker',
  instrument: idOf(id),
  venueTime: TOLD,
  receivedAt: AT,
  last: 100,
  ...DAY,
});
const mark = (id: string, more: object) => ({
  kind: 'mark',
  instrument: idOf(id),
  venueTime: TOLD,
  receivedAt: AT,
  markPrice: 100.5,
  indexPrice: 100.25,
  ...more,
});

describe('all tickers of a venue', () => {
  test('are asked for in as few calls as it allows', () => {
    const many = Array.from({ length: 401 }, (_, index) => idOf(`bithumb:C${index}-KRW`));
    const asked = (venue: Venue) =>
      venue.rest.tickers?.(many).map(({ path, scope, weight }) => [path.slice(0, 60), scope, weight]);
    expect([asked(binance), asked(bybit), asked(upbit), asked(bithumb)]).toEqual([
      [
        ['/fapi/v1/ticker/24hr', 'weight', 40],
        ['/fapi/v1/premiumIndex', 'weight', 10],
      ],
      [
        ['/v5/market/tickers?category=linear', 'ip', 1],
        ['/v5/market/tickers?category=spot', 'ip', 1],
      ],
      [['/v1/ticker/all?quote_currencies=KRW%2CBTC%2CUSDT', 'ticker', 1]],
      [
        ['/v1/ticker?markets=KRW-C0%2CKRW-C1%2CKRW-C2%2CKRW-C3%2CKRW-C', 'ticker', 1],
        ['/v1/ticker?markets=KRW-C200%2CKRW-C201%2CKRW-C202%2CKRW-C203', 'ticker', 1],
        ['/v1/ticker?markets=KRW-C400', 'ticker', 1],
      ],
    ]);
    expect(bithumb.rest.tickers([])).toEqual([]);
  });

  test('of Binance: figures, and marks with funding where there is any', () => {
    expect([
      read(binance, 0, [binanceDay('BTCUSDT'), binanceDay('币安人生USDT'), binanceDay('BTCUSDT_261225')]),
      read(binance, 1, [
        binanceMark('BTCUSDT'),
        binanceMark('BTCUSDT_261225', { lastFundingRate: '', nextFundingTime: 0 }),
      ]),
    ]).toEqual([
      {
        events: [
          ticker('binance:BTC-USDT-PERP'),
          ticker('binance:币安人生-USDT-PERP'),
          ticker('binance:BTC-USDT-261225'),
        ],
        unread: 0,
      },
      {
        events: [
          mark('binance:BTC-USDT-PERP', { fundingRate: -0.0001, nextFundingTime: TOLD + 1 }),
          mark('binance:BTC-USDT-261225', {}),
        ],
        unread: 0,
      },
    ]);
  });

  test('of Bybit: one spelling is two instruments, told apart by the category', () => {
    expect([
      read(bybit, 0, bybitList('linear', [bybitRow('BTCUSDT', bybitMark)])),
      read(bybit, 1, bybitList('spot', [bybitRow('BTCUSDT')])),
      read(bybit, 0, bybitList('linear', [bybitRow('NEWUSDT', { ...bybitMark, markPrice: '' })])),
    ]).toEqual([
      {
        events: [
          ticker('bybit:BTC-USDT-PERP'),
          mark('bybit:BTC-USDT-PERP', { fundingRate: 0.0001, nextFundingTime: TOLD + 1 }),
        ],
        unread: 0,
      },
      { events: [ticker('bybit:BTC-USDT')], unread: 0 },
      { events: [ticker('bybit:NEW-USDT-PERP')], unread: 0 },
    ]);
    expect(() => read(bybit, 0, bybitList('spot', []))).toThrow(/category is not linear/);
  });

  test.each([
    ['upbit', upbit],
    ['bithumb', bithumb],
  ])('of %s: every market by its own money', (id, venue) => {
    expect(read(venue, 0, [koreanRow('KRW-BTC'), koreanRow('BTC-ETH')]) ?? readAlone(venue)).toEqual({
      events: [ticker(`${id}:BTC-KRW`), ticker(`${id}:ETH-BTC`)],
      unread: 0,
    });
  });

  test('lose one row that makes no sense, count it, and keep the rest; all of them senseless is an answer of another shape', () => {
    const bad = binanceDay('ETHUSDT', { lastPrice: 'cheap' });
    expect(read(binance, 0, [binanceDay('BTCUSDT'), bad, 7, binanceDay('lower')])).toEqual({
      events: [ticker('binance:BTC-USDT-PERP')],
      unread: 2,
    });
    expect(() => read(binance, 0, [bad])).toThrow(HeartlineError);
    expect(() => read(upbit, 0, { error: {} })).toThrow(/no list/);
    expect(read(binance, 0, [])).toEqual({ events: [], unread: 0 });
  });
});

/** Bithumb makes no call for nothing: its reader is had with one name. */
function readAlone(venue: Venue) {
  const [call] = venue.rest.tickers?.([idOf('bithumb:BTC-KRW')]) ?? [];
  const body = parseExactJson(JSON.stringify([koreanRow('KRW-BTC'), koreanRow('BTC-ETH')]));
  return call?.parse(body, AT, NONE);
}
