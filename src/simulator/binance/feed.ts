import { openTimeAt } from '#shared/domain/interval.ts';
import type { Coin } from '../coins.ts';
import type { DepthChain, DepthDiff } from '../depth-chain.ts';
import type { HistoryWarmer } from '../history-warmer.ts';
import type { Hub } from '../hub.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import { fundingRateAt, nextFundingTime } from '../mark.ts';
import type { Market, MarketListener } from '../market.ts';
import type { Fill, Print } from '../print.ts';
import { coinMarginedRows } from './coin-margined.ts';
import type { BinanceInterval } from './interval.ts';
import * as message from './messages.ts';
import { parseStreamName, type StreamKind } from './stream-name.ts';

const MINUTE = 60_000;
const KLINE_EVERY_MS = 250;
/** The form of frames that name their stream. */
export const COMBINED = 'combined';

interface SymbolStreams {
  readonly aggTrade: string;
  readonly trade: string;
  readonly bookTicker: string;
}

/** Turns what happens in the market into frames, for the streams somebody listens to and for no others. */
export class Feed implements MarketListener {
  readonly #hub: Hub;
  readonly #skewMs: () => number;
  readonly #warmer: HistoryWarmer;
  #market: Market | undefined;
  /** Names taken apart once; null: nothing we could feed. */
  readonly #parsed = new Map<string, ReturnType<typeof parseStreamName> | null>();
  readonly #names = new Map<Coin, SymbolStreams>();
  /** Open chains by instrument and cadence. */
  readonly #chains = new Map<string, DepthChain>();
  /** What was last sent of a kline stream: open time and last fill. */
  readonly #sentKlines = new Map<string, string>();
  /** What was last sent of an all-market array: last fill by symbol. */
  readonly #sentRows = new Map<string, number>();

  constructor(hub: Hub, warmer: HistoryWarmer, skewMs: () => number) {
    this.#warmer = warmer;
    this.#hub = hub;
    this.#skewMs = skewMs;
  }

