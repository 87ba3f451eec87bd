import i18next from 'i18next';
import { assertNever } from '#shared/base/assert-never.ts';
import { trimDecimal } from '#shared/base/decimal.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import type { JournalEvent } from '#shared/domain/journal.ts';
import type { AmountUnit, OrderRequest } from '#shared/domain/order-draft.ts';
import { denialText, haltedFrom, trustText } from '../../i18n/order-words.ts';
import { formatExact } from '../../ui/format-exact.ts';
import { formatPriceText } from '../../ui/format-price.ts';
import { shortHash } from './flight-rows.ts';

/** What a line of the journal says, in the person's words; ids, codes and the venue's words as they are. */
export function eventText(event: JournalEvent, about: Instrument | undefined): string {
  const t = i18next.t;
  switch (event.kind) {
    case 'intent': {
      const { draft } = event;
      const at = [draft.price, draft.triggerPrice]
        .filter((one) => one !== undefined)
        .map((one) => ` @ ${formatExact(one)}`);
      const what = `${t(`ticket.${draft.side}`)} ${formatExact(draft.quantity.value)} ${unitText(draft.quantity.unit, about)}${at.join('')}`;
      return t('flight.intent', { what, type: t(`ordertype.${draft.type}`), from: haltedFrom(event.from) });
    }
    case 'denied':
      return `${t('flight.denied')} ${event.denials.map(denialText).join(' ')}`;
    case 'blocked':
    case 'override':
      return t(`flight.${event.kind}`, { why: event.trust.kind === 'blocked' ? trustText(event.trust) : '' });
    case 'guarded':
      return t('flight.guarded', { what: requestText(event.request, about) });
    case 'confirm':
      return t(`flight.confirm-${event.answer}`);
    case 'sending':
      return t('flight.sending', { id: event.order });
    case 'sent':
      return t('flight.sent', { hash: shortHash(event.hash) });
    case 'answer':
      return joined(t(`flight.answer-${event.verdict}`), event.venueOrderId, event.venueCode, event.message);
    case 'report':
      return joined(
        t(`flight.from-${event.source}`),
        `${t(`orderstatus.${event.report.status}`)} (${event.report.status})`,
        event.report.venueStatus,
        t('flight.filled', { quantity: formatExact(trimDecimal(event.report.filledQuantity)) }),
      );
    case 'fill': {
      const { fee, feeCurrency, isMaker, price, quantity } = event.fill;
      return joined(
        t(`flight.from-${event.source}`),
        `${much(quantity, about)} @ ${formatPriceText(about, price)}`,
        fee === undefined ? undefined : `${t('figure.fee')} ${formatExact(fee)} ${feeCurrency ?? ''}`.trim(),
        isMaker === undefined ? undefined : t(isMaker ? 'holding.maker' : 'holding.taker'),
      );
    }
    case 'evidence':
      return joined(t(`found.${event.evidence.kind}`), event.evidence.detail);
    case 'absent':
      return t(`flight.absent-${event.by}`);
    case 'asked':
      return t('flight.asked');
    case 'cancel':
      return t('flight.cancel', { from: haltedFrom(event.from) });
    case 'amend': {
      const change = Object.entries(event.change).map(
        ([field, text]) => `${t(`amend.${field as 'price'}`)} ${formatExact(text)}`,
      );
      return t('flight.amend', { change: change.join(', '), from: haltedFrom(event.from) });
    }
    case 'done':
      return joined(
        t(`amend.was-${event.action}`),
        t(`change.${event.verdict}`),
        event.venueCode,
        event.message,
      );
    case 'sweep':
    case 'armed':
    case 'disarmed':
    case 'halted':
    case 'resumed':
    case 'started':
      // About no order; they stand in the whole journal alone.
      return event.kind;
    default:
      return assertNever(event);
  }
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

function much(quantity: string, about: Instrument | undefined): string {
  return [formatExact(quantity), about?.base].filter(Boolean).join(' ');
}

/** As the ticket names what the quantity was typed in. */
function unitText(unit: AmountUnit, about: Instrument | undefined): string {
  switch (unit) {
    case 'base':
      return about?.base ?? unit;
    case 'quote':
      return about?.quote ?? unit;
    case 'contracts':
      return i18next.t('ticket.unit-contracts');
    case 'percent':
      return '%';
    default:
      return assertNever(unit);
  }
}

function requestText(request: OrderRequest, about: Instrument | undefined): string {
  const { isMarket, price, quantity, side, timeInForce, triggerPrice, type } = request;
  const t = i18next.t;
  return joined(
    `${t(`ticket.${side}`)} ${much(quantity, about)}${price === undefined ? '' : ` @ ${formatPriceText(about, price)}`}`,
    t(`ordertype.${type}`),
    isMarket ? t('flight.capped') : undefined,
    triggerPrice === undefined ? undefined : `${t('ticket.trigger')} ${formatPriceText(about, triggerPrice)}`,
    timeInForce,
    request.reduceOnly ? t('holding.reduce-only') : undefined,
  );
}
