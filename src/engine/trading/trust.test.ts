import { expect, test } from 'vitest';
import { TRUST_REASONS, type TrustReason } from '#shared/domain/order-check.ts';
import { figure } from '#shared/test-kit/figure.ts';
import type { TrustFacts } from './facts.ts';
import { judgeTrust } from './trust.ts';

const proven: TrustFacts = {
  isHalted: false,
  journalFault: undefined,
  isReal: true,
  isArmed: true,
  isPaper: false,
  state: { kind: 'live' },
  reconciledAgoMs: 180_000,
  isReconcileOwed: false,
  streamHeardAgoMs: 30_000,
  clockOffsetMs: -5000,
  isWakeOwed: false,
  isBookValid: true,
  bookAgeMs: 2000,
};

/** One thing that breaks each proof, and no other. */
const breaks: Readonly<Record<TrustReason, Partial<TrustFacts>>> = {
  halted: { isHalted: true },
  journal: { journalFault: 'disk full' },
  disarmed: { isArmed: false },
  'account-down': { state: { kind: 'locked' } },
  'not-reconciled': { isReconcileOwed: true },
  'stream-silent': { streamHeardAgoMs: 30_001 },
  clock: { clockOffsetMs: 5001 },
  resumed: { isWakeOwed: true },
  'book-invalid': { isBookValid: false },
  'book-old': { bookAgeMs: 2001 },
};
/** One step covers one of these and nothing else. */
const DOUBTS: readonly (readonly TrustReason[])[] = [
  ['not-reconciled', 'stream-silent', 'resumed'],
  ['clock'],
  ['book-invalid', 'book-old'],
];
/** What a paper account has nothing of. */
const VENUE_ONLY = ['account-down', 'not-reconciled', 'stream-silent', 'clock', 'resumed'];

const subsets = Array.from({ length: 2 ** TRUST_REASONS.length }, (_, bits) =>
  TRUST_REASONS.filter((_reason, at) => (bits & (2 ** at)) !== 0),
);

test.each([
  ['an account at a venue', proven, []],
  ['a paper account', { ...proven, isPaper: true, isReal: false }, [...VENUE_ONLY, 'disarmed']],
  ['a simulator', { ...proven, isReal: false }, ['disarmed']],
])(
  'of %s the first reason in order is shown, and stepped over only where nothing else is in doubt: all 1,024 combinations',
  (name, facts, exempt) => {
    const wrong = subsets.filter((broken) => {
      const trust = judgeTrust(Object.assign({ ...facts }, ...broken.map((reason) => breaks[reason])));
      const failing = broken.filter((reason) => !(exempt as readonly TrustReason[]).includes(reason));
      const [first] = failing;
      const canOverride = DOUBTS.some((doubt) => failing.every((reason) => doubt.includes(reason)));
      const isRight =
        first === undefined
          ? trust.kind === 'ok'
          : trust.kind === 'blocked' && trust.reason === first && trust.canOverride === canOverride;
      return !isRight;
    });
    expect(wrong).toEqual([]);
    figure(
      'G26',
      `trust of ${name}: combinations with the first reason shown`,
      subsets.length,
      'combinations',
    );
  },
);

test.each<[Partial<TrustFacts>, object]>([
  [{ bookAgeMs: 2000.4 }, { reason: 'book-old', measured: '2000', limit: '2000' }],
  [{ bookAgeMs: undefined }, { reason: 'book-old', measured: 'unknown', limit: '2000' }],
  [{ bookAgeMs: Number.NaN }, { reason: 'book-old', measured: 'unknown', limit: '2000' }],
  [{ reconciledAgoMs: undefined }, { reason: 'not-reconciled', measured: 'unknown', limit: '180000' }],
  [{ reconciledAgoMs: 200_000 }, { reason: 'not-reconciled', measured: '200000', limit: '180000' }],
  [{ isReconcileOwed: true }, { reason: 'not-reconciled', measured: 'owed' }],
  [{ state: { kind: 'loading' } }, { reason: 'not-reconciled', measured: 'loading' }],
  [{ streamHeardAgoMs: undefined }, { reason: 'stream-silent', measured: 'unknown', limit: '30000' }],
  [
    { state: { kind: 'degraded', cause: { code: 'socket.closed', detail: '' } } },
    { reason: 'stream-silent', measured: 'socket.closed' },
  ],
  [{ clockOffsetMs: undefined }, { reason: 'clock', measured: 'unknown', limit: '5000' }],
  [{ clockOffsetMs: -7000 }, { reason: 'clock', measured: '7000', limit: '5000' }],
])('with %j it says what was measured and what is asked', (over, told) => {
  expect(judgeTrust({ ...proven, ...over })).toEqual({ kind: 'blocked', canOverride: true, ...told });
});

test.each(['resting', 'locked', 'connecting'] as const)(
  'an account that is %s takes no order at all',
  (kind) => {
    expect(judgeTrust({ ...proven, state: { kind } })).toEqual({
      kind: 'blocked',
      reason: 'account-down',
      canOverride: false,
      measured: kind,
    });
  },
);