  attach(market: Market): void {
    this.#market = market;
    for (const coin of market.instruments.coins) {
      const lower = coin.symbol.toLowerCase();
      this.#names.set(coin, {
        aggTrade: `${lower}@aggTrade`,
        trade: `${lower}@trade`,
        bookTicker: `${lower}@bookTicker`,
      });
    }
  }

  filled(market: InstrumentMarket, fill: Fill): void {
    const name = this.#names.get(market.coin)?.trade;
    if (name === undefined || !this.#hub.has(name)) return;
    const skew = this.#skewMs();
    this.#publish(name, message.tradeText(market.coin, fill, fill.time + skew, skew));
  }

  printed(market: InstrumentMarket, print: Print): void {
    const name = this.#names.get(market.coin)?.aggTrade;
    if (name === undefined || !this.#hub.has(name)) return;
    const skew = this.#skewMs();
    this.#publish(name, message.aggTradeText(market.coin, print, print.time + skew, skew));
  }

  topChanged(market: InstrumentMarket): void {
    const name = this.#names.get(market.coin)?.bookTicker;
    if (name !== undefined && this.#hub.has(name)) this.#sendTop(market, name);
  }

  sliced(time: number): void {
    for (const name of this.#hub.streams) {
      if (name.startsWith('!')) this.#sendArray(name, time);
      else this.#sendDue(name, time);
    }
    this.#closeIdleChains();
  }

  #sendDue(name: string, time: number): void {
    let parsed = this.#parsed.get(name);
    if (parsed === undefined) {
      parsed = parseStreamName(name) ?? null;
      this.#parsed.set(name, parsed);
    }
    const instrument = parsed && this.#market?.instruments.get(parsed.symbol);
    if (!parsed || !instrument) return;
    const { stream } = parsed;
    switch (stream.kind) {
      case 'depth':
      case 'partialDepth':
        this.#sendDepth(name, instrument, stream, time);
        return;
      case 'kline':
        this.#sendKline(name, instrument, stream.interval, time);
        return;
      case 'markPrice':
        if (time % stream.everyMs === 0) this.#publish(name, this.#markText(instrument, time));
        return;
      case 'ticker':
        if (this.#hasDay(instrument) && time % 2000 === 0)
          this.#publish(name, this.#tickerText(instrument, time));
        return;
      case 'miniTicker':
        if (this.#hasDay(instrument) && time % 2000 === 0)
          this.#publish(name, this.#miniTickerText(instrument, time));
        return;
      case 'aggTrade':
      case 'trade':
      case 'bookTicker':
        return;
    }
  }

  #sendTop(market: InstrumentMarket, name: string): void {
    const bid = market.engine.bids.best;
    const ask = market.engine.asks.best;
    if (!bid || !ask) return;
    const skew = this.#skewMs();
    const top: message.TopOfBook = {
      bid: [bid.price, bid.quantity],
      ask: [ask.price, ask.quantity],
      updateId: market.updateId,
      time: market.updatedAt,
    };
    this.#publish(name, message.bookTickerText(market.coin, top, market.updatedAt + skew, skew));
  }

  /** `text` is the bare event; connections in combined mode get it wrapped. */
  #publish(stream: string, text: string): void {
    this.#hub.publish(stream, (form) => (form === COMBINED ? `{"stream":"${stream}","data":${text}}` : text));
  }

  #diffs = new Map<string, DepthDiff | undefined>();
  #diffsTime = 0;

  /** One chain per instrument and cadence, cut once per slice and shared by every stream of that cadence. */
  #sendDepth(
    name: string,
    instrument: InstrumentMarket,
    stream: Extract<StreamKind, { everyMs: number }>,
    time: number,
  ): void {
    const key = `${instrument.coin.symbol} ${stream.everyMs}`;
    let chain = this.#chains.get(key);
    if (!chain) {
      chain = instrument.openChain();
      this.#chains.set(key, chain);
    }
    if (time % stream.everyMs !== 0) return;
    if (this.#diffsTime !== time) {
      this.#diffsTime = time;
      this.#diffs.clear();
    }
    if (!this.#diffs.has(key)) this.#diffs.set(key, chain.cut());
    const diff = this.#diffs.get(key);
    if (!diff) return;
    const levels =
      stream.kind === 'partialDepth'
        ? {
            bids: instrument.levels('bid', stream.levels) ?? [],
            asks: instrument.levels('ask', stream.levels) ?? [],
          }
        : diff;
    const skew = this.#skewMs();
    this.#publish(name, message.depthText(instrument.coin, diff, levels, time + skew, skew));
  }

  #closeIdleChains(): void {
    for (const [key, chain] of this.#chains) {
      const [symbol = '', everyMs = ''] = key.split(' ');
      if (this.#someoneWantsDepth(symbol.toLowerCase(), everyMs)) continue;
      this.#chains.delete(key);
      this.#market?.instruments.get(symbol)?.closeChain(chain);
    }
  }

  #someoneWantsDepth(lower: string, everyMs: string): boolean {
    const speeds = everyMs === '250' ? ['', '@250ms'] : [`@${everyMs}ms`];
    return speeds.some((speed) =>
      ['', '5', '10', '20'].some((levels) => this.#hub.has(`${lower}@depth${levels}${speed}`)),
    );
  }

  #sendKline(name: string, instrument: InstrumentMarket, interval: BinanceInterval, time: number): void {
    const at = time + this.#skewMs();
    const { candles, coin } = instrument;
    const openTime = openTimeAt(interval, time);
    if (time % MINUTE === 0 && openTime === time) {
      const ended = candles.candle(interval, openTimeAt(interval, time - 1));
      this.#publish(name, message.klineText(coin, interval, ended, true, at));
      return;
    }
    if (time % KLINE_EVERY_MS !== 0) return;
    const candle = candles.candle(interval, openTime);
    const state = `${openTime} ${candle.lastFill}`;
    if (this.#sentKlines.get(name) === state) return;
    this.#sentKlines.set(name, state);
    this.#publish(name, message.klineText(coin, interval, candle, false, at));
  }

  #sendArray(name: string, time: number): void {
    const everyMs = name === '!bookTicker' ? 5000 : name === '!markPrice@arr' ? 3000 : 1000;
    if (time % everyMs !== 0) return;
    if (name === '!bookTicker') {
      for (const instrument of this.#instruments()) this.#sendTop(instrument, name);
      return;
    }
    // Asked of all at once, so that all are made ready.
    const unready = this.#instruments().filter((one) => !this.#hasDay(one));
    if (unready.length > 0 && !name.startsWith('!markPrice')) return;
    const foreign = coinMarginedRows(name, this.#instruments(), time + this.#skewMs());
    const rows = [...this.#rows(name, time), ...foreign];
    if (rows.length > 0) this.#publish(name, `[${rows.join(',')}]`);
  }

  #rows(name: string, time: number): string[] {
    if (name.startsWith('!markPrice@arr')) return this.#instruments().map((one) => this.#markText(one, time));
    if (name !== '!ticker@arr' && name !== '!miniTicker@arr') return [];
    const changed = this.#instruments().filter((one) => {
      const key = `${name} ${one.coin.symbol}`;
      const last = one.tape.last.id;
      if (this.#sentRows.get(key) === last) return false;
      this.#sentRows.set(key, last);
      return true;
    });
    return changed.map((one) =>
      name === '!ticker@arr' ? this.#tickerText(one, time) : this.#miniTickerText(one, time),
    );
  }

  #instruments(): InstrumentMarket[] {
    return this.#market?.instruments.all() ?? [];
  }

  #markText(instrument: InstrumentMarket, time: number): string {
    const nextTime = nextFundingTime(time);
    const rate = fundingRateAt(this.#market?.seed ?? 0, instrument.coin.symbol, nextTime);
    return message.markPriceText(instrument.coin, instrument.mark, { rate, nextTime }, time + this.#skewMs());
  }

  #hasDay({ candles }: InstrumentMarket): boolean {
    return this.#warmer.hasRollingDay(candles);
  }

  #tickerText(instrument: InstrumentMarket, time: number): string {
    const { candles, coin, tape } = instrument;
    return message.tickerText(coin, candles.rollingDay(), tape.last.quantity, time + this.#skewMs());
  }

  #miniTickerText(instrument: InstrumentMarket, time: number): string {
    return message.miniTickerText(instrument.coin, instrument.candles.rollingDay(), time + this.#skewMs());
  }
}
