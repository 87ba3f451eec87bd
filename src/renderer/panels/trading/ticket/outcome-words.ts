import i18next from 'i18next';
import { assertNever } from '#shared/base/assert-never.ts';
import { trimDecimal } from '#shared/base/decimal.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import { denialText, rejectionText, trustText } from '../../../i18n/order-words.ts';
import { errorText } from '../../../i18n/text-for.ts';
import type { Outcome } from '../../../stores/ticket-outcome.ts';
import { formatExact } from '../../../ui/format-exact.ts';
import { formatAverage } from '../../../ui/format-price.ts';

/** How an outcome is to be looked at: `good` is done as wished, `open` may still change, `bad` did not happen. */
export type Tone = 'good' | 'open' | 'bad' | 'warn';

export interface OutcomeWords {
  readonly tone: Tone;
  readonly text: string;
  /** More of the same, one sentence each. */
  readonly more: readonly string[];
}

/** What came of a click: what happened, what it means for the money, what to do. `order`: as it stands by now. */
export function outcomeWords(
  outcome: Outcome,
  order: OwnOrder | undefined,
  venue: string,
  about: Instrument | undefined,
): OutcomeWords {
  switch (outcome.kind) {
    case 'already':
      return { tone: 'warn', text: i18next.t('outcome.already'), more: [] };
    case 'unheard':
      return { tone: 'warn', text: i18next.t('outcome.unheard'), more: [] };
    case 'not-sent': {
      return {
        tone: 'bad',
        text: i18next.t('outcome.not-sent', { why: errorText(outcome.error) }),
        more: [],
      };
    }
    case 'answered':
      break;
    default:
      return assertNever(outcome);
  }
  const { answer } = outcome;
  switch (answer.kind) {
    case 'denied':
      return { tone: 'bad', text: i18next.t('outcome.denied'), more: answer.denials.map(denialText) };
    case 'blocked': {
      const why = answer.trust.kind === 'blocked' ? trustText(answer.trust) : '';
      return { tone: 'bad', text: i18next.t('outcome.blocked', { why }), more: [] };
    }
    case 'declined':
      return { tone: 'bad', text: i18next.t(`outcome.declined-${answer.answer}`), more: [] };
    case 'placed':
      return orderWords(order ?? answer.order, venue, about);
    default:
      return assertNever(answer);
  }
}

type Key =
  | OwnOrder['state']
  | 'waits'
  | 'partly'
  | 'cancelled-partly'
  | 'open-decided'
  | 'unsent-decided'
  | 'unsent-here';

/** How an order placed from here stands, and what that means. */
export function orderWords(order: OwnOrder, venue: string, about: Instrument | undefined): OutcomeWords {
  const told = {
    venue,
    filled: [formatExact(trimDecimal(order.filledQuantity)), about?.base].filter(Boolean).join(' '),
    average: formatAverage(about, order.averagePrice),
  };
  const isDecided = order.evidence.some(({ kind }) => kind === 'person');
  const isPartly = /[1-9]/.test(order.filledQuantity);
  const says = (tone: Tone, key: Key): OutcomeWords => ({
    tone,
    text: i18next.t(`outcome.${key}`, told),
    more: [],
  });
  switch (order.state) {
    case 'submitting':
      return says('open', 'submitting');
    case 'open':
      if (order.status === 'PENDING_TRIGGER') return says('good', 'waits');
      // What a person decided is not what the venue said.
      if (order.status === undefined && isDecided) return says('warn', 'open-decided');
      return says('good', isPartly ? 'partly' : 'open');
    case 'cancelling':
      return says('open', 'cancelling');
    case 'filled':
      return says('good', 'filled');
    case 'cancelled':
      return says(isPartly ? 'good' : 'bad', isPartly ? 'cancelled-partly' : 'cancelled');
    case 'expired':
      return says('bad', 'expired');
    case 'rejected': {
      const why = rejectionText(order);
      return { ...says('bad', 'rejected'), more: why === undefined ? [] : [why] };
    }
    case 'unknown':
      return says('warn', 'unknown');
    case 'unsent': {
      if (isDecided) return says('warn', 'unsent-decided');
      if (order.rejection === undefined) return says('bad', 'unsent');
      const why = rejectionText(order);
      return { ...says('bad', 'unsent-here'), more: why === undefined ? [] : [why] };
    }
    default:
      return assertNever(order.state);
  }
}
