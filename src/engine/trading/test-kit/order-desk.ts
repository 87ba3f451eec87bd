import { HeartlineError } from '#shared/base/errors.ts';
import { type Instrument, type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import type { TopEvent } from '#shared/domain/market-data.ts';
import type { OrderDraft } from '#shared/domain/order-draft.ts';
import type { Question, Reply } from '#shared/domain/question.ts';
import { defaultSettings } from '../../default-settings.ts';
import { createBook } from '../../market/book.ts';
import type { Market } from '../../market/market.ts';
import { createMarketList } from '../../market/market-list.ts';
import { createArming } from '../arming.ts';
import { boundConfirm } from '../bounded-confirm.ts';
import { createConfirmOrder } from '../confirm-order.ts';
import { createOrderSight } from '../order-sight.ts';
import { createPlaceOrder } from '../place-order.ts';
import type { TradingAccount } from '../trading-account.ts';
import { ACCOUNT, BTC, stageTrading } from './scripted-account.ts';

export const INSTRUMENT: Instrument = {
  id: BTC,
  venue: venueOf(BTC),
  kind: 'perpetual',
  base: 'BTC',
  quote: 'USDT',
  status: 'trading',
  tickSize: '0.1',
  priceScale: 1,
  quantityStep: '0.001',
  quantityScale: 3,
  minQuantity: '0.001',
  minNotional: '5',
};

export interface Asked {
  readonly question: Question;
  readonly signal: AbortSignal;
  readonly answer: (reply: Reply) => void;
}

/** The walk of an order from click to account at a venue of real money that is armed: everything but wire and disk is as it ships. */
export async function stageOrders(
  script: Partial<TradingAccount> = {},
  askTop: (instrument: InstrumentId) => Promise<TopEvent> | undefined = () => undefined,
) {
  const seen = { reconciledAt: undefined as number | undefined, isGone: false, isBroken: false };
  const stage = stageTrading({
    environment: 'mainnet',
    isReal: true,
    get reconciledAt() {
      return seen.reconciledAt ?? stage.clock.now();
    },
    ...script,
  });
  const { clock, journal, executor, log } = stage;
  const wall = clock.now;
  let setBy = 0;
  Object.assign(clock, { now: () => wall() + setBy });
  const accounts = {
    ...stage.accounts,
    of: () => {
      if (seen.isGone) throw new HeartlineError('account.unknown', 'no such account');
      if (seen.isBroken) throw new TypeError('a fault of ours');
      return stage.account;
    },
  };
  const defaults = defaultSettings([{ favourites: [BTC] }]).trading;
  let settings = { ...defaults, mainnet: true };
  const asked: Asked[] = [];
  const confirm = {
    how: 'dialog' as const,
    ask: (question: Question, signal: AbortSignal) =>
      new Promise<Reply>((resolve) => {
        asked.push({ question, signal, answer: resolve });
        signal.addEventListener('abort', () => resolve('nobody'));
      }),
  };
  const halt = { isOn: false, isHalted: () => halt.isOn };

  const book = createBook({ snapshot: 'stream', bridge: () => 'applied', follow: () => 'applied' });
  const row = { last: 1000, mark: 1000 };
  let updates = 0;
  let held = 0;
  /** Ten levels of 5 BTC a side; the best bid lies a tick below the best ask. */
  function quote(ask: number): void {
    updates += 1;
    const side = (from: number, step: number) =>
      Float64Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? from + (at / 2) * step : 5000));
    const best = Math.round(ask * 10);
    book.applySnapshot({
      kind: 'book-snapshot',
      instrument: BTC,
      venueTime: clock.now(),
      receivedAt: clock.now(),
      lastUpdateId: updates,
      priceScale: 1,
      quantityScale: 3,
      bids: side(best - 1, -1),
      asks: side(best, 1),
    });
    row.last = ask;
    row.mark = ask;
  }
  quote(1000);
  const markets = createMarketList();
  markets.add({
    venue: { id: venueOf(BTC) },
    book: () => ({ book }),
    row: () => row,
    askTop,
    hold() {
      held += 1;
      return () => {
        held -= 1;
      };
    },
  } as unknown as Market);

  const arming = createArming({
    clock,
    journal,
    log,
    venues: [{ id: venueOf(BTC), name: 'Plain', isReal: true }],
    settings: () => settings,
    isHalted: halt.isHalted,
    confirm: { ask: async () => 'yes' },
    shell: 'desktop',
  });
  await arming.arm(venueOf(BTC), 'ARM PLAIN');
  const sight = createOrderSight({
    clock,
    markets,
    accounts,
    journal,
    halt,
    arming,
    settings: () => settings,
  });
  const check = async () => INSTRUMENT;
  const confirmOrder = createConfirmOrder({
    clock,
    confirm: boundConfirm(clock, confirm),
    sight,
    venueName: () => 'Plain',
  });
  const place = createPlaceOrder({
    clock,
    journal,
    sight,
    executor,
    confirm: confirmOrder,
    check,
    onLeft: (venue) => arming.note(venue),
  });

  return {
    ...stage,
    accounts,
    sight,
    check,
    place,
    arming,
    book,
    quote,
    asked,
    halt,
    seen,
    confirmOrder,
    get held() {
      return held;
    },
    /** Every next look sees these. */
    set(change: Partial<typeof settings>) {
      settings = { ...settings, ...change };
    },
    limit(change: Partial<(typeof settings)['limits']>) {
      settings = { ...settings, limits: { ...settings.limits, ...change } };
    },
    /** Lets time pass with the book told anew at the same price every half second. */
    async pass(ms: number) {
      for (let gone = 0; gone < ms; gone += 500) {
        stage.stream.heardAt = clock.now();
        await stage.pass(Math.min(500, ms - gone), 100);
        if (book.state === 'live') quote(row.last);
      }
    },
    /** Lets time pass while the book says nothing. */
    async stale(ms: number) {
      for (let gone = 0; gone < ms; gone += 100) {
        stage.stream.heardAt = clock.now();
        await stage.pass(Math.min(100, ms - gone), 100);
      }
    },
    setWall(byMs: number) {
      setBy += byMs;
    },
    forgetPrices() {
      row.last = Number.NaN;
      row.mark = Number.NaN;
    },
    /** Names of the orders that went on the wire. */
    left: () => journal.lines.flatMap(({ event }) => (event.kind === 'sent' ? [event.order] : [])),
    kinds: () => journal.lines.flatMap(({ event }) => ('order' in event ? [event.kind] : [])),
  };
}

export function draft(change: Partial<OrderDraft> = {}): OrderDraft {
  return {
    account: ACCOUNT,
    instrument: BTC,
    side: 'buy',
    type: 'limit',
    quantity: { unit: 'base', value: '1' },
    price: '1000',
    timeInForce: 'GTC',
    postOnly: false,
    reduceOnly: false,
    closePosition: false,
    ...change,
  };
}
