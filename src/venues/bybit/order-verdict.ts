import type { OrderVerdict, VenueOrders } from '../order.ts';

/** Turned away before the order was looked at: the fact sheet, section 6. */
const AT_THE_DOOR: ReadonlySet<number> = new Set([
  // Pace: of the account, of the address, of the whole system.
  10006, 10018, 429, 10429,
  // The clock.
  10002,
  // Key, signature, login, address, expired; region and compliance.
  10003, 10004, 10007, 10010, 33004, 10009, 10024,
]);

/** The id was there before: section 5.5. */
const EXISTS: ReadonlySet<number> = new Set([110072, 170141]);

/** Not there any more, or never was; filled or cancelled already; a cancel that has finished. */
const GONE: ReadonlySet<number> = new Set([110001, 170213, 110008, 110010, 170139, 170142, 170190]);

/** Not modified. */
const UNCHANGED: ReadonlySet<number> = new Set([110025, 110026, 110043]);
/** The same of an order is told by words alone: "The order remains unchanged as the parameters entered match the existing ones." */
const BAD_PARAMETER = 10001;
const REMAINS = /remains unchanged/i;

/**
 * Codes by which an order itself is refused: section 6. Not among them, and therefore unknown: 10000, 10016, 10019, 170007,
 * 170032, 170146, 170147 (timeouts behind the door), 110079 and 170191 (still being processed), 10014 (a duplicate of a request:
 * ours are sent once, so the first of the two may have been taken).
 */
const REJECTED: ReadonlySet<number> = new Set([
  BAD_PARAMETER,
  // The key's rights; banned from trading; an instrument the key was not made for.
  10005,
  10027,
  10029,
  // Outside of the price limits.
  110003,
  110120,
  110121,
  170193,
  170194,
  // Not enough of something.
  110004,
  110007,
  110012,
  110045,
  110052,
  170131,
  170033,
  // Would not reduce; too many active orders; too small, too fine.
  110017,
  110020,
  110094,
  170140,
  170136,
  170137,
  // On the venue's list of errors, in words only on the sheet: not live, the trigger lies on the wrong side (up, down), no
  // such instrument, price too fine, quantity too large, too many conditional orders.
  110074,
  110092,
  110093,
  170121,
  170134,
  170135,
  170210,
]);

/**
 * What an answer that refused an order call proves. The venue refuses with HTTP 200 and a code; an HTTP status without one is
 * somebody on the way.
 */
export const verdictOf: VenueOrders['verdictOf'] = (action, status, refusal): OrderVerdict => {
  if (status >= 500 || status === 408) return 'unknown';
  // Of the address and of its country; system-level protection.
  if (status === 403 || status === 429 || status === 451) return 'unsent';
  const code = /^\d{1,7}$/.test(refusal.venueCode) ? Number(refusal.venueCode) : undefined;
  if (code === undefined) return 'unknown';
  if (AT_THE_DOOR.has(code)) return 'unsent';
  if (action === 'place') {
    if (EXISTS.has(code)) return 'exists';
  } else {
    if (GONE.has(code)) return 'gone';
    if (UNCHANGED.has(code)) return 'unchanged';
    if (action === 'amend' && code === BAD_PARAMETER && REMAINS.test(refusal.message)) return 'unchanged';
  }
  return REJECTED.has(code) ? 'rejected' : 'unknown';
};
