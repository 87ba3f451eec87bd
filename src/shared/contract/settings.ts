import { z } from 'zod';
import { type BoundedSetting, mostStaleMs, SETTING_BOUNDS } from '../domain/setting-bounds.ts';
import { PROFILE_NAMES } from '../domain/settings-profiles.ts';
import { WATCH_GROUPS_AT_MOST, WATCHED_AT_MOST } from '../domain/watch-bounds.ts';
import { instrument, interval, venue, wallTime } from './fields.ts';

function bounded(setting: BoundedSetting) {
  const { least, most, whole } = SETTING_BOUNDS[setting];
  const number = z.number().min(least).max(most);
  return whole ? number.int() : number;
}

/** Bounds that raise an alarm, and the ways it goes. `webhookUrl` empty: none. */
const alarms = z.strictObject({
  scoreBelow: bounded('alarms.scoreBelow'),
  errors: bounded('alarms.errors'),
  inactiveMs: bounded('alarms.inactiveMs'),
  memoryMb: bounded('alarms.memoryMb'),
  reconnects: bounded('alarms.reconnects'),
  sound: z.boolean(),
  notification: z.boolean(),
  webhookUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]),
});

const money = z.strictObject({ USDT: z.number().min(0).max(1e12), KRW: z.number().min(0).max(1e15) });

/** See `TradingLimits`: what each means. */
const limits = z.strictObject({
  collarPercent: z.number().min(0.5).max(20),
  slippagePercent: z.number().min(0.05).max(10),
  maxNotional: money,
  dailyNotional: money,
  depthSharePercent: z.number().min(1).max(100),
  maxOpenOrders: z.number().int().min(1).max(500),
  ordersPer10s: z.number().int().min(1).max(100),
  confirmAbove: money,
});

/** Nobody has more venues or accounts. */
const isShort = (named: object) => Object.keys(named).length <= 200;

/** How orders are given. `venues` and `accounts` change single limits of one venue or one account (by id). */
const trading = z.strictObject({
  limits,
  venues: z.record(z.string().max(40), limits.partial()).refine(isShort),
  accounts: z.record(z.string().max(60), limits.partial()).refine(isShort),
  /** Real money may be armed at all. */
  mainnet: z.boolean(),
  /** Minutes without an order after which a real venue disarms. */
  disarmAfterMin: z.number().int().min(1).max(240),
  /** The ladder places on one click, without a confirmation of its own. */
  oneClick: z.boolean(),
  /** Quantities offered as buttons, in the ticket's unit, by kind of market. */
  presets: z.array(z.string().max(20)).max(8),
  hotkeys: z.boolean(),
});

const source = z.enum(['auto', 'websocket', 'rest']);

const staleLeastMs = SETTING_BOUNDS['connections.staleAfterMs'].least;

/** How connections are watched and made again. All of it holds from the next look on, without a restart. */
const connections = z.strictObject({
  /** An open connection is asked for a sign of life at least this often; when it says nothing, sooner. */
  heartbeatMs: bounded('connections.heartbeatMs'),
  /** Silence of data is called stale after this at the latest; most is by a stream's own rhythm, much sooner. */
  staleAfterMs: bounded('connections.staleAfterMs'),
  /** Otherwise for single venues. */
  venueStaleAfterMs: z
    .record(z.string().max(40), z.number().int().min(staleLeastMs))
    .refine(isShort)
    .refine((named) => Object.entries(named).every(([id, ms]) => ms <= mostStaleMs(id))),
  /** The first wait of the ladder. What comes before it is one quick retry, which is no setting: see decision 11. */
  backoffBaseMs: bounded('connections.backoffBaseMs'),
  backoffFactor: bounded('connections.backoffFactor'),
  backoffCapMs: bounded('connections.backoffCapMs'),
  /** 0.5: every wait is between half and one and a half of its nominal. */
  backoffJitter: bounded('connections.backoffJitter'),
  /** Tries that climb the ladder; after them the connection says that it has failed, and goes on at the cap. */
  quickAttempts: bounded('connections.quickAttempts'),
  /** Venues whose market data comes compressed. Costs sixty times a bare receive: for thin lines. */
  compression: z.record(z.string().max(40), z.boolean()).refine(isShort),
});

/** When Heartline asks less of a venue by itself. See `rateProfile` for how much it asks otherwise. */
const rates = z.strictObject({
  /** So many within a minute, and each after them, slow down. */
  errors: bounded('rates.errors'),
  /** To this part of the pace. */
  reduction: bounded('rates.reduction'),
  /** After this long without another, the pace is whole again. */
  recoveryMs: bounded('rates.recoveryMs'),
});

/** The latest prices by instrument, for whoever looks at one anew. */
const priceCache = z.strictObject({
  size: bounded('priceCache.size'),
  ttlMs: bounded('priceCache.ttlMs'),
});

/** Rows of all lists together, and lists beside the first. */
const watchGroup = z.strictObject({
  id: z.string().min(1).max(40),
  name: z.string().trim().min(1).max(40),
  instruments: z.array(instrument).max(WATCHED_AT_MOST),
});

/** What a person can change and Heartline remembers, kept in `settings.json` of the data folder. */
export const settingsSchema = z.strictObject({
  theme: z.enum(['dark', 'light', 'system']),
  directionColours: z.enum(['western', 'korean', 'colour-blind', 'inverted']),
  language: z.enum(['en', 'ko', 'system']),
  /** The clock times are told by; UTC stays to be had on hover. */
  timeZone: z.enum(['local', 'kst', 'utc']),
  /** `auto`: by language. Western is K/M, Korean is 만/억. */
  numbers: z.enum(['auto', 'western', 'korean']),
  /** A price that changed lights up for a moment. */
  flash: z.boolean(),
  /** Open profit in the window's title, where others may read it. */
  titlePnl: z.boolean(),
  /** The first list. */
  watchlist: z.array(instrument).max(WATCHED_AT_MOST),
  /** Further lists by name, in the person's order; an instrument may stand in several. */
  watchGroups: z.array(watchGroup).max(WATCH_GROUPS_AT_MOST),
  selected: instrument,
  interval,
  /** What the numbers of the engine are based on. Whether they still are it shows by comparison: see `profileDifferences`. */
  profile: z.enum(PROFILE_NAMES),
  connections,
  rates,
  priceCache,
  /** How much of a venue's budgets Heartline takes. */
  rateProfile: z.enum(['conservative', 'balanced', 'aggressive']),
  pausedVenues: z.array(venue).max(50),
  alarms,
  /** Where each kind of market data comes from; `auto` prefers the stream and falls back. */
  sources: z.strictObject({ ticker: source, book: source, trade: source, candle: source }),
  /** Exchanges added through ccxt. */
  addedVenues: z.array(venue).max(20),
  /** KRW for one US dollar as typed in, with when; `null`: the rate source of the app. */
  typedFx: z.strictObject({ krwPerUsd: z.number().min(1).max(100_000), asOf: wallTime }).nullable(),
  /** Keys of commands, by command; `null`: none. Only what differs from the defaults; nonsense is ignored with a word. */
  hotkeys: z.strictObject({
    bindings: z.record(z.string().max(60), z.string().max(60).nullable()).refine(isShort),
  }),
  /** What was last asked for by name, newest first: ids of commands, and `instrument <id>`. */
  recentCommands: z.array(z.string().max(120)).max(12),
  trading,
  /** `new`: the desk still offers its tour and the first choices. */
  welcome: z.enum(['new', 'done']),
});
export type Settings = z.output<typeof settingsSchema>;
