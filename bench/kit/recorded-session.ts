import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** A frame as a socket delivers it, or the REST snapshot at its place between them. */
export type SessionRecord =
  | { readonly kind: 'frame'; readonly bytes: Buffer }
  | { readonly kind: 'snapshot'; readonly text: string };

export type SessionVenue = 'binance' | 'bybit' | 'upbit';

export interface RecordedSession {
  readonly name: string;
  readonly venue: SessionVenue;
  /** The whole recording, or the trimmed part of it in the repository. */
  readonly isWhole: boolean;
  readonly records: readonly SessionRecord[];
  /** The same, spelled as tardis-dev and ccxt subscribe: they do not read the venue's other forms. */
  readonly respelled: readonly SessionRecord[];
  readonly frames: number;
  readonly bytes: number;
  /** Played so often in a row for one sample, each time with fresh state: some recordings are short. */
  readonly repeats: number;
}

interface Source {
  readonly venue: SessionVenue;
  /** Below `../shared/fixtures`, and below `src/venues` where the licence lets us keep a trimmed part. */
  readonly whole: string;
  readonly trimmed?: string;
  readonly repeats: number;
}

const binance = (name: string): Source => ({
  venue: 'binance',
  whole: `binance-usdm/session/hft-${name}.ndjson.gz`,
  trimmed: `binance/fixtures/${name}.ndjson.gz`,
  repeats: 1,
});

const SOURCES: Readonly<Record<string, Source>> = {
  'btcusdt-20240808': binance('btcusdt-20240808'),
  'btcusdt-20230404': binance('btcusdt-20230404'),
  'ethusdt-20240808': binance('ethusdt-20240808'),
  'bybit-btcusdt-20260809': {
    venue: 'bybit',
    whole: 'bybit/session/cryptofeed-v3-20260809-linear-BTCUSDT.ndjson.gz',
    repeats: 30,
  },
  'bybit-dogeusdt-20260809': {
    venue: 'bybit',
    whole: 'bybit/session/cryptofeed-v3-20260809-linear-DOGEUSDT.ndjson.gz',
    repeats: 30,
  },
  'upbit-ten-markets-20210405': {
    venue: 'upbit',
    whole: 'upbit/session/cryptofeed-20210405.ndjson.gz',
    trimmed: 'upbit/fixtures/ten-markets-20210405.ndjson.gz',
    repeats: 10,
  },
};

const SESSION_NAMES: readonly string[] = Object.keys(SOURCES);

/** A recorded session, from `../shared` where that is there. `undefined`: it is not, and we may not keep it. */
export function findSession(name: string): RecordedSession | undefined {
  const source = SOURCES[name];
  if (!source) throw new Error(`no such session: ${name}; there are ${SESSION_NAMES.join(', ')}`);
  const whole = new URL(`../../../shared/fixtures/${source.whole}`, import.meta.url);
  const isWhole = existsSync(whole);
  if (!isWhole && source.trimmed === undefined) return undefined;
  const file = isWhole ? whole : new URL(`../../src/venues/${source.trimmed}`, import.meta.url);
  const text = gunzipSync(readFileSync(fileURLToPath(file))).toString();
  const records = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { channel: string; raw: string; dir?: string })
    // What we said is no frame; candles are read by us and ccxt alone.
    .filter(({ channel }) => !/^ws(?:-send|:op|:kline)/.test(channel))
    .map(
      ({ channel, raw }): SessionRecord =>
        channel.startsWith('rest:')
          ? { kind: 'snapshot', text: raw }
          : { kind: 'frame', bytes: Buffer.from(raw) },
    );
  const lengths = records.map((record) => (record.kind === 'frame' ? record.bytes.length : 0));
  return {
    name,
    venue: source.venue,
    isWhole,
    records,
    respelled: records.map((record) =>
      record.kind === 'frame'
        ? { kind: 'frame', bytes: Buffer.from(respelled(source.venue, `${record.bytes}`)) }
        : record,
    ),
    frames: lengths.filter((length) => length > 0).length,
    bytes: lengths.reduce((sum, length) => sum + length, 0),
    repeats: source.repeats,
  };
}

/** Like `findSession`, for those that are always there. */
export function recordedSession(name: string): RecordedSession {
  const session = findSession(name);
  if (!session) throw new Error(`${name} is kept outside the repository, and not there`);
  return session;
}

/** Upbit's short keys in full (fact sheet, section 3). */
const FULL_KEYS: Readonly<Record<string, string>> = {
  ty: 'type',
  cd: 'code',
  tms: 'timestamp',
  tas: 'total_ask_size',
  tbs: 'total_bid_size',
  obu: 'orderbook_units',
  ap: 'ask_price',
  bp: 'bid_price',
  as: 'ask_size',
  bs: 'bid_size',
  tp: 'trade_price',
  tv: 'trade_volume',
  ab: 'ask_bid',
  pcp: 'prev_closing_price',
  c: 'change',
  cp: 'change_price',
  td: 'trade_date',
  ttm: 'trade_time',
  ttms: 'trade_timestamp',
  sid: 'sequential_id',
  st: 'stream_type',
};

function respelled(venue: SessionVenue, text: string): string {
  switch (venue) {
    case 'binance':
      return text;
    case 'bybit':
      // tardis-dev asks for 50 levels; deltas of 200 read the same.
      return text.replace('"orderbook.200.', '"orderbook.50.');
    case 'upbit':
      return text.replace(/"([a-z]+)":/g, (whole, key: string) => {
        const full = FULL_KEYS[key];
        if (full === undefined) throw new Error(`no full name of ${whole}`);
        return `"${full}":`;
      });
  }
}
