import type { Instrument } from '#shared/domain/instrument.ts';
import type { Denial, GuardRule } from '#shared/domain/order-check.ts';
import type { TicketState } from '../../../stores/ticket.ts';
import {
  hasPrice,
  hasTrigger,
  missingFields,
  plainTyped,
  type TicketForm,
} from '../../../stores/ticket-form.ts';

type Field = 'price' | 'triggerPrice' | 'quantity';

const OF_PRICE: ReadonlySet<GuardRule> = new Set(['tick', 'collar', 'currency']);
const OF_QUANTITY: ReadonlySet<GuardRule> = new Set([
  'lot',
  'min-quantity',
  'max-quantity',
  'min-notional',
  'max-notional',
  'daily-notional',
  'slippage',
  'depth-share',
  'reduce-only',
  'funds',
]);
const PLAIN = /^\d+(?:\.\d+)?$/;

/** Which field a denial is about, where it is about one. */
export function fieldOf({ rule, value, limit }: Denial, form: TicketForm): Field | undefined {
  if (rule === 'shape') return SHAPED[limit];
  if (rule === 'trigger-side') return 'triggerPrice';
  if (OF_QUANTITY.has(rule)) return 'quantity';
  if (!OF_PRICE.has(rule)) return undefined;
  // A trigger has a tick as well: the one meant is the one that has this value.
  if (!hasTrigger(form.type)) return 'price';
  const isTrigger = plainTyped(form.triggerPrice) === value && plainTyped(form.price) !== value;
  return isTrigger || !hasPrice(form.type) ? 'triggerPrice' : 'price';
}

/** Fields as the engine names them. */
const SHAPED: Readonly<Record<string, Field>> = {
  price: 'price',
  triggerPrice: 'triggerPrice',
  quantity: 'quantity',
  percent: 'quantity',
};

/** What to change so that it would pass; `undefined` where no field can be set to it. */
export function mendOf(
  denial: Denial,
  form: TicketForm,
  instrument: Pick<Instrument, 'base' | 'quote'> | undefined,
): Partial<TicketForm> | undefined {
  const { rule, unit } = denial;
  if (rule === 'ability') return mendedAbility(denial);
  const field = fieldOf(denial, form);
  const passes = chosen(denial.passes, form);
  if (passes === undefined || field === undefined) return undefined;
  if (field !== 'quantity') return { [field]: passes };
  if (form.closePosition) return undefined;
  if (rule === 'shape') return { quantity: passes };
  // All that is free, less the fee and with the leverage: the engine reckons that, not the window.
  if (rule === 'funds') return form.reduceOnly ? undefined : { unit: 'percent', quantity: '100' };
  // There the figure is a price, and a market order has none of its own.
  if (rule === 'slippage' && unit === instrument?.quote) return undefined;
  if (unit === instrument?.quote) return { quantity: passes, unit: 'quote' };
  return unit === instrument?.base ? { quantity: passes, unit: 'base' } : undefined;
}

/** Of two that would pass (`83860.2 / 83860.3`) the one that costs less: lower to buy, higher to sell. */
function chosen(passes: string | undefined, { side }: TicketForm): string | undefined {
  const [below = '', above = below] = passes?.split(' / ') ?? [];
  const one = side === 'buy' ? below : above;
  return PLAIN.test(one) && /[1-9]/.test(one) ? one : undefined;
}

/** What the venue does not have is left out, or is what it has instead. */
function mendedAbility({ value, passes }: Denial): Partial<TicketForm> | undefined {
  if (value === 'post-only') return { postOnly: false };
  if (value === 'reduce-only') return { reduceOnly: false };
  if (value === 'close-position') return { closePosition: false };
  if (passes === 'limit') return { type: 'limit' };
  return passes === 'GTC' ? { timeInForce: 'GTC' } : undefined;
}

/** The field the first denial is about, once the engine has told of this very draft. */
export function wrongField({ verdict, form }: TicketState): Field | undefined {
  const first = verdict.kind === 'told' ? verdict.view.denials[0] : undefined;
  // A field nobody has typed into yet is not wrong; the button says that it is missing.
  if (first?.rule === 'shape' && missingFields(form).length > 0) return undefined;
  return first && fieldOf(first, form);
}
