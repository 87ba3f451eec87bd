import { plainNumber } from '#shared/base/decimal.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { type Instrument, type InstrumentId, type VenueId, venueOf } from '#shared/domain/instrument.ts';
import { coinOf } from '#shared/domain/premium.ts';
import type { MarketList } from '../market/market-list.ts';
import type { Price, WorthBasis } from './worth.ts';

/** What currencies are worth at the desk's own markets: the account's venue first, then any other. */
export interface WorthPrices {
  /** Watches what is needed to price these, and nothing else any more. */
  hold(currencies: ReadonlyMap<VenueId, ReadonlySet<string>>): void;
  priceOf(venue: VenueId, currency: string): Price | undefined;
  basis(): WorthBasis | undefined;
  dispose(): void;
}

/** Where won and dollars meet, best known first. */
const TETHER_VENUES = ['upbit', 'bithumb'];
/** A price that is older than another by more than this is not preferred to it. */
const AS_NEW_MS = 60_000;

export function createWorthPrices(markets: MarketList): WorthPrices {
  const held = new Map<InstrumentId, Undo>();
  /** By currency: what it is traded as against won or dollars. */
  let listed = new Map<string, readonly Instrument[]>();
  let wanted: ReadonlyMap<VenueId, ReadonlySet<string>> = new Map();
  let isListing = false;
  let listedMarkets = 0;
  let isDisposed = false;

  async function list(): Promise<void> {
    if (isListing || listedMarkets === markets.all.length) return;
    isListing = true;
    const count = markets.all.length;
    const lists = await Promise.allSettled(markets.all.map((market) => market.instruments()));
    isListing = false;
    const all = lists.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    const priced = all.filter(
      ({ kind, quote, base }) =>
        kind !== 'future' && (quote === 'USDT' || quote === 'KRW') && coinOf(base).coinsPerBase === 1,
    );
    listed = Map.groupBy(priced, ({ base }) => base);
    if (lists.every((one) => one.status === 'fulfilled' && one.value.length > 0)) listedMarkets = count;
    if (!isDisposed) sync();
  }

  function instrumentFor(venue: VenueId, currency: string): Instrument | undefined {
    const all = listed.get(currency) ?? [];
    return all.find((one) => one.venue === venue) ?? all[0];
  }

  function tethers(): readonly Instrument[] {
    const all = (listed.get('USDT') ?? []).filter(({ quote }) => quote === 'KRW');
    return TETHER_VENUES.flatMap((id) => all.find(({ venue }) => venue === id) ?? []);
  }

  function sync(): void {
    const needed = new Set<InstrumentId>();
    for (const [venue, currencies] of wanted) {
      for (const currency of currencies) {
        if (currency === 'USDT' || currency === 'KRW') continue;
        const instrument = instrumentFor(venue, currency);
        if (instrument) needed.add(instrument.id);
      }
    }
    if (wanted.size > 0) for (const { id } of tethers()) needed.add(id);
    for (const [id, undo] of [...held]) {
      if (needed.has(id)) continue;
      undo();
      held.delete(id);
    }
    for (const id of needed) {
      if (held.has(id)) continue;
      const market = marketOf(id);
      if (market) held.set(id, market.hold({ kind: 'ticker', instrument: id }));
    }
  }

  const marketOf = (id: InstrumentId) => markets.all.find(({ venue }) => venue.id === venueOf(id));

  function lastOf(id: InstrumentId): { readonly price: string; readonly receivedAt: number } | undefined {
    const row = marketOf(id)?.row(id);
    return row && row.last > 0 ? { price: plainNumber(row.last), receivedAt: row.lastReceivedAt } : undefined;
  }

  return {
    hold(currencies) {
      wanted = currencies;
      sync();
      if (wanted.size > 0) void list();
    },
    priceOf(venue, currency) {
      const instrument = instrumentFor(venue, currency);
      const last = instrument && lastOf(instrument.id);
      return last && { quote: instrument.quote === 'KRW' ? 'KRW' : 'USDT', ...last };
    },
    basis() {
      const known = tethers().flatMap(({ id }) => {
        const last = lastOf(id);
        return last ? [{ id, ...last }] : [];
      });
      const newestAt = Math.max(...known.map(({ receivedAt }) => receivedAt));
      const best = known.find(({ receivedAt }) => newestAt - receivedAt <= AS_NEW_MS);
      if (!best) return undefined;
      const { id, price: krwPerUsdt, receivedAt } = best;
      return { source: `KRW-USDT at ${marketOf(id)?.venue.name ?? venueOf(id)}`, krwPerUsdt, receivedAt };
    },
    dispose() {
      isDisposed = true;
      for (const undo of held.values()) undo();
      held.clear();
    },
  };
}
