import { decimalPlaces } from '#shared/base/decimal.ts';
import * as wire from '#shared/base/wire.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import { instrumentOf, UPBIT } from './symbols.ts';
import { TERMS } from './tick-bands.ts';

/** Orders may have so many digits after the point of their quantity; the venue sets no smallest quantity of its own. */
const QUANTITY_STEP = '0.00000001';

/**
 * `market/all?is_details=true` → instruments. The list has names and warnings, but neither steps nor a state: steps
 * follow from the market's money and the price. A market under the venue's warning (its trading may end any day) or one
 * of its milder cautions is traded, but warned of. Rows outside the naming rule are left out.
 */
export function readInstruments(body: unknown): readonly Instrument[] {
  if (!Array.isArray(body)) throw new wire.Misshapen(`the market list is no list: ${wire.show(body)}`);
  return body.map(readInstrument).filter((instrument) => instrument !== undefined);
}

function readInstrument(row: unknown): Instrument | undefined {
  if (!wire.isWireObject(row)) throw new wire.Misshapen(`a market is no object: ${wire.show(row)}`);
  const id = instrumentOf(wire.text(row, 'market'));
  if (id === undefined) return undefined;
  const [base = '', quote = ''] = id.slice(UPBIT.length + 1).split('-');
  const terms = TERMS.get(quote);
  const [lowest] = terms?.bands ?? [];
  if (!terms || !lowest) return undefined;
  const names = { ...nameIn(row, 'korean_name', 'ko'), ...nameIn(row, 'english_name', 'en') };
  return {
    id,
    venue: UPBIT,
    kind: 'spot',
    base,
    quote,
    status: statusOf(row),
    tickSize: lowest.tick,
    ...(terms.bands.length > 1 && { tickBands: terms.bands }),
    ...(Object.keys(names).length > 0 && { names }),
    priceScale: decimalPlaces(lowest.tick),
    quantityStep: QUANTITY_STEP,
    quantityScale: decimalPlaces(QUANTITY_STEP),
    minQuantity: QUANTITY_STEP,
    minNotional: terms.minNotional,
  };
}

/** The list's present form has `market_event`; older ones `market_warning`, and the ticker's words are known too. */
function statusOf(row: wire.WireObject): Instrument['status'] {
  const state = row['market_state'];
  if (row['is_trading_suspended'] === true || (state !== undefined && state !== 'ACTIVE')) return 'halted';
  const event = row['market_event'];
  const { warning, caution } = wire.isWireObject(event) ? event : {};
  const isFlagged = warning === true || (wire.isWireObject(caution) && Object.values(caution).includes(true));
  return isFlagged || row['market_warning'] === 'CAUTION' ? 'warned' : 'trading';
}

/** A name to show. Names are the venue's free text: what would not print (controls, marks that turn the direction) goes. */
function nameIn(row: wire.WireObject, key: string, language: 'ko' | 'en'): { ko?: string; en?: string } {
  const value = row[key];
  const name = typeof value === 'string' ? value.replace(/\p{C}/gu, '').trim().slice(0, 60) : '';
  return name === '' ? {} : { [language]: name };
}
