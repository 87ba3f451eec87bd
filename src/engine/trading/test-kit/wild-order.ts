import { accountId } from '#shared/domain/account.ts';
import { type Instrument, instrumentId } from '#shared/domain/instrument.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { TradingLimits } from '#shared/domain/trading-limits.ts';
import { chanceOf } from '#shared/test-kit/seeds.ts';
import type { GuardState, HeldFacts, MarketFacts } from '../facts.ts';
import { request } from './small-order.ts';
import { HAIR, ONE, of, product, short, text } from './thirty-digits.ts';
import { WILD_INSTRUMENTS } from './wild-instruments.ts';

/** Texts somebody might type, or a broken caller might send, instead of a number. */
const NO_NUMBERS = [
  ...[
    '',
    '0',
    '-1',
    '-0.5',
    '+1',
    '1e3',
    '1E-7',
    'NaN',
    'Infinity',
    '１２',
    '١٢',
    '1,000',
    ' 1',
    '1 ',
    '1.',
    '.5',
  ],
  ...['00.5', '0x10', '1_000', '1.2.3', '0.000', 'null', '1\n', '9'.repeat(41), `0.${'0'.repeat(39)}1`],
];

/** The right number, written so that another reader might take it for something else. */
const MISSPELT: readonly ((right: string) => string)[] = [
  (right) => `0${right}`,
  (right) => `+${right}`,
  (right) => `${right}e0`,
  (right) => `${right} `,
  (right) => right.replace('.', ','),
  (right) => right.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  (right) => `${right}${right.includes('.') ? '0' : '.0'}`,
];

