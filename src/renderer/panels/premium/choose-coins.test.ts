import { expect, it } from 'vitest';
import { type Instrument, instrumentId, venueOf } from '#shared/domain/instrument.ts';
import { chooseCoins, comparableCoins } from './choose-coins.ts';

function listed(id: string, change: Partial<Instrument> = {}): Instrument {
  const of = instrumentId(id);
  const [base = '', quote = '', end] = id.slice(id.indexOf(':') + 1).split('-');
  return {
    id: of,
    venue: venueOf(of),
    kind: end === undefined ? 'spot' : 'perpetual',
    base,
    quote,
    status: 'trading',
    tickSize: '1',
    priceScale: 0,
    quantityStep: '1',
    quantityScale: 0,
    minQuantity: '1',
    ...change,
  };
}

it('compares what trades both for won and for tether, bundles of a coin being that coin', () => {
  expect(
    comparableCoins([
      listed('upbit:BTC-KRW'),
      listed('bithumb:BTC-KRW'),
      listed('upbit:PEPE-KRW'),
      listed('upbit:ONLYHERE-KRW'),
      listed('upbit:GONE-KRW', { status: 'halted' }),
      listed('binance:BTC-USDT-PERP'),
      listed('binance:1000PEPE-USDT-PERP'),
      listed('binance:GONE-USDT-PERP'),
      listed('binance:ONLYABROAD-USDT-PERP'),
    ]),
  ).toEqual(['BTC', 'PEPE']);
});

it('takes the watchlist first, then the usual coins, no more than eight by itself, and all that were added', () => {
  const comparable = ['BTC', 'ETH', 'XRP', 'SOL', 'DOGE', 'ADA', 'LINK', 'AVAX', 'SUI', 'PEPE'];
  const watchlist = [
    'binance:ADA-USDT-PERP',
    'upbit:ADA-KRW',
    'binance:BNB-USDT-PERP',
    'binance:1000PEPE-USDT-PERP',
  ];
  const long = comparable.map((coin) => instrumentId(`upbit:${coin}-KRW`));
  expect([
    chooseCoins(comparable, watchlist.map(instrumentId), []),
    chooseCoins(comparable, long, ['PEPE', 'BTC', 'NONE']),
    chooseCoins([], long, ['PEPE']),
  ]).toEqual([
    ['ADA', 'PEPE', 'BTC', 'ETH', 'XRP', 'SOL', 'DOGE'],
    ['BTC', 'ETH', 'XRP', 'SOL', 'DOGE', 'ADA', 'LINK', 'AVAX', 'PEPE'],
    [],
  ]);
});
