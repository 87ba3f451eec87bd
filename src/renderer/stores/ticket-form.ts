import type { AccountId } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { AmountUnit, OrderDraft, TicketType } from '#shared/domain/order-draft.ts';

/** What stands in the ticket's fields, as typed. */
export interface TicketForm {
  readonly side: 'buy' | 'sell';
  readonly type: TicketType;
  readonly price: string;
  readonly triggerPrice: string;
  readonly triggerBy: 'mark' | 'last';
  readonly unit: AmountUnit;
  readonly quantity: string;
  readonly timeInForce: 'GTC' | 'IOC' | 'FOK';
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  readonly closePosition: boolean;
}

export const FRESH_FORM: TicketForm = {
  side: 'buy',
  type: 'limit',
  price: '',
  triggerPrice: '',
  triggerBy: 'mark',
  unit: 'base',
  quantity: '',
  timeInForce: 'GTC',
  postOnly: false,
  reduceOnly: false,
  closePosition: false,
};

/** What is kept when another instrument is chosen: nothing that meant a price, a quantity or a position of the one before. */
export function forInstrument(form: TicketForm): TicketForm {
  return { ...form, price: '', triggerPrice: '', quantity: '', reduceOnly: false, closePosition: false };
}

export function hasPrice(type: TicketType): boolean {
  return type === 'limit' || type === 'stop' || type === 'take-profit';
}

export function hasTrigger(type: TicketType): boolean {
  return type !== 'limit' && type !== 'market';
}

/**
 * A number as a person types it, as plain text for the engine. Groups of three are taken apart (`83,860.2`); a comma that
 * groups nothing is left as it is and denied, as `0,05` read without it would be a hundred times as much.
 */
export function plainTyped(text: string): string {
  const trimmed = text.normalize('NFKC').trim();
  return /^\d{1,3}(?:,\d{3})+(?:\.\d*)?$/.test(trimmed) && !/^0,/.test(trimmed)
    ? trimmed.replaceAll(',', '')
    : trimmed;
}

/** Which fields still have to be filled before the engine is asked what it thinks. */
export function missingFields(form: TicketForm): readonly ('price' | 'triggerPrice' | 'quantity')[] {
  return [
    ...(hasTrigger(form.type) && form.triggerPrice.trim() === '' ? (['triggerPrice'] as const) : []),
    ...(hasPrice(form.type) && form.price.trim() === '' ? (['price'] as const) : []),
    ...(!form.closePosition && form.quantity.trim() === '' ? (['quantity'] as const) : []),
  ];
}

/** The form as the engine reads it. What does not apply to the type is left out, so that no hidden field can matter. */
export function draftOf(form: TicketForm, account: AccountId, instrument: InstrumentId): OrderDraft {
  const { type } = form;
  const rests = hasPrice(type);
  return {
    account,
    instrument,
    side: form.side,
    type,
    quantity: form.closePosition
      ? { unit: 'percent', value: '100' }
      : { unit: form.unit, value: plainTyped(form.quantity) },
    ...(rests ? { price: plainTyped(form.price) } : {}),
    ...(hasTrigger(type) ? { triggerPrice: plainTyped(form.triggerPrice), triggerBy: form.triggerBy } : {}),
    // A market order lives for an instant whatever is chosen, and one that never takes cannot be immediate.
    timeInForce: rests && !form.postOnly ? form.timeInForce : 'GTC',
    postOnly: type === 'limit' && form.postOnly,
    reduceOnly: form.reduceOnly || form.closePosition,
    closePosition: form.closePosition,
  };
}