/** An order and all it is judged by, from a seed: mostly sound, with one or two things at or just beyond an edge. */
export function wildOrder(seed: number): { readonly order: OrderRequest; readonly state: GuardState } {
  const next = chanceOf(seed);
  const chance = (share: number) => next() < share;
  /** Most orders have one thing at an edge and are sound otherwise: there an escape would hide. */
  const isCalm = chance(0.75);
  const odd = (share: number) => chance(isCalm ? share / 12 : share);
  const pick = <One>(from: readonly One[]): One => from[Math.floor(next() * from.length)] as One;
  const below = (bound: number) => BigInt(Math.floor(next() * bound));

  const { instrument: listed, around } = pick(WILD_INSTRUMENTS);
  const instrument: Instrument = { ...listed, ...(odd(0.02) && { status: 'halted' }) };
  const tickNear = (price: bigint) =>
    of((instrument.tickBands ?? []).findLast(({ from }) => price >= of(from))?.tick ?? instrument.tickSize);
  const onTick = (price: bigint) => (price / tickNear(price)) * tickNear(price);
  const step = of(instrument.quantityStep);
  const onStep = (quantity: bigint) => (quantity / step) * step;

  const middle = onTick(around + (around * below(200)) / 10_000n);
  const tick = tickNear(middle);
  const side = (sign: bigint): [string, string][] => {
    let price = middle + (sign > 0n ? tick : 0n);
    return Array.from({ length: odd(0.3) ? pick([0, 1, 3]) : 8 }, () => {
      const level: [string, string] = [
        text(onTick(price)),
        text(step * (1n + below(pick([5, 500, 50_000_000])))),
      ];
      price += sign * tick * (1n + below(40));
      return level;
    }).filter(([at]) => of(at) > 0n);
  };
  const market: MarketFacts = {
    instrument,
    bids: side(-1n),
    asks: side(1n),
    isBookValid: !odd(0.05),
    bookAgeMs: 5,
    bookAt: 5,
    ...(!odd(0.05) && { last: text(middle) }),
    ...(chance(0.8) && { mark: text(short(middle + tick / pick([2n, 3n, 7n]))) }),
  };
  const usual = isCalm && chance(0.6);
  const limits: TradingLimits = {
    collarPercent: pick([0.5, 5, 7.3, 20]),
    slippagePercent: pick([0.05, 0.1, 1, 10]),
    maxNotional: usual
      ? { USDT: 1e9, KRW: 1e13 }
      : { USDT: pick([0, 100, 10_000, 1e9]), KRW: pick([0, 50_000, 15_000_000, 1e15]) },
    dailyNotional: usual
      ? { USDT: 1e12, KRW: 1e15 }
      : { USDT: pick([100, 100_000, 1e12]), KRW: pick([100_000, 150_000_000, 1e15]) },
    depthSharePercent: pick([1, 25, 33.3, 100, 100]),
    maxOpenOrders: odd(0.5) ? 1 : 50,
    ordersPer10s: odd(0.5) ? 1 : 10,
    confirmAbove: { USDT: 1, KRW: 1 },
  };
  const money = instrument.quote === 'KRW' ? 'KRW' : 'USDT';
  const spent = pick([0n, 0n, 0n, 0n, of(String(limits.dailyNotional[money])) - of('60'), of('99.99')]);

  const isBuy = chance(0.5);
  const type = pick([
    'limit',
    'limit',
    'limit',
    'limit',
    'stop',
    'stop-market',
    'take-profit',
    'take-profit-market',
  ]);
  const isConditional = type !== 'limit';
  const takesAny = type.endsWith('market');
  const isMarket = !isConditional && chance(0.3);
  const reduceOnly = chance(0.35);
  const isHedged = chance(0.2);
  const levels = isBuy ? market.asks : market.bids;
  const best = levels[0] ? of(levels[0][0]) : middle;
  const away = (from: bigint, percent: number) => {
    const moved = (from * BigInt(Math.round(percent * 1000))) / 100_000n;
    return short(isBuy ? from + moved : from - moved);
  };
  const nudged = (price: bigint) =>
    isCalm
      ? pick([price, price, price + tickNear(price), price - tickNear(price)])
      : pick([price, price + tickNear(price), price - tickNear(price), price + HAIR, price - HAIR]);
  const isUp = isBuy === type.startsWith('stop');
  const waiting = onTick(isUp ? middle + tick * 5n : middle - tick * 4n);
  const trigger = odd(0.9)
    ? pick([
        nudged(middle),
        nudged(onTick(middle + middle / 2n)),
        nudged(onTick(middle / 2n)),
        middle * pick([100n, 1400n]),
      ])
    : nudged(waiting);
  const from = isConditional ? trigger : best;
  const border = of(pick(instrument.tickBands ?? [{ from: '1', tick: '1' }]).from);
  const price = odd(0.8)
    ? pick([
        nudged(onTick(away(from, limits.collarPercent))),
        away(from, limits.collarPercent),
        nudged(border),
        short(pick([middle * 1400n, middle / 1400n, middle * 100n, middle / 100n, 10n ** 60n, HAIR])),
      ])
    : pick([
        from,
        nudged(onTick(from)),
        nudged(onTick(away(from, isMarket ? limits.slippagePercent : limits.collarPercent))),
        isMarket ? from : onTick(middle - middle / 10n),
      ]);
  const reckoned = takesAny ? trigger : price;
  const worth = (total: bigint) => (reckoned > 0n ? onStep((total * ONE) / reckoned) : step);
  const depth = levels.reduce((sum, [, quantity]) => sum + of(quantity), 0n);
  const position = onStep(of(pick(['0.06', '0.3', '3', '3000'])) + step * below(10));
  const freeQuote = of(pick(['0', '50', '1000', '10000', '100000000000']));
  const edge = pick([
    of(instrument.minQuantity),
    worth(of(instrument.minNotional ?? '5')) + step,
    worth(of(String(limits.maxNotional[money]))),
    worth(of(String(limits.dailyNotional[money])) - spent),
    onStep((depth * BigInt(Math.round(limits.depthSharePercent * 10))) / 1000n),
    depth,
    worth(freeQuote),
    worth(freeQuote * 10n),
    of(instrument.maxQuantity ?? '1'),
    of(instrument.maxMarketQuantity ?? '1'),
    ...Array.from({ length: 8 }, () =>
      worth(of(instrument.quote === 'KRW' ? '6000' : pick(['60', '100', '5000']))),
    ),
    ...(reduceOnly ? [position, position, position, position, position / 2n] : []),
  ]);
  const quantity = odd(0.5)
    ? pick([edge + HAIR, edge - step, edge * 2n, 10n ** 50n, HAIR, edge])
    : onStep(edge) + step * pick([0n, 0n, 1n, -1n]);

  const wrong = (right: string) => (odd(0.03) ? pick([pick(NO_NUMBERS), pick(MISSPELT)(right)]) : right);
  const leg = !isHedged ? 'both' : isBuy === !reduceOnly ? 'long' : 'short';
  const order = {
    ...request(),
    instrument: odd(0.01) ? instrumentId('bybit:ETH-USDT-PERP') : instrument.id,
    clientOrderId: odd(0.01)
      ? pick(['', 'UPPER0123456789012345', 'a'.repeat(33), 'a'.repeat(19)])
      : 'a'.repeat(20),
    side: isBuy ? 'buy' : 'sell',
    type: odd(0.01) ? 'market' : type,
    isMarket: odd(0.01) ? !isMarket : isMarket,
    timeInForce:
      odd(0.1) || !isConditional
        ? pick(isMarket && !odd(0.1) ? ['IOC', 'FOK'] : ['GTC', 'GTC', 'IOC', 'FOK', 'GTX'])
        : 'GTC',
    quantity: wrong(text(quantity)),
    reduceOnly,
    closePosition: reduceOnly && takesAny ? chance(0.4) : odd(0.01),
    leg: odd(0.02) ? pick(['both', 'long', 'short'] as const) : leg,
    notional: odd(0.01) ? '1' : wrong(text(product(quantity, reckoned))),
    price: takesAny !== odd(0.01) ? undefined : wrong(text(price)),
    triggerPrice: isConditional === odd(0.01) ? undefined : wrong(text(trigger)),
    triggerBy: isConditional === odd(0.01) ? undefined : pick(['mark', 'last'] as const),
    account: accountId(`${odd(0.01) ? 'okx' : instrument.venue}#aaaaaa`),
  };
  const signed = (one: bigint) => `${(isBuy ? 1 : -1) * (odd(0.3) ? -1 : 1) < 0 ? '' : '-'}${text(one)}`;
  const held: HeldFacts = {
    environment: 'mainnet',
    isReal: true,
    mode: odd(0.01) ? 'read-only' : 'trade',
    isHedged,
    abilities: {
      conditional: !odd(0.1),
      immediate: odd(0.3) ? pick([['IOC'], []]) : ['IOC', 'FOK'],
      postOnly: !odd(0.15),
      reduceOnly: !odd(0.15),
      closePosition: !odd(0.15),
      amend: 'no',
    },
    fees: chance(0.1)
      ? undefined
      : { instrument: instrument.id, maker: '0', taker: pick(['0', '0.0005', '0.0025']) },
    free: odd(0.05)
      ? undefined
      : {
          currency: odd(0.05) ? 'EUR' : instrument.quote,
          quantity: text(odd(0.8) || (isCalm && chance(0.2)) ? freeQuote : 10n ** 50n),
        },
    ...(instrument.kind === 'spot' &&
      chance(0.95) && {
        freeBase: {
          currency: instrument.base,
          quantity: text(odd(0.8) ? pick([0n, edge, quantity > HAIR ? quantity - HAIR : 0n]) : 10n ** 55n),
        },
      }),
    positions: chance(reduceOnly ? 0.9 : 0.4)
      ? [{ leg, quantity: signed(position > 0n ? position : step), entryPrice: text(middle) }]
      : [],
    ...(chance(0.9) && { leverage: pick(['1', '10', '125', '0']) }),
    reducing: {
      buy: text(odd(0.5) ? position / 2n : 0n),
      sell: text(odd(0.5) ? onStep(position / 3n) : 0n),
    },
    openOrders: odd(0.4) ? pick([1, 49, 50]) : 0,
    unknownHere: odd(0.2) ? 1 : 0,
  };
  const state: GuardState = {
    market,
    held,
    limits,
    spentToday: text(spent > 0n ? spent : 0n),
    ordersIn10s: odd(0.3) ? pick([9, 10]) : 0,
    isRepeat: odd(0.05),
    ...(odd(0.2) && { addsExposure: chance(0.5) }),
  };
  return { order: strip(order), state };
}

/** Without the keys that hold nothing. What is no order by its type is exactly what the guard has to stand. */
function strip(order: object): OrderRequest {
  return Object.fromEntries(
    Object.entries(order).filter(([, value]) => value !== undefined),
  ) as unknown as OrderRequest;
}
