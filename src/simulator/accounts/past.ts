import type { InstrumentMarket } from '../instrument-market.ts';
import type { Print } from '../print.ts';
import type { Account } from './account.ts';
import type { Listing, SimOrder } from './account-desk.ts';
import { priceOf, quantityOf } from './coin-units.ts';
import type { Desk } from './desk.ts';

const MINUTE = 60_000;
/** How long a limit order of the past had been waiting. */
const WAITED_MS = 95_000;

/** One thing an account did before anybody looked. */
export interface Deed {
  readonly at: Listing;
  readonly minutesAgo: number;
  readonly side: 'buy' | 'sell';
  /** Worth about this much, in quote. */
  readonly notional: number;
  readonly type: 'limit' | 'market';
  /** It was cancelled before the market came to it. */
  readonly isCancelled?: boolean;
}

/** Writes deeds into an account's ledger, oldest first, each at the price of a real print of its minute. */
export function doneBefore(desk: Desk, account: Account, deeds: readonly Deed[]): void {
  const found = deeds.flatMap((deed) => {
    const instrument = desk.instrumentOf(deed.at);
    const print = instrument && printAt(instrument, deed.minutesAgo);
    return instrument && print ? [{ deed, instrument, print }] : [];
  });
  found.sort((a, b) => a.print.time - b.print.time);
  for (const { deed, instrument, print } of found) write(desk, account, deed, instrument, print);
}

function write(desk: Desk, account: Account, deed: Deed, instrument: InstrumentMarket, print: Print): void {
  const { coin } = instrument;
  const { at, side, type, notional, isCancelled = false } = deed;
  const price = isCancelled ? awayFrom(instrument, print.price, side, 0.04) : print.price;
  const steps = stepsWorth(instrument, price, notional);
  const time = print.time - (type === 'limit' ? WAITED_MS : 0);
  const draft = {
    ...at,
    side,
    type,
    timeInForce: type === 'limit' ? 'GTC' : 'IOC',
    quantity: quantityOf(coin, steps),
    ...(type === 'limit' ? { price: priceOf(coin, price) } : {}),
    reduceOnly: false,
  } as const;
  const order = desk.dealing.create(account, draft, instrument, time, false);
  account.addOrder(order);
  if (!isCancelled) {
    desk.dealing.book(order, { ...print, id: print.firstFill, quantity: steps }, type === 'limit');
    return;
  }
  const ended: SimOrder['ended'] = 'user';
  order.become('canceled', print.time, ended);
  account.closeOrder(order);
}

/** A print of that minute; `undefined` where nothing traded for an hour before it, or the market is younger. */
function printAt({ tape, actingTime }: InstrumentMarket, minutesAgo: number): Print | undefined {
  const minute = Math.floor(actingTime / MINUTE) - minutesAgo;
  for (let back = 0; back < 60; back++) {
    const from = (minute - back) * MINUTE;
    const [print] = tape.between(from, Math.min(from + MINUTE - 1, actingTime - 1));
    if (print) return print;
  }
  return undefined;
}

/** A price that far from `ticks`, away from the market, on a tick. */
export function awayFrom(
  { coin }: InstrumentMarket,
  ticks: number,
  side: 'buy' | 'sell',
  share: number,
): number {
  const wanted = ticks * (side === 'buy' ? 1 - share : 1 + share);
  const grain = coin.grainAt?.(wanted) ?? 1;
  const steps = side === 'buy' ? Math.floor(wanted / grain) : Math.ceil(wanted / grain);
  return Math.max(1, steps) * grain;
}

/** Whole steps worth about `notional` at a price, one at least. */
export function stepsWorth({ coin }: InstrumentMarket, ticks: number, notional: number): number {
  return Math.max(1, Math.ceil(notional / (ticks * coin.tick * coin.step)));
}
