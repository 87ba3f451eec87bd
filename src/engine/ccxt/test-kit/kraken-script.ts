import type { Script } from './scripted-venue.ts';

/**
 * As much of Kraken (REST 0, WebSocket v2) as ccxt's `kraken` class asks for: the shapes are those its parsers document
 * (node_modules/ccxt/js/src/kraken.js and pro/kraken.js), the figures our own.
 */
export function krakenScript(now: () => number): Script {
  const ok = (result: unknown) => ({ body: { error: [], result } });
  return {
    rest(path, query) {
      switch (path) {
        case '/0/public/Time':
          return ok({ unixtime: Math.floor(now() / 1000), rfc1123: '' });
        case '/0/public/Assets':
          return ok(ASSETS);
        case '/0/public/AssetPairs':
          return ok(PAIRS);
        case '/0/public/Trades':
          return ok({
            XXBTZUSD: [
              ['29999.0', '0.2', now() / 1000 - 70, 's', 'l', ''],
              ['30000.0', '0.1', now() / 1000 - 60, 's', 'l', ''],
            ],
            last: `${now()}000000`,
          });
        case '/0/public/OHLC':
          return ok({ XXBTZUSD: krakenRows(now(), Number(query.get('interval'))), last: 0 });
        default:
          return undefined;
      }
    },
    heard(text, say) {
      const { method, params, req_id } = JSON.parse(text) as Asked;
      if (method === 'ping') {
        say({ method: 'pong', req_id, time_in: '', time_out: '' });
        return;
      }
      for (const symbol of params?.symbol ?? []) {
        if (!KNOWN.includes(symbol)) {
          say({ error: `Currency pair not supported ${symbol}`, method, success: false, req_id, symbol });
          continue;
        }
        say({ method, result: { channel: params?.channel, symbol }, success: true, req_id });
        const first = firstWord(params?.channel ?? '', symbol, now(), params?.interval ?? 1);
        if (first) say(first);
      }
    },
  };
}

interface Asked {
  readonly method: string;
  readonly params?: {
    readonly channel: string;
    readonly symbol: readonly string[];
    readonly interval?: number;
  };
  readonly req_id?: number;
}

const KNOWN = ['BTC/USD', 'ETH/USD'];
const asset = (altname: string) => ({
  aclass: 'currency',
  altname,
  decimals: 10,
  display_decimals: 5,
  status: 'enabled',
});
const ASSETS = { XXBT: asset('XBT'), ZUSD: asset('USD'), XETH: asset('ETH') };
const pairOf = (altname: string, wsname: string, base: string, pair_decimals: number) => ({
  altname,
  wsname,
  aclass_base: 'currency',
  base,
  aclass_quote: 'currency',
  quote: 'ZUSD',
  lot: 'unit',
  pair_decimals,
  lot_decimals: 8,
  lot_multiplier: 1,
  leverage_buy: [],
  leverage_sell: [],
  fees: [[0, 0.26]],
  fees_maker: [[0, 0.16]],
  ordermin: '0.0001',
  costmin: '0.5',
  tick_size: '0.1',
  status: 'online',
});
const PAIRS = {
  XXBTZUSD: pairOf('XBTUSD', 'XBT/USD', 'XXBT', 1),
  XETHZUSD: pairOf('ETHUSD', 'ETH/USD', 'XETH', 2),
};

function krakenRows(now: number, minutes: number): readonly unknown[] {
  const width = minutes * 60;
  const open = Math.floor(now / 1000 / width) * width;
  return Array.from({ length: 10 }, (_, index) => open - (9 - index) * width).map((time) => [
    time,
    '29990.0',
    '30100.0',
    '29900.0',
    '30000.0',
    '29950.0',
    '3.0',
    5,
  ]);
}

export function krakenTrade(trade_id: number, price: number, at: number) {
  return {
    channel: 'trade',
    type: 'update',
    data: [
      {
        symbol: 'BTC/USD',
        side: 'buy',
        price,
        qty: 0.25,
        ord_type: 'market',
        trade_id,
        timestamp: new Date(at).toISOString(),
      },
    ],
  };
}

function firstWord(channel: string, symbol: string, now: number, interval: number): unknown {
  switch (channel) {
    case 'ticker':
      return {
        channel,
        type: 'snapshot',
        data: [
          {
            symbol,
            bid: 30_000,
            bid_qty: 2.5,
            ask: 30_000.1,
            ask_qty: 1.5,
            last: 30_000,
            volume: 20,
            vwap: 30_000,
            low: 28_000,
            high: 31_000,
            change: 1000,
            change_pct: 3.45,
          },
        ],
      };
    case 'book':
      return {
        channel,
        type: 'snapshot',
        data: [
          {
            symbol,
            bids: [
              { price: 30_000, qty: 2.5 },
              { price: 29_999.9, qty: 1 },
            ],
            asks: [{ price: 30_000.1, qty: 1.5 }],
            checksum: 1,
          },
        ],
      };
    case 'ohlc': {
      const width = interval * 60_000;
      const open = Math.floor(now / width) * width;
      return {
        channel,
        type: 'snapshot',
        timestamp: new Date(now).toISOString(),
        data: [open - width, open].map((begin) => ({
          symbol,
          open: 29_990,
          high: 30_100,
          low: 29_900,
          close: 30_000,
          trades: 5,
          volume: 3,
          vwap: 29_950,
          interval_begin: new Date(begin).toISOString(),
          interval,
          timestamp: new Date(begin + width).toISOString(),
        })),
      };
    }
    default:
      return undefined;
  }
}
