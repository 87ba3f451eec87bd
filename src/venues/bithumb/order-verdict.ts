import type { AccountRefusal } from '../account.ts';
import type { OrderVerdict, VenueOrders } from '../order.ts';

/**
 * Names of error that say the order itself is at fault, or the account (fact sheet, section 6): it will not be done.
 * `invalid_price_bid`, `under_price_limit_ask`, `under_min_total_bid`, `over_…`, `insufficient_funds_ask`.
 */
const REJECTED =
  /^(?:(?:invalid|under|over|insufficient)_[a-z_]+|cross_trading|bank_account_required|two_factor_auth_required|blocked_member_id)$/;

/** Whether there is such a refusal is not known: the venue's own tools say that the order is answered with once more. */
const DUPLICATE_NAME = /client_order_id|duplicat/i;
const DUPLICATE_WORDS = /duplicat|already|중복|이미/i;

/** Said at the door, before anything of the order was looked at. */
const AT_THE_DOOR: ReadonlySet<AccountRefusal['code']> = new Set(['expired', 'address', 'clock']);

/**
 * What an answer that refused an order call proves. Names decide, never a bare status: a 4xx page of a proxy proves as little
 * as a 5xx.
 *
 * 422 `order_not_ready`: the order exists, and is still being registered. To a cancel that proves nothing: the cancel is asked
 * for again shortly. `jwt_verification` is also what a token gets that was seen before: the only request of an order that
 * is told so may have reached the venue twice, and the first time been taken.
 */
export const verdictOf: VenueOrders['verdictOf'] = (action, status, refusal): OrderVerdict => {
  const { code, venueCode, message } = refusal;
  if (status >= 500 || status === 408) return 'unknown';
  if (code === 'rate-limit' || code === 'ban') return 'unsent';
  if (venueCode === 'order_not_ready') return action === 'place' ? 'exists' : 'unknown';
  // Without a name of its own the venue did not say it.
  if (venueCode === String(status)) return 'unknown';
  if (AT_THE_DOOR.has(code) || DOOR_NAMES.has(venueCode)) return 'unsent';
  if (code === 'permission') return 'rejected';
  if (code === 'not-found') return action === 'place' ? 'unknown' : 'gone';
  if (action !== 'cancel' && (DUPLICATE_NAME.test(venueCode) || DUPLICATE_WORDS.test(message)))
    return 'exists';
  return REJECTED.test(venueCode) ? 'rejected' : 'unknown';
};

/** Whatever the account knows them as, these say nothing of a token that was seen before. */
const DOOR_NAMES: ReadonlySet<string> = new Set([
  'invalid_query_payload',
  'invalid_access_key',
  'no_authorization_token',
]);
