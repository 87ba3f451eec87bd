import type { Script } from './scripted-venue.ts';

/**
 * As much of OKX v5 as ccxt's `okx` class asks for: the shapes are those its parsers document
 * (node_modules/ccxt/js/src/okx.js and pro/okx.js), the figures our own. Every answer is at the time `now` tells.
 */
export function okxScript(now: () => number): Script {
  const ok = (data: unknown) => ({ body: { code: '0', msg: '', data } });
  return {
    rest(path, query) {
      switch (path) {
        case '/api/v5/public/time':
          return ok([{ ts: String(now()) }]);
        case '/api/v5/public/instruments':
          return ok(INSTRUMENTS.filter(({ instType }) => instType === query.get('instType')));
        case '/api/v5/market/trades':
        case '/api/v5/market/history-trades':
          return ok(
            [okxTrade('90', '29990', now() - 60_000), okxTrade('91', '29991', now() - 50_000)].reverse(),
          );
        case '/api/v5/market/candles':
        case '/api/v5/market/history-candles':
          return ok(okxCandles(now(), Number(query.get('limit') ?? 100), query));
        case '/api/v5/market/ticker':
          return ok([okxTicker('BTC-USDT', '30000', now())]);
        case '/api/v5/market/tickers':
          return ok([okxTicker('BTC-USDT', '30000', now()), okxTicker('ETH-USDT', '2000', now())]);
        case '/api/v5/market/books':
          return ok([
            { asks: [['30001', '1', '0', '1']], bids: [['30000', '2', '0', '1']], ts: String(now()) },
          ]);
        default:
          return undefined;
      }
    },
    heard(text, say) {
      if (text === 'ping') {
        say('pong');
        return;
      }
      const { op, args } = JSON.parse(text) as { op: string; args: readonly Topic[] };
      for (const arg of args) {
        if (!INSTRUMENTS.some(({ instId }) => instId === arg.instId)) {
          say({
            event: 'error',
            msg: `channel:${arg.channel},instId:${arg.instId} doesn't exist`,
            code: '60018',
          });
          continue;
        }
        say({ event: op, arg, connId: 'a4d3ae55' });
        const first = op === 'subscribe' ? firstWord(arg, now()) : undefined;
        if (first) say(first);
      }
    },
  };
}

interface Topic {
  readonly channel: string;
  readonly instId: string;
}

const spot = (base: string, tickSz: string) => ({
  instType: 'SPOT',
  instId: `${base}-USDT`,
  baseCcy: base,
  quoteCcy: 'USDT',
  settleCcy: '',
  uly: '',
  state: 'live',
  tickSz,
  lotSz: '0.00000001',
  minSz: '0.00001',
  ctVal: '',
  expTime: '',
  lever: '10',
});
const contract = (instType: string, instId: string, uly: string, settleCcy: string, rest: object) => ({
  instType,
  instId,
  baseCcy: '',
  quoteCcy: '',
  settleCcy,
  uly,
  state: 'live',
  tickSz: '0.1',
  lotSz: '1',
  minSz: '1',
  ctVal: '0.01',
  expTime: '',
  lever: '100',
  ...rest,
});
const INSTRUMENTS = [
  spot('BTC', '0.1'),
  spot('ETH', '0.01'),
  { ...spot('OLD', '0.1'), state: 'suspend' },
  contract('SWAP', 'BTC-USDT-SWAP', 'BTC-USDT', 'USDT', {}),
  contract('SWAP', 'BTC-USD-SWAP', 'BTC-USD', 'BTC', { ctVal: '100' }),
  contract('SWAP', 'BTC-USD_UM-SWAP', 'BTC-USD', 'USD', {}),
  contract('FUTURES', 'BTC-USDT-270326', 'BTC-USDT', 'USDT', { expTime: '1806048000000' }),
];

export const okxArg = (channel: string, instId = 'BTC-USDT') => ({ channel, instId });

export function okxTicker(instId: string, last: string, ts: number) {
  return {
    instType: 'SPOT',
    instId,
    last,
    lastSz: '0.1',
    askPx: '30001',
    askSz: '1.5',
    bidPx: '30000',
    bidSz: '2.5',
    open24h: '29000',
    high24h: '31000',
    low24h: '28000',
    sodUtc0: '29500',
    sodUtc8: '29600',
    volCcy24h: '600000',
    vol24h: '20',
    ts: String(ts),
  };
}

export function okxTrade(tradeId: string, px: string, ts: number, instId = 'BTC-USDT') {
  return { instId, tradeId, px, sz: '0.5', side: 'sell', ts: String(ts) };
}

/** Newest first, as OKX tells them. */
function okxCandles(now: number, limit: number, query: URLSearchParams): readonly (readonly string[])[] {
  const width = query.get('bar') === '5m' ? 300_000 : 60_000;
  const after = Number(query.get('after') ?? Number.POSITIVE_INFINITY);
  const before = Number(query.get('before') ?? 0);
  const open = Math.floor(now / width) * width;
  return Array.from({ length: limit }, (_, index) => open - index * width)
    .filter((openTime) => openTime < after && openTime > before)
    .map((openTime) => okxCandle(openTime, '30000', openTime === open));
}

export function okxCandle(openTime: number, close: string, isOpen = true): readonly string[] {
  return [String(openTime), '29990', '30100', '29900', close, '3', '3', '90000', isOpen ? '0' : '1'];
}

function firstWord(arg: Topic, now: number): unknown {
  switch (arg.channel) {
    case 'tickers':
      return { arg, data: [okxTicker(arg.instId, '30000', now)] };
    case 'bbo-tbt':
      return {
        arg,
        data: [
          {
            asks: [['30001', '1.5', '0', '1']],
            bids: [['30000', '2.5', '0', '1']],
            ts: String(now),
            seqId: 1,
          },
        ],
      };
    case 'books':
      return {
        arg,
        action: 'snapshot',
        data: [
          {
            asks: [
              ['30001', '1.5', '0', '1'],
              ['30002', '2', '0', '1'],
            ],
            bids: [
              ['30000', '2.5', '0', '1'],
              ['29999.5', '0.00000001', '0', '1'],
            ],
            ts: String(now),
            seqId: 100,
            prevSeqId: -1,
          },
        ],
      };
    case 'mark-price':
      return { arg, data: [{ instType: 'SWAP', instId: arg.instId, markPx: '30000.5', ts: String(now) }] };
    default:
      return undefined;
  }
}
