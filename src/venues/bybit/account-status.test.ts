import { expect, test } from 'vitest';
import { statusOf, venueStatusOf } from './account-status.ts';

test.each([
  ['New', 'NEW'],
  ['PartiallyFilled', 'PARTIALLY_FILLED'],
  ['Untriggered', 'PENDING_TRIGGER'],
  ['Triggered', 'NEW'],
  ['Filled', 'FILLED'],
  ['Cancelled', 'CANCELED'],
  ['PartiallyFilledCanceled', 'CANCELED'],
  ['Rejected', 'REJECTED'],
  ['Deactivated', 'CANCELED'],
])('%s is %s', (orderStatus, status) => {
  expect(statusOf({ orderStatus, rejectReason: 'EC_NoError', cancelType: 'UNKNOWN' })).toBe(status);
});

test.each([
  ['EC_NoImmediateQtyToFill', 'UNKNOWN', 'EXPIRED'],
  ['EC_CancelForNoFullFill', 'UNKNOWN', 'EXPIRED'],
  ['EC_NoEnoughQtyToFill', 'UNKNOWN', 'EXPIRED'],
  ['EC_PostOnlyWillTakeLiquidity', 'UNKNOWN', 'REJECTED'],
  ['EC_PostOnlyWillTakeLiquidity', '', 'REJECTED'],
  // Whatever else is said: somebody took it back.
  ['EC_NoImmediateQtyToFill', 'CancelByUser', 'CANCELED'],
  ['EC_PostOnlyWillTakeLiquidity', 'CancelByUser', 'CANCELED'],
  ['EC_PerCancelRequest', 'CancelByUser', 'CANCELED'],
  ['EC_NoError', 'CancelByPrepareLiq', 'CANCELED'],
  ['EC_SomethingNew', 'UNKNOWN', 'CANCELED'],
])('cancelled with %s and %s is %s', (rejectReason, cancelType, status) => {
  expect(statusOf({ orderStatus: 'Cancelled', rejectReason, cancelType })).toBe(status);
});

test('a reason changes nothing of an order that was not cancelled', () => {
  const rejectReason = 'EC_PostOnlyWillTakeLiquidity';
  expect(statusOf({ orderStatus: 'Filled', rejectReason })).toBe('FILLED');
  expect(statusOf({ orderStatus: 'PartiallyFilledCanceled', rejectReason })).toBe('CANCELED');
});

test.each(['Canceled', 'NEW', '', undefined, null, 7, '__proto__', 'toString'])(
  'what nobody knows throws: %s',
  (orderStatus) => {
    expect(() => statusOf({ orderStatus })).toThrow(
      expect.objectContaining({ code: 'order.status-unknown' }),
    );
  },
);

test.each([
  [{ orderStatus: 'New', rejectReason: 'EC_NoError', cancelType: 'UNKNOWN' }, 'New'],
  [
    { orderStatus: 'Cancelled', rejectReason: 'EC_NoError', cancelType: 'CancelByAdmin' },
    'Cancelled CancelByAdmin',
  ],
  [{ orderStatus: 'Rejected', rejectReason: 'EC_PriceOver', cancelType: 'UNKNOWN' }, 'Rejected EC_PriceOver'],
])('the venue is quoted: %o', (words, quoted) => {
  expect(venueStatusOf(words)).toBe(quoted);
});
