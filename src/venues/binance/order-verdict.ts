import type { OrderVerdict, VenueOrders } from '../order.ts';

type Action = 'place' | 'amend' | 'cancel';

/** Turned away at the door: the clock, the key, the pace. Sections 6.1 and 7 of the fact sheet. */
const AT_THE_DOOR: ReadonlySet<number> = new Set([
  // Too many requests, too many orders.
  -1003, -1015,
  // "Throttled by system-level protection": failed, not executed.
  -1008,
  // Outside of the window; the same, said by the matching engine.
  -1021, -5028,
  // Signature, key, address, right.
  -1022, -2008, -2014, -2015,
]);

/** Of single codes what is neither at the door nor `rejected`: sections 6.6 and 7. */
const BY_ACTION: Readonly<Record<Action, ReadonlyMap<number, OrderVerdict>>> = {
  place: new Map([[-4116, 'exists']]),
  amend: new Map([
    [-2011, 'gone'],
    [-2013, 'gone'],
    // "No need to modify the order": it is so already.
    [-5027, 'unchanged'],
  ]),
  cancel: new Map([
    [-2011, 'gone'],
    [-2013, 'gone'],
  ]),
};

/**
 * Codes by which an order itself is refused: section 7. Not among them, and therefore unknown: −1000, −1001, −1006, −1007
 * (the venue does not know itself what became of it), and on placing −2011 and −2013, which make no sense there.
 */
const REJECTED: ReadonlySet<number> = new Set([
  // New order rejected; margin is insufficient (twice); unable to fill; would trigger at once; would not reduce.
  -2010,
  -2018, -2019, -2020, -2021, -2022,
  // Open orders, position, leverage at their most.
  -2025, -2027, -2028,
  // All or nothing, and there was not all; post-only, and it would have taken.
  -5021, -5022,
]);

/** −11xx: what was sent makes no sense. −4xxx: filters and settings. All of a kind: read before anything is matched. */
function isRefusedByKind(code: number): boolean {
  return (code <= -1100 && code >= -1199) || (code <= -4000 && code >= -4999);
}

/**
 * What an answer that refused an order call proves. Definitive is only what the venue itself said with a code of its own, in
 * an answer that is not an outage: 503 "Service Unavailable." is said to mean "not executed", but a proxy on the way says the
 * same words of a request that it passed on.
 */
export const verdictOf: VenueOrders['verdictOf'] = (action, status, refusal): OrderVerdict => {
  const code = /^-\d{1,5}$/.test(refusal.venueCode) ? Number(refusal.venueCode) : undefined;
  if (status === 503 && code === -1008) return 'unsent';
  if (status >= 500 || status === 408) return 'unknown';
  // Pace, ban, firewall, border: none of them lets anything through to the matching.
  if (status === 429 || status === 418 || status === 403 || status === 451) return 'unsent';
  if (code === undefined) return 'unknown';
  if (AT_THE_DOOR.has(code)) return 'unsent';
  const known = BY_ACTION[action].get(code);
  if (known !== undefined) return known;
  return REJECTED.has(code) || isRefusedByKind(code) ? 'rejected' : 'unknown';
};
