import type { AccountRefusal } from '../account.ts';
import type { OrderVerdict, VenueOrders } from '../order.ts';

/**
 * Names of error that say the order itself is at fault, or the account's money (fact sheet, section 6): it will not be done.
 * `validation_error`, `create_bid_error`, `invalid_price_bid`, `under_min_total_ask`, `over_…`, `insufficient_funds_bid`.
 */
const REJECTED =
  /^(?:validation_error|create_(?:bid|ask)_error|(?:invalid|under|over|insufficient)_[a-z_]+|thirdparty_agreement_required|volume_too_large)$/;

/** The exact name of this refusal is not published. */
const DUPLICATE = /identifier|duplicat|중복/i;

/** Said at the door, before anything of the order was looked at. */
const AT_THE_DOOR: ReadonlySet<AccountRefusal['code']> = new Set([
  'wrong-key',
  'wrong-secret',
  'expired',
  'address',
]);

/**
 * What an answer that refused an order call proves. Names decide, never a bare status: a 4xx page of a proxy proves as little
 * as a 5xx.
 *
 * A used identifier. The venue uses up an identifier even by a request it refuses, so "used" does not mean "placed". Ours
 * are used once and sent once: if the only request that carried one is told that it was used, that request reached the
 * venue twice, and the first time may have placed it. `exists` has it looked for; what is not found then stays unknown.
 * A used nonce (`nonce_used`) is the same thing seen at the door, and proves nothing either way.
 */
export const verdictOf: VenueOrders['verdictOf'] = (action, status, refusal): OrderVerdict => {
  const { code, venueCode, message } = refusal;
  if (status >= 500 || status === 408) return 'unknown';
  if (code === 'rate-limit' || code === 'ban') return 'unsent';
  // Without a name of its own the venue did not say it.
  if (venueCode === String(status) || venueCode === 'nonce_used') return 'unknown';
  if (AT_THE_DOOR.has(code) || venueCode === 'invalid_query_payload') return 'unsent';
  if (code === 'permission') return 'rejected';
  if (code === 'not-found') return action === 'place' ? 'unknown' : 'gone';
  if (action !== 'cancel' && (DUPLICATE.test(venueCode) || DUPLICATE.test(message))) return 'exists';
  return status >= 400 && REJECTED.test(venueCode) ? 'rejected' : 'unknown';
};
