import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import type { WatchSource } from '#shared/contract/api.ts';
import type { StreamState } from '#shared/domain/connection.ts';
import { freshnessOf } from '#shared/domain/freshness.ts';
import { type Instrument, type InstrumentId, type VenueId, venueOf } from '#shared/domain/instrument.ts';
import type { PremiumRow, PremiumView } from '#shared/domain/premium.ts';
import type { MarketList } from '../market/market-list.ts';
import type { Room } from '../room.ts';
import type { Fx } from './fx.ts';
import { type PremiumLeg, premiumOf } from './premium.ts';
import { createPremiumHistory } from './premium-history.ts';
import { type PremiumPairing, pairUp, tetherOf } from './premium-pairs.ts';

/** Levels of each side the executable figures walk through. */
const DEPTH = 50;
const LIST_EVERY_S = 60;
const LIST_AGAIN_S = 2;

export interface PremiumRoom extends Room<'fx.write', 'premium'> {
  /** Once a second. */
  second(): void;
  dispose(): void;
}

export function createPremiumRoom(options: {
  readonly clock: Clock;
  readonly markets: MarketList;
  readonly fx: Fx;
}): PremiumRoom {
  const { clock, markets, fx } = options;
  const seconds = createEmitter<void>();
  const history = createPremiumHistory(clock);

  /** The streams the rows of one watch need, held as long as they need them. */
  function createHolder() {
    const held = new Map<InstrumentId, Undo>();
    function release(instrument: InstrumentId): void {
      held.get(instrument)?.();
      held.delete(instrument);
    }
    return {
      hold(wanted: ReadonlySet<InstrumentId>) {
        for (const instrument of [...held.keys()]) if (!wanted.has(instrument)) release(instrument);
        for (const instrument of wanted) {
          if (held.has(instrument)) continue;
          const market = markets.of(venueOf(instrument));
          const undo = (['ticker', 'trade', 'book'] as const).map((kind) =>
            market.hold({ kind, instrument }),
          );
          held.set(instrument, () => {
            for (const one of undo) one();
          });
        }
      },
      leave(venue: VenueId) {
        for (const instrument of [...held.keys()]) if (venueOf(instrument) === venue) release(instrument);
      },
      dispose() {
        for (const instrument of [...held.keys()]) release(instrument);
      },
    };
  }

  function leg(instrument: InstrumentId, coinsPerBase: number): PremiumLeg {
    const market = markets.of(venueOf(instrument));
    const book = market.book(instrument)?.book;
    const levels = book?.read(DEPTH);
    const scales = { priceScale: book?.priceScale ?? 0, quantityScale: book?.quantityScale ?? 0 };
    return {
      last: market.row(instrument)?.last ?? Number.NaN,
      bids: { levels: levels?.bids ?? new Float64Array(), ...scales },
      asks: { levels: levels?.asks ?? new Float64Array(), ...scales },
      takerFee: market.venue.takerFee,
      coinsPerBase,
    };
  }

  /** When the figures of a leg last arrived, and whether they may still be believed. */
  function ageOf(instrument: InstrumentId, states: ReadonlyMap<string, StreamState>, now: number) {
    const market = markets.of(venueOf(instrument));
    const receivedAt = market.row(instrument)?.lastReceivedAt ?? Number.NaN;
    const book = market.book(instrument)?.book;
    const stream = states.get(`ticker ${instrument}`) ?? states.get(`trade ${instrument}`);
    const freshness = freshnessOf({ receivedAt, now, engineSilentMs: 0, stream });
    const isBookSound = book?.state === 'live' && states.get(`book ${instrument}`) !== 'stale';
    const isPriceStale = freshness === 'stale' || freshness === 'unknown';
    return { receivedAt, isPriceStale, isStale: isPriceStale || !isBookSound };
  }

  function watch(
    { coins, notionalKrw }: { coins: readonly string[]; notionalKrw: number },
    changed: () => void,
  ): WatchSource<PremiumView> {
    const holder = createHolder();
    let pairings: readonly PremiumPairing[] = [];
    let listIn = 0;
    let isDisposed = false;

    async function list(): Promise<void> {
      // One venue that cannot be reached must not hide the others.
      const lists = await Promise.allSettled(markets.all.map((market) => market.instruments()));
      if (isDisposed) return;
      // Venues come and go while they are asked.
      const present = new Set(markets.all.map(({ venue }) => venue.id));
      const known = lists
        .flatMap((one): readonly Instrument[] => (one.status === 'fulfilled' ? one.value : []))
        .filter(({ venue }) => present.has(venue));
      const isWhole =
        lists.length === present.size &&
        lists.every((one) => one.status === 'fulfilled' && one.value.length > 0);
      listIn = isWhole ? LIST_EVERY_S : LIST_AGAIN_S;
      pairings = pairUp(known, coins);
      const listed = new Set(known.map(({ id }) => id));
      const tethers = [...new Set(pairings.map(({ krw }) => tetherOf(venueOf(krw))))].filter((id) =>
        listed.has(id),
      );
      holder.hold(new Set([...pairings.flatMap(({ krw, usdt }) => [krw, usdt]), ...tethers]));
      changed();
    }

    function rowOf(
      pairing: PremiumPairing,
      states: ReadonlyMap<string, StreamState>,
      now: number,
    ): PremiumRow {
      const { coin, krw, usdt } = pairing;
      const krwLeg = leg(krw, pairing.krwCoinsPerBase);
      const usdtLeg = leg(usdt, pairing.usdtCoinsPerBase);
      const krwPerUsdt = tetherPrice(krw);
      const figures = premiumOf(krwLeg, usdtLeg, { krwPerUsd: fx.rate().krwPerUsd, krwPerUsdt }, notionalKrw);
      const ages = [krw, usdt].map((instrument) => ({ instrument, ...ageOf(instrument, states, now) }));
      const staleSide =
        ages.find(({ isStale }) => isStale)?.instrument ?? (fx.isStale(now) ? 'fx' : undefined);
      history.note(`${krw} ${usdt}`, staleSide === undefined ? figures.official : Number.NaN);
      const tether = tetherOf(venueOf(krw));
      const isTetherStale = !Number.isNaN(krwPerUsdt) && ageOf(tether, states, now).isPriceStale;
      const staleLeg = staleSide ?? (isTetherStale ? tether : undefined);
      return {
        coin,
        krw,
        usdt,
        krwPrice: krwLeg.last / pairing.krwCoinsPerBase,
        usdtPrice: usdtLeg.last / pairing.usdtCoinsPerBase,
        ...figures,
        oldestAt: Math.min(...ages.map(({ receivedAt }) => receivedAt)),
        ...(staleLeg === undefined ? {} : { staleLeg }),
        history: history.read(`${krw} ${usdt}`),
      };
    }

    const tetherPrice = (krw: InstrumentId) =>
      markets.of(venueOf(krw)).row(tetherOf(venueOf(krw)))?.last ?? Number.NaN;

    function view(): PremiumView {
      const now = clock.now();
      const states = new Map<string, StreamState>(
        markets.all.flatMap((market) =>
          market
            .health()
            .flatMap(({ streams }) => streams.map(({ stream, state }) => [stream, state] as const)),
        ),
      );
      const rows = pairings.map((pairing) => rowOf(pairing, states, now));
      const krwPerUsdt = Object.fromEntries(pairings.map(({ krw }) => [venueOf(krw), tetherPrice(krw)]));
      return { asOf: now, fx: fx.rate(), krwPerUsdt, notionalKrw, rows };
    }

    const stopWatching = markets.watchEach(({ venue }) => {
      listIn = 1;
      return () => {
        pairings = pairings.filter(
          ({ krw, usdt }) => venueOf(krw) !== venue.id && venueOf(usdt) !== venue.id,
        );
        holder.leave(venue.id);
      };
    });
    void list();
    let isDue = true;
    const undo = seconds.on(() => {
      isDue = true;
      listIn -= 1;
      if (listIn === 0) void list();
      changed();
    });

    return {
      take() {
        if (!isDue) return undefined;
        isDue = false;
        return view();
      },
      dispose() {
        isDisposed = true;
        undo();
        stopWatching();
        holder.dispose();
      },
    };
  }

  return {
    requests: { 'fx.write': ({ krwPerUsd }) => fx.write(krwPerUsd) },
    watches: { premium: watch },
    second: () => seconds.emit(),
    dispose: () => fx.dispose(),
  };
}
