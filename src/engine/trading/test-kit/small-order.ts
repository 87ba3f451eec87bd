import { accountId } from '#shared/domain/account.ts';
import { type Instrument, type InstrumentId, instrumentId, venueOf } from '#shared/domain/instrument.ts';
import type { OrderDraft, OrderRequest } from '#shared/domain/order-draft.ts';
import type { TradingLimits } from '#shared/domain/trading-limits.ts';
import type { GuardState, HeldFacts, MarketFacts } from '../facts.ts';

export const ACCOUNT = accountId('binance#aaaaaa');
const PERP = instrumentId('binance:BTC-USDT-PERP');
const WON = instrumentId('upbit:XRP-KRW');

export const perp: Instrument = {
  id: PERP,
  venue: venueOf(PERP),
  kind: 'perpetual',
  base: 'BTC',
  quote: 'USDT',
  status: 'trading',
  tickSize: '0.1',
  priceScale: 1,
  quantityStep: '0.001',
  quantityScale: 3,
  minQuantity: '0.002',
  maxQuantity: '100',
  maxMarketQuantity: '50',
  minNotional: '50',
};

export const won: Instrument = {
  id: WON,
  venue: venueOf(WON),
  kind: 'spot',
  base: 'XRP',
  quote: 'KRW',
  status: 'trading',
  tickSize: '0.01',
  tickBands: [
    { from: '0', tick: '0.01' },
    { from: '10', tick: '0.1' },
    { from: '100', tick: '1' },
    { from: '5000', tick: '5' },
  ],
  priceScale: 2,
  quantityStep: '0.00000001',
  quantityScale: 8,
  minQuantity: '0.00000001',
  minNotional: '5000',
};

export const limits: TradingLimits = {
  collarPercent: 5,
  slippagePercent: 1,
  maxNotional: { USDT: 10_000, KRW: 15_000_000 },
  dailyNotional: { USDT: 100_000, KRW: 150_000_000 },
  depthSharePercent: 25,
  maxOpenOrders: 50,
  ordersPer10s: 10,
  confirmAbove: { USDT: 5000, KRW: 7_000_000 },
};

/** Best bid 999.9, best ask 1000, three levels of 1 BTC and one of 7 on either side. */
export function market(over: Partial<MarketFacts> = {}): MarketFacts {
  return {
    instrument: perp,
    bids: [
      ['999.9', '1'],
      ['999.8', '1'],
      ['999', '1'],
      ['980', '7'],
    ],
    asks: [
      ['1000', '1'],
      ['1000.1', '1'],
      ['1001', '1'],
      ['1020', '7'],
    ],
    isBookValid: true,
    bookAgeMs: 100,
    bookAt: 1_800_000_000_000,
    last: '1000',
    mark: '1000.05',
    ...over,
  };
}

export function held(over: Partial<HeldFacts> = {}): HeldFacts {
  return {
    environment: 'simulator',
    isReal: false,
    mode: 'trade',
    isHedged: false,
    abilities: {
      conditional: true,
      immediate: ['IOC', 'FOK'],
      postOnly: true,
      reduceOnly: true,
      closePosition: true,
      amend: 'in-place',
    },
    fees: { instrument: PERP, maker: '0.0002', taker: '0.0005' },
    free: { currency: 'USDT', quantity: '1000' },
    positions: [],
    leverage: '10',
    reducing: { buy: '0', sell: '0' },
    openOrders: 0,
    unknownHere: 0,
    ...over,
  };
}

/** A long or short position without a leg of its own. */
export function holding(quantity: string): Pick<HeldFacts, 'positions'> {
  return { positions: [{ leg: 'both', quantity, entryPrice: '900', leverage: '10' }] };
}

export function guardState(over: Partial<GuardState> = {}): GuardState {
  return {
    market: market(),
    held: held(),
    limits,
    spentToday: '0',
    ordersIn10s: 0,
    isRepeat: false,
    ...over,
  };
}

export function draft(over: Partial<OrderDraft> & { readonly amount?: string } = {}): OrderDraft {
  const { amount, ...own } = over;
  return {
    account: ACCOUNT,
    instrument: PERP,
    side: 'buy',
    type: 'limit',
    quantity: { unit: 'base', value: amount ?? '1' },
    price: '1000',
    timeInForce: 'GTC',
    postOnly: false,
    reduceOnly: false,
    closePosition: false,
    ...own,
  };
}

/** One that the guard approves in `guardState()`. */
export function request(over: Partial<OrderRequest> = {}): OrderRequest {
  return {
    account: ACCOUNT,
    instrument: PERP,
    clientOrderId: 'abcdefghij0123456789',
    side: 'buy',
    type: 'limit',
    isMarket: false,
    timeInForce: 'GTC',
    quantity: '1',
    price: '1000',
    reduceOnly: false,
    closePosition: false,
    leg: 'both',
    notional: '1000',
    ...over,
  };
}

/** The won market of XRP at 700, quoted 699 to 701. */
export function wonMarket(over: Partial<MarketFacts> = {}): MarketFacts {
  const { mark: _mark, ...rest } = market();
  return {
    ...rest,
    instrument: won,
    bids: [['699', '100000']],
    asks: [['701', '100000']],
    last: '700',
    ...over,
  };
}

export function wonHeld(over: Partial<HeldFacts> = {}): HeldFacts {
  const { leverage: _leverage, ...rest } = held();
  return {
    ...rest,
    abilities: {
      conditional: false,
      immediate: ['IOC', 'FOK'],
      postOnly: true,
      reduceOnly: false,
      closePosition: false,
      amend: 'no',
    },
    fees: { instrument: WON as InstrumentId, maker: '0.0005', taker: '0.0005' },
    free: { currency: 'KRW', quantity: '1000000' },
    freeBase: { currency: 'XRP', quantity: '500.12345678' },
    ...over,
  };
}
