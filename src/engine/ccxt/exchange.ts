/**
 * The part of ccxt 4.5 that Heartline uses, in our own narrow types: ccxt's own promise more than its classes keep.
 * Everything a venue may leave out is optional here, whatever ccxt's declarations say.
 */

export interface CcxtMarketEntry {
  readonly symbol: string;
  readonly base?: string;
  readonly quote?: string;
  readonly settle?: string;
  readonly spot?: boolean;
  readonly swap?: boolean;
  readonly future?: boolean;
  readonly active?: boolean;
  readonly contract?: boolean;
  readonly inverse?: boolean;
  /** Base (linear) or quote (inverse) in one contract. */
  readonly contractSize?: number;
  /** ms epoch. */
  readonly expiry?: number;
  readonly taker?: number;
  /** Steps, or counts of digits: `precisionMode` tells. */
  readonly precision?: { readonly price?: number; readonly amount?: number };
  readonly limits?: {
    readonly amount?: { readonly min?: number };
    readonly cost?: { readonly min?: number };
  };
}

export interface CcxtTicker {
  readonly symbol?: string;
  readonly timestamp?: number;
  readonly last?: number;
  readonly open?: number;
  readonly high?: number;
  readonly low?: number;
  readonly bid?: number;
  readonly bidVolume?: number;
  readonly ask?: number;
  readonly askVolume?: number;
  readonly baseVolume?: number;
  readonly quoteVolume?: number;
  readonly markPrice?: number;
  readonly indexPrice?: number;
}

export interface CcxtTrade {
  readonly id?: string;
  readonly timestamp?: number;
  readonly price?: number;
  readonly amount?: number;
  readonly side?: string;
}

/** Price, amount, and sometimes more. */
type CcxtLevel = readonly (number | undefined)[];

/** ccxt's own book, which goes on changing after it was given. */
export interface CcxtBook {
  readonly timestamp?: number;
  readonly bids: readonly CcxtLevel[];
  readonly asks: readonly CcxtLevel[];
}

/** Open time, open, high, low, close, volume. */
export type CcxtCandle = readonly (number | undefined)[];

export interface CcxtFunding {
  readonly markPrice?: number;
  readonly indexPrice?: number;
  readonly fundingRate?: number;
  readonly fundingTimestamp?: number;
  readonly timestamp?: number;
}

/** One of ccxt's sockets. */
export interface CcxtClient {
  error: unknown;
  readonly isConnected: boolean;
  readonly connection?: { terminate?(): void };
  send(message: unknown): Promise<unknown>;
  /** Rejects all who wait on it, and stops its timers. */
  reset(error: unknown): void;
}

type Tickers = Readonly<Record<string, CcxtTicker | undefined>>;

/** One instance of an exchange class of `ccxt.pro`. Without keys: public data only. */
export interface CcxtExchange {
  readonly id: string;
  readonly name: string;
  readonly has: Readonly<Record<string, boolean | 'emulated' | null | undefined>>;
  readonly timeframes?: Readonly<Record<string, unknown>>;
  /** ms between two REST calls of cost 1. */
  readonly rateLimit: number;
  readonly precisionMode: number;
  readonly options: Record<string, unknown>;
  readonly features?: Readonly<
    Record<string, { readonly fetchOHLCV?: { readonly limit?: number } } | undefined>
  >;
  readonly fees?: { readonly trading?: { readonly taker?: number } };
  /** Of the last answer, whoever asked. */
  readonly last_response_headers?: Readonly<Record<string, string>> | undefined;
  urls: Record<string, unknown>;
  /** The books it keeps, by symbol. */
  orderbooks: Record<string, unknown>;
  clients: Record<string, CcxtClient>;
  markets: Record<string, CcxtMarketEntry> | undefined;
  /** ccxt keeps the promise of the last load, a rejected one as well. */
  marketsLoading: Promise<unknown> | undefined;

  /** The socket to an address, made when there is none. */
  client(url: string): CcxtClient;
  loadMarkets(reload?: boolean): Promise<Readonly<Record<string, CcxtMarketEntry>>>;
  loadHttpProxyAgent(): Promise<unknown>;
  fetch(...args: readonly unknown[]): Promise<unknown>;

  fetchTime(): Promise<number | undefined>;
  fetchTicker(symbol: string): Promise<CcxtTicker>;
  /** Without symbols: all of the market type that `params.type` names. */
  fetchTickers(symbols: readonly string[] | undefined, params?: object): Promise<Tickers>;
  fetchBidsAsks(symbols: readonly string[]): Promise<Tickers>;
  fetchTrades(symbol: string, since?: number, limit?: number): Promise<readonly CcxtTrade[]>;
  fetchOrderBook(symbol: string, limit?: number): Promise<CcxtBook>;
  fetchOHLCV(
    symbol: string,
    timeframe: string,
    since?: number,
    limit?: number,
  ): Promise<readonly CcxtCandle[]>;
  fetchFundingRate(symbol: string): Promise<CcxtFunding>;
  fetchFundingRates(): Promise<Readonly<Record<string, CcxtFunding | undefined>>>;

  watchTicker(symbol: string): Promise<CcxtTicker | undefined>;
  watchBidsAsks(symbols: readonly string[]): Promise<Tickers>;
  watchTrades(symbol: string): Promise<readonly CcxtTrade[]>;
  watchOrderBook(symbol: string): Promise<CcxtBook>;
  watchOHLCV(symbol: string, timeframe: string): Promise<readonly CcxtCandle[]>;
  watchMarkPrice(symbol: string): Promise<CcxtTicker | undefined>;
  unWatchTicker(symbol: string): Promise<unknown>;
  unWatchTrades(symbol: string): Promise<unknown>;
  unWatchOrderBook(symbol: string): Promise<unknown>;
  unWatchOHLCV(symbol: string, timeframe: string): Promise<unknown>;
}

type FaultClass = new (...args: never[]) => Error;

/** What is used of the module itself: the classes, and its words for what went wrong. */
export interface CcxtModule {
  readonly pro: Readonly<Record<string, new (options: object) => CcxtExchange>> & {
    readonly exchanges: readonly string[];
  };
  readonly AuthenticationError: FaultClass;
  readonly BadSymbol: FaultClass;
  readonly BadResponse: FaultClass;
  readonly ChecksumError: FaultClass;
  readonly DDoSProtection: FaultClass;
  readonly ExchangeClosedByUser: FaultClass;
  readonly ExchangeError: FaultClass;
  readonly ExchangeNotAvailable: FaultClass;
  readonly InvalidNonce: FaultClass;
  readonly NetworkError: FaultClass;
  readonly NotSupported: FaultClass;
  readonly OnMaintenance: FaultClass;
  readonly RateLimitExceeded: FaultClass;
  readonly RequestTimeout: FaultClass;
  readonly RestrictedLocation: FaultClass;
  readonly UnsubscribeError: FaultClass;
}
