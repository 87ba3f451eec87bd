import type { SimOrder } from '../accounts/account-desk.ts';
import { parseDateTime } from './korean-time.ts';
import type { PrivateCall } from './private-call.ts';

const DAY = 86_400_000;
/** Ended orders can be asked for this long at a time. */
const WINDOW_MS = 7 * DAY;

/** A whole number within bounds: more than `max` gets `max`; `undefined`: none of the sort. */
export function boundedCount(text: string | undefined, standard: number, max: number): number | undefined {
  if (text === undefined) return standard;
  return /^\d{1,6}$/.test(text) && Number(text) >= 1 ? Math.min(Number(text), max) : undefined;
}

/** `list[]` and its single sibling together; empty: nothing was named. */
export function named(call: PrivateCall, single: string, list: string): readonly string[] {
  const one = call.params.text(single);
  return [...(one === undefined ? [] : [one]), ...call.params.list(list)];
}

/** `start_time` and `end_time` as ms of the venue's clock; `undefined`: unreadable, or too far apart. */
export function windowOf(call: PrivateCall): { readonly from: number; readonly to: number } | undefined {
  const [start, end] = [call.params.text('start_time'), call.params.text('end_time')];
  const [from, to] = [start, end].map((text) => (text === undefined ? undefined : momentOf(text)));
  if ((start !== undefined && from === undefined) || (end !== undefined && to === undefined))
    return undefined;
  const now = call.now + call.skewMs;
  const until = to ?? (from === undefined ? now : from + WINDOW_MS);
  const since = from ?? until - WINDOW_MS;
  return until - since > WINDOW_MS || since > until ? undefined : { from: since, to: until };
}

/** ms epoch, or a date and time with its zone. */
function momentOf(text: string): number | undefined {
  return /^\d{13}$/.test(text) ? Number(text) : parseDateTime(text, 0);
}

/** Newest first unless asked for otherwise; of one market where one is named. */
export function arranged(call: PrivateCall, orders: readonly SimOrder[]): SimOrder[] {
  const market = call.params.text('market');
  const found = market === undefined ? [...orders] : orders.filter(({ symbol }) => symbol === market);
  return found
    .sort((a, b) => a.number - b.number)
    [call.params.text('order_by') === 'asc' ? 'slice' : 'reverse']();
}
