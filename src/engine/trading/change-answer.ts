import type { ChangeAnswer, PlaceAnswer } from '#shared/contract/order-views.ts';

/** What came of a change whose old order has ended, by what came of the order placed in its stead. */
export function changeAnswer(answer: PlaceAnswer): ChangeAnswer {
  switch (answer.kind) {
    case 'denied':
      return { verdict: 'denied', denials: answer.denials };
    case 'blocked':
      return { verdict: 'blocked', trust: answer.trust };
    case 'declined':
      return { verdict: 'rejected', message: 'the rest was not confirmed: the old order is cancelled' };
    case 'placed': {
      const { state, rejection } = answer.order;
      if (state === 'unknown' || state === 'submitting') return { verdict: 'unknown' };
      if (state !== 'rejected' && state !== 'unsent') return { verdict: 'accepted' };
      return { verdict: 'rejected', ...rejection };
    }
  }
}
