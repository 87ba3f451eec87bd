import { HeartlineError } from '#shared/base/errors.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { CcxtClient, CcxtExchange, CcxtModule } from './exchange.ts';

/** Reached natively: through ccxt they would only be worse. */
const NATIVE: readonly string[] = ['binanceusdm', 'bybit', 'upbit', 'bithumb'];
const TIMEOUT_MS = 10_000;
const HANDSHAKE_MS = 5000;
const MAX_FRAME_BYTES = 4 * 1024 * 1024;
/** A socket frame costs ccxt a whole REST call's wait: asking for twenty streams would take Kraken twenty seconds. */
const SOCKET_FRAME_MS = 200;

/** Other addresses for an exchange, merged into ccxt's own `urls`: for tests. */
export type UrlsOf = (id: string) => object | undefined;

/**
 * ccxt, loaded when first asked for and kept: half a second and some 100 MB that only who added an exchange pays.
 * Throws `venue.load-failed` when the module is not there.
 */
export async function loadCcxt(): Promise<CcxtModule> {
  try {
    // biome-ignore lint/style/noRestrictedImports: the one door to it, opened only when somebody asks.
    const { default: ccxt } = await import('ccxt');
    return ccxt as unknown as CcxtModule;
  } catch (fault) {
    throw new HeartlineError('venue.load-failed', 'ccxt cannot be loaded', { cause: fault });
  }
}

/** Ids that can be added, in alphabetical order: `okx`. */
export function offeredIds(ccxt: CcxtModule): readonly string[] {
  return ccxt.pro.exchanges.filter((id) => !NATIVE.includes(id)).toSorted();
}

/** `ccxt:okx` → `okx`. Throws `venue.not-offered` for what ccxt.pro does not have, or Heartline reaches natively. */
export function exchangeIdOf(ccxt: CcxtModule, venue: VenueId): string {
  const id = venue.replace(/^ccxt:/, '');
  if (venue.startsWith('ccxt:') && offeredIds(ccxt).includes(id)) return id;
  throw new HeartlineError('venue.not-offered', `${venue} is not among the exchanges that can be added`, {
    details: { venue },
  });
}

/** An exchange for public data, nothing asked of it yet. ccxt never tries again by itself: that is Heartline's part. */
export async function createExchange(ccxt: CcxtModule, id: string, urlsOf?: UrlsOf): Promise<CcxtExchange> {
  const Exchange = ccxt.pro[id];
  if (!Exchange)
    throw new HeartlineError('venue.not-offered', `ccxt has no ${id}`, { details: { venue: id } });
  const exchange = new Exchange({
    enableRateLimit: true,
    newUpdates: true,
    timeout: TIMEOUT_MS,
    options: {
      maxRetriesOnFailure: 0,
      newUpdates: true,
      ws: {
        // Waiting between attempts is Heartline's as well: two laws would add up.
        backoff: { base: 0, max: 0 },
        connectionTimeout: HANDSHAKE_MS,
        options: { perMessageDeflate: false, maxPayload: MAX_FRAME_BYTES, handshakeTimeout: HANDSHAKE_MS },
      },
    },
  });
  const sockets = exchange.options['ws'] as Record<string, unknown>;
  sockets['cost'] ??= Math.min(1, SOCKET_FRAME_MS / exchange.rateLimit);
  guardSends(exchange);
  const urls = urlsOf?.(id);
  if (urls) {
    exchange.urls = merged(exchange.urls, urls);
    // ccxt wants its agent before it speaks to a host without encryption.
    await exchange.loadHttpProxyAgent();
  }
  return exchange;
}

/**
 * ccxt lets a subscription wait its turn and then sends it without looking after the outcome (base/Exchange.js, `watch`):
 * on a socket that closed meanwhile that would end the process. Whoever waits for an answer is told by the closing.
 */
function guardSends(exchange: CcxtExchange): void {
  const guarded = new WeakSet<CcxtClient>();
  const clientOf = exchange.client.bind(exchange);
  exchange.client = (url) => {
    const client = clientOf(url);
    if (guarded.has(client)) return client;
    guarded.add(client);
    const send = client.send.bind(client);
    client.send = (message) => send(message).catch(() => null);
    return client;
  };
}

function merged(own: Record<string, unknown>, others: object): Record<string, unknown> {
  const result = { ...own };
  for (const [key, value] of Object.entries(others)) {
    const known = result[key];
    result[key] = isPlain(known) && isPlain(value) ? merged(known, value) : value;
  }
  return result;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
