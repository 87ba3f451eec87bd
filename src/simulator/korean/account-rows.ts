import { averageCost } from './average-cost.ts';
import { clockText, dateText, dateTimeText, KST_OFFSET_MS } from './korean-time.ts';
import type { PrivateCall } from './private-call.ts';

const DAY = 86_400_000;
/** A key that never ends here still has a date on the wire. */
const KEY_LIFE_MS = 400 * DAY;

/** `2026-11-21T09:00:20+09:00`: whole seconds are all the venues tell of when an order was made. */
export function kstText(time: number): string {
  return `${dateTimeText(time + KST_OFFSET_MS)}+09:00`;
}

/** `2026-11-21T09:00:20.597000+09:00`: of fills the moment is told, to the microsecond. */
export function momentText(time: number): string {
  const korean = time + KST_OFFSET_MS;
  const micros = `${String(((korean % 1000) + 1000) % 1000).padStart(3, '0')}000`;
  return `${dateText(korean)}T${clockText(korean)}.${micros}+09:00`;
}

/** What an account holds. */
export function accountRows(call: PrivateCall): unknown {
  const held = call.account.balances().filter(({ total }) => !total.eq(0));
  return held.map(({ currency }) => accountRow(call, currency));
}

/** One currency, also where nothing is held of it; `balance` leaves out what is locked. */
export function accountRow({ account }: PrivateCall, currency: string): unknown {
  const { total, used } = account.balanceOf(currency);
  return {
    currency,
    balance: total.minus(used).toFixed(),
    locked: used.toFixed(),
    avg_buy_price: currency === 'KRW' ? '0' : averageCost(account, currency).toFixed(),
    avg_buy_price_modified: false,
    unit_currency: 'KRW',
  };
}

/** The account's keys and when they end; of what they may do the venues say nothing. */
export function keyRows({ desk, account, market, skewMs }: PrivateCall): unknown {
  return desk.keys
    .filter((key) => key.account === account.id && !key.isForeign && desk.keyOf(key.apiKey))
    .map(({ apiKey, expiresAt }) => ({
      access_key: apiKey,
      expire_at: kstText((expiresAt ?? market.onboardTime + KEY_LIFE_MS) + skewMs),
    }));
}
