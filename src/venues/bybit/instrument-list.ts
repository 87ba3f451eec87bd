import { decimalPlaces, trimDecimal } from '#shared/base/decimal.ts';
import * as wire from '#shared/base/wire.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import { listIn, resultOf } from './rest-envelope.ts';
import { BYBIT, type Family, instrumentOf, isFamily } from './symbols.ts';

/** One answer of `instruments-info`. No family: of a kind Heartline does not trade (inverse, options). */
export interface InstrumentRows {
  readonly instruments: readonly Instrument[];
  readonly family: Family | undefined;
  /** Empty on the last page. */
  readonly nextCursor: string;
}

/**
 * `instruments-info` → instruments. Rows Heartline does not model (another contract type, a name outside the naming
 * rule) are left out; a row it does model must be whole, or the answer is refused. Without a filter the venue lists
 * what trades; whatever else it lists (`PreLaunch`, `Delivering`, `Closed`, a status to come) is halted.
 */
export function readInstrumentPage(body: unknown): InstrumentRows {
  const result = resultOf(body);
  const rows = listIn(result);
  const category = wire.text(result, 'category');
  if (!isFamily(category)) return { instruments: [], family: undefined, nextCursor: '' };
  const cursor = result['nextPageCursor'];
  return {
    instruments: rows
      .map((row) => readInstrument(row, category))
      .filter((instrument) => instrument !== undefined),
    family: category,
    nextCursor: typeof cursor === 'string' ? cursor : '',
  };
}

function readInstrument(row: unknown, family: Family): Instrument | undefined {
  if (!wire.isWireObject(row)) throw new wire.Misshapen(`a symbol is no object: ${wire.show(row)}`);
  const id = instrumentOf(wire.text(row, 'symbol'), family);
  const kind = family === 'spot' ? 'spot' : kindOf(row['contractType']);
  if (id === undefined || kind === undefined) return undefined;
  const [base = '', quote = ''] = id.slice(BYBIT.length + 1).split('-');
  // The rule would have guessed wrong: better missing than under another's name.
  if (row['baseCoin'] !== base || row['quoteCoin'] !== quote) return undefined;
  const lots = filterIn(row, 'lotSizeFilter');
  const tickSize = step(filterIn(row, 'priceFilter'), 'tickSize');
  // Spot names its quantity step a precision, and its smallest order value an amount.
  const quantityStep = step(lots, family === 'spot' ? 'basePrecision' : 'qtyStep');
  const minNotional = lots[family === 'spot' ? 'minOrderAmt' : 'minNotionalValue'];
  return {
    id,
    venue: BYBIT,
    kind,
    base,
    quote,
    status: row['status'] === 'Trading' ? 'trading' : 'halted',
    tickSize,
    priceScale: decimalPlaces(tickSize),
    quantityStep,
    quantityScale: decimalPlaces(quantityStep),
    minQuantity: step(lots, 'minOrderQty'),
    // Spot has bounds of its own for limits; its `maxOrderQty` is the older name for them.
    ...most('maxQuantity', (family === 'spot' ? lots['maxLimitOrderQty'] : undefined) ?? lots['maxOrderQty']),
    ...most('maxMarketQuantity', lots[family === 'spot' ? 'maxMarketOrderQty' : 'maxMktOrderQty']),
    ...(wire.isDecimal(minNotional) && { minNotional: trimDecimal(minNotional) }),
  };
}

/** Nothing where the venue names no largest quantity. */
function most<Name extends string>(name: Name, text: unknown) {
  const told = wire.isDecimal(text) ? trimDecimal(text) : '0';
  return (told === '0' ? {} : { [name]: told }) as { readonly [Key in Name]?: string };
}

function kindOf(contractType: unknown): Instrument['kind'] | undefined {
  switch (contractType) {
    case 'LinearPerpetual':
      return 'perpetual';
    case 'LinearFutures':
      return 'future';
    default:
      return undefined;
  }
}

function filterIn(row: wire.WireObject, key: string): wire.WireObject {
  const filter = row[key];
  if (!wire.isWireObject(filter)) throw new wire.Misshapen(`${key} is no object: ${wire.show(filter)}`);
  return filter;
}

/** A filter's decimal, trimmed. A step of 0 would make every price valid: refused. */
function step(filter: wire.WireObject, key: string): string {
  const value = trimDecimal(wire.decimalText(filter, key));
  if (value === '0') throw new wire.Misshapen(`${key} is 0`);
  return value;
}
