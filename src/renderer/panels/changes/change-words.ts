import i18next from 'i18next';
import { assertNever } from '#shared/base/assert-never.ts';
import { trimDecimal } from '#shared/base/decimal.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { Order } from '#shared/domain/order.ts';
import type { OrderChange } from '#shared/domain/order-draft.ts';
import { changeText } from '../../i18n/order-words.ts';
import { errorText } from '../../i18n/text-for.ts';
import type { ChangeResult, DoneChange } from '../../stores/order-changes.ts';
import { formatExact } from '../../ui/format-exact.ts';
import type { Tone } from '../trading/ticket/outcome-words.ts';

/** `Buy 0.1 @ 82,000`, with its trigger where it waits for one. */
export function standingText({ side, type, quantity, price, triggerPrice }: Order): string {
  const t = i18next.t;
  const at = price === undefined ? '' : ` @ ${formatExact(trimDecimal(price))}`;
  const trigger =
    triggerPrice === undefined ? '' : ` · ${t('ticket.trigger')} ${formatExact(trimDecimal(triggerPrice))}`;
  return `${t(`holding.${side}`)} ${formatExact(quantity)} ${t(`ordertype.${type}`)}${at}${trigger}`;
}

/** What an amendment changes: `price 82,000 → 81,500`. */
export function amendText(order: Order, change: OrderChange): string {
  return (['price', 'triggerPrice', 'quantity'] as const)
    .flatMap((field) =>
      change[field] === undefined
        ? []
        : [`${i18next.t(`amend.${field}`)} ${figure(order[field])} → ${figure(change[field])}`],
    )
    .join(', ');
}

function figure(text: string | undefined): string {
  return formatExact(text === undefined || !/^-?\d+(?:\.\d+)?$/.test(text) ? text : trimDecimal(text));
}

/** How a result is to be looked at, and in words. */
export function changeResultWords(
  what: DoneChange['what'],
  result: ChangeResult,
  account?: AccountId,
): { readonly tone: Tone; readonly text: string } {
  switch (result.kind) {
    case 'answered':
      return { tone: toneOf(result.answer.verdict), text: changeText(result.answer, account) };
    case 'not-sent':
      return { tone: 'bad', text: i18next.t('amend.not-sent', { why: errorText(result.error) }) };
    case 'unheard':
      return { tone: 'warn', text: i18next.t(what === 'cancel' ? 'amend.unheard-cancel' : 'amend.unheard') };
    case 'already':
      return { tone: 'warn', text: i18next.t('amend.already') };
    default:
      return assertNever(result);
  }
}

function toneOf(verdict: Extract<ChangeResult, { kind: 'answered' }>['answer']['verdict']): Tone {
  switch (verdict) {
    case 'accepted':
      return 'good';
    case 'gone':
    case 'unknown':
      return 'warn';
    case 'rejected':
    case 'denied':
    case 'blocked':
    case 'declined':
      return 'bad';
    default:
      return assertNever(verdict);
  }
}
