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
});
