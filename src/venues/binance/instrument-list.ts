import { decimalPlaces, trimDecimal } from '#shared/base/decimal.ts';
import * as wire from '#shared/base/wire.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import { BINANCE, instrumentOf } from './symbols.ts';

/**
 * `exchangeInfo` → instruments. Rows of contracts Heartline does not model (no contract type yet, a name
 * outside the naming rule) are left out; a row it does model must be whole, or the answer is refused.
 * `pricePrecision` and `quantityPrecision` are not the steps: those stand in the filters.
 */
export function readInstruments(body: unknown): readonly Instrument[] {
  const rows = wire.isWireObject(body) ? body['symbols'] : undefined;
  if (!Array.isArray(rows)) throw new wire.Misshapen(`symbols is no list: ${wire.show(rows)}`);
  return rows.map(readInstrument).filter((instrument) => instrument !== undefined);
}

function readInstrument(row: unknown): Instrument | undefined {
  if (!wire.isWireObject(row)) throw new wire.Misshapen(`a symbol is no object: ${wire.show(row)}`);
  const id = instrumentOf(wire.text(row, 'symbol'));
  const kind = kindOf(row['contractType']);
  if (id === undefined || kind === undefined) return undefined;
  const [base = '', quote = ''] = id.slice(BINANCE.length + 1).split('-');
  const filters = filtersOf(row);
  const tickSize = step(filters, 'PRICE_FILTER', 'tickSize');
  const quantityStep = step(filters, 'LOT_SIZE', 'stepSize');
  const minNotional = filters.get('MIN_NOTIONAL');
  return {
    id,
    venue: BINANCE,
    kind,
    base,
    quote,
    status: row['status'] === 'TRADING' ? 'trading' : 'halted',
    tickSize,
    priceScale: decimalPlaces(tickSize),
    quantityStep,
    quantityScale: decimalPlaces(quantityStep),
    minQuantity: step(filters, 'LOT_SIZE', 'minQty'),
    ...most('maxQuantity', filters.get('LOT_SIZE')),
    ...most('maxMarketQuantity', filters.get('MARKET_LOT_SIZE')),
    ...(minNotional && { minNotional: trimDecimal(wire.decimalText(minNotional, 'notional')) }),
  };
}

/** The largest quantity a filter allows; nothing where it names none. */
function most<Name extends string>(name: Name, filter: wire.WireObject | undefined) {
  const text = filter?.['maxQty'];
  const told = wire.isDecimal(text) ? trimDecimal(text) : '0';
  return (told === '0' ? {} : { [name]: told }) as { readonly [Key in Name]?: string };
}

function kindOf(contractType: unknown): Instrument['kind'] | undefined {
  switch (contractType) {
    case 'PERPETUAL':
    case 'TRADIFI_PERPETUAL':
      return 'perpetual';
    case 'CURRENT_QUARTER':
    case 'NEXT_QUARTER':
    case 'CURRENT_QUARTER DELIVERING':
    case 'NEXT_QUARTER DELIVERING':
      return 'future';
    default:
      return undefined;
  }
}

function filtersOf(row: wire.WireObject): ReadonlyMap<unknown, wire.WireObject> {
  const filters = row['filters'];
  if (!Array.isArray(filters)) throw new wire.Misshapen(`filters is no list: ${wire.show(filters)}`);
  return new Map(filters.filter(wire.isWireObject).map((filter) => [filter['filterType'], filter]));
}

/** A filter's decimal, trimmed. A step of 0 would make every price valid: refused. */
function step(filters: ReadonlyMap<unknown, wire.WireObject>, type: string, key: string): string {
  const value = trimDecimal(wire.decimalText(filters.get(type) ?? {}, key));
  if (value === '0') throw new wire.Misshapen(`${type}.${key} is 0`);
  return value;
}
