/** What an error means for the money: the middle sentence of its text. */
export type MoneyWord =
  /** It was refused before anything was matched. */
  | 'none'
  /** Neither done nor not done is proven. */
  | 'open'
  /** The order it was about is no longer open. */
  | 'gone'
  /** An order under this id is there. */
  | 'there'
  /** It is already as it was asked to be. */
  | 'same';

/**
 * What the venues' error codes say, each with what it means for the money. Its texts are `venueerror.<kind>` (what happened)
 * and `venueerror.<kind>-do` (what to do). Facts: the venues' error pages.
 */
export const VENUE_ERRORS = {
  funds: 'none',
  margin: 'none',
  least: 'none',
  most: 'none',
  'position-most': 'none',
  'leverage-most': 'none',
  price: 'none',
  'price-band': 'none',
  quantity: 'none',
  precision: 'none',
  trigger: 'none',
  'reduce-only': 'none',
  'post-only': 'none',
  'fill-or-kill': 'none',
  thin: 'none',
  'open-orders': 'none',
  'conditional-orders': 'none',
  self: 'none',
  rate: 'none',
  overload: 'none',
  ban: 'none',
  firewall: 'none',
  clock: 'none',
  nonce: 'open',
  signature: 'none',
  key: 'none',
  'key-or-address': 'none',
  token: 'none',
  expired: 'none',
  address: 'none',
  rights: 'none',
  'instrument-right': 'none',
  'listen-key': 'none',
  'leverage-setting': 'none',
  'margin-mode': 'none',
  'position-side': 'none',
  'position-mode': 'none',
  conditional: 'none',
  unchanged: 'same',
  'no-instrument': 'none',
  'instrument-closed': 'none',
  auction: 'none',
  'reduce-only-account': 'none',
  restricted: 'none',
  place: 'none',
  banned: 'none',
  agreement: 'none',
  bank: 'none',
  'two-factor': 'none',
  duplicate: 'there',
  'order-id': 'none',
  gone: 'gone',
  'no-order': 'open',
  processing: 'open',
  timeout: 'open',
  server: 'open',
  maintenance: 'open',
  refused: 'none',
  rule: 'none',
  request: 'none',
  /** Only on paper: what is seen of the market is too old to fill anything against. */
  stale: 'none',
} as const satisfies Readonly<Record<string, MoneyWord>>;

export type VenueErrorKind = keyof typeof VENUE_ERRORS;

/** Codes by what they mean: exact ones, and families of names. */
export interface VenueCodes {
  readonly exact: Readonly<Partial<Record<VenueErrorKind, readonly string[]>>>;
  /** Asked in this order where no exact one is. */
  readonly families: readonly (readonly [RegExp, VenueErrorKind])[];
}
