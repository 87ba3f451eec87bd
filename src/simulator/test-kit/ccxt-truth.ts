import { systemClock } from '#shared/base/system-clock.ts';
import { type Simulator, startSimulator } from '../simulator.ts';
import type { KoreanVenue } from './korean-wire.ts';

export type Level = [number, number];

interface TruthTrade {
  readonly id: number;
  readonly price: string;
  readonly quantity: string;
  readonly side: string;
  readonly time: number;
}

/** A simulator in its own thread, and what one of its venues truly shows. */
export class CcxtTruth {
  readonly simulator: Simulator;
  readonly #venue: KoreanVenue;

  static async open(venue: KoreanVenue): Promise<CcxtTruth> {
    return new CcxtTruth(await startSimulator({ seed: 7 }), venue);
  }

  private constructor(simulator: Simulator, venue: KoreanVenue) {
    this.simulator = simulator;
    this.#venue = venue;
  }

  get urls(): { readonly rest: string; readonly ws: string } {
    return this.simulator.address.venues[this.#venue] as { rest: string; ws: string };
  }

  /** The book as of a time. What happens in the last millisecond of a slice may be on either side of a frame. */
  async bookAt(time: number, limit: number): Promise<{ bids: Level[]; asks: Level[] }> {
    const { bids, asks } = (await this.#ask(`book`, `time=${time}&limit=${limit}`)) as {
      bids: [string, string][];
      asks: [string, string][];
    };
    const numbers = (levels: [string, string][]) =>
      levels.map(([price, size]): Level => [Number(price), Number(size)]);
    return { bids: numbers(bids), asks: numbers(asks) };
  }

  /** `id price quantity side` of the latest trades, ids as the venue writes them. */
  async trades(): Promise<Set<string>> {
    const { trades } = (await this.#ask('trades', 'limit=1000')) as { trades: TruthTrade[] };
    const digits = this.#venue === 'upbit' ? 4 : 6;
    return new Set(
      trades.map(({ id, time, price, quantity, side }) => {
        const ending = String(id % 10 ** digits).padStart(digits, '0');
        return `${time}${ending} ${Number(price)} ${Number(quantity)} ${side}`;
      }),
    );
  }

  /** Closed minutes as ccxt writes candles. */
  async minutes(limit: number): Promise<number[][]> {
    const { candles } = (await this.#ask('candles', `limit=${limit}`)) as {
      candles: Record<string, unknown>[];
    };
    return candles
      .filter((candle) => candle['closed'] === true)
      .map((candle) =>
        ['openTime', 'open', 'high', 'low', 'close', 'volume'].map((name) => Number(candle[name])),
      );
  }

  async #ask(topic: string, query: string): Promise<unknown> {
    const { control } = this.simulator.address;
    const response = await fetch(
      `${control}/_sim/truth/${topic}?venue=${this.#venue}&symbol=KRW-BTC&${query}`,
    );
    if (response.status !== 200) throw new Error(`truth ${topic}: HTTP ${response.status}`);
    return response.json();
  }
}

/** Calls `watch` until the time is over. */
export async function watchFor(ms: number, watch: () => Promise<void>): Promise<void> {
  const until = systemClock.monotonic() + ms;
  while (systemClock.monotonic() < until) await watch();
}
