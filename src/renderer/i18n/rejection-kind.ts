import type { VenueId } from '#shared/domain/instrument.ts';

/** What the venues refuse orders for, as far as their codes tell it. */
export const REJECTION_KINDS = [
  'funds',
  'least',
  'most',
  'price',
  'quantity',
  'trigger',
  'reduce-only',
  'post-only',
  'fill-or-kill',
  'thin',
  'open-orders',
  'rate',
  'clock',
  'rights',
  'settings',
  'closed',
  'self',
  /** Only on paper: what is seen of the market is too old to fill anything against. */
  'stale',
  'other',
] as const;
export type RejectionKind = (typeof REJECTION_KINDS)[number];

type Codes = readonly (readonly [RejectionKind, readonly string[]])[];

/** By the venues' error pages; what is on none of these lists is `other`, and its own words stand beside it. */
const CODES: Readonly<Record<string, Codes>> = {
  binance: [
    ['funds', ['-2018', '-2019']],
    ['least', ['-4164']],
    ['price', ['-4013', '-4014', '-4016', '-4024', '-1111']],
    ['quantity', ['-4003', '-4004', '-4005', '-4023']],
    ['trigger', ['-2021', '-4142']],
    ['reduce-only', ['-2022', '-4118']],
    ['post-only', ['-5022']],
    ['fill-or-kill', ['-5021']],
    ['thin', ['-4131', '-2020']],
    ['open-orders', ['-2025', '-4045']],
    ['most', ['-2027', '-2028']],
    ['rate', ['-1003', '-1015', '-1008']],
    ['clock', ['-1021', '-5028']],
    ['rights', ['-2014', '-2015', '-1022']],
    ['settings', ['-4061', '-4120']],
    ['closed', ['-4140', '-4192', '-4400', '-4401']],
  ],
  bybit: [
    ['funds', ['110004', '110007', '110012', '110045', '110052', '170131', '170033']],
    ['least', ['110094', '170140', '170136']],
    ['price', ['110003', '110120', '110121', '170193', '170194', '170134']],
    ['quantity', ['170137', '170135']],
    ['trigger', ['110092', '110093']],
    ['reduce-only', ['110017']],
    ['post-only', ['EC_PostOnlyWillTakeLiquidity']],
    ['fill-or-kill', ['EC_NoImmediateQtyToFill']],
    ['open-orders', ['110020']],
    ['rate', ['10006', '10018']],
    ['clock', ['10002']],
    ['rights', ['10003', '10004', '10005', '10007', '10010', '33004', '10029']],
    ['closed', ['10009', '10024', '10027', '110095']],
  ],
  upbit: [
    ['funds', ['insufficient_funds_bid', 'insufficient_funds_ask']],
    ['least', ['under_min_total_bid', 'under_min_total_ask']],
    ['most', ['over_max_total_bid', 'over_max_total_ask', 'over_krw_funds_bid', 'over_krw_funds_ask']],
    ['price', ['invalid_price_bid', 'invalid_price_ask']],
    ['quantity', ['invalid_volume_bid', 'invalid_volume_ask']],
    ['rate', ['too_many_requests', '429']],
    [
      'rights',
      [
        'invalid_access_key',
        'jwt_verification',
        'no_authorization_ip',
        'no_authorization_i_p',
        'out_of_scope',
      ],
    ],
    ['clock', ['expired_access_key', 'nonce_used']],
  ],
  bithumb: [
    ['funds', ['insufficient_funds_bid', 'insufficient_funds_ask']],
    [
      'least',
      ['under_price_limit_bid', 'under_price_limit_ask', 'under_min_total_bid', 'under_min_total_ask'],
    ],
    ['price', ['invalid_price', 'invalid_price_bid', 'invalid_price_ask']],
    ['self', ['cross_trading']],
    ['rate', ['too_many_requests', '429']],
    [
      'rights',
      [
        'NotAllowIP',
        'out_of_scope',
        'blocked_member_id',
        'bank_account_required',
        'two_factor_auth_required',
      ],
    ],
    ['clock', ['expired_jwt']],
  ],
};

/** A paper account's own, whichever venue it is modelled on. */
const PAPER: Readonly<Record<string, RejectionKind>> = {
  'paper.funds': 'funds',
  'paper.trigger': 'trigger',
  'paper.reduce-only': 'reduce-only',
  'paper.post-only': 'post-only',
  'paper.stale': 'stale',
};

/** What a rejection is about. */
export function rejectionKind(venue: VenueId, venueCode: string): RejectionKind {
  if (venueCode.startsWith('paper.')) return PAPER[venueCode] ?? 'other';
  return CODES[venue]?.find(([, codes]) => codes.includes(venueCode))?.[0] ?? 'other';
}
