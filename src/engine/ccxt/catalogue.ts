import type { Clock } from '#shared/base/clock.ts';
import { decimalPlaces, plainNumber } from '#shared/base/decimal.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import { type Instrument, type InstrumentId, instrumentId, type VenueId } from '#shared/domain/instrument.ts';
import type { CcxtExchange, CcxtMarketEntry } from './exchange.ts';

/** One instrument with what ccxt calls it. */
export interface Listed {
  readonly instrument: Instrument;
  /** ccxt's unified symbol: `BTC/USDT:USDT`. */
  readonly symbol: string;
  /** An amount of ccxt's (contracts, on markets of contracts) in base. */
  baseOf(amount: number, price: number): number;
}

export interface Catalogue {
  /** `undefined` until loaded. */
  readonly known: ReadonlyMap<InstrumentId, Listed> | undefined;
  /** Joins a load under way. Throws what ccxt throws. */
  load(): Promise<ReadonlyMap<InstrumentId, Listed>>;
}

const KEEP_MS = 6 * 60 * 60_000;
/** ccxt's `TICK_SIZE` and `DECIMAL_PLACES`; by significant digits no step can be told. */
const TICK_SIZE = 4;
const DECIMAL_PLACES = 2;
const FINEST = 8;

/** What an exchange trades: spot, perpetuals and dated futures. Options are left out: Heartline has no words for them. */
export function createCatalogue(options: {
  readonly venue: VenueId;
  readonly exchange: CcxtExchange;
  readonly clock: Clock;
}): Catalogue {
  const { venue, exchange, clock } = options;
  let known: ReadonlyMap<InstrumentId, Listed> | undefined;
  let loadedAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<ReadonlyMap<InstrumentId, Listed>> | undefined;

  async function fetchAll(): Promise<ReadonlyMap<InstrumentId, Listed>> {
    try {
      const markets = await exchange.loadMarkets(true);
      const listed = listMarkets(venue, Object.values(markets), exchange.precisionMode);
      // What is no answer at all becomes an empty list in ccxt.
      if (listed.size === 0) throw new HeartlineError('venue.answer', `${exchange.name} lists nothing`);
      known = listed;
      loadedAt = clock.monotonic();
      return known;
    } catch (fault) {
      // ccxt would give the same refusal for ever.
      exchange.marketsLoading = known && exchange.markets ? Promise.resolve(exchange.markets) : undefined;
      if (!known) throw fault;
      loadedAt = clock.monotonic();
      return known;
    } finally {
      underWay = undefined;
    }
  }

  return {
    get known() {
      return known;
    },
    load() {
      if (known && clock.monotonic() - loadedAt < KEEP_MS) return Promise.resolve(known);
      underWay ??= fetchAll();
      return underWay;
    },
  };
}

/** Pure. Two markets of one name differ in what they settle in: the linear one keeps the plain name, the other says it. */
function listMarkets(
  venue: VenueId,
  markets: readonly CcxtMarketEntry[],
  precisionMode: number,
): ReadonlyMap<InstrumentId, Listed> {
  const listed = new Map<InstrumentId, Listed>();
  for (const market of markets.toSorted((a, b) => Number(a.inverse ?? false) - Number(b.inverse ?? false))) {
    const plain = idOf(venue, market, '');
    const id = plain && listed.has(plain) ? idOf(venue, market, `@${market.settle ?? 'other'}`) : plain;
    if (id === undefined || listed.has(id)) continue;
    listed.set(id, read(venue, id, market, precisionMode));
  }
  return listed;
}

function idOf(venue: VenueId, market: CcxtMarketEntry, mark: string): InstrumentId | undefined {
  const { base, quote } = market;
  const suffix = market.spot ? '' : market.swap ? '-PERP' : dated(market);
  if (!base || !quote || suffix === undefined) return undefined;
  try {
    return instrumentId(`${venue}:${base}-${quote}${suffix}${mark}`);
  } catch (fault) {
    // Some exchanges list names with dashes and blanks: they have no name here.
    if (fault instanceof HeartlineError) return undefined;
    throw fault;
  }
}

/** ccxt writes the day at the end of its symbol: `BTC/USDT:USDT-260327`. */
function dated({ future, symbol }: CcxtMarketEntry): string | undefined {
  return future ? /-\d{6}$/.exec(symbol)?.[0] : undefined;
}

function read(venue: VenueId, id: InstrumentId, market: CcxtMarketEntry, mode: number): Listed {
  const size = market.contract ? (market.contractSize ?? 1) : 1;
  const isInverse = market.contract === true && market.inverse === true;
  const tickSize = stepOf(market.precision?.price, mode);
  // Of an inverse contract one is worth so much quote: no step in base is exact.
  const quantityStep = isInverse ? stepAt(FINEST) : scaled(stepOf(market.precision?.amount, mode), size);
  const least = market.limits?.amount?.min;
  const minNotional = market.limits?.cost?.min;
  const instrument: Instrument = {
    id,
    venue,
    kind: market.spot ? 'spot' : market.swap ? 'perpetual' : 'future',
    base: market.base ?? '',
    quote: market.quote ?? '',
    status: market.active === false ? 'halted' : 'trading',
    tickSize,
    priceScale: decimalPlaces(tickSize),
    quantityStep,
    quantityScale: decimalPlaces(quantityStep),
    minQuantity: least && !isInverse ? scaled(plainNumber(least), size) : quantityStep,
    ...(minNotional ? { minNotional: plainNumber(minNotional) } : {}),
  };
  return {
    instrument,
    symbol: market.symbol,
    baseOf: isInverse
      ? (amount, price) => Number(((amount * size) / price).toFixed(FINEST))
      : (amount) => product(amount, size),
  };
}

/** Decimal text of a step. */
function stepOf(precision: number | undefined, mode: number): string {
  if (precision === undefined || !(precision >= 0)) return stepAt(FINEST);
  if (mode === TICK_SIZE) return precision > 0 ? plainNumber(precision) : stepAt(FINEST);
  return mode === DECIMAL_PLACES ? stepAt(precision) : stepAt(FINEST);
}

function stepAt(places: number): string {
  return plainNumber(Number(`1e-${places}`));
}

function scaled(step: string, size: number): string {
  return plainNumber(product(Number(step), size));
}

/** 0.1 × 0.01 is 0.001: what fifteen digits tell, without the noise of the sixteenth. */
function product(amount: number, size: number): number {
  return size === 1 ? amount : Number((amount * size).toPrecision(15));
}
