import { describe, expect, it } from 'vitest';
import { type Instrument, instrumentId, venueId } from '#shared/domain/instrument.ts';
import { matchInstruments } from './match-instruments.ts';

const listed = ['ETHW', 'BTC', 'WBTC', 'ETH', 'BTCDOM', 'SOL'].map(
  (base): Instrument => ({
    id: instrumentId(`binance:${base}-USDT-PERP`),
    venue: venueId('binance'),
    kind: 'perpetual',
    base,
    quote: 'USDT',
    status: 'trading',
    tickSize: '0.1',
    priceScale: 1,
    quantityStep: '0.001',
    quantityScale: 3,
    minQuantity: '0.001',
  }),
);

const priced = listed[0] as Instrument;
const koreans = [
  { base: 'BTC', names: { ko: '비트코인', en: 'Bitcoin' } },
  { base: 'ETH', names: { ko: '이더리움', en: 'Ethereum' } },
  { base: 'BCH', names: { ko: '비트코인캐시', en: 'Bitcoin Cash' } },
].flatMap(({ base, names }) =>
  ['upbit', 'bithumb'].map(
    (venue): Instrument => ({
      ...priced,
      id: instrumentId(`${venue}:${base}-KRW`),
      venue: venueId(venue),
      kind: 'spot',
      base,
      quote: 'KRW',
      names,
    }),
  ),
);

function foundIds(typed: string): string[] {
  return matchInstruments([...listed, ...koreans], typed, 4).map(({ id }) => id);
}

function found(typed: string, limit = 10): string[] {
  return matchInstruments(listed, typed, limit).map((instrument) => instrument.base);
}

describe('instrument search', () => {
  it('puts the exact coin first, then names that begin with it, then the rest', () => {
    expect([found('btc'), found('eth'), found('usdt', 2)]).toEqual([
      ['BTC', 'BTCDOM', 'WBTC'],
      ['ETH', 'ETHW'],
      ['ETHW', 'BTC'],
    ]);
  });

  it('ignores dashes, case and a Hangul input method left on', () => {
    expect([found('btc-usdt'), found('BtcUsdtPerp'), found('내ㅣ'), found('nothing')]).toEqual([
      ['BTC', 'WBTC'],
      ['BTC', 'WBTC'],
      ['SOL'],
      [],
    ]);
  });

  it('knows a coin by its Korean and English name on every venue, whole, begun, or by first consonants', () => {
    const bitcoins = ['binance:BTC-USDT-PERP', 'upbit:BTC-KRW', 'bithumb:BTC-KRW', 'upbit:BCH-KRW'];
    expect([
      foundIds('비트코인'),
      foundIds('비틐'),
      foundIds('bitcoin'),
      foundIds('ㅂㅌㅋㅇ'),
      // The keys of 비트코인 with the input method off.
      foundIds('qlxmzhdls'),
      foundIds('캐시'),
    ]).toEqual([bitcoins, bitcoins, bitcoins, bitcoins, bitcoins, ['upbit:BCH-KRW', 'bithumb:BCH-KRW']]);
  });

  it('narrows to a venue named beside the coin, in either language, and lists a venue named alone', () => {
    expect([
      foundIds('upbit btc'),
      foundIds('이더리움 빗썸'),
      foundIds('upb'),
      foundIds('업비트').length,
      foundIds('bi'),
    ]).toEqual([
      ['upbit:BTC-KRW'],
      ['bithumb:ETH-KRW'],
      ['upbit:BTC-KRW', 'upbit:ETH-KRW', 'upbit:BCH-KRW'],
      3,
      // Two letters are a coin's, not a venue's.
      ['binance:BTC-USDT-PERP', 'upbit:BTC-KRW', 'bithumb:BTC-KRW', 'upbit:BCH-KRW'],
    ]);
  });
});
