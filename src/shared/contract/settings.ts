import { z } from 'zod';
import { instrument, interval, venue, wallTime } from './fields.ts';

/** Bounds that raise an alarm, and the ways it goes. `webhookUrl` empty: none. */
const alarms = z.strictObject({
  scoreBelow: z.number().min(0).max(1),
  errors: z.number().int().min(1).max(1000),
  inactiveMs: z.number().int().min(1000).max(3_600_000),
  memoryMb: z.number().min(10).max(10_000),
  reconnects: z.number().int().min(1).max(1000),
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

/** What a person can change and Heartline remembers, kept in `settings.json` of the data folder. */
export const settingsSchema = z.strictObject({
  theme: z.enum(['dark', 'light', 'system']),
  directionColours: z.enum(['western', 'korean', 'colour-blind', 'inverted']),
  language: z.enum(['en', 'ko', 'system']),
  watchlist: z.array(instrument).max(200),
  selected: instrument,
  interval,
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
  trading,
});
export type Settings = z.output<typeof settingsSchema>;
