import { describe, expect, it } from 'vitest';
import { instrumentId, instrumentName } from '#shared/domain/instrument.ts';
import { crossRates, type Quoted } from './cross-rates.ts';

function row(text: string, last: number, quoteVolume = 1): Quoted {
  const id = instrumentId(text);
  const [base = '', quote = '', end] = instrumentName(id).split('-');
  const kind = end === undefined ? 'spot' : end === 'PERP' ? 'perpetual' : 'future';
  return { instrument: { id, base, quote, kind }, last, quoteVolume };
}

const upbit = row('upbit:BTC-KRW', 141_400_000, 50);
const binance = row('binance:BTC-USDT-PERP', 100_000, 900);
const bybit = row('bybit:BTC-USDT', 99_000, 300);
const rounded = (value: number) => Number(value.toFixed(6));

describe('premium', () => {
  it('is won over dollars against the most traded other side, the same on both rows', () => {
    const rates = crossRates([bybit, upbit, binance, row('bithumb:BTC-KRW', 1e8, 1)], 1_400);
    expect([upbit, binance, bybit].map((one) => rounded(rates.premium(one)))).toEqual([
      0.01,
      0.01,
      rounded(141_400_000 / (99_000 * 1_400) - 1),
    ]);
  });

  it('counts coins that are traded in bundles one by one', () => {
    const won = row('upbit:PEPE-KRW', 0.0141);
    const rates = crossRates([won, row('binance:1000PEPE-USDT-PERP', 0.01)], 1_400);
    expect(rounded(rates.premium(won))).toBe(rounded(0.0141 / 0.014 - 1));
  });

  it('is unknown without the other side, without a rate, in other money, for dated futures, and where one name means two coins', () => {
    const all = [upbit, binance];
    const future = row('binance:BTC-USDT-261225', 100_000);
    const other = [row('upbit:AI-KRW', 1_400), row('binance:AI-USDT-PERP', 9)];
    expect([
      crossRates([upbit], 1_400).premium(upbit),
      crossRates(all, Number.NaN).premium(upbit),
      crossRates(all, 1_400).premium(row('upbit:ETH-BTC', 0.04)),
      crossRates(all, 1_400).premium(future),
      crossRates(other, 1_400).premium(other[0] as Quoted),
    ]).toEqual(Array(5).fill(Number.NaN));
  });
});

describe('volume', () => {
  it('is made comparable: dollars as they are, won by the rate, coins by their price; unknown where that is not to be had', () => {
    const rates = crossRates([binance, upbit], 1_400);
    const inWon = row('upbit:XRP-KRW', 4_000, 2_800);
    expect([
      rates.usdVolume(bybit),
      rates.usdVolume(inWon),
      rates.usdVolume(row('upbit:ETH-BTC', 0.04, 2)),
      rates.usdVolume(row('bybit:BTC-EUR', 90_000, 2)),
      crossRates([], Number.NaN).usdVolume(inWon),
    ]).toEqual([300, 2, 200_000, Number.NaN, Number.NaN]);
  });
});
