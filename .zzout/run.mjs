import { monitorEventLoopDelay } from "node:perf_hooks";
import { z } from "zod";
import { AsyncLocalStorage } from "node:async_hooks";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { homedir, networkInterfaces } from "node:os";
import { createHash } from "node:crypto";
import { Zip, ZipDeflate, strToU8 } from "fflate";
import { setFlagsFromString } from "node:v8";
import { WebSocket } from "ws";
import { appendFile, mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
// src/shared/base/errors.ts
/**
* Every error Heartline throws on purpose. `code` is stable and names the text for the person
* (`errors.<code>` in the renderer's languages); `message` is the text for the log.
*/
var HeartlineError = class extends Error {
	code;
	details;
	constructor(code, message, options = {}) {
		super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
		this.name = "HeartlineError";
		this.code = code;
		this.details = options.details ?? {};
	}
};
/** The log text of anything that was thrown. */
function messageOf$1(fault) {
	return fault instanceof Error ? fault.message : String(fault);
}
// src/shared/domain/drill.ts
var DRILL_SCENARIOS = [
	"kill",
	"mute-but-pinging",
	"half-open",
	"delay",
	"reorder",
	"gap",
	"garbage",
	"rate-limit-storm",
	"ban",
	"clock-skew",
	"maintenance",
	"day-end",
	"flapping"
];
// src/shared/domain/metrics.ts
var HEAT_MEASURES = [
	"latency",
	"silence",
	"rate"
];
// src/shared/domain/instrument.ts
function venueId(text) {
	if (!/^(?:ccxt:)?[a-z][a-z0-9-]*$/.test(text)) throw new HeartlineError("venue.unknown", `not a venue id: ${text}`, { details: { venue: text } });
	return text;
}
/** Parses `venue:BASE-QUOTE[-PERP|-YYMMDD]`. Throws `instrument.unknown`. */
function instrumentId(text) {
	if (!/^(?:ccxt:)?[a-z][a-z0-9-]*:[^\s:\p{Cc}-]+-[^\s:\p{Cc}-]+(?:-[^\s:\p{Cc}-]+)?$/u.test(text)) throw new HeartlineError("instrument.unknown", `not an instrument id: ${text}`, { details: { instrument: text } });
	return text;
}
function venueOf(instrument) {
	return instrument.slice(0, instrument.lastIndexOf(":"));
}
/** What is left of the id without its venue: `BTC-USDT-PERP`. */
function instrumentName(instrument) {
	return instrument.slice(instrument.lastIndexOf(":") + 1);
}
// src/shared/domain/interval.ts
/** Candle intervals, shortest first. `1w` starts on Monday, `1M` on the 1st, both 00:00 UTC. */
var INTERVALS = [
	"1s",
	"1m",
	"3m",
	"5m",
	"10m",
	"15m",
	"30m",
	"1h",
	"2h",
	"4h",
	"6h",
	"8h",
	"12h",
	"1d",
	"3d",
	"1w",
	"1M"
];
var MINUTE = 6e4;
var HOUR = 60 * MINUTE;
var DAY$2 = 24 * HOUR;
var FIXED = {
	"1s": 1e3,
	"1m": MINUTE,
	"3m": 3 * MINUTE,
	"5m": 5 * MINUTE,
	"10m": 10 * MINUTE,
	"15m": 15 * MINUTE,
	"30m": 30 * MINUTE,
	"1h": HOUR,
	"2h": 2 * HOUR,
	"4h": 4 * HOUR,
	"6h": 6 * HOUR,
	"8h": 8 * HOUR,
	"12h": 12 * HOUR,
	"1d": DAY$2,
	"3d": 3 * DAY$2,
	"1w": 7 * DAY$2
};
var FIRST_MONDAY = 4 * DAY$2;
function isInterval(text) {
	return INTERVALS.includes(text);
}
/** Throws `interval.unknown`. */
function interval$1(text) {
	if (isInterval(text)) return text;
	throw new HeartlineError("interval.unknown", `not a candle interval: ${text}`, { details: {
		interval: text,
		known: INTERVALS.join(" ")
	} });
}
/** Open time (ms epoch) of the candle that holds `time`. */
function openTimeAt(of, time) {
	if (of === "1M") {
		const date = new Date(time);
		return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
	}
	const width = FIXED[of];
	const origin = of === "1w" ? FIRST_MONDAY : 0;
	return Math.floor((time - origin) / width) * width + origin;
}
/** Open time of the candle after the one that opens at `openTime`. */
function nextOpenTime(of, openTime) {
	if (of === "1M") {
		const date = new Date(openTime);
		return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
	}
	return openTime + FIXED[of];
}
/** Nominal width in ms (a month counts 30 days): for sizing requests, never for arithmetic on open times. */
function nominalWidthMs(of) {
	return of === "1M" ? 30 * DAY$2 : FIXED[of];
}
// src/shared/domain/stream-key.ts
/** `'candle:1m binance:BTC-USDT-PERP'`: unique text of a key, for maps, logs and health rows. */
function streamKeyText(key) {
	return key.kind === "candle" ? `candle:${key.interval} ${key.instrument}` : `${key.kind} ${key.instrument}`;
}
/** The other way round. Throws `stream.unknown`, `instrument.unknown`, `interval.unknown`. */
function parseStreamKey(text) {
	const [, kind = "", of, name = ""] = /^([a-z]+)(?::(\S+))? (\S+)$/u.exec(text) ?? [];
	if (kind === "candle" && of !== void 0) return {
		kind,
		instrument: instrumentId(name),
		interval: interval$1(of)
	};
	if (of === void 0 && isPlainKind(kind)) return {
		kind,
		instrument: instrumentId(name)
	};
	throw new HeartlineError("stream.unknown", `not a stream: ${text}`, { details: { stream: text } });
}
function isPlainKind(kind) {
	return [
		"ticker",
		"top",
		"trade",
		"book",
		"mark"
	].includes(kind);
}
// src/shared/contract/fields.ts
/** Fields of inputs that come in many of them. */
var instrument = z.string().max(80).transform((text, context) => {
	try {
		return instrumentId(text);
	} catch {
		context.addIssue({
			code: "custom",
			message: `not an instrument id: ${text}`
		});
		return z.NEVER;
	}
});
var venue = z.string().max(40).transform((text, context) => {
	try {
		return venueId(text);
	} catch {
		context.addIssue({
			code: "custom",
			message: `not a venue id: ${text}`
		});
		return z.NEVER;
	}
});
var interval = z.enum(INTERVALS);
/** ms epoch, up to the year 2200. */
var wallTime = z.number().int().min(0).max(72581184e5);
/** `streamKeyText` of a stream. */
var streamText = z.string().max(120).transform((text, context) => {
	try {
		return parseStreamKey(text);
	} catch {
		context.addIssue({
			code: "custom",
			message: `not a stream: ${text}`
		});
		return z.NEVER;
	}
});
// src/shared/contract/settings.ts
/** Bounds that raise an alarm, and the ways it goes. `webhookUrl` empty: none. */
var alarms = z.strictObject({
	scoreBelow: z.number().min(0).max(1),
	errors: z.number().int().min(1).max(1e3),
	inactiveMs: z.number().int().min(1e3).max(36e5),
	memoryMb: z.number().min(10).max(1e4),
	reconnects: z.number().int().min(1).max(1e3),
	sound: z.boolean(),
	notification: z.boolean(),
	webhookUrl: z.union([z.literal(""), z.url({ protocol: /^https?$/ }).max(500)])
});
var source = z.enum([
	"auto",
	"websocket",
	"rest"
]);
/** What a person can change and Heartline remembers, kept in `settings.json` of the data folder. */
var settingsSchema = z.strictObject({
	theme: z.enum([
		"dark",
		"light",
		"system"
	]),
	directionColours: z.enum([
		"western",
		"korean",
		"colour-blind",
		"inverted"
	]),
	language: z.enum([
		"en",
		"ko",
		"system"
	]),
	watchlist: z.array(instrument).max(200),
	selected: instrument,
	interval,
	/** How much of a venue's budgets Heartline takes. */
	rateProfile: z.enum([
		"conservative",
		"balanced",
		"aggressive"
	]),
	pausedVenues: z.array(venue).max(50),
	alarms,
	/** Where each kind of market data comes from; `auto` prefers the stream and falls back. */
	sources: z.strictObject({
		ticker: source,
		book: source,
		trade: source,
		candle: source
	}),
	/** Exchanges added through ccxt. */
	addedVenues: z.array(venue).max(20),
	/** KRW for one US dollar as typed in, with when; `null`: the rate source of the app. */
	typedFx: z.strictObject({
		krwPerUsd: z.number().min(1).max(1e5),
		asOf: wallTime
	}).nullable()
});
// src/shared/contract/api.ts
/**
* The whole process boundary in one file: what a window may ask (requests), what it may
* watch (watches), and the shapes that come back. Inputs are schema-checked by the server;
* outputs are ours and readonly. Hot updates are columns (typed arrays), everything else JSON.
*/
var nothing = z.strictObject({});
var range = {
	from: wallTime,
	to: wallTime
};
var requestInputs = {
	"app.describe": nothing,
	"instruments.list": nothing,
	/** One page of candle history, oldest first; without `before`, the latest. */
	"candles.load": z.strictObject({
		instrument,
		interval,
		/** Exclusive, ms epoch. */
		before: z.number().int().nonnegative().optional(),
		limit: z.number().int().min(1).max(1500)
	}),
	/** Drops the venue's sockets and connects again at once, whatever they were waiting for. */
	"connections.reconnect": z.strictObject({ venue }),
	/** Closes the venue's sockets and keeps them closed, or lets them open again. Remembered. */
	"connections.pause": z.strictObject({
		venue,
		paused: z.boolean()
	}),
	/** Every connection's states over a range of at most 30 days. */
	"timeline.read": z.strictObject(range),
	/** Incidents that touch the range, newest first, at most 500. */
	"incidents.list": z.strictObject(range),
	"heat.read": z.strictObject({
		...range,
		measure: z.enum(HEAT_MEASURES),
		columns: z.number().int().min(1).max(500)
	}),
	/** One zip about an incident, or about a range. */
	"evidence.export": z.union([z.strictObject({ incident: z.string().max(80) }), z.strictObject(range)]),
	"alarms.acknowledge": z.strictObject({ id: z.string().max(120) }),
	"alarms.snooze": z.strictObject({
		id: z.string().max(120),
		forMs: z.number().int().min(0).max(864e5)
	}),
	/** Sends a test by every way that is switched on. */
	"alarms.test": nothing,
	/** Runs scenarios on a market and an engine of their own; what is on the desk is not touched. */
	"drill.start": z.strictObject({
		scenarios: z.array(z.enum(DRILL_SCENARIOS)).max(DRILL_SCENARIOS.length),
		/** Empty: every venue the simulator speaks. */
		venues: z.array(venue).max(20)
	}),
	"drill.cancel": nothing,
	/** Time from a batch's arrival in the window to the frame that showed it, ms. */
	"paint.report": z.strictObject({ samplesMs: z.array(z.number().min(0).max(6e4)).max(500) }),
	/** Ids of exchanges that can be added through ccxt. */
	"venues.offered": nothing,
	"venues.add": z.strictObject({ venue }),
	"venues.remove": z.strictObject({ venue }),
	/** KRW for one US dollar as typed in; `null` takes it back. */
	"fx.write": z.strictObject({ krwPerUsd: z.number().min(1).max(1e5).nullable() }),
	/** Raw frames of the connections that carry these streams, to compressed files in the data folder. */
	"recording.start": z.strictObject({ streams: z.array(streamText).min(1).max(200) }),
	"recording.stop": nothing,
	"recording.list": nothing,
	"settings.read": nothing,
	"settings.write": settingsSchema.partial()
};
var watchInputs = {
	tickers: z.strictObject({ instruments: z.array(instrument).max(1e3) }),
	book: z.strictObject({
		instrument,
		depth: z.number().int().min(1).max(100)
	}),
	trades: z.strictObject({ instrument }),
	candles: z.strictObject({
		instrument,
		interval
	}),
	health: nothing,
	log: nothing,
	metrics: nothing,
	/** The latest incidents, newest first; again whenever one changes. */
	incidents: nothing,
	alarms: nothing,
	drill: nothing,
	premium: z.strictObject({
		coins: z.array(z.string().max(20)).max(100),
		notionalKrw: z.number().min(1e4).max(0xe8d4a51000)
	}),
	recording: nothing
};
// src/shared/contract/check-input.ts
var MAX_TEXT = 400;
/** What came in, checked and transformed. Throws `HeartlineError('input.invalid')` naming what is wrong where. */
function checkInput(schema, input) {
	const checked = schema.safeParse(input);
	if (checked.success) return checked.data;
	const text = checked.error.issues.map(({ path, message }) => path.length === 0 ? message : `${path.join(".")}: ${message}`).join("; ");
	const reason = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
	throw new HeartlineError("input.invalid", reason, { details: { reason } });
}
// src/shared/contract/client-message.ts
var MAX_NAME = 80;
/** The shape check of what a window sent, before anything is done with it; `undefined` when it is not of the protocol. */
function readClientMessage(raw) {
	if (typeof raw !== "object" || raw === null) return void 0;
	const { t, id, seq, name, input } = raw;
	switch (t) {
		case "request":
		case "watch": return isCount$1(id) && typeof name === "string" && name.length <= MAX_NAME ? {
			t,
			id,
			name,
			input
		} : void 0;
		case "unwatch": return isCount$1(id) ? {
			t,
			id
		} : void 0;
		case "ack": return isCount$1(seq) ? {
			t,
			seq
		} : void 0;
		default: return;
	}
}
function isCount$1(value) {
	return Number.isSafeInteger(value) && value > 0;
}
// src/shared/contract/rate-cap.ts
/** Says whether one more may pass: `burst` at once, refilled at `perSecond`. */
function createRateCap(clock, { perSecond, burst }) {
	let left = burst;
	let asOf = clock.monotonic();
	return () => {
		const now = clock.monotonic();
		left = Math.min(burst, left + (now - asOf) / 1e3 * perSecond);
		asOf = now;
		if (left < 1) return false;
		left -= 1;
		return true;
	};
}
// src/shared/contract/server.ts
/**
* Serves one client until its channel closes; the undo ends it earlier and closes the channel.
*
* Watches: a source's `changed()` only marks it; what is marked is taken and sent in one batch per
* `flushEveryMs`, and no batch leaves while the one before is unacknowledged, so a slow window makes the
* sources conflate instead of filling a queue. A source that throws is refused and disposed; the others go on.
*
* Refusal codes: `input.invalid`, `request.unknown`, `request.too-many`, `watch.unknown`, `watch.too-many`,
* `rate-limit`, `id.duplicate`, whatever `HeartlineError` the api throws, and `internal` for the rest (never with a stack).
* A message that is not one of the protocol's closes the channel.
*/
function serveClient(channel, api, clock, options = {}) {
	const { flushEveryMs = 4, maxWatches = 256, maxRequests = 256, onFault } = options;
	const withinRate = createRateCap(clock, options.rate ?? {
		burst: 400,
		perSecond: 200
	});
	const watches = /* @__PURE__ */ new Map();
	const requests = /* @__PURE__ */ new Set();
	const dirty = /* @__PURE__ */ new Set();
	let seq = 0;
	let unacknowledged = 0;
	let cancelFlush;
	let overdue = false;
	let ended = false;
	const wireError = (fault) => {
		if (fault instanceof HeartlineError) return {
			code: fault.code,
			message: fault.message,
			details: fault.details
		};
		onFault?.(fault);
		return {
			code: "internal",
			message: messageOf$1(fault),
			details: {}
		};
	};
	const send = (message) => {
		if (ended) return;
		try {
			channel.send(message);
		} catch (fault) {
			onFault?.(fault);
			endAndClose();
		}
	};
	const refuse = (kind, id, fault) => {
		send({
			t: kind,
			id,
			error: wireError(fault)
		});
	};
	const checkRate = () => {
		if (!withinRate()) throw new HeartlineError("rate-limit", "this window asks too much at once");
	};
	const mark = (watch) => {
		if (ended || watches.get(watch.id) !== watch) return;
		dirty.add(watch);
		cancelFlush ??= clock.after(flushEveryMs, () => {
			cancelFlush = void 0;
			if (unacknowledged === 0) flush();
			else overdue = true;
		});
	};
	const drop = (watch) => {
		watches.delete(watch.id);
		dirty.delete(watch);
		try {
			watch.source?.dispose();
		} catch (fault) {
			onFault?.(fault);
		}
	};
	const flush = () => {
		overdue = false;
		const taken = [...dirty];
		dirty.clear();
		const updates = [];
		for (const watch of taken) {
			if (watches.get(watch.id) !== watch) continue;
			try {
				const update = watch.source?.take();
				if (update !== void 0) updates.push([watch.id, update]);
			} catch (fault) {
				drop(watch);
				refuse("watch-refusal", watch.id, fault);
			}
		}
		if (updates.length === 0) return;
		seq += 1;
		unacknowledged = seq;
		send({
			t: "batch",
			seq,
			updates
		});
	};
	const openWatch = (id, name, input) => {
		checkRate();
		if (watches.has(id)) throw new HeartlineError("id.duplicate", `watch id ${id} is in use`);
		if (!Object.hasOwn(watchInputs, name)) throw new HeartlineError("watch.unknown", `there is no watch named ${name}`, { details: { name } });
		if (watches.size >= maxWatches) throw new HeartlineError("watch.too-many", `a window may watch ${maxWatches} things at once`, { details: { limit: maxWatches } });
		const checked = checkInput(watchInputs[name], input);
		const watch = {
			id,
			source: void 0
		};
		watches.set(id, watch);
		try {
			watch.source = api.watch(name, checked, () => mark(watch));
		} catch (fault) {
			drop(watch);
			throw fault;
		}
		mark(watch);
	};
	const answer = async (id, name, input) => {
		if (!Object.hasOwn(requestInputs, name)) throw new HeartlineError("request.unknown", `there is no request named ${name}`, { details: { name } });
		const checked = checkInput(requestInputs[name], input);
		const output = await api.request(name, checked);
		if (!ended) channel.send({
			t: "answer",
			id,
			output
		});
	};
	const openRequest = (id, name, input) => {
		checkRate();
		if (requests.has(id)) throw new HeartlineError("id.duplicate", `request id ${id} is in use`);
		if (requests.size >= maxRequests) throw new HeartlineError("request.too-many", `a window may wait for ${maxRequests} answers at once`, { details: { limit: maxRequests } });
		requests.add(id);
		answer(id, name, input).catch((fault) => refuse("refusal", id, fault)).finally(() => requests.delete(id));
	};
	const receive = (message) => {
		switch (message.t) {
			case "request":
				try {
					openRequest(message.id, message.name, message.input);
				} catch (fault) {
					refuse("refusal", message.id, fault);
				}
				return;
			case "watch":
				try {
					openWatch(message.id, message.name, message.input);
				} catch (fault) {
					refuse("watch-refusal", message.id, fault);
				}
				return;
			case "unwatch": {
				const watch = watches.get(message.id);
				if (watch) drop(watch);
				return;
			}
			case "ack":
				if (message.seq !== unacknowledged) return;
				unacknowledged = 0;
				if (overdue) flush();
		}
	};
	const end = () => {
		if (ended) return;
		ended = true;
		cancelFlush?.();
		offMessage();
		offClose();
		for (const watch of [...watches.values()]) drop(watch);
		options.onEnd?.();
	};
	const endAndClose = () => {
		end();
		channel.close();
	};
	const offMessage = channel.onMessage((raw) => {
		const message = readClientMessage(raw);
		if (message === void 0) endAndClose();
		else receive(message);
	});
	const offClose = channel.onClose(end);
	return endAndClose;
}
// src/engine/net/backoff.ts
var BACKOFF = {
	baseMs: 1e3,
	factor: 2,
	capMs: 3e4,
	jitter: .5,
	quickAttempts: 5,
	resetAfterMs: 6e4,
	firstAidMs: 200
};
/** Attempt 0 is the first-aid try; 1, 2, 3, … climb the ladder 1-2-4-8-16-30 s. */
function nominalDelayMs(rule, attempt) {
	if (attempt <= 0) return rule.firstAidMs;
	return Math.min(rule.baseMs * rule.factor ** Math.min(attempt - 1, 30), rule.capMs);
}
/**
* The delay before `attempt`. `chance` in [0, 1). A venue's `retryAfterMs` is honoured even beyond the cap:
* it is an order, not an estimate.
*/
function delayMs(rule, attempt, chance, retryAfterMs = 0) {
	const spread = 1 - rule.jitter + 2 * rule.jitter * chance;
	const own = Math.min(nominalDelayMs(rule, attempt) * spread, rule.capMs);
	return Math.max(own, retryAfterMs);
}
// src/shared/base/emitter.ts
/** One event, many listeners. A listener that throws does not keep the others from hearing: see `onFault`. */
function createEmitter(onFault = rethrowLater) {
	let listeners = [];
	return {
		on(listener) {
			const entry = (event) => listener(event);
			listeners = [...listeners, entry];
			return () => {
				listeners = listeners.filter((other) => other !== entry);
			};
		},
		emit(event) {
			for (const listener of listeners) try {
				listener(event);
			} catch (fault) {
				onFault(fault);
			}
		},
		get listenerCount() {
			return listeners.length;
		}
	};
}
function rethrowLater(fault) {
	Promise.reject(fault);
}
// src/engine/market/candle-builder.ts
/** The open period and those a late trade may still belong to. */
var PERIODS = 4;
function createCandleBuilder(of) {
	const periods = /* @__PURE__ */ new Map();
	let oldestKept = Number.NEGATIVE_INFINITY;
	let wholeFrom = Number.POSITIVE_INFINITY;
	/** The first trade the stream told since the last break: from it on the stream alone is whole. */
	let liveSince;
	let newest;
	/** What was whole until the last break, and its last trade. */
	let before;
	function periodAt(time) {
		const openTime = openTimeAt(of, time);
		const known = periods.get(openTime);
		if (known || openTime < oldestKept) return known;
		const period = {
			openTime,
			ids: /* @__PURE__ */ new Set(),
			trades: [],
			folded: void 0,
			base: void 0
		};
		periods.set(openTime, period);
		if (periods.size > PERIODS) {
			const oldest = Math.min(...periods.keys());
			periods.delete(oldest);
			oldestKept = nextOpenTime(of, oldest);
			if (oldest === openTime) return void 0;
		}
		return period;
	}
	function put(trade) {
		if (trade.offBook) return void 0;
		const period = periodAt(trade.venueTime);
		if (!period || period.ids.has(trade.id)) return void 0;
		period.ids.add(trade.id);
		const last = period.trades.at(-1);
		const isNext = last === void 0 || inOrder(last, trade) <= 0;
		period.trades.push(trade);
		if (!isNext) period.trades.sort(inOrder);
		const { folded, openTime } = period;
		period.folded = isNext && folded ? addTrade(folded, trade) : foldTrades(openTime, period.trades);
		return period;
	}
	/** `undefined` where too little is known to tell: a part of a candle would pass for the whole. */
	function candleOf({ openTime, trades, folded, base }) {
		if (openTime >= wholeFrom) return folded;
		if (!base) return void 0;
		const after = trades.filter((trade) => trade.venueTime > base.asOf);
		return {
			...base.candle,
			high: Math.max(base.candle.high, folded?.high ?? base.candle.high),
			low: Math.min(base.candle.low, folded?.low ?? base.candle.low),
			close: after.at(-1)?.price ?? base.candle.close,
			volume: after.reduce((volume, trade) => volume + trade.quantity, base.candle.volume)
		};
	}
	return {
		get wholeFrom() {
			return wholeFrom;
		},
		add(trade) {
			const period = put(trade);
			if (period && (!newest || trade.venueTime >= newest.venueTime)) newest = trade;
			if (!liveSince) {
				liveSince = trade;
				wholeFrom = trade.venueTime + 1;
			}
			return period && candleOf(period);
		},
		backfill(trades) {
			const [first] = trades;
			if (!first) return [];
			for (const trade of trades) put(trade);
			const has = (trade) => trades.some(({ id }) => id === trade.id);
			if (liveSince && has(liveSince)) {
				const joins = before !== void 0 && (first.venueTime < before.newest.venueTime || has(before.newest));
				const joined = before && joins ? before.wholeFrom : wholeFrom;
				wholeFrom = Math.min(wholeFrom, first.venueTime + 1, joined);
			}
			return [...periods.values()].sort((a, b) => a.openTime - b.openTime).map(candleOf).filter((candle) => candle !== void 0);
		},
		base(candle, asOf) {
			const period = periodAt(candle.openTime);
			if (!period) return void 0;
			period.base = {
				candle,
				asOf
			};
			return candleOf(period);
		},
		interrupted() {
			if (newest && Number.isFinite(wholeFrom)) before = {
				wholeFrom,
				newest
			};
			wholeFrom = Number.POSITIVE_INFINITY;
			liveSince = void 0;
		}
	};
}
function inOrder(a, b) {
	return a.venueTime - b.venueTime || compareCounts(a.id, b.id);
}
/** Orders ids that count, however long; others stay as they came. */
function compareCounts(a, b) {
	if (!/^\d+$/.test(a) || !/^\d+$/.test(b)) return 0;
	return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
function foldTrades(openTime, trades) {
	const [first, ...others] = trades;
	if (!first) return void 0;
	const { price, quantity: volume } = first;
	const candle = {
		openTime,
		open: price,
		high: price,
		low: price,
		close: price,
		volume,
		closed: false
	};
	return others.reduce(addTrade, candle);
}
function addTrade(candle, { price, quantity }) {
	return {
		...candle,
		high: Math.max(candle.high, price),
		low: Math.min(candle.low, price),
		close: price,
		volume: candle.volume + quantity
	};
}
// src/engine/market/candle-aggregate.ts
var DAY$1 = nominalWidthMs("1d");
/** Whether candles of `short` tile every candle of `long` exactly. */
function divides(short, long) {
	if (short === "1M" || short === "1w" || short === long) return false;
	const length = long === "1M" || long === "1w" ? DAY$1 : nominalWidthMs(long);
	return nominalWidthMs(short) < nominalWidthMs(long) && length % nominalWidthMs(short) === 0;
}
/** The longest of `among` that tiles `of`; `undefined` where none does. */
function largestDivisor(of, among) {
	return among.filter((candidate) => divides(candidate, of)).toSorted((a, b) => nominalWidthMs(b) - nominalWidthMs(a))[0];
}
/** A candle nothing was traded in. */
function flatCandle(openTime, price, closed = true) {
	return {
		openTime,
		open: price,
		high: price,
		low: price,
		close: price,
		volume: 0,
		closed,
		provenance: "built"
	};
}
/** One candle of several that follow one another, oldest first. `undefined` of none. */
function foldCandles(openTime, parts, closed) {
	const traded = parts.filter((part) => part.volume > 0);
	const [first] = traded;
	const last = traded.at(-1);
	if (!first || !last) {
		const price = parts.at(-1)?.close;
		if (price === void 0) return void 0;
		return {
			openTime,
			open: price,
			high: price,
			low: price,
			close: price,
			volume: 0,
			closed
		};
	}
	return {
		openTime,
		open: first.open,
		high: traded.reduce((high, part) => Math.max(high, part.high), first.high),
		low: traded.reduce((low, part) => Math.min(low, part.low), first.low),
		close: last.close,
		volume: traded.reduce((volume, part) => volume + part.volume, 0),
		closed
	};
}
/**
* Candles of `of` made of the shorter ones of `from`, oldest first, marked as built. One that lacks any of its parts is
* left out, except at the end, where the time is not over. `parts` are oldest first and begin where a candle does.
*/
function aggregateCandles(parts, from, of) {
	const groups = Map.groupBy(parts, (part) => openTimeAt(of, part.openTime));
	const lastOpenTime = parts.at(-1)?.openTime;
	const built = [];
	for (const [openTime, group] of groups) {
		const end = nextOpenTime(of, openTime);
		const isLast = lastOpenTime !== void 0 && lastOpenTime < end;
		if (!(isGapless(group, from, openTime) && (isLast || endOf$2(group, from) === end))) continue;
		const candle = foldCandles(openTime, group, endOf$2(group, from) === end && group.every((part) => part.closed));
		if (candle) built.push({
			...candle,
			provenance: "built"
		});
	}
	return built;
}
function isGapless(group, from, openTime) {
	let due = openTime;
	for (const part of group) {
		if (part.openTime !== due) return false;
		due = nextOpenTime(from, due);
	}
	return true;
}
function endOf$2(group, from) {
	return nextOpenTime(from, group.at(-1)?.openTime ?? 0);
}
/**
* The candle of `of` that opens at `openTime`, of the longest parts known from `from` on: `tiers` are longest first, and
* the last reaches the present. `undefined` when nothing is known; what is missing in between is left out and told by `isWhole`.
*/
function coverCandle(of, openTime, from, tiers, until) {
	const parts = [];
	const end = Math.min(until, nextOpenTime(of, openTime));
	const step = tiers.at(-1)?.interval ?? "1m";
	let isWhole = true;
	let at = from;
	while (at < end) {
		const found = tiers.filter(({ interval }) => openTimeAt(interval, at) === at).map(({ interval, get }) => ({
			part: get(at),
			next: nextOpenTime(interval, at)
		})).find(({ part, next }) => part !== void 0 && (part.closed || next >= end));
		if (found?.part) parts.push(found.part);
		else isWhole = false;
		at = found?.next ?? nextOpenTime(step, at);
	}
	const candle = foldCandles(openTime, parts, false);
	return candle && {
		candle,
		isWhole
	};
}
// src/engine/market/candle-close.ts
/** A venue's last word on a candle comes within this time after its end. */
var CLOSE_GRACE_MS = 2500;
/** Flat candles made at once; a longer silence is left to the venue's own answer. */
var MOST_FLAT$1 = 500;
/**
* Ends what the clock says is over: the open candle once `start + interval + grace` has passed, and with `silences` each
* period after it in which nothing was traded, as a flat candle. `now` is the venue's time. Returns the open times that changed.
*/
function closeByClock(series, interval, now, silences) {
	const { newest } = series;
	if (!newest) return [];
	const isOver = (openTime) => nextOpenTime(interval, openTime) + CLOSE_GRACE_MS <= now;
	const closed = isOver(newest.openTime) && series.close(newest.openTime) ? [newest.openTime] : [];
	if (!silences || series.newest?.closed !== true) return closed;
	let end = nextOpenTime(interval, newest.openTime);
	for (let count = 0; isOver(end) && count <= MOST_FLAT$1; count += 1) end = nextOpenTime(interval, end);
	return [...closed, ...fillTo(series, interval, end)];
}
/** Flat candles from the newest one held, which must be closed, up to `end` (exclusive); the open times. */
function fillTo(series, interval, end) {
	const { newest } = series;
	if (!newest?.closed) return [];
	const silent = [];
	for (let at = nextOpenTime(interval, newest.openTime); at < end; at = nextOpenTime(interval, at)) {
		silent.push(at);
		if (silent.length > MOST_FLAT$1) return [];
	}
	for (const at of silent) series.applyLive(flatCandle(at, newest.close), "built");
	return silent;
}
// src/engine/market/candle-tidy.ts
/** No silence is filled longer than this: beyond, an instrument was not traded at all, and a gap says so better. */
var MOST_FLAT = 5e3;
/** What a venue answered, put right: oldest first, each open time once, nothing that cannot be a candle. */
function tidyCandles(candles) {
	const byOpenTime = /* @__PURE__ */ new Map();
	for (const candle of candles) {
		if (!isPossible(candle)) continue;
		const known = byOpenTime.get(candle.openTime);
		if (known && (known.closed !== candle.closed ? known.closed : known.volume >= candle.volume)) continue;
		byOpenTime.set(candle.openTime, candle);
	}
	return {
		candles: [...byOpenTime.values()].sort((a, b) => a.openTime - b.openTime),
		dropped: candles.length - byOpenTime.size
	};
}
function isPossible({ openTime, open, high, low, close, volume }) {
	return Number.isSafeInteger(openTime) && [
		open,
		high,
		low,
		close
	].every((price) => Number.isFinite(price) && price > 0) && volume >= 0 && Number.isFinite(volume) && high >= Math.max(open, close) && low <= Math.min(open, close);
}
/**
* For venues that leave out candles nothing was traded in: the candles with flat ones between them, and after the last
* up to those that end at or before `until`. `before`: the close before the first, where it is known, with what opens next.
*/
function fillSilence(candles, of, until, before) {
	const filled = [];
	let due = before?.openTime;
	let price = before?.close ?? NaN;
	const fillTo = (end) => {
		if (due === void 0) return;
		const flat = [];
		for (let at = due; at < end && flat.length <= MOST_FLAT; at = nextOpenTime(of, at)) flat.push(flatCandle(at, price));
		if (flat.length <= MOST_FLAT) filled.push(...flat);
	};
	for (const candle of candles) {
		fillTo(candle.openTime);
		filled.push(candle);
		due = nextOpenTime(of, candle.openTime);
		price = candle.close;
	}
	if (due !== void 0) {
		let end = due;
		for (let count = 0; count <= 5001 && nextOpenTime(of, end) <= until; count += 1) end = nextOpenTime(of, end);
		fillTo(end);
	}
	return filled;
}
// src/engine/market/candle-load.ts
/** Pages of one range; a month of minutes asked for in one go would be a mistake of ours. */
var MOST_PAGES$2 = 60;
/** A page of candles made of shorter ones costs at most so many calls. */
var PAGES_BUILT = 8;
/** Whether what was remembered up to `openTime` is near enough for the rest to be fetched and joined. */
function isJoinable(openTime, now, interval, maxCandles) {
	return (now - openTime) / nominalWidthMs(interval) <= Math.max(1500, 5 * maxCandles);
}
/** Candles over REST, whatever the venue's answers leave out, double, or cut short. */
function createCandleLoader(options) {
	const { maxCandles, omitsEmpty } = options;
	/** Whether the beginning of an answer can be judged: something stands there, or before it. */
	const isJudged = !omitsEmpty || options.tellsReach;
	async function tidied(query) {
		const { candles, dropped } = tidyCandles(await options.load(query));
		if (dropped > 0) options.onDropped(query.interval, dropped);
		const { from = 0, to = Number.POSITIVE_INFINITY } = query;
		const [first] = candles;
		return {
			candles: candles.filter(({ openTime }) => openTime >= from && openTime <= to),
			isWhole: first !== void 0 && first.openTime < nextOpenTime(query.interval, from)
		};
	}
	/** A range that fits into one answer. What an answer lacks at its beginning is asked for again, as long as that helps. */
	async function whole(query) {
		const candles = [];
		let to = query.to;
		for (let asked = 0; asked < MOST_PAGES$2; asked += 1) {
			const part = await tidied({
				...query,
				...to !== void 0 && { to }
			});
			candles.unshift(...part.candles);
			const [first] = part.candles;
			if (part.isWhole || !isJudged || !first) return {
				candles,
				isWhole: part.isWhole || !isJudged
			};
			if (asked === 0) options.onShort(query.interval);
			to = first.openTime - 1;
		}
		return {
			candles,
			isWhole: false
		};
	}
	/** A period is over for a venue that tells no silence only when a late candle of it could no longer come. */
	const silentUntil = () => options.isNowSure?.() === false ? Number.NEGATIVE_INFINITY : options.now() - CLOSE_GRACE_MS;
	async function* native({ interval, from, to }, before) {
		const window = (maxCandles - 1) * nominalWidthMs(interval);
		let last = before;
		let at = from;
		for (let page = 0; at <= to && page < MOST_PAGES$2; page += 1) {
			const end = Math.min(to, at + window);
			const { candles, isWhole } = await whole({
				interval,
				from: at,
				to: end,
				limit: maxCandles
			});
			const newest = candles.at(-1);
			const next = newest && !omitsEmpty && newest.openTime < end ? nextOpenTime(interval, newest.openTime) : nextOpenTime(interval, openTimeAt(interval, end));
			if (omitsEmpty) {
				if (!isWhole) last = void 0;
				const filled = fillSilence(candles, interval, Math.min(next, silentUntil()), last);
				const known = filled.at(-1);
				if (known) last = {
					openTime: nextOpenTime(interval, known.openTime),
					close: known.close
				};
				yield filled;
			} else yield candles;
			at = next;
		}
	}
	async function* range(query, before) {
		const source = sourceOf(query.interval);
		if (source === query.interval) {
			yield* native(query, before);
			return;
		}
		const from = openTimeAt(query.interval, query.from);
		const to = nextOpenTime(query.interval, openTimeAt(query.interval, query.to)) - 1;
		const parts = [];
		for await (const page of native({
			interval: source,
			from,
			to
		}, before && {
			...before,
			openTime: from
		})) parts.push(...page);
		yield aggregateCandles(parts, source, query.interval).filter(({ openTime }) => openTime >= query.from);
	}
	function sourceOf(interval) {
		if (options.intervals.includes(interval)) return interval;
		return largestDivisor(interval, options.intervals) ?? interval;
	}
	async function page(query) {
		const { interval } = query;
		const source = sourceOf(interval);
		if (source === interval) {
			const { candles } = await tidied({
				...query,
				limit: Math.min(query.limit, maxCandles)
			});
			return omitsEmpty ? fillSilence(candles, interval, Math.min((query.to ?? Infinity) + 1, silentUntil())) : candles;
		}
		const ratio = Math.round(nominalWidthMs(interval) / nominalWidthMs(source));
		const limit = Math.max(1, Math.min(query.limit, Math.floor(PAGES_BUILT * maxCandles / ratio)));
		const to = query.to ?? options.now();
		let from = query.from;
		if (from === void 0) {
			from = openTimeAt(interval, to);
			for (let count = 1; count < limit; count += 1) from = openTimeAt(interval, from - 1);
		}
		const built = [];
		for await (const part of range({
			interval,
			from,
			to
		})) built.push(...part);
		return built.filter(({ openTime }) => openTime <= to).slice(0, limit);
	}
	return {
		range,
		page
	};
}
// src/engine/market/candle-series.ts
/**
* Candles of one instrument and interval, by open time. A closed candle is replaced only by another closed
* one (a correction); an open one by anything newer. Keeps the latest `kept`.
*/
function createCandleSeries(of, kept = 2e3) {
	const byOpenTime = /* @__PURE__ */ new Map();
	/** Ended by our clock, not by the venue's word. */
	const closedHere = /* @__PURE__ */ new Set();
	const lateTaken = /* @__PURE__ */ new Set();
	let newest;
	let knownHoles;
	function set(candle, provenance) {
		if (!byOpenTime.has(candle.openTime)) knownHoles = void 0;
		byOpenTime.set(candle.openTime, {
			...candle,
			provenance
		});
		if (newest === void 0 || candle.openTime > newest) newest = candle.openTime;
	}
	function trim() {
		if (byOpenTime.size <= kept + 200) return;
		knownHoles = void 0;
		const sorted = [...byOpenTime.keys()].sort((a, b) => a - b);
		for (const openTime of sorted.slice(0, sorted.length - kept)) {
			byOpenTime.delete(openTime);
			closedHere.delete(openTime);
			lateTaken.delete(openTime);
		}
	}
	function applyLate(known, candle, isSettled) {
		if (!candle.closed && !closedHere.has(candle.openTime)) return { changed: false };
		const is = {
			...candle,
			closed: true
		};
		if (sameCandle(known, is)) return { changed: false };
		if (!isSettled && closedHere.has(candle.openTime)) {
			set(is, known.provenance);
			return { changed: true };
		}
		const isTaken = !lateTaken.has(candle.openTime);
		lateTaken.add(candle.openTime);
		if (isTaken) set(is, "corrected");
		return {
			changed: isTaken,
			late: {
				was: known,
				is,
				isTaken
			}
		};
	}
	/** One candle of the venue's own answer. */
	function mergeOne(candle, repair, into) {
		const known = byOpenTime.get(candle.openTime);
		if ("provenance" in candle && candle.provenance === "built" && candle.volume === 0 && known && (known.volume > 0 || !candle.closed)) return;
		if (!known) {
			const own = "provenance" in candle ? candle.provenance : void 0;
			set(candle, own ?? (repair && candle.closed ? "backfilled" : "history"));
			if (repair && candle.closed && own === void 0) into.backfilled += 1;
		} else if (!candle.closed) {
			if (known.closed || candle.volume < known.volume || sameCandle(known, candle)) return;
			set(candle, known.provenance);
		} else if (!known.closed) {
			set(candle, repair ? "backfilled" : "history");
			if (repair) into.backfilled += 1;
		} else if (!sameCandle(known, candle)) {
			into.corrections.push({
				was: known,
				is: candle
			});
			set(candle, "corrected");
		} else if (known.provenance === "live" || known.provenance === "built") {
			set(candle, "verified");
			into.verified += 1;
		} else return;
		closedHere.delete(candle.openTime);
		into.changed.push(candle.openTime);
	}
	return {
		applyLive(candle, provenance = "live", isSettled = true) {
			const known = byOpenTime.get(candle.openTime);
			if (known?.closed) return applyLate(known, candle, isSettled);
			const previous = newest === void 0 ? void 0 : byOpenTime.get(newest);
			const changed = known === void 0 || !sameCandle(known, candle) || known.provenance !== provenance;
			if (changed) set(candle, provenance);
			trim();
			if (previous && candle.openTime > previous.openTime) {
				const missedClose = !previous.closed;
				const skipped = nextOpenTime(of, previous.openTime) < candle.openTime;
				if (missedClose || skipped) return {
					changed,
					gapFrom: missedClose ? previous.openTime : nextOpenTime(of, previous.openTime)
				};
			}
			return { changed };
		},
		merge(candles, repair) {
			const into = {
				changed: [],
				backfilled: 0,
				verified: 0,
				corrections: []
			};
			for (const candle of candles) mergeOne(candle, repair, into);
			trim();
			return into;
		},
		close(openTime) {
			const known = byOpenTime.get(openTime);
			if (!known || known.closed) return false;
			closedHere.add(openTime);
			set({
				...known,
				closed: true
			}, known.provenance);
			return true;
		},
		get resumeFrom() {
			if (newest === void 0) return void 0;
			return byOpenTime.get(newest)?.closed ? nextOpenTime(of, newest) : newest;
		},
		unprovenFrom(most) {
			return [...byOpenTime.keys()].sort((a, b) => a - b).slice(-most).find((openTime) => {
				const held = byOpenTime.get(openTime);
				return held?.closed && (held.provenance === "live" || held.provenance === "built");
			});
		},
		get newest() {
			return newest === void 0 ? void 0 : byOpenTime.get(newest);
		},
		holes() {
			knownHoles ??= missingBetween(of, [...byOpenTime.keys()].sort((a, b) => a - b), kept);
			return knownHoles;
		},
		get: (openTime) => byOpenTime.get(openTime),
		all: () => [...byOpenTime.values()].sort((a, b) => a.openTime - b.openTime)
	};
}
/** Open times missing between the given ones (sorted), at most `limit`. */
function missingBetween(of, sorted, limit) {
	const missing = [];
	for (let index = 1; index < sorted.length; index += 1) {
		const until = sorted[index] ?? 0;
		let openTime = nextOpenTime(of, sorted[index - 1] ?? until);
		for (; openTime < until && missing.length < limit; openTime = nextOpenTime(of, openTime)) missing.push(openTime);
	}
	return missing;
}
/** Sums of quantities differ in the last bits by the order they were added in. */
function sameVolume(a, b) {
	return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}
function sameCandle(a, b) {
	return a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close && sameVolume(a.volume, b.volume) && a.closed === b.closed;
}
// src/engine/market/candle-feed.ts
var INITIAL_CANDLES = 500;
var RETRY_MS$3 = 3e3;
var SECOND_MS$3 = 1e3;
/** A venue's REST answers may trail its stream: a candle is compared so long after its end, and many at once. */
var VERIFY_AFTER_MS = 1e4;
var VERIFY_EVERY_MS = 3e4;
/** After a break so many of the last candles are compared with the venue's. */
var COMPARED = 10;
function createCandleFeed(options) {
	const { clock, interval } = options;
	const series = createCandleSeries(interval);
	let receivedAt = NaN;
	/** Undefined: nothing to repair. */
	let repairFrom;
	let isLoading = false;
	let hasInitial = false;
	let isDisposed = false;
	/** Nothing has been heard since a break: REST may answer while the stream is away, and knows nothing of what comes. */
	let isBroken = false;
	let wasAnsweredAway = false;
	let brokenFrom;
	let verifyFrom;
	let verifiedAt = Number.NEGATIVE_INFINITY;
	let cancelRetry = () => void 0;
	let cancelInitialRetry = () => void 0;
	let cancelVerify;
	const stopTicking = clock.every(SECOND_MS$3, tick);
	function changed(openTimes) {
		options.onChange(openTimes);
		const closed = openTimes.map((openTime) => series.get(openTime)).filter((candle) => candle?.closed === true);
		if (closed.length > 0) options.remember?.(closed);
	}
	function needRepair(from) {
		if (isDisposed) return;
		repairFrom = repairFrom === void 0 ? from : Math.min(repairFrom, from);
		repair();
	}
	/** Merges what the venue answered and tells of it; how many were repaired. */
	function merge(candles, isRepair) {
		const merged = series.merge(candles, isRepair);
		if (merged.changed.length > 0) changed(merged.changed);
		for (const correction of merged.corrections) options.onCorrected?.(correction, true);
		const open = candles.at(-1);
		if (open && !open.closed) options.onOpenCandle?.(open, options.now() ?? clock.now());
		return merged.backfilled + merged.corrections.length;
	}
	/** Asks the venue for everything from `from` on, as many answers as that takes. */
	async function loadFrom(from, isRepair) {
		const now = options.now() ?? clock.now();
		const to = Math.max(now, series.newest?.openTime ?? from);
		const previous = series.get(openTimeAt(interval, from - 1));
		const before = previous?.closed ? {
			openTime: from,
			close: previous.close
		} : void 0;
		let repaired = 0;
		for await (const candles of options.loader.range({
			interval,
			from,
			to
		}, before)) {
			if (isDisposed) return repaired;
			repaired += merge(candles, isRepair);
		}
		return repaired;
	}
	async function repair() {
		if (isLoading || isDisposed || !hasInitial || repairFrom === void 0) return;
		isLoading = true;
		cancelRetry();
		const from = repairFrom;
		repairFrom = void 0;
		let repaired = 0;
		let hasFailed = false;
		try {
			repaired = await loadFrom(from, true);
			wasAnsweredAway = isBroken && !options.isTrusted();
			isBroken = wasAnsweredAway;
		} catch (fault) {
			hasFailed = true;
			retryLater(from, fault);
		} finally {
			isLoading = false;
		}
		if (isDisposed) return;
		if (repaired > 0) options.onRepaired(repaired);
		if (repairFrom !== void 0 && !hasFailed) repair();
	}
	function retryLater(from, fault) {
		if (isDisposed) return;
		options.onFault(fault);
		repairFrom = Math.min(from, repairFrom ?? from);
		cancelRetry = clock.after(RETRY_MS$3, () => void repair());
	}
	/** What is on disk is shown at once, unless it is too long ago to be joined; where to go on asking. */
	function recall() {
		const known = options.remembered?.(INITIAL_CANDLES) ?? [];
		const last = known.at(-1);
		const now = options.now() ?? clock.now();
		if (!last || !isJoinable(last.openTime, now, interval, options.maxCandles)) return void 0;
		series.merge(known, false);
		return series.unprovenFrom(COMPARED) ?? last.openTime;
	}
	const recalledTo = recall();
	async function loadInitial() {
		try {
			if (recalledTo !== void 0) await loadFrom(recalledTo, false);
			else merge(await options.loader.page({
				interval,
				limit: INITIAL_CANDLES
			}), false);
			if (isDisposed) return;
			hasInitial = true;
			options.onChange([]);
			repair();
		} catch (fault) {
			if (isDisposed) return;
			options.onFault(fault);
			cancelInitialRetry = clock.after(RETRY_MS$3, () => void loadInitial());
		}
	}
	/** A candle was ended by us, or changed late: the venue's own answer decides. */
	function verifyLater(openTime) {
		verifyFrom = Math.min(verifyFrom ?? openTime, openTime);
		cancelVerify ??= clock.after(Math.max(VERIFY_AFTER_MS, verifiedAt + VERIFY_EVERY_MS - clock.monotonic()), () => {
			cancelVerify = void 0;
			verifiedAt = clock.monotonic();
			const from = verifyFrom;
			verifyFrom = void 0;
			if (from !== void 0) needRepair(from);
		});
	}
	function put(candle, provenance) {
		const previous = series.newest;
		const wasBroken = isBroken;
		isBroken = false;
		if (wasBroken && brokenFrom !== void 0) {
			cancelRetry();
			needRepair(brokenFrom);
		}
		const isNext = previous !== void 0 && candle.openTime > previous.openTime;
		const ended = [];
		if (isNext && options.endsByClock && !wasBroken && hasInitial) {
			if (series.close(previous.openTime)) ended.push(previous.openTime);
			ended.push(...fillTo(series, interval, candle.openTime));
		}
		const now = options.now();
		const isSettled = now === void 0 || now >= nextOpenTime(interval, candle.openTime) + 2500;
		const outcome = series.applyLive(candle, provenance, isSettled);
		if (outcome.late) {
			options.onCorrected?.(outcome.late, outcome.late.isTaken);
			verifyLater(candle.openTime);
		}
		if (outcome.changed || ended.length > 0) changed([...ended, candle.openTime]);
		if (ended[0] !== void 0) verifyLater(ended[0]);
		if (outcome.gapFrom !== void 0) needRepair(outcome.gapFrom);
	}
	function tick() {
		const now = options.now();
		const { newest } = series;
		if (isBroken && wasAnsweredAway && brokenFrom !== void 0 && options.isTrusted()) {
			wasAnsweredAway = false;
			needRepair(brokenFrom);
		}
		if (now === void 0 || !newest || isBroken || !hasInitial) return;
		if (newest.closed && !options.endsByClock) return;
		const due = newest.closed ? nextOpenTime(interval, newest.openTime) : newest.openTime;
		if (nextOpenTime(interval, due) + 2500 > now || !options.isTrusted()) return;
		const ended = closeByClock(series, interval, now, options.endsByClock);
		if (ended[0] === void 0) return;
		changed(ended);
		verifyLater(ended[0]);
	}
	loadInitial();
	return {
		series,
		get receivedAt() {
			return receivedAt;
		},
		holes: () => hasInitial ? series.holes() : [],
		apply(event) {
			receivedAt = event.receivedAt;
			put(event.candle, "live");
		},
		take(candle, at) {
			receivedAt = at;
			put(candle, "built");
		},
		async refresh() {
			if (!hasInitial || isLoading || isDisposed || series.newest === void 0) return;
			isLoading = true;
			try {
				await loadFrom(series.newest.openTime, false);
				receivedAt = clock.now();
			} finally {
				isLoading = false;
				repair();
			}
		},
		interrupted() {
			isBroken = true;
			wasAnsweredAway = false;
			const from = series.unprovenFrom(COMPARED) ?? series.resumeFrom;
			brokenFrom = from;
			if (from === void 0) return;
			cancelRetry();
			cancelRetry = clock.after(RETRY_MS$3, () => needRepair(from));
		},
		dispose() {
			isDisposed = true;
			stopTicking();
			cancelRetry();
			cancelInitialRetry();
			cancelVerify?.();
		}
	};
}
// src/engine/market/candle-rise.ts
var RETRY_MS$2 = 3e3;
/** Well before the minutes that followed the last load are forgotten. */
var RELOAD_MS = 432e5;
var MISSING_RELOAD_MS = 3e4;
/**
* Closed days and hours of the period over REST, minutes from the live series: whatever of the period has passed is
* known exactly, and nothing is counted twice, for no two parts overlap.
*/
function createCandleRise(options) {
	const { interval, clock } = options;
	const tiers = ["1d", "1h"].filter((tier) => divides(tier, interval) && options.intervals.includes(tier)).map((tier) => ({
		interval: tier,
		parts: /* @__PURE__ */ new Map()
	}));
	let loadedAt = Number.NEGATIVE_INFINITY;
	/** Before it nothing was ever traded: the venue, asked for everything since the period began, told nothing older. */
	let beginsAt = Number.NEGATIVE_INFINITY;
	let isLoaded = tiers.length === 0;
	let isLoading = false;
	let isDisposed = false;
	let cancelRetry = () => void 0;
	async function load() {
		if (isLoading || isDisposed) return;
		isLoading = true;
		cancelRetry();
		loadedAt = clock.monotonic();
		try {
			const now = options.now();
			let from = openTimeAt(interval, now);
			let oldest;
			for (const { interval: tier, parts } of tiers) {
				const end = openTimeAt(tier, now);
				for (const openTime of parts.keys()) if (openTime < from) parts.delete(openTime);
				if (end > from) for await (const page of options.loader.range({
					interval: tier,
					from,
					to: end - 1
				})) {
					for (const candle of page) if (candle.closed) parts.set(candle.openTime, candle);
					oldest ??= page[0]?.openTime;
				}
				from = end;
			}
			if (isDisposed) return;
			isLoaded = true;
			beginsAt = oldest ?? from;
			const newest = options.minutes()?.series.newest;
			if (newest) rise(openTimeAt(interval, newest.openTime), newest.openTime);
		} catch (fault) {
			if (isDisposed) return;
			options.onFault(fault);
			cancelRetry = clock.after(RETRY_MS$2, () => void load());
		} finally {
			isLoading = false;
		}
	}
	function rise(openTime, newestMinute) {
		const minutes = options.minutes();
		if (!minutes) return;
		const covered = coverCandle(interval, openTime, Math.max(openTime, tiers.length === 0 ? openTime : beginsAt), [...tiers.map((tier) => ({
			interval: tier.interval,
			get: (at) => tier.parts.get(at)
		})), {
			interval: "1m",
			get: (at) => minutes.series.get(at)
		}], nextOpenTime("1m", newestMinute));
		if (covered?.isWhole) options.onCandle(covered.candle);
		else if (tiers.length > 0 && clock.monotonic() - loadedAt > MISSING_RELOAD_MS) load();
	}
	if (!isLoaded) load();
	return {
		minutesChanged(openTimes) {
			const newest = options.minutes()?.series.newest;
			if (!isLoaded || !newest) return;
			if (tiers.length > 0 && clock.monotonic() - loadedAt > RELOAD_MS) load();
			const present = openTimeAt(interval, newest.openTime);
			const previous = openTimeAt(interval, present - 1);
			const touched = new Set(openTimes.map((openTime) => openTimeAt(interval, openTime)));
			if (touched.has(previous)) rise(previous, newest.openTime);
			if (touched.has(present)) rise(present, newest.openTime);
		},
		dispose() {
			isDisposed = true;
			cancelRetry();
		}
	};
}
// src/engine/market/candle-feeds.ts
function createCandleFeeds(options) {
	const { venue, clock, log, guard, store } = options;
	const { maxCandles } = venue.rest;
	const omitsEmpty = venue.rest.candlesOmitEmpty ?? false;
	const intervals = venue.rest.candleIntervals ?? venue.intervals;
	const opened = /* @__PURE__ */ new Map();
	let isAway = false;
	const serverNow = () => clock.now() + (options.offsetMs() ?? 0);
	const isStreamed = (stream) => venue.channelOf(stream) !== void 0;
	function warn(code, instrument, interval, what, more = {}) {
		log.add("warn", code, `${interval} candles of ${instrument} ${what}`, {
			instrument,
			interval,
			...more
		});
	}
	function loaderOf(instrument) {
		return createCandleLoader({
			intervals,
			maxCandles,
			omitsEmpty,
			tellsReach: venue.rest.candlesTellReach ?? false,
			now: serverNow,
			isNowSure: () => options.offsetMs() !== void 0,
			load: (query) => guard.run("candle", () => options.loadCandles({
				instrument,
				...query,
				now: closedBefore(query.to)
			})),
			onDropped: (interval, count) => warn("candles.untidy", instrument, interval, `were doubled or impossible: ${count}`, { count }),
			onShort: (interval) => warn("candles.short", instrument, interval, "were fewer than promised, the rest is asked for again")
		});
	}
	/**
	* A fast clock would call the candle still open closed, and what the stream says of it would be ignored: while the
	* venue's clock is not measured, the latest candle counts as open. The stream, or a repair, closes it.
	*/
	function closedBefore(to) {
		return (to === void 0 || to > clock.now() - PRESENT_MS) && options.offsetMs() === void 0 ? 0 : serverNow();
	}
	function told(correction, isTaken, { instrument, interval }) {
		const { was, is } = correction;
		const shown = (candle) => `${candle.open}/${candle.high}/${candle.low}/${candle.close} ${candle.volume}`;
		log.add(isTaken ? "info" : "warn", isTaken ? "candles.corrected" : "candles.late", `${interval} candle of ${instrument} at ${was.openTime}: ${shown(was)} ${isTaken ? "became" : "is not changed a second time by the stream to"} ${shown(is)}`, {
			instrument,
			interval,
			openTime: was.openTime,
			was: shown(was),
			is: shown(is)
		});
	}
	function open(stream) {
		const { instrument, interval } = stream;
		const text = streamKeyText(stream);
		const root = rootOf(stream);
		const loader = loaderOf(instrument);
		const isOwn = root === stream;
		const builder = root.kind === "trade" && interval === "1m" ? createCandleBuilder(interval) : void 0;
		const key = {
			instrument,
			interval
		};
		const feed = createCandleFeed({
			...key,
			clock,
			loader,
			maxCandles,
			now: () => options.offsetMs() === void 0 ? void 0 : serverNow(),
			endsByClock: !isOwn || omitsEmpty,
			isTrusted: () => ["live", "late"].includes(options.streamState(root) ?? "pending"),
			...store ? {
				remembered: (limit) => store.read(key, limit),
				remember: (candles) => store.put(key, candles)
			} : {},
			...builder ? { onOpenCandle(candle, asOf) {
				const built = builder.base(candle, asOf);
				if (built) feed.take(built, clock.now());
			} } : {},
			onChange: (openTimes) => changed(stream, openTimes),
			onRepaired(count) {
				log.add("info", "candles.repaired", `${count} ${interval} candles of ${instrument} repaired`, {
					instrument,
					interval,
					count
				});
				options.onFact({
					kind: "candles-repaired",
					stream: text,
					count
				});
			},
			onCorrected: (correction, isTaken) => told(correction, isTaken, stream),
			onFault: (fault) => report(fault, instrument)
		});
		opened.set(text, {
			stream,
			feed,
			builder
		});
		const undo = [() => feed.dispose(), () => opened.delete(text)];
		if (!isOwn) undo.push(...rising(stream, feed, loader, root));
		return () => {
			for (const one of undo) one();
		};
	}
	/** What a built feed is fed by. */
	function rising(stream, feed, loader, root) {
		const { instrument, interval } = stream;
		if (interval === "1m") {
			const letGo = options.hold(root);
			options.lookAtTape(instrument);
			return [letGo];
		}
		const letGo = options.hold({
			kind: "candle",
			instrument,
			interval: "1m"
		});
		const rise = createCandleRise({
			interval,
			intervals,
			clock,
			now: serverNow,
			minutes: () => get(instrument, "1m"),
			loader,
			onCandle: (candle) => feed.take(candle, get(instrument, "1m")?.receivedAt ?? clock.now()),
			onFault: (fault) => report(fault, instrument)
		});
		rises.set(streamKeyText(stream), rise);
		return [
			() => rise.dispose(),
			() => rises.delete(streamKeyText(stream)),
			letGo
		];
	}
	const rises = /* @__PURE__ */ new Map();
	function changed({ instrument, interval }, openTimes) {
		options.onChange(instrument, interval, openTimes);
		if (interval !== "1m" || rises.size === 0) return;
		for (const [text, rise] of rises) if (text.endsWith(` ${instrument}`)) rise.minutesChanged(openTimes);
	}
	/** The venue speaks again after a break: its REST side is worth a try as well. */
	function returned() {
		if (isAway) guard.hurry();
		isAway = false;
	}
	function report(fault, instrument) {
		if (fault instanceof HeartlineError && fault.code === "rest.circuit") return;
		options.onFault(fault, instrument);
	}
	function rootOf(stream) {
		if (isStreamed(stream)) return stream;
		const { instrument } = stream;
		const minute = {
			kind: "candle",
			instrument,
			interval: "1m"
		};
		return isStreamed(minute) ? minute : {
			kind: "trade",
			instrument
		};
	}
	function get(instrument, interval) {
		return opened.get(streamKeyText({
			kind: "candle",
			instrument,
			interval
		}))?.feed;
	}
	function minutesOf(instrument) {
		return opened.get(streamKeyText({
			kind: "candle",
			instrument,
			interval: "1m"
		}));
	}
	/** The run on disk that answers the query, however short; empty where it would not join the present. */
	function recall({ instrument, interval, from, to, limit }) {
		if (from !== void 0 || !store) return [];
		const known = store.read({
			instrument,
			interval
		}, Math.min(limit, MOST_ROWS), to === void 0 ? void 0 : to + 1);
		const newest = known.at(-1);
		if (!newest) return [];
		return to !== void 0 || isJoinable(newest.openTime, serverNow(), interval, maxCandles) ? known : [];
	}
	async function load(query) {
		const { instrument, interval, from, to } = query;
		const key = {
			instrument,
			interval
		};
		const limit = Math.min(query.limit, MOST_ROWS);
		const known = recall(query);
		const [oldest] = known;
		const page = await loaderOf(instrument).page({
			...key,
			...from === void 0 ? {} : { from },
			...oldest ? { to: oldest.openTime - 1 } : to === void 0 ? {} : { to },
			limit: Math.max(1, limit - known.length)
		});
		store?.put(key, page.map((candle) => ({
			provenance: "history",
			...candle
		})));
		return [...page, ...known];
	}
	return {
		open,
		get,
		rootOf,
		recall,
		load,
		apply(event) {
			returned();
			get(event.instrument, event.interval)?.apply(event);
		},
		trade(event) {
			returned();
			const minutes = minutesOf(event.instrument);
			const candle = minutes?.builder?.add(event);
			if (candle) minutes?.feed.take(candle, event.receivedAt);
		},
		tradesLoaded(instrument, trades) {
			const minutes = minutesOf(instrument);
			for (const candle of minutes?.builder?.backfill(trades) ?? []) minutes?.feed.take(candle, clock.now());
		},
		interrupted(stream) {
			isAway = true;
			const text = streamKeyText(stream);
			for (const { stream: own, feed, builder } of opened.values()) {
				if (own.instrument !== stream.instrument || streamKeyText(rootOf(own)) !== text) continue;
				builder?.interrupted();
				feed.interrupted();
			}
		}
	};
}
var PRESENT_MS = 6e5;
/** Most candles of one page from disk. */
var MOST_ROWS = 5e3;
// src/engine/market/candle-health.ts
/** A stream is no better than the connection it comes over. */
var UP = [
	"live",
	"degraded",
	"rotating"
];
var COMING = [
	"idle",
	"connecting",
	"authenticating",
	"subscribing"
];
/** `undefined` where nothing is known of it. */
function streamStateIn(connections, stream) {
	const text = streamKeyText(stream);
	for (const { state, streams } of connections) {
		const row = streams.find((one) => one.stream === text);
		if (!row) continue;
		if (UP.includes(state.kind)) return row.state;
		return COMING.includes(state.kind) ? "pending" : "stale";
	}
}
/** It has said nothing yet on a connection that is up: that others speak there is all that is known. */
function isUnheardIn(connections, stream) {
	const text = streamKeyText(stream);
	return connections.some(({ state, streams }) => UP.includes(state.kind) && streams.some((row) => row.stream === text && row.state === "pending"));
}
/** Candles made of another stream are as healthy as that one: a row for each beside it. `held`: texts of all held streams. */
function withBuiltCandles(connections, held, rootOf) {
	const builtOf = /* @__PURE__ */ new Map();
	for (const text of held) {
		if (!text.startsWith("candle:")) continue;
		const stream = parseStreamKey(text);
		const root = stream.kind === "candle" ? streamKeyText(rootOf(stream)) : text;
		if (root !== text) builtOf.set(root, [...builtOf.get(root) ?? [], text]);
	}
	if (builtOf.size === 0) return connections;
	return connections.map((connection) => ({
		...connection,
		streams: connection.streams.flatMap((row) => [row, ...(builtOf.get(row.stream) ?? []).map((stream) => ({
			...row,
			stream
		}))])
	}));
}
// src/engine/market/consistency.ts
var BOUNDS = {
	jump: .2,
	backMs: 1e3,
	withinMs: 1e4
};
var MOST$1 = 0xe8d4a51000;
/** `previous`: the last figure of the same kind and instrument that was used, from whichever source. Pure. */
function checkConsistency(previous, next, bounds = BOUNDS) {
	const was = previous === void 0 ? NaN : priceOf(previous);
	const is = priceOf(next);
	const wrong = pricesOf(next).find((price) => !(price > 0 && price <= MOST$1));
	if (wrong !== void 0) return {
		kind: "out-of-range",
		was,
		is: wrong,
		isRefused: true
	};
	if (next.kind === "top" && hasBothSides(next) && next.bidPrice >= next.askPrice) return {
		kind: "crossed",
		was: next.bidPrice,
		is: next.askPrice,
		isRefused: true
	};
	if (!previous || next.receivedAt - previous.receivedAt > bounds.withinMs) return void 0;
	if ((next.kind === "ticker" || next.kind === "mark") && next.venueTime < previous.venueTime - bounds.backMs) return {
		kind: "backwards",
		was: previous.venueTime,
		is: next.venueTime,
		isRefused: true
	};
	if (Math.abs(is / was - 1) > bounds.jump) return {
		kind: "jump",
		was,
		is,
		isRefused: false
	};
}
function hasBothSides(top) {
	return top.bidPrice > 0 && top.askPrice > 0;
}
/** The prices without which the figure means nothing. */
function pricesOf(figure) {
	switch (figure.kind) {
		case "ticker": return [figure.last];
		case "trade": return [figure.price];
		case "mark": return [figure.markPrice];
		case "top": return [...isNoSide(figure.bidPrice, figure.bidQuantity) ? [] : [figure.bidPrice], ...isNoSide(figure.askPrice, figure.askQuantity) ? [] : [figure.askPrice]];
	}
}
function isNoSide(price, quantity) {
	return price === 0 && quantity === 0;
}
function priceOf(figure) {
	switch (figure.kind) {
		case "ticker": return figure.last;
		case "trade": return figure.price;
		case "mark": return figure.markPrice;
		case "top": return hasBothSides(figure) ? (figure.bidPrice + figure.askPrice) / 2 : NaN;
	}
}
// src/engine/market/figure-watch.ts
var LOG_EVERY_MS = 6e4;
function createFigureWatch(options) {
	const { clock, log, venue } = options;
	const last = {
		ticker: /* @__PURE__ */ new Map(),
		top: /* @__PURE__ */ new Map(),
		trade: /* @__PURE__ */ new Map(),
		mark: /* @__PURE__ */ new Map()
	};
	const loggedAt = /* @__PURE__ */ new Map();
	function tell(figure, { kind, was, is, isRefused }) {
		const now = clock.monotonic();
		const text = `${kind} ${figure.kind}`;
		if (now - (loggedAt.get(text) ?? Number.NEGATIVE_INFINITY) < LOG_EVERY_MS) return;
		loggedAt.set(text, now);
		log.add("warn", `data.${kind}`, `${figure.kind} of ${figure.instrument}: ${kind}, ${was} then ${is}${isRefused ? ", not used" : ""}`, {
			venue,
			instrument: figure.instrument,
			figure: figure.kind,
			was: String(was),
			is: String(is)
		});
	}
	return {
		admits(figure) {
			const known = last[figure.kind];
			const finding = checkConsistency(known.get(figure.instrument), figure);
			if (finding) tell(figure, finding);
			if (finding?.isRefused) return false;
			known.set(figure.instrument, figure);
			return true;
		},
		forget(kind, instrument) {
			if (kind in last) last[kind].delete(instrument);
		}
	};
}
// src/engine/net/circuit-breaker.ts
/** Reliability law G16: five failures in a minute, three seconds of quiet, then one probe decides. No timers of its own. */
function createCircuitBreaker(options) {
	const { clock, failures = 5, withinMs = 6e4 } = options;
	const { firstOpenMs = 3e3, longestOpenMs = 6e4 } = options;
	let openMs = firstOpenMs;
	let failedAt = [];
	/** Monotonic; `undefined` while closed. */
	let openedAt;
	let isProbing = false;
	function stateNow() {
		if (openedAt === void 0) return "closed";
		return clock.monotonic() - openedAt < openMs ? "open" : "half-open";
	}
	function open(forMs) {
		openMs = Math.min(forMs, longestOpenMs);
		openedAt = clock.monotonic();
		isProbing = false;
		failedAt = [];
		options.onState?.("open");
	}
	return {
		get state() {
			return stateNow();
		},
		get probeInMs() {
			return openedAt === void 0 ? 0 : Math.max(0, openedAt + openMs - clock.monotonic());
		},
		tryPass() {
			switch (stateNow()) {
				case "closed": return true;
				case "open": return false;
				case "half-open":
					if (isProbing) return false;
					isProbing = true;
					options.onState?.("half-open");
					return true;
			}
		},
		succeeded() {
			if (openedAt !== void 0 && !isProbing) return;
			const wasOpen = openedAt !== void 0;
			openedAt = void 0;
			isProbing = false;
			if (wasOpen) {
				failedAt = [];
				options.onState?.("closed");
			}
		},
		hurry() {
			if (openedAt !== void 0) openedAt = clock.monotonic() - openMs;
		},
		failed() {
			if (openedAt !== void 0) {
				if (isProbing) open(openMs * 2);
				return;
			}
			const now = clock.monotonic();
			failedAt = [...failedAt.filter((at) => at > now - withinMs), now];
			if (failedAt.length >= failures) open(firstOpenMs);
		}
	};
}
// src/engine/market/rest-guard.ts
function createRestGuard(options) {
	const { clock, log, venue } = options;
	const breakerOf = (kind) => createCircuitBreaker({
		clock,
		onState(state) {
			if (state === "half-open") return;
			log.add(state === "open" ? "warn" : "info", `rest.circuit-${state}`, `${venue} ${kind} over REST: ${state === "open" ? "fails again and again, left alone for a while" : "answers again"}`, {
				venue,
				kind
			});
		}
	});
	const breakers = {
		ticker: breakerOf("ticker"),
		book: breakerOf("book"),
		trade: breakerOf("trade"),
		candle: breakerOf("candle")
	};
	return {
		async run(kind, work) {
			const breaker = breakers[kind];
			if (!breaker.tryPass()) throw new HeartlineError("rest.circuit", `${venue} ${kind} over REST is left alone for a while`, { details: {
				venue,
				kind,
				retryAfterMs: Math.round(breaker.probeInMs)
			} });
			try {
				const answer = await work();
				breaker.succeeded();
				return answer;
			} catch (fault) {
				if (isAboutQuestion(fault)) breaker.succeeded();
				else if (!isOrder(fault) || breaker.state !== "closed") breaker.failed();
				throw fault;
			}
		},
		stateOf: (kind) => breakers[kind].state,
		hurry() {
			for (const breaker of Object.values(breakers)) breaker.hurry();
		}
	};
}
/** Refused for what was asked, by a server that works. */
function isAboutQuestion(fault) {
	return fault instanceof HeartlineError && fault.code === "rest.refused" && Number(fault.details["status"]) < 500;
}
function isOrder(fault) {
	return fault instanceof HeartlineError && [
		"rest.rate-limit",
		"rest.ban",
		"rest.silent"
	].includes(fault.code);
}
// src/engine/net/connection-gate.ts
/**
* Two openings a window apart may reach the venue closer together: the network delays them unequally. So the window is
* taken a little longer than the venue counts it.
*/
var JITTER_MS$1 = 250;
/** A probe nobody heard of again must not hold the others for ever. */
var PROBE_MS = 1e4;
/** `limit`: the venue's own, connections per sliding window. */
function createConnectionGate(clock, limit) {
	const spanMs = limit.windowMs + JITTER_MS$1;
	let enteredAt = [];
	let waiting = [];
	let silentUntil = Number.NEGATIVE_INFINITY;
	let isNarrow = false;
	let probedAt = Number.NEGATIVE_INFINITY;
	let cancelTimer;
	/** Until whoever stands at `place` of the queue may enter. */
	function waitMs(place) {
		if (place >= limit.count) return waitMs(place - limit.count) + spanMs;
		const now = clock.monotonic();
		const before = enteredAt[enteredAt.length - limit.count + place];
		const own = before === void 0 ? 0 : before + spanMs - now;
		const probe = isNarrow ? probedAt + PROBE_MS - now : 0;
		return Math.max(0, own, probe, silentUntil - now);
	}
	function tell() {
		for (const [place, entry] of waiting.entries()) entry.onWait(waitMs(place));
	}
	function pump() {
		cancelTimer?.();
		cancelTimer = void 0;
		while (waiting.length > 0 && waitMs(0) === 0) {
			const [next, ...rest] = waiting;
			waiting = rest;
			const now = clock.monotonic();
			enteredAt = [...enteredAt.filter((at) => at + spanMs > now), now];
			if (isNarrow) probedAt = now;
			next?.open();
		}
		if (waiting.length > 0) cancelTimer = clock.after(Math.max(1, waitMs(0)), pump);
	}
	return {
		enter(open, onWait) {
			const entry = {
				open,
				onWait
			};
			waiting = [...waiting, entry];
			if (waiting.length === 1) pump();
			const place = waiting.indexOf(entry);
			if (place >= 0) onWait(waitMs(place));
			return () => {
				waiting = waiting.filter((other) => other !== entry);
				if (waiting.length === 0) {
					cancelTimer?.();
					cancelTimer = void 0;
				}
			};
		},
		silence(forMs) {
			silentUntil = Math.max(silentUntil, clock.monotonic() + forMs);
			pump();
			tell();
		},
		narrow() {
			isNarrow = true;
			probedAt = Number.NEGATIVE_INFINITY;
		},
		widen() {
			if (!isNarrow) return;
			isNarrow = false;
			pump();
		},
		dispose() {
			waiting = [];
			cancelTimer?.();
		}
	};
}
// src/engine/market/frame-circuit.ts
var FAILURES = 5;
var WITHIN_MS = 6e4;
var FIRST_MS = 3e3;
var CAP_MS = 6e4;
/** After the silence one connection is tried; its first good data frame lets the others follow. */
function createFrameCircuit(options) {
	const { clock, gate } = options;
	let failedAt = [];
	/** Times it opened since it last held for a minute. */
	let openings = 0;
	let state = "closed";
	let closedAt = Number.NEGATIVE_INFINITY;
	let cancel = () => void 0;
	function open(reason) {
		openings = state === "closed" && clock.monotonic() - closedAt > WITHIN_MS ? 1 : openings + 1;
		const forMs = Math.min(FIRST_MS * 2 ** Math.min(openings - 1, 10), CAP_MS);
		state = "open";
		failedAt = [];
		cancel();
		cancel = clock.after(forMs, () => {
			state = "half-open";
		});
		gate.silence(forMs);
		gate.narrow();
		options.onOpen(forMs, reason);
	}
	return {
		get isClosed() {
			return state === "closed";
		},
		failed(reason) {
			const now = clock.monotonic();
			failedAt = [...failedAt.filter((at) => at > now - WITHIN_MS), now];
			if (state === "half-open" || state === "closed" && failedAt.length >= FAILURES) open(reason);
		},
		passed() {
			if (state !== "half-open") return;
			state = "closed";
			closedAt = clock.monotonic();
			failedAt = [];
			gate.widen();
			options.onClosed();
		},
		dispose: () => cancel()
	};
}
// src/engine/market/market-tempo.ts
/** Below this share of their usual rate they have. In the one recorded hush they came to a tenth. */
var HUSHED_SHARE = .35;
function createMarketTempo() {
	const byInstrument = /* @__PURE__ */ new Map();
	function busiest({ instrument }, pulse, now) {
		let most;
		for (const other of byInstrument.get(instrument) ?? []) {
			const tempo = other === pulse ? void 0 : other.tempoAt(now);
			if (tempo !== void 0) most = Math.max(most ?? 0, tempo);
		}
		return most;
	}
	return {
		join({ instrument }, pulse) {
			const pulses = byInstrument.get(instrument) ?? /* @__PURE__ */ new Set();
			byInstrument.set(instrument, pulses.add(pulse));
			return () => {
				pulses.delete(pulse);
				if (pulses.size === 0 && byInstrument.get(instrument) === pulses) byInstrument.delete(instrument);
			};
		},
		isHushed: (key, pulse, now) => (busiest(key, pulse, now) ?? 1) < HUSHED_SHARE,
		isMoving: (key, pulse, now) => (busiest(key, pulse, now) ?? 0) >= HUSHED_SHARE
	};
}
// src/engine/market/arrival-lag.ts
var SECONDS$1 = 3;
var LEAST_EVENTS = 3;
/** Where there is always something to hear, few events are no excuse: a starved link brings one in seconds, ever later. */
var SECONDS_WHERE_BUSY = 20;
/**
* The fastest arrival counts: what waited in a queue of ours, or a quiet instrument's old figure sent anew, makes single
* events look late, but a connection whose fastest event is late is late. Judged over three seconds; where there is
* `alwaysSomething` to hear, over as many as it takes to hear three events.
*/
function createArrivalLag(alwaysSomething = false) {
	const kept = alwaysSomething ? SECONDS_WHERE_BUSY : SECONDS$1;
	let fastest = Number.POSITIVE_INFINITY;
	let events = 0;
	let window = [];
	return {
		note({ kind, venueTime }, receivedAt, offsetMs) {
			if (offsetMs === void 0 || kind === "ticker" || kind === "mark" || kind === "candle") return;
			const lag = receivedAt + offsetMs - venueTime;
			if (lag < fastest) fastest = lag;
			events += 1;
		},
		second() {
			window = [...window.slice(1 - kept), {
				fastest,
				events
			}];
			fastest = Number.POSITIVE_INFINITY;
			events = 0;
		},
		get lagMs() {
			let count = 0;
			let lag = Number.POSITIVE_INFINITY;
			for (const [age, second] of window.toReversed().entries()) {
				if (age >= SECONDS$1 && count >= LEAST_EVENTS) break;
				count += second.events;
				lag = Math.min(lag, second.fastest);
			}
			return count < LEAST_EVENTS ? void 0 : lag;
		}
	};
}
/** Either the data is wrong or our idea of the venue's clock: worth comparing the clocks anew. */
function isDoubtful(lagMs) {
	return lagMs !== void 0 && (lagMs > 2e3 || lagMs < -500);
}
// src/engine/market/judge-connection.ts
/**
* Bounds for a whole connection, ms. Where the venue names a canary there is always something to hear, so silence soon
* means trouble, also on a young connection whose streams have shown no rhythm yet.
*/
function silenceBounds(venue) {
	const staleAfterMs = venue.limits.staleAfterMs;
	return venue.canaryOf ? {
		lateAfterMs: 7e3,
		staleAfterMs: 12e3
	} : {
		lateAfterMs: staleAfterMs / 2,
		staleAfterMs
	};
}
/** What one stream is worth. No stream is better than the connection it comes over. */
function judgeStream(stream, isOpen, now, data) {
	const { pulse } = stream;
	if (!isOpen) return pulse.lastReceivedAt === void 0 ? "pending" : "stale";
	const own = ownState(stream, now);
	if (own === "pending" || own === "stale" || data.state === "live") return own;
	return data.state;
}
/** What one stream is worth by itself. Only where it looks late are the others asked whether the market holds its breath. */
function ownState({ pulse, isHushed }, now) {
	const state = pulse.stateAt(now);
	return state === "live" || state === "pending" ? state : pulse.stateAt(now, isHushed(now));
}
/** What a connection is worth: its link, then the worst of its streams. `now` monotonic ms. */
function judgeConnection(link, streams, now, data) {
	if (link.kind !== "open") return link;
	if (streams.length === 0) return { kind: "live" };
	if (streams.every((stream) => stream.pulse.firstAt === void 0)) return { kind: "subscribing" };
	const some = (state) => streams.find((stream) => ownState(stream, now) === state);
	const silence = (detail) => ({
		code: "socket.silent",
		detail
	});
	const stale = some("stale");
	if (stale) return {
		kind: "stale",
		cause: silence(streamKeyText(stale.key))
	};
	if (data.state === "stale") return {
		kind: "stale",
		cause: silence("no data on any stream")
	};
	const late = some("late");
	if (late) return {
		kind: "degraded",
		cause: silence(streamKeyText(late.key))
	};
	if (data.lagMs !== void 0) return {
		kind: "degraded",
		cause: {
			code: "socket.slow",
			detail: `data arrives ${Math.round(data.lagMs / 100) / 10} s late`
		}
	};
	if (data.state === "late") return {
		kind: "degraded",
		cause: silence("no data on any stream")
	};
	if (streams.find((stream) => stream.pulse.firstAt === void 0 && stream.pulse.isCanary)) return { kind: "subscribing" };
	return { kind: "live" };
}
function sameState(a, b) {
	return a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);
}
// src/engine/market/stream-pulse.ts
var RATE_WINDOW_S = 10;
var LATE_FLOOR_MS$1 = 4e3;
var STALE_FLOOR_MS = 8e3;
var LATE_NOMINAL = 3;
var STALE_NOMINAL = 5;
/**
* A stream found silent at a random moment stays so for E[g²]/E[g] on average, g being its gaps: twice the mean gap
* where frames come by chance, much more where they come in bursts. Over all recorded sessions no gap of a busy stream
* in a market on the move was longer than six of these.
*/
var LATE_SPELLS = 12;
var STALE_SPELLS = 24;
/** A stream slower than this on average is quiet: its own silence proves nothing. */
var BUSY_GAP_MS = 500;
/** A rhythm is known after so many frames over so long: a burst alone is none. */
var LEARNED_FRAMES = 20;
var LEARNED_MS = 3e3;
/** What was learned counts half as much after about a minute and a half. */
var MEMORY_MS = 12e4;
/** However bursty, a busy stream silent for this long is not believed. */
var STALE_CEILING_MS = 3e4;
/** In a hush a silence has to be so many times as long. */
var HUSH = 3;
/** Who has been silent this long itself is no witness. */
var WITNESS_MS = 6e3;
function createStreamPulse(nominalRhythmMs) {
	let frames = 0;
	/** Sums over the remembered gaps: their number, lengths and squares. */
	let gaps = 0;
	let lengths = 0;
	let squares = 0;
	let watchedMs = 0;
	let lastAt;
	let firstAt;
	let lastWallAt;
	let counted = 0;
	const perSecond = [];
	const isBusy = () => frames >= LEARNED_FRAMES && watchedMs >= LEARNED_MS && gaps > 0 && lengths / gaps <= BUSY_GAP_MS;
	/** Ages from which it is late and stale; `undefined` where silence proves nothing. */
	function bounds() {
		if (nominalRhythmMs !== void 0) return [Math.max(LATE_FLOOR_MS$1, LATE_NOMINAL * nominalRhythmMs), Math.max(STALE_FLOOR_MS, STALE_NOMINAL * nominalRhythmMs)];
		if (!isBusy()) return void 0;
		const spellMs = squares / lengths;
		return [Math.min(Math.max(LATE_FLOOR_MS$1, LATE_SPELLS * spellMs), STALE_CEILING_MS), Math.min(Math.max(STALE_FLOOR_MS, STALE_SPELLS * spellMs), STALE_CEILING_MS)];
	}
	return {
		note(at, wallAt) {
			if (lastAt !== void 0) {
				const gap = at - lastAt;
				const kept = Math.max(0, 1 - gap / MEMORY_MS);
				watchedMs += gap;
				gaps = gaps * kept + 1;
				lengths = lengths * kept + gap;
				squares = squares * kept + gap * gap;
			}
			firstAt ??= at;
			lastAt = at;
			lastWallAt = wallAt;
			frames += 1;
			counted += 1;
		},
		reset() {
			lastAt = void 0;
			firstAt = void 0;
		},
		second() {
			perSecond.push(counted);
			counted = 0;
			if (perSecond.length > RATE_WINDOW_S) perSecond.shift();
		},
		stateAt(now, isHushed = false) {
			if (lastAt === void 0) return "pending";
			const age = now - lastAt;
			if (age <= LATE_FLOOR_MS$1) return "live";
			const known = bounds();
			if (!known) return "live";
			const patience = isHushed && nominalRhythmMs === void 0 ? HUSH : 1;
			if (age > Math.min(known[1] * patience, STALE_CEILING_MS)) return "stale";
			return age > known[0] * patience ? "late" : "live";
		},
		tempoAt(now) {
			if (nominalRhythmMs !== void 0 || lastAt === void 0 || now - lastAt > WITNESS_MS || !isBusy()) return;
			return perSecond.slice(-3).reduce((sum, count) => sum + count, counted) / (gaps / lengths * 3.5 * 1e3);
		},
		get perSecond() {
			if (perSecond.length === 0) return 0;
			return perSecond.reduce((sum, count) => sum + count, 0) / perSecond.length;
		},
		get lastReceivedAt() {
			return lastWallAt;
		},
		get firstAt() {
			return firstAt;
		},
		get isCanary() {
			return nominalRhythmMs !== void 0 || isBusy();
		}
	};
}
// src/engine/market/data-silence.ts
/** Below every bound there is. */
var NEVER_LATE_MS = 4e3;
/** Judged by the bounds of the venue and, once everything together has shown a rhythm, by that as well. */
function createDataSilence(clock, venue) {
	const bounds = silenceBounds(venue);
	const whole = createStreamPulse(void 0);
	let heardAt = clock.monotonic();
	let lastDataAt;
	function at(now) {
		const silentMs = now - heardAt;
		const byRhythm = whole.stateAt(now);
		if (silentMs > bounds.staleAfterMs || byRhythm === "stale") return {
			silentMs,
			state: "stale"
		};
		return {
			silentMs,
			state: silentMs > bounds.lateAfterMs || byRhythm === "late" ? "late" : "live"
		};
	}
	return {
		heard(now, receivedAt) {
			heardAt = now;
			lastDataAt = receivedAt;
			whole.note(now, receivedAt);
		},
		opened() {
			heardAt = clock.monotonic();
			whole.reset();
		},
		began() {
			heardAt = clock.monotonic();
		},
		second: () => whole.second(),
		at,
		isReturn(now) {
			if (now - heardAt < NEVER_LATE_MS) return false;
			return at(now).state !== "live";
		},
		get lastDataAt() {
			return lastDataAt;
		}
	};
}
// src/engine/market/recent-trades.ts
/** A generation holds at least so many, and is at least so old: longer than two sockets of one venue ever lag behind each other. */
var LEAST$1 = 64;
var LEAST_MS$1 = 1e4;
/** Whatever its age: a flood must not be remembered whole. */
var MOST = 4096;
function createRecentTrades() {
	const byInstrument = /* @__PURE__ */ new Map();
	return {
		add({ instrument, id, receivedAt }) {
			let known = byInstrument.get(instrument);
			if (!known) {
				known = {
					ids: /* @__PURE__ */ new Set(),
					before: /* @__PURE__ */ new Set(),
					since: receivedAt
				};
				byInstrument.set(instrument, known);
			}
			if (known.ids.has(id) || known.before.has(id)) return false;
			known.ids.add(id);
			const { size } = known.ids;
			const isOld = Math.abs(receivedAt - known.since) >= LEAST_MS$1;
			if (size >= MOST || size >= LEAST$1 && isOld) {
				known.before = known.ids;
				known.ids = /* @__PURE__ */ new Set();
				known.since = receivedAt;
			}
			return true;
		},
		has({ instrument, id }) {
			const known = byInstrument.get(instrument);
			return known !== void 0 && (known.ids.has(id) || known.before.has(id));
		},
		forget: (instrument) => void byInstrument.delete(instrument)
	};
}
// src/engine/market/handover.ts
/** Beyond this the new socket is not ahead, the old one is dead; the rotation ends by its deadline. */
var MOST_KEPT$1 = 5e3;
/** The last words on a state; a candle's closing one may be followed by others. */
var LAST_WORDS = 8;
function createHandover(key, rule, isKnownTrade) {
	if (key.kind === "trade") return ofTrades(isKnownTrade);
	if (key.kind !== "book") return ofState();
	return rule.snapshot === "rest" ? ofChain() : ofSnapshots();
}
/** Joined once both have told the same trade: what the new one told after it is all there is. */
function ofTrades(isKnown) {
	const kept = /* @__PURE__ */ new Map();
	let isHeard = false;
	let isJoined = false;
	return {
		heard(event) {
			if (event.kind !== "trade") return;
			isHeard = true;
			if (isKnown(event)) isJoined = true;
			else if (kept.size < MOST_KEPT$1) kept.set(event.id, event);
		},
		delivered(event) {
			if (event.kind === "trade" && kept.delete(event.id)) isJoined = true;
		},
		get isHeard() {
			return isHeard;
		},
		get isJoined() {
			return isJoined && kept.size < MOST_KEPT$1;
		},
		rest: () => [...kept.values()]
	};
}
/** Deltas of one chain, the same on both sockets: joined once the old one has reached where the new one began. */
function ofChain() {
	let kept = [];
	let deliveredId = Number.NEGATIVE_INFINITY;
	let isHeard = false;
	let isJoined = false;
	const prune = () => {
		const first = kept[0];
		if (first === void 0 || first.lastUpdateId > deliveredId) return;
		isJoined = true;
		kept = kept.filter((event) => event.lastUpdateId > deliveredId);
	};
	return {
		heard(event) {
			if (event.kind !== "book-delta") return;
			isHeard = true;
			if (event.lastUpdateId <= deliveredId) isJoined = true;
			else if (kept.length < MOST_KEPT$1) kept.push(event);
		},
		delivered(event) {
			if (event.kind !== "book-delta") return;
			deliveredId = event.lastUpdateId;
			prune();
		},
		get isHeard() {
			return isHeard;
		},
		get isJoined() {
			return isJoined && kept.length < MOST_KEPT$1;
		},
		rest: () => kept
	};
}
/** The new socket begins with a whole book of its own, and the book goes over to it with all that came since. */
function ofSnapshots() {
	let kept = [];
	return {
		heard(event) {
			if (event.kind === "book-snapshot") kept = [event];
			else if (event.kind === "book-delta" && kept.length > 0 && kept.length < MOST_KEPT$1) kept.push(event);
		},
		delivered: () => void 0,
		get isHeard() {
			return kept.length > 0;
		},
		get isJoined() {
			return kept.length > 0 && kept.length < MOST_KEPT$1;
		},
		rest: () => kept
	};
}
/** A state is as good from either; only what the new one said later is worth repeating. */
function ofState() {
	const kept = [];
	let deliveredTime = Number.NEGATIVE_INFINITY;
	let isHeard = false;
	const later = (event) => event.venueTime > deliveredTime;
	return {
		heard(event) {
			isHeard = true;
			kept.push(event);
			if (kept.length > LAST_WORDS) kept.shift();
		},
		delivered(event) {
			deliveredTime = Math.max(deliveredTime, event.venueTime);
		},
		get isHeard() {
			return isHeard;
		},
		isJoined: true,
		rest: () => kept.filter(later)
	};
}
// src/engine/market/rotation.ts
var DAY_MS = 864e5;
var HOUR_MS = 36e5;
var CHECK_EVERY_MS = 250;
var PROVEN_WITHIN_MS = 6e4;
/** A stream that may rightly say nothing counts as proven so long after the venue took it on. */
var QUIET_PROOF_MS = 5e3;
var AGAIN_MS$2 = {
	age: 3e5,
	notice: 15e3,
	user: Number.POSITIVE_INFINITY
};
/** An hour before the venue would end it (a day where it names no end), give or take half an hour. */
function rotationAge(connectionLifeMs, chance) {
	const lifeMs = Number.isFinite(connectionLifeMs) ? connectionLifeMs : DAY_MS;
	if (lifeMs < 2 * HOUR_MS) return lifeMs * (.5 + .3 * chance);
	return lifeMs - HOUR_MS + (chance - .5) * HOUR_MS;
}
function createRotation(options) {
	const { clock, venue } = options;
	let reason;
	let link;
	let handovers = /* @__PURE__ */ new Map();
	let confirmedAt = /* @__PURE__ */ new Map();
	let endTimers = () => void 0;
	let dueAt = Number.POSITIVE_INFINITY;
	let dueReason = "age";
	function handoverOf(stream) {
		let handover = handovers.get(stream);
		if (!handover) {
			handover = createHandover(stream.key, venue.book, options.isKnownTrade);
			handovers.set(stream, handover);
		}
		return handover;
	}
	function isProven(stream, now) {
		if (stream.confirmedAt === void 0) return true;
		const since = confirmedAt.get(stream.channel);
		if (since === void 0) return false;
		const handover = handovers.get(stream);
		const isLive = stream.pulse.stateAt(now) === "live";
		if (handover?.isHeard) return handover.isJoined || !isLive;
		return now - since >= QUIET_PROOF_MS && !(isLive && stream.pulse.isCanary);
	}
	function check() {
		if (!link?.isOpen) return;
		const now = clock.monotonic();
		for (const stream of options.streams) if (!isProven(stream, now)) return;
		const proven = link;
		const rest = restOfAll();
		end();
		options.onProven(proven, rest);
	}
	function restOfAll() {
		return [...options.streams].flatMap((stream) => handovers.get(stream)?.rest() ?? []);
	}
	/** Forgets the new link without closing it. */
	function end() {
		endTimers();
		endTimers = () => void 0;
		reason = void 0;
		link = void 0;
		handovers = /* @__PURE__ */ new Map();
		confirmedAt = /* @__PURE__ */ new Map();
	}
	function cancel() {
		const given = link;
		end();
		given?.dispose();
	}
	function giveUp(why) {
		if (reason === void 0) return;
		const again = reason;
		cancel();
		dueAt = clock.monotonic() + AGAIN_MS$2[again];
		if (again === "user") schedule();
		else dueReason = again;
		options.onGivenUp(why);
		options.onChange();
	}
	function schedule() {
		dueReason = "age";
		dueAt = options.active().openedAt + rotationAge(venue.limits.connectionLifeMs, clock.random());
	}
	function begin(why) {
		if (reason !== void 0 || !options.active().isOpen) return;
		reason = why;
		const stopChecking = clock.every(CHECK_EVERY_MS, () => {
			if (link?.connection.link.kind === "failed" || link?.connection.link.kind === "paused") giveUp("the venue does not let a new connection in");
			else check();
		});
		const cancelDeadline = clock.after(PROVEN_WITHIN_MS, () => giveUp(`the new connection was not proven within ${PROVEN_WITHIN_MS / 1e3} s`));
		endTimers = () => {
			stopChecking();
			cancelDeadline();
		};
		link = options.createLink();
		link.connection.start();
		options.onChange();
	}
	return {
		get reason() {
			return reason;
		},
		get link() {
			return link;
		},
		begin,
		opened: schedule,
		linkChanged() {
			handovers = /* @__PURE__ */ new Map();
			confirmedAt = /* @__PURE__ */ new Map();
		},
		confirmed(channel) {
			confirmedAt.set(channel, clock.monotonic());
		},
		heard: (stream, event) => handoverOf(stream).heard(event),
		delivered(stream, event) {
			if (link) handoverOf(stream).delivered(event);
		},
		takeOver() {
			if (!link?.isOpen) {
				cancel();
				return;
			}
			const taken = {
				link,
				rest: restOfAll()
			};
			end();
			return taken;
		},
		second() {
			if (reason === void 0 && clock.monotonic() >= dueAt && options.active().isOpen) begin(dueReason);
		},
		cancel
	};
}
// src/engine/market/session-judgement.ts
var SLEPT$1 = {
	kind: "stale",
	cause: {
		code: "resume",
		detail: "the machine slept: what was open before is not believed"
	}
};
var PAUSED = {
	kind: "paused",
	cause: {
		code: "user",
		detail: "paused by hand"
	}
};
function createSessionJudgement(options) {
	const { clock, streams, silence, counts } = options;
	let state = { kind: "idle" };
	let since = clock.now();
	function judge() {
		const now = clock.monotonic();
		const data = withLag(silence.at(now), options.lag.lagMs);
		const { isOpen, connection } = options.active();
		for (const stream of streams) {
			const next = judgeStream(stream, isOpen, now, data);
			if (next === stream.state) continue;
			stream.state = next;
			stream.since = clock.now();
		}
		const judged = options.isPaused() ? PAUSED : judgeConnection(connection.link, [...streams], now, data);
		const reason = judged.kind === "live" ? options.renewal() : void 0;
		enter(reason ? {
			kind: "rotating",
			reason
		} : judged);
	}
	function enter(next) {
		if (sameState(state, next)) return;
		const isNewKind = state.kind !== next.kind;
		if (isNewKind) since = clock.now();
		state = next;
		if (isNewKind || next.kind === "waiting") options.onState(next, silence.lastDataAt);
	}
	return {
		get state() {
			return state;
		},
		judge,
		enter,
		health(countsOf) {
			judge();
			const { roundTripMs } = options.active().connection;
			return {
				id: options.id,
				venue: options.venue.id,
				state,
				since,
				epoch: counts.epoch,
				...roundTripMs === void 0 ? {} : { roundTripMs },
				reconnects: counts.reconnects,
				failedFrames: counts.failed,
				streams: [...streams].map((stream) => {
					const { lastReceivedAt, perSecond } = stream.pulse;
					return {
						stream: streamKeyText(stream.key),
						state: stream.state,
						since: stream.since,
						...lastReceivedAt === void 0 ? {} : { lastReceivedAt },
						perSecond,
						...countsOf(stream.key)
					};
				})
			};
		}
	};
}
/** Silence is the graver of the two: nothing tells how late what does not come is. */
function withLag(data, lagMs) {
	if (data.state !== "live" || lagMs === void 0 || lagMs <= 2e3) return data;
	return {
		...data,
		state: "late",
		lagMs
	};
}
// src/engine/net/round-trips.ts
var KEPT$1 = 9;
/** The last few round trips, ms, and their median: one slow answer does not move it. */
function createRoundTrips() {
	const kept = [];
	return {
		add(roundTripMs) {
			kept.push(roundTripMs);
			if (kept.length > KEPT$1) kept.shift();
		},
		median() {
			if (kept.length === 0) return void 0;
			return kept.toSorted((a, b) => a - b)[kept.length >> 1];
		}
	};
}
// src/engine/net/heartbeat.ts
var HEARTBEAT = {
	checkEveryMs: 2e3,
	pingEveryMs: 5e3,
	silentAfterMs: 6e3
};
/**
* A venue's own ping keeps the venue content. The protocol's ping goes along with it, and again where silence lasts:
* some venues answer their own only with a status every ten seconds, others never answer the protocol's.
*/
function createHeartbeat(options) {
	const { clock, ask } = options;
	const rule = options.rule ?? HEARTBEAT;
	const roundTrips = createRoundTrips();
	let cancel = () => void 0;
	let heardAt = 0;
	const never = Number.NEGATIVE_INFINITY;
	const asked = {
		protocol: never,
		text: never
	};
	const isAwaited = {
		protocol: false,
		text: false
	};
	let speaksProtocol = false;
	function beat() {
		const now = clock.monotonic();
		const silentMs = now - heardAt;
		if (silentMs >= rule.silentAfterMs) {
			options.onSilent(silentMs);
			return;
		}
		const isQuiet = silentMs >= rule.checkEveryMs;
		let isAsking = false;
		if (ask) {
			const patience = (ask.always ? ask.everyMs : ask.everyMs * 3) - rule.checkEveryMs;
			isAsking = now - asked.text >= patience;
			if (isAsking || isQuiet && !isAwaited.text) {
				asked.text = now;
				isAwaited.text = true;
				options.send(ask.frame);
			}
		}
		if ((ask ? isAsking || silentMs >= 2 * rule.checkEveryMs : isQuiet || now - asked.protocol >= rule.pingEveryMs) && !isAwaited.protocol) {
			asked.protocol = now;
			isAwaited.protocol = true;
			options.ping();
		}
	}
	return {
		start() {
			heardAt = clock.monotonic();
			asked.protocol = never;
			asked.text = never;
			isAwaited.protocol = false;
			isAwaited.text = false;
			cancel = clock.every(rule.checkEveryMs, beat);
		},
		stop() {
			cancel();
			cancel = () => void 0;
		},
		heard() {
			heardAt = clock.monotonic();
		},
		answered(kind) {
			heardAt = clock.monotonic();
			if (!isAwaited[kind]) return;
			isAwaited[kind] = false;
			const roundTripMs = heardAt - asked[kind];
			if (kind === "protocol") speaksProtocol = true;
			if (kind === "protocol" || !speaksProtocol && roundTripMs < rule.checkEveryMs) roundTrips.add(roundTripMs);
		},
		get roundTripMs() {
			return roundTrips.median();
		}
	};
}
// src/engine/net/connection.ts
/** Above the socket's own handshake limit, which a peer that dribbles can stretch. */
var HANDSHAKE_DEADLINE_MS = 5300;
var BAN_MS$4 = 12e4;
var LIMIT_MS$2 = 5e3;
var BORDER_MS$1 = 6e5;
var OPEN_GATE = {
	enter(open) {
		open();
		return () => void 0;
	},
	silence: () => void 0
};
/** One connection: a chain of sockets, at most one alive, with heartbeat and backoff. */
function createConnection(options) {
	const { clock, gate = OPEN_GATE, counts = {
		epoch: 0,
		reconnects: 0
	} } = options;
	const rule = options.backoff ?? BACKOFF;
	let link = { kind: "idle" };
	let socket;
	/** The socket's own token: what carries another one comes from the past. */
	let alive;
	let cancelTimer = () => void 0;
	let leaveGate = () => void 0;
	/** The rung of the ladder the last failure stood on; 0 none yet. */
	let attempt = 0;
	let firstAidAt = Number.NEGATIVE_INFINITY;
	let openedAt = 0;
	let delivered = false;
	let hasStood = false;
	let lastCause;
	const heartbeat = createHeartbeat({
		clock,
		rule: options.heartbeat,
		ask: options.ask,
		ping: () => socket?.ping(),
		send(text) {
			options.onAsked?.();
			socket?.send(text);
		},
		onSilent: (silentMs) => fail({
			code: "socket.silent",
			detail: `no byte for ${Math.round(silentMs)} ms`
		})
	});
	function enter(next) {
		link = next;
		options.onLink(next);
	}
	function wait(waitMs, cause) {
		enter({
			kind: "waiting",
			attempt: Math.max(attempt, 1),
			retryAt: clock.now() + waitMs,
			cause,
			exhausted: attempt > rule.quickAttempts
		});
	}
	function knock() {
		let isIn = false;
		const leave = gate.enter(() => {
			isIn = true;
			connect();
		}, (waitMs) => {
			if (lastCause === void 0) enter({
				kind: "connecting",
				attempt
			});
			else wait(waitMs, lastCause);
		});
		if (!isIn) leaveGate = leave;
	}
	function connect() {
		leaveGate = () => void 0;
		const mine = {};
		alive = mine;
		counts.epoch += 1;
		delivered = false;
		cancelTimer = clock.after(HANDSHAKE_DEADLINE_MS, () => fail({
			code: "socket.handshake",
			detail: `no handshake within ${HANDSHAKE_DEADLINE_MS} ms`
		}));
		enter({
			kind: "connecting",
			attempt
		});
		if (mine !== alive) return;
		socket = options.openSocket(options.url(), {
			opened() {
				if (mine !== alive) return;
				openedAt = clock.monotonic();
				cancelTimer();
				heartbeat.start();
				if (hasStood) counts.reconnects += 1;
				hasStood = true;
				enter({ kind: "open" });
			},
			frame(bytes) {
				if (mine !== alive) return;
				heartbeat.heard();
				delivered = true;
				options.onFrame(bytes, clock.now());
			},
			pulse(kind) {
				if (mine !== alive) return;
				if (kind === "pong") heartbeat.answered("protocol");
				else heartbeat.heard();
			},
			closed(cause, retryAfterMs) {
				if (mine === alive) fail(cause, retryAfterMs);
			}
		});
	}
	function release() {
		cancelTimer();
		cancelTimer = () => void 0;
		leaveGate();
		leaveGate = () => void 0;
		heartbeat.stop();
		alive = void 0;
		socket?.terminate();
		socket = void 0;
	}
	function fail(cause, retryAfterMs, exactMs) {
		const now = clock.monotonic();
		const wasOpen = link.kind === "open";
		const healthyMs = wasOpen ? now - openedAt : 0;
		const wasDelivering = wasOpen && delivered;
		release();
		lastCause = cause;
		if (healthyMs >= rule.resetAfterMs) attempt = 0;
		if (cause.code === "geo" || cause.code === "auth") {
			if (cause.code === "geo") cancelTimer = clock.after(BORDER_MS$1, knock);
			enter({
				kind: "failed",
				cause
			});
			return;
		}
		if (cause.code === "recording.end") {
			enter({
				kind: "paused",
				cause
			});
			return;
		}
		if (cause.code === "ban") {
			const banMs = retryAfterMs ?? BAN_MS$4;
			attempt += 1;
			gate.silence(banMs);
			cancelTimer = clock.after(banMs, knock);
			enter({
				kind: "paused",
				cause,
				until: clock.now() + banMs
			});
			return;
		}
		const orderedMs = cause.code === "rate-limit" ? retryAfterMs ?? LIMIT_MS$2 : retryAfterMs;
		if (cause.code === "rate-limit") gate.silence(orderedMs ?? LIMIT_MS$2);
		const mayFirstAid = wasDelivering && attempt === 0 && orderedMs === void 0 && now - firstAidAt >= rule.resetAfterMs;
		if (mayFirstAid) firstAidAt = now;
		else attempt += 1;
		const waitMs = exactMs ?? delayMs(rule, mayFirstAid ? 0 : attempt, clock.random(), orderedMs);
		cancelTimer = clock.after(waitMs, knock);
		wait(waitMs, cause);
	}
	function reconnectNow() {
		if (link.kind === "idle" || link.kind === "paused") return;
		release();
		knock();
	}
	return {
		get link() {
			return link;
		},
		get epoch() {
			return counts.epoch;
		},
		get reconnects() {
			return counts.reconnects;
		},
		get roundTripMs() {
			return heartbeat.roundTripMs;
		},
		start() {
			if (link.kind === "idle") knock();
		},
		stop() {
			if (link.kind === "idle") return;
			release();
			attempt = 0;
			hasStood = false;
			lastCause = void 0;
			enter({ kind: "idle" });
		},
		send(text) {
			if (link.kind === "open") socket?.send(text);
		},
		pong: () => heartbeat.answered("text"),
		drop(cause, waitMs) {
			if (link.kind === "open" || link.kind === "connecting") fail(cause, void 0, waitMs);
		},
		reconnectNow,
		hurry() {
			if (link.kind === "waiting" || link.kind === "failed") reconnectNow();
		}
	};
}
// src/engine/net/send-budget.ts
var MINUTE_MS$3 = 6e4;
/** The venue's minute need not begin where ours does, nor frames arrive as evenly as they left. */
var JITTER_MS = 250;
function createSendBudget(clock, limits) {
	const spacingMs = 1e3 / limits.sendsPerSecond;
	const perMinute = limits.sendsPerMinute;
	let sentAt = [];
	return {
		nextAt() {
			const last = sentAt.at(-1);
			if (last === void 0) return 0;
			const first = perMinute === void 0 ? void 0 : sentAt[sentAt.length - perMinute];
			return Math.max(last + spacingMs, first === void 0 ? 0 : first + MINUTE_MS$3 + JITTER_MS);
		},
		spend() {
			sentAt.push(clock.monotonic());
			if (sentAt.length > (perMinute ?? 1) * 2) sentAt = sentAt.slice(-(perMinute ?? 1));
		},
		reset() {
			sentAt = [];
		}
	};
}
// src/engine/market/pending-task.ts
function createPendingTask(clock, run) {
	let cancel;
	let pendingAt = Number.POSITIVE_INFINITY;
	return {
		at(dueAt) {
			if (cancel !== void 0 && pendingAt <= dueAt) return;
			cancel?.();
			pendingAt = dueAt;
			cancel = clock.after(dueAt - clock.monotonic(), () => {
				cancel = void 0;
				run();
			});
		},
		cancel() {
			cancel?.();
			cancel = void 0;
		}
	};
}
// src/engine/market/added-subscriptions.ts
var ACK_TIMEOUT_MS = 5e3;
var REFUSED_RETRY_MS = 15e3;
/** The venue does not know the channel: it may one day. */
var CULPRIT_RETRY_MS = 6e4;
var CULPRIT_RETRY_CAP_MS = 9e5;
/** A venue that will not let a channel go: what comes of it is dropped, and it is forgotten. */
var MOST_LEAVES = 3;
/** For venues whose frames add and remove channels and are answered. */
function createAddedSubscriptions(options) {
	const { clock, budget } = options;
	const entries = /* @__PURE__ */ new Map();
	const requests = /* @__PURE__ */ new Map();
	/** Halves of refused frames, each to be sent as a frame of its own. */
	let halves = [];
	let isOpen = false;
	let nextRequestId = 1;
	const task = createPendingTask(clock, flush);
	function schedule(notBefore = 0) {
		if (isOpen) task.at(Math.max(clock.monotonic() + 10, budget.nextAt(), notBefore));
	}
	function flush() {
		const now = clock.monotonic();
		const leaving = [];
		const coming = [];
		const alone = [];
		let retryAt = Number.POSITIVE_INFINITY;
		for (const [channel, entry] of entries) {
			const isLeaving = entry.phase === "on" && (!entry.wanted || entry.isRenewed);
			if (!isLeaving && !(entry.wanted && entry.phase === "off")) continue;
			if (entry.notBefore > now) retryAt = Math.min(retryAt, entry.notBefore);
			else if (entry.company === "none") alone.push(channel);
			else if (isLeaving) leaving.push(channel);
			else if (entry.company === "any") coming.push(channel);
		}
		const half = nextHalf();
		const isLeaving = leaving.length > 0;
		const channels = (isLeaving ? leaving : half ?? (coming.length > 0 ? coming : alone.slice(0, 1))).slice(0, options.channelsPerFrame);
		const kind = entries.get(channels[0] ?? "")?.phase === "off" ? "subscribe" : "unsubscribe";
		if (channels.length > 0) request(kind, channels);
		if (half && !isLeaving) halves.shift();
		if (leaving.length + coming.length + alone.length + halves.length > (half && !isLeaving ? 0 : channels.length)) schedule();
		else if (retryAt < Number.POSITIVE_INFINITY) schedule(retryAt);
	}
	/** The first half that still holds anything to ask for; channels that nobody wants any more fall out of it. */
	function nextHalf() {
		for (;;) {
			const [first] = halves;
			if (!first) return void 0;
			const still = first.filter((channel) => {
				const entry = entries.get(channel);
				return entry?.wanted && entry.phase === "off" && entry.company === "halves";
			});
			if (still.length > 0) return still;
			halves.shift();
		}
	}
	function request(kind, channels) {
		const requestId = nextRequestId++;
		for (const channel of channels) {
			const entry = entries.get(channel);
			if (!entry) continue;
			entry.phase = kind === "subscribe" ? "subscribing" : "unsubscribing";
			entry.isRenewed = false;
			if (kind === "subscribe") entry.mayBeHeld = true;
		}
		const cancelTimeout = clock.after(ACK_TIMEOUT_MS, () => {
			const unanswered = take(requestId);
			if (!unanswered) return;
			rest(unanswered, (entry) => {
				entry.notBefore = clock.monotonic() + (entry.company === "none" ? REFUSED_RETRY_MS : 0);
				entry.company = entry.company === "halves" ? "any" : entry.company;
			});
			options.onTrouble?.(channels, "no answer");
			schedule();
		});
		requests.set(requestId, {
			kind,
			channels,
			cancelTimeout
		});
		budget.spend();
		options.send(kind, channels, requestId);
	}
	function take(requestId) {
		const taken = requests.get(requestId);
		requests.delete(requestId);
		taken?.cancelTimeout();
		return taken;
	}
	/** Ends a request without success: what it was about is at rest again. */
	function rest(request, visit) {
		for (const channel of request.channels) {
			const entry = entries.get(channel);
			if (!entry) continue;
			entry.phase = "off";
			visit(entry, channel);
			if (!entry.wanted) leave(channel, entry);
		}
	}
	/** An unwanted channel at rest: forgotten when surely not held, asked to leave when it may be. */
	function leave(channel, entry) {
		if (entry.mayBeHeld) entry.phase = "on";
		else entries.delete(channel);
	}
	function confirm(request) {
		for (const channel of request.channels) {
			const entry = entries.get(channel);
			if (!entry) continue;
			entry.company = "any";
			entry.refusals = 0;
			if (entry.phase === "subscribing") {
				entry.phase = "on";
				if (entry.wanted) options.onConfirmed?.(channel);
			} else if (entry.phase === "unsubscribing") {
				entry.phase = "off";
				entry.mayBeHeld = false;
				if (!entry.wanted) entries.delete(channel);
			}
		}
	}
	function refuse(request, reason, isHeld) {
		const now = clock.monotonic();
		const isMany = request.channels.length > 1;
		if (request.kind === "unsubscribe") {
			rest(request, (entry) => {
				entry.refusals += 1;
				entry.company = "none";
				entry.notBefore = isMany || entry.wanted ? now : now + REFUSED_RETRY_MS;
				if (entry.refusals >= MOST_LEAVES) entry.mayBeHeld = false;
			});
			options.onTrouble?.(request.channels, reason);
			return true;
		}
		if (options.refusesWhole && isMany) {
			const middle = request.channels.length >> 1;
			halves = [
				request.channels.slice(0, middle),
				request.channels.slice(middle),
				...halves
			];
			rest(request, (entry) => {
				entry.mayBeHeld &&= isHeld;
				entry.notBefore = now;
				entry.company = "halves";
			});
			return false;
		}
		let isNews = false;
		rest(request, (entry) => {
			entry.mayBeHeld = false;
			entry.refusals += 1;
			const isCulprit = options.refusesWhole === true;
			if (isCulprit) entry.company = "none";
			isNews ||= !isCulprit || entry.refusals === 1;
			const waitMs = CULPRIT_RETRY_MS * 2 ** Math.min(entry.refusals - 1, 10);
			entry.notBefore = now + (isCulprit ? Math.min(waitMs, CULPRIT_RETRY_CAP_MS) : REFUSED_RETRY_MS);
		});
		if (isNews) options.onTrouble?.(request.channels, reason);
		return isNews;
	}
	function forgetRequests() {
		for (const request of requests.values()) request.cancelTimeout();
		requests.clear();
		halves = [];
		task.cancel();
	}
	function reset() {
		forgetRequests();
		for (const [channel, entry] of entries) {
			entry.phase = "off";
			entry.mayBeHeld = false;
			entry.isRenewed = false;
			if (entry.company === "halves") entry.company = "any";
			if (entry.company !== "none") entry.notBefore = 0;
			if (!entry.wanted) entries.delete(channel);
		}
	}
	return {
		want(channel) {
			const entry = entries.get(channel);
			if (!entry) entries.set(channel, {
				wanted: true,
				phase: "off",
				notBefore: 0,
				mayBeHeld: false,
				company: "any",
				refusals: 0,
				isRenewed: false
			});
			else if (!entry.wanted) {
				entry.wanted = true;
				if (entry.phase === "on") options.onConfirmed?.(channel);
			}
			schedule();
		},
		drop(channel) {
			const entry = entries.get(channel);
			if (!entry) return;
			entry.wanted = false;
			if (entry.phase === "off") leave(channel, entry);
			schedule();
		},
		renew(channel) {
			const entry = entries.get(channel);
			if (!entry?.wanted || entry.phase !== "on") return;
			entry.isRenewed = true;
			entry.notBefore = 0;
			schedule();
		},
		opened() {
			reset();
			isOpen = true;
			budget.reset();
			if (entries.size > 0) schedule();
		},
		closed() {
			isOpen = false;
			reset();
		},
		acknowledged(requestId) {
			const request = take(requestId);
			if (!request) return;
			confirm(request);
			schedule();
		},
		refused(requestId, reason, isHeld = false) {
			const [only] = requests.size === 1 ? requests.keys() : [];
			const request = take(requestId ?? only ?? -1);
			if (!request) return true;
			const isAnswer = isHeld && request.kind === "subscribe" && request.channels.length === 1;
			const isNews = !isAnswer && refuse(request, reason, isHeld);
			if (isAnswer) confirm(request);
			schedule();
			return isNews;
		},
		get confirmed() {
			return [...entries].filter(([, entry]) => entry.phase === "on").map(([channel]) => channel);
		},
		get wanted() {
			return [...entries].filter(([, entry]) => entry.wanted).map(([channel]) => channel);
		},
		get settled() {
			return [...entries.values()].every(({ wanted, phase, isRenewed }) => wanted && phase === "on" && !isRenewed);
		},
		dispose() {
			isOpen = false;
			forgetRequests();
			entries.clear();
		}
	};
}
// src/engine/market/replaced-subscriptions.ts
/**
* For venues where a frame takes the place of the one before and nothing is answered: sent counts as confirmed, only
* data proves it. Where nothing is wanted nothing is sent: whoever owns the connection closes it.
*/
function createReplacedSubscriptions(options) {
	const { clock, budget } = options;
	const wanted = /* @__PURE__ */ new Set();
	/** What the last frame on this socket named. */
	let sent = /* @__PURE__ */ new Set();
	let isOpen = false;
	/** Something did not come although it was named: the whole frame goes again. */
	let isDue = false;
	let requestId = 0;
	const task = createPendingTask(clock, flush);
	const isSame = () => sent.size === wanted.size && [...wanted].every((channel) => sent.has(channel));
	function schedule() {
		if (!isOpen || wanted.size === 0 || !isDue && isSame()) return;
		task.at(Math.max(clock.monotonic() + 10, budget.nextAt()));
	}
	function flush() {
		if (wanted.size === 0 || !isDue && isSame()) return;
		const before = isDue ? /* @__PURE__ */ new Set() : sent;
		sent = new Set(wanted);
		isDue = false;
		requestId += 1;
		budget.spend();
		options.send([...sent], requestId);
		for (const channel of sent) if (!before.has(channel)) options.onConfirmed?.(channel);
	}
	function reset() {
		sent = /* @__PURE__ */ new Set();
		isDue = false;
		task.cancel();
	}
	return {
		want(channel) {
			if (!wanted.has(channel) && sent.has(channel)) options.onConfirmed?.(channel);
			wanted.add(channel);
			schedule();
		},
		drop(channel) {
			wanted.delete(channel);
			schedule();
		},
		renew(channel) {
			if (!wanted.has(channel) || !sent.has(channel)) return;
			isDue = true;
			schedule();
		},
		opened() {
			reset();
			isOpen = true;
			budget.reset();
			schedule();
		},
		closed() {
			isOpen = false;
			reset();
		},
		acknowledged: () => void 0,
		refused(_requestId, reason) {
			options.onTrouble?.([...sent], reason);
			return true;
		},
		get confirmed() {
			return [...sent];
		},
		get wanted() {
			return [...wanted];
		},
		get settled() {
			return wanted.size === 0 || !isDue && isSame();
		},
		dispose() {
			isOpen = false;
			reset();
			wanted.clear();
		}
	};
}
// src/engine/market/session-link.ts
var TELL_EVERY_MS = 1e3;
function createSessionLink(options) {
	const { venue, clock, counts } = options;
	const { subscribing, limits } = venue;
	const decoderOptions = {
		...options.decoderOptions,
		route: options.route
	};
	let decode = venue.createDecoder(decoderOptions);
	let openedAt = clock.monotonic();
	let failedInARow = 0;
	let lossToldAt = Number.NEGATIVE_INFINITY;
	const budget = createSendBudget(clock, limits);
	const shared = {
		clock,
		budget,
		onConfirmed: (channel) => options.onConfirmed(link, channel),
		onTrouble: options.onTrouble
	};
	const subscriptions = subscribing.kind === "replace" ? createReplacedSubscriptions({
		...shared,
		send: (channels, requestId) => connection.send(subscribing.replaceFrame(channels, requestId))
	}) : createAddedSubscriptions({
		...shared,
		channelsPerFrame: limits.channelsPerFrame,
		refusesWhole: subscribing.refusesWhole,
		send(kind, channels, requestId) {
			const frame = kind === "subscribe" ? subscribing.subscribeFrame : subscribing.unsubscribeFrame;
			connection.send(frame(channels, requestId));
		}
	});
	const connection = createConnection({
		clock,
		openSocket: options.openSocket,
		gate: options.gate,
		counts,
		ask: venue.ping,
		onAsked: () => budget.spend(),
		url: () => venue.socketUrl(options.endpoints, options.route),
		onLink(state) {
			if (state.kind === "open") {
				openedAt = clock.monotonic();
				failedInARow = 0;
				decode = venue.createDecoder(decoderOptions);
				subscriptions.opened();
			} else subscriptions.closed();
			options.onLink(link, state);
		},
		onFrame(bytes, receivedAt) {
			try {
				take(bytes, receivedAt);
			} catch (fault) {
				lose();
				options.onThrown(messageOf$1(fault));
			}
		}
	});
	function take(bytes, receivedAt) {
		counts.frames += 1;
		const frame = counts.frames;
		for (const decoded of decode(bytes, receivedAt)) switch (decoded.kind) {
			case "ack":
				subscriptions.acknowledged(decoded.requestId);
				break;
			case "refusal":
				if (subscriptions.refused(decoded.requestId, decoded.message, decoded.code === "topic.repeated")) options.onRefusal(decoded.code, decoded.message);
				break;
			case "failed":
				lose();
				break;
			case "pong":
				connection.pong();
				break;
			case "notice":
				options.onNotice(link, decoded.reason);
				break;
			case "ignored": break;
			default:
				failedInARow = 0;
				options.onEvent(link, decoded, frame, bytes.length, receivedAt);
		}
	}
	function lose() {
		counts.failed += 1;
		failedInARow += 1;
		if (clock.monotonic() - lossToldAt < TELL_EVERY_MS) return;
		lossToldAt = clock.monotonic();
		options.onLost();
	}
	const link = {
		connection,
		subscriptions,
		get isOpen() {
			return connection.link.kind === "open";
		},
		get openedAt() {
			return openedAt;
		},
		get failedInARow() {
			return failedInARow;
		},
		dispose() {
			subscriptions.dispose();
			connection.stop();
		}
	};
	return link;
}
// src/engine/market/silent-streams.ts
/** A confirmed stream that has something to say and brings nothing for this long is asked for again. */
var FIRST_FRAME_DEADLINE_MS = 1e4;
var REPAIR_EVERY_MS = 15e3;
/** What asking did not help before is asked for less and less often. */
var MOST_DOUBLINGS$1 = 4;
/** The streams to ask for again now: confirmed, and never come or silent against their own rhythm. Notes when. */
function silentStreams(options) {
	const { now } = options;
	const silent = [];
	for (const stream of options.streams) {
		const { confirmedAt, pulse } = stream;
		const patience = REPAIR_EVERY_MS * 2 ** Math.min(Math.max(0, stream.repairs - 1), MOST_DOUBLINGS$1);
		if (confirmedAt === void 0 || now - stream.repairedAt < patience) continue;
		if (!(pulse.firstAt === void 0 && now - confirmedAt > FIRST_FRAME_DEADLINE_MS && (pulse.isCanary || options.beginsAtOnce(stream))) && ownState(stream, now) !== "stale") continue;
		stream.repairedAt = now;
		stream.repairs += 1;
		silent.push(stream);
	}
	return silent;
}
// src/engine/market/session-repair.ts
/** When every stream whose silence means something has been silent this long, the socket itself is given up. */
var DATA_SILENCE_MS = 15e3;
/** No stream here has a rhythm and all are silent for this long: the canary is asked whether anything comes through. */
var CANARY_AFTER_MS = 3e3;
/** So many frames in a row that nobody could read, and nothing else: it is not silence, it is gibberish. */
var GIBBERISH = 5;
/** How many channels a message names; it counts them all. */
var NAMED = 5;
function createSessionRepair(options) {
	const { clock, venue, streams, silence, tempo } = options;
	/** A stream nobody asked for: see `Venue.canaryOf`. */
	let canary;
	function tell(channels, reason) {
		options.onTrouble({
			connection: options.id,
			count: channels.length,
			channels: channels.slice(0, NAMED).join(" "),
			reason
		});
	}
	/**
	* A book that starts with a whole one has something to say at once, and so has what moves with a market that moves.
	* Where a frame replaces the one before, each channel it names begins with how things stand (sheets of Upbit and
	* Bithumb, section 2.1); candles of a minute without trades are the exception.
	*/
	function beginsAtOnce({ key, pulse }) {
		if (venue.subscribing.kind === "replace" && key.kind !== "candle") return true;
		if (key.kind === "book" && venue.book.snapshot === "stream") return true;
		return (key.kind === "book" || key.kind === "top") && tempo.isMoving(key, pulse, clock.monotonic());
	}
	function second() {
		const link = options.active();
		const now = clock.monotonic();
		if (!link.isOpen || streams.count === 0) return;
		const { silentMs } = silence.at(now);
		const telling = [...streams].filter((stream) => stream.pulse.isCanary && stream.confirmedAt !== void 0);
		if ((telling.length > 0 || canary !== void 0) && telling.every((stream) => ["stale", "pending"].includes(ownState(stream, now))) && silentMs > DATA_SILENCE_MS && now - link.openedAt > DATA_SILENCE_MS || silentMs > venue.limits.staleAfterMs) {
			const isGibberish = link.failedInARow >= GIBBERISH;
			link.connection.drop({
				code: isGibberish ? "protocol" : "socket.silent",
				detail: isGibberish ? `nothing but frames nobody can read for ${Math.round(silentMs)} ms` : `no data for ${Math.round(silentMs)} ms although the socket answers`
			});
			return;
		}
		if (telling.length === 0 && silentMs > CANARY_AFTER_MS && canary === void 0) {
			const key = venue.canaryOf?.(options.route);
			if (key && streams.ofKey(key) === void 0) {
				canary = key;
				options.add(key);
			}
		}
		const silent = silentStreams({
			streams,
			now,
			beginsAtOnce
		});
		if (silent.length === 0) return;
		const channels = [...new Set(silent.map(({ channel }) => channel))];
		for (const channel of channels) link.subscriptions.renew(channel);
		for (const stream of silent) options.onRenewed(stream);
		tell(channels, "silent against its own rhythm, asked for again");
	}
	return {
		second,
		claim(key) {
			if (canary !== void 0 && streamKeyText(canary) === streamKeyText(key)) canary = void 0;
		},
		release() {
			if (canary === void 0 || streams.count !== 1) return;
			options.remove(canary);
			canary = void 0;
		},
		tell
	};
}
// src/engine/health/stream-meter.ts
/** For tests, and for where nobody measures. */
var SILENT_METER = {
	frame: () => void 0,
	published: () => void 0
};
// src/engine/market/session-streams.ts
/** A stream nobody has heard of yet. */
function createStream(of) {
	const { key, channel, tempo } = of;
	const pulse = createStreamPulse(of.venue.rhythmOf(key));
	const isReplaced = of.venue.subscribing?.kind === "replace";
	let newestAt = Number.NEGATIVE_INFINITY;
	return {
		key,
		channel,
		pulse,
		meter: of.meter ?? SILENT_METER,
		confirmedAt: void 0,
		repairedAt: Number.NEGATIVE_INFINITY,
		repairs: 0,
		frame: 0,
		state: "pending",
		since: of.clock.now(),
		isHushed: (now) => tempo.isHushed(key, pulse, now),
		newsAt(venueTime) {
			if (!isReplaced) return venueTime;
			const isNews = venueTime > newestAt && pulse.firstAt !== void 0;
			newestAt = Math.max(newestAt, venueTime);
			return isNews ? venueTime : NaN;
		},
		leave: tempo.join(key, pulse)
	};
}
function createSessionStreams() {
	const byKind = /* @__PURE__ */ new Map();
	const byChannel = /* @__PURE__ */ new Map();
	const all = /* @__PURE__ */ new Set();
	return {
		get count() {
			return all.size;
		},
		add(stream) {
			const kind = kindOfKey(stream.key);
			const sameKind = byKind.get(kind) ?? /* @__PURE__ */ new Map();
			byKind.set(kind, sameKind.set(stream.key.instrument, stream));
			const sharing = byChannel.get(stream.channel) ?? /* @__PURE__ */ new Set();
			byChannel.set(stream.channel, sharing.add(stream));
			all.add(stream);
		},
		remove(key) {
			const stream = byKind.get(kindOfKey(key))?.get(key.instrument);
			if (!stream) return void 0;
			byKind.get(kindOfKey(key))?.delete(key.instrument);
			const sharing = byChannel.get(stream.channel);
			sharing?.delete(stream);
			if (sharing?.size === 0) byChannel.delete(stream.channel);
			all.delete(stream);
			return stream;
		},
		ofKey: (key) => byKind.get(kindOfKey(key))?.get(key.instrument),
		ofEvent: (event) => byKind.get(kindOf$2(event))?.get(event.instrument),
		ofChannel: (channel) => byChannel.get(channel) ?? [],
		channels: { [Symbol.iterator]: () => byChannel.keys() },
		clear() {
			byKind.clear();
			byChannel.clear();
			all.clear();
		},
		[Symbol.iterator]: () => all.values()
	};
}
function kindOf$2(event) {
	switch (event.kind) {
		case "book-delta":
		case "book-snapshot": return "book";
		case "candle": return `candle:${event.interval}`;
		default: return event.kind;
	}
}
function kindOfKey(key) {
	return key.kind === "candle" ? `candle:${key.interval}` : key.kind;
}
// src/engine/market/session.ts
var IDLE_CLOSE_MS$1 = 1e4;
/** Where nothing can be unsubscribed, what nobody wants goes on coming until the connection is closed. */
var IDLE_CLOSE_REPLACED_MS = 3e3;
function createSession(options) {
	const { clock, venue, circuit } = options;
	const gate = options.gate ?? createConnectionGate(clock, venue.limits.connections);
	const tempo = options.tempo ?? createMarketTempo();
	const counts = {
		epoch: 0,
		reconnects: 0,
		frames: 0,
		failed: 0
	};
	const streams = createSessionStreams();
	const recent = createRecentTrades();
	const silence = createDataSilence(clock, venue);
	const lag = createArrivalLag(venue.canaryOf !== void 0);
	const idleCloseMs = venue.subscribing.kind === "replace" ? IDLE_CLOSE_REPLACED_MS : IDLE_CLOSE_MS$1;
	let active = createLink();
	let [wasOpen, isPaused] = [false, false];
	let idleSince = clock.monotonic();
	let lastFrame = 0;
	const rotation = createRotation({
		clock,
		venue,
		streams,
		active: () => active,
		createLink() {
			const link = createLink();
			for (const channel of streams.channels) link.subscriptions.want(channel);
			return link;
		},
		isKnownTrade: (trade) => recent.has(trade),
		onProven: (link, rest) => takeOver(link, rest),
		onGivenUp: (reason) => options.onTrouble("subscription.trouble", {
			connection: options.id,
			reason,
			count: 1
		}),
		onChange: () => judgement.judge()
	});
	const repair = createSessionRepair({
		...options,
		streams,
		silence,
		tempo,
		active: () => active,
		add,
		remove,
		onTrouble: (details) => options.onTrouble("subscription.trouble", details),
		onRenewed: (stream) => options.onFact?.({
			kind: "stream-renewed",
			stream: streamKeyText(stream.key)
		})
	});
	const judgement = createSessionJudgement({
		...options,
		streams,
		silence,
		counts,
		lag,
		active: () => active,
		isPaused: () => isPaused,
		renewal: () => rotation.reason
	});
	function createLink() {
		return createSessionLink({
			...options,
			gate,
			counts,
			onLink,
			onEvent,
			onNotice: (link) => link === active && rotation.begin("notice"),
			onConfirmed(link, channel) {
				if (link !== active) rotation.confirmed(channel);
				else for (const stream of streams.ofChannel(channel)) stream.confirmedAt = clock.monotonic();
			},
			onTrouble: (channels, reason) => repair.tell(channels, reason),
			onRefusal: (code, reason) => options.onTrouble("venue.refusal", {
				connection: options.id,
				code,
				reason
			}),
			onThrown: (reason) => circuit?.failed(reason),
			onLost: () => options.onFact?.({
				kind: "frame-failed",
				stream: options.id
			})
		});
	}
	function onLink(link, linkState) {
		if (link !== active) {
			if (link === rotation.link) rotation.linkChanged();
			return;
		}
		if (linkState.kind === "open") {
			silence.opened();
			rotation.opened();
		} else {
			const taken = wasOpen ? rotation.takeOver() : void 0;
			rotation.cancel();
			for (const stream of streams) {
				stream.confirmedAt = void 0;
				stream.pulse.reset();
			}
			silence.opened();
			if (wasOpen) interrupt(() => true);
			if (taken) {
				takeOver(taken.link, taken.rest);
				return;
			}
		}
		wasOpen = linkState.kind === "open";
		judgement.judge();
	}
	/** The new link delivers from here on. What it said beyond the old one comes first. */
	function takeOver(link, rest) {
		const old = active;
		active = link;
		wasOpen = true;
		old.dispose();
		const confirmed = new Set(link.subscriptions.confirmed);
		for (const stream of streams) stream.confirmedAt = confirmed.has(stream.channel) ? clock.monotonic() : void 0;
		rotation.opened();
		for (const event of rest) {
			const stream = streams.ofEvent(event);
			if (!stream) continue;
			stream.pulse.note(clock.monotonic(), event.receivedAt);
			deliver(stream, event);
		}
		judgement.judge();
	}
	function onEvent(link, event, frame, bytes, receivedAt) {
		const stream = streams.ofEvent(event);
		if (!stream) return;
		if (link !== active) {
			if (link === rotation.link) rotation.heard(stream, event);
			return;
		}
		let isFirst = false;
		if (stream.frame !== frame) {
			const now = clock.monotonic();
			noteReturn(stream, now);
			isFirst = stream.pulse.firstAt === void 0;
			const newsAt = stream.newsAt(event.venueTime);
			stream.frame = frame;
			stream.repairs = 0;
			stream.pulse.note(now, receivedAt);
			stream.meter.frame(lastFrame === frame ? 0 : bytes, newsAt, receivedAt);
			if (lastFrame !== frame) {
				lastFrame = frame;
				if (!Number.isNaN(newsAt)) lag.note(event, receivedAt, options.clockOffset?.());
				silence.heard(now, receivedAt);
				if (circuit && !circuit.isClosed) circuit.passed();
			}
		}
		deliver(stream, event);
		if (isFirst) judgement.judge();
	}
	function deliver(stream, event) {
		if (event.kind === "trade" && !recent.add(event)) return;
		if (rotation.link) rotation.delivered(stream, event);
		options.onEvent(event);
	}
	/** What comes back after a silence may have lost something meanwhile. A book's chain tells by itself. */
	function noteReturn(stream, now) {
		if (silence.isReturn(now)) interrupt((key) => key.kind !== "book");
		else if (stream.key.kind !== "book" && stream.pulse.stateAt(now) === "stale") options.onInterrupted([stream.key]);
	}
	function interrupt(isMeant) {
		options.onInterrupted([...streams].map(({ key }) => key).filter(isMeant));
	}
	function add(key) {
		const channel = venue.channelOf(key);
		if (channel === void 0) return;
		if (streams.count === 0) silence.began();
		const [sharing] = streams.ofChannel(channel);
		const stream = createStream({
			key,
			channel,
			venue,
			tempo,
			meter: options.meterOf?.(key, options.id),
			clock
		});
		if (sharing?.confirmedAt !== void 0) stream.confirmedAt = clock.monotonic();
		streams.add(stream);
		active.subscriptions.want(channel);
		rotation.link?.subscriptions.want(channel);
	}
	function remove(key) {
		const stream = streams.remove(key);
		if (!stream) return;
		stream.leave();
		if (key.kind === "trade") recent.forget(key.instrument);
		const [sharing] = streams.ofChannel(stream.channel);
		if (sharing) return;
		active.subscriptions.drop(stream.channel);
		rotation.link?.subscriptions.drop(stream.channel);
	}
	function close() {
		rotation.cancel();
		active.connection.stop();
	}
	return {
		id: options.id,
		want(key) {
			repair.claim(key);
			if (streams.ofKey(key)) return;
			add(key);
			idleSince = void 0;
			if (!isPaused) active.connection.start();
		},
		drop(key) {
			remove(key);
			repair.release();
			if (streams.count === 0) idleSince ??= clock.monotonic();
			judgement.judge();
		},
		renew: (key) => active.subscriptions.renew(venue.channelOf(key) ?? ""),
		get streamCount() {
			return streams.count;
		},
		channels: streams.channels,
		get state() {
			return judgement.state;
		},
		health: () => judgement.health(options.countsOf),
		second() {
			for (const stream of streams) stream.pulse.second();
			silence.second();
			lag.second();
			if (isDoubtful(lag.lagMs)) options.onClockDoubt?.();
			if (idleSince !== void 0 && clock.monotonic() - idleSince > idleCloseMs) close();
			repair.second();
			rotation.second();
			judgement.judge();
		},
		reconnectNow() {
			if ([
				"live",
				"degraded",
				"rotating"
			].includes(judgement.state.kind)) rotation.begin("user");
			else if (!isPaused) active.connection.reconnectNow();
		},
		pause() {
			isPaused = true;
			close();
			judgement.judge();
		},
		resume() {
			isPaused = false;
			if (streams.count > 0) active.connection.start();
			judgement.judge();
		},
		wake(cause) {
			if (cause === "link") {
				active.connection.hurry();
				return;
			}
			rotation.cancel();
			if (active.isOpen) judgement.enter(SLEPT$1);
			active.connection.reconnectNow();
		},
		trip(cause, forMs) {
			rotation.cancel();
			active.connection.drop(cause, forMs);
		},
		dispose() {
			rotation.cancel();
			for (const stream of streams) stream.leave();
			streams.clear();
			active.dispose();
		}
	};
}
// src/engine/market/session-pool.ts
/** What was told so long ago is told again, unless something happened meanwhile. */
var TOLD_MS = 20;
function createSessionPool(options) {
	const { venue, clock, log } = options;
	const byRoute = /* @__PURE__ */ new Map();
	const owners = /* @__PURE__ */ new Map();
	const tempo = createMarketTempo();
	const gate = createConnectionGate(clock, venue.limits.connections);
	const circuit = createFrameCircuit({
		clock,
		gate,
		onOpen(forMs, reason) {
			log.add("error", "circuit.open", `${venue.name}: nothing is read for ${forMs} ms: ${reason}`, {
				venue: venue.name,
				ms: forMs,
				reason
			});
			const cause = {
				code: "circuit",
				detail: reason
			};
			for (const session of all()) session.trip(cause, forMs);
		},
		onClosed: () => log.add("info", "circuit.closed", `${venue.name} can be read again`, { venue: venue.name })
	});
	let isPaused = false;
	/** What was last told of the health: a second's work asks for it again and again, and a storm of facts for each of them. */
	let told;
	function open(route, sessions) {
		let ordinal = 1;
		const idOf = () => `${venue.id}/${route}${ordinal === 1 ? "" : `#${ordinal}`}`;
		while (sessions.some((session) => session.id === idOf())) ordinal += 1;
		const id = idOf();
		const session = createSession({
			...options,
			onEvent(event) {
				told = void 0;
				options.onEvent(event);
			},
			id,
			route,
			gate,
			circuit,
			tempo,
			onState(state, lastDataAt) {
				told = void 0;
				options.onTransition({
					at: clock.now(),
					venue: venue.id,
					connection: id,
					state,
					...lastDataAt === void 0 ? {} : { lastDataAt }
				});
				logState(log, id, state);
			},
			onTrouble: (code, details) => log.add("warn", code, `${id}: ${details.count ?? 1} × ${details.reason}`, details)
		});
		if (isPaused) session.pause();
		return session;
	}
	/** The one that asks for the channel already, else one where it fits, else a new one. */
	function sessionFor(route, channel) {
		const sessions = byRoute.get(route) ?? [];
		byRoute.set(route, sessions);
		const held = sessions.map((session) => ({
			session,
			channels: [...session.channels]
		}));
		const found = held.find(({ channels }) => channels.includes(channel)) ?? held.find(({ channels }) => fits([...channels, channel]));
		if (found) return found.session;
		const session = open(route, sessions);
		sessions.push(session);
		return session;
	}
	function fits(channels) {
		const { maxStreamsPerConnection, maxChannelCharsPerConnection = Number.POSITIVE_INFINITY } = venue.limits;
		const most = maxStreamsPerConnection - (venue.canaryOf ? 1 : 0);
		if (channels.length > Math.max(1, most)) return false;
		return channels.reduce((sum, { length }) => sum + length, 0) <= maxChannelCharsPerConnection;
	}
	const all = () => [...byRoute.values()].flat();
	return {
		want(stream) {
			told = void 0;
			const channel = venue.channelOf(stream);
			if (channel === void 0) return;
			const session = sessionFor(venue.routeOf(stream), channel);
			session.want(stream);
			owners.set(streamKeyText(stream), session);
		},
		drop(stream) {
			told = void 0;
			owners.get(streamKeyText(stream))?.drop(stream);
			owners.delete(streamKeyText(stream));
		},
		renew: (stream) => owners.get(streamKeyText(stream))?.renew(stream),
		health() {
			const at = clock.monotonic();
			if (told === void 0 || at - told.at >= TOLD_MS) told = {
				at,
				health: all().map((session) => session.health())
			};
			return told.health;
		},
		reconnectNow() {
			for (const session of all()) session.reconnectNow();
		},
		pause() {
			isPaused = true;
			for (const session of all()) session.pause();
		},
		resume() {
			isPaused = false;
			for (const session of all()) session.resume();
		},
		wake(cause) {
			for (const session of all()) session.wake(cause);
		},
		second() {
			told = void 0;
			for (const [route, sessions] of byRoute) {
				for (const session of sessions) session.second();
				const [first, ...others] = sessions;
				const needed = others.filter(({ streamCount, state }) => streamCount > 0 || state.kind !== "idle");
				if (!first || needed.length === others.length) continue;
				for (const session of others) if (!needed.includes(session)) session.dispose();
				byRoute.set(route, [first, ...needed]);
			}
		},
		dispose() {
			circuit.dispose();
			gate.dispose();
			for (const session of all()) session.dispose();
		}
	};
}
/** Tells the log of a connection that changed, as loud as it is. */
function logState(log, connection, state) {
	const cause = "cause" in state ? state.cause : void 0;
	const isWanted = cause?.code === "user" || cause?.code === "recording.end";
	const isTrouble = [
		"stale",
		"waiting",
		"failed",
		"paused"
	].includes(state.kind) && !isWanted;
	log.add(isTrouble ? "error" : state.kind === "degraded" ? "warn" : "info", `connection.${state.kind}`, `${connection} ${state.kind}${cause ? `: ${cause.code}, ${cause.detail}` : ""}`, {
		connection,
		...cause ? {
			cause: cause.code,
			detail: cause.detail
		} : {},
		..."attempt" in state ? { attempt: state.attempt } : {},
		..."retryAt" in state ? { retryAt: state.retryAt } : {},
		..."until" in state ? { until: state.until } : {},
		..."reason" in state ? { reason: state.reason } : {}
	});
}
// src/engine/market/ticker-rows.ts
function createTickerRows() {
	const rows = /* @__PURE__ */ new Map();
	/** Venue time of what `last` came from: a late 24 h ticker must not overwrite a newer trade. */
	const lastAt = /* @__PURE__ */ new Map();
	const topIds = /* @__PURE__ */ new Map();
	function rowOf(instrument) {
		const known = rows.get(instrument);
		if (known) return known;
		const row = emptyRow();
		rows.set(instrument, row);
		return row;
	}
	function setLast(row, told, price) {
		row.lastReceivedAt = told.receivedAt;
		if (told.venueTime < (lastAt.get(told.instrument) ?? 0)) return;
		lastAt.set(told.instrument, told.venueTime);
		row.last = price;
	}
	return {
		apply(event) {
			switch (event.kind) {
				case "ticker": {
					const row = rowOf(event.instrument);
					row.open24h = event.open;
					row.high24h = event.high;
					row.low24h = event.low;
					row.quoteVolume24h = event.quoteVolume;
					row.dayReceivedAt = event.receivedAt;
					setLast(row, event, event.last);
					return true;
				}
				case "trade":
					if (event.offBook) return false;
					setLast(rowOf(event.instrument), event, event.price);
					return true;
				case "top": {
					if (event.updateId < (topIds.get(event.instrument) ?? 0)) return false;
					topIds.set(event.instrument, event.updateId);
					const row = rowOf(event.instrument);
					row.bid = event.bidPrice;
					row.ask = event.askPrice;
					row.topReceivedAt = event.receivedAt;
					return true;
				}
				case "mark": {
					const row = rowOf(event.instrument);
					row.mark = event.markPrice;
					row.index = event.indexPrice;
					row.fundingRate = event.fundingRate ?? NaN;
					row.nextFundingTime = event.nextFundingTime ?? NaN;
					row.markReceivedAt = event.receivedAt;
					return true;
				}
				default: return false;
			}
		},
		interrupted({ kind, instrument }) {
			if (kind === "top") topIds.delete(instrument);
			if (kind === "ticker" || kind === "trade") lastAt.delete(instrument);
		},
		row: (instrument) => rows.get(instrument)
	};
}
function emptyRow() {
	const unknown = NaN;
	return {
		last: unknown,
		open24h: unknown,
		high24h: unknown,
		low24h: unknown,
		quoteVolume24h: unknown,
		bid: unknown,
		ask: unknown,
		mark: unknown,
		index: unknown,
		fundingRate: unknown,
		nextFundingTime: unknown,
		lastReceivedAt: unknown,
		dayReceivedAt: unknown,
		topReceivedAt: unknown,
		markReceivedAt: unknown
	};
}
// src/engine/market/trade-tape.ts
function createTradeTape(ids, atFirst = 500) {
	const compare = ids === "counted" ? byId : byTime;
	let kept = atFirst;
	let trades = [];
	/** Of what is in `trades`. */
	let known = /* @__PURE__ */ new Set();
	let isCut = false;
	function keep(all) {
		isCut ||= all.length > kept;
		trades = all.slice(-kept);
		known = new Set(trades.map(({ id }) => id));
	}
	/** Where it belongs: behind everything that is not younger. */
	function placeOf(trade) {
		let place = trades.length;
		for (let before = trades[place - 1]; before && compare(before, trade) > 0; before = trades[place - 1]) place -= 1;
		return place;
	}
	return {
		add(trade) {
			if (known.has(trade.id)) return false;
			const newest = trades.at(-1);
			if (newest && compare(trade, newest) < 0) {
				if (ids === "counted") return false;
				const place = placeOf(trade);
				if (place === 0 && isCut) return false;
				trades.splice(place, 0, trade);
			} else trades.push(trade);
			known.add(trade.id);
			if (trades.length > kept * 2) keep(trades);
			return true;
		},
		merge(others) {
			const before = known;
			const all = new Map(others.map((trade) => [trade.id, trade]));
			for (const trade of trades) all.set(trade.id, trade);
			keep([...all.values()].sort(compare));
			return new Set([...known].filter((id) => !before.has(id)));
		},
		widen(count) {
			kept = count;
		},
		get newestId() {
			return trades.at(-1)?.id;
		},
		get recent() {
			return trades.length > kept ? trades.slice(-kept) : trades;
		}
	};
}
function byTime(one, other) {
	return one.venueTime - other.venueTime;
}
/** Digits compare by value however long (some venues count beyond 2^53). */
function byId(one, other) {
	if (one.id.length !== other.id.length) return one.id.length - other.id.length;
	return one.id === other.id ? 0 : one.id < other.id ? -1 : 1;
}
// src/engine/market/trade-tapes.ts
var RETRY_MS$1 = 3e3;
var GAP_FILL_MS = 2e3;
/** What a tape holds that nobody looks at (a watchlist keeps hundreds for their last prices), and one that is shown. */
var UNSEEN$1 = 30;
var SHOWN$1 = 500;
function createTradeTapes(options) {
	const entries = /* @__PURE__ */ new Map();
	function entryOf(instrument) {
		const known = entries.get(instrument);
		if (known) return known;
		const entry = {
			tape: createTradeTape(options.follows ? "counted" : "unordered", UNSEEN$1),
			isLooked: false,
			isLive: false,
			isLoading: false,
			isAgain: false,
			cancelRetry: void 0,
			brokenAfter: void 0,
			missed: 0
		};
		entries.set(instrument, entry);
		return entry;
	}
	async function fill(instrument, entry) {
		if (entry.isLoading) {
			entry.isAgain = true;
			return;
		}
		entry.cancelRetry?.();
		entry.cancelRetry = void 0;
		entry.isLoading = true;
		entry.isAgain = false;
		try {
			const trades = await options.load(instrument);
			if (entries.get(instrument) !== entry) return;
			const added = entry.tape.merge(trades);
			options.onFilled(instrument);
			if (entry.isLive && !entry.isAgain) tellRecovered(instrument, entry, added);
		} catch (fault) {
			if (entries.get(instrument) !== entry) return;
			options.onFault(fault, instrument);
			entry.cancelRetry = options.clock.after(RETRY_MS$1, () => void fill(instrument, entry));
		} finally {
			entry.isLoading = false;
		}
		if (entry.isAgain) fill(instrument, entry);
	}
	function tellRecovered(instrument, entry, added) {
		const { brokenAfter, missed } = entry;
		if (brokenAfter === void 0) return;
		entry.brokenAfter = void 0;
		entry.missed = 0;
		const { recent } = entry.tape;
		const since = recent.findIndex(({ id }) => id === brokenAfter) + 1;
		const recovered = recent.slice(since).filter(({ id }) => added.has(id)).length;
		if (missed > 0 || recovered > 0) options.onRecovered?.(instrument, missed, recovered);
	}
	function release(instrument) {
		entries.get(instrument)?.cancelRetry?.();
		entries.delete(instrument);
	}
	return {
		add(trade) {
			const entry = entryOf(trade.instrument);
			const newest = entry.tape.newestId;
			const isNew = entry.tape.add(trade);
			const isGap = isNew && newest !== void 0 && options.follows?.(newest, trade.id) === false;
			if (isGap && !entry.isLooked) {
				options.onRecovered?.(trade.instrument, idsBetween(newest, trade.id), 0);
				entry.brokenAfter = void 0;
			} else if (isGap) {
				entry.brokenAfter ??= newest;
				entry.missed += idsBetween(newest, trade.id);
				entry.cancelRetry ??= options.clock.after(GAP_FILL_MS, () => void fill(trade.instrument, entry));
			}
			if (!entry.isLive) {
				entry.isLive = true;
				if (entry.isLooked) fill(trade.instrument, entry);
			}
			return isNew;
		},
		look(instrument) {
			const entry = entryOf(instrument);
			if (!entry.isLooked) {
				entry.isLooked = true;
				entry.tape.widen(SHOWN$1);
				fill(instrument, entry);
			}
			return entry.tape;
		},
		interrupted(instrument) {
			const entry = entries.get(instrument);
			if (!entry) return;
			entry.isLive = false;
			entry.brokenAfter ??= entry.tape.newestId;
		},
		release,
		dispose() {
			for (const instrument of [...entries.keys()]) release(instrument);
		}
	};
}
/** How many ids lie between two; 1 where they are no numbers, for at least one does. */
function idsBetween(before, after) {
	if (!/^\d+$/.test(before) || !/^\d+$/.test(after)) return 1;
	return Math.max(1, Number(BigInt(after) - BigInt(before)) - 1);
}
// src/engine/ccxt/built-health.ts
/** What is made of another stream is as healthy as that one: a row for each beside it. `held`: texts of all held streams. */
function builtHealth(connection, held, { means }, rootOf) {
	const texts = [...held];
	const tops = /* @__PURE__ */ new Map();
	for (const text of means.top === "synthesised" ? texts : []) {
		if (!text.startsWith("top ")) continue;
		tops.set(streamKeyText({
			...parseStreamKey(text),
			kind: "book"
		}), text);
	}
	const [withCandles = connection] = withBuiltCandles([connection], texts, rootOf);
	return {
		...withCandles,
		streams: withCandles.streams.flatMap((row) => {
			const top = tops.get(row.stream);
			return top === void 0 ? [row] : [row, {
				...row,
				stream: top,
				gaps: 0,
				resyncs: 0
			}];
		})
	};
}
// src/shared/base/decimal.ts
/** Decimal text helpers for market data. Exact: no float ever touches the digits. */
var PLAIN = /^-?\d+(?:\.\d+)?$/;
/** How many digits stand after the point in plain decimal text: `'83860.20'` → 2. */
function decimalPlaces(text) {
	const point = text.indexOf(".");
	return point < 0 ? 0 : text.length - point - 1;
}
/** `'0.10'` → `'0.1'`, `'5.000'` → `'5'`, `'-0.0'` → `'0'`. Takes plain decimal text. */
function trimDecimal(text) {
	if (!text.includes(".")) return text === "-0" ? "0" : text;
	const trimmed = text.replace(/\.?0+$/, "");
	return trimmed === "" || trimmed === "-0" || trimmed === "-" ? "0" : trimmed;
}
/**
* Plain decimal text → integer at `scale` digits: `('83860.20', 2)` → 8386020.
* Returns `undefined` when the text is not plain decimal, has more digits than `scale`,
* or the integer would not be exact (beyond 2^53 − 1).
*/
function toScaled(text, scale) {
	if (!PLAIN.test(text)) return void 0;
	const excess = decimalPlaces(text) - scale;
	const digits = text.replace(".", "");
	const cut = excess > 0 ? digits.slice(0, -excess) : digits + "0".repeat(-excess);
	if (excess > 0 && /[1-9]/.test(digits.slice(-excess))) return void 0;
	const value = Number(cut);
	return Number.isSafeInteger(value) ? value : void 0;
}
/** Number → plain decimal text without exponent: `1e-7` → `'0.0000001'`. For showing and printing only. */
function plainNumber(value) {
	const text = String(value);
	const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
	if (!match) return text;
	const [, sign = "", lead = "", fraction = "", exponentText = "0"] = match;
	const exponent = Number(exponentText);
	const digits = lead + fraction;
	const point = 1 + exponent;
	if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
	if (point >= digits.length) return sign + digits + "0".repeat(point - digits.length);
	return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
// src/engine/ccxt/catalogue.ts
var KEEP_MS$1 = 216e5;
/** ccxt's `TICK_SIZE` and `DECIMAL_PLACES`; by significant digits no step can be told. */
var TICK_SIZE = 4;
var DECIMAL_PLACES = 2;
var FINEST = 8;
/** What an exchange trades: spot, perpetuals and dated futures. Options are left out: Heartline has no words for them. */
function createCatalogue(options) {
	const { venue, exchange, clock } = options;
	let known;
	let loadedAt = Number.NEGATIVE_INFINITY;
	let underWay;
	async function fetchAll() {
		try {
			const markets = await exchange.loadMarkets(true);
			const listed = listMarkets(venue, Object.values(markets), exchange.precisionMode);
			if (listed.size === 0) throw new HeartlineError("venue.answer", `${exchange.name} lists nothing`);
			known = listed;
			loadedAt = clock.monotonic();
			return known;
		} catch (fault) {
			exchange.marketsLoading = known && exchange.markets ? Promise.resolve(exchange.markets) : void 0;
			if (!known) throw fault;
			loadedAt = clock.monotonic();
			return known;
		} finally {
			underWay = void 0;
		}
	}
	return {
		get known() {
			return known;
		},
		load() {
			if (known && clock.monotonic() - loadedAt < KEEP_MS$1) return Promise.resolve(known);
			underWay ??= fetchAll();
			return underWay;
		}
	};
}
/** Pure. Two markets of one name differ in what they settle in: the linear one keeps the plain name, the other says it. */
function listMarkets(venue, markets, precisionMode) {
	const listed = /* @__PURE__ */ new Map();
	for (const market of markets.toSorted((a, b) => Number(a.inverse ?? false) - Number(b.inverse ?? false))) {
		const plain = idOf(venue, market, "");
		const id = plain && listed.has(plain) ? idOf(venue, market, `@${market.settle ?? "other"}`) : plain;
		if (id === void 0 || listed.has(id)) continue;
		listed.set(id, read(venue, id, market, precisionMode));
	}
	return listed;
}
function idOf(venue, market, mark) {
	const { base, quote } = market;
	const suffix = market.spot ? "" : market.swap ? "-PERP" : dated(market);
	if (!base || !quote || suffix === void 0) return void 0;
	try {
		return instrumentId(`${venue}:${base}-${quote}${suffix}${mark}`);
	} catch (fault) {
		if (fault instanceof HeartlineError) return void 0;
		throw fault;
	}
}
/** ccxt writes the day at the end of its symbol: `BTC/USDT:USDT-260327`. */
function dated({ future, symbol }) {
	return future ? /-\d{6}$/.exec(symbol)?.[0] : void 0;
}
function read(venue, id, market, mode) {
	const size = market.contract ? market.contractSize ?? 1 : 1;
	const isInverse = market.contract === true && market.inverse === true;
	const tickSize = stepOf(market.precision?.price, mode);
	const quantityStep = isInverse ? stepAt(FINEST) : scaled$1(stepOf(market.precision?.amount, mode), size);
	const least = market.limits?.amount?.min;
	const minNotional = market.limits?.cost?.min;
	return {
		instrument: {
			id,
			venue,
			kind: market.spot ? "spot" : market.swap ? "perpetual" : "future",
			base: market.base ?? "",
			quote: market.quote ?? "",
			status: market.active === false ? "halted" : "trading",
			tickSize,
			priceScale: decimalPlaces(tickSize),
			quantityStep,
			quantityScale: decimalPlaces(quantityStep),
			minQuantity: least && !isInverse ? scaled$1(plainNumber(least), size) : quantityStep,
			...minNotional ? { minNotional: plainNumber(minNotional) } : {}
		},
		symbol: market.symbol,
		baseOf: isInverse ? (amount, price) => Number((amount * size / price).toFixed(FINEST)) : (amount) => product(amount, size)
	};
}
/** Decimal text of a step. */
function stepOf(precision, mode) {
	if (precision === void 0 || !(precision >= 0)) return stepAt(FINEST);
	if (mode === TICK_SIZE) return precision > 0 ? plainNumber(precision) : stepAt(FINEST);
	return mode === DECIMAL_PLACES ? stepAt(precision) : stepAt(FINEST);
}
function stepAt(places) {
	return plainNumber(Number(`1e-${places}`));
}
function scaled$1(step, size) {
	return plainNumber(product(Number(step), size));
}
/** 0.1 × 0.01 is 0.001: what fifteen digits tell, without the noise of the sixteenth. */
function product(amount, size) {
	return size === 1 ? amount : Number((amount * size).toPrecision(15));
}
// src/shared/base/assert-never.ts
/** Ends an exhaustive `switch`: the compiler refuses it while a case is missing; at run time it throws. */
function assertNever(value) {
	throw new Error(`unreachable case: ${JSON.stringify(value)}`);
}
// src/engine/market/book-side.ts
/**
* Slots of the window around the best price, one per tick: 32 KB a side. Nearly every change of a busy book
* falls inside it and costs one array access, wherever it lies.
*/
var WIDTH = 4096;
/** Where the best level lands when the window moves: most of the window looks away from the other side. */
var HOME = 3072;
/** The best level may sink this low before the window follows it. */
var LOW$1 = 1024;
/** Where the window of an empty side stands: no key is near, so the first level brings it home. */
var NOWHERE = Number.MAX_SAFE_INTEGER;
var NO_WINDOW = /* @__PURE__ */ new Float64Array(0);
/** Levels kept outside the window; beyond that the farthest half is forgotten. */
var MOST_FAR = 16384;
/**
* One side of a book in integer ticks. Levels live in a window of slots around the best price, the far ones in a map.
* Inside, prices are keys that are greater the better: the price itself for bids, its negative for asks.
*
* `reach` is how far the side is *known*. A snapshot of the best thousand says nothing of the levels beyond its
* last one; a change out there is stored, but its neighbours may be missing, so such levels are not read.
* A class for speed: its fields are the hot state.
*/
var BookSide = class {
	#sign;
	/** Made with the first change: a book that only ever comes whole needs none. */
	#window = NO_WINDOW;
	/** Key of slot 0. */
	#base = NOWHERE;
	/** Slot of the best level; −1 when the side is empty. The best is always inside the window. */
	#best = -1;
	/** Levels below the window. */
	#far = /* @__PURE__ */ new Map();
	#farOrder;
	#reach = Number.NEGATIVE_INFINITY;
	#known = 0;
	/**
	* All levels as a snapshot brought them, best first, while nothing has changed since: then nothing else here is in
	* use. Where every frame is a whole book, a frame costs no more than this.
	*/
	#asBrought;
	#isBroughtWhole = true;
	constructor(side) {
		this.#sign = side === "bids" ? 1 : -1;
	}
	/** Levels within reach: all of them are known. */
	get known() {
		return this.#asBrought ? this.#asBrought.length >> 1 : this.#known;
	}
	/** True while every level of the side is known, however far. */
	get whole() {
		return this.#asBrought ? this.#isBroughtWhole : this.#reach === Number.NEGATIVE_INFINITY;
	}
	/** Price of the best level, 0 when there is none. */
	get bestPrice() {
		if (this.#asBrought) return this.#asBrought[0] ?? 0;
		return this.#best < 0 ? 0 : this.#sign * (this.#base + this.#best);
	}
	/** Quantity at the best level, 0 when there is none. */
	get bestQuantity() {
		if (this.#asBrought) return this.#asBrought[1] ?? 0;
		return this.#best < 0 ? 0 : this.#window[this.#best];
	}
	clear() {
		this.#asBrought = void 0;
		if (this.#base !== NOWHERE) this.#window.fill(0);
		this.#base = NOWHERE;
		this.#best = -1;
		this.#far.clear();
		this.#farOrder = void 0;
		this.#reach = Number.NEGATIVE_INFINITY;
		this.#known = 0;
	}
	/** Replaces everything. `whole`: no level exists beyond these. */
	load(levels, whole) {
		this.clear();
		if (isBestFirst$3(levels, this.#sign)) {
			this.#asBrought = levels;
			this.#isBroughtWhole = whole || levels.length === 0;
		} else this.#takeIn(levels, whole);
	}
	#takeIn(levels, whole) {
		let worst = Number.POSITIVE_INFINITY;
		for (let index = 0; index + 1 < levels.length; index += 2) {
			this.set(levels[index], levels[index + 1]);
			worst = Math.min(worst, this.#sign * levels[index]);
		}
		if (!whole && levels.length > 0) this.#reach = worst;
	}
	/** Sets the quantity at a price; 0 removes the level, known or not. */
	set(price, quantity) {
		if (this.#asBrought) this.#settle();
		const slot = this.#sign * price - this.#base;
		if (slot < 0 || slot >= WIDTH) {
			this.#setOutside(this.#sign * price, quantity);
			return;
		}
		const window = this.#window;
		const before = window[slot];
		window[slot] = quantity;
		if (quantity > 0) {
			if (before === 0) this.#count(this.#base + slot, 1);
			if (slot > this.#best) this.#best = slot;
		} else if (before > 0) {
			this.#count(this.#base + slot, -1);
			if (slot === this.#best) this.#sinkBest();
		}
	}
	/**
	* Writes the best levels as price, quantity, … into `into` and returns how many fitted.
	* Levels beyond the reach are left out, but for the best one seen.
	*/
	read(into) {
		if (this.#asBrought) {
			const fitting = Math.min(this.#asBrought.length, into.length & -2);
			into.set(this.#asBrought.subarray(0, fitting));
			return fitting / 2;
		}
		const window = this.#window;
		const base = this.#base;
		const last = Math.max(0, this.#reach - base);
		let at = 0;
		for (let slot = this.#best; slot >= last && at + 1 < into.length; slot--) {
			const quantity = window[slot];
			if (quantity > 0) {
				into[at] = this.#sign * (base + slot);
				into[at + 1] = quantity;
				at += 2;
			}
		}
		if (at + 1 < into.length && this.#far.size > 0 && this.#reach < base) at = this.#readFar(into, at);
		if (at === 0 && this.#best >= 0 && into.length > 1) {
			into[0] = this.bestPrice;
			into[1] = this.bestQuantity;
			at = 2;
		}
		return at / 2;
	}
	/**
	* Multiplies every price and quantity: the scales grew. False when a value would no longer be exact;
	* the side is garbage then.
	*/
	rescale(priceFactor, quantityFactor) {
		this.#settle();
		const levels = this.#all();
		const reach = this.#reach * priceFactor;
		const exact = levels.every(([key, quantity]) => Number.isSafeInteger(key * priceFactor) && Number.isSafeInteger(quantity * quantityFactor));
		this.clear();
		if (!exact) return false;
		for (const [key, quantity] of levels) this.set(this.#sign * key * priceFactor, quantity * quantityFactor);
		this.#limitTo(reach);
		return true;
	}
	/** The first change: what was brought goes where changes find it. */
	#settle() {
		const levels = this.#asBrought;
		this.#asBrought = void 0;
		if (levels) this.#takeIn(levels, this.#isBroughtWhole);
	}
	#count(key, change) {
		if (key >= this.#reach) this.#known += change;
	}
	#setOutside(key, quantity) {
		if (key >= this.#base + WIDTH || this.#best < 0 && quantity > 0) {
			if (quantity === 0) return;
			this.#moveWindow(key - HOME);
			this.set(this.#sign * key, quantity);
			return;
		}
		const held = this.#far.has(key);
		if (quantity > 0) {
			this.#far.set(key, quantity);
			if (held) return;
			this.#count(key, 1);
			this.#farOrder = void 0;
			if (this.#far.size > MOST_FAR) this.#forgetFarthest();
		} else if (held) {
			this.#far.delete(key);
			this.#count(key, -1);
			this.#farOrder = void 0;
		}
	}
	/** The best level is gone: finds the next one, in the window or in the map. */
	#sinkBest() {
		const window = this.#window;
		let slot = this.#best - 1;
		while (slot >= 0 && window[slot] === 0) slot--;
		this.#best = slot;
		if (this.#far.size === 0) return;
		if (slot < 0) this.#moveWindow(this.#sortedFar()[0] - HOME);
		else if (slot < LOW$1) this.#moveWindow(this.#base + slot - HOME);
	}
	/** Slot 0 becomes the key `base`. Levels that fall out below go to the map, levels of the map that fit come in. */
	#moveWindow(base) {
		if (this.#window === NO_WINDOW) this.#window = new Float64Array(WIDTH);
		const window = this.#window;
		const shift = base - this.#base;
		const leaving = Math.min(Math.max(shift, 0), WIDTH);
		for (let slot = 0; slot < leaving; slot++) if (window[slot] > 0) this.#far.set(this.#base + slot, window[slot]);
		if (Math.abs(shift) >= WIDTH) {
			window.fill(0);
			this.#best = -1;
		} else {
			if (shift > 0) window.copyWithin(0, shift).fill(0, WIDTH - shift);
			else window.copyWithin(-shift, 0).fill(0, 0, -shift);
			this.#best = this.#best < 0 ? -1 : Math.max(-1, this.#best - shift);
		}
		this.#base = base;
		for (const [key, quantity] of this.#far) {
			if (key < base) continue;
			this.#far.delete(key);
			window[key - base] = quantity;
			this.#best = Math.max(this.#best, key - base);
		}
		this.#farOrder = void 0;
	}
	#readFar(into, from) {
		let at = from;
		for (const key of this.#sortedFar()) {
			if (at + 1 >= into.length || key < this.#reach) break;
			into[at] = this.#sign * key;
			into[at + 1] = this.#far.get(key) ?? 0;
			at += 2;
		}
		return at;
	}
	/** Keys of the map, best first. */
	#sortedFar() {
		this.#farOrder ??= Float64Array.from(this.#far.keys()).sort().reverse();
		return this.#farOrder;
	}
	/** Bounds the memory of a book that only ever grows. What is forgotten is out of reach from here on. */
	#forgetFarthest() {
		const order = this.#sortedFar();
		const kept = order.length >> 1;
		for (const key of order.subarray(kept)) this.#far.delete(key);
		this.#farOrder = void 0;
		this.#limitTo(Math.max(this.#reach, order[kept - 1]));
	}
	#limitTo(reach) {
		this.#reach = reach;
		this.#known = this.#all().filter(([key]) => key >= reach).length;
	}
	#all() {
		const levels = [...this.#far];
		for (let slot = 0; slot <= this.#best; slot++) {
			const quantity = this.#window[slot];
			if (quantity > 0) levels.push([this.#base + slot, quantity]);
		}
		return levels;
	}
};
/** Prices fall (bids) or rise (asks) strictly from the first level on, and every level has a quantity. */
function isBestFirst$3(levels, sign) {
	let last = Number.POSITIVE_INFINITY;
	for (let index = 0; index < levels.length; index += 2) {
		const key = levels[index] * sign;
		if (key >= last || !(levels[index + 1] > 0)) return false;
		last = key;
	}
	return true;
}
// src/engine/market/book.ts
/** Changes kept while a snapshot is awaited: minutes at the fastest stream. Older ones go first. */
var MOST_KEPT = 4096;
function createBook(rule) {
	const bids = new BookSide("bids");
	const asks = new BookSide("asks");
	let state = "syncing";
	let priceScale = 0;
	let quantityScale = 0;
	let lastUpdateId = -1;
	let venueTime = 0;
	let receivedAt = 0;
	/** A change has been applied since the snapshot: from then on they must follow one another. */
	let bridged = false;
	let renewing = false;
	let kept = [];
	function keep(delta) {
		if (rule.snapshot === "stream") return;
		if (kept.length >= MOST_KEPT) kept = kept.slice(MOST_KEPT / 2);
		kept.push(delta);
	}
	function fail() {
		state = "invalid";
		bids.clear();
		asks.clear();
		kept = [];
		renewing = false;
		return "gap";
	}
	function verdictOn(delta) {
		if (bridged) return rule.follow(lastUpdateId, delta);
		const verdict = rule.bridge(lastUpdateId, delta);
		return verdict === "early" ? "gap" : verdict;
	}
	function isCrossed() {
		return bids.bestQuantity > 0 && asks.bestQuantity > 0 && bids.bestPrice >= asks.bestPrice;
	}
	/** False when the integers cannot be brought to one scale exactly. */
	function widenTo(prices, quantities) {
		if (prices <= priceScale && quantities <= quantityScale) return true;
		const priceFactor = 10 ** Math.max(0, prices - priceScale);
		const quantityFactor = 10 ** Math.max(0, quantities - quantityScale);
		priceScale = Math.max(priceScale, prices);
		quantityScale = Math.max(quantityScale, quantities);
		const widened = bids.rescale(priceFactor, quantityFactor);
		return asks.rescale(priceFactor, quantityFactor) && widened;
	}
	/** False when the book is wrong afterwards. */
	function apply(delta) {
		if (!widenTo(delta.priceScale, delta.quantityScale)) return false;
		const priceFactor = 10 ** (priceScale - delta.priceScale);
		const quantityFactor = 10 ** (quantityScale - delta.quantityScale);
		if (!setAll(bids, delta.bids, priceFactor, quantityFactor)) return false;
		if (!setAll(asks, delta.asks, priceFactor, quantityFactor)) return false;
		lastUpdateId = delta.lastUpdateId;
		venueTime = delta.venueTime;
		receivedAt = delta.receivedAt;
		bridged = true;
		return !isCrossed();
	}
	function load(snapshot) {
		priceScale = snapshot.priceScale;
		quantityScale = snapshot.quantityScale;
		lastUpdateId = snapshot.lastUpdateId;
		venueTime = snapshot.venueTime;
		receivedAt = snapshot.receivedAt;
		bridged = false;
		const most = rule.snapshotDepth ?? Number.POSITIVE_INFINITY;
		bids.load(snapshot.bids, snapshot.bids.length / 2 < most);
		asks.load(snapshot.asks, snapshot.asks.length / 2 < most);
		return !isCrossed();
	}
	return {
		get state() {
			return state;
		},
		get priceScale() {
			return priceScale;
		},
		get quantityScale() {
			return quantityScale;
		},
		get lastUpdateId() {
			return lastUpdateId;
		},
		get venueTime() {
			return venueTime;
		},
		get receivedAt() {
			return receivedAt;
		},
		get known() {
			return Math.min(bids.whole ? Number.POSITIVE_INFINITY : bids.known, asks.whole ? Number.POSITIVE_INFINITY : asks.known);
		},
		applySnapshot(snapshot, onApplied) {
			const first = kept.findIndex((delta) => rule.bridge(snapshot.lastUpdateId, delta) !== "stale");
			const next = kept[first];
			if (next !== void 0 && rule.bridge(snapshot.lastUpdateId, next) === "early") return "early";
			const seenUpTo = state === "live" ? lastUpdateId : -1;
			if (rule.snapshot === "rest" && next === void 0 && snapshot.lastUpdateId < seenUpTo) return "early";
			if (state === "live" && rule.supersedes?.({
				lastUpdateId,
				receivedAt
			}, snapshot) === false) return "early";
			if (!load(snapshot)) return fail();
			const waiting = next === void 0 ? [] : kept.slice(first);
			kept = [];
			renewing = false;
			state = "live";
			for (const [index, delta] of waiting.entries()) {
				const verdict = verdictOn(delta);
				switch (verdict) {
					case "stale": break;
					case "gap":
						fail();
						kept = waiting.slice(index);
						return "gap";
					case "applied":
						if (!apply(delta)) {
							fail();
							kept = waiting.slice(index);
							return "gap";
						}
						if (delta.lastUpdateId > seenUpTo) onApplied?.(delta);
						break;
					default: assertNever(verdict);
				}
			}
			return "live";
		},
		applyDelta(delta) {
			if (state !== "live") {
				keep(delta);
				return "buffered";
			}
			const verdict = verdictOn(delta);
			if (verdict === "stale") return "stale";
			if (verdict === "gap" || !apply(delta)) {
				fail();
				keep(delta);
				return "gap";
			}
			if (renewing) keep(delta);
			return "applied";
		},
		renew() {
			if (state === "live" && !renewing) {
				kept = [];
				renewing = true;
			}
		},
		invalidate() {
			if (state === "live") fail();
			kept = [];
		},
		read(depth) {
			const room = new Float64Array(depth * 2);
			return {
				bids: room.slice(0, bids.read(room) * 2),
				asks: room.slice(0, asks.read(room) * 2)
			};
		},
		readInto(side, into) {
			return (side === "bids" ? bids : asks).read(into);
		},
		best() {
			return {
				bid: bestOf$1(bids),
				ask: bestOf$1(asks)
			};
		}
	};
}
/** False when a level is no exact integer at the book's scales. */
function setAll(side, levels, priceFactor, quantityFactor) {
	if (priceFactor === 1 && quantityFactor === 1) {
		for (let index = 0; index + 1 < levels.length; index += 2) side.set(levels[index], levels[index + 1]);
		return true;
	}
	for (let index = 0; index + 1 < levels.length; index += 2) {
		const price = levels[index] * priceFactor;
		const quantity = levels[index + 1] * quantityFactor;
		if (!Number.isSafeInteger(price) || !Number.isSafeInteger(quantity)) return false;
		side.set(price, quantity);
	}
	return true;
}
function bestOf$1(side) {
	return side.bestQuantity > 0 ? {
		price: side.bestPrice,
		quantity: side.bestQuantity
	} : void 0;
}
// src/engine/market/book-feed.ts
var EARLY_RETRY_MS = 250;
var FAULT_RETRY_MS = 2e3;
/** A stream that was asked to begin anew takes two answers until it does. */
var RESTART_EVERY_MS = 2e3;
var THIN_LEVELS = 200;
var RENEW_EVERY_MS = 3e4;
function createBookFeed(options) {
	const { clock, rule } = options;
	const book = createBook(rule);
	let gaps = 0;
	let resyncs = 0;
	let isLoading = false;
	let isDisposed = false;
	let wasSynced = false;
	/** A snapshot is being fetched for a book that is live. */
	let isRenewing = false;
	let renewedAt = Number.NEGATIVE_INFINITY;
	let restartedAt = Number.NEGATIVE_INFINITY;
	let syncSince = clock.monotonic();
	let cancelRetry;
	/** Counts breaks of the stream: a snapshot asked for before one does not belong to what comes after it. */
	let epoch = 0;
	/** A change of this epoch waits for a snapshot. */
	let isWaiting = false;
	function startSync() {
		syncSince = clock.monotonic();
		isRenewing = false;
		cancelRetry?.();
		cancelRetry = void 0;
	}
	/** Changes come, but what they change is not known: the stream says that only at its beginning. */
	function restart() {
		if (clock.monotonic() - restartedAt < RESTART_EVERY_MS) return;
		restartedAt = clock.monotonic();
		options.restartStream();
	}
	async function load() {
		isWaiting = true;
		if (isLoading || isDisposed || cancelRetry !== void 0) return;
		isLoading = true;
		const mine = epoch;
		let retryMs;
		try {
			const snapshot = await options.loadSnapshot();
			if (isDisposed) return;
			if (mine === epoch) {
				take(snapshot);
				if (book.state !== "live" || isRenewing) retryMs = EARLY_RETRY_MS;
			}
		} catch (fault) {
			if (isDisposed) return;
			options.onFault(fault);
			if (mine === epoch) retryMs = FAULT_RETRY_MS;
		} finally {
			isLoading = false;
		}
		if (mine !== epoch && isWaiting) load();
		else if (retryMs !== void 0 && !isDisposed) cancelRetry = clock.after(retryMs, () => {
			cancelRetry = void 0;
			if (book.state !== "live" || isRenewing) load();
		});
	}
	function take(snapshot) {
		const before = book.state;
		const outcome = book.applySnapshot(snapshot, options.onChange);
		if (outcome === "gap" && !(rule.snapshot === "stream" && before === "invalid")) {
			gaps += 1;
			if (rule.snapshot === "stream") startSync();
			options.onGap();
		}
		if (outcome === "early" && rule.snapshot === "stream") return;
		if (outcome === "live" && before !== "live") {
			if (wasSynced) {
				resyncs += 1;
				options.onResync(clock.monotonic() - syncSince);
			}
			wasSynced = true;
		}
		if (outcome !== "early") isRenewing = false;
		options.onChange();
	}
	/** As the price walks away from where the snapshot was taken, less and less of the book is known without holes. */
	function renewWhenThin() {
		if (isRenewing || isLoading || rule.snapshot !== "rest" || book.known >= THIN_LEVELS) return;
		if (clock.monotonic() - renewedAt < RENEW_EVERY_MS) return;
		renewedAt = clock.monotonic();
		isRenewing = true;
		book.renew();
		load();
	}
	return {
		book,
		get gaps() {
			return gaps;
		},
		get resyncs() {
			return resyncs;
		},
		apply(event) {
			if (event.kind === "book-snapshot") {
				take(event);
				return;
			}
			switch (book.applyDelta(event)) {
				case "applied":
					renewWhenThin();
					options.onChange();
					break;
				case "stale": break;
				case "buffered":
					if (rule.snapshot === "rest") load();
					else restart();
					break;
				case "gap":
					gaps += 1;
					startSync();
					options.onGap();
					options.onChange();
					if (rule.snapshot === "rest") load();
					else restart();
			}
		},
		interrupted() {
			epoch += 1;
			isWaiting = false;
			book.invalidate();
			startSync();
			restartedAt = clock.monotonic();
			options.onChange();
		},
		dispose() {
			isDisposed = true;
			cancelRetry?.();
		}
	};
}
// src/shared/base/wire.ts
var DECIMAL = /^(?=.{1,40}$)\d+(?:\.\d+)?$/;
var SIGNED = /^-?(?=.{1,40}$)\d+(?:\.\d+)?$/;
function isWireObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
/** Text that is a plain decimal ≥ 0 (the wire writes prices and quantities so): no sign, no exponent. */
function isDecimal(value) {
	return typeof value === "string" && DECIMAL.test(value);
}
/** A JSON number that is an exact integer ≥ 0: ids and times. */
function isCount(value) {
	return Number.isSafeInteger(value) && value >= 0;
}
/** What a frame or body lacks. Caught inside a venue's folder: a frame becomes `failed`, a body `venue.answer`. */
var Misshapen = class extends HeartlineError {
	constructor(message) {
		super("venue.answer", message);
	}
};
/** The text of a decimal field. Throws {@link Misshapen}. */
function decimalText(from, key) {
	const value = from[key];
	if (!isDecimal(value)) throw new Misshapen(`${key} is no decimal text: ${show(value)}`);
	return value;
}
/** A decimal field as a number ≥ 0. Throws {@link Misshapen}. */
function decimal(from, key) {
	return Number(decimalText(from, key));
}
/** A decimal field that may be negative. Throws {@link Misshapen}. */
function signedDecimal(from, key) {
	const value = from[key];
	if (typeof value !== "string" || !SIGNED.test(value)) throw new Misshapen(`${key} is no decimal text: ${show(value)}`);
	return Number(value);
}
/** An id or time. Throws {@link Misshapen}. */
function count(from, key) {
	const value = from[key];
	if (!isCount(value)) throw new Misshapen(`${key} is no whole number in range: ${show(value)}`);
	return value;
}
/** Throws {@link Misshapen}. */
function flag(from, key) {
	const value = from[key];
	if (typeof value !== "boolean") throw new Misshapen(`${key} is neither true nor false: ${show(value)}`);
	return value;
}
/** A non-empty text. Throws {@link Misshapen}. */
function text(from, key) {
	const value = from[key];
	if (typeof value !== "string" || value === "") throw new Misshapen(`${key} is no text: ${show(value)}`);
	return value;
}
/** A short look at a value for a log line. */
function show(value) {
	if (value === void 0) return "absent";
	if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
	return (typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value)).slice(0, 60);
}
// src/shared/base/wire-number.ts
var NUMBER = /^(?=.{1,60}$)(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/;
var DIGITS = /^(?:0|[1-9]\d{0,29})$/;
/** ms epoch of the year 5138: what is greater counts µs. */
var MICROSECONDS_FROM = 0x5af3107a4000;
/** `undefined` for what is no finite number ≥ 0. */
function wireNumber(value) {
	if (typeof value === "number") return value >= 0 && value !== Number.POSITIVE_INFINITY ? value + 0 : void 0;
	return typeof value === "string" && NUMBER.test(value) ? value : void 0;
}
/** A field as the nearest number ≥ 0. Throws {@link Misshapen}. */
function numeric(from, key) {
	const value = wireNumber(from[key]);
	if (value === void 0) throw new Misshapen(`${key} is no number ≥ 0: ${show(from[key])}`);
	return Number(value);
}
/** A whole number ≥ 0 as the text of its digits, however many. Throws {@link Misshapen}. */
function digits(from, key) {
	const value = from[key];
	if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return String(value + 0);
	if (typeof value === "string" && DIGITS.test(value)) return value;
	throw new Misshapen(`${key} is no whole number: ${show(value)}`);
}
/** A time as µs epoch, exact, from ms or µs; the number itself tells which. Throws {@link Misshapen}. */
function epochMicros(from, key) {
	const value = Number(digits(from, key));
	const micros = value >= MICROSECONDS_FROM ? value : value * 1e3;
	if (!Number.isSafeInteger(micros)) throw new Misshapen(`${key} is no time: ${show(from[key])}`);
	return micros;
}
/** A time as ms epoch, from ms or µs. Throws {@link Misshapen}. */
function epochMs(from, key) {
	return Math.floor(epochMicros(from, key) / 1e3);
}
/** Any spelling of a number ≥ 0 → plain decimal text: `1.16539E8` → `116539000`, `7.90E-4` → `0.000790`. */
function plainDecimal(value) {
	const parts = NUMBER.exec(String(value));
	if (!parts) throw new Misshapen(`no number ≥ 0: ${show(value)}`);
	const [, whole = "", fraction = "", exponent = "0"] = parts;
	const digitsOfIt = whole + fraction;
	const point = whole.length + Number(exponent);
	const padded = point <= 0 ? "0".repeat(1 - point) + digitsOfIt : digitsOfIt.padEnd(point, "0");
	const at = Math.max(point, 1);
	return (padded.length > at ? `${padded.slice(0, at)}.${padded.slice(at)}` : padded).replace(/^0+(?=\d)/, "");
}
// src/shared/base/number-levels.ts
/** More digits after the point than any venue prints: such a level is garbage, not precision. */
var MAX_SCALE$1 = 15;
var POWERS = Float64Array.from({ length: 16 }, (_, exponent) => Number(`1e${exponent}`));
/** Up to 15 digits are one decimal and one double each, both ways. */
var FIFTEEN_DIGITS = 0x38d7ea4c68000;
/**
* A whole book's levels → integers at scales no smaller than `least`, or at the levels' own where those at `least`
* (it may come from a corrupt frame) would not be exact. Exact, but for one case: quantities of coins worth next to
* nothing, 10^11 with eight digits after the point, fit no exact integer. Then the quantities of this book keep as many
* digits after the point as fit, the rest cut off, and never to 0. Throws {@link Misshapen} for prices that do not fit.
*/
function scaleNumberLevels(bids, asks, least) {
	const known = scaleBoth(bids, asks, least);
	if (known) return known;
	const own = {
		priceScale: Math.max(placesOf$1(bids, 0), placesOf$1(asks, 0)),
		quantityScale: Math.max(placesOf$1(bids, 1), placesOf$1(asks, 1))
	};
	if (own.priceScale > MAX_SCALE$1 || own.quantityScale > MAX_SCALE$1) throw new Misshapen("a level has too many digits");
	const exact = scaleBoth(bids, asks, {
		priceScale: Math.max(least.priceScale, own.priceScale),
		quantityScale: Math.max(least.quantityScale, own.quantityScale)
	}) ?? scaleBoth(bids, asks, own);
	if (exact) return exact;
	for (let quantityScale = own.quantityScale - 1; quantityScale >= 0; quantityScale--) {
		const cut = scaleBoth(bids, asks, {
			...own,
			quantityScale
		}, cutAt);
		if (cut) return cut;
	}
	throw new Misshapen("a level has more digits than an exact integer holds");
}
function scaleBoth(bids, asks, scales, scaleQuantity = exactAt) {
	const scaledBids = scaleSide$1(bids, scales, scaleQuantity);
	const scaledAsks = scaledBids && scaleSide$1(asks, scales, scaleQuantity);
	const { priceScale, quantityScale } = scales;
	return scaledAsks && {
		priceScale,
		quantityScale,
		bids: scaledBids,
		asks: scaledAsks
	};
}
function scaleSide$1(levels, scales, scaleQuantity) {
	const scaled = new Float64Array(levels.length);
	for (const [index, value] of levels.entries()) {
		const whole = index % 2 === 0 ? exactAt(value, scales.priceScale) : scaleQuantity(value, scales.quantityScale);
		if (whole === void 0) return void 0;
		scaled[index] = whole;
	}
	return scaled;
}
/** The value times 10^scale, or `undefined` where that is no exact integer. */
function exactAt(value, scale) {
	if (typeof value === "number" && scale <= MAX_SCALE$1) {
		const power = POWERS[scale];
		const whole = Math.round(value * power);
		if (whole < FIFTEEN_DIGITS) return whole / power === value ? whole : void 0;
	}
	return toScaled(plainDecimal(value), scale);
}
function cutAt(value, scale) {
	const text = plainDecimal(value);
	const point = text.indexOf(".");
	const whole = toScaled(point < 0 ? text : `${text.slice(0, point)}.${text.slice(point + 1, point + 1 + scale)}0`, scale);
	return whole === void 0 ? void 0 : Math.max(1, whole);
}
function placesOf$1(levels, from) {
	let places = 0;
	for (let index = from; index < levels.length; index += 2) places = Math.max(places, decimalPlaces(trimDecimal(plainDecimal(levels[index]))));
	return places;
}
/** `venueNow` is the exchange's time where it says none of its own. */
function createEventReader(listed, venueNow) {
	const { instrument, baseOf } = listed;
	const { id, priceScale, quantityScale } = instrument;
	let updateId = 0;
	let lastPrice = NaN;
	const received = (timestamp, receivedAt) => ({
		instrument: id,
		venueTime: timestamp ?? Math.floor(venueNow()),
		receivedAt
	});
	return {
		ticker(told, receivedAt) {
			if (told?.last === void 0) return [];
			return [{
				kind: "ticker",
				...received(told.timestamp, receivedAt),
				last: told.last,
				open: told.open ?? NaN,
				high: told.high ?? NaN,
				low: told.low ?? NaN,
				volume: told.baseVolume ?? NaN,
				quoteVolume: told.quoteVolume ?? NaN
			}];
		},
		top(told, receivedAt) {
			if (told?.bid === void 0 || told.ask === void 0) return [];
			updateId += 1;
			return [{
				kind: "top",
				...received(told.timestamp, receivedAt),
				updateId,
				bidPrice: told.bid,
				bidQuantity: baseOf(told.bidVolume ?? NaN, told.bid),
				askPrice: told.ask,
				askQuantity: baseOf(told.askVolume ?? NaN, told.ask)
			}];
		},
		trades(told, receivedAt) {
			const events = [];
			for (const { id: ownId, timestamp, price, amount, side } of told) {
				if (price === void 0 || amount === void 0) continue;
				events.push({
					kind: "trade",
					...received(timestamp, receivedAt),
					id: ownId ?? `${timestamp ?? 0}:${plainNumber(price)}:${plainNumber(amount)}`,
					price,
					quantity: baseOf(amount, price),
					side: side === "sell" || side !== "buy" && price < lastPrice ? "sell" : "buy"
				});
				lastPrice = price;
			}
			return events;
		},
		book(told, receivedAt) {
			updateId += 1;
			const levelsOf = (side) => side.slice(0, 200).flatMap(([price, amount]) => {
				const quantity = baseOf(amount ?? 0, price ?? 0);
				return price === void 0 || !(quantity > 0) ? [] : [price, quantity];
			});
			return {
				kind: "book-snapshot",
				...received(told.timestamp, receivedAt),
				lastUpdateId: updateId,
				...scaleNumberLevels(levelsOf(told.bids), levelsOf(told.asks), {
					priceScale,
					quantityScale
				})
			};
		},
		candles(interval, told, receivedAt) {
			const own = told.map(readCandle$3).filter((candle) => candle !== void 0).filter(({ openTime }) => openTimeAt(interval, openTime) === openTime);
			return own.map((candle, index) => ({
				kind: "candle",
				...received(void 0, receivedAt),
				interval,
				candle: {
					...candle,
					closed: index < own.length - 1
				}
			}));
		},
		mark(told, receivedAt) {
			if (told?.markPrice === void 0) return [];
			const { fundingRate, fundingTimestamp } = told;
			return [{
				kind: "mark",
				...received(told.timestamp, receivedAt),
				markPrice: told.markPrice,
				indexPrice: told.indexPrice ?? NaN,
				...fundingRate === void 0 ? {} : { fundingRate },
				...fundingTimestamp === void 0 ? {} : { nextFundingTime: fundingTimestamp }
			}];
		}
	};
}
/** `undefined` where a price is missing. */
function readCandle$3([openTime, open, high, low, close, volume]) {
	if (openTime === void 0 || open === void 0 || high === void 0) return void 0;
	if (low === void 0 || close === void 0) return void 0;
	return {
		openTime,
		open,
		high,
		low,
		close,
		volume: volume ?? 0,
		closed: false
	};
}
// src/engine/ccxt/ccxt-books.ts
var WHOLE$3 = {
	snapshot: "stream",
	snapshotDepth: 200,
	bridge: () => "stale",
	follow: () => "stale"
};
var PATIENCE_MS$2 = 5e3;
var ASK_EVERY_MS = 3e4;
function createCcxtBooks(options) {
	const { clock } = options;
	const books = /* @__PURE__ */ new Map();
	function open(instrument) {
		const feed = createBookFeed({
			rule: WHOLE$3,
			clock,
			loadSnapshot: () => Promise.reject(new HeartlineError("internal", "whole books need no snapshot")),
			restartStream: () => options.onBroken(instrument),
			onChange: () => options.onChange(instrument),
			onGap: () => options.onGap(instrument),
			onResync: (tookMs) => options.onResync(instrument, Math.round(tookMs)),
			onFault: () => void 0
		});
		const held = {
			feed,
			gaps: 0,
			crossedSince: void 0,
			askedAt: Number.NEGATIVE_INFINITY
		};
		books.set(instrument, held);
		return () => {
			feed.dispose();
			if (books.get(instrument) === held) books.delete(instrument);
		};
	}
	return {
		open,
		get: (instrument) => books.get(instrument)?.feed,
		apply(event) {
			const held = books.get(event.instrument);
			if (!held) return;
			held.feed.apply(event);
			if (held.feed.book.state === "live") held.crossedSince = void 0;
			else held.crossedSince ??= clock.monotonic();
		},
		lost(instrument) {
			const held = books.get(instrument);
			if (!held) return;
			held.gaps += 1;
			held.feed.interrupted();
			options.onGap(instrument);
		},
		countsOf(instrument) {
			const held = books.get(instrument);
			return {
				gaps: (held?.gaps ?? 0) + (held?.feed.gaps ?? 0),
				resyncs: held?.feed.resyncs ?? 0
			};
		},
		second() {
			const now = clock.monotonic();
			for (const [instrument, held] of books) {
				if (held.crossedSince === void 0 || now - held.crossedSince < PATIENCE_MS$2) continue;
				if (now - held.askedAt < ASK_EVERY_MS) continue;
				held.askedAt = now;
				options.onBroken(instrument);
			}
		},
		dispose() {
			for (const { feed } of books.values()) feed.dispose();
			books.clear();
		}
	};
}
/** The best of a live book as the event of a stream; `undefined` while a side is empty. */
function topOf$2(instrument, book) {
	const { bid, ask } = book.best();
	if (book.state !== "live" || !bid || !ask) return void 0;
	const price = 10 ** book.priceScale;
	const quantity = 10 ** book.quantityScale;
	return {
		kind: "top",
		instrument,
		venueTime: book.venueTime,
		receivedAt: book.receivedAt,
		updateId: book.lastUpdateId,
		bidPrice: bid.price / price,
		bidQuantity: bid.quantity / quantity,
		askPrice: ask.price / price,
		askQuantity: ask.quantity / quantity
	};
}
// src/engine/ccxt/ccxt-history.ts
var BACKLOG = 200;
function createCcxtHistory(options) {
	const { exchange, plan, rest, sources } = options;
	return {
		async trades(instrument) {
			if (!plan.canPoll.trade) return [];
			const listed = await sources.listed(instrument);
			const told = await rest.call(() => exchange.fetchTrades(listed.symbol, void 0, BACKLOG));
			if (plan.means.trade === "native" && told.some(({ id }) => id === void 0)) return [];
			return createEventReader(listed, options.venueNow).trades(told, options.now()).toSorted((a, b) => a.venueTime - b.venueTime);
		},
		async candles({ instrument, interval, from, to, limit, now }) {
			if (!plan.canPoll.candle || exchange.timeframes?.[interval] === void 0) return [];
			const { symbol } = await sources.listed(instrument);
			let since = from;
			if (since === void 0 && to !== void 0) {
				since = openTimeAt(interval, to);
				for (let count = 1; count < limit; count += 1) since = openTimeAt(interval, since - 1);
			}
			const read = (await rest.call(() => exchange.fetchOHLCV(symbol, interval, since, limit))).map(readCandle$3).filter((candle) => candle !== void 0);
			return read.map((candle, index) => ({
				...candle,
				closed: index < read.length - 1 || nextOpenTime(interval, candle.openTime) <= now
			}));
		}
	};
}
// src/shared/domain/error-class.ts
/** The class of a connection's cause; `undefined` where nothing went wrong (the person asked, the machine slept). */
function errorClassOf(code) {
	switch (code) {
		case "socket.refused":
		case "socket.reset":
		case "socket.closed":
		case "socket.dns":
		case "unknown": return "connection";
		case "socket.handshake":
		case "socket.silent":
		case "socket.slow":
		case "timeout": return "timeout";
		case "protocol": return "protocol";
		case "auth": return "auth";
		case "rate-limit": return "rate-limit";
		case "ban": return "ban";
		case "geo": return "geo";
		case "maintenance": return "maintenance";
		case "clock": return "clock";
		case "venue.error":
		case "circuit": return "venue";
		case "resume":
		case "user":
		case "recording.end": return;
	}
}
// src/engine/ccxt/read-fault.ts
var DETAIL_CHARS = 200;
/** Reads by ccxt's classes first, then by what the message says of status and system errors. Pure. */
function readFault(ccxt, fault, kind) {
	const message = messageOf$1(fault);
	const cause = (code) => ({
		code,
		detail: message.slice(0, DETAIL_CHARS)
	});
	const is = (...classes) => classes.some((one) => fault instanceof one);
	if (is(ccxt.ExchangeClosedByUser, ccxt.UnsubscribeError)) return {
		reach: "closed",
		cause: cause("user")
	};
	if (is(ccxt.NotSupported)) return {
		reach: "unsupported",
		cause: cause("venue.error")
	};
	if (is(ccxt.ChecksumError) || kind === "book" && is(ccxt.InvalidNonce)) return {
		reach: "gap",
		cause: cause("protocol")
	};
	if (is(ccxt.InvalidNonce)) return {
		reach: "link",
		cause: cause("clock")
	};
	if (is(ccxt.RestrictedLocation)) return {
		reach: "link",
		cause: cause("geo")
	};
	if (is(ccxt.AuthenticationError)) return {
		reach: "link",
		cause: cause("auth")
	};
	if (is(ccxt.OnMaintenance)) return {
		reach: "link",
		cause: cause("maintenance")
	};
	if (is(ccxt.DDoSProtection, ccxt.RateLimitExceeded)) return {
		reach: "link",
		cause: cause(statusIn(message) === 418 ? "ban" : "rate-limit")
	};
	if (is(ccxt.RequestTimeout)) return {
		reach: "link",
		cause: cause(/connection timeout/.test(message) ? "socket.handshake" : "timeout")
	};
	if (is(ccxt.ExchangeNotAvailable)) return {
		reach: "link",
		cause: cause(codeOfStatus(message) ?? "venue.error")
	};
	if (is(ccxt.NetworkError)) return {
		reach: "link",
		cause: cause(codeOfNetwork(message))
	};
	if (is(ccxt.BadSymbol)) return {
		reach: "stream",
		cause: cause("venue.error")
	};
	if (is(ccxt.ExchangeError)) return {
		reach: "stream",
		cause: cause("venue.error")
	};
	return {
		reach: "stream",
		cause: cause("protocol")
	};
}
/** `okx GET https://… 451 Unavailable …`, `Unexpected server response: 451`. */
function statusIn(message) {
	const [, plain, handshake] = /(?:GET|POST) \S+ (\d{3})(?: |$)|Unexpected server response: (\d{3})/.exec(message) ?? [];
	const status = Number(plain ?? handshake);
	return Number.isFinite(status) ? status : void 0;
}
function codeOfStatus(message) {
	switch (statusIn(message)) {
		case 401: return "auth";
		case 403:
		case 451: return "geo";
		case 418: return "ban";
		case 429: return "rate-limit";
		case 503: return "maintenance";
		default: return;
	}
}
function codeOfNetwork(message) {
	const byStatus = codeOfStatus(message);
	if (byStatus !== void 0) return byStatus;
	if (statusIn(message) !== void 0 || /handshake|certificate/i.test(message)) return "socket.handshake";
	if (/ENOTFOUND|EAI_AGAIN|getaddrinfo/.test(message)) return "socket.dns";
	if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/.test(message)) return "socket.refused";
	if (/ETIMEDOUT/.test(message)) return "timeout";
	const closing = /closing code (\d+)/.exec(message)?.[1];
	if (closing === "1012" || closing === "1013") return "maintenance";
	if (closing === "1006" || /ECONNRESET|EPIPE|socket hang up/.test(message)) return "socket.reset";
	return closing === void 0 ? "unknown" : "socket.closed";
}
// src/engine/ccxt/rest-turns.ts
var WINDOW_MS = 1e4;
/** `spacingMs` between the beginnings of two turns. */
function createRestTurns(clock, spacingMs) {
	const queue = [];
	const calls = [];
	let nextAt = Number.NEGATIVE_INFINITY;
	let silentUntil = Number.NEGATIVE_INFINITY;
	let cancel;
	let isDisposed = false;
	function serve() {
		if (cancel || queue.length === 0) return;
		const waitMs = Math.max(nextAt, silentUntil) - clock.monotonic();
		if (waitMs > 0) {
			cancel = clock.after(waitMs, () => {
				cancel = void 0;
				serve();
			});
			return;
		}
		nextAt = clock.monotonic() + spacingMs;
		queue.shift()?.(true);
		serve();
	}
	function recent() {
		const since = clock.monotonic() - WINDOW_MS;
		while (calls[0] !== void 0 && calls[0] < since) calls.shift();
		return calls.length;
	}
	return {
		enter() {
			if (isDisposed) return Promise.resolve(false);
			return new Promise((resolve) => {
				queue.push(resolve);
				serve();
			});
		},
		silence(ms) {
			silentUntil = Math.max(silentUntil, clock.monotonic() + ms);
		},
		spent() {
			recent();
			calls.push(clock.monotonic());
		},
		gauge(venue) {
			const silentMs = silentUntil - clock.monotonic();
			return {
				venue,
				scope: "rest",
				used: recent(),
				capacity: Math.max(1, Math.floor(WINDOW_MS / Math.max(1, spacingMs))),
				windowMs: WINDOW_MS,
				reserve: 0,
				factor: 1,
				state: silentMs > 0 ? "silent" : "normal",
				...silentMs > 0 ? { until: clock.now() + silentMs } : {}
			};
		},
		dispose() {
			isDisposed = true;
			cancel?.();
			for (const leave of queue.splice(0)) leave(false);
		}
	};
}
// src/engine/ccxt/ccxt-rest.ts
var LIMIT_MS$1 = 5e3;
var BAN_MS$3 = 12e4;
var LONGEST_MS$5 = 2592e5;
function createCcxtRest(options) {
	const { venue, name, ccxt, exchange, clock } = options;
	const turns = createRestTurns(clock, exchange.rateLimit);
	const errors = /* @__PURE__ */ new Map();
	/** Which question a call belongs to: ccxt lets each wait its turn once more. */
	const questions = new AsyncLocalStorage();
	let isStopped = false;
	const fetch = exchange.fetch.bind(exchange);
	exchange.fetch = (...args) => {
		turns.spent();
		const asking = questions.getStore();
		if (asking) asking.leftAt ??= clock.monotonic();
		return fetch(...args);
	};
	function retryAfterMs() {
		const header = Object.entries(exchange.last_response_headers ?? {}).find(([key]) => key.toLowerCase() === "retry-after")?.[1];
		const seconds = Number(header?.trim() || NaN);
		return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1e3, LONGEST_MS$5) : void 0;
	}
	function told(fault) {
		const { cause } = readFault(ccxt, fault);
		const of = errorClassOf(cause.code);
		if (of !== void 0) errors.set(of, (errors.get(of) ?? 0) + 1);
		if (cause.code === "rate-limit") turns.silence(retryAfterMs() ?? LIMIT_MS$1);
		if (cause.code === "ban") turns.silence(retryAfterMs() ?? BAN_MS$3);
		return new HeartlineError(fault instanceof ccxt.BadSymbol ? "instrument.unknown" : restCodeOf(cause.code), `${name}: ${cause.detail}`, {
			cause: fault,
			details: { venue: name }
		});
	}
	const rest = {
		async timed(work) {
			const askedAt = clock.monotonic();
			const question = { leftAt: void 0 };
			return {
				answer: await questions.run(question, () => rest.call(work)),
				waitedMs: (question.leftAt ?? askedAt) - askedAt
			};
		},
		async call(work) {
			if (!await turns.enter() || isStopped) throw new HeartlineError("rest.stopped", `${name} is being closed`);
			try {
				return await work();
			} catch (fault) {
				if (isStopped) throw new HeartlineError("rest.stopped", `${name} is being closed`);
				if (fault instanceof HeartlineError) throw fault;
				throw told(fault);
			}
		},
		get retryAfterMs() {
			return retryAfterMs();
		},
		errors,
		gauge: () => turns.gauge(venue),
		dispose() {
			isStopped = true;
			turns.dispose();
		}
	};
	return rest;
}
function restCodeOf(code) {
	switch (code) {
		case "rate-limit":
		case "ban":
		case "geo":
		case "auth":
		case "clock":
		case "maintenance":
		case "timeout": return `rest.${code}`;
		case "protocol": return "venue.answer";
		case "venue.error":
		case "circuit":
		case "user":
		case "resume":
		case "recording.end": return "rest.refused";
		case "socket.refused":
		case "socket.reset":
		case "socket.closed":
		case "socket.handshake":
		case "socket.silent":
		case "socket.dns":
		case "socket.slow":
		case "unknown": return "rest.unreachable";
	}
}
// src/engine/ccxt/ccxt-repair.ts
/** Longer than ccxt takes over a list of markets and a handshake. */
var FIRST_WORD_MS = 3e4;
var STALE_PATIENCE_MS = 5e3;
/** Where all is quiet, a new socket is tried no more often than this: it may rightly be so. */
var QUIET_RECONNECT_MS = 3e5;
/** What is done, once a second, about an exchange that connects to nothing, answers nothing, or falls silent. */
function createCcxtRepair(options) {
	const { exchange, link, judgement, entries } = options;
	let staleSince;
	let quietReconnectAt = Number.NEGATIVE_INFINITY;
	/** ccxt connected but nothing was said yet, or nothing came of it at all. */
	function judgeConnecting(now) {
		if (link.state.kind !== "connecting") return;
		if (Object.values(exchange.clients).some(({ isConnected }) => isConnected)) link.opened();
		else if (now - link.since > FIRST_WORD_MS && entries().length > 0) link.fail({
			code: "timeout",
			detail: `no word within ${FIRST_WORD_MS / 1e3} s`
		});
	}
	/** Some classes never say that a subscription failed: what has to begin at once and does not is asked for otherwise. */
	function judgeFirstWords(now) {
		if (link.state.kind !== "open") return;
		for (const { key, loop, stream } of entries()) {
			const begins = key.kind === "ticker" || key.kind === "top" || key.kind === "book";
			const since = Math.max(loop.since, link.since);
			if (begins && stream.pulse.firstAt === void 0 && now - since > FIRST_WORD_MS) loop.giveUp();
		}
	}
	function judgeStale(now) {
		const { state } = judgement;
		if (link.state.kind !== "open" || state.kind !== "stale") {
			staleSince = void 0;
			return;
		}
		staleSince ??= now;
		if (now - staleSince < STALE_PATIENCE_MS) return;
		const watched = entries().filter(({ loop }) => loop.mode === "watch");
		const isOne = watched.some(({ stream }) => stream.state === "stale" && stream.pulse.isCanary);
		if (watched.length === 0 || !isOne && now - quietReconnectAt < QUIET_RECONNECT_MS) return;
		quietReconnectAt = now;
		link.fail(state.cause);
	}
	return { second(now) {
		judgeConnecting(now);
		judgeFirstWords(now);
		judgement.judge();
		judgeStale(now);
	} };
}
// src/engine/ccxt/drop-sockets.ts
/**
* Ends every socket of an exchange at once, and tells whoever waits for one. ccxt's own `close` asks the peer first and
* waits: a frozen one would not answer.
*/
function dropSockets(ccxt, exchange) {
	const Closed = ccxt.ExchangeClosedByUser;
	exchange.orderbooks = {};
	for (const [url, client] of Object.entries(exchange.clients)) {
		delete exchange.clients[url];
		client.error = new Closed("dropped");
		client.reset(client.error);
		client.connection?.terminate?.();
	}
}
// src/engine/ccxt/stream-loop.ts
/** A stream that fails so often in a row is polled instead. */
var MOST_FAILURES = 3;
/** Even what goes wrong at once must not be tried in a tight loop. */
var LEAST_PAUSE_MS = 100;
function createStreamLoop(options) {
	const { clock, watch, poll } = options;
	let mode = watch ? "watch" : "poll";
	let since = clock.monotonic();
	/** Whatever an older generation still waits for belongs to the past. */
	let generation = 0;
	let endPause = () => void 0;
	function pause(ms) {
		return new Promise((resolve) => {
			const cancel = clock.after(ms, resolve);
			endPause = () => {
				cancel();
				resolve();
			};
		});
	}
	function begin(next) {
		generation += 1;
		mode = next;
		since = clock.monotonic();
		endPause();
		run(generation);
	}
	async function run(mine) {
		let failures = 0;
		while (await options.pass() && mine === generation) {
			const startedAt = clock.monotonic();
			try {
				const told = await (mode === "watch" ? watch?.() : poll?.read());
				if (mine !== generation) return;
				failures = 0;
				if (told !== void 0) options.onTold(told, mode);
			} catch (fault) {
				if (mine !== generation) return;
				const reach = options.onFault(fault, mode);
				if (reach === "stream") failures += 1;
				if (reach === "never") {
					options.onEnded();
					return;
				}
				if (reach === "unsupported" || failures >= MOST_FAILURES) {
					if (mode === "watch" && poll) {
						options.onFallback(messageOf$1(fault));
						begin("poll");
						return;
					}
					if (reach === "unsupported") {
						options.onEnded();
						return;
					}
				}
				await pause(reach === "stream" ? delayMs(BACKOFF, failures, clock.random()) : LEAST_PAUSE_MS);
				continue;
			}
			if (mode === "poll" && poll) await pause(Math.max(LEAST_PAUSE_MS, poll.everyMs - (clock.monotonic() - startedAt)));
		}
	}
	begin(mode);
	return {
		get mode() {
			return mode;
		},
		get since() {
			return since;
		},
		giveUp() {
			if (mode !== "watch" || !poll) return;
			options.onFallback("the stream says nothing");
			begin("poll");
		},
		restart: () => begin(watch ? "watch" : "poll"),
		stop() {
			generation += 1;
			endPause();
		}
	};
}
// src/engine/ccxt/venue-link.ts
var BAN_MS$2 = 12e4;
var LIMIT_MS = 5e3;
var BORDER_MS = 6e5;
function createVenueLink(options) {
	const { clock } = options;
	let state = { kind: "idle" };
	let since = clock.monotonic();
	let attempt = 0;
	let openedAt = 0;
	let hasDelivered = false;
	let firstAidAt = Number.NEGATIVE_INFINITY;
	let isDisposed = false;
	let cancelTimer = () => void 0;
	let waiting = [];
	const mayPass = () => state.kind === "connecting" || state.kind === "open";
	function enter(next) {
		const before = state;
		state = next;
		since = clock.monotonic();
		options.onState(next, before);
		if (state === next && mayPass()) release(true);
	}
	function release(isOpen) {
		const waited = waiting;
		waiting = [];
		for (const resume of waited) resume(isOpen);
	}
	function connect() {
		cancelTimer();
		hasDelivered = false;
		enter({
			kind: "connecting",
			attempt
		});
	}
	function fail(cause, retryAfterMs) {
		if (!mayPass() || isDisposed) return;
		cancelTimer();
		const now = clock.monotonic();
		const wasDelivering = state.kind === "open" && hasDelivered;
		if (state.kind === "open" && now - openedAt >= BACKOFF.resetAfterMs) attempt = 0;
		if (cause.code === "geo" || cause.code === "auth") {
			if (cause.code === "geo") cancelTimer = clock.after(BORDER_MS, connect);
			enter({
				kind: "failed",
				cause
			});
			return;
		}
		if (cause.code === "ban") {
			const banMs = retryAfterMs ?? BAN_MS$2;
			attempt += 1;
			cancelTimer = clock.after(banMs, connect);
			enter({
				kind: "paused",
				cause,
				until: clock.now() + banMs
			});
			return;
		}
		const orderedMs = cause.code === "rate-limit" ? retryAfterMs ?? LIMIT_MS : retryAfterMs;
		const mayFirstAid = wasDelivering && attempt === 0 && orderedMs === void 0 && now - firstAidAt >= BACKOFF.resetAfterMs;
		if (mayFirstAid) firstAidAt = now;
		else attempt += 1;
		const waitMs = delayMs(BACKOFF, mayFirstAid ? 0 : attempt, clock.random(), orderedMs);
		cancelTimer = clock.after(waitMs, connect);
		enter({
			kind: "waiting",
			attempt: Math.max(attempt, 1),
			retryAt: clock.now() + waitMs,
			cause,
			exhausted: attempt > BACKOFF.quickAttempts
		});
	}
	return {
		get state() {
			return state;
		},
		get since() {
			return since;
		},
		pass() {
			if (isDisposed) return Promise.resolve(false);
			if (mayPass()) return Promise.resolve(true);
			return new Promise((resolve) => waiting.push(resolve));
		},
		start() {
			if (state.kind === "idle") connect();
		},
		stop() {
			if (state.kind === "idle") return;
			cancelTimer();
			attempt = 0;
			enter({ kind: "idle" });
		},
		opened() {
			if (state.kind !== "connecting") return;
			openedAt = clock.monotonic();
			enter({ kind: "open" });
		},
		delivered() {
			hasDelivered = true;
		},
		fail,
		reconnectNow() {
			if (state.kind !== "idle" && state.kind !== "paused") connect();
		},
		hurry() {
			if (state.kind === "waiting" || state.kind === "failed") connect();
		},
		dispose() {
			isDisposed = true;
			cancelTimer();
			release(false);
		}
	};
}
// src/engine/ccxt/ccxt-session.ts
var IDLE_CLOSE_MS = 1e4;
/** Silence on all streams: a quiet exchange has its own sign of life, which ccxt watches. */
var SILENT_MS = 12e4;
var SLEPT = {
	kind: "stale",
	cause: {
		code: "resume",
		detail: "the machine slept: what was open before is not believed"
	}
};
function createCcxtSession(options) {
	const { ccxt, exchange, clock, plan, sources } = options;
	const counts = {
		epoch: 0,
		reconnects: 0,
		frames: 0,
		failed: 0
	};
	const streams = createSessionStreams();
	const entries = /* @__PURE__ */ new Map();
	const tempo = createMarketTempo();
	const recent = createRecentTrades();
	const silence = createDataSilence(clock, { limits: { staleAfterMs: SILENT_MS } });
	let isPaused = false;
	let hasStood = false;
	let idleSince = clock.monotonic();
	const link = createVenueLink({
		clock,
		onState: linkChanged
	});
	const judgement = createSessionJudgement({
		clock,
		id: `${options.venue}/all`,
		venue: { id: options.venue },
		streams,
		silence,
		counts,
		lag: { lagMs: void 0 },
		active: () => ({
			isOpen: link.state.kind === "open",
			connection: {
				link: link.state,
				roundTripMs: void 0
			}
		}),
		isPaused: () => isPaused,
		renewal: () => void 0,
		onState: options.onState
	});
	const repair = createCcxtRepair({
		exchange,
		link,
		judgement,
		entries: () => [...entries.values()]
	});
	function linkChanged(state, before) {
		if (state.kind === "open") {
			if (hasStood) counts.reconnects += 1;
			hasStood = true;
			silence.opened();
		} else {
			sources.forgetSubscriptions();
			dropSockets(ccxt, exchange);
			for (const { stream } of entries.values()) stream.pulse.reset();
			if (before.kind === "open") options.onInterrupted([...streams].map(({ key }) => key));
		}
		if (state.kind === "idle") hasStood = false;
		if (state.kind === "connecting") {
			counts.epoch += 1;
			for (const entry of entries.values()) {
				entry.loop.restart();
				tune(entry);
			}
		}
		judgement.judge();
	}
	function tune(entry) {
		const { key, stream } = entry;
		stream.leave();
		streams.remove(key);
		entry.stream = createEntryStream(key, entry.loop.mode);
		streams.add(entry.stream);
	}
	function createEntryStream(key, mode) {
		return createStream({
			key,
			channel: streamKeyText(key),
			venue: { rhythmOf: () => mode === "poll" ? plan.pollMs[key.kind] : void 0 },
			tempo,
			meter: options.meterOf?.(key, `${options.venue}/all`),
			clock
		});
	}
	function told(entry, events, mode) {
		const { stream } = entry;
		const now = clock.monotonic();
		const wall = clock.now();
		if (events.length === 0 && mode === "watch") return;
		if (link.state.kind === "connecting") link.opened();
		link.delivered();
		if (stream.pulse.stateAt(now) === "stale") options.onInterrupted([stream.key]);
		const isFirst = stream.pulse.firstAt === void 0;
		counts.frames += 1;
		stream.pulse.note(now, wall);
		stream.meter.frame(0, events.at(-1)?.venueTime ?? wall, wall);
		silence.heard(now, wall);
		for (const event of events) if (event.kind !== "trade" || recent.add(event)) options.onEvent(event);
		if (isFirst) judgement.judge();
	}
	function failed(key, thrown, mode) {
		if (thrown instanceof HeartlineError && thrown.code === "stream.unsupported") return "unsupported";
		if (thrown instanceof HeartlineError && ["instrument.unknown", "stream.missing"].includes(thrown.code)) return "never";
		if (thrown instanceof HeartlineError && thrown.code === "rest.stopped") return "closed";
		const fault = thrown instanceof HeartlineError && thrown.cause !== void 0 ? thrown.cause : thrown;
		const { reach, cause } = readFault(ccxt, fault, key.kind);
		switch (reach) {
			case "closed":
			case "unsupported":
			case "never": return reach;
			case "gap":
				options.onGap(key);
				return reach;
			case "link":
				if (mode === "watch" || ![...entries.values()].some(({ loop }) => loop.mode === "watch")) {
					link.fail(cause, cause.code === "rate-limit" || cause.code === "ban" ? options.retryAfterMs() : void 0);
					return reach;
				}
				break;
			case "stream": counts.failed += 1;
		}
		options.onTrouble("stream.trouble", key, cause.detail || messageOf$1(fault));
		return "stream";
	}
	function want(key) {
		const text = streamKeyText(key);
		const source = sources.of(key);
		if (entries.has(text) || !source.watch && !source.poll) return;
		if (streams.count === 0) silence.began();
		idleSince = void 0;
		const loop = createStreamLoop({
			...source,
			clock,
			pass: link.pass,
			onTold: (events, mode) => told(entry, events, mode),
			onFault: (fault, mode) => failed(key, fault, mode),
			onFallback(reason) {
				options.onTrouble("stream.polled", key, reason);
				clock.after(0, () => entries.get(text) === entry && tune(entry));
			},
			onEnded() {
				entry.stream.leave();
				streams.remove(key);
				judgement.judge();
			}
		});
		const entry = {
			key,
			loop,
			stream: createEntryStream(key, loop.mode)
		};
		entries.set(text, entry);
		streams.add(entry.stream);
		if (!isPaused) link.start();
	}
	function drop(key) {
		const entry = entries.get(streamKeyText(key));
		if (!entry) return;
		entry.loop.stop();
		entry.stream.leave();
		entries.delete(streamKeyText(key));
		streams.remove(key);
		if (key.kind === "trade") recent.forget(key.instrument);
		sources.release(key);
		if (entries.size === 0) idleSince = clock.monotonic();
		judgement.judge();
	}
	return {
		want,
		drop,
		health: () => judgement.health(options.countsOf),
		second() {
			const now = clock.monotonic();
			for (const stream of streams) stream.pulse.second();
			silence.second();
			if (idleSince !== void 0 && now - idleSince > IDLE_CLOSE_MS) link.stop();
			repair.second(now);
		},
		renew(key) {
			if (exchange.has["unWatchOrderBook"] === true) sources.release(key);
			else link.fail({
				code: "protocol",
				detail: `${streamKeyText(key)} does not heal`
			});
		},
		reconnectNow() {
			if (!isPaused) link.reconnectNow();
		},
		pause() {
			isPaused = true;
			link.stop();
			judgement.judge();
		},
		resume() {
			isPaused = false;
			if (entries.size > 0) link.start();
			judgement.judge();
		},
		wake(cause) {
			if (cause === "link") link.hurry();
			else {
				if (link.state.kind === "open") judgement.enter(SLEPT);
				link.reconnectNow();
			}
		},
		dispose() {
			for (const { loop, stream } of entries.values()) {
				loop.stop();
				stream.leave();
			}
			entries.clear();
			streams.clear();
			link.dispose();
			dropSockets(ccxt, exchange);
		}
	};
}
// src/engine/ccxt/holders.ts
function createHolders(open) {
	const held = /* @__PURE__ */ new Map();
	return {
		hold(stream) {
			const text = streamKeyText(stream);
			const entry = held.get(text) ?? {
				count: 0,
				close: open(stream)
			};
			held.set(text, entry);
			entry.count += 1;
			let isHeld = true;
			return () => {
				if (!isHeld) return;
				isHeld = false;
				entry.count -= 1;
				if (entry.count > 0 || held.get(text) !== entry) return;
				held.delete(text);
				entry.close();
			};
		},
		has: (stream) => held.has(streamKeyText(stream)),
		texts: { [Symbol.iterator]: () => held.keys() },
		dispose() {
			for (const [text, { close }] of [...held]) {
				held.delete(text);
				close();
			}
		}
	};
}
// src/engine/ccxt/stream-plan.ts
var POLL_MS = {
	ticker: 3e3,
	top: 2e3,
	trade: 3e3,
	book: 2e3,
	candle: 5e3,
	mark: 15e3
};
/** The pulse calls what has a beat late from here on (stream-pulse.ts): so many beats, but not before so long. */
var LATE_BEATS = 3;
var LATE_FLOOR_MS = 4e3;
/** What a kind can be made of. */
var BUILT_OF = {
	top: "book",
	candle: "trade"
};
/**
* Where ccxt has something but not as it should be.
* kraken: `watchBidsAsks` shares its subscription with `watchTicker`, and whichever comes first decides when frames come:
* bids and asks would stand still between trades (ccxt/js/src/pro/kraken.js, watchMultiHelper).
*/
var UNFIT = { kraken: ["top"] };
/** What `fetchTime` tells in whole seconds. */
var CLOCK_STEP_MS = { kraken: 1e3 };
/** ms in which the exchange tells its time. */
function clockStepOf({ id }) {
	return CLOCK_STEP_MS[id] ?? 1;
}
/**
* A stream where there is one; else made of what is streamed (the best prices of the book, candles of trades); else
* asked for again and again; else not at all.
*/
function planStreams(exchange) {
	const has = (name) => exchange.has[name] === true;
	const isFit = (kind) => !UNFIT[exchange.id]?.includes(kind);
	const hasDerivatives = has("swap") || has("future");
	const watch = {
		ticker: has("watchTicker"),
		top: has("watchBidsAsks") && isFit("top"),
		trade: has("watchTrades"),
		book: has("watchOrderBook"),
		candle: has("watchOHLCV"),
		mark: hasDerivatives && has("watchMarkPrice")
	};
	const canPoll = {
		ticker: has("fetchTicker") || has("fetchTickers"),
		top: has("fetchBidsAsks"),
		trade: has("fetchTrades"),
		book: has("fetchOrderBook"),
		candle: has("fetchOHLCV"),
		mark: hasDerivatives && has("fetchFundingRate")
	};
	function meansOf(kind) {
		const root = BUILT_OF[kind];
		if (watch[kind]) return "native";
		if (root && watch[root]) return "synthesised";
		if (canPoll[kind]) return "polled";
		return root && canPoll[root] ? "synthesised" : "missing";
	}
	const slowest = 2 * exchange.rateLimit;
	const pollMs = (kind) => Math.max(POLL_MS[kind], slowest);
	const each = (of) => ({
		ticker: of("ticker"),
		top: of("top"),
		trade: of("trade"),
		book: of("book"),
		candle: of("candle"),
		mark: of("mark")
	});
	const own = INTERVALS.filter((interval) => exchange.timeframes && interval in exchange.timeframes);
	const limit = exchange.features?.["spot"]?.fetchOHLCV?.limit ?? exchange.features?.["default"]?.fetchOHLCV?.limit;
	return {
		means: each(meansOf),
		canPoll,
		pollMs: each(pollMs),
		ownIntervals: own,
		intervals: own.includes("1m") || meansOf("candle") === "missing" ? own : ["1m", ...own.filter((one) => one !== "1s")],
		maxCandles: Math.min(1e3, Math.max(50, limit ?? 300))
	};
}
/** What is said openly of an exchange reached through ccxt. */
function sheetOf(exchange, plan) {
	const bounds = Object.entries(plan.means).flatMap(([name, means]) => {
		const kind = name;
		const root = means === "synthesised" ? BUILT_OF[kind] : kind;
		if (root === void 0 || plan.means[root] !== "polled") return [];
		return [[kind, Math.max(LATE_FLOOR_MS, LATE_BEATS * plan.pollMs[root])]];
	});
	return {
		means: {
			...plan.means,
			instruments: "native"
		},
		freshnessBoundMs: Object.fromEntries(bounds),
		bookProof: plan.means.book === "native" && checksCheck(exchange) ? "sequence" : "none",
		orderSafety: "none"
	};
}
/** Some classes compare each book with the exchange's checksum, and start it anew where they differ. */
function checksCheck({ options }) {
	const own = options["watchOrderBook"];
	return typeof own === "object" && own !== null && "checksum" in own && own.checksum === true;
}
// src/engine/ccxt/symbol-batch.ts
function createSymbolBatch(call) {
	let gathering;
	let underWay = Promise.resolve();
	function gather() {
		if (gathering) return gathering;
		const symbols = /* @__PURE__ */ new Set();
		const answer = underWay.then(() => {
			gathering = void 0;
			return call([...symbols]);
		});
		underWay = answer.catch(() => void 0);
		gathering = {
			symbols,
			answer
		};
		return gathering;
	}
	return { async ask(symbol) {
		const { symbols, answer } = gather();
		symbols.add(symbol);
		return (await answer)[symbol];
	} };
}
// src/engine/ccxt/stream-source.ts
var POLLED_TRADES = 100;
/** The one under way and what a roll brings: the stream's first word may be a thousand candles of history. */
var NEWEST_CANDLES = 3;
function createStreamSources(options) {
	const { exchange, plan, rest, now } = options;
	const readers = /* @__PURE__ */ new Map();
	/** The interval each symbol's candles are subscribed with. */
	const subscribed = /* @__PURE__ */ new Map();
	const tickers = exchange.has["fetchTickers"] === true && createSymbolBatch((symbols) => rest.call(() => exchange.fetchTickers(symbols)));
	const tops = createSymbolBatch((symbols) => rest.call(() => exchange.fetchBidsAsks(symbols)));
	async function find(instrument) {
		const known = readers.get(instrument);
		if (known) return known;
		const listed = (await options.catalogue.load()).get(instrument);
		if (!listed) throw new HeartlineError("instrument.unknown", `${exchange.name} does not list ${instrument}`, { details: {
			instrument,
			venue: exchange.name
		} });
		const meanwhile = readers.get(instrument);
		if (meanwhile) return meanwhile;
		const found = {
			listed,
			read: createEventReader(listed, options.venueNow)
		};
		readers.set(instrument, found);
		return found;
	}
	/** Asks in ccxt's words, then reads the answer at the time it came. */
	function asking(key, ask, read) {
		return async () => {
			const { listed, read: reader } = await find(key.instrument);
			if (key.kind === "mark" && listed.instrument.kind === "spot") throw new HeartlineError("stream.missing", `${listed.symbol} has no mark price`);
			return read(reader, await ask(listed.symbol), now());
		};
	}
	/**
	* Not all classes tell the intervals of a symbol apart: kraken's `watchOHLCV` names no interval in what it waits for.
	* Where nothing can be unsubscribed either, a symbol is subscribed with one interval and polled for the others.
	*/
	function isOnlyInterval(symbol, interval) {
		if (exchange.has["unWatchOHLCV"] === true) return true;
		const known = subscribed.get(symbol);
		if (known === void 0) subscribed.set(symbol, interval);
		return known === void 0 || known === interval;
	}
	function watchOf(key) {
		if (plan.means[key.kind] !== "native") return void 0;
		switch (key.kind) {
			case "ticker": return asking(key, (symbol) => exchange.watchTicker(symbol), (reader, told, at) => reader.ticker(told, at));
			case "top": return asking(key, async (symbol) => (await exchange.watchBidsAsks([symbol]))[symbol], (reader, told, at) => reader.top(told, at));
			case "trade": return asking(key, (symbol) => exchange.watchTrades(symbol), (reader, told, at) => reader.trades(told, at));
			case "book": return asking(key, (symbol) => exchange.watchOrderBook(symbol), (reader, told, at) => [reader.book(told, at)]);
			case "mark": return asking(key, (symbol) => exchange.watchMarkPrice(symbol), (reader, told, at) => reader.mark(told, at));
			case "candle": {
				const { interval } = key;
				return asking(key, (symbol) => {
					if (isOnlyInterval(symbol, interval)) return exchange.watchOHLCV(symbol, interval);
					throw new HeartlineError("stream.unsupported", `${symbol} is watched with another interval already`);
				}, (reader, told, at) => reader.candles(interval, told.slice(-3), at));
			}
		}
	}
	function readerOf(key) {
		const call = (work) => rest.call(work);
		switch (key.kind) {
			case "ticker": return asking(key, (symbol) => tickers ? tickers.ask(symbol) : call(() => exchange.fetchTicker(symbol)), (reader, told, at) => reader.ticker(told, at));
			case "top": return asking(key, (symbol) => tops.ask(symbol), (reader, told, at) => reader.top(told, at));
			case "trade": return asking(key, (symbol) => call(() => exchange.fetchTrades(symbol, void 0, POLLED_TRADES)), (reader, told, at) => reader.trades(told, at));
			case "book": return asking(key, (symbol) => call(() => exchange.fetchOrderBook(symbol)), (reader, told, at) => [reader.book(told, at)]);
			case "candle": return asking(key, (symbol) => call(() => exchange.fetchOHLCV(symbol, key.interval, void 0, NEWEST_CANDLES)), (reader, told, at) => reader.candles(key.interval, told.slice(-3), at));
			case "mark": return asking(key, (symbol) => call(() => exchange.fetchFundingRate(symbol)), (reader, told, at) => reader.mark(told, at));
		}
	}
	function unwatch(key, symbol) {
		const has = (name) => exchange.has[name] === true;
		switch (key.kind) {
			case "ticker": return has("unWatchTicker") ? exchange.unWatchTicker(symbol) : void 0;
			case "trade": return has("unWatchTrades") ? exchange.unWatchTrades(symbol) : void 0;
			case "book": return has("unWatchOrderBook") ? exchange.unWatchOrderBook(symbol) : void 0;
			case "candle": return has("unWatchOHLCV") ? exchange.unWatchOHLCV(symbol, key.interval) : void 0;
			case "top":
			case "mark": return;
		}
	}
	return {
		of: (key) => ({
			watch: watchOf(key),
			poll: plan.canPoll[key.kind] ? {
				everyMs: plan.pollMs[key.kind],
				read: readerOf(key)
			} : void 0
		}),
		release(key) {
			const symbol = readers.get(key.instrument)?.listed.symbol;
			if (symbol === void 0 || Object.keys(exchange.clients).length === 0) return;
			unwatch(key, symbol)?.catch(options.onReleaseFault);
		},
		forgetSubscriptions: () => subscribed.clear(),
		listed: async (instrument) => (await find(instrument)).listed
	};
}
// src/engine/net/clock-offset.ts
var SAMPLES = 5;
var REPEAT_MS = 6e5;
var RETRY_MS = 1e4;
/** More than a clock that is merely kept in step moves within one measurement. */
var SET_MS = 50;
/**
* Measures a venue's clock from several round trips. A clock that tells milliseconds: the median of the middles, so one slow
* answer moves nothing; error ≤ half a round trip. A clock that tells seconds: each answer bounds the offset from both
* sides, and answers at different parts of the second close in on it.
*/
function createClockOffset(options) {
	const { clock, resolutionMs = 1 } = options;
	const isCoarse = resolutionMs > 1;
	let measured;
	let isDisposed = false;
	let isMeasuring = false;
	let cancel = () => void 0;
	async function sample() {
		let sentAt = clock.now();
		let startedAt = clock.monotonic();
		const venueTime = await options.serverTime(() => {
			sentAt = clock.now();
			startedAt = clock.monotonic();
		});
		const receivedAt = sentAt + (clock.monotonic() - startedAt);
		const high = venueTime + (isCoarse ? resolutionMs : 0) - sentAt;
		return {
			low: venueTime - receivedAt,
			high,
			base: sentAt - startedAt
		};
	}
	async function measure() {
		if (isMeasuring || isDisposed) return;
		isMeasuring = true;
		cancel();
		const samples = [];
		try {
			for (let index = 0; index < SAMPLES && !isDisposed; index += 1) {
				if (isCoarse && index > 0) await pause(resolutionMs * (.4 + .4 * clock.random()));
				samples.push(await sample());
			}
		} catch {
			isMeasuring = false;
			schedule(RETRY_MS);
			return;
		}
		isMeasuring = false;
		if (isDisposed) return;
		const previousMs = measured?.offsetMs;
		const base = samples.at(-1)?.base ?? 0;
		const steady = samples.filter((one) => Math.abs(one.base - base) < SET_MS);
		const told = isCoarse ? closedIn(steady) : median(steady);
		measured = {
			offsetMs: Math.round(told.offsetMs),
			errorMs: told.errorMs
		};
		options.onMeasured?.(measured.offsetMs, previousMs);
		schedule(REPEAT_MS);
	}
	function pause(delayMs) {
		return new Promise((resolve) => {
			cancel = clock.after(delayMs, resolve);
		});
	}
	function schedule(delayMs) {
		if (!isDisposed) cancel = clock.after(delayMs, () => void measure());
	}
	return {
		get offsetMs() {
			return measured?.offsetMs;
		},
		get errorMs() {
			return measured?.errorMs;
		},
		start: () => void measure(),
		measureNow: () => void measure(),
		dispose() {
			isDisposed = true;
			cancel();
		}
	};
}
function median(samples) {
	const sorted = samples.map(({ low, high }) => ({
		offsetMs: (low + high) / 2,
		errorMs: (high - low) / 2
	})).toSorted((a, b) => a.offsetMs - b.offsetMs);
	return sorted[sorted.length >> 1] ?? {
		offsetMs: 0,
		errorMs: Number.POSITIVE_INFINITY
	};
}
function closedIn(samples) {
	const low = Math.max(...samples.map((sample) => sample.low));
	const high = Math.min(...samples.map((sample) => sample.high));
	if (low > high) return median(samples.filter((sample) => sample.low === low).slice(0, 1));
	return {
		offsetMs: (low + high) / 2,
		errorMs: (high - low) / 2
	};
}
// src/engine/ccxt/venue-clock.ts
/**
* The exchange's clock against ours, where ccxt can ask for it: otherwise it stays unknown. `roundTrip`: one question for
* the time and back, ms, without what it waited for its turn.
*/
function createVenueClock$1(options) {
	const { exchange, rest, clock } = options;
	const stepMs = clockStepOf(exchange);
	const offset = createClockOffset({
		clock,
		async serverTime() {
			const { answer, waitedMs } = await rest.timed(() => exchange.fetchTime());
			if (answer === void 0) throw new HeartlineError("venue.answer", `${exchange.name} tells no time`);
			return stepMs > 1 ? answer : answer - waitedMs / 2;
		},
		resolutionMs: stepMs
	});
	const canAsk = exchange.has["fetchTime"] === true;
	return {
		get offsetMs() {
			return offset.offsetMs;
		},
		get errorMs() {
			return offset.errorMs;
		},
		start() {
			if (canAsk) offset.start();
		},
		measureNow() {
			if (canAsk) offset.measureNow();
		},
		async roundTrip() {
			const askedAt = clock.monotonic();
			const { waitedMs } = await rest.timed(() => exchange.fetchTime());
			return clock.monotonic() - askedAt - waitedMs;
		},
		dispose: () => offset.dispose()
	};
}
// src/engine/ccxt/venue-facts.ts
/** Of an ordinary account, where the exchange's class does not tell. */
var USUAL_TAKER_FEE = .001;
function venueFacts(venue, exchange, plan) {
	return {
		id: venue,
		name: exchange.name,
		intervals: plan.intervals,
		favourites: [],
		takerFee: exchange.fees?.trading?.taker ?? USUAL_TAKER_FEE,
		sheet: sheetOf(exchange, plan)
	};
}
// src/engine/ccxt/ccxt-market.ts
/** Any exchange of ccxt.pro as a market like the native ones: the same feeds, fed by what ccxt says. */
function createCcxtMarket(options) {
	const { venue, ccxt, exchange, clock, log } = options;
	const { name } = exchange;
	const plan = planStreams(exchange);
	const changes = createEmitter();
	const events = createEmitter();
	const transitions = createEmitter();
	const facts = createEmitter();
	const tellFact = (fact) => facts.emit({
		fact,
		at: clock.now()
	});
	const rows = createTickerRows();
	const figures = createFigureWatch({
		clock,
		log,
		venue: name
	});
	const guard = createRestGuard({
		clock,
		log,
		venue: name
	});
	const rest = createCcxtRest({
		venue,
		name,
		ccxt,
		exchange,
		clock
	});
	const catalogue = createCatalogue({
		venue,
		exchange,
		clock
	});
	const offset = createVenueClock$1({
		exchange,
		rest,
		clock
	});
	const venueNow = () => clock.now() + (offset.offsetMs ?? 0);
	const sources = createStreamSources({
		exchange,
		plan,
		catalogue,
		rest,
		now: clock.now,
		venueNow,
		onReleaseFault: (fault) => log.add("info", "stream.trouble", `${name}: ${messageOf$1(fault)}`, {
			venue: name,
			reason: messageOf$1(fault)
		})
	});
	const past = createCcxtHistory({
		exchange,
		plan,
		rest,
		sources,
		now: clock.now,
		venueNow
	});
	let isPaused = false;
	const books = createCcxtBooks({
		clock,
		onChange(instrument) {
			changes.emit({
				kind: "book",
				instrument
			});
			const book = books.get(instrument)?.book;
			const top = plan.means.top === "synthesised" && holders.has({
				kind: "top",
				instrument
			}) && book ? topOf$2(instrument, book) : void 0;
			if (top) apply(top);
		},
		onGap(instrument) {
			tellFact({
				kind: "book-gap",
				stream: streamKeyText({
					kind: "book",
					instrument
				})
			});
			log.add("warn", "book.gap", `book of ${instrument} has a gap`, { instrument });
		},
		onResync(instrument, tookMs) {
			tellFact({
				kind: "book-resynced",
				stream: streamKeyText({
					kind: "book",
					instrument
				}),
				tookMs
			});
			log.add("info", "book.resynced", `book of ${instrument} rebuilt in ${tookMs} ms`, {
				instrument,
				tookMs
			});
		},
		onBroken: (instrument) => session.renew({
			kind: "book",
			instrument
		})
	});
	const session = createCcxtSession({
		...options,
		plan,
		sources,
		retryAfterMs: () => rest.retryAfterMs,
		onEvent: apply,
		onState(state, lastDataAt) {
			const connection = `${venue}/all`;
			const known = lastDataAt === void 0 ? {} : { lastDataAt };
			transitions.emit({
				at: clock.now(),
				venue,
				connection,
				state,
				...known
			});
			logState(log, connection, state);
		},
		onInterrupted: (streams) => {
			for (const stream of streams) interrupted(stream);
		},
		onGap: ({ instrument }) => books.lost(instrument),
		onTrouble(code, stream, reason) {
			const text = streamKeyText(stream);
			log.add("warn", code, `${text}: ${reason}`, {
				stream: text,
				venue: name,
				reason
			});
		},
		countsOf: ({ kind, instrument }) => kind === "book" ? books.countsOf(instrument) : {
			gaps: 0,
			resyncs: 0
		}
	});
	const tapes = createTradeTapes({
		clock,
		async load(instrument) {
			const trades = await guard.run("trade", () => past.trades(instrument));
			candleFeeds.tradesLoaded(instrument, trades);
			return trades;
		},
		onFilled: (instrument) => changes.emit({
			kind: "trade",
			instrument
		}),
		onRecovered(instrument, missed, recovered) {
			const stream = streamKeyText({
				kind: "trade",
				instrument
			});
			tellFact({
				kind: "trades-recovered",
				stream,
				missed,
				recovered
			});
		},
		onFault: report
	});
	const candleFeeds = createCandleFeeds({
		...options,
		venue: {
			intervals: plan.intervals,
			channelOf: (stream) => isAsked(stream.kind) ? streamKeyText(stream) : void 0,
			rest: {
				maxCandles: plan.maxCandles,
				candleIntervals: plan.ownIntervals,
				candlesOmitEmpty: true
			}
		},
		guard,
		store: options.history,
		loadCandles: past.candles,
		offsetMs: () => offset.offsetMs,
		hold: (stream) => holders.hold(stream),
		lookAtTape: (instrument) => void tapes.look(instrument),
		streamState: (stream) => streamStateIn([session.health()], stream),
		onChange: (instrument, interval, openTimes) => changes.emit({
			kind: "candle",
			instrument,
			interval,
			openTimes
		}),
		onFact: tellFact,
		onFault: report
	});
	function isAsked(kind) {
		return plan.means[kind] === "native" || plan.means[kind] === "polled";
	}
	function interrupted(stream) {
		const { kind, instrument } = stream;
		if (kind === "book") books.get(instrument)?.interrupted();
		if (kind === "trade") tapes.interrupted(instrument);
		candleFeeds.interrupted(stream);
		rows.interrupted(stream);
		figures.forget(kind, instrument);
	}
	function apply(event) {
		const { instrument } = event;
		switch (event.kind) {
			case "ticker":
			case "top":
			case "mark":
				if (figures.admits(event) && rows.apply(event)) changes.emit({
					kind: "ticker",
					instrument
				});
				break;
			case "trade":
				if (!figures.admits(event)) break;
				if (rows.apply(event)) changes.emit({
					kind: "ticker",
					instrument
				});
				if (tapes.add(event)) {
					changes.emit({
						kind: "trade",
						instrument,
						trade: event
					});
					candleFeeds.trade(event);
				}
				break;
			case "candle":
				candleFeeds.apply(event);
				break;
			case "book-snapshot": books.apply(event);
		}
		events.emit(event);
	}
	function report(fault, instrument) {
		const code = fault instanceof HeartlineError ? fault.code : "internal";
		if (code === "rest.stopped") return;
		const own = fault instanceof HeartlineError ? fault.details : {};
		log.add("warn", code, messageOf$1(fault), {
			venue: name,
			...own,
			instrument
		});
	}
	/** Makes what a stream feeds, and asks for the stream or for what it is made of; the undo lets both go. */
	function open(stream) {
		const { kind, instrument } = stream;
		const undo = [];
		if (kind === "book") undo.push(books.open(instrument));
		if (kind === "candle") undo.push(candleFeeds.open(stream));
		if (kind === "trade") undo.push(() => tapes.release(instrument));
		if (kind === "top" && plan.means.top === "synthesised") undo.push(holders.hold({
			kind: "book",
			instrument
		}));
		if (isAsked(kind)) {
			session.want(stream);
			undo.unshift(() => session.drop(stream));
		}
		return () => {
			for (const one of undo) one();
			rows.interrupted(stream);
		};
	}
	const holders = createHolders(open);
	offset.start();
	return {
		venue: venueFacts(venue, exchange, plan),
		maxCandles: plan.maxCandles,
		hold: holders.hold,
		onChange: (listener) => changes.on(listener),
		onEvent: (listener) => events.on(listener),
		onTransition: (listener) => transitions.on(listener),
		onFact: (listener) => facts.on(({ fact, at }) => listener(fact, at)),
		async instruments() {
			return [...(await rest.call(() => catalogue.load())).values()].map(({ instrument }) => instrument);
		},
		async check(instrument) {
			await rest.call(() => catalogue.load());
			return (await sources.listed(instrument)).instrument;
		},
		row: rows.row,
		book: books.get,
		tape: tapes.look,
		candles: candleFeeds.get,
		loadCandles: candleFeeds.load,
		health: () => [builtHealth(session.health(), holders.texts, plan, candleFeeds.rootOf)],
		budgets: () => [rest.gauge()],
		restErrors: rest.errors,
		get clockOffsetMs() {
			return offset.offsetMs;
		},
		...exchange.has["fetchTime"] === true ? { restRoundTrip: offset.roundTrip } : {},
		get isPaused() {
			return isPaused;
		},
		reconnectNow: session.reconnectNow,
		pause() {
			isPaused = true;
			session.pause();
		},
		resume() {
			isPaused = false;
			session.resume();
		},
		wake(cause) {
			if (cause === "resume") offset.measureNow();
			session.wake(cause);
		},
		second() {
			session.second();
			books.second();
		},
		dispose() {
			holders.dispose();
			tapes.dispose();
			books.dispose();
			offset.dispose();
			session.dispose();
			rest.dispose();
		}
	};
}
// src/engine/ccxt/load-ccxt.ts
/** Reached natively: through ccxt they would only be worse. */
var NATIVE = [
	"binanceusdm",
	"bybit",
	"upbit",
	"bithumb"
];
var TIMEOUT_MS$1 = 1e4;
var HANDSHAKE_MS = 5e3;
var MAX_FRAME_BYTES$1 = 4194304;
/** A socket frame costs ccxt a whole REST call's wait: asking for twenty streams would take Kraken twenty seconds. */
var SOCKET_FRAME_MS = 200;
/**
* ccxt, loaded when first asked for and kept: half a second and some 100 MB that only who added an exchange pays.
* Throws `venue.load-failed` when the module is not there.
*/
async function loadCcxt() {
	try {
		const { default: ccxt } = await import("ccxt");
		return ccxt;
	} catch (fault) {
		throw new HeartlineError("venue.load-failed", "ccxt cannot be loaded", { cause: fault });
	}
}
/** Ids that can be added, in alphabetical order: `okx`. */
function offeredIds(ccxt) {
	return ccxt.pro.exchanges.filter((id) => !NATIVE.includes(id)).toSorted();
}
/** `ccxt:okx` → `okx`. Throws `venue.not-offered` for what ccxt.pro does not have, or Heartline reaches natively. */
function exchangeIdOf(ccxt, venue) {
	const id = venue.replace(/^ccxt:/, "");
	if (venue.startsWith("ccxt:") && offeredIds(ccxt).includes(id)) return id;
	throw new HeartlineError("venue.not-offered", `${venue} is not among the exchanges that can be added`, { details: { venue } });
}
/** An exchange for public data, nothing asked of it yet. ccxt never tries again by itself: that is Heartline's part. */
async function createExchange(ccxt, id, urlsOf) {
	const Exchange = ccxt.pro[id];
	if (!Exchange) throw new HeartlineError("venue.not-offered", `ccxt has no ${id}`, { details: { venue: id } });
	const exchange = new Exchange({
		enableRateLimit: true,
		newUpdates: true,
		timeout: TIMEOUT_MS$1,
		options: {
			maxRetriesOnFailure: 0,
			newUpdates: true,
			ws: {
				backoff: {
					base: 0,
					max: 0
				},
				connectionTimeout: HANDSHAKE_MS,
				options: {
					perMessageDeflate: false,
					maxPayload: MAX_FRAME_BYTES$1,
					handshakeTimeout: HANDSHAKE_MS
				}
			}
		}
	});
	const sockets = exchange.options["ws"];
	sockets["cost"] ??= Math.min(1, SOCKET_FRAME_MS / exchange.rateLimit);
	guardSends(exchange);
	const urls = urlsOf?.(id);
	if (urls) {
		exchange.urls = merged(exchange.urls, urls);
		await exchange.loadHttpProxyAgent();
	}
	return exchange;
}
/**
* ccxt lets a subscription wait its turn and then sends it without looking after the outcome (base/Exchange.js, `watch`):
* on a socket that closed meanwhile that would end the process. Whoever waits for an answer is told by the closing.
*/
function guardSends(exchange) {
	const guarded = /* @__PURE__ */ new WeakSet();
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
function merged(own, others) {
	const result = { ...own };
	for (const [key, value] of Object.entries(others)) {
		const known = result[key];
		result[key] = isPlain(known) && isPlain(value) ? merged(known, value) : value;
	}
	return result;
}
function isPlain(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// src/engine/ccxt/venue-room.ts
/**
* Exchanges added through ccxt, remembered over restarts. What was added before comes back in the background: an exchange
* that is away is on the desk nevertheless, and says so.
*/
function createVenueRoom(options) {
	const { clock, markets, settings, log } = options;
	/** Being added, and those to be restored: a removal meanwhile ends it. */
	const underWay = /* @__PURE__ */ new Map();
	const retries = /* @__PURE__ */ new Map();
	let isDisposed = false;
	const has = (venue) => markets.all.some((market) => market.venue.id === venue);
	async function create(venue) {
		const ccxt = await loadCcxt();
		const exchange = await createExchange(ccxt, exchangeIdOf(ccxt, venue), options.urlsOf);
		return createCcxtMarket({
			...options,
			venue,
			ccxt,
			exchange
		});
	}
	function take(market) {
		const { id } = market.venue;
		if (settings.read().pausedVenues.includes(id)) market.pause();
		markets.add(market);
	}
	/** What cannot even list its instruments is not added: nothing of it could be shown, and a typing mistake looks like that. */
	async function add(venue) {
		const market = await create(venue);
		try {
			const instruments = await market.instruments();
			if (isDisposed) throw new HeartlineError("rest.stopped", "the engine is closing");
			const others = settings.read().addedVenues.filter((other) => other !== venue);
			settings.write({ addedVenues: [...others, venue] });
			log.add("info", "venue.added", `${market.venue.name} added with ${instruments.length} instruments`, {
				venue: market.venue.name,
				count: instruments.length
			});
		} catch (fault) {
			market.dispose();
			throw loadFailed(venue, fault);
		}
		take(market);
	}
	async function restore(venue, attempt) {
		try {
			const market = await create(venue);
			if (isDisposed || has(venue) || !settings.read().addedVenues.includes(venue)) market.dispose();
			else take(market);
		} catch (fault) {
			const failed = loadFailed(venue, fault);
			log.add("error", failed.code, failed.message, failed.details);
			if (isDisposed || failed.code === "venue.not-offered") return;
			const again = () => void restore(venue, attempt + 1);
			retries.set(venue, clock.after(delayMs(BACKOFF, attempt, clock.random()), again));
		}
	}
	if (!options.isLocked) for (const venue of settings.read().addedVenues) restore(venue, 1);
	return {
		requests: {
			"venues.offered": async () => options.isLocked ? [] : offeredIds(await loadCcxt()),
			async "venues.add"({ venue }) {
				if (options.isLocked) throw new HeartlineError("venue.locked", "no exchange can be added beside a recording");
				if (has(venue)) return {};
				retries.get(venue)?.();
				const adding = underWay.get(venue) ?? add(venue).finally(() => underWay.delete(venue));
				underWay.set(venue, adding);
				await adding;
				return {};
			},
			async "venues.remove"({ venue }) {
				const { addedVenues, pausedVenues } = settings.read();
				if (!addedVenues.includes(venue)) throw new HeartlineError("venue.unknown", `${venue} was not added`, { details: { venue } });
				settings.write({
					addedVenues: addedVenues.filter((other) => other !== venue),
					pausedVenues: pausedVenues.filter((other) => other !== venue)
				});
				retries.get(venue)?.();
				retries.delete(venue);
				if (has(venue)) markets.remove(venue);
				log.add("info", "venue.removed", `${venue} removed`, { venue });
				return {};
			}
		},
		watches: {},
		dispose() {
			isDisposed = true;
			for (const cancel of retries.values()) cancel();
		}
	};
}
/** What is wrong with the name stays so; anything else can be tried again, and says why. */
function loadFailed(venue, fault) {
	if (fault instanceof HeartlineError && ["venue.not-offered", "rest.stopped"].includes(fault.code)) return fault;
	return new HeartlineError("venue.load-failed", `${venue} cannot be added now: ${messageOf$1(fault)}`, {
		cause: fault,
		details: {
			venue,
			reason: messageOf$1(fault).slice(0, 200)
		}
	});
}
// src/engine/default-settings.ts
/** Of each venue at first: all of every venue's favourites would be a list nobody reads. */
var WATCHED_PER_VENUE = 5;
/** What a first start has. The alarm bounds are those people named: see product goals in the glossary. */
function defaultSettings(venues) {
	const watchlist = venues.flatMap((venue) => venue.favourites.slice(0, WATCHED_PER_VENUE));
	const selected = watchlist[0];
	if (!selected) throw new HeartlineError("internal", "no venue has a favourite instrument");
	return {
		theme: "dark",
		directionColours: "western",
		language: "system",
		watchlist,
		selected,
		interval: "1m",
		rateProfile: "balanced",
		pausedVenues: [],
		alarms: {
			scoreBelow: .8,
			errors: 3,
			inactiveMs: 12e4,
			memoryMb: 100,
			reconnects: 5,
			sound: true,
			notification: true,
			webhookUrl: ""
		},
		sources: {
			ticker: "auto",
			book: "auto",
			trade: "auto",
			candle: "auto"
		},
		addedVenues: [],
		typedFx: null
	};
}
// src/engine/drill-room.ts
var NONE$2 = {
	state: "idle",
	progress: 0,
	scores: []
};
function createDrillRoom(port) {
	return {
		requests: {
			"drill.start"({ scenarios, venues }) {
				if (!port) throw new HeartlineError("drill.unavailable", "this shell cannot run drills");
				port.start(scenarios, venues);
				return {};
			},
			"drill.cancel"() {
				port?.cancel();
				return {};
			}
		},
		watches: { drill(_input, changed) {
			let isDirty = true;
			const undo = port?.onChange(() => {
				isDirty = true;
				changed();
			});
			return {
				take() {
					if (!isDirty) return void 0;
					isDirty = false;
					return port?.view ?? NONE$2;
				},
				dispose: () => undo?.()
			};
		} }
	};
}
function createEventLog(clock) {
	const entries = [];
	const added = createEmitter();
	return {
		add(level, code, message, details = {}) {
			const entry = {
				at: clock.now(),
				level,
				code,
				message,
				details
			};
			entries.push(entry);
			if (entries.length > 1e3) entries.shift();
			added.emit(entry);
		},
		entries,
		onEntry: (listener) => added.on(listener)
	};
}
// src/engine/health/alarm-file.ts
function openAlarmFile(store) {
	const { database } = store;
	/** `undefined`: gone. There are at most a few per connection: nothing grows here. */
	const unsaved = /* @__PURE__ */ new Map();
	store.join({
		get isDirty() {
			return unsaved.size > 0;
		},
		save(target) {
			const save = target.prepare("insert or replace into alarms (id, alarm) values (?, ?)");
			const remove = target.prepare("delete from alarms where id = ?");
			for (const [id, alarm] of unsaved) if (alarm) save.run(id, JSON.stringify(alarm));
			else remove.run(id);
		},
		saved: () => unsaved.clear()
	});
	return {
		kept: (database?.prepare("select alarm from alarms").pluck().all() ?? []).map((text) => JSON.parse(text)),
		save: (alarm) => unsaved.set(alarm.id, alarm),
		drop: (id) => unsaved.set(id, void 0)
	};
}
// src/engine/health/state-severity.ts
/** From best to worst, for "the worst it came to". */
var FROM_BEST = [
	"idle",
	"live",
	"rotating",
	"subscribing",
	"authenticating",
	"connecting",
	"degraded",
	"paused",
	"stale",
	"waiting",
	"failed"
];
/** Higher is worse. */
function severityOf(kind) {
	return FROM_BEST.indexOf(kind);
}
function worseOf(a, b) {
	return severityOf(b) > severityOf(a) ? b : a;
}
/** Whether data comes in that state, be it late. */
function isDelivering(kind) {
	return kind === "live" || kind === "rotating" || kind === "degraded";
}
function causeOf$1(state) {
	return "cause" in state ? state.cause : void 0;
}
/** By the person, or because what is shown was recorded and has ended. */
function isAsked({ code }) {
	return code === "user" || code === "recording.end";
}
/** Nobody expects anything: closed for want of streams, by the person, or at the end of a recording. */
function isUnwanted(state) {
	return state.kind === "idle" || state.kind === "paused" && isAsked(state.cause);
}
/** Something is not as it should be: not wanted quiet, not on the way up, not a planned change of sockets. */
function isTrouble(state) {
	switch (state.kind) {
		case "degraded":
		case "stale":
		case "waiting":
		case "failed": return true;
		case "paused": return !isAsked(state.cause);
		case "idle":
		case "connecting":
		case "authenticating":
		case "subscribing":
		case "live":
		case "rotating": return false;
	}
}
// src/engine/health/alarm-judge.ts
/** How far back on the good side a figure has to be before it counts as fine: a figure on the bound raises once. */
var SCORE_MARGIN = .05;
var MEMORY_SHARE = .95;
/**
* What the bounds say of one second. Pure.
*
* score: a connection's health score below the bound. errors: failed attempts since it last delivered. inactive: ms since
* the last data of a stream whose silence means trouble (late or stale by its own rhythm, or its connection is down).
* memory: MB of the engine above the bare runtime. reconnects: within the last ten minutes (`history` counts them).
* A connection nobody wants (idle, paused by the person) is fine, whatever its figures.
*/
function judgeAlarms(view, bounds, history) {
	const { metrics, health } = view;
	const judgements = [];
	for (const row of health.connections) {
		const of = {
			subject: row.id,
			venue: row.venue
		};
		if (row.id === `${row.venue}/rest`) {
			const silentMs = unansweredMs(row, health);
			if (silentMs !== void 0) judgements.push(judge(of, "inactive", silentMs, bounds.inactiveMs, {
				isWanted: true,
				isOver: (ms) => ms >= bounds.inactiveMs,
				isFine: (ms) => ms < bounds.inactiveMs
			}));
			continue;
		}
		const figures = metrics.connections.find(({ id }) => id === row.id);
		const isWanted = !isUnwanted(row.state);
		const isUp = isDelivering(row.state.kind);
		judgements.push(judge(of, "score", isOnItsWay(row) ? NaN : figures?.score ?? NaN, bounds.scoreBelow, {
			isWanted,
			isOver: (score) => score < bounds.scoreBelow,
			isFine: (score) => score >= Math.min(1, bounds.scoreBelow + SCORE_MARGIN) && isUp
		}), judge(of, "errors", attempts(figures), bounds.errors, {
			isWanted,
			isOver: (count) => count >= bounds.errors,
			isFine: (count) => count < bounds.errors && isUp
		}), judge(of, "inactive", inactiveMs(row, health.asOf, history.downMsOf(row.id)), bounds.inactiveMs, {
			isWanted,
			isOver: (ms) => ms >= bounds.inactiveMs,
			isFine: (ms) => ms < bounds.inactiveMs && isUp
		}), judge(of, "reconnects", history.reconnectsOf(row.id), bounds.reconnects, {
			isWanted,
			isOver: (count) => count >= bounds.reconnects,
			isFine: (count) => count < bounds.reconnects && isUp
		}));
	}
	judgements.push(judge({ subject: "engine" }, "memory", metrics.engine.ownMemoryMb, bounds.memoryMb, {
		isWanted: true,
		isOver: (mb) => mb >= bounds.memoryMb,
		isFine: (mb) => mb < bounds.memoryMb * MEMORY_SHARE
	}));
	return judgements;
}
function judge(of, rule, value, bound, test) {
	const verdict = !test.isWanted ? "fine" : Number.isNaN(value) ? "unknown" : test.isOver(value) ? "over" : test.isFine(value) ? "fine" : "unknown";
	return {
		...of,
		rule,
		value,
		bound,
		verdict
	};
}
var isOnItsWay = ({ state: { kind } }) => kind === "connecting" || kind === "authenticating" || kind === "subscribing";
var attempts = (figures) => figures?.attempts ?? NaN;
/**
* Longest silence among the streams that only REST tells of (a choice of the person's); `undefined` where there are none.
* What a socket is to bring as well is late over REST at best, and the socket's own alarms tell of it.
*/
function unansweredMs(row, { connections, asOf }) {
	const onSockets = new Set(connections.filter(({ id, venue }) => venue === row.venue && id !== row.id).flatMap(({ streams }) => streams.map(({ stream }) => stream)));
	const only = row.streams.filter(({ stream }) => !onSockets.has(stream));
	if (only.length === 0) return void 0;
	const silent = only.filter(({ state }) => state === "stale");
	return Math.max(0, ...silent.map(({ lastReceivedAt, since }) => asOf - (lastReceivedAt ?? since)));
}
/** Longest silence among the streams that should not be silent, or of a connection that is down; 0 where there is none. */
function inactiveMs(row, now, downMs) {
	if (isDelivering(row.state.kind) && row.streams.some(({ state }) => state === "live")) {
		const silent = row.streams.filter(({ state }) => state === "late" || state === "stale");
		return Math.max(0, ...silent.map(({ lastReceivedAt }) => now - (lastReceivedAt ?? now)));
	}
	const heard = row.streams.flatMap(({ lastReceivedAt }) => lastReceivedAt === void 0 ? [] : [lastReceivedAt]);
	return heard.length === 0 ? downMs : now - Math.max(...heard);
}
// src/engine/health/alarm-list.ts
/** Fine for so long ends an alarm: a figure that swings around its bound is one alarm. */
var CALM_MS = 1e4;
/** A subject that is not there any more, or not there again yet, is given so long. */
var GONE_MS = 6e4;
var KEPT_MS$1 = 864e5;
/** A score dips for moments whenever a connection is renewed: it has to be low for so many seconds. */
var SCORE_PATIENCE = 5;
/** Figures move every second: kept and sent again is what moved by more than this share. */
var NEWS_SHARE = .05;
function createAlarmList(options) {
	const { clock } = options;
	const entries = /* @__PURE__ */ new Map();
	/** Seconds over the bound of what is not raised yet. */
	const patience = /* @__PURE__ */ new Map();
	for (const alarm of options.kept) entries.set(alarm.id, {
		alarm,
		fineSince: void 0,
		seenAt: clock.monotonic(),
		isOver: alarm.state !== "ended"
	});
	function change(entry, next) {
		entry.alarm = {
			...entry.alarm,
			...next
		};
		options.onChange(entry.alarm);
	}
	function exposure(venue) {
		return venue === void 0 ? "none" : options.exposureOf(venue);
	}
	function isSnoozed({ snoozedUntil }) {
		return snoozedUntil !== void 0 && snoozedUntil > clock.now();
	}
	/** The alarm, when it has to be heard. */
	function over(judgement) {
		const { rule, subject, venue, value, bound } = judgement;
		const id = `${rule}:${subject}`;
		const now = clock.now();
		const entry = entries.get(id);
		if (!entry || entry.alarm.state === "ended") {
			const seconds = (patience.get(id) ?? 0) + 1;
			patience.set(id, seconds);
			if (rule === "score" && seconds < SCORE_PATIENCE) return void 0;
			patience.delete(id);
		}
		if (!entry || entry.alarm.state === "ended" && !isSnoozed(entry.alarm)) {
			const alarm = {
				id,
				rule,
				subject,
				...venue === void 0 ? {} : { venue },
				exposure: exposure(venue),
				state: "active",
				raisedAt: now,
				lastAt: now,
				count: 1,
				value,
				bound
			};
			entries.delete(id);
			entries.set(id, {
				alarm,
				fineSince: void 0,
				seenAt: clock.monotonic(),
				isOver: true
			});
			options.onChange(alarm);
			return alarm;
		}
		const wasOver = entry.isOver;
		entry.isOver = true;
		entry.fineSince = void 0;
		const figures = {
			lastAt: now,
			value,
			bound,
			exposure: exposure(venue)
		};
		if (entry.alarm.state === "ended") {
			change(entry, {
				...figures,
				state: "snoozed",
				raisedAt: now,
				count: 1
			});
			return;
		}
		if (entry.alarm.state === "snoozed" && !isSnoozed(entry.alarm)) {
			awake(entry);
			change(entry, {
				...figures,
				state: "active",
				count: entry.alarm.count + 1
			});
			return entry.alarm;
		}
		const moved = Math.abs(value - entry.alarm.value);
		if (!wasOver) change(entry, {
			...figures,
			count: entry.alarm.count + 1
		});
		else if (moved > Math.abs(entry.alarm.value) * NEWS_SHARE) change(entry, figures);
		else entry.alarm = {
			...entry.alarm,
			lastAt: now
		};
	}
	function awake(entry) {
		const { snoozedUntil: _over, ...alarm } = entry.alarm;
		entry.alarm = alarm;
	}
	function fine(entry) {
		entry.isOver = false;
		entry.fineSince ??= clock.monotonic();
		if (entry.alarm.state === "ended" || clock.monotonic() - entry.fineSince < CALM_MS) return;
		change(entry, {
			state: "ended",
			lastAt: clock.now()
		});
	}
	function known(id) {
		const entry = entries.get(id);
		if (entry) return entry;
		throw new HeartlineError("alarm.unknown", `no such alarm: ${id}`, { details: { alarm: id } });
	}
	return {
		get alarms() {
			return [...entries.values()].map(({ alarm }) => alarm).toSorted((a, b) => b.raisedAt - a.raisedAt);
		},
		apply(judgements) {
			const now = clock.monotonic();
			const raised = [];
			for (const judgement of judgements) {
				const entry = entries.get(`${judgement.rule}:${judgement.subject}`);
				if (entry) entry.seenAt = now;
				if (judgement.verdict === "over") {
					const alarm = over(judgement);
					if (alarm) raised.push(alarm);
				} else if (judgement.verdict === "fine") {
					patience.delete(`${judgement.rule}:${judgement.subject}`);
					if (entry) fine(entry);
				} else if (entry) entry.fineSince = void 0;
			}
			for (const [id, entry] of entries) {
				if (now - entry.seenAt >= GONE_MS) fine(entry);
				if (!(entry.alarm.state === "ended" && clock.now() - entry.alarm.lastAt >= KEPT_MS$1)) continue;
				entries.delete(id);
				options.onDrop(id);
			}
			return raised;
		},
		acknowledge(id) {
			const entry = known(id);
			if (entry.alarm.state === "ended") return;
			awake(entry);
			change(entry, { state: "acknowledged" });
		},
		snooze(id, forMs) {
			const entry = known(id);
			if (forMs > 0) {
				change(entry, {
					state: entry.alarm.state === "ended" ? "ended" : "snoozed",
					snoozedUntil: clock.now() + forMs
				});
				return;
			}
			awake(entry);
			change(entry, entry.alarm.state === "snoozed" ? { state: "active" } : {});
		}
	};
}
// src/engine/health/alarm-ways.ts
/** By which ways an alarm goes out: the more is at stake, the louder. Ways that are switched off stay silent. */
function waysOf(exposure, settings) {
	switch (exposure) {
		case "none": return ["toast"];
		case "order":
		case "position": return switchedOn(settings);
	}
}
/** Every way that is switched on: what a test goes by. */
function switchedOn(settings) {
	return [
		"toast",
		...settings.sound ? ["sound"] : [],
		...settings.notification ? ["notification"] : [],
		...settings.webhookUrl === "" ? [] : ["webhook"]
	];
}
// src/engine/health/recent-count.ts
/** How much a total grew within the last `windowMs`. The first total seen is no growth. */
function createRecentCount(windowMs) {
	let last;
	let grown = [];
	return {
		note(total, now) {
			if (last !== void 0 && total > last) grown.push({
				at: now,
				by: total - last
			});
			last = total;
		},
		recent(now) {
			if (grown.length > 0) grown = grown.filter(({ at }) => at > now - windowMs);
			return grown.reduce((sum, { by }) => sum + by, 0);
		}
	};
}
// src/engine/health/decoded-part.ts
/** A part of an address, percent signs resolved; a lone `%` is itself. Never throws. */
function decodedPart(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
// src/engine/health/webhook.ts
var EVERY_MS$2 = 1e4;
var PATIENCE_MS$1 = 5e3;
/** Beyond, the oldest are let go: the newest trouble is what a person has to hear of. */
var MAX_QUEUE = 20;
function createWebhook(options) {
	const { clock } = options;
	let queue = [];
	let dropped = 0;
	let result;
	let cancel;
	let isDisposed = false;
	const stop = new AbortController();
	function next() {
		cancel = void 0;
		const call = queue.shift();
		if (!call || isDisposed) return;
		cancel = clock.after(EVERY_MS$2, next);
		post(call);
	}
	async function post(call) {
		const url = options.url();
		if (url === "") return;
		const target = targetOf(url);
		if (target === void 0) {
			tell({
				ok: false,
				detail: "not an http or https address"
			});
			return;
		}
		const untold = dropped;
		const timeout = new AbortController();
		const cancelTimeout = clock.after(PATIENCE_MS$1, () => timeout.abort());
		let told;
		try {
			const answer = await options.post(target.url, {
				method: "POST",
				headers: {
					"content-type": "application/json",
					...target.headers
				},
				body: JSON.stringify(messageFor(call, untold)),
				redirect: "manual",
				signal: AbortSignal.any([timeout.signal, stop.signal])
			});
			dropped -= untold;
			await answer.body?.cancel();
			told = {
				ok: answer.status >= 200 && answer.status < 300,
				detail: isRedirect(answer.status) ? "redirect refused" : `HTTP ${answer.status}`
			};
		} catch (fault) {
			told = {
				ok: false,
				detail: timeout.signal.aborted ? `no answer within ${PATIENCE_MS$1 / 1e3} s` : reasonOf(fault)
			};
		} finally {
			cancelTimeout();
		}
		tell(told);
	}
	function tell(told) {
		if (isDisposed) return;
		result = {
			at: clock.now(),
			...told
		};
		options.onResult(result);
	}
	return {
		send(call) {
			queue.push(call);
			if (queue.length > MAX_QUEUE) {
				queue = queue.slice(-20);
				dropped += 1;
			}
			if (cancel === void 0) next();
		},
		get result() {
			return result;
		},
		dispose() {
			isDisposed = true;
			cancel?.();
			stop.abort();
		}
	};
}
/** `fetch` refuses addresses with a user in them: that part becomes the header it stands for. */
function targetOf(text) {
	if (!URL.canParse(text)) return void 0;
	const url = new URL(text);
	if (url.protocol !== "https:" && url.protocol !== "http:") return void 0;
	if (url.username === "" && url.password === "") return {
		url: url.href,
		headers: {}
	};
	const user = `${decodedPart(url.username)}:${decodedPart(url.password)}`;
	url.username = "";
	url.password = "";
	return {
		url: url.href,
		headers: { authorization: `Basic ${Buffer.from(user).toString("base64")}` }
	};
}
function messageFor({ alarm, isTest, at }, dropped) {
	const { id, rule, subject, venue, exposure, state, raisedAt, count, value, bound } = alarm;
	return {
		app: "Heartline",
		at,
		isTest,
		alarm: {
			id,
			rule,
			subject,
			venue,
			exposure,
			state,
			raisedAt,
			count,
			value,
			bound
		},
		...dropped === 0 ? {} : { dropped }
	};
}
var isRedirect = (status) => status === 0 || status >= 300 && status < 400;
/** The innermost code alone (`ECONNREFUSED`): a platform's message may carry the whole address. */
function reasonOf(fault) {
	let inner = fault;
	while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
	const code = inner instanceof Error && "code" in inner ? inner.code : void 0;
	return typeof code === "string" ? `cannot be reached: ${code}` : `cannot be reached: ${messageOf$1(inner).split(/https?:/)[0]}`;
}
// src/engine/health/alarm-room.ts
var RECONNECTS_WITHIN_MS = 6e5;
function createAlarmRoom(options) {
	const { clock, log } = options;
	const changes = createEmitter();
	const calls = createEmitter();
	const reconnects = /* @__PURE__ */ new Map();
	/** Monotonic ms since when a wanted connection has not delivered. */
	const downSince = /* @__PURE__ */ new Map();
	const file = openAlarmFile(options.store);
	const list = createAlarmList({
		clock,
		exposureOf: options.exposureOf,
		kept: file.kept,
		onChange(alarm) {
			file.save(alarm);
			if (alarm.state === "ended") log.add("info", "alarm.ended", `alarm ended: ${alarm.rule} of ${alarm.subject}`, {
				rule: alarm.rule,
				subject: alarm.subject
			});
			changes.emit();
		},
		onDrop(id) {
			file.drop(id);
			changes.emit();
		}
	});
	const webhook = createWebhook({
		clock,
		post: options.post,
		url: () => options.settings().webhookUrl,
		onResult(result) {
			if (!result.ok) log.add("warn", "webhook.failed", `webhook: ${result.detail}`, { reason: result.detail });
			changes.emit();
		}
	});
	function call(alarm, ways, isTest) {
		const one = {
			alarm,
			ways,
			isTest,
			at: clock.now()
		};
		if (ways.includes("webhook")) webhook.send(one);
		calls.emit(one);
	}
	function raise(alarm) {
		const { rule, subject, exposure, value, bound } = alarm;
		log.add("warn", "alarm.raised", `alarm: ${rule} of ${subject} is ${value}, bound ${bound}`, {
			rule,
			subject,
			exposure,
			value,
			bound
		});
		call(alarm, waysOf(exposure, options.settings()), false);
	}
	function watchAlarms(changed) {
		let pending = [];
		let isDirty = true;
		const touch = () => {
			isDirty = true;
			changed();
		};
		const undo = [changes.on(touch), calls.on((one) => {
			pending = [...pending, one].slice(-100);
			touch();
		})];
		return {
			take() {
				if (!isDirty) return void 0;
				isDirty = false;
				const taken = pending;
				pending = [];
				return {
					alarms: list.alarms,
					calls: taken,
					...webhook.result === void 0 ? {} : { webhook: webhook.result }
				};
			},
			dispose() {
				for (const leave of undo) leave();
			}
		};
	}
	return {
		requests: {
			"alarms.acknowledge"({ id }) {
				list.acknowledge(id);
				return {};
			},
			"alarms.snooze"({ id, forMs }) {
				list.snooze(id, forMs);
				return {};
			},
			"alarms.test"() {
				call(testAlarm(options.settings(), clock.now()), switchedOn(options.settings()), true);
				return {};
			}
		},
		watches: { alarms: (_input, changed) => watchAlarms(changed) },
		second(view) {
			const now = clock.monotonic();
			for (const { id, reconnects: total } of view.metrics.connections) {
				const counted = reconnects.get(id) ?? createRecentCount(RECONNECTS_WITHIN_MS);
				reconnects.set(id, counted);
				counted.note(total, now);
			}
			for (const { id, state } of view.health.connections) if (isUnwanted(state) || isDelivering(state.kind)) downSince.delete(id);
			else if (!downSince.has(id)) downSince.set(id, now);
			const judgements = judgeAlarms(view, options.settings(), {
				reconnectsOf: (id) => reconnects.get(id)?.recent(now) ?? 0,
				downMsOf: (id) => now - (downSince.get(id) ?? now)
			});
			for (const alarm of list.apply(judgements)) raise(alarm);
		},
		dispose() {
			webhook.dispose();
		}
	};
}
/** Not kept in the list: it only goes out. */
function testAlarm(settings, now) {
	return {
		id: "test",
		rule: "score",
		subject: "engine",
		exposure: "position",
		state: "active",
		raisedAt: now,
		lastAt: now,
		count: 1,
		value: 0,
		bound: settings.scoreBelow
	};
}
// src/engine/storage/database.ts
/**
* Opens (or makes) one SQLite file in the data folder, in WAL mode. A damaged file, or one of a newer Heartline, is set
* aside under another name, a new one takes its place, and the log says so. Throws `database.unusable` when even a new one
* cannot be made, and when the file is sound but the disk is not (full, read-only): then it is left alone.
*/
function openDatabase(options) {
	const path = join(options.dataDir, options.file);
	try {
		return open(path, options.migrations);
	} catch (fault) {
		if (!isDamage(fault)) throw unusable(options.file, "opened", fault);
		const aside = setAside(path, options.clock.now());
		options.log.add("error", "database.broken", `${options.file}: ${messageOf$1(fault)}`, {
			file: options.file,
			...aside === void 0 ? {} : { aside },
			reason: messageOf$1(fault)
		});
		try {
			return open(path, options.migrations);
		} catch (again) {
			throw unusable(options.file, "made", again);
		}
	}
}
function open(path, migrations) {
	const database = new Sqlite(path);
	try {
		database.pragma("journal_mode = WAL");
		database.pragma("synchronous = NORMAL");
		const damage = database.pragma("quick_check(1)", { simple: true });
		if (damage !== "ok") throw new HeartlineError("database.broken", String(damage));
		migrate(database, migrations);
		return database;
	} catch (fault) {
		database.close();
		throw fault;
	}
}
function migrate(database, migrations) {
	const version = Number(database.pragma("user_version", { simple: true }));
	if (version > migrations.length) throw new HeartlineError("database.newer", `its schema is of version ${version}, this Heartline knows ${migrations.length}`);
	database.transaction(() => {
		for (const migration of migrations.slice(version)) database.exec(migration);
		database.pragma(`user_version = ${migrations.length}`);
	})();
}
/** Whether the file itself is to blame, and not the disk it lies on or somebody who holds it. */
function isDamage(fault) {
	if (!(fault instanceof Sqlite.SqliteError)) return true;
	return !/^SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN|BUSY|LOCKED|NOMEM|PERM|AUTH)/u.test(fault.code);
}
function unusable(file, what, cause) {
	return new HeartlineError("database.unusable", `${file} cannot be ${what}: ${messageOf$1(cause)}`, {
		cause,
		details: { file }
	});
}
/** Moves the file and its companions away; the new name, or `undefined` when there was none. */
function setAside(path, now) {
	for (const companion of [`${path}-wal`, `${path}-shm`]) rmSync(companion, { force: true });
	if (!existsSync(path)) return void 0;
	const aside = `${path}.broken-${now}`;
	renameSync(path, aside);
	return aside;
}
// src/engine/health/connection-store.ts
/** Never edit an old one: see `openDatabase`. Times are wall times, ms epoch. */
var MIGRATIONS = [`create table runs (
     id integer primary key,
     startedAt integer not null,
     -- The last heartbeat: a killed process was seen alive until here and no longer.
     lastAt integer not null,
     -- 'stopped' by us, 'stood still' (asleep, frozen), 'clock set'; null: running, or killed.
     ending text
   ) strict;
   create table connections (
     id integer primary key,
     venue text not null,
     name text not null unique
   ) strict;
   create table transitions (
     id integer primary key,
     run integer not null,
     connection integer not null,
     at integer not null,
     lastDataAt integer,
     state text not null
   ) strict;
   create index transitionsByTime on transitions (connection, run, at);
   create table incidents (
     id text primary key,
     startedAt integer not null,
     noticedAt integer not null,
     endedAt integer,
     incident text not null,
     metrics text
   ) strict;
   create index incidentsByTime on incidents (noticedAt);
   create table alarms (
     id text primary key,
     alarm text not null
   ) strict;`];
function openConnectionStore(options) {
	const { log } = options;
	let database;
	const savers = /* @__PURE__ */ new Set();
	let failures = 0;
	let isFailing = false;
	try {
		database = openDatabase({
			...options,
			file: "connections.db",
			migrations: MIGRATIONS
		});
		database.pragma("busy_timeout = 0");
	} catch (fault) {
		report(fault);
	}
	function report(fault) {
		failures += 1;
		if (isFailing) return;
		isFailing = true;
		log.add("error", "timeline.unwritable", `connections.db cannot be written: ${messageOf$1(fault)}`, {
			file: "connections.db",
			reason: messageOf$1(fault)
		});
	}
	function flush() {
		const dirty = [...savers].filter((saver) => saver.isDirty);
		if (dirty.length === 0) return true;
		if (!database?.open) {
			failures += 1;
			return false;
		}
		const target = database;
		try {
			target.transaction(() => {
				for (const saver of dirty) saver.save(target);
			})();
		} catch (fault) {
			report(fault);
			return false;
		}
		for (const saver of dirty) saver.saved();
		if (isFailing) {
			isFailing = false;
			log.add("info", "timeline.writable", `connections.db can be written again after ${failures} failures`, {
				file: "connections.db",
				failures
			});
		}
		return true;
	}
	return {
		get database() {
			return database;
		},
		get failures() {
			return failures;
		},
		join(saver) {
			savers.add(saver);
			return () => savers.delete(saver);
		},
		flush,
		dispose() {
			flush();
			database?.close();
		}
	};
}
// src/engine/health/evidence-times.ts
function createReportTimes(localZone) {
	const kst = wordsIn("Asia/Seoul");
	const local = wordsIn(localZone);
	const utc = wordsIn("UTC");
	return {
		localZone,
		inZones: (at) => ({
			kst: kst(at),
			local: local(at),
			utc: utc(at)
		})
	};
}
/** `20260701-135821`, UTC: for a file name. */
function fileStamp(at) {
	return wordsIn("UTC")(at).slice(0, 19).replaceAll(/[-:]/g, "").replace(" ", "-");
}
function wordsIn(timeZone) {
	const format = new Intl.DateTimeFormat("en-GB", {
		timeZone,
		calendar: "gregory",
		numberingSystem: "latn",
		hourCycle: "h23",
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
		second: "2-digit",
		fractionalSecondDigits: 3
	});
	return (at) => {
		const parts = {};
		for (const { type, value } of format.formatToParts(at)) parts[type] = value;
		const { year, month, day, hour, minute, second, fractionalSecond } = parts;
		return `${year}-${month}-${day} ${hour}:${minute}:${second}.${fractionalSecond}`;
	};
}
// src/engine/health/evidence-words-en.ts
var evidenceWordsEn = {
	heading: {
		title: "Heartline evidence",
		incident: "Incident",
		incidents: "Incidents in the range",
		verdict: "Mine or theirs",
		others: "Other venues meanwhile",
		timeline: "Connections over the range",
		transitions: "Every change of state",
		metrics: "Measured when it was noticed",
		metricsNow: "Measured while exporting",
		log: "Event log",
		settings: "Settings",
		about: "About this report"
	},
	label: {
		kst: "KST",
		local: "Local",
		utc: "UTC",
		what: "What",
		exported: "Exported",
		rangeFrom: "Range begins",
		rangeTo: "Range ends",
		version: "Version",
		environment: "Environment",
		machine: "Machine",
		clockOffset: "Venue clock minus ours, ms",
		connection: "Connection",
		worst: "Worst state",
		cause: "Cause",
		started: "Last good data",
		noticed: "Noticed",
		ended: "Good data again",
		lasts: "still lasts",
		attempts: "Attempts",
		tradesMissed: "Trades missed",
		tradesRecovered: "Trades recovered",
		candlesRepaired: "Candles repaired",
		booksResynced: "Books rebuilt",
		ordersInFlight: "Orders in flight",
		confidence: "Confidence",
		against: "speaks against it",
		state: "State",
		uptime: "Uptime",
		spans: "Spans",
		level: "Level",
		message: "Message",
		rate: "Frames per second",
		p50: "Latency p50, ms",
		p99: "Latency p99, ms",
		silence: "Silence, ms",
		score: "Health score",
		stream: "Stream",
		none: "none",
		cut: "Only the latest are shown here; report.json has more.",
		logFrom: "The log in memory reaches back to",
		hashes: "hashes.txt holds the SHA-256 of every part. Secrets were taken out before writing."
	},
	state: {
		idle: "idle",
		connecting: "connecting",
		authenticating: "signing in",
		subscribing: "subscribing",
		live: "live",
		degraded: "degraded",
		stale: "stale",
		waiting: "waiting to retry",
		rotating: "planned renewal",
		paused: "paused",
		failed: "failed"
	},
	side: {
		mine: "Mine",
		theirs: "Theirs",
		unclear: "Unclear"
	},
	kind: {
		link: "network link",
		dns: "name lookup",
		"proxy-geo": "proxy or region",
		clock: "clock or sleep",
		socket: "connection",
		stream: "one stream",
		maintenance: "maintenance",
		"rate-limit": "request limit",
		correlated: "several venues at once",
		asked: "asked for"
	},
	evidence: {
		"link.none": "No network interface is up.",
		"venues.all-fell": "All {count} venues lost their connections within {withinMs} ms.",
		"loopback.fine": "The server on this machine ({venue}) was still heard.",
		"dns.failed": "The name could not be looked up: {detail}",
		"http.forbidden": "Access was refused: {detail}",
		"tls.failed": "The encrypted handshake failed: {detail}",
		"answer.html": "A web page came where data was due: {detail}",
		"clock.off": "The clocks differ by {offsetMs} ms.",
		"clock.moved": "The offset between the clocks changed by {movedMs} ms.",
		"machine.stood-still": "The machine slept, or Heartline stood still ({ms} ms).",
		"socket.silent": "The socket stayed open and nothing came: {detail}",
		"socket.ended": "The connection was ended or refused ({cause}): {detail}",
		"rest.answers": "The venue’s REST answered in {ms} ms.",
		"rest.fails": "The venue’s REST did not answer ({code}, {ms} ms).",
		"venues.fine": "Other venues were fine: {venues}.",
		"sibling.fine": "Other connections to the venue were fine: {connections}.",
		"stream.alone": "Only {stream} was silent; {fine} others on the same connection came.",
		"frames.unreadable": "What came could not be read: {detail}",
		"venue.error": "The venue told of a fault of its own: {detail}",
		"maintenance.announced": "The venue announced it: {detail}",
		"http.unavailable": "The venue said it is unavailable: {detail}",
		"close.restart": "The server closed as one does that restarts: {detail}",
		"limit.answered": "The venue said “too many”: {detail}",
		"budget.tight": "A budget of the venue was used up: {scope}.",
		"venues.together": "{count} venues fell within {withinMs} ms, also {venues}.",
		"clock.steady": "The offset between the clocks stayed the same.",
		"engine.slow": "Heartline itself was slow ({ms} ms).",
		"key.refused": "The key was refused: {detail}",
		"asked.person": "The person asked for it.",
		"asked.age": "Renewed before the venue’s limit on a connection’s age.",
		"engine.stopped": "Heartline was closed or ended while it lasted.",
		"nothing.known": "Nothing speaks for either side ({cause})."
	}
};
// src/engine/health/evidence-words-ko.ts
var evidenceWordsKo = {
	heading: {
		title: "Heartline 증빙 자료",
		incident: "장애",
		incidents: "기간 내 장애",
		verdict: "내 쪽인가 상대 쪽인가",
		others: "같은 시간 다른 거래소",
		timeline: "기간 내 연결 상태",
		transitions: "모든 상태 변화",
		metrics: "발견 당시 측정값",
		metricsNow: "내보낼 때 측정값",
		log: "이벤트 기록",
		settings: "설정",
		about: "이 보고서에 대하여"
	},
	label: {
		kst: "KST",
		local: "현지",
		utc: "UTC",
		what: "항목",
		exported: "내보낸 시각",
		rangeFrom: "기간 시작",
		rangeTo: "기간 끝",
		version: "버전",
		environment: "환경",
		machine: "컴퓨터",
		clockOffset: "거래소 시계 − 내 시계 (ms)",
		connection: "연결",
		worst: "가장 나빴던 상태",
		cause: "원인",
		started: "마지막 정상 데이터",
		noticed: "발견",
		ended: "데이터 복구",
		lasts: "계속되는 중",
		attempts: "재시도",
		tradesMissed: "놓친 체결",
		tradesRecovered: "되찾은 체결",
		candlesRepaired: "복구한 캔들",
		booksResynced: "다시 만든 호가",
		ordersInFlight: "진행 중 주문",
		confidence: "확신도",
		against: "반대 근거",
		state: "상태",
		uptime: "가동률",
		spans: "구간",
		level: "등급",
		message: "내용",
		rate: "초당 프레임",
		p50: "지연 p50 (ms)",
		p99: "지연 p99 (ms)",
		silence: "무수신 (ms)",
		score: "건강 점수",
		stream: "스트림",
		none: "없음",
		cut: "여기에는 최근 것만 있습니다. 나머지는 report.json에 있습니다.",
		logFrom: "메모리의 기록 시작 시각",
		hashes: "hashes.txt에 각 파일의 SHA-256이 있습니다. 비밀 정보는 쓰기 전에 지웠습니다."
	},
	state: {
		idle: "대기",
		connecting: "연결 중",
		authenticating: "인증 중",
		subscribing: "구독 중",
		live: "정상",
		degraded: "지연",
		stale: "멈춤",
		waiting: "재시도 대기",
		rotating: "예정된 교체",
		paused: "일시 정지",
		failed: "실패"
	},
	side: {
		mine: "내 쪽",
		theirs: "상대 쪽",
		unclear: "불분명"
	},
	kind: {
		link: "네트워크",
		dns: "이름 조회",
		"proxy-geo": "프록시 또는 지역 제한",
		clock: "시계 또는 절전",
		socket: "연결",
		stream: "스트림 하나",
		maintenance: "점검",
		"rate-limit": "요청 한도",
		correlated: "여러 거래소 동시",
		asked: "요청한 일"
	},
	evidence: {
		"link.none": "켜져 있는 네트워크 인터페이스가 없습니다.",
		"venues.all-fell": "거래소 {count}곳의 연결이 {withinMs} ms 안에 모두 끊겼습니다.",
		"loopback.fine": "이 컴퓨터의 서버({venue})는 계속 들렸습니다.",
		"dns.failed": "이름을 찾지 못했습니다: {detail}",
		"http.forbidden": "접근이 거부되었습니다: {detail}",
		"tls.failed": "암호화 연결에 실패했습니다: {detail}",
		"answer.html": "데이터 대신 웹 페이지가 왔습니다: {detail}",
		"clock.off": "시계가 {offsetMs} ms 다릅니다.",
		"clock.moved": "시계 차이가 {movedMs} ms 바뀌었습니다.",
		"machine.stood-still": "컴퓨터가 절전 상태였거나 Heartline이 멈춰 있었습니다 ({ms} ms).",
		"socket.silent": "소켓은 열려 있었지만 아무것도 오지 않았습니다: {detail}",
		"socket.ended": "연결이 끊기거나 거부되었습니다 ({cause}): {detail}",
		"rest.answers": "거래소 REST가 {ms} ms 만에 응답했습니다.",
		"rest.fails": "거래소 REST가 응답하지 않았습니다 ({code}, {ms} ms).",
		"venues.fine": "다른 거래소는 정상이었습니다: {venues}",
		"sibling.fine": "같은 거래소의 다른 연결은 정상이었습니다: {connections}",
		"stream.alone": "{stream}만 조용했고 같은 연결의 다른 {fine}개는 왔습니다.",
		"frames.unreadable": "읽을 수 없는 것이 왔습니다: {detail}",
		"venue.error": "거래소가 자체 오류를 알렸습니다: {detail}",
		"maintenance.announced": "거래소가 미리 알렸습니다: {detail}",
		"http.unavailable": "거래소가 이용할 수 없다고 답했습니다: {detail}",
		"close.restart": "서버가 재시작할 때처럼 연결을 닫았습니다: {detail}",
		"limit.answered": "거래소가 요청이 너무 많다고 답했습니다: {detail}",
		"budget.tight": "거래소 요청 한도를 다 썼습니다: {scope}",
		"venues.together": "거래소 {count}곳이 {withinMs} ms 안에 함께 나빠졌습니다 (다른 곳: {venues}).",
		"clock.steady": "시계 차이는 그대로였습니다.",
		"engine.slow": "Heartline 자체가 느렸습니다 ({ms} ms).",
		"key.refused": "키가 거부되었습니다: {detail}",
		"asked.person": "사용자가 요청했습니다.",
		"asked.age": "거래소의 연결 수명 제한 전에 교체했습니다.",
		"engine.stopped": "계속되는 동안 Heartline이 종료되었습니다.",
		"nothing.known": "어느 쪽이라 할 근거가 없습니다 ({cause})."
	}
};
// src/engine/health/html-text.ts
var ENTITIES = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"'": "&#39;"
};
/** Controls, and what turns the direction of the text around it: a hostile name must not rewrite its neighbours. */
var UNSEEN = /[\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
/** Any text, as text. `lines`: line ends stay. */
function escaped(text, lines) {
	return { html: text.replaceAll(UNSEEN, (unseen) => lines !== void 0 && unseen === "\n" ? unseen : `\\u${(unseen.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`).replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] ?? "") };
}
/** A template whose every value is markup already: a bare string does not compile. */
function markup(texts, ...values) {
	const filled = values.map((value) => "html" in value ? value.html : value.map(({ html }) => html).join("\n"));
	return { html: String.raw({ raw: texts }, ...filled) };
}
function table(heads, rows) {
	const cells = (row) => markup`<tr>${row.map((cell) => markup`<td>${cell}</td>`)}</tr>`;
	return markup`<table><thead><tr>${heads.map((head) => markup`<th>${escaped(head)}</th>`)}</tr></thead><tbody>${rows.map(cells)}</tbody></table>`;
}
function fact(name, value) {
	const text = typeof value === "object" ? value : escaped(String(value));
	return markup`<dt>${escaped(name)}</dt><dd>${text}</dd>`;
}
function facts(list) {
	return markup`<dl>${list}</dl>`;
}
// src/engine/health/verdict-evidence.ts
/**
* Every code a verdict's evidence may have. Each names a text for the person; the values it may show are beside it.
*/
var VERDICT_EVIDENCE = [
	"link.none",
	"venues.all-fell",
	"loopback.fine",
	"dns.failed",
	"http.forbidden",
	"tls.failed",
	"answer.html",
	"clock.off",
	"clock.moved",
	"machine.stood-still",
	"socket.silent",
	"socket.ended",
	"rest.answers",
	"rest.fails",
	"venues.fine",
	"sibling.fine",
	"stream.alone",
	"frames.unreadable",
	"venue.error",
	"maintenance.announced",
	"http.unavailable",
	"close.restart",
	"limit.answered",
	"budget.tight",
	"venues.together",
	"clock.steady",
	"engine.slow",
	"key.refused",
	"asked.person",
	"asked.age",
	"engine.stopped",
	"nothing.known"
];
// src/engine/health/evidence-page.ts
/** Rows of one table in the page; the JSON beside it has them all. */
var SHOWN = 1e3;
var STYLE = `body{font:14px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #ddd;overflow-wrap:anywhere}
td:nth-child(-n+3){font-variant-numeric:tabular-nums}dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.5rem}dt{font-weight:600}dd{margin:0}pre{overflow-wrap:anywhere;white-space:pre-wrap}
@media print{body{margin:0}}`;
/** `report.html`: readable anywhere, nothing to run, nothing to load. Pure. */
function evidencePage(report, log) {
	const words = report.language === "ko" ? evidenceWordsKo : evidenceWordsEn;
	const { heading, label } = words;
	const times = createReportTimes(report.localZone);
	const zones = (at) => {
		const { kst, local, utc } = times.inZones(at);
		return [
			escaped(kst),
			escaped(local),
			escaped(utc)
		];
	};
	const timeHeads = [
		label.kst,
		`${label.local} (${report.localZone})`,
		label.utc
	];
	const timed = (rows, ...heads) => table([...timeHeads, ...heads], rows.map(([at, ...cells]) => [...zones(at), ...cells]));
	const cutNote = (count, isCut = false) => count > SHOWN || isCut ? markup`<p>${escaped(label.cut)}</p>` : markup``;
	const causeText = (cause) => escaped(cause ? `${cause.code}: ${cause.detail}` : "");
	function verdictOf({ verdict }) {
		const known = new Set(VERDICT_EVIDENCE);
		const items = verdict.evidence.map(({ code, details }) => {
			return markup`<li>${escaped((known.has(code) ? words.evidence[code] : code).replaceAll(/\{(\w+)\}/g, (_all, name) => String(details[name] ?? "")) + ("against" in details ? ` (${label.against})` : ""))}</li>`;
		});
		return markup`<p><strong>${escaped(words.side[verdict.side])}</strong> · ${escaped(words.kind[verdict.kind])} · ${escaped(label.confidence)} ${escaped(verdict.confidence.toFixed(2))}</p><ul>${items}</ul>`;
	}
	function incidentOf(incident) {
		const { startedAt, noticedAt, endedAt } = incident;
		const rows = [
			[startedAt, escaped(label.started)],
			[noticedAt, escaped(label.noticed)],
			...endedAt === void 0 ? [] : [[endedAt, escaped(label.ended)]]
		];
		return markup`<h3>${escaped(incident.connection)} · ${escaped(words.state[incident.worst])}</h3>
${timed(rows, label.what)}
${endedAt === void 0 ? markup`<p>${escaped(label.lasts)}</p>` : markup``}
${facts([
			fact(label.cause, causeText(incident.cause)),
			fact(label.attempts, incident.attempts),
			fact(label.tradesMissed, incident.tradesMissed),
			fact(label.tradesRecovered, incident.tradesRecovered),
			fact(label.candlesRepaired, incident.candlesRepaired),
			fact(label.booksResynced, incident.booksResynced),
			fact(label.ordersInFlight, incident.ordersInFlight),
			fact(heading.others, escaped(incident.others.map(({ venue, worst }) => `${venue}: ${words.state[worst]}`).join(", ") || label.none))
		])}
<h4>${escaped(heading.verdict)}</h4>${verdictOf(incident)}`;
	}
	const streamTable = (streams) => table([
		label.stream,
		label.rate,
		label.p50,
		label.p99,
		label.silence,
		label.score
	], streams.slice(0, SHOWN).map(({ stream, perSecond, venueToReceive, silenceMs, score }) => [escaped(stream), ...[
		perSecond,
		venueToReceive.p50,
		venueToReceive.p99,
		silenceMs,
		score
	].map(figure$1)]));
	const { incident, incidents, transitions, metricsThen, metricsNow } = report;
	const further = incidents.filter(({ id }) => id !== incident?.id);
	const shownTransitions = transitions.slice(-1e3);
	const rangeRows = [
		[report.exportedAt, escaped(label.exported)],
		[report.from, escaped(label.rangeFrom)],
		[report.to, escaped(label.rangeTo)],
		...report.logFrom === void 0 ? [] : [[report.logFrom, escaped(label.logFrom)]]
	];
	const { html } = markup`<!doctype html>
<html lang="${escaped(report.language)}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(heading.title)}</title><style>${{ html: STYLE }}</style></head><body>
<h1>${escaped(heading.title)}</h1>
${timed(rangeRows, label.what)}
${incident === void 0 ? markup`` : markup`<h2>${escaped(heading.incident)}</h2>${incidentOf(incident)}`}
${metricsThen === void 0 ? markup`` : markup`<h2>${escaped(heading.metrics)}</h2>${streamTable(metricsThen.streams)}`}
<h2>${escaped(heading.incidents)}</h2>
${further.length === 0 ? markup`<p>${escaped(label.none)}</p>` : further.map(incidentOf)}
<h2>${escaped(heading.timeline)}</h2>
${table([
		label.connection,
		label.uptime,
		label.spans
	], report.timeline.map(({ connection, uptime, spans }) => [
		escaped(connection),
		escaped(Number.isFinite(uptime) ? `${(uptime * 100).toFixed(2)} %` : "–"),
		escaped(String(spans.length))
	]))}
<h2>${escaped(heading.transitions)}</h2>${cutNote(transitions.length, report.transitionsAreCut)}
${timed(shownTransitions.map(({ at, connection, state }) => [
		at,
		escaped(connection),
		escaped(words.state[state.kind]),
		causeText(causeOf$1(state))
	]), label.connection, label.state, label.cause)}
${metricsNow === void 0 ? markup`` : markup`<h2>${escaped(heading.metricsNow)}</h2>${streamTable(metricsNow.streams)}`}
<h2>${escaped(heading.log)}</h2>${cutNote(log.length)}
${timed(log.slice(-1e3).map(({ at, level, code, message }) => [
		at,
		escaped(level),
		escaped(code),
		escaped(message)
	]), label.level, label.what, label.message)}
<h2>${escaped(heading.settings)}</h2><pre>${escaped(JSON.stringify(report.settings, void 0, 1), "lines")}</pre>
<h2>${escaped(heading.about)}</h2>
${facts([
		fact(label.version, report.app.version),
		fact(label.environment, `${report.app.environment} (${report.app.mode}, ${report.app.shell})`),
		fact(label.machine, `${report.machine.platform} ${report.machine.architecture}, Node ${report.machine.node}`),
		fact(label.clockOffset, Object.entries(report.clockOffsetMs).map(([venue, offsetMs]) => `${venue} ${Math.round(offsetMs)}`).join(", ") || label.none)
	])}
<p>${escaped(label.hashes)}</p></body></html>
`;
	return html;
}
function figure$1(value) {
	return escaped(Number.isFinite(value) ? String(Math.round(value * 100) / 100) : "–");
}
// src/engine/health/evidence-redaction.ts
var MASK = "…";
/** Shorter is no secret, and masking it would blacken ordinary words. */
var MIN_SECRET = 6;
/** A part of a path that is no word: services put their token there as often as into the query. */
var TOKEN_LIKE = /^(?=.*\d)[\w~.%-]{8,}$|^[\w~.%-]{20,}$/;
var USER_IN_ADDRESS = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>]+@/gi;
var TELLING_PARAMETER = /\b([\w-]*(?:key|token|secret|signature|password|passwd|authorization)["']?\s*[=:]\s*["']?)(?:Bearer\s+|Basic\s+)?[^\s&"'<>,;]+/gi;
var BEARER = /\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{6,}/g;
/** Settings as they may be passed on: of the webhook only which server it goes to. */
function shareableSettings(settings) {
	const { webhookUrl } = settings.alarms;
	return {
		...settings,
		alarms: {
			...settings.alarms,
			webhookUrl: serverOf(webhookUrl)
		}
	};
}
function serverOf(url) {
	if (url === "") return "";
	return URL.canParse(url) ? `${new URL(url).protocol}//${new URL(url).host}/${MASK}` : MASK;
}
/** Every part of the settings that must not be found in anything that leaves. */
function secretsIn(settings) {
	const { webhookUrl } = settings.alarms;
	if (!URL.canParse(webhookUrl)) return [webhookUrl].filter(isLong);
	const url = new URL(webhookUrl);
	const parts = [
		webhookUrl,
		url.username,
		url.password,
		...url.pathname.split("/").filter((part) => TOKEN_LIKE.test(part)),
		...url.searchParams.values(),
		url.hash.slice(1)
	];
	return [...new Set(parts.flatMap((part) => [part, decodedPart(part)]))].filter(isLong).toSorted((a, b) => b.length - a.length);
}
var isLong = (text) => text.length >= MIN_SECRET;
/** Masks known secrets, what looks like one, and the person's home folder, in every text of `value`. Keys stay. */
function redacted(value, known) {
	const text = (original) => {
		let masked = original;
		for (const secret of known.secrets) masked = masked.replaceAll(secret, MASK);
		if (known.home.length > 1) masked = masked.replaceAll(known.home, "~");
		return masked.replaceAll(USER_IN_ADDRESS, `$1${MASK}@`).replaceAll(TELLING_PARAMETER, `$1${MASK}`).replaceAll(BEARER, `$1 ${MASK}`);
	};
	const walk = (part) => {
		if (typeof part === "string") return text(part);
		if (Array.isArray(part)) return part.map(walk);
		if (typeof part !== "object" || part === null) return part;
		return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, walk(inner)]));
	};
	return walk(value);
}
// src/engine/health/evidence-report.ts
/** Pure. */
function reportOf(input) {
	const { home, secrets, log, ...rest } = input;
	const known = {
		home,
		secrets: [...secrets.filter((text) => text !== ""), ...secretsIn(input.settings)]
	};
	const times = createReportTimes(input.localZone);
	const named = [
		["exportedAt", input.exportedAt],
		["from", input.from],
		["to", input.to],
		...input.incidents.flatMap(({ id, startedAt, noticedAt, endedAt }) => [
			[`${id} startedAt`, startedAt],
			[`${id} noticedAt`, noticedAt],
			[`${id} endedAt`, endedAt]
		])
	];
	return {
		report: redacted({
			format: "heartline-evidence/1",
			about: input.incident === void 0 ? "range" : "incident",
			...rest,
			settings: shareableSettings(input.settings),
			times: named.flatMap(([what, at]) => at === void 0 ? [] : [{
				what,
				at,
				...times.inZones(at)
			}])
		}, known),
		log: redacted(log, known)
	};
}
// src/engine/health/evidence-file.ts
/** Compressed at a go, bytes: the event loop gets its turn in between. */
var CHUNK$1 = 262144;
/**
* One zip: `report.json`, `report.html`, `log.ndjson`, and `hashes.txt` with the SHA-256 of each, as `sha256sum -c` reads
* it. The same input makes the same bytes. `pause` lets others run.
*/
async function packEvidence(input, pause) {
	const { report, log } = reportOf(input);
	await pause();
	const parts = [
		["report.json", strToU8(`${JSON.stringify(report, void 0, 1)}\n`)],
		["report.html", strToU8(evidencePage(report, log))],
		["log.ndjson", strToU8(log.map((entry) => `${JSON.stringify(entry)}\n`).join(""))]
	];
	await pause();
	const hashes = parts.map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`).join("");
	const bytes = await zipped([...parts, ["hashes.txt", strToU8(hashes)]], input.exportedAt, pause);
	return {
		fileName: fileNameOf(input),
		bytes,
		sha256: sha256(bytes)
	};
}
function fileNameOf({ exportedAt, incident }) {
	const what = incident === void 0 ? "range" : incident.connection.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
	return `heartline-evidence-${fileStamp(exportedAt)}-${what.slice(0, 60)}.zip`;
}
async function zipped(parts, at, pause) {
	const pieces = [];
	const faults = [];
	const zip = new Zip((fault, piece) => {
		if (fault) faults.push(fault);
		else pieces.push(piece);
	});
	const modifiedAt = createReportTimes("UTC").inZones(at).utc.slice(0, 19).replace(" ", "T");
	for (const [name, bytes] of parts) {
		const entry = new ZipDeflate(name, { level: 6 });
		entry.mtime = modifiedAt;
		zip.add(entry);
		for (let from = 0; from === 0 || from < bytes.length; from += CHUNK$1) {
			entry.push(bytes.subarray(from, from + CHUNK$1), from + CHUNK$1 >= bytes.length);
			await pause();
		}
	}
	zip.end();
	const [fault] = faults;
	if (fault) throw fault;
	return new Uint8Array(Buffer.concat(pieces));
}
function sha256(bytes) {
	return createHash("sha256").update(bytes).digest("hex");
}
// src/engine/health/timeline-pruning.ts
var KEPT_MS = 2592e6;
/** Whatever flaps without end: beyond this many changes the oldest go, and with them the time they told of. */
var MAX_TRANSITIONS$2 = 2e5;
/** Deleted in one transaction: a large backlog must not hold the event loop. */
var CHUNK = 2e3;
function createTimelinePruning(store, maxTransitions = MAX_TRANSITIONS$2) {
	let cut;
	let isThrough = false;
	store.join({
		get isDirty() {
			return cut !== void 0;
		},
		save(database) {
			isThrough = cut === void 0 || prune(database, cut, maxTransitions) < CHUNK;
		},
		saved() {
			if (isThrough) cut = void 0;
		}
	});
	return { ask(at) {
		cut = at;
	} };
}
/** How many rows went, at most about `CHUNK`. */
function prune(database, cut, maxTransitions) {
	let left = CHUNK;
	const remove = (where, parameters) => {
		if (left <= 0) return;
		const { changes } = database.prepare(`delete from transitions where id in (select id from transitions where ${where} limit @left)`).run({
			...parameters,
			left
		});
		left -= changes;
	};
	const runs = database.prepare("select id, lastAt from runs where startedAt < ? order by id").all(cut);
	const newest = database.prepare("select max(id) from runs").pluck().get();
	const connections = database.prepare("select id from connections").pluck().all();
	for (const { id: run, lastAt } of runs) {
		const isOver = lastAt < cut && run !== newest;
		for (const connection of connections) {
			const standing = isOver ? Number.MAX_SAFE_INTEGER : database.prepare("select max(at) from transitions where connection = ? and run = ? and at <= ?").pluck().get(connection, run, cut);
			if (typeof standing !== "number") continue;
			remove("connection = @connection and run = @run and at < @standing", {
				connection,
				run,
				standing
			});
		}
		if (isOver && left > 0) database.prepare("delete from runs where id = ?").run(run);
	}
	const count = Number(database.prepare("select count(*) from transitions").pluck().get());
	const oldest = Number(database.prepare("select min(id) from transitions").pluck().get());
	if (count > maxTransitions) remove("id < @end", { end: oldest + (count - maxTransitions) });
	database.prepare("delete from incidents where coalesce(endedAt, noticedAt) < ?").run(cut);
	return CHUNK - left;
}
// src/engine/health/evidence-export.ts
var AROUND_MS = 3e5;
var MAX_TRANSITIONS$1 = 1e4;
/** Gathers what is known of an incident (with five minutes around it) or of a range. Throws `incident.unknown`. */
async function exportEvidence(sources, what) {
	const { clock, log, timeline, archive } = sources;
	const now = clock.now();
	const incident = "incident" in what ? archive.find(what.incident) : void 0;
	if ("incident" in what && incident === void 0) throw new HeartlineError("incident.unknown", `no such incident: ${what.incident}`, { details: { incident: what.incident } });
	const asked = incident ? {
		from: incident.startedAt - AROUND_MS,
		to: (incident.endedAt ?? now) + AROUND_MS
	} : "from" in what ? what : {
		from: now,
		to: now
	};
	const to = Math.min(asked.to, now);
	const from = Math.max(asked.from, to - KEPT_MS);
	const transitions = timeline.transitions(from, to, 10001);
	const metricsThen = incident && archive.metricsThen(incident.id);
	const metricsNow = sources.metrics();
	const settings = sources.settings();
	const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions();
	const wanted = settings.language === "system" ? locale : settings.language;
	return packEvidence({
		exportedAt: now,
		...incident === void 0 ? {} : { incident },
		from,
		to,
		language: wanted.startsWith("ko") ? "ko" : "en",
		localZone: timeZone,
		app: sources.app,
		machine: {
			platform: process.platform,
			architecture: process.arch,
			node: process.versions.node
		},
		home: homedir(),
		secrets: sources.secrets?.() ?? [],
		settings,
		incidents: archive.list(from, to),
		timeline: await timeline.rowsInSteps(from, to, sources.pause),
		transitions: transitions.slice(-1e4),
		transitionsAreCut: transitions.length > MAX_TRANSITIONS$1,
		...metricsThen === void 0 ? {} : { metricsThen },
		...metricsNow === void 0 ? {} : { metricsNow },
		log: log.entries.filter(({ at }) => at >= from && at <= to),
		logFrom: log.entries[0]?.at,
		clockOffsetMs: sources.health().clockOffsetMs
	}, sources.pause);
}
// src/engine/health/incident-draft.ts
var MAX_TRANSITIONS = 200;
var MAX_CAUSES = 20;
/** Takes the connection's next state into the draft; an end is decided elsewhere. */
function applyTransition(draft, { at, state }) {
	const cause = causeOf$1(state);
	draft.transitions.push({
		at,
		kind: state.kind,
		...cause === void 0 ? {} : { cause }
	});
	if (draft.transitions.length > MAX_TRANSITIONS) draft.transitions.splice(MAX_TRANSITIONS / 2, 1);
	draft.worst = worseOf(draft.worst, state.kind);
	if (state.kind === "connecting") draft.attempts += 1;
	if (cause !== void 0 && draft.causes.length < MAX_CAUSES && !draft.causes.some(({ code, detail }) => code === cause.code && detail === cause.detail)) draft.causes.push(cause);
	if (isTrouble(state) && cause?.code !== "user" && draft.planned !== void 0) {
		delete draft.planned;
		draft.causes.shift();
		if (draft.causes.length === 0) draft.causes.push(cause ?? {
			code: "unknown",
			detail: ""
		});
	}
}
function applyFact(draft, fact) {
	switch (fact.kind) {
		case "book-resynced":
			draft.booksResynced += 1;
			return true;
		case "candles-repaired":
			draft.candlesRepaired += fact.count;
			return true;
		case "trades-recovered":
			draft.tradesMissed += fact.missed;
			draft.tradesRecovered += fact.recovered;
			return true;
		case "book-gap":
		case "stream-renewed":
		case "frame-failed": return false;
	}
}
/** What a state that begins an incident was planned for, if it was; and the cause it is put down to. */
function beginning(state) {
	const cause = causeOf$1(state);
	if (state.kind === "rotating") return {
		planned: state.reason,
		cause: {
			code: state.reason === "notice" ? "maintenance" : "user",
			detail: `rotation: ${state.reason}`
		}
	};
	if (cause !== void 0) return cause.code === "user" ? {
		planned: "user",
		cause
	} : { cause };
	return {
		planned: "user",
		cause: {
			code: "user",
			detail: "connected anew"
		}
	};
}
function incidentOf(draft) {
	return {
		id: draft.id,
		venue: draft.venue,
		connection: draft.connection,
		worst: draft.worst,
		cause: draft.causes[0] ?? {
			code: "unknown",
			detail: ""
		},
		startedAt: draft.startedAt,
		noticedAt: draft.noticedAt,
		...draft.endedAt === void 0 ? {} : { endedAt: draft.endedAt },
		attempts: draft.attempts,
		tradesMissed: draft.tradesMissed,
		tradesRecovered: draft.tradesRecovered,
		candlesRepaired: draft.candlesRepaired,
		booksResynced: draft.booksResynced,
		ordersInFlight: draft.ordersInFlight,
		verdict: draft.verdict,
		others: [...draft.others].map(([venue, worst]) => ({
			venue,
			worst
		})).toSorted((a, b) => severityOf(b.worst) - severityOf(a.worst)),
		transitions: [...draft.transitions]
	};
}
/** An incident nobody saw the end of: Heartline ended first. */
function closedByStop(incident, at) {
	const endedAt = Math.max(incident.noticedAt, at);
	return {
		...incident,
		endedAt,
		verdict: {
			...incident.verdict,
			evidence: [...incident.verdict.evidence, {
				code: "engine.stopped",
				details: { at: endedAt }
			}]
		},
		transitions: [...incident.transitions, {
			at: endedAt,
			kind: "idle"
		}]
	};
}
// src/engine/health/incident-archive.ts
var LATEST = 200;
var LISTED = 500;
/** Held while the disk fails. */
var MAX_UNSAVED$1 = 1e3;
/** `previousEnd`: when the run before this one was last seen alive; what was open then ended, for all we know, with it. */
function openIncidentArchive(options) {
	const { store } = options;
	const { database } = store;
	const changes = createEmitter();
	const unsaved = /* @__PURE__ */ new Map();
	let latest = [];
	const statements = database && {
		save: database.prepare(`insert into incidents (id, startedAt, noticedAt, endedAt, incident, metrics)
       values (@id, @startedAt, @noticedAt, @endedAt, @incident, @metrics)
       on conflict (id) do update set startedAt = excluded.startedAt, endedAt = excluded.endedAt,
         incident = excluded.incident, metrics = coalesce(excluded.metrics, metrics)`),
		latest: database.prepare("select incident, metrics from incidents order by noticedAt desc, id desc limit ?"),
		open: database.prepare("select incident, metrics from incidents where endedAt is null"),
		list: database.prepare(`select incident, metrics from incidents
       where startedAt <= @to and (endedAt is null or endedAt >= @from)
       order by noticedAt desc, id desc limit @limit`),
		find: database.prepare("select incident, metrics from incidents where id = ?")
	};
	function put(incident, metrics) {
		unsaved.set(incident.id, {
			incident,
			metrics: metrics ?? unsaved.get(incident.id)?.metrics
		});
		const [oldest] = unsaved.keys();
		if (unsaved.size > MAX_UNSAVED$1 && oldest !== void 0) unsaved.delete(oldest);
		const index = latest.findIndex(({ id }) => id === incident.id);
		latest = index < 0 ? [incident, ...latest].slice(0, LATEST) : latest.with(index, incident);
		changes.emit();
	}
	store.join({
		get isDirty() {
			return unsaved.size > 0;
		},
		save() {
			for (const { incident, metrics } of unsaved.values()) {
				const { id, startedAt, noticedAt, endedAt = null } = incident;
				statements?.save.run({
					id,
					startedAt,
					noticedAt,
					endedAt,
					incident: JSON.stringify(incident),
					metrics: metrics === void 0 ? null : JSON.stringify(metrics)
				});
			}
		},
		saved: () => unsaved.clear()
	});
	if (statements) {
		latest = statements.latest.all(LATEST).map(incidentIn);
		for (const incident of statements.open.all().map(incidentIn)) put(closedByStop(incident, options.previousEnd ?? incident.noticedAt));
	}
	function find(id) {
		const held = unsaved.get(id)?.incident ?? latest.find((incident) => incident.id === id);
		if (held) return held;
		const row = statements?.find.get(id);
		return row && incidentIn(row);
	}
	return {
		get latest() {
			return latest;
		},
		put,
		list(from, to) {
			const byId = /* @__PURE__ */ new Map();
			const kept = statements?.list.all({
				from,
				to,
				limit: LISTED
			}) ?? [];
			const waiting = [...unsaved.values()].map(({ incident }) => incident);
			for (const incident of [...kept.map(incidentIn), ...waiting]) byId.set(incident.id, incident);
			return [...byId.values()].filter(({ startedAt, endedAt }) => startedAt <= to && (endedAt === void 0 || endedAt >= from)).toSorted((a, b) => b.noticedAt - a.noticedAt || (a.id < b.id ? 1 : -1)).slice(0, LISTED);
		},
		find,
		metricsThen(id) {
			const held = unsaved.get(id)?.metrics;
			if (held) return held;
			const row = statements?.find.get(id);
			return row?.metrics ? JSON.parse(row.metrics) : void 0;
		},
		onChange: (listener) => changes.on(listener)
	};
}
function incidentIn({ incident }) {
	return JSON.parse(incident);
}
// src/engine/health/connection-states.ts
function createConnectionStates() {
	const known = /* @__PURE__ */ new Map();
	const wanted = (venue) => [...known].flatMap(([connection, { venue: its, state }]) => its === venue && !isUnwanted(state) ? [{
		connection,
		state
	}] : []);
	return {
		note({ venue, connection, state }) {
			const before = known.get(connection)?.state;
			known.set(connection, {
				venue,
				state
			});
			return before;
		},
		forget(venue) {
			for (const [connection, entry] of known) if (entry.venue === venue) known.delete(connection);
		},
		stateOf: (connection) => known.get(connection)?.state,
		wanted,
		venues: () => [...new Set([...known.values()].map(({ venue }) => venue))],
		worst: (venue) => wanted(venue).map(({ state }) => state.kind).reduce((worst, kind) => worst === void 0 ? kind : worseOf(worst, kind), void 0)
	};
}
// src/engine/health/offset-watch.ts
function createOffsetWatch(clock) {
	const latest = /* @__PURE__ */ new Map();
	const moves = /* @__PURE__ */ new Map();
	return {
		note(offsets) {
			for (const [venue, offsetMs] of Object.entries(offsets)) {
				const before = latest.get(venue);
				latest.set(venue, offsetMs);
				if (before === void 0 || before === offsetMs) continue;
				const known = moves.get(venue) ?? [];
				moves.set(venue, [...known, {
					at: clock.now(),
					byMs: offsetMs - before
				}].slice(-20));
			}
		},
		latest: (venue) => latest.get(venue),
		movedSince: (venue, wallTime) => (moves.get(venue) ?? []).filter(({ at }) => at >= wallTime).reduce((largest, { byMs }) => Math.abs(byMs) > Math.abs(largest) ? byMs : largest, 0)
	};
}
// src/engine/health/probes.ts
var PATIENCE_MS = 5e3;
/** Connections of one venue that fall together ask once. */
var SHARED_MS = 1e4;
/** Probes with a bound on how long they take and how often they are made. `undefined`: nobody can ask, or it is too late. */
function createProbes(clock, probe) {
	const asked = /* @__PURE__ */ new Map();
	let isDisposed = false;
	function once(venue, make) {
		const startedAt = clock.monotonic();
		return new Promise((resolve) => {
			const settle = (answer) => {
				cancel();
				resolve(isDisposed ? void 0 : answer);
			};
			const cancel = clock.after(PATIENCE_MS, () => settle({
				ok: false,
				ms: PATIENCE_MS,
				code: "rest.timeout"
			}));
			make(venue).then(settle, (fault) => settle({
				ok: false,
				ms: clock.monotonic() - startedAt,
				code: fault instanceof HeartlineError ? fault.code : "internal"
			}));
		});
	}
	return {
		ask(venue) {
			if (!probe) return Promise.resolve(void 0);
			const last = asked.get(venue);
			if (last && clock.monotonic() - last.at < SHARED_MS) return last.answer;
			const answer = once(venue, probe);
			asked.set(venue, {
				at: clock.monotonic(),
				answer
			});
			return answer;
		},
		dispose() {
			isDisposed = true;
		}
	};
}
// src/engine/health/verdict-items.ts
/** What came up only while it lasted weighs less than what it began with. */
var LATER = .9;
/** Evidence from a cause's code. `later`: its weight where it was not the first cause. */
function found(seen, codes, evidence, weight, later) {
	return from(seen, ({ code }) => codes.includes(code), evidence, weight, later);
}
/** What the words of a cause tell, where its code does not. */
function told(seen, words, evidence, weight, later) {
	return from(seen, ({ detail }) => words.test(detail), evidence, weight, later);
}
function from({ causes }, isIt, evidence, weight, later = weight * LATER) {
	const index = causes.findIndex(isIt);
	const cause = causes[index];
	if (!cause) return void 0;
	return {
		code: evidence,
		details: {
			cause: cause.code,
			detail: cause.detail
		},
		weight: index === 0 ? weight : later
	};
}
/** Whether the socket itself was lost, not only data late on it. */
function hasLostSocket({ worst, streams }) {
	return worst === "waiting" || worst === "failed" || worst === "stale" && streams.fine === 0;
}
function othersFine(seen, weight, against) {
	const count = seen.othersFine.length;
	if (count === 0) return void 0;
	return {
		code: "venues.fine",
		details: {
			venues: seen.othersFine.join(", "),
			count
		},
		weight: 1 - (1 - weight) * .75 ** (count - 1),
		...against === void 0 ? {} : { against }
	};
}
function together(seen, against) {
	const { fellTogether } = seen;
	if (fellTogether.length === 0) return void 0;
	return {
		code: "venues.together",
		details: {
			venues: fellTogether.map(({ venue }) => venue).join(", "),
			count: fellTogether.length + 1,
			withinMs: Math.max(...fellTogether.map(({ withinMs }) => withinMs))
		},
		weight: [
			.45,
			.55,
			.7
		][fellTogether.length - 1] ?? .75,
		...against ? { against: true } : {}
	};
}
function restAnswers(seen, weight, against) {
	if (!seen.probe?.ok) return void 0;
	return {
		code: "rest.answers",
		details: { ms: Math.round(seen.probe.ms) },
		weight,
		...against ? { against: true } : {}
	};
}
function restFails(seen, weight) {
	if (seen.probe === void 0 || seen.probe.ok) return void 0;
	return {
		code: "rest.fails",
		details: {
			ms: Math.round(seen.probe.ms),
			code: seen.probe.code ?? "none"
		},
		weight
	};
}
// src/engine/health/verdict-charges.ts
/** Beyond this a clock is off: reliability goal G14. */
var CLOCK_OFF_MS = 500;
var SLOW_LOOP_MS = 200;
var ENDED = [
	"socket.reset",
	"socket.closed",
	"socket.refused",
	"socket.handshake",
	"timeout"
];
/** Every explanation there is, in the order in which equals are decided. */
var CHARGES = [
	(seen) => ({
		side: "mine",
		kind: "asked",
		basis: "said",
		items: [seen.causes[0]?.code === "user" && {
			code: "asked.person",
			details: {},
			weight: .99
		}]
	}),
	(seen) => ({
		side: "theirs",
		kind: "maintenance",
		basis: "said",
		items: [
			found(seen, ["maintenance"], "maintenance.announced", .95),
			told(seen, /HTTP 503/, "http.unavailable", .75),
			told(seen, /closed with (?:1012|1001)/, "close.restart", .7)
		]
	}),
	(seen) => ({
		side: "mine",
		kind: "rate-limit",
		basis: "said",
		items: [found(seen, ["rate-limit", "ban"], "limit.answered", .95, .4) ?? told(seen, /HTTP (?:429|418)/, "limit.answered", .9, .4), seen.tightBudgets.length > 0 && {
			code: "budget.tight",
			details: { scope: seen.tightBudgets.join(", ") },
			weight: .35
		}]
	}),
	clockCharge,
	linkCharge,
	dnsCharge,
	(seen) => ({
		side: "mine",
		kind: "proxy-geo",
		basis: "said",
		items: [
			found(seen, ["geo"], "http.forbidden", .85) ?? told(seen, /HTTP (?:403|451)/, "http.forbidden", .8),
			told(seen, /certificate|self[- ]signed|\bTLS\b|\bSSL\b|EPROTO|wrong version number/i, "tls.failed", .75),
			told(seen, /<!doctype|<html|text\/html|not WebSocket/i, "answer.html", .75)
		]
	}),
	streamCharge,
	correlatedCharge,
	socketCharge
];
function clockCharge(seen) {
	const { offsetMs, movedMs } = seen.clock;
	const isRefused = seen.causes.some(({ code }) => code === "clock" || code === "auth");
	const stoodStill = seen.stoodStillMs ?? (seen.causes.some(({ code }) => code === "resume") ? 0 : void 0);
	return {
		side: "mine",
		kind: "clock",
		items: [
			isRefused && offsetMs !== void 0 && Math.abs(offsetMs) > CLOCK_OFF_MS && {
				code: "clock.off",
				details: { offsetMs: Math.round(offsetMs) },
				weight: .9
			},
			Math.abs(movedMs) > CLOCK_OFF_MS && {
				code: "clock.moved",
				details: { movedMs: Math.round(movedMs) },
				weight: .7
			},
			stoodStill !== void 0 && {
				code: "machine.stood-still",
				details: { ms: Math.round(stoodStill) },
				weight: .92
			}
		]
	};
}
/** A name that nobody finds is our side's trouble; where all other names are found, it is that one name's. */
function dnsCharge(seen) {
	const isTheirs = seen.othersFine.length > 0 && seen.fellTogether.length === 0;
	const failed = found(seen, ["socket.dns"], "dns.failed", isTheirs ? .4 : .7);
	return {
		side: isTheirs ? "theirs" : "mine",
		kind: "dns",
		basis: "said",
		items: [failed, failed !== void 0 && isTheirs && othersFine(seen, .5)]
	};
}
function linkCharge(seen) {
	if (seen.isLoopback) return {
		side: "mine",
		kind: "link",
		items: []
	};
	const lost = seen.fellTogether.filter(({ lostSocket }) => lostSocket);
	const allFell = lost.length > 0 && lost.length >= seen.othersWatched && hasLostSocket(seen);
	const noLink = seen.link === "none";
	return {
		side: "mine",
		kind: "link",
		items: [
			noLink && {
				code: "link.none",
				details: {},
				weight: .95
			},
			allFell && {
				code: "venues.all-fell",
				details: {
					count: lost.length + 1,
					withinMs: Math.max(...lost.map(({ withinMs }) => withinMs))
				},
				weight: [
					.65,
					.8,
					.9
				][lost.length - 1] ?? .9
			},
			(noLink || allFell) && seen.loopbackFine !== void 0 && {
				code: "loopback.fine",
				details: { venue: seen.loopbackFine },
				weight: .4
			},
			(noLink || allFell) && restAnswers(seen, .6, true)
		]
	};
}
function streamCharge(seen) {
	const { fine, named } = seen.streams;
	return {
		side: "theirs",
		kind: "stream",
		basis: "looks",
		items: isOneStream(seen) && named !== void 0 ? [
			{
				code: "stream.alone",
				details: {
					stream: named,
					fine
				},
				weight: Math.min(.85, .55 + .1 * fine)
			},
			othersFine(seen, .5),
			together(seen, true)
		] : []
	};
}
/** The rest of the connection delivers. */
function isOneStream(seen) {
	return seen.streams.silent === 1 && seen.streams.fine > 0 && !hasLostSocket(seen);
}
function correlatedCharge(seen) {
	const isSlow = seen.loopDelayMs > SLOW_LOOP_MS;
	const isTogether = seen.fellTogether.length > 0;
	const isSteady = Math.abs(seen.clock.movedMs) <= CLOCK_OFF_MS;
	const { offsetMs } = seen.clock;
	return {
		side: "mine",
		kind: "correlated",
		items: [
			together(seen, false),
			isSlow && {
				code: "engine.slow",
				details: { ms: Math.round(seen.loopDelayMs) },
				weight: .5
			},
			isTogether && isSteady && {
				code: "clock.steady",
				details: offsetMs === void 0 ? {} : { offsetMs: Math.round(offsetMs) },
				weight: .2
			},
			(isTogether || isSlow) && othersFine(seen, .25, true)
		]
	};
}
function socketCharge(seen) {
	if (isOneStream(seen)) return {
		side: "theirs",
		kind: "socket",
		items: []
	};
	const silence = found(seen, ["socket.silent"], "socket.silent", .25);
	const ended = found(seen, ENDED, "socket.ended", .3);
	const unreadable = found(seen, ["protocol"], "frames.unreadable", .5);
	const error = found(seen, ["venue.error", "circuit"], "venue.error", .5);
	const key = found(seen, ["auth"], "key.refused", .3);
	const sibling = seen.siblingsFine.length > 0 && {
		code: "sibling.fine",
		details: { connections: seen.siblingsFine.join(", ") },
		weight: .4
	};
	const others = othersFine(seen, .6);
	return {
		side: "theirs",
		kind: "socket",
		basis: "looks",
		items: [
			silence,
			ended,
			unreadable,
			error,
			key,
			others,
			sibling,
			restAnswers(seen, .6, false),
			others !== void 0 && restFails(seen, .5),
			together(seen, true)
		]
	};
}
// src/engine/health/verdict.ts
var MIN_CONFIDENCE = .4;
var MAX_CONFIDENCE = .99;
var SAID_CONFIDENCE = .5;
/**
* Whose fault a break was, from what is known around it. Pure.
*
* Each possible explanation gathers its evidence; each piece has a weight w in 0…1. Pieces that speak for it take away
* doubt one after the other, pieces against it take away confidence:
*
*   confidence = (1 − Π(1 − w of those for)) × Π(1 − w of those against), at most 0.99.
*
* The explanation with the highest confidence is the verdict; of equals the one listed first. Where the venue or the
* system said what it is (confidence ≥ 0.5), what merely looks like a silent socket or stream is left out. Below 0.4 the
* side is "unclear". Evidence that speaks against carries `against: 1`. Example: three venues late together (0.55) and a steady clock offset (0.2) make 1 − 0.45 × 0.8 = 0.64.
*/
function judgeIncident(seen) {
	if (seen.planned !== void 0) return asked(seen.planned);
	const judged = CHARGES.flatMap((charge) => {
		const { side, kind, basis, items } = charge(seen);
		const kept = items.filter((item) => item !== void 0 && item !== false);
		const confidence = confidenceOf(kept);
		return confidence > 0 ? [{
			basis,
			verdict: {
				side,
				kind,
				confidence,
				evidence: kept.map(shown$1)
			}
		}] : [];
	});
	const isSaid = judged.some(({ basis, verdict }) => basis === "said" && verdict.confidence >= SAID_CONFIDENCE);
	const [best] = judged.filter(({ basis }) => !isSaid || basis !== "looks").map(({ verdict }) => verdict).toSorted((a, b) => b.confidence - a.confidence);
	if (!best) return {
		side: "unclear",
		kind: "socket",
		confidence: 0,
		evidence: [{
			code: "nothing.known",
			details: { cause: seen.causes[0]?.code ?? "unknown" }
		}]
	};
	return best.confidence < MIN_CONFIDENCE ? {
		...best,
		side: "unclear"
	} : best;
}
function confidenceOf(items) {
	const left = (wanted) => items.filter((item) => item.against === void 0 === wanted).reduce((rest, { weight }) => rest * (1 - weight), 1);
	return Math.round(Math.min(MAX_CONFIDENCE, (1 - left(true)) * left(false)) * 100) / 100;
}
var shown$1 = ({ code, details, against }) => ({
	code,
	details: against === void 0 ? details : {
		...details,
		against: 1
	}
});
function asked(planned) {
	switch (planned) {
		case "age": return {
			side: "mine",
			kind: "asked",
			confidence: 1,
			evidence: [{
				code: "asked.age",
				details: {}
			}]
		};
		case "user": return {
			side: "mine",
			kind: "asked",
			confidence: 1,
			evidence: [{
				code: "asked.person",
				details: {}
			}]
		};
		case "notice": return {
			side: "theirs",
			kind: "maintenance",
			confidence: .95,
			evidence: [{
				code: "maintenance.announced",
				details: { detail: "notice" }
			}]
		};
	}
}
// src/engine/health/incident-watch.ts
/** Live again for so long ends an incident; a break before that is the same incident. */
var LASTING_MS = 1e4;
/** Repairs come in after the end, and venues fall one after the other: so long an ended incident is still written. */
var AFTERMATH_MS = 6e4;
var TOGETHER_MS = 5e3;
/** Makes incidents of transitions. `onChange` gets each anew whenever it changed, with what was measured when it is new. */
function createIncidentWatch(options) {
	const { clock, surroundings } = options;
	const states = createConnectionStates();
	const offsets = createOffsetWatch(clock);
	const probes = createProbes(clock, surroundings.probe);
	const open = /* @__PURE__ */ new Map();
	let ended = [];
	let count = 0;
	function publish(draft, what, metrics) {
		draft.verdict = judgeIncident(circumstances(draft));
		draft.isDirty = false;
		options.onChange(incidentOf(draft), what, metrics);
	}
	function begin(transition) {
		const { venue, connection, state, at } = transition;
		const health = surroundings.health();
		const { planned, cause } = beginning(state);
		const streams = health.connections.find(({ id }) => id === connection)?.streams ?? [];
		const silent = streams.filter((stream) => stream.state === "late" || stream.state === "stale");
		const named = silent.length === 1 ? silent[0] : streams.find(({ stream }) => stream === cause.detail);
		const lastGood = [transition.lastDataAt, named?.lastReceivedAt].filter((time) => time !== void 0);
		const startedAt = state.kind === "rotating" || lastGood.length === 0 ? at : Math.min(at, ...lastGood);
		const view = surroundings.metrics();
		count += 1;
		const draft = {
			id: `${connection.slice(0, 56)}@${at.toString(36)}-${count}`,
			venue,
			connection,
			startedAt,
			noticedAt: at,
			...planned === void 0 ? {} : { planned },
			worst: state.kind,
			causes: [cause],
			attempts: 0,
			tradesMissed: 0,
			tradesRecovered: 0,
			candlesRepaired: 0,
			booksResynced: 0,
			ordersInFlight: surroundings.ordersInFlight(venue),
			verdict: {
				side: "unclear",
				kind: "socket",
				confidence: 0,
				evidence: []
			},
			others: /* @__PURE__ */ new Map(),
			transitions: [],
			fell: /* @__PURE__ */ new Map(),
			noticed: {
				streams: {
					silent: silent.length,
					fine: streams.filter((stream) => stream.state === "live").length,
					...named === void 0 ? {} : { named: named.stream }
				},
				loopDelayMs: health.engine.eventLoopDelayMs,
				tightBudgets: (view?.budgets ?? []).flatMap((budget) => budget.venue === venue && budget.state !== "normal" ? [budget.scope] : []),
				link: surroundings.link()
			},
			isDirty: false
		};
		applyTransition(draft, transition);
		for (const other of states.venues()) {
			const worst = other === venue ? void 0 : states.worst(other);
			if (worst !== void 0) draft.others.set(other, worst);
		}
		open.set(connection, draft);
		if (planned === void 0) {
			meetOthers(draft);
			if (mayAsk(draft, view)) ask(draft);
		}
		publish(draft, "begun", view && metricsThen(view, venue, connection));
	}
	/** Those that fell at the same time know of each other, whichever was noticed first. */
	function meetOthers(draft) {
		for (const other of [...open.values(), ...ended.map((entry) => entry.draft)]) {
			if (other.venue === draft.venue || other.planned !== void 0) continue;
			const withinMs = Math.min(Math.abs(other.noticedAt - draft.noticedAt), Math.abs(other.startedAt - draft.startedAt));
			if (withinMs > TOGETHER_MS) continue;
			draft.fell.set(other.venue, {
				withinMs,
				draft: other
			});
			other.fell.set(draft.venue, {
				withinMs,
				draft
			});
			other.isDirty = true;
		}
	}
	/** Whoever was told to be silent is not asked how it is. */
	function mayAsk(draft, view) {
		return !draft.causes.some(({ code }) => code === "rate-limit" || code === "ban") && !view?.budgets.some(({ venue, state }) => venue === draft.venue && state === "silent");
	}
	function ask(draft) {
		probes.ask(draft.venue).then((answer) => {
			if (answer === void 0) return;
			draft.probe = answer;
			draft.isDirty = true;
		});
	}
	function circumstances(draft) {
		const { venue } = draft;
		const fine = [...draft.others].flatMap(([other, worst]) => worst === "live" || worst === "rotating" ? [other] : []);
		const gap = surroundings.lastBreak();
		const isNear = gap && draft.noticedAt >= gap.before - 1e3 && draft.noticedAt <= gap.after + 3e4;
		const offsetMs = offsets.latest(venue);
		const loopbackFine = fine.find(surroundings.isLoopback);
		return {
			venue,
			causes: draft.causes,
			worst: draft.worst,
			...draft.planned === void 0 ? {} : { planned: draft.planned },
			...draft.noticed,
			siblingsFine: states.wanted(venue).filter(({ connection, state }) => connection !== draft.connection && state.kind === "live").map(({ connection }) => connection),
			othersFine: fine,
			fellTogether: [...draft.fell].map(([other, { withinMs, draft: its }]) => ({
				venue: other,
				withinMs,
				lostSocket: hasLostSocket({
					worst: its.worst,
					streams: its.noticed.streams
				})
			})),
			othersWatched: draft.others.size,
			isLoopback: surroundings.isLoopback(venue),
			...loopbackFine === void 0 ? {} : { loopbackFine },
			...draft.probe === void 0 ? {} : { probe: draft.probe },
			clock: {
				...offsetMs === void 0 ? {} : { offsetMs },
				movedMs: isNear && gap.kind === "clock set" ? gap.byMs : offsets.movedSince(venue, draft.noticedAt - 6e4)
			},
			...isNear && gap.kind === "stood still" ? { stoodStillMs: gap.byMs } : {}
		};
	}
	function end(draft, at) {
		draft.endedAt = Math.max(at, draft.noticedAt);
		open.delete(draft.connection);
		ended.push({
			draft,
			monotonic: clock.monotonic()
		});
		publish(draft, "ended");
	}
	function noteElsewhere({ venue }) {
		const worst = states.worst(venue);
		if (worst === void 0) return;
		for (const draft of open.values()) {
			if (draft.venue === venue) continue;
			const known = draft.others.get(venue);
			const next = known === void 0 ? worst : worseOf(known, worst);
			if (next === known) continue;
			draft.others.set(venue, next);
			draft.isDirty = true;
		}
	}
	return {
		note(transition) {
			const { connection, state, at } = transition;
			const before = states.note(transition);
			noteElsewhere(transition);
			const draft = open.get(connection);
			if (!draft) {
				const isRenewed = state.kind === "connecting" && before?.kind === "live";
				if (isTrouble(state) || state.kind === "rotating" || isRenewed) begin(transition);
				return;
			}
			applyTransition(draft, transition);
			if (isUnwanted(state)) {
				end(draft, at);
				return;
			}
			if (state.kind === "live") draft.recovered = {
				at,
				monotonic: clock.monotonic()
			};
			else delete draft.recovered;
			publish(draft, "changed");
		},
		noteFact(venue, fact) {
			const connection = surroundings.health().connections.find((candidate) => candidate.venue === venue && candidate.streams.some(({ stream }) => stream === fact.stream))?.id;
			if (connection === void 0) return;
			const draft = open.get(connection) ?? ended.findLast((entry) => entry.draft.connection === connection)?.draft;
			if (draft && applyFact(draft, fact)) draft.isDirty = true;
		},
		leave(venue) {
			for (const draft of [...open.values()].filter((candidate) => candidate.venue === venue)) end(draft, clock.now());
			states.forget(venue);
		},
		second() {
			const now = clock.monotonic();
			offsets.note(surroundings.health().clockOffsetMs);
			for (const draft of [...open.values()]) {
				const { recovered } = draft;
				if (recovered && now - recovered.monotonic >= LASTING_MS) end(draft, recovered.at);
			}
			for (const draft of [...open.values(), ...ended.map((entry) => entry.draft)]) if (draft.isDirty) publish(draft, "changed");
			ended = ended.filter((entry) => now - entry.monotonic < AFTERMATH_MS);
		},
		dispose() {
			for (const draft of open.values()) {
				draft.verdict = judgeIncident(circumstances(draft));
				options.onChange(closedByStop(incidentOf(draft), clock.now()), "ended");
			}
			open.clear();
			probes.dispose();
		}
	};
}
function metricsThen(view, venue, connection) {
	return {
		asOf: view.asOf,
		streams: view.streams.filter((stream) => stream.connection === connection),
		connections: view.connections.filter(({ id }) => id === connection),
		budgets: view.budgets.filter((budget) => budget.venue === venue),
		engine: view.engine
	};
}
// src/engine/health/network-link.ts
/** Whether any network interface beside loopback has an address. */
function networkLink() {
	try {
		return Object.values(networkInterfaces()).flatMap((list) => list ?? []).some(({ internal }) => !internal) ? "up" : "none";
	} catch {
		return "unknown";
	}
}
// src/engine/health/time-watch.ts
/** `check` runs at least once a second: this long without it, nothing was watched. */
var STILL_MS = 1e4;
/** What a clock that is merely kept in step moves within a second is far below. */
var STEP_MS = 2e3;
/** Finds sleep, freezes and clock steps by comparing wall and monotonic time between two looks. */
function createTimeWatch(clock) {
	let wall = clock.now();
	let monotonic = clock.monotonic();
	return { check() {
		const before = wall;
		const ranMs = clock.monotonic() - monotonic;
		wall = clock.now();
		monotonic = clock.monotonic();
		const movedMs = wall - before - ranMs;
		if (ranMs > STILL_MS || movedMs > STEP_MS) return {
			before,
			after: wall,
			kind: "stood still",
			byMs: Math.round(Math.max(ranMs, wall - before))
		};
		if (movedMs < -2e3) return {
			before,
			after: wall,
			kind: "clock set",
			byMs: Math.round(movedMs)
		};
	} };
}
// src/engine/health/timeline-file.ts
function createTimelineFile(database) {
	const columns = "run, venue, name, at, lastDataAt, state";
	const joined = "transitions join connections on connections.id = transitions.connection";
	const one = "(select id from connections where name = @connection)";
	const statements = {
		lastRun: database.prepare("select id, startedAt as \"from\", lastAt as \"to\" from runs order by id desc limit 1"),
		saveRun: database.prepare(`insert into runs (id, startedAt, lastAt, ending) values (@id, @from, @to, @ending)
       on conflict (id) do update set lastAt = excluded.lastAt, ending = excluded.ending`),
		meet: database.prepare("insert or ignore into connections (venue, name) values (@venue, @connection)"),
		saveTransition: database.prepare(`insert into transitions (run, connection, at, lastDataAt, state)
       values (@run, ${one}, @at, @lastDataAt, @state)`),
		connections: database.prepare("select venue, name as connection from connections order by id"),
		runs: database.prepare("select id, startedAt as \"from\", lastAt as \"to\" from runs where startedAt < @to and lastAt > @from order by id"),
		standing: database.prepare(`select ${columns} from ${joined} where connection = ${one} and run = @run and at <= @from
       order by at desc, transitions.id desc limit 1`),
		changes: database.prepare(`select ${columns} from ${joined} where connection = ${one} and run = @run and at > @from and at <= @to
       order by at, transitions.id limit @limit offset @skip`),
		transitions: database.prepare(`select ${columns} from ${joined} where at between @from and @to order by transitions.id desc limit @limit`)
	};
	return {
		lastRun: () => statements.lastRun.get(),
		saveRun: ({ id, from, to, ending }) => void statements.saveRun.run({
			id,
			from,
			to: Math.max(from, to),
			ending: ending ?? null
		}),
		saveTransition({ run, venue, connection, at, lastDataAt, state }) {
			statements.meet.run({
				venue,
				connection
			});
			statements.saveTransition.run({
				run,
				connection,
				at,
				lastDataAt: lastDataAt ?? null,
				state: JSON.stringify(state)
			});
		},
		connections: () => statements.connections.all(),
		runs: (from, to) => statements.runs.all({
			from,
			to
		}),
		standing(connection, run, from) {
			const row = statements.standing.get({
				connection,
				run,
				from
			});
			return row && transitionOf(row);
		},
		changes: (connection, run, range) => statements.changes.all({
			connection,
			run,
			...range
		}).map(transitionOf),
		transitions: (from, to, limit) => statements.transitions.all({
			from,
			to,
			limit
		}).map(transitionOf).reverse()
	};
}
function transitionOf({ run, venue, name, at, lastDataAt, state }) {
	return {
		run,
		venue,
		connection: name,
		at,
		state: JSON.parse(state),
		...lastDataAt === null ? {} : { lastDataAt }
	};
}
// src/engine/health/timeline-spans.ts
/**
* What each run is believed about, oldest run first. Where the system clock was set back two runs tell of the same
* hours: the later one is believed, since it knows the clock that was corrected.
*/
function believedStretches(runs) {
	const believed = /* @__PURE__ */ new Map();
	let taken = [];
	for (const run of runs.toSorted((a, b) => b.id - a.id)) {
		believed.set(run.id, without(run, taken));
		taken = union([...taken, {
			from: run.from,
			to: run.to
		}]);
	}
	return believed;
}
function without(whole, holes) {
	const rest = [];
	let { from } = whole;
	for (const hole of holes) {
		if (hole.to <= from) continue;
		if (hole.from >= whole.to) break;
		if (hole.from > from) rest.push({
			from,
			to: hole.from
		});
		from = Math.max(from, hole.to);
	}
	if (from < whole.to) rest.push({
		from,
		to: whole.to
	});
	return rest;
}
/** Sorted and joined. */
function union(stretches) {
	const joined = [];
	for (const stretch of stretches.toSorted((a, b) => a.from - b.from)) {
		const last = joined.at(-1);
		if (last && stretch.from <= last.to) joined[joined.length - 1] = {
			from: last.from,
			to: Math.max(last.to, stretch.to)
		};
		else joined.push(stretch);
	}
	return joined;
}
/**
* The states of one connection in one run, cut to `within`. `changes` in order; time before the first was not watched,
* the last lasts to the end of the run. Touching spans of the same state and cause are one.
*/
function spansOf(changes, run, within) {
	const spans = [];
	for (const [index, change] of changes.entries()) {
		const until = changes[index + 1]?.at ?? run.to;
		const from = Math.max(change.at, run.from, within.from);
		const to = Math.min(until, run.to, within.to);
		if (from >= to) continue;
		const cause = causeOf$1(change.state);
		append(spans, {
			from,
			to,
			kind: change.state.kind,
			...cause === void 0 ? {} : { cause }
		});
	}
	return spans;
}
function append(spans, span) {
	const last = spans.at(-1);
	const isSame = last?.to === span.from && last.kind === span.kind && last.cause?.code === span.cause?.code;
	if (last && isSame) spans[spans.length - 1] = {
		...last,
		to: span.to
	};
	else spans.push(span);
}
/**
* Share of the time in which data was wanted that it was delivered in (live, degraded, rotating), 0…1. Time in which
* nothing was wanted (idle, paused by the person) is no part of it; NaN where no other time was watched.
*/
function uptimeOf(spans) {
	let wanted = 0;
	let delivered = 0;
	for (const span of spans) {
		if (isUnwanted(stateLike(span))) continue;
		wanted += span.to - span.from;
		if (isDelivering(span.kind)) delivered += span.to - span.from;
	}
	return wanted === 0 ? NaN : delivered / wanted;
}
function stateLike({ kind, cause }) {
	return kind === "paused" && cause ? {
		kind,
		cause
	} : kind === "idle" ? { kind } : { kind: "live" };
}
/**
* Fewer spans for a picture: neighbours are joined while they are shorter together than `shortestMs`, and show the worst
* of them. What is covered stays exactly the same.
*/
function coarsen(spans, shortestMs) {
	const coarse = [];
	for (const span of spans) {
		const last = coarse.at(-1);
		if (!last || last.to !== span.from || span.to - last.from >= shortestMs) {
			coarse.push(span);
			continue;
		}
		const worst = worseOf(last.kind, span.kind) === last.kind ? last : span;
		coarse[coarse.length - 1] = {
			...worst,
			from: last.from,
			to: span.to
		};
	}
	return coarse;
}
// src/engine/health/timeline.ts
/** After a kill the last span ends at the last beat. */
var BEAT_MS = 5e3;
/** Held while the disk fails; beyond, the oldest are let go. */
var MAX_UNSAVED = 1e4;
/** A row is cut into so many stretches at most, each at most two spans. */
var RESOLUTION = 1e3;
/** Changes read at a go. */
var PAGE = 1e3;
var MAX_DETAIL = 300;
function openTimeline(options) {
	const { store, clock } = options;
	const beatMs = options.beatMs ?? BEAT_MS;
	const file = store.database ? createTimelineFile(store.database) : void 0;
	const previous = file?.lastRun();
	const watch = createTimeWatch(clock);
	const standing = /* @__PURE__ */ new Map();
	let run = {
		id: (previous?.id ?? 0) + 1,
		from: clock.now(),
		to: clock.now()
	};
	let endedRuns = [];
	let unsaved = [];
	let lost = 0;
	let lastBreak;
	let latestAt = run.from;
	let beatAt = Number.NEGATIVE_INFINITY;
	/** The current run is watched until now; a break ends it and begins another. */
	function live() {
		const gap = watch.check();
		if (gap === void 0) {
			run = {
				...run,
				to: Math.max(run.to, clock.now())
			};
			return;
		}
		lastBreak = gap;
		end(gap.kind, Math.max(run.to, gap.before));
		run = {
			id: run.id + 1,
			from: clock.now(),
			to: clock.now()
		};
		latestAt = run.from;
		for (const transition of standing.values()) add({
			...transition,
			at: run.from
		});
		beatAt = Number.NEGATIVE_INFINITY;
	}
	function end(ending, at) {
		endedRuns.push({
			...run,
			to: at,
			ending
		});
	}
	function add(transition) {
		latestAt = Math.min(Math.max(transition.at, latestAt), Math.max(run.to, latestAt));
		unsaved.push({
			...transition,
			run: run.id,
			at: latestAt
		});
		if (unsaved.length > MAX_UNSAVED) lost += unsaved.splice(0, unsaved.length - MAX_UNSAVED).length;
	}
	const leave = store.join({
		get isDirty() {
			return unsaved.length > 0 || endedRuns.length > 0 || clock.monotonic() - beatAt >= beatMs;
		},
		save() {
			if (!file) return;
			for (const ended of endedRuns) file.saveRun(ended);
			if (!endedRuns.some(({ id }) => id === run.id)) file.saveRun(run);
			for (const transition of unsaved) file.saveTransition(transition);
		},
		saved() {
			endedRuns = [];
			unsaved = [];
			beatAt = clock.monotonic();
		}
	});
	/** What the disk holds and what it does not hold yet, read a page at a time. */
	function* changes(connection, runId, from, to) {
		const standing = file?.standing(connection, runId, from);
		const found = standing ? [standing] : [];
		for (let skip = 0; file; skip += PAGE) {
			const page = file.changes(connection, runId, {
				from,
				to,
				skip,
				limit: PAGE
			});
			found.push(...page);
			if (page.length < PAGE) break;
			yield;
		}
		for (const transition of unsaved) if (transition.connection === connection && transition.run === runId && transition.at <= to) found.push(transition);
		return found;
	}
	function runsIn(from, to) {
		const byId = /* @__PURE__ */ new Map();
		for (const one of [
			...file?.runs(from, to) ?? [],
			...endedRuns,
			run
		]) byId.set(one.id, one);
		return [...byId.values()];
	}
	function* rowsIn(from, to) {
		live();
		store.flush();
		const runs = runsIn(from, to);
		const believed = believedStretches(runs);
		const connections = /* @__PURE__ */ new Map();
		for (const { venue, connection } of [...file?.connections() ?? [], ...unsaved]) connections.set(connection, venue);
		const rows = [];
		for (const [connection, venue] of connections) {
			const spans = [];
			for (const one of runs) {
				const of = yield* changes(connection, one.id, from, to);
				for (const { from: since, to: until } of believed.get(one.id) ?? []) {
					const within = {
						from: Math.max(since, from),
						to: Math.min(until, to)
					};
					for (const span of spansOf(of, one, within)) spans.push(span);
				}
			}
			yield;
			if (spans.length === 0) continue;
			spans.sort((a, b) => a.from - b.from);
			const extentMs = (spans.at(-1)?.to ?? 0) - (spans[0]?.from ?? 0);
			rows.push({
				venue,
				connection,
				uptime: uptimeOf(spans),
				spans: coarsen(spans, extentMs / RESOLUTION)
			});
		}
		return rows;
	}
	return {
		previousEnd: previous?.to,
		get lastBreak() {
			return lastBreak;
		},
		get lost() {
			return lost;
		},
		note(transition) {
			live();
			const brief = shortened(transition);
			standing.set(brief.connection, brief);
			add(brief);
		},
		second: live,
		rows(from, to) {
			const steps = rowsIn(from, to);
			for (;;) {
				const step = steps.next();
				if (step.done === true) return step.value;
			}
		},
		async rowsInSteps(from, to, pause) {
			const steps = rowsIn(from, to);
			for (;;) {
				const step = steps.next();
				if (step.done === true) return step.value;
				await pause();
			}
		},
		transitions(from, to, limit) {
			live();
			store.flush();
			const waiting = unsaved.filter(({ at }) => at >= from && at <= to);
			return [...file?.transitions(from, to, limit) ?? [], ...waiting].slice(-limit).map(({ run: _run, ...transition }) => transition);
		},
		dispose() {
			live();
			end("stopped", run.to);
			store.flush();
			leave();
		}
	};
}
function shortened(transition) {
	const { state } = transition;
	if (!("cause" in state) || state.cause.detail.length <= MAX_DETAIL) return transition;
	const cause = {
		...state.cause,
		detail: `${state.cause.detail.slice(0, MAX_DETAIL)}…`
	};
	return {
		...transition,
		state: {
			...state,
			cause
		}
	};
}
// src/engine/health/incident-room.ts
var PRUNE_EVERY_MS = 36e5;
function createIncidentRoom(options) {
	const { clock, log, health, metrics } = options;
	const store = openConnectionStore(options);
	const timeline = openTimeline({
		store,
		clock
	});
	const archive = openIncidentArchive({
		store,
		previousEnd: timeline.previousEnd
	});
	const pruning = createTimelinePruning(store);
	const isLoopback = options.isLoopback ?? (() => false);
	const watch = createIncidentWatch({
		clock,
		surroundings: {
			health,
			metrics,
			probe: options.probe,
			ordersInFlight: options.ordersInFlight ?? (() => 0),
			link: options.link ?? networkLink,
			isLoopback,
			lastBreak: () => timeline.lastBreak
		},
		onChange(incident, what, measured) {
			archive.put(incident, measured);
			if (what !== "changed") logIncident(what, incident);
		}
	});
	const alarms = createAlarmRoom({
		clock,
		log,
		store,
		settings: () => options.settings().alarms,
		post: options.post ?? fetch,
		exposureOf: options.exposureOf ?? (() => "none")
	});
	let isDisposing = false;
	let prunedAt = Number.NEGATIVE_INFINITY;
	const pause = () => new Promise((resolve) => clock.after(0, resolve));
	const evidence = {
		...options,
		timeline,
		archive,
		pause
	};
	function logIncident(what, incident) {
		const { connection, cause, verdict, startedAt, noticedAt, endedAt } = incident;
		const isPlanned = verdict.kind === "asked";
		log.add(isPlanned || what === "ended" ? "info" : "warn", `incident.${what}`, `${connection}: incident ${what}, ${cause.code}, ${verdict.side} (${verdict.kind}, ${verdict.confidence})`, {
			connection,
			incident: incident.id,
			cause: cause.code,
			side: verdict.side,
			kind: verdict.kind,
			confidence: verdict.confidence,
			noticedAfterMs: noticedAt - startedAt,
			...endedAt === void 0 ? {} : { lastedMs: endedAt - startedAt }
		});
	}
	function note(transition) {
		timeline.note(transition);
		watch.note(transition);
	}
	function attend(market) {
		const at = clock.now();
		for (const { id, venue, state } of market.health()) note({
			at,
			venue,
			connection: id,
			state
		});
		const undo = [market.onTransition(note), market.onFact((fact) => watch.noteFact(market.venue.id, fact))];
		return () => {
			for (const leave of undo) leave();
			if (isDisposing) return;
			for (const { id, venue, state } of market.health()) {
				if (state.kind === "idle") continue;
				timeline.note({
					at: clock.now(),
					venue,
					connection: id,
					state: { kind: "idle" }
				});
			}
			watch.leave(market.venue.id);
		};
	}
	const leaveMarkets = options.markets.watchEach(attend);
	async function read(ask) {
		try {
			return await ask();
		} catch (fault) {
			throw new HeartlineError("timeline.unreadable", `connections.db cannot be read: ${messageOf$1(fault)}`, {
				cause: fault,
				details: { reason: messageOf$1(fault) }
			});
		}
	}
	function watchIncidents(changed) {
		let isDirty = true;
		return {
			take() {
				if (!isDirty) return void 0;
				isDirty = false;
				return archive.latest;
			},
			dispose: archive.onChange(() => {
				isDirty = true;
				changed();
			})
		};
	}
	return {
		requests: {
			...alarms.requests,
			"timeline.read"({ from, to }) {
				const until = Math.min(to, clock.now());
				return read(() => timeline.rowsInSteps(Math.max(from, until - KEPT_MS), until, pause));
			},
			"incidents.list": ({ from, to }) => read(() => archive.list(from, to)),
			"evidence.export": (what) => exportEvidence(evidence, what)
		},
		watches: {
			...alarms.watches,
			incidents: (_input, changed) => watchIncidents(changed)
		},
		second() {
			timeline.second();
			watch.second();
			const view = metrics();
			if (view) alarms.second({
				metrics: view,
				health: health()
			});
			if (clock.monotonic() - prunedAt >= PRUNE_EVERY_MS) {
				const newest = prunedAt > 0 ? clock.now() : Math.min(clock.now(), timeline.previousEnd ?? clock.now());
				prunedAt = clock.monotonic();
				pruning.ask(newest - KEPT_MS);
			}
			store.flush();
		},
		dispose() {
			isDisposing = true;
			leaveMarkets();
			watch.dispose();
			alarms.dispose();
			timeline.dispose();
			store.dispose();
		}
	};
}
// src/engine/health/health-score.ts
var OF_STREAM = {
	live: 1,
	pending: .6,
	late: .5,
	stale: 0
};
var OF_CONNECTION = {
	live: 1,
	rotating: 1,
	degraded: .7,
	subscribing: .6,
	authenticating: .6,
	connecting: .4,
	idle: 1,
	paused: 1,
	stale: .1,
	waiting: .1,
	failed: 0
};
var PER_BREAK = .05;
var PER_RECONNECT = .1;
/**
* How healthy one stream is, 0…1: live 1, waiting for its first frame 0.6, late 0.5, stale 0; less 0.05 for each gap or
* resync of the last ten minutes.
*/
function streamScore(state, recentBreaks) {
	return clamp$4(OF_STREAM[state] - PER_BREAK * recentBreaks);
}
/**
* How healthy one connection is, 0…1: its state's worth (live and rotating 1, degraded 0.7, subscribing 0.6, connecting
* 0.4, stale and waiting 0.1, failed 0; idle and paused count as healthy, nobody expects anything) times the mean of its
* streams' mean and its worst stream, less 0.1 for each reconnect of the last ten minutes.
*/
function connectionScore(state, streamScores, recentReconnects) {
	const mean = streamScores.reduce((sum, score) => sum + score, 0) / streamScores.length;
	const streams = state !== "idle" && state !== "paused" && streamScores.length > 0 ? (mean + Math.min(...streamScores)) / 2 : 1;
	return clamp$4(OF_CONNECTION[state] * streams - PER_RECONNECT * recentReconnects);
}
function clamp$4(score) {
	return Math.min(1, Math.max(0, score));
}
// src/engine/health/connection-tally.ts
/** Breaks and reconnects of the last ten minutes count against a score. */
var RECENT_MS = 6e5;
function createConnectionTally() {
	const errors = {};
	const reconnects = createRecentCount(RECENT_MS);
	let wantedSeconds = 0;
	let deliveredSeconds = 0;
	let attempts = 0;
	return {
		transition({ state }) {
			if (delivers(state.kind)) attempts = 0;
			if (state.kind === "waiting") attempts = state.attempt;
			const of = "cause" in state ? errorClassOf(state.cause.code) : void 0;
			if (of !== void 0) errors[of] = (errors[of] ?? 0) + 1;
		},
		second(health, now) {
			reconnects.note(health.reconnects, now);
			const { kind } = health.state;
			if (kind === "idle" || kind === "paused") return;
			wantedSeconds += 1;
			if (delivers(kind)) deliveredSeconds += 1;
		},
		metrics(health, { perSecond, bytesPerSecond, scores }, now) {
			return {
				id: health.id,
				venue: health.venue,
				perSecond,
				bytesPerSecond,
				roundTripMs: health.roundTripMs ?? NaN,
				reconnects: health.reconnects,
				attempts,
				uptime: wantedSeconds === 0 ? 1 : deliveredSeconds / wantedSeconds,
				errors: { ...errors },
				failedFrames: health.failedFrames,
				score: connectionScore(health.state.kind, scores, reconnects.recent(now))
			};
		}
	};
}
/** A degraded connection still delivers on most of its streams. */
function delivers(kind) {
	return kind === "live" || kind === "degraded" || kind === "rotating";
}
// src/engine/health/heat-grid.ts
/** One cell is ten seconds; two hours are kept. */
var CELL_MS = 1e4;
var CELLS = 720;
/** Rings begin short and double: most streams are not looked at for two hours. */
var FIRST_CELLS = 45;
function createHeatGrid() {
	const rows = /* @__PURE__ */ new Map();
	const empty = (cells) => new Float32Array(cells).fill(NaN);
	function widen(row, cells) {
		const wider = (column) => {
			const into = empty(cells);
			for (let cell = row.lastCell - column.length + 1; cell <= row.lastCell; cell += 1) into[cell % cells] = column[cell % column.length] ?? NaN;
			return into;
		};
		row.median = wider(row.median);
		row.p99 = wider(row.p99);
		row.silence = wider(row.silence);
		row.rate = wider(row.rate);
	}
	/** Forgets rows that told nothing for the whole time kept: their streams are long closed. */
	function prune(cell) {
		for (const [key, row] of rows) if (row.lastCell < cell - CELLS) rows.delete(key);
	}
	return {
		note(stream, connection, cellStart, told) {
			const cell = Math.floor(cellStart / CELL_MS);
			const key = `${connection} ${stream}`;
			let row = rows.get(key);
			if (!row) {
				prune(cell);
				row = {
					stream,
					connection,
					median: empty(FIRST_CELLS),
					p99: empty(FIRST_CELLS),
					silence: empty(FIRST_CELLS),
					rate: empty(FIRST_CELLS),
					firstCell: cell,
					lastCell: cell
				};
				rows.set(key, row);
			}
			let { length } = row.rate;
			if (length < CELLS && cell - row.firstCell >= length) {
				while (length < CELLS && cell - row.firstCell >= length) length *= 2;
				widen(row, length);
			}
			for (let skipped = Math.max(row.lastCell + 1, cell - length); skipped <= cell; skipped += 1) for (const column of [
				row.median,
				row.p99,
				row.silence,
				row.rate
			]) column[skipped % length] = NaN;
			for (let later = Math.min(row.lastCell, cell + length); later > cell; later -= 1) for (const column of [
				row.median,
				row.p99,
				row.silence,
				row.rate
			]) column[later % length] = NaN;
			row.firstCell = Math.min(row.firstCell, cell);
			row.lastCell = cell;
			row.median[cell % length] = told.medianMs;
			row.p99[cell % length] = told.p99Ms;
			row.silence[cell % length] = told.longestSilenceMs;
			row.rate[cell % length] = told.perSecond;
		},
		read({ measure, from, to, columns }) {
			const shown = [...rows.values()].sort((a, b) => `${a.connection} ${a.stream}` < `${b.connection} ${b.stream}` ? -1 : 1);
			const values = new Float64Array(shown.length * columns).fill(NaN);
			const medians = new Float64Array(measure === "latency" ? values.length : 0).fill(NaN);
			const width = (to - from) / columns;
			shown.forEach((row, index) => {
				for (let column = 0; column < columns; column += 1) {
					const first = Math.floor((from + column * width) / CELL_MS);
					const last = Math.max(first, Math.ceil((from + (column + 1) * width) / CELL_MS) - 1);
					const at = index * columns + column;
					const oldest = row.lastCell - row.rate.length + 1;
					const within = [Math.max(first, oldest), Math.min(last, row.lastCell)];
					switch (measure) {
						case "latency":
							values[at] = worst(row.p99, ...within);
							medians[at] = worst(row.median, ...within);
							break;
						case "silence":
							values[at] = worst(row.silence, ...within);
							break;
						case "rate": values[at] = mean(row.rate, ...within);
					}
				}
			});
			return {
				measure,
				from,
				to,
				columns,
				streams: shown.map(({ stream, connection }) => ({
					stream,
					connection
				})),
				values,
				...measure === "latency" ? { medians } : {}
			};
		}
	};
}
function worst(cells, first, last) {
	let found = NaN;
	for (let cell = first; cell <= last; cell += 1) {
		const value = cells[cell % cells.length] ?? NaN;
		if (!(value <= found) && !Number.isNaN(value)) found = value;
	}
	return found;
}
function mean(cells, first, last) {
	let sum = 0;
	let count = 0;
	for (let cell = first; cell <= last; cell += 1) {
		const value = cells[cell % cells.length] ?? NaN;
		if (Number.isNaN(value)) continue;
		sum += value;
		count += 1;
	}
	return count === 0 ? NaN : sum / count;
}
// src/engine/health/latency-histogram.ts
/** Eight buckets per doubling from 0.1 ms up: a figure is off by at most 4.5 %. 164 of them reach beyond two minutes. */
var PER_DOUBLING = 8;
var LEAST_MS = .1;
/** Buckets are made in blocks of so many around those in use: a stream's latencies rarely span more than two. */
var BLOCK$1 = 16;
var NONE$1 = /* @__PURE__ */ new Uint32Array(0);
/**
* Durations as counts in buckets whose width grows with them. A class for memory: there are thousands, and noting
* allocates nothing but, now and then, a wider block.
*/
var LatencyHistogram = class {
	#counts = NONE$1;
	/** Bucket of the first count. */
	#first = 0;
	#count = 0;
	get count() {
		return this.#count;
	}
	/** Below zero counts as zero: two clocks are never aligned to the millisecond. */
	note(durationMs) {
		if (Number.isNaN(durationMs)) return;
		const doublings = durationMs <= LEAST_MS ? 0 : Math.log2(durationMs / LEAST_MS) * PER_DOUBLING;
		const bucket = Math.min(163, Math.ceil(doublings));
		this.#reach(bucket, bucket);
		this.#bump(bucket, 1);
	}
	/** NaN while empty. `share` in (0, 1]. */
	quantile(share) {
		if (this.#count === 0) return NaN;
		const rank = Math.max(1, Math.ceil(share * this.#count));
		let seen = 0;
		let at = 0;
		for (; at < this.#counts.length - 1; at += 1) {
			seen += this.#counts[at];
			if (seen >= rank) break;
		}
		const bucket = this.#first + at;
		return bucket === 0 ? 0 : LEAST_MS * 2 ** ((bucket - .5) / PER_DOUBLING);
	}
	add(other) {
		const { length } = other.#counts;
		if (length === 0) return;
		this.#reach(other.#first, other.#first + length - 1);
		for (let at = 0; at < length; at += 1) {
			const count = other.#counts[at];
			if (count > 0) this.#bump(other.#first + at, count);
		}
	}
	clear() {
		this.#counts.fill(0);
		this.#count = 0;
	}
	#bump(bucket, by) {
		const at = bucket - this.#first;
		this.#counts[at] = this.#counts[at] + by;
		this.#count += by;
	}
	/** Makes room for these buckets beside those there are. */
	#reach(low, high) {
		const { length } = this.#counts;
		const end = this.#first + length;
		if (length > 0 && low >= this.#first && high < end) return;
		const first = Math.floor((length > 0 ? Math.min(low, this.#first) : low) / BLOCK$1) * BLOCK$1;
		const last = Math.max(high + 1, length > 0 ? end : 0);
		const wider = new Uint32Array(Math.ceil((last - first) / BLOCK$1) * BLOCK$1);
		if (length > 0) wider.set(this.#counts, this.#first - first);
		this.#counts = wider;
		this.#first = first;
	}
};
var SLOTS = 6;
function createRollingLatency() {
	const slots = new Array(SLOTS).fill(void 0);
	let at = 0;
	return {
		note(durationMs) {
			const slot = slots[at] ?? new LatencyHistogram();
			slots[at] = slot;
			slot.note(durationMs);
		},
		turn() {
			const ended = figuresOf(slots[at]);
			at = (at + 1) % SLOTS;
			slots[at]?.clear();
			return ended;
		},
		figures() {
			const sum = new LatencyHistogram();
			for (const slot of slots) if (slot && slot.count > 0) sum.add(slot);
			return figuresOf(sum);
		}
	};
}
function figuresOf(histogram) {
	if (!histogram || histogram.count === 0) return {
		p50: NaN,
		p99: NaN,
		count: 0
	};
	return {
		p50: histogram.quantile(.5),
		p99: histogram.quantile(.99),
		count: histogram.count
	};
}
// src/engine/health/stream-gauge.ts
var SECONDS = 10;
var CLOCK_SET_MS = 6e4;
/** `offsetMs`: venue clock minus ours; NaN while unknown, and then no latency is. */
function createStreamGauge(offsetMs) {
	const arrival = createRollingLatency();
	const publishing = createRollingLatency();
	const frames = new Uint32Array(SECONDS);
	const bytes = new Float64Array(SECONDS);
	let second = 0;
	let seconds = 0;
	let framesInCell = 0;
	let lastAt = NaN;
	let publishedAt = Number.NEGATIVE_INFINITY;
	let longestSilenceMs = 0;
	const mean = (counts) => {
		let sum = 0;
		for (const count of counts) sum += count;
		return sum / Math.max(1, Math.min(SECONDS, seconds));
	};
	return {
		frame(length, venueTime, receivedAt) {
			arrival.note(receivedAt + offsetMs() - venueTime);
			frames[second] = (frames[second] ?? 0) + 1;
			bytes[second] = (bytes[second] ?? 0) + length;
			framesInCell += 1;
			if (receivedAt - lastAt > longestSilenceMs) longestSilenceMs = receivedAt - lastAt;
			lastAt = receivedAt;
		},
		published(receivedAt, now) {
			if (receivedAt <= publishedAt && receivedAt > publishedAt - CLOCK_SET_MS || Number.isNaN(receivedAt)) return;
			publishedAt = receivedAt;
			publishing.note(now - receivedAt);
		},
		second() {
			second = (second + 1) % SECONDS;
			seconds += 1;
			frames[second] = 0;
			bytes[second] = 0;
		},
		turn(since, now) {
			const { p50, p99 } = arrival.turn();
			publishing.turn();
			const cell = {
				medianMs: p50,
				p99Ms: p99,
				longestSilenceMs: Number.isNaN(lastAt) ? NaN : Math.max(longestSilenceMs, now - lastAt),
				perSecond: framesInCell / Math.max(1, (now - since) / 1e3)
			};
			framesInCell = 0;
			longestSilenceMs = 0;
			return cell;
		},
		get perSecond() {
			return mean(frames);
		},
		get bytesPerSecond() {
			return mean(bytes);
		},
		get lastAt() {
			return lastAt;
		},
		venueToReceive: () => arrival.figures(),
		receiveToPublish: () => publishing.figures()
	};
}
// src/engine/health/metrics-room.ts
/** What nobody has wanted for so long is forgotten: a desk that is browsed for days must not grow. */
var FORGOTTEN_MS = 6e5;
/** Everything that is counted: rates, latencies, silences, scores. Read once a second by whoever shows it. */
function createMetricsRoom(options) {
	const { clock, markets } = options;
	const streams = /* @__PURE__ */ new Map();
	const connections = /* @__PURE__ */ new Map();
	const offsets = /* @__PURE__ */ new Map();
	const paints = createRollingLatency();
	const grid = createHeatGrid();
	const seconds = createEmitter();
	let cellStart = Math.floor(clock.now() / CELL_MS) * CELL_MS;
	let latest;
	const leave = markets.watchEach((market) => market.onTransition((transition) => tallyOf(transition.connection).transition(transition)));
	function tallyOf(connection) {
		const tally = connections.get(connection) ?? createConnectionTally();
		connections.set(connection, tally);
		return tally;
	}
	function streamOf(text, venue) {
		const tally = streams.get(text) ?? {
			gauge: createStreamGauge(() => offsets.get(venue) ?? NaN),
			breaks: createRecentCount(6e5),
			seenAt: clock.monotonic()
		};
		streams.set(text, tally);
		return tally;
	}
	function metricsOf(health, connection) {
		if (health.source === "rest") return polledMetrics(health, connection, clock.now());
		const { gauge, breaks } = streamOf(health.stream, connection.venue);
		return {
			stream: health.stream,
			connection: connection.id,
			perSecond: gauge.perSecond,
			bytesPerSecond: gauge.bytesPerSecond,
			venueToReceive: gauge.venueToReceive(),
			receiveToPublish: gauge.receiveToPublish(),
			silenceMs: clock.now() - gauge.lastAt,
			gaps: health.gaps,
			resyncs: health.resyncs,
			score: streamScore(health.state, breaks.recent(clock.monotonic()))
		};
	}
	function view() {
		const shown = [];
		const rows = markets.all.flatMap((market) => market.health());
		const now = clock.monotonic();
		const connectionRows = rows.map((connection) => {
			const own = connection.streams.map((stream) => metricsOf(stream, connection));
			shown.push(...own);
			const sum = (pick) => own.reduce((total, row) => total + pick(row), 0);
			return tallyOf(connection.id).metrics(connection, {
				perSecond: sum((row) => row.perSecond),
				bytesPerSecond: sum((row) => row.bytesPerSecond),
				scores: own.map((row) => row.score)
			}, now);
		});
		return {
			asOf: clock.now(),
			streams: shown,
			connections: connectionRows,
			budgets: markets.all.flatMap((market) => market.budgets()),
			restErrors: Object.fromEntries(markets.all.map((market) => [market.venue.id, Object.fromEntries(market.restErrors)])),
			engine: {
				memoryMb: options.process.memoryMb,
				ownMemoryMb: options.process.ownMemoryMb,
				eventLoopDelayMs: options.eventLoopDelayMs()
			},
			publishToPaint: paints.figures()
		};
	}
	/** Ten seconds are over: each stream's become one cell of the heat grid. */
	function turn(now) {
		for (const market of markets.all) for (const connection of market.health()) for (const { stream, source } of connection.streams) {
			if (source === "rest") continue;
			const cell = streamOf(stream, connection.venue).gauge.turn(cellStart, now);
			grid.note(stream, connection.id, cellStart, cell);
		}
		for (const [text, { seenAt }] of streams) if (clock.monotonic() - seenAt > FORGOTTEN_MS) streams.delete(text);
		paints.turn();
		cellStart = Math.floor(now / CELL_MS) * CELL_MS;
	}
	return {
		requests: {
			"heat.read": (query) => grid.read(query),
			"paint.report"({ samplesMs }) {
				for (const sample of samplesMs) paints.note(sample);
				return {};
			}
		},
		watches: { metrics(_input, changed) {
			const undo = seconds.on(changed);
			let taken;
			return {
				take() {
					latest ??= view();
					if (latest === taken) return void 0;
					taken = latest;
					return latest;
				},
				dispose: undo
			};
		} },
		meterOf: (stream) => streamOf(streamKeyText(stream), venueOf(stream.instrument)).gauge,
		view,
		second() {
			const now = clock.monotonic();
			for (const market of markets.all) {
				if (market.clockOffsetMs !== void 0) offsets.set(market.venue.id, market.clockOffsetMs);
				for (const connection of market.health()) {
					tallyOf(connection.id).second(connection, now);
					for (const { stream, gaps, resyncs, source } of connection.streams) {
						const tally = streamOf(stream, connection.venue);
						tally.seenAt = now;
						if (source === "rest") continue;
						tally.gauge.second();
						tally.breaks.note(gaps + resyncs, now);
					}
				}
			}
			if (clock.now() >= cellStart + 1e4 || clock.now() < cellStart) turn(clock.now());
			latest = void 0;
			seconds.emit();
		},
		dispose: leave
	};
}
var NOT_MEASURED = {
	p50: NaN,
	p99: NaN,
	count: 0
};
/** Answers to questions of ours have no latency of the venue's; what the meter holds is the silent socket's. */
function polledMetrics(health, connection, now) {
	return {
		stream: health.stream,
		connection: connection.id,
		perSecond: health.perSecond,
		bytesPerSecond: 0,
		venueToReceive: NOT_MEASURED,
		receiveToPublish: NOT_MEASURED,
		silenceMs: now - (health.lastReceivedAt ?? NaN),
		gaps: health.gaps,
		resyncs: health.resyncs,
		score: streamScore(health.state, 0)
	};
}
// src/engine/health/process-health.ts
var RESOLUTION_MS$1 = 10;
function watchProcess() {
	const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS$1 });
	delay.enable();
	let memory = process.memoryUsage();
	return {
		get memoryMb() {
			return memory.rss / 1024 / 1024;
		},
		get ownMemoryMb() {
			return (memory.heapUsed + memory.external) / 1024 / 1024;
		},
		eventLoopDelayMs() {
			memory = process.memoryUsage();
			const worstMs = delay.percentile(99) / 1e6;
			delay.reset();
			return Number.isFinite(worstMs) ? Math.max(0, worstMs - RESOLUTION_MS$1) : 0;
		},
		dispose: () => delay.disable()
	};
}
// src/engine/health/young-generation.ts
var isBounded = false;
/**
* V8 doubles the room for young objects, up to 64 MB, as they come faster, and never gives it back. What a feed leaves
* behind dies at once: more room for it only costs memory. From here on the room stays as large as it is; collections
* stay short. (Measured with 200 instruments: 70 MB less, no more work.)
*/
function boundYoungGeneration() {
	if (isBounded) return;
	isBounded = true;
	setFlagsFromString("--semi-space-growth-factor=1");
}
// src/engine/market/market-list.ts
function createMarketList() {
	const markets = [];
	const added = createEmitter();
	const removed = createEmitter();
	function of(venue) {
		const market = markets.find((candidate) => candidate.venue.id === venue);
		if (market) return market;
		throw new HeartlineError("venue.unknown", `no such venue: ${venue}`, { details: { venue } });
	}
	return {
		all: markets,
		of,
		add(market) {
			markets.push(market);
			added.emit(market);
		},
		remove(venue) {
			const market = of(venue);
			markets.splice(markets.indexOf(market), 1);
			removed.emit(market);
			market.dispose();
		},
		watchEach(visit) {
			const undo = /* @__PURE__ */ new Map();
			const meet = (market) => undo.set(market, visit(market));
			for (const market of markets) meet(market);
			const stopAdded = added.on(meet);
			const stopRemoved = removed.on((market) => {
				undo.get(market)?.();
				undo.delete(market);
			});
			return () => {
				stopAdded();
				stopRemoved();
				for (const leave of undo.values()) leave();
				undo.clear();
			};
		},
		dispose() {
			for (const market of markets.splice(0)) market.dispose();
		}
	};
}
// src/shared/domain/market-data.ts
/**
* Where a candle came from, in the order of the contract's column.
* history: told by the venue when asked · live: watched on the venue's stream · built: made here, of trades, of shorter
* candles, or of silence · backfilled: missed live and asked for afterwards · verified: live or built, and the venue's
* own answer is the same · corrected: shown closed, and changed since.
*/
var PROVENANCES = [
	"history",
	"live",
	"built",
	"backfilled",
	"verified",
	"corrected"
];
// src/engine/publisher/candle-source.ts
/** State per open time, latest only: a close that was overtaken by the next candle is still in the batch. */
function createCandleSource(options) {
	let isTouched = false;
	let dirty = new Set(options.feed()?.series.all().map((candle) => candle.openTime));
	return {
		touch(openTimes) {
			isTouched = true;
			for (const openTime of openTimes) dirty.add(openTime);
		},
		take() {
			const feed = options.feed();
			if (!feed || dirty.size === 0 && !isTouched) return void 0;
			isTouched = false;
			const candles = [...dirty].sort((a, b) => a - b).map((openTime) => feed.series.get(openTime)).filter((candle) => candle !== void 0);
			dirty = /* @__PURE__ */ new Set();
			return {
				candles: candleColumns(candles),
				receivedAt: feed.receivedAt,
				holes: Float64Array.from(feed.holes())
			};
		},
		dispose: options.onDispose
	};
}
function candleColumns(candles) {
	return {
		openTime: Float64Array.from(candles, (candle) => candle.openTime),
		open: Float64Array.from(candles, (candle) => candle.open),
		high: Float64Array.from(candles, (candle) => candle.high),
		low: Float64Array.from(candles, (candle) => candle.low),
		close: Float64Array.from(candles, (candle) => candle.close),
		volume: Float64Array.from(candles, (candle) => candle.volume),
		closed: Uint8Array.from(candles, (candle) => candle.closed ? 1 : 0),
		provenance: Uint8Array.from(candles, (candle) => PROVENANCES.indexOf(candle.provenance))
	};
}
// src/engine/publisher/candle-page.ts
/** So much from disk opens a chart at once; the stream's own feed brings what has happened since. */
var ENOUGH = 300;
/**
* One page of history: from disk where that knows it, else from the venue, else whatever disk there is.
* Throws `instrument.unknown`, `interval.unknown`, and what the REST client throws.
*/
async function loadCandlePage(market, asked, now) {
	const { instrument, interval, before, limit } = asked;
	if (!market.venue.intervals.includes(interval)) throw new HeartlineError("interval.unknown", `${market.venue.name} has no ${interval} candles`, { details: {
		interval,
		venue: market.venue.name,
		known: market.venue.intervals.join(" ")
	} });
	const query = {
		instrument,
		interval,
		limit,
		...before === void 0 ? {} : { to: Math.min(before - 1, now) }
	};
	const known = market.recallCandles?.(query) ?? [];
	if (known.length >= Math.min(limit, ENOUGH)) return pageOf(known);
	try {
		await market.check(instrument);
		return pageOf(await market.loadCandles(query));
	} catch (fault) {
		const isUnknown = fault instanceof HeartlineError && fault.code === "instrument.unknown";
		if (known.length === 0 || isUnknown) throw fault;
		return pageOf(known);
	}
}
function pageOf(candles) {
	return {
		candles: candleColumns(candles.map((candle) => ({
			provenance: "history",
			...candle
		}))),
		hasOlder: candles.length > 0
	};
}
// src/engine/market/market-requests.ts
/** A venue that hangs or refuses must not keep the instruments of the others from anybody. */
var LIST_WITHIN_MS = 4e3;
/** What all venues list, as far as they tell it in time; the rest once the log says `instruments.back`. Throws when none does. */
async function listEverywhere(all, clock) {
	const lists = all.map((market) => market.instruments());
	const outcomes = lists.map((list) => list.then((instruments) => ({ instruments }), (fault) => ({ fault })));
	let cancel = () => void 0;
	const late = new Promise((resolve) => {
		cancel = clock.after(LIST_WITHIN_MS, () => resolve(void 0));
	});
	const known = await Promise.all(outcomes.map((outcome) => Promise.race([outcome, late])));
	cancel();
	const instruments = known.flatMap((one) => one && "instruments" in one ? one.instruments : []);
	return instruments.length > 0 || all.length === 0 ? instruments : await firstOf(lists);
}
async function firstOf(lists) {
	try {
		return await Promise.any(lists);
	} catch (fault) {
		throw fault instanceof AggregateError ? fault.errors[0] : fault;
	}
}
/** What a window may ask of the markets. */
function createMarketRequests(options) {
	const { markets, settings, log } = options;
	/** What the settings say of pauses is so from now on, whichever request said it. */
	function obeyPauses() {
		const { pausedVenues } = settings.read();
		for (const market of markets.all) {
			const { id, name } = market.venue;
			const isPaused = pausedVenues.includes(id);
			if (isPaused === market.isPaused) continue;
			const code = isPaused ? "venue.paused" : "venue.unpaused";
			log.add("info", code, `${name} ${isPaused ? "paused" : "let go on"}`, { venue: name });
			if (isPaused) market.pause();
			else market.resume();
		}
	}
	return {
		"instruments.list": () => listEverywhere(markets.all, options.clock),
		"candles.load": (query) => loadCandlePage(markets.of(venueOf(query.instrument)), query, options.clock.now()),
		"connections.reconnect"({ venue }) {
			const market = markets.of(venue);
			log.add("info", "connection.asked", `reconnect of ${market.venue.name} asked for`, { venue: market.venue.name });
			market.reconnectNow();
			return {};
		},
		"connections.pause"({ venue, paused }) {
			const { id } = markets.of(venue).venue;
			const others = settings.read().pausedVenues.filter((other) => other !== id);
			settings.write({ pausedVenues: paused ? [...others, id] : others });
			obeyPauses();
			return {};
		},
		"settings.write"(change) {
			const written = settings.write(change);
			obeyPauses();
			return written;
		}
	};
}
// src/engine/net/venue-clock.ts
var AGAIN_MS$1 = 3e4;
/** A venue's clock, asked over REST; the log tells when it and ours come apart, and when they are together again. */
function createVenueClock(options) {
	const { clock, venue, rest, log } = options;
	let doubtedAt = Number.NEGATIVE_INFINITY;
	function tell(offsetMs, previousMs) {
		const isApart = Math.abs(offsetMs) > 500;
		if (!isApart && !(previousMs !== void 0 && Math.abs(previousMs) > 500)) return;
		const rounded = Math.round(offsetMs);
		log.add(isApart ? "warn" : "info", isApart ? "clock.apart" : "clock.together", `the clocks of ${venue.name} and of this machine are ${rounded} ms apart`, {
			venue: venue.name,
			offsetMs: rounded
		});
	}
	const offset = createClockOffset({
		clock,
		serverTime: (left) => rest.call(venue.rest.serverTime(), "urgent", left),
		resolutionMs: venue.rest.clockStepMs ?? 1,
		onMeasured: tell
	});
	return {
		get offsetMs() {
			return offset.offsetMs;
		},
		get errorMs() {
			return offset.errorMs;
		},
		start: () => offset.start(),
		measureNow: () => offset.measureNow(),
		doubt() {
			if (clock.monotonic() - doubtedAt < AGAIN_MS$1) return;
			doubtedAt = clock.monotonic();
			offset.measureNow();
		},
		dispose: () => offset.dispose()
	};
}
// src/engine/market/book-feeds.ts
function createBookFeeds(options) {
	const { venue, clock, rest, log } = options;
	const books = /* @__PURE__ */ new Map();
	return {
		get: (instrument) => books.get(instrument),
		open(stream) {
			const { instrument } = stream;
			const feed = createBookFeed({
				rule: venue.book,
				clock,
				loadSnapshot() {
					const call = venue.rest.bookSnapshot?.(instrument);
					if (!call) throw new HeartlineError("internal", `${venue.name} has no book snapshot`);
					return rest.call(call);
				},
				restartStream: () => options.restart(stream),
				onChange: () => options.onChange(instrument),
				onGap() {
					options.onFact({
						kind: "book-gap",
						stream: streamKeyText(stream)
					});
					log.add("warn", "book.gap", `book of ${instrument} has a gap`, { instrument });
				},
				onResync(exactMs) {
					const tookMs = Math.round(exactMs);
					const text = `book of ${instrument} rebuilt in ${tookMs} ms`;
					options.onFact({
						kind: "book-resynced",
						stream: streamKeyText(stream),
						tookMs
					});
					log.add("info", "book.resynced", text, {
						instrument,
						tookMs
					});
				},
				onFault: (fault) => options.onFault(fault, instrument)
			});
			books.set(instrument, feed);
			return () => {
				feed.dispose();
				books.delete(instrument);
			};
		}
	};
}
// src/engine/market/newest-trades.ts
function createNewestTrades() {
	/** The newest time, and the ids of all trades of that millisecond: further ones of it may still come. */
	const newest = /* @__PURE__ */ new Map();
	return {
		note({ instrument, venueTime, id }) {
			const known = newest.get(instrument);
			if (known && venueTime < known.at) return;
			if (known?.at === venueTime) known.ids.add(id);
			else newest.set(instrument, {
				at: venueTime,
				ids: /* @__PURE__ */ new Set([id])
			});
		},
		sinceLast(instrument, answer) {
			const known = newest.get(instrument);
			const [first] = answer;
			if (!known || !first) return {
				fresh: answer,
				reaches: true
			};
			return {
				fresh: answer.filter(({ venueTime, id }) => venueTime > known.at || venueTime === known.at && !known.ids.has(id)),
				reaches: first.venueTime < known.at || answer.some(({ id }) => known.ids.has(id))
			};
		},
		forget: (instrument) => void newest.delete(instrument)
	};
}
// src/engine/market/price-cache.ts
function createPriceCache(options) {
	const { clock, size = 1e3, ttlMs = 6e4 } = options;
	const entries = /* @__PURE__ */ new Map();
	let [hits, misses, evicted, expired] = [
		0,
		0,
		0,
		0
	];
	function fresh(key) {
		const entry = entries.get(key);
		if (!entry || clock.monotonic() - entry.putAt < ttlMs) return entry;
		entries.delete(key);
		expired += 1;
	}
	return {
		get(key) {
			const entry = fresh(key);
			if (!entry) {
				misses += 1;
				return;
			}
			hits += 1;
			entries.delete(key);
			entries.set(key, entry);
			return entry.value;
		},
		peek: (key) => fresh(key)?.value,
		put(key, value) {
			entries.delete(key);
			entries.set(key, {
				value,
				putAt: clock.monotonic()
			});
			if (entries.size <= size) return;
			for (const oldest of entries.keys()) {
				entries.delete(oldest);
				evicted += 1;
				break;
			}
		},
		invalidate(key) {
			entries.delete(key);
		},
		figures: () => ({
			entries: entries.size,
			hits,
			misses,
			evicted,
			expired,
			hitRate: hits / (hits + misses)
		})
	};
}
// src/engine/market/rest-health.ts
/** Many silent streams share the questions that may be asked: an answer this old is still the best there is. */
var LATE_MS$1 = 3e4;
/**
* Adds the connection `<venue>/rest`. Its streams are late at best: what is asked for every few seconds is never
* as good as a live stream, and is not shown as one.
*/
function withPolledStreams(connections, venue, polled, at) {
	if (polled.length === 0) return connections;
	const streams = polled.map(({ stream, since, answeredAt }) => {
		const age = answeredAt === void 0 ? Number.POSITIVE_INFINITY : at.now - answeredAt;
		const isNew = answeredAt === void 0 && at.now - since < LATE_MS$1;
		return {
			stream: streamKeyText(stream),
			state: age < LATE_MS$1 ? "late" : isNew ? "pending" : "stale",
			since,
			...answeredAt === void 0 ? {} : { lastReceivedAt: answeredAt },
			perSecond: 0,
			gaps: 0,
			resyncs: 0,
			source: "rest"
		};
	});
	const cause = polled.some(({ stream }) => at.isCircuitOpen(stream)) ? {
		code: "circuit",
		detail: "REST fails again and again, it is left alone for a while"
	} : {
		code: "socket.silent",
		detail: "asked for over REST every few seconds"
	};
	const rest = {
		id: `${venue}/rest`,
		venue,
		state: {
			kind: "degraded",
			cause
		},
		since: Math.min(...polled.map(({ since }) => since)),
		epoch: 0,
		reconnects: 0,
		failedFrames: 0,
		streams
	};
	return [...connections, rest];
}
// src/engine/market/rest-questions.ts
var TRADES = 100;
function createRestQuestions(options) {
	const { venue, apply } = options;
	async function tell(stream, call) {
		if (!call) return;
		const answer = await options.rest.call(call);
		if (options.isWanted(stream)) apply(answer);
	}
	return {
		isAskable({ kind }) {
			switch (kind) {
				case "ticker": return venue.rest.ticker !== void 0;
				case "top": return venue.rest.top !== void 0;
				case "mark": return false;
				case "book": return venue.book.snapshot === "rest" && venue.rest.bookSnapshot !== void 0;
				case "trade":
				case "candle": return true;
			}
		},
		async ask(stream) {
			const { instrument } = stream;
			switch (stream.kind) {
				case "ticker": return tell(stream, venue.rest.ticker?.(instrument));
				case "top": return tell(stream, venue.rest.top?.(instrument));
				case "book": return tell(stream, venue.rest.bookSnapshot?.(instrument));
				case "trade": {
					const answer = await options.rest.call(venue.rest.trades(instrument, TRADES));
					if (!options.isWanted(stream)) return;
					const { fresh, reaches } = options.newestTrades.sinceLast(instrument, answer);
					if (!reaches) options.interrupted(stream);
					for (const trade of fresh) apply(trade);
					return;
				}
				case "candle":
					await options.candles(stream)?.refresh();
					return;
				case "mark": return;
			}
		}
	};
}
// src/engine/market/source-choice.ts
/** A break is mostly over within this time. */
var STALE_MS = 3e3;
/** A stream that never began is as good as one that ended. */
var PENDING_MS = 1e4;
/** Where a stream's data is to come from now. Pure. */
function chooseSource(facts) {
	if (!facts.isAskable || facts.setting === "websocket") return "websocket";
	if (facts.setting === "rest") return "rest";
	return !(facts.stream === "live" || facts.stream === "late") && facts.awayMs > (facts.stream === "stale" ? STALE_MS : PENDING_MS) && facts.circuit !== "open" ? "rest" : "websocket";
}
/** Which setting and which circuit a stream falls under; mark prices come with the ticker. */
function restKindOf(stream) {
	switch (stream.kind) {
		case "ticker":
		case "top":
		case "mark": return "ticker";
		case "book":
		case "trade":
		case "candle": return stream.kind;
	}
}
// src/engine/market/data-sources.ts
var EVERY_MS$1 = {
	ticker: 3e3,
	book: 5e3,
	trade: 3e3,
	candle: 1e4
};
/** Questions a second, and under way at once, however many streams are silent: the rest of the budget is for repairs. */
var MOST_PER_SECOND = 4;
var MOST_AT_ONCE = 4;
var TAPE_BACKLOG = 500;
var STREAMS_FIRST = {
	ticker: "auto",
	book: "auto",
	trade: "auto",
	candle: "auto"
};
function createDataSources(options) {
	const { venue, clock, log, guard, pool } = options;
	const wanted = /* @__PURE__ */ new Map();
	const quotes = createPriceCache({ clock });
	const newestTrades = createNewestTrades();
	const priming = /* @__PURE__ */ new Set();
	let waiting = [];
	let underWay = 0;
	const { ask, isAskable } = createRestQuestions({
		...options,
		newestTrades,
		isWanted: (stream) => wanted.has(streamKeyText(stream))
	});
	const settingOf = (stream) => (options.settings?.() ?? STREAMS_FIRST)[restKindOf(stream)];
	const isForSocket = (stream) => settingOf(stream) !== "rest" || !isAskable(stream);
	async function poll(held) {
		held.isAsking = true;
		held.askedAt = clock.monotonic();
		underWay += 1;
		try {
			if (held.kind === "candle") await ask(held.stream);
			else await guard.run(held.kind, () => ask(held.stream));
			held.answeredAt = clock.now();
		} catch (fault) {
			options.onFault(fault, held.stream.instrument);
		} finally {
			held.isAsking = false;
			underWay -= 1;
		}
	}
	async function prime(instrument) {
		const ticker = venue.rest.ticker?.(instrument);
		if (!ticker || priming.has(instrument)) return;
		priming.add(instrument);
		underWay += 1;
		try {
			const event = await guard.run("ticker", () => options.rest.call(ticker));
			if (quotes.peek(instrument) === void 0) options.apply(event);
		} catch (fault) {
			options.onFault(fault, instrument);
		} finally {
			priming.delete(instrument);
			underWay -= 1;
		}
	}
	function primeWaiting() {
		while (underWay < MOST_AT_ONCE) {
			const next = waiting.shift();
			if (next === void 0) return;
			if (quotes.peek(next) === void 0) prime(next).then(primeWaiting);
		}
	}
	function choose(held, connections) {
		const stream = streamStateIn(connections, held.stream);
		const isQuiet = held.kind === "trade" && venue.subscribing.kind === "add" && isUnheardIn(connections, held.stream);
		if (stream === "live" || stream === "late" || isQuiet) held.livedAt = clock.monotonic();
		return chooseSource({
			setting: settingOf(held.stream),
			stream,
			awayMs: clock.monotonic() - held.livedAt,
			isAskable: isAskable(held.stream),
			circuit: guard.stateOf(held.kind)
		});
	}
	/** One line for all that changed alike in one second. */
	function tell(changes) {
		for (const all of changes.values()) {
			const [{ source, kind, stream } = {
				source: void 0,
				kind: void 0,
				stream: void 0
			}] = all;
			if (source === void 0 || stream === void 0) continue;
			log.add(source === "rest" ? "warn" : "info", `source.${source}`, `${venue.name}: ${all.length} ${kind} streams now come from ${source}`, {
				venue: venue.name,
				kind,
				count: all.length,
				instrument: stream.instrument
			});
		}
	}
	return {
		want(stream) {
			const isOnSocket = isForSocket(stream);
			if (isOnSocket) pool.want(stream);
			wanted.set(streamKeyText(stream), {
				stream,
				kind: restKindOf(stream),
				wantedAt: clock.monotonic(),
				livedAt: clock.monotonic(),
				isOnSocket,
				source: "websocket",
				told: "websocket",
				since: clock.now(),
				askedAt: Number.NEGATIVE_INFINITY,
				answeredAt: void 0,
				isAsking: false
			});
		},
		look(stream) {
			if (stream.kind !== "ticker" || options.isPaused()) return;
			const known = quotes.get(stream.instrument);
			if (known) {
				if (wanted.get(streamKeyText(stream))?.wantedAt === clock.monotonic()) options.apply(known);
			} else if (!waiting.includes(stream.instrument)) {
				waiting.push(stream.instrument);
				primeWaiting();
			}
		},
		drop(stream) {
			const text = streamKeyText(stream);
			if (wanted.get(text)?.isOnSocket) pool.drop(stream);
			wanted.delete(text);
			if (stream.kind === "trade") newestTrades.forget(stream.instrument);
			if (stream.kind === "ticker") waiting = waiting.filter((instrument) => instrument !== stream.instrument);
		},
		note(event) {
			if (event.kind === "ticker") quotes.put(event.instrument, event);
			else if (event.kind === "trade") newestTrades.note(event);
		},
		async loadTrades(instrument) {
			const call = venue.rest.trades(instrument, TAPE_BACKLOG);
			const trades = (await guard.run("trade", () => options.rest.call(call))).filter(({ offBook }) => offBook !== true);
			options.onTrades(instrument, trades);
			return trades;
		},
		warm(instruments) {
			if (options.isPaused()) return;
			waiting.push(...instruments.filter((instrument) => !waiting.includes(instrument)));
			primeWaiting();
		},
		health: (connections) => withPolledStreams(connections, venue.id, [...wanted.values()].filter(({ source }) => source === "rest"), {
			now: clock.now(),
			isCircuitOpen: (stream) => guard.stateOf(restKindOf(stream)) === "open"
		}),
		get cache() {
			return quotes.figures();
		},
		second() {
			if (options.isPaused()) return;
			const connections = pool.health();
			const changes = /* @__PURE__ */ new Map();
			for (const held of wanted.values()) {
				const isOnSocket = isForSocket(held.stream);
				if (isOnSocket !== held.isOnSocket) {
					held.isOnSocket = isOnSocket;
					if (isOnSocket) pool.want(held.stream);
					else pool.drop(held.stream);
					options.interrupted(held.stream);
				}
				const source = choose(held, connections);
				if (source === held.source) continue;
				if (held.source === "rest" && (held.kind === "trade" || held.kind === "candle")) options.interrupted(held.stream);
				held.source = source;
				held.since = clock.now();
				held.answeredAt = void 0;
				if (!(source === "rest" || streamStateIn(connections, held.stream) === "live") || source === held.told) continue;
				held.told = source;
				const alike = `${source} ${held.kind}`;
				changes.set(alike, [...changes.get(alike) ?? [], held]);
			}
			tell(changes);
			const due = [...wanted.values()].filter(({ source, isAsking, askedAt, kind }) => source === "rest" && !isAsking && clock.monotonic() - askedAt >= EVERY_MS$1[kind]).sort((a, b) => a.askedAt - b.askedAt).slice(0, MOST_PER_SECOND);
			for (const held of due) if (underWay < MOST_AT_ONCE) poll(held);
		}
	};
}
// src/engine/market/fault-report.ts
var AGAIN_MS = 6e4;
/**
* The same kind of fault once a minute, with how many were like it: everything that is missing is asked for again every
* few seconds, and a log full of that has no room for what matters. `venue`: its name.
*/
function createFaultReport(options) {
	const { clock, log, venue } = options;
	const told = /* @__PURE__ */ new Map();
	return (fault, details) => {
		const code = fault instanceof HeartlineError ? fault.code : "internal";
		if (code === "rest.stopped" || code === "rest.circuit") return;
		const now = clock.monotonic();
		const last = told.get(code);
		if (last && now - last.at < AGAIN_MS) {
			last.others += 1;
			return;
		}
		told.set(code, {
			at: now,
			others: 0
		});
		const own = fault instanceof HeartlineError ? fault.details : {};
		const others = last && last.others > 0 ? { others: last.others } : {};
		log.add("warn", code, messageOf$1(fault), {
			venue,
			...own,
			...details,
			...others
		});
	};
}
// src/engine/market/instrument-list.ts
var KEEP_MS = 36e5;
/** A list of more pages than this goes in a circle. */
var MOST_PAGES$1 = 50;
function createInstrumentList(options) {
	const { venue, rest, clock, log } = options;
	let known;
	let loadedAt;
	let underWay;
	async function loadAll() {
		const first = await rest.call(venue.rest.instruments());
		if (!("instruments" in first)) return first;
		const instruments = [...first.instruments];
		let { next } = first;
		for (let page = 1; next !== void 0 && page < MOST_PAGES$1; page++) {
			const answer = await rest.call(next);
			instruments.push(...answer.instruments);
			next = answer.next;
		}
		return instruments;
	}
	async function fetchAll() {
		try {
			const instruments = await loadAll();
			known = new Map(instruments.map((instrument) => [instrument.id, instrument]));
			loadedAt = clock.monotonic();
			return instruments;
		} catch (fault) {
			if (known) {
				log.add("warn", "instruments.outdated", messageOf$1(fault), { venue: venue.name });
				return [...known.values()];
			}
			throw fault;
		} finally {
			underWay = void 0;
		}
	}
	function refresh() {
		underWay ??= fetchAll();
		return underWay;
	}
	const isOld = () => loadedAt !== void 0 && clock.monotonic() - loadedAt >= KEEP_MS;
	function load() {
		return known && !isOld() ? Promise.resolve([...known.values()]) : refresh();
	}
	return {
		get known() {
			return known;
		},
		load,
		refresh,
		get loadedAt() {
			return loadedAt;
		},
		get isOld() {
			return isOld();
		},
		async check(instrument) {
			await load();
			const found = known?.get(instrument);
			if (found) return found;
			throw new HeartlineError("instrument.unknown", `${venue.name} does not list ${instrument}`, { details: {
				instrument,
				venue: venue.name
			} });
		}
	};
}
// src/engine/market/instrument-watch.ts
/** A list that could not be had is asked for again, and one that may be outdated renewed, less and less often. */
var LOOK_EVERY_MS = 3e4;
var MOST_DOUBLINGS = 5;
var CODES$1 = {
	trading: [
		"info",
		"instrument.trading",
		"is traded again"
	],
	warned: [
		"warn",
		"instrument.warned",
		"is traded, but the venue warns of it"
	],
	halted: [
		"warn",
		"instrument.halted",
		"is listed, but not traded"
	],
	delisted: [
		"warn",
		"instrument.delisted",
		"is not listed"
	]
};
function createInstrumentWatch(options) {
	const { clock, log, venue, list } = options;
	/** What was told last; what was never told of is traded. */
	const told = /* @__PURE__ */ new Map();
	/** What the streams say of it. */
	const silenced = /* @__PURE__ */ new Set();
	let nextLookAt = Number.NEGATIVE_INFINITY;
	let looks = 0;
	let seenAt;
	let isMissing = false;
	let heldCount = 0;
	/** Something is not as it should be although its connection is up: the list may say why. */
	function isSilent() {
		const before = clock.now() - LOOK_EVERY_MS;
		return options.health().filter(({ state }) => [
			"live",
			"degraded",
			"stale"
		].includes(state.kind)).some(({ streams }) => streams.some(({ state, since }) => state !== "live" && since < before));
	}
	function standingOf(instrument) {
		const listed = list.known?.get(instrument);
		if (!listed) return "delisted";
		return silenced.has(instrument) ? "halted" : listed.status;
	}
	/** Tells how it stands where that changed; true when it did. */
	function tell(instrument) {
		const standing = standingOf(instrument);
		if (standing === (told.get(instrument) ?? "trading")) return false;
		told.set(instrument, standing);
		const [level, code, words] = CODES$1[standing];
		log.add(level, code, `${instrument} ${words}`, {
			instrument,
			venue
		});
		return true;
	}
	function compare() {
		const instruments = [...options.held.keys()].map((text) => parseStreamKey(text).instrument);
		return [...new Set(instruments)].filter(tell).length > 0;
	}
	async function look() {
		try {
			await list.refresh();
			if (isMissing) log.add("info", "instruments.back", `the instruments of ${venue} are known now`, { venue });
			isMissing = false;
		} catch (fault) {
			if (!isMissing && list.known === void 0) {
				isMissing = true;
				log.add("warn", "instruments.missing", `no instruments of ${venue}: ${messageOf$1(fault)}`, {
					venue,
					reason: messageOf$1(fault)
				});
			}
		}
	}
	return {
		async instruments() {
			const all = await list.load();
			if (silenced.size === 0) return all;
			return all.map((one) => silenced.has(one.id) ? {
				...one,
				status: "halted"
			} : one);
		},
		async check(instrument) {
			try {
				return await list.check(instrument);
			} finally {
				if (list.known) tell(instrument);
			}
		},
		note(event) {
			if (event.kind !== "ticker" || event.halted === true === silenced.has(event.instrument)) return;
			if (event.halted) silenced.add(event.instrument);
			else silenced.delete(event.instrument);
			if (list.known) compare();
		},
		second() {
			const { loadedAt } = list;
			if (loadedAt !== void 0 && (loadedAt !== seenAt || options.held.size !== heldCount)) {
				seenAt = loadedAt;
				heldCount = options.held.size;
				if (compare()) looks = 0;
			}
			const now = clock.monotonic();
			if (options.held.size === 0 || now < nextLookAt) return;
			if (list.known !== void 0 && !list.isOld && !isSilent()) return;
			looks = list.known === void 0 ? 0 : Math.min(looks + 1, MOST_DOUBLINGS);
			nextLookAt = now + LOOK_EVERY_MS * 2 ** looks;
			look();
		}
	};
}
// src/engine/market/venue-market.ts
function createVenueMarket(options) {
	const { venue, clock, rest, log } = options;
	const changes = createEmitter();
	const events = createEmitter();
	const transitions = createEmitter();
	const facts = createEmitter();
	const tellFact = (fact) => facts.emit({
		fact,
		at: clock.now()
	});
	const report = createFaultReport({
		clock,
		log,
		venue: venue.name
	});
	let isPaused = false;
	const holders = /* @__PURE__ */ new Map();
	const rows = createTickerRows();
	const figures = createFigureWatch({
		clock,
		log,
		venue: venue.name
	});
	const books = createBookFeeds({
		...options,
		restart: (stream) => pool.renew(stream),
		onChange: (instrument) => changes.emit({
			kind: "book",
			instrument
		}),
		onFact: tellFact,
		onFault: (fault, instrument) => report(fault, { instrument })
	});
	const guard = createRestGuard({
		clock,
		log,
		venue: venue.name
	});
	const tapes = createTradeTapes({
		clock,
		follows: venue.tradeFollows,
		load: (instrument) => sources.loadTrades(instrument),
		onFilled: (instrument) => changes.emit({
			kind: "trade",
			instrument
		}),
		onRecovered: (instrument, missed, recovered) => tellFact({
			kind: "trades-recovered",
			stream: streamKeyText({
				kind: "trade",
				instrument
			}),
			missed,
			recovered
		}),
		onFault: (fault, instrument) => report(fault, { instrument })
	});
	const list = createInstrumentList({
		venue,
		rest,
		clock,
		log
	});
	const offset = createVenueClock({
		clock,
		venue,
		rest,
		log
	});
	const pool = createSessionPool({
		...options,
		decoderOptions: { scaleOf: (instrument) => list.known?.get(instrument) },
		clockOffset: () => offset.offsetMs,
		onClockDoubt: () => offset.doubt(),
		onEvent: apply,
		onTransition(transition) {
			const { state } = transition;
			if (state.kind === "paused" && state.cause.code === "ban" && state.until !== void 0) rest.banned(state.until - clock.now());
			transitions.emit(transition);
		},
		onFact: tellFact,
		onInterrupted(streams) {
			for (const stream of streams) interrupted(stream);
		},
		countsOf(stream) {
			const feed = stream.kind === "book" ? books.get(stream.instrument) : void 0;
			return {
				gaps: feed?.gaps ?? 0,
				resyncs: feed?.resyncs ?? 0
			};
		}
	});
	const watched = createInstrumentWatch({
		clock,
		log,
		venue: venue.name,
		list,
		held: holders,
		health: () => pool.health()
	});
	function interrupted(stream) {
		if (stream.kind === "book") books.get(stream.instrument)?.interrupted();
		candleFeeds.interrupted(stream);
		if (stream.kind === "trade") tapes.interrupted(stream.instrument);
		rows.interrupted(stream);
		figures.forget(stream.kind, stream.instrument);
	}
	function apply(event) {
		const { instrument } = event;
		sources.note(event);
		watched.note(event);
		switch (event.kind) {
			case "ticker":
			case "top":
			case "mark":
				if (figures.admits(event) && rows.apply(event)) changes.emit({
					kind: "ticker",
					instrument
				});
				break;
			case "trade":
				if (!event.offBook && !figures.admits(event)) break;
				if (rows.apply(event)) changes.emit({
					kind: "ticker",
					instrument
				});
				if (!event.offBook && tapes.add(event)) {
					changes.emit({
						kind: "trade",
						instrument,
						trade: event
					});
					candleFeeds.trade(event);
				}
				break;
			case "candle":
				candleFeeds.apply(event);
				break;
			case "book-delta":
			case "book-snapshot": books.get(instrument)?.apply(event);
		}
		events.emit(event);
	}
	const sources = createDataSources({
		...options,
		guard,
		pool,
		settings: options.sources,
		isPaused: () => isPaused,
		apply,
		interrupted,
		candles: (stream) => candleFeeds.get(stream.instrument, stream.interval),
		onTrades: (instrument, trades) => candleFeeds.tradesLoaded(instrument, trades),
		onFault: (fault, instrument) => report(fault, { instrument })
	});
	const candleFeeds = createCandleFeeds({
		...options,
		guard,
		loadCandles: (query) => rest.call(venue.rest.candles(query)),
		store: options.history,
		offsetMs: () => offset.offsetMs,
		hold: (stream) => market.hold(stream),
		lookAtTape: (instrument) => void tapes.look(instrument),
		streamState: (stream) => streamStateIn(pool.health(), stream),
		onChange: (instrument, interval, openTimes) => changes.emit({
			kind: "candle",
			instrument,
			interval,
			openTimes
		}),
		onFact: tellFact,
		onFault: (fault, instrument) => report(fault, { instrument })
	});
	/** Makes the state a stream feeds; the undo lets it go. */
	function open(stream) {
		const { instrument } = stream;
		switch (stream.kind) {
			case "book": return books.open(stream);
			case "candle": return candleFeeds.open(stream);
			case "trade": return () => {
				tapes.release(instrument);
				rows.interrupted(stream);
			};
			default: return () => rows.interrupted(stream);
		}
	}
	/** Candles the venue has no stream of are made of others, which are held for them. */
	const isServed = (stream) => stream.kind !== "candle" || candleFeeds.rootOf(stream) === stream;
	const closers = /* @__PURE__ */ new Map();
	offset.start();
	const market = {
		venue,
		maxCandles: venue.rest.maxCandles,
		hold(stream) {
			const text = streamKeyText(stream);
			const count = holders.get(text) ?? 0;
			if (count === 0) {
				if (isServed(stream)) sources.want(stream);
				closers.set(text, open(stream));
			}
			holders.set(text, count + 1);
			sources.look(stream);
			let isHeld = true;
			return () => {
				if (!isHeld) return;
				isHeld = false;
				const left = (holders.get(text) ?? 1) - 1;
				if (left > 0) {
					holders.set(text, left);
					return;
				}
				holders.delete(text);
				if (isServed(stream)) sources.drop(stream);
				closers.get(text)?.();
				closers.delete(text);
			};
		},
		renew: (stream) => pool.renew(stream),
		onChange: (listener) => changes.on(listener),
		onEvent: (listener) => events.on(listener),
		onTransition: (listener) => transitions.on(listener),
		onFact: (listener) => facts.on(({ fact, at }) => listener(fact, at)),
		instruments: watched.instruments,
		check: watched.check,
		row: (instrument) => rows.row(instrument),
		book: (instrument) => books.get(instrument),
		tape: (instrument) => tapes.look(instrument),
		candles: candleFeeds.get,
		recallCandles: candleFeeds.recall,
		loadCandles: candleFeeds.load,
		health: () => withBuiltCandles(sources.health(pool.health()), holders.keys(), candleFeeds.rootOf),
		cacheFigures: () => sources.cache,
		warm: sources.warm,
		budgets: () => rest.gauges(),
		restErrors: rest.errors,
		async restRoundTrip() {
			let sentAt = clock.monotonic();
			await rest.call(venue.rest.serverTime(), "urgent", () => {
				sentAt = clock.monotonic();
			});
			return clock.monotonic() - sentAt;
		},
		get clockOffsetMs() {
			return offset.offsetMs;
		},
		get isPaused() {
			return isPaused;
		},
		reconnectNow: () => pool.reconnectNow(),
		pause() {
			isPaused = true;
			pool.pause();
		},
		resume() {
			isPaused = false;
			pool.resume();
		},
		wake(cause) {
			if (cause === "resume") offset.measureNow();
			pool.wake(cause);
		},
		second() {
			pool.second();
			sources.second();
			watched.second();
		},
		dispose() {
			for (const close of closers.values()) close();
			tapes.dispose();
			offset.dispose();
			pool.dispose();
			rest.dispose();
		}
	};
	return market;
}
// src/shared/base/exact-json.ts
/**
* Parses JSON without losing a digit: a number that a double may not hold exactly (more than 15 significant digits, a
* whole one beyond 2^53) becomes its source text, every other one a number. Some venues print 17 to 19 digit ids as
* numbers; `JSON.parse` alone would round them. Throws `SyntaxError` as `JSON.parse` does.
*/
function parseExactJson(text) {
	return LONG_NUMBER.test(text) ? JSON.parse(text, keepSource) : JSON.parse(text);
}
var LONG_NUMBER = /(?:^|[:,[\s-])(?:[\d.]{17}|9\d{15})/;
var WHOLE$2 = /^-?\d+(?:\.0+)?$/;
/** A double holds every decimal of so many digits. */
var SAFE_DIGITS = 15;
function keepSource(_key, value, context) {
	const source = context?.source;
	if (typeof value !== "number" || source === void 0) return value;
	if (Number.isSafeInteger(value) && (source.length <= SAFE_DIGITS || WHOLE$2.test(source))) return value;
	return source.replace(/[eE].*$/, "").replace(/[-.]/g, "").replace(/^0+/, "").length <= SAFE_DIGITS ? value : source;
}
// src/engine/net/spending.ts
/**
* Counts over a window that slides. Venues count over fixed windows: whatever fits into every sliding one fits into
* each of theirs, wherever it begins.
*/
function createSpending(budget) {
	let entries = [];
	let total = 0;
	function forget(now) {
		let gone = 0;
		for (const entry of entries) {
			if (entry.at > now - budget.windowMs) break;
			total -= entry.weight;
			gone += 1;
		}
		if (gone > 0) entries = entries.slice(gone);
	}
	return {
		budget,
		spend(weight, now) {
			entries.push({
				at: now,
				weight
			});
			total += weight;
		},
		used(now) {
			forget(now);
			return total;
		},
		waitMs(weight, allowed, now) {
			forget(now);
			let over = total + weight - allowed;
			if (over <= 0) return 0;
			for (const entry of entries) {
				over -= entry.weight;
				if (over <= 0) return entry.at + budget.windowMs - now;
			}
			return 0;
		},
		told(note, now) {
			forget(now);
			const used = note.used ?? (note.remaining === void 0 ? void 0 : budget.capacity - note.remaining);
			if (used === void 0 || !(used > total)) return;
			entries.push({
				at: now,
				weight: used - total
			});
			total = used;
		}
	};
}
// src/engine/net/limiter.ts
/** Part of a budget that reads may use. A fifth at least is always kept for what is urgent (goal G15). */
var READ_SHARE = {
	conservative: .5,
	balanced: .7,
	aggressive: .8
};
var KEPT_SHARE = .2;
var ERRORS_IN_WINDOW = 3;
var ERROR_WINDOW_MS = 6e4;
var REDUCTION = .7;
var LEAST_FACTOR = .1;
var RECOVERY_MS = 6e4;
/** Who would have to wait longer for a silence to end is told so instead. */
var LONGEST_WAIT_MS = 15e3;
function createLimiter(options) {
	const { clock } = options;
	const spendings = new Map(options.budgets.map((budget) => [budget.scope, createSpending(budget)]));
	let queue = [];
	let errorsAt = [];
	let factor = 1;
	let reducedAt = Number.NEGATIVE_INFINITY;
	let silentUntil = Number.NEGATIVE_INFINITY;
	let silenceReason = "rate-limit";
	let cancelPump = () => void 0;
	function spendingOf(scope) {
		const spending = spendings.get(scope);
		if (spending) return spending;
		throw new HeartlineError("internal", `${options.venue} has no budget ${scope}`, { details: { scope } });
	}
	function factorNow(now) {
		if (factor < 1 && now - reducedAt >= RECOVERY_MS) factor = 1;
		return factor;
	}
	function allowance(spending, priority, now) {
		const share = priority === "urgent" ? 1 : READ_SHARE[options.profile()] * factorNow(now);
		return Math.max(1, Math.floor(spending.budget.capacity * share));
	}
	function waitMs(waiting, now) {
		const spending = spendingOf(waiting.scope);
		const allowed = allowance(spending, waiting.priority, now);
		return Math.max(silentUntil - now, spending.waitMs(Math.min(waiting.weight, allowed), allowed, now), 0);
	}
	/** Lets go whoever may go. A scope whose first must wait holds back its later ones, other scopes pass. */
	function pump() {
		cancelPump();
		const now = clock.monotonic();
		const blocked = /* @__PURE__ */ new Set();
		let soonest = Number.POSITIVE_INFINITY;
		const still = [];
		for (const waiting of queue) {
			const lane = `${waiting.scope} ${waiting.priority}`;
			const wait = blocked.has(lane) ? Number.POSITIVE_INFINITY : waitMs(waiting, now);
			if (wait <= 0) {
				spendingOf(waiting.scope).spend(waiting.weight, now);
				waiting.go();
				continue;
			}
			blocked.add(lane);
			soonest = Math.min(soonest, wait);
			still.push(waiting);
		}
		queue = still;
		if (queue.length > 0) cancelPump = clock.after(Math.max(1, soonest), pump);
	}
	function silentFault(now) {
		const leftMs = silentUntil - now;
		if (leftMs <= LONGEST_WAIT_MS) return void 0;
		return new HeartlineError("rest.silent", `${options.venue} asked for silence for ${Math.ceil(leftMs / 1e3)} s more`, { details: {
			venue: options.venue,
			reason: silenceReason,
			until: Math.round(clock.now() + leftMs)
		} });
	}
	return {
		enter(scope, weight, priority = "read") {
			const fault = silentFault(clock.monotonic());
			if (fault) return Promise.reject(fault);
			spendingOf(scope);
			return new Promise((go, refuse) => {
				const waiting = {
					scope,
					weight,
					priority,
					go,
					refuse
				};
				const behind = priority === "urgent" ? queue.findIndex((other) => other.priority === "read") : -1;
				if (behind === -1) queue.push(waiting);
				else queue.splice(behind, 0, waiting);
				pump();
			});
		},
		noted(notes) {
			const now = clock.monotonic();
			for (const note of notes) spendings.get(note.scope)?.told(note, now);
		},
		failed(leftAt) {
			const now = clock.monotonic();
			if (leftAt <= (errorsAt.at(-1) ?? Number.NEGATIVE_INFINITY)) return;
			errorsAt = [...errorsAt.filter((at) => at > now - ERROR_WINDOW_MS), now];
			if (errorsAt.length < ERRORS_IN_WINDOW) return;
			factor = Math.max(LEAST_FACTOR, factorNow(now) * REDUCTION);
			reducedAt = now;
		},
		silence(forMs, reason) {
			const now = clock.monotonic();
			const until = now + forMs;
			if (until > silentUntil) {
				silentUntil = until;
				silenceReason = reason;
			}
			const fault = silentFault(now);
			if (fault) for (const waiting of queue.splice(0)) waiting.refuse(fault);
			pump();
		},
		gauges() {
			const now = clock.monotonic();
			const currentFactor = factorNow(now);
			const silentMs = silentUntil - now;
			const reducedMs = currentFactor < 1 ? reducedAt + RECOVERY_MS - now : 0;
			const state = silentMs > 0 ? "silent" : currentFactor < 1 ? "reduced" : "normal";
			const leftMs = state === "silent" ? silentMs : reducedMs;
			return [...spendings.values()].map(({ budget, used }) => ({
				venue: options.venue,
				scope: budget.scope,
				used: used(now),
				capacity: budget.capacity,
				windowMs: budget.windowMs,
				reserve: Math.ceil(budget.capacity * KEPT_SHARE),
				factor: currentFactor,
				state,
				...state === "normal" ? {} : { until: Math.round(clock.now() + leftMs) }
			}));
		},
		dispose() {
			cancelPump();
			const fault = new HeartlineError("rest.stopped", "the engine is closing");
			for (const waiting of queue.splice(0)) waiting.refuse(fault);
		}
	};
}
// src/engine/net/rest-client.ts
/** Reads are answered within a second; a longer patience only holds up the repair that waits for them. */
var TIMEOUT_MS = 6e3;
var MAX_BODY_BYTES = 33554432;
var ATTEMPTS = 3;
/** What tells that we ask too much, or more than the venue can answer. */
var SLOWS_DOWN = /* @__PURE__ */ new Set([
	"rate-limit",
	"ban",
	"timeout",
	"maintenance"
]);
/** A venue that says "slower" without saying for how long. */
var UNNAMED_SILENCE_MS = 6e4;
/** REST reads of one venue under its budgets. */
function createRestClient(options) {
	const { venue, clock } = options;
	const limiter = createLimiter({
		clock,
		venue: venue.id,
		budgets: venue.limits.budgets,
		profile: options.profile ?? (() => "balanced")
	});
	const errors = /* @__PURE__ */ new Map();
	const stop = new AbortController();
	async function sleep(delayMs) {
		if (delayMs <= 0) return;
		await new Promise((resolve) => {
			const end = () => {
				cancel();
				stop.signal.removeEventListener("abort", end);
				resolve();
			};
			const cancel = clock.after(delayMs, end);
			stop.signal.addEventListener("abort", end);
		});
	}
	function refused(refusal, status) {
		const isOrder = refusal.code === "rate-limit" || refusal.code === "ban";
		const silenceMs = refusal.retryAfterMs ?? (isOrder ? UNNAMED_SILENCE_MS : 0);
		if (silenceMs > 0) limiter.silence(silenceMs, refusal.code === "ban" ? "ban" : "rate-limit");
		return new HeartlineError(refusal.code === "venue.error" ? "rest.refused" : `rest.${refusal.code}`, `${venue.name} answered HTTP ${status}: ${refusal.message}`, { details: {
			venue: venue.name,
			status,
			retryAfterMs: refusal.retryAfterMs ?? 0
		} });
	}
	function count(fault, leftAt) {
		const of = classOf(fault);
		if (of === void 0) return;
		errors.set(of, (errors.get(of) ?? 0) + 1);
		if (SLOWS_DOWN.has(of)) limiter.failed(leftAt);
	}
	async function once(call) {
		if (stop.signal.aborted) throw stopped();
		const timeout = new AbortController();
		const cancelTimeout = clock.after(TIMEOUT_MS, () => timeout.abort());
		try {
			const answer = await options.fetch(options.baseUrl + call.path, {
				signal: AbortSignal.any([timeout.signal, stop.signal]),
				redirect: "error"
			});
			const receivedAt = clock.now();
			limiter.noted(venue.budgetNotes?.(call, answer.headers) ?? []);
			const body = await answer.text();
			if (body.length > MAX_BODY_BYTES) throw new HeartlineError("venue.answer", "answer too long");
			const refusal = venue.refusalOf(answer.status, answer.headers, body, receivedAt);
			if (refusal !== void 0) throw refused(refusal, answer.status);
			if (answer.status >= 400) throw new HeartlineError("rest.refused", `${venue.name} answered HTTP ${answer.status}`, { details: {
				venue: venue.name,
				status: answer.status
			} });
			return call.parse(parseJson(body), receivedAt, answer.headers);
		} catch (fault) {
			if (fault instanceof HeartlineError) throw fault;
			if (stop.signal.aborted) throw stopped();
			const timedOut = timeout.signal.aborted;
			throw new HeartlineError(timedOut ? "rest.timeout" : "rest.unreachable", `${venue.name} ${timedOut ? `gave no answer within ${TIMEOUT_MS / 1e3} s` : `cannot be reached: ${rootMessage(fault)}`}`, {
				cause: fault,
				details: { venue: venue.name }
			});
		} finally {
			cancelTimeout();
		}
	}
	return {
		async call(call, priority = "read", onLeave) {
			for (let attempt = 1;; attempt += 1) {
				let leftAt = Number.POSITIVE_INFINITY;
				try {
					await limiter.enter(call.scope, call.weight, priority);
					leftAt = clock.monotonic();
					onLeave?.();
					return await once(call);
				} catch (fault) {
					count(fault, leftAt);
					if (attempt >= ATTEMPTS || stop.signal.aborted || !isRepeatable(fault)) throw fault;
					await sleep(300 * 2 ** (attempt - 1) * (.5 + clock.random()));
					if (stop.signal.aborted) throw stopped();
				}
			}
		},
		banned: (forMs) => limiter.silence(forMs, "ban"),
		errors,
		gauges: () => limiter.gauges(),
		dispose() {
			stop.abort();
			limiter.dispose();
		}
	};
}
function parseJson(body) {
	try {
		return parseExactJson(body);
	} catch (fault) {
		throw new HeartlineError("venue.answer", "the answer is not JSON", { cause: fault });
	}
}
function isRepeatable(fault) {
	if (!(fault instanceof HeartlineError)) return false;
	if ([
		"rest.timeout",
		"rest.unreachable",
		"rest.maintenance"
	].includes(fault.code)) return true;
	return fault.code === "rest.refused" && Number(fault.details["status"]) >= 500;
}
/** `undefined` for what is nobody's error: our own closing, a silence that was ordered before. */
function classOf(fault) {
	if (!(fault instanceof HeartlineError)) return "protocol";
	switch (fault.code) {
		case "rest.stopped":
		case "rest.silent": return;
		case "rest.timeout": return "timeout";
		case "rest.unreachable": return "connection";
		case "rest.rate-limit": return "rate-limit";
		case "rest.ban": return "ban";
		case "rest.geo": return "geo";
		case "rest.auth": return "auth";
		case "rest.clock": return "clock";
		case "rest.maintenance": return "maintenance";
		case "venue.answer": return "protocol";
		default: return "venue";
	}
}
function stopped() {
	return new HeartlineError("rest.stopped", "the engine is closing");
}
function rootMessage(fault) {
	let inner = fault;
	while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
	if (inner instanceof AggregateError && inner.message === "") return inner.errors.map(messageOf$1).join(", ");
	return messageOf$1(inner);
}
// src/engine/net/handshake-refusal.ts
/** What a venue says who counts: firewalls word it differently, but they all speak of how often. */
var LIMIT_WORDS = /too (?:many|frequent|often)|rate.?limit|frequen|access limit/iu;
/** A 403 that means "too often" names no end; venues speak of ten minutes. */
var BLOCK_MS$1 = 6e5;
var BAN_MS$1 = 12e4;
var LONGEST_MS$4 = 2592e5;
/** Why an upgrade was answered with a plain HTTP status. `body` may be cut. Pure. */
function handshakeRefusal(status, retryAfterHeader, body) {
	const retryAfterMs = retryAfter$4(retryAfterHeader);
	const words = body.replace(/<[^>]*>/gu, " ").replace(/\s+/gu, " ").trim().slice(0, 120);
	const detail = `handshake answered with HTTP ${status}${words === "" ? "" : `: ${words}`}`;
	const isLimit = retryAfterMs !== void 0 || LIMIT_WORDS.test(words);
	const wait = (defaultMs) => {
		const ms = retryAfterMs ?? defaultMs;
		return ms === void 0 ? {} : { retryAfterMs: ms };
	};
	switch (status) {
		case 401: return { cause: {
			code: "auth",
			detail
		} };
		case 403: return isLimit ? {
			cause: {
				code: "ban",
				detail
			},
			...wait(BLOCK_MS$1)
		} : { cause: {
			code: "geo",
			detail
		} };
		case 418: return {
			cause: {
				code: "ban",
				detail
			},
			...wait(BAN_MS$1)
		};
		case 429: return {
			cause: {
				code: "rate-limit",
				detail
			},
			...wait()
		};
		case 451: return { cause: {
			code: "geo",
			detail
		} };
		case 503: return {
			cause: {
				code: "maintenance",
				detail
			},
			...wait()
		};
		default: return {
			cause: {
				code: "socket.handshake",
				detail
			},
			...wait()
		};
	}
}
/** Whole seconds; venues do not use the date form. */
function retryAfter$4(header) {
	const seconds = Number(header?.trim() || NaN);
	return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1e3, LONGEST_MS$4) : void 0;
}
// src/engine/net/socket.ts
var HANDSHAKE_TIMEOUT_MS = 5e3;
var MAX_FRAME_BYTES = 4194304;
var MAX_REFUSAL_CHARS = 2048;
/** A real socket over `ws`, without compression (it costs sixty times bare receive) and with bounded frames. */
var openSocket = (url, listener) => {
	const socket = new WebSocket(url, {
		handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
		maxPayload: MAX_FRAME_BYTES,
		perMessageDeflate: false,
		followRedirects: false,
		skipUTF8Validation: true
	});
	let ended = false;
	const end = (cause, retryAfterMs) => {
		if (ended) return;
		ended = true;
		listener.closed(cause, retryAfterMs);
	};
	socket.on("open", () => listener.opened());
	socket.on("message", (data) => listener.frame(data));
	socket.on("ping", () => listener.pulse("ping"));
	socket.on("pong", () => listener.pulse("pong"));
	socket.on("unexpected-response", (request, response) => {
		let body = "";
		const tell = () => {
			const refusal = handshakeRefusal(response.statusCode ?? 0, response.headers["retry-after"], body);
			request.destroy();
			end(refusal.cause, refusal.retryAfterMs);
		};
		response.setEncoding("latin1");
		response.on("data", (part) => {
			body += part;
			if (body.length > MAX_REFUSAL_CHARS) tell();
		});
		response.on("end", tell);
		response.on("error", tell);
		response.on("aborted", tell);
	});
	socket.on("error", (fault) => end(causeOf(fault)));
	socket.on("close", (code, reason) => {
		const words = reason.length > 0 ? ` (${reason.toString("utf8").slice(0, 120)})` : "";
		end({
			code: closeCode(code),
			detail: `closed with ${code}${words}`
		});
	});
	return {
		send(text) {
			if (socket.readyState === WebSocket.OPEN) socket.send(text);
		},
		ping() {
			if (socket.readyState === WebSocket.OPEN) socket.ping();
		},
		terminate() {
			ended = true;
			socket.removeAllListeners();
			socket.on("error", () => void 0);
			socket.terminate();
		}
	};
};
/** RFC 6455 section 7.4.1 and IANA's registry: 1012 service restart, 1013 try again later. */
function closeCode(code) {
	switch (code) {
		case 1002:
		case 1003:
		case 1007: return "protocol";
		case 1006: return "socket.reset";
		case 1012:
		case 1013: return "maintenance";
		default: return "socket.closed";
	}
}
function causeOf(fault) {
	const detail = fault.message.slice(0, 200);
	switch (fault.code) {
		case "ENOTFOUND":
		case "EAI_AGAIN": return {
			code: "socket.dns",
			detail
		};
		case "ECONNREFUSED":
		case "EHOSTUNREACH":
		case "ENETUNREACH": return {
			code: "socket.refused",
			detail
		};
		case "ECONNRESET":
		case "EPIPE": return {
			code: "socket.reset",
			detail
		};
		case "ETIMEDOUT": return {
			code: "timeout",
			detail
		};
		default:
			if (/^(?:WS_ERR_|HPE_)/u.test(fault.code ?? "")) return {
				code: "protocol",
				detail
			};
			return {
				code: /handshake|certificate/u.test(fault.message) ? "socket.handshake" : "unknown",
				detail
			};
	}
}
// src/engine/net/wake-watch.ts
var TICK_MS = 1e3;
/** A tick this late is no busy event loop any more. */
var LATE_MS = 3e3;
/**
* Notices sleep and a link that came back without being told, within a second of either. A machine that slept shows it
* by wall time that went on without monotonic time (Linux), or by a tick that is late by both clocks; a stopped process
* by the latter. A system clock set forward looks like sleep, and costs no more than fresh sockets.
*/
function watchWake(options) {
	const { clock, interfaces = networkInterfaces } = options;
	let wall = clock.now();
	let monotonic = clock.monotonic();
	let addresses = addressesOf(interfaces());
	return clock.every(TICK_MS, () => {
		const wallMs = clock.now() - wall;
		const ranMs = clock.monotonic() - monotonic;
		wall += wallMs;
		monotonic += ranMs;
		const before = addresses;
		addresses = addressesOf(interfaces());
		if (ranMs > 4e3 || wallMs - ranMs > LATE_MS) options.onWake("resume");
		if ([...addresses].some((address) => !before.has(address))) options.onWake("link");
	});
}
function addressesOf(interfaces) {
	return new Set(Object.entries(interfaces).flatMap(([name, list]) => (list ?? []).filter(({ internal }) => !internal).map(({ address }) => `${name} ${address}`)));
}
// src/shared/domain/premium.ts
/** Feeds tell the rate every few minutes; a person types it in once a day. */
var FX_STALE_MS = {
	feed: 6e5,
	simulator: 6e5,
	typed: 864e5,
	none: 0
};
/** A rate this old, or none, is no basis for anything. `now`: engine wall time, ms epoch. */
function isFxStale({ asOf, source }, now) {
	return !(now - asOf <= FX_STALE_MS[source]);
}
/** `1000PEPE` is a thousand PEPE: perpetuals of cheap coins count in bundles. */
function coinOf(base) {
	const [, bundle, coin] = /^(10{3,9})([A-Z].*)$/.exec(base) ?? [];
	return bundle === void 0 || coin === void 0 ? {
		coin: base,
		coinsPerBase: 1
	} : {
		coin,
		coinsPerBase: Number(bundle)
	};
}
// src/engine/premium/fx.ts
var EVERY_MS = 6e4;
var NONE = {
	krwPerUsd: NaN,
	asOf: NaN,
	source: "none"
};
/** The official rate: what the person typed, else what the feed says. A feed that is gone keeps its last rate, with its age. */
function createFx(options) {
	const { clock, settings, feed, log } = options;
	let told = NONE;
	let isGone = false;
	let isDisposed = false;
	async function load() {
		if (!feed) return;
		try {
			const { krwPerUsd, asOf } = await feed.load();
			if (isDisposed || !(krwPerUsd > 1 && krwPerUsd < 1e5)) return;
			told = {
				krwPerUsd,
				asOf: Math.min(asOf, clock.now()),
				source: feed.source
			};
			if (isGone) log.add("info", "fx.back", "the dollar rate is told again");
			isGone = false;
		} catch (fault) {
			if (!isGone && !isDisposed) log.add("warn", "fx.gone", `no dollar rate: ${messageOf$1(fault)}`, { reason: messageOf$1(fault) });
			isGone = true;
		}
	}
	load();
	const stop = feed ? clock.every(EVERY_MS, () => void load()) : () => void 0;
	function rate() {
		const typed = settings.read().typedFx;
		return typed === null ? told : {
			...typed,
			source: "typed"
		};
	}
	return {
		rate,
		isStale: (now) => isFxStale(rate(), now),
		write(krwPerUsd) {
			settings.write({ typedFx: krwPerUsd === null ? null : {
				krwPerUsd,
				asOf: Math.round(clock.now())
			} });
			return rate();
		},
		dispose() {
			isDisposed = true;
			stop();
		}
	};
}
/** Bounds on a value's own age for streams that speak every few seconds even in a quiet market. */
var LATE_AFTER_MS = 6e3;
var STALE_AFTER_MS = 3e4;
/** Decided where the value is shown, so that a frozen engine looks stale too. */
function freshnessOf(sighting) {
	const { receivedAt, now, engineSilentMs, stream } = sighting;
	if (receivedAt === void 0 || Number.isNaN(receivedAt)) return "unknown";
	if (engineSilentMs > 2500 || stream === "stale") return "stale";
	const age = now - receivedAt;
	if (age > (sighting.staleAfterMs ?? STALE_AFTER_MS)) return "stale";
	if (stream === "late" || stream === "pending") return "late";
	return age > (sighting.lateAfterMs ?? LATE_AFTER_MS) ? "late" : "fresh";
}
// src/engine/premium/walk-book.ts
/** Takes from the best on, level by level. `quantity` in base. */
function walkBook({ levels, priceScale, quantityScale }, quantity) {
	const priceUnit = 10 ** -priceScale;
	const quantityUnit = 10 ** -quantityScale;
	let notional = 0;
	let left = quantity;
	for (let at = 0; at + 1 < levels.length && left > 0; at += 2) {
		const taken = Math.min(left, (levels[at + 1] ?? 0) * quantityUnit);
		notional += taken * (levels[at] ?? 0) * priceUnit;
		left -= taken;
	}
	return {
		notional,
		quantity: quantity - Math.max(0, left)
	};
}
// src/engine/premium/premium.ts
/**
* The premium four ways, as shares (0.012 = +1.2 %); NaN where a figure is missing.
* official, tether: last price here ÷ (last price abroad × KRW per USD, or per USDT) − 1.
* in: buying abroad and selling here `notionalKrw` worth of coin; out: the other way round. Both through the visible books
* with both taker fees, in the official dollar. Where a book ends before the quantity does, both sides are cut to what it holds.
*/
function premiumOf(krw, usdt, rates, notionalKrw) {
	const krwPrice = krw.last / krw.coinsPerBase;
	const usdtPrice = usdt.last / usdt.coinsPerBase;
	const coins = notionalKrw / krwPrice;
	const inward = trade({
		buy: usdt,
		sell: krw
	}, coins);
	const outward = trade({
		buy: krw,
		sell: usdt
	}, coins);
	return {
		official: krwPrice / (usdtPrice * rates.krwPerUsd) - 1,
		tether: krwPrice / (usdtPrice * rates.krwPerUsdt) - 1,
		executableIn: inward.proceeds / (inward.cost * rates.krwPerUsd) - 1,
		executableOut: outward.proceeds * rates.krwPerUsd / outward.cost - 1,
		filledShare: Math.min(inward.filledShare, outward.filledShare)
	};
}
/** Buys on one venue what it sells on the other; fees included. Each in its own quote. */
function trade({ buy, sell }, coins) {
	const boughtMost = walkBook(buy.asks, coins / buy.coinsPerBase).quantity * buy.coinsPerBase;
	const soldMost = walkBook(sell.bids, coins / sell.coinsPerBase).quantity * sell.coinsPerBase;
	const both = Math.min(boughtMost, soldMost);
	if (!(both > 0)) return {
		cost: NaN,
		proceeds: NaN,
		filledShare: Number.isNaN(coins) ? NaN : 0
	};
	return {
		cost: walkBook(buy.asks, both / buy.coinsPerBase).notional * (1 + buy.takerFee),
		proceeds: walkBook(sell.bids, both / sell.coinsPerBase).notional * (1 - sell.takerFee),
		filledShare: both / coins
	};
}
// src/engine/premium/premium-history.ts
var MINUTE_MS$2 = 6e4;
var KEPT_MINUTES = 60;
/** The last hour of every pairing that was watched: outlives the watches, so that asking anew forgets nothing. */
function createPremiumHistory(clock) {
	const kept = /* @__PURE__ */ new Map();
	const minuteNow = () => Math.floor(clock.monotonic() / MINUTE_MS$2);
	return {
		note(pairing, premium) {
			const minute = minuteNow();
			const held = kept.get(pairing) ?? [];
			kept.set(pairing, held);
			const last = held.at(-1);
			const rounded = Math.round(premium * 1e6) / 1e6;
			if (last?.minute !== minute) held.push({
				minute,
				premium: rounded
			});
			else if (!Number.isNaN(rounded)) last.premium = rounded;
			while ((held[0]?.minute ?? minute) <= minute - KEPT_MINUTES) held.shift();
		},
		read(pairing) {
			const minute = minuteNow();
			const held = (kept.get(pairing) ?? []).filter((one) => one.minute > minute - KEPT_MINUTES);
			const first = held[0]?.minute;
			if (first === void 0) return [];
			const values = new Array(minute - first + 1).fill(NaN);
			for (const one of held) values[one.minute - first] = one.premium;
			return values;
		}
	};
}
// src/engine/premium/premium-pairs.ts
/**
* Every coin of `coins` (all, where empty) on each KRW venue against each USDT venue; abroad the perpetual where there is
* one, else spot. Halted instruments are left out. In the order of `coins`, then of the venues.
*/
function pairUp(instruments, coins) {
	const here = /* @__PURE__ */ new Map();
	const abroad = /* @__PURE__ */ new Map();
	for (const instrument of instruments) {
		if (instrument.status !== "trading") continue;
		const { coin } = coinOf(instrument.base);
		if (instrument.quote === "KRW" && instrument.kind === "spot") here.set(coin, [...here.get(coin) ?? [], instrument]);
		else if (instrument.quote === "USDT" && instrument.kind !== "future") {
			const ofCoin = abroad.get(coin) ?? /* @__PURE__ */ new Map();
			const known = ofCoin.get(instrument.venue);
			if (!known || known.kind === "spot" && instrument.kind === "perpetual") ofCoin.set(instrument.venue, instrument);
			abroad.set(coin, ofCoin);
		}
	}
	return (coins.length > 0 ? coins : [...here.keys()]).flatMap((coin) => (here.get(coin) ?? []).flatMap((krw) => [...abroad.get(coin)?.values() ?? []].map((usdt) => ({
		coin,
		krw: krw.id,
		usdt: usdt.id,
		krwCoinsPerBase: coinOf(krw.base).coinsPerBase,
		usdtCoinsPerBase: coinOf(usdt.base).coinsPerBase
	}))));
}
/** Where a KRW venue trades the tether dollar itself. */
function tetherOf(venue) {
	return instrumentId(`${venue}:USDT-KRW`);
}
// src/engine/premium/premium-room.ts
/** Levels of each side the executable figures walk through. */
var DEPTH$1 = 50;
var LIST_EVERY_S = 60;
var LIST_AGAIN_S = 2;
function createPremiumRoom(options) {
	const { clock, markets, fx } = options;
	const seconds = createEmitter();
	const history = createPremiumHistory(clock);
	/** The streams the rows of one watch need, held as long as they need them. */
	function createHolder() {
		const held = /* @__PURE__ */ new Map();
		function release(instrument) {
			held.get(instrument)?.();
			held.delete(instrument);
		}
		return {
			hold(wanted) {
				for (const instrument of [...held.keys()]) if (!wanted.has(instrument)) release(instrument);
				for (const instrument of wanted) {
					if (held.has(instrument)) continue;
					const market = markets.of(venueOf(instrument));
					const undo = [
						"ticker",
						"trade",
						"book"
					].map((kind) => market.hold({
						kind,
						instrument
					}));
					held.set(instrument, () => {
						for (const one of undo) one();
					});
				}
			},
			leave(venue) {
				for (const instrument of [...held.keys()]) if (venueOf(instrument) === venue) release(instrument);
			},
			dispose() {
				for (const instrument of [...held.keys()]) release(instrument);
			}
		};
	}
	function leg(instrument, coinsPerBase) {
		const market = markets.of(venueOf(instrument));
		const book = market.book(instrument)?.book;
		const levels = book?.read(DEPTH$1);
		const scales = {
			priceScale: book?.priceScale ?? 0,
			quantityScale: book?.quantityScale ?? 0
		};
		return {
			last: market.row(instrument)?.last ?? NaN,
			bids: {
				levels: levels?.bids ?? /* @__PURE__ */ new Float64Array(),
				...scales
			},
			asks: {
				levels: levels?.asks ?? /* @__PURE__ */ new Float64Array(),
				...scales
			},
			takerFee: market.venue.takerFee,
			coinsPerBase
		};
	}
	/** When the figures of a leg last arrived, and whether they may still be believed. */
	function ageOf(instrument, states, now) {
		const market = markets.of(venueOf(instrument));
		const receivedAt = market.row(instrument)?.lastReceivedAt ?? NaN;
		const book = market.book(instrument)?.book;
		const freshness = freshnessOf({
			receivedAt,
			now,
			engineSilentMs: 0,
			stream: states.get(`ticker ${instrument}`) ?? states.get(`trade ${instrument}`)
		});
		const isBookSound = book?.state === "live" && states.get(`book ${instrument}`) !== "stale";
		const isPriceStale = freshness === "stale" || freshness === "unknown";
		return {
			receivedAt,
			isPriceStale,
			isStale: isPriceStale || !isBookSound
		};
	}
	function watch({ coins, notionalKrw }, changed) {
		const holder = createHolder();
		let pairings = [];
		let listIn = 0;
		let isDisposed = false;
		async function list() {
			const lists = await Promise.allSettled(markets.all.map((market) => market.instruments()));
			if (isDisposed) return;
			const present = new Set(markets.all.map(({ venue }) => venue.id));
			const known = lists.flatMap((one) => one.status === "fulfilled" ? one.value : []).filter(({ venue }) => present.has(venue));
			listIn = lists.length === present.size && lists.every((one) => one.status === "fulfilled" && one.value.length > 0) ? LIST_EVERY_S : LIST_AGAIN_S;
			pairings = pairUp(known, coins);
			const listed = new Set(known.map(({ id }) => id));
			const tethers = [...new Set(pairings.map(({ krw }) => tetherOf(venueOf(krw))))].filter((id) => listed.has(id));
			holder.hold(/* @__PURE__ */ new Set([...pairings.flatMap(({ krw, usdt }) => [krw, usdt]), ...tethers]));
			changed();
		}
		function rowOf(pairing, states, now) {
			const { coin, krw, usdt } = pairing;
			const krwLeg = leg(krw, pairing.krwCoinsPerBase);
			const usdtLeg = leg(usdt, pairing.usdtCoinsPerBase);
			const krwPerUsdt = tetherPrice(krw);
			const figures = premiumOf(krwLeg, usdtLeg, {
				krwPerUsd: fx.rate().krwPerUsd,
				krwPerUsdt
			}, notionalKrw);
			const ages = [krw, usdt].map((instrument) => ({
				instrument,
				...ageOf(instrument, states, now)
			}));
			const staleSide = ages.find(({ isStale }) => isStale)?.instrument ?? (fx.isStale(now) ? "fx" : void 0);
			history.note(`${krw} ${usdt}`, staleSide === void 0 ? figures.official : NaN);
			const tether = tetherOf(venueOf(krw));
			const isTetherStale = !Number.isNaN(krwPerUsdt) && ageOf(tether, states, now).isPriceStale;
			const staleLeg = staleSide ?? (isTetherStale ? tether : void 0);
			return {
				coin,
				krw,
				usdt,
				krwPrice: krwLeg.last / pairing.krwCoinsPerBase,
				usdtPrice: usdtLeg.last / pairing.usdtCoinsPerBase,
				...figures,
				oldestAt: Math.min(...ages.map(({ receivedAt }) => receivedAt)),
				...staleLeg === void 0 ? {} : { staleLeg },
				history: history.read(`${krw} ${usdt}`)
			};
		}
		const tetherPrice = (krw) => markets.of(venueOf(krw)).row(tetherOf(venueOf(krw)))?.last ?? NaN;
		function view() {
			const now = clock.now();
			const states = new Map(markets.all.flatMap((market) => market.health().flatMap(({ streams }) => streams.map(({ stream, state }) => [stream, state]))));
			const rows = pairings.map((pairing) => rowOf(pairing, states, now));
			const krwPerUsdt = Object.fromEntries(pairings.map(({ krw }) => [venueOf(krw), tetherPrice(krw)]));
			return {
				asOf: now,
				fx: fx.rate(),
				krwPerUsdt,
				notionalKrw,
				rows
			};
		}
		const stopWatching = markets.watchEach(({ venue }) => {
			listIn = 1;
			return () => {
				pairings = pairings.filter(({ krw, usdt }) => venueOf(krw) !== venue.id && venueOf(usdt) !== venue.id);
				holder.leave(venue.id);
			};
		});
		list();
		let isDue = true;
		const undo = seconds.on(() => {
			isDue = true;
			listIn -= 1;
			if (listIn === 0) list();
			changed();
		});
		return {
			take() {
				if (!isDue) return void 0;
				isDue = false;
				return view();
			},
			dispose() {
				isDisposed = true;
				undo();
				stopWatching();
				holder.dispose();
			}
		};
	}
	return {
		requests: { "fx.write": ({ krwPerUsd }) => fx.write(krwPerUsd) },
		watches: { premium: watch },
		second: () => seconds.emit(),
		dispose: () => fx.dispose()
	};
}
// src/engine/publisher/book-source.ts
/** State, latest only: the top of the book as it is when the batch leaves. */
function createBookSource(options) {
	let isDirty = true;
	return {
		touch() {
			isDirty = true;
		},
		take() {
			const feed = options.feed();
			if (!feed || !isDirty) return void 0;
			isDirty = false;
			const { book } = feed;
			const levels = book.read(options.depth);
			return {
				instrument: options.instrument,
				state: book.state,
				priceScale: book.priceScale,
				quantityScale: book.quantityScale,
				bids: levels.bids,
				asks: levels.asks,
				updateId: book.lastUpdateId,
				venueTime: book.venueTime,
				receivedAt: book.receivedAt
			};
		},
		dispose: options.onDispose
	};
}
// src/engine/publisher/ticker-source.ts
/** State, latest only: rows that changed since the last take, as columns. */
function createTickerSource(options) {
	const watched = new Set(options.instruments);
	let dirty = new Set(options.instruments);
	return {
		touch(instrument) {
			if (watched.has(instrument)) dirty.add(instrument);
		},
		take() {
			if (dirty.size === 0) return void 0;
			const instruments = [...dirty].filter((instrument) => options.row(instrument) !== void 0);
			dirty = /* @__PURE__ */ new Set();
			if (instruments.length === 0) return void 0;
			for (const instrument of instruments) {
				const row = options.row(instrument);
				if (!row) continue;
				options.published?.({
					kind: "ticker",
					instrument
				}, row.dayReceivedAt);
				options.published?.({
					kind: "top",
					instrument
				}, row.topReceivedAt);
			}
			const column = (pick) => Float64Array.from(instruments, (instrument) => {
				const row = options.row(instrument);
				return row ? pick(row) : NaN;
			});
			return {
				instruments,
				last: column((row) => row.last),
				open24h: column((row) => row.open24h),
				high24h: column((row) => row.high24h),
				low24h: column((row) => row.low24h),
				quoteVolume24h: column((row) => row.quoteVolume24h),
				bid: column((row) => row.bid),
				ask: column((row) => row.ask),
				mark: column((row) => row.mark),
				index: column((row) => row.index),
				fundingRate: column((row) => row.fundingRate),
				nextFundingTime: column((row) => row.nextFundingTime),
				lastReceivedAt: column((row) => row.lastReceivedAt),
				dayReceivedAt: column((row) => row.dayReceivedAt),
				topReceivedAt: column((row) => row.topReceivedAt),
				markReceivedAt: column((row) => row.markReceivedAt)
			};
		},
		dispose: options.onDispose
	};
}
// src/engine/publisher/trade-source.ts
/** More than this between two takes and the oldest are left out, and counted. */
var RING = 2e3;
/** Events, appended: every trade once, oldest first, at most `RING` a batch. */
function createTradeSource(options) {
	let pending = [];
	let dropped = 0;
	let isFirst = true;
	return {
		push(trade) {
			if (isFirst) return;
			pending.push(trade);
			if (pending.length > RING) {
				pending.shift();
				dropped += 1;
			}
		},
		restart() {
			isFirst = true;
			pending = [];
		},
		take() {
			const trades = isFirst ? options.recent() : pending;
			if (trades.length === 0) return void 0;
			const columns = {
				restart: isFirst,
				ids: trades.map((trade) => trade.id),
				price: Float64Array.from(trades, (trade) => trade.price),
				quantity: Float64Array.from(trades, (trade) => trade.quantity),
				buy: Uint8Array.from(trades, (trade) => trade.side === "buy" ? 1 : 0),
				venueTime: Float64Array.from(trades, (trade) => trade.venueTime),
				receivedAt: Float64Array.from(trades, (trade) => trade.receivedAt),
				dropped
			};
			isFirst = false;
			pending = [];
			dropped = 0;
			return columns;
		},
		dispose: options.onDispose
	};
}
// src/engine/publisher/publisher.ts
/** A venue's list that could not be had is asked for again after so many seconds. */
var CHECK_AGAIN_S = 10;
function createPublisher(options) {
	const seconds = createEmitter();
	function marketOf(instrument) {
		return options.marketOf(venueOf(instrument));
	}
	function tickers({ instruments }, changed) {
		let refused;
		let leave = () => void 0;
		const present = /* @__PURE__ */ new Map();
		const source = createTickerSource({
			instruments,
			published: options.published,
			row: (instrument) => present.get(venueOf(instrument))?.row(instrument),
			onDispose: () => leave()
		});
		const meet = (market) => {
			const undo = [() => present.delete(market.venue.id)];
			present.set(market.venue.id, market);
			try {
				for (const instrument of instruments) if (venueOf(instrument) === market.venue.id) undo.push(...holdTicker(market, instrument));
			} catch (fault) {
				refused = fault;
			}
			undo.push(market.onChange((change) => {
				if (change.kind !== "ticker") return;
				source.touch(change.instrument);
				changed();
			}));
			return () => runAll(undo);
		};
		for (const instrument of instruments) if (!isAdded(instrument)) marketOf(instrument);
		leave = options.watchEach(meet);
		if (refused === void 0) return source;
		source.dispose();
		throw refused;
	}
	function holdTicker(market, instrument) {
		const held = [
			"ticker",
			"top",
			"trade",
			"mark"
		].map((kind) => market.hold({
			kind,
			instrument
		}));
		market.check(instrument).catch((fault) => {
			if (fault instanceof HeartlineError && fault.code === "instrument.unknown") runAll(held);
		});
		return [() => runAll(held)];
	}
	/** The venue's list may only be known later: an instrument that turns out not to be on it ends the watch with a word. */
	function checked(source, market, instrument, changed) {
		let unknown;
		let isDisposed = false;
		let cancelRetry = () => void 0;
		function ask() {
			cancelRetry();
			market.check(instrument).catch((fault) => {
				if (isDisposed) return;
				if (fault instanceof HeartlineError && fault.code === "instrument.unknown") {
					unknown = fault;
					changed();
					return;
				}
				let secondsLeft = CHECK_AGAIN_S;
				cancelRetry = seconds.on(() => {
					secondsLeft -= 1;
					if (secondsLeft === 0) ask();
				});
			});
		}
		ask();
		return {
			take() {
				if (unknown) throw unknown;
				return source.take();
			},
			dispose() {
				isDisposed = true;
				cancelRetry();
				source.dispose();
			}
		};
	}
	/** Tells how long the newest of what leaves was on its way inside. */
	function measured(source, stream, receivedAtOf) {
		const { published } = options;
		if (!published) return source;
		return {
			take() {
				const update = source.take();
				const receivedAt = update === void 0 ? void 0 : receivedAtOf(update);
				if (receivedAt !== void 0) published(stream, receivedAt);
				return update;
			},
			dispose: () => source.dispose()
		};
	}
	function book({ instrument, depth }, changed) {
		const market = marketOf(instrument);
		const undo = [market.hold({
			kind: "book",
			instrument
		})];
		const source = createBookSource({
			instrument,
			depth,
			feed: () => market.book(instrument),
			onDispose: () => runAll(undo)
		});
		undo.push(market.onChange((change) => {
			if (change.kind !== "book" || change.instrument !== instrument) return;
			source.touch();
			changed();
		}));
		return checked(measured(source, {
			kind: "book",
			instrument
		}, (view) => view.receivedAt), market, instrument, changed);
	}
	function trades({ instrument }, changed) {
		const market = marketOf(instrument);
		const undo = [market.hold({
			kind: "trade",
			instrument
		})];
		const source = createTradeSource({
			recent: () => market.tape(instrument).recent,
			onDispose: () => runAll(undo)
		});
		undo.push(market.onChange((change) => {
			if (change.kind !== "trade" || change.instrument !== instrument) return;
			if (change.trade) source.push(change.trade);
			else source.restart();
			changed();
		}));
		return checked(measured(source, {
			kind: "trade",
			instrument
		}, (trades) => trades.restart ? void 0 : trades.receivedAt.at(-1)), market, instrument, changed);
	}
	function candles({ instrument, interval }, changed) {
		const market = marketOf(instrument);
		if (!market.venue.intervals.includes(interval)) throw new HeartlineError("interval.unknown", `${market.venue.name} has no ${interval} candles`, { details: {
			interval,
			venue: market.venue.name,
			known: market.venue.intervals.join(" ")
		} });
		const stream = {
			kind: "candle",
			instrument,
			interval
		};
		const undo = [market.hold(stream)];
		const source = createCandleSource({
			feed: () => market.candles(instrument, interval),
			onDispose: () => runAll(undo)
		});
		undo.push(market.onChange((change) => {
			if (change.kind !== "candle" || change.instrument !== instrument || change.interval !== interval) return;
			source.touch(change.openTimes);
			changed();
		}));
		return checked(measured(source, stream, (update) => update.receivedAt), market, instrument, changed);
	}
	function health(changed) {
		const undo = seconds.on(changed);
		let takenAt = NaN;
		return {
			take() {
				const view = options.health();
				if (view.asOf === takenAt) return void 0;
				takenAt = view.asOf;
				return view;
			},
			dispose: undo
		};
	}
	function log(changed) {
		let pending = [...options.log.entries];
		return {
			take() {
				if (pending.length === 0) return void 0;
				const entries = pending;
				pending = [];
				return entries;
			},
			dispose: options.log.onEntry((entry) => {
				pending.push(entry);
				if (pending.length > 1e3) pending.shift();
				changed();
			})
		};
	}
	return {
		requests: {},
		watches: {
			tickers,
			book,
			trades,
			candles,
			health: (_input, changed) => health(changed),
			log: (_input, changed) => log(changed)
		},
		second: () => seconds.emit()
	};
}
/** Of an exchange that was added through ccxt: it may come back, or be gone. */
function isAdded(instrument) {
	return venueOf(instrument).startsWith("ccxt:");
}
function runAll(undo) {
	for (const one of undo.splice(0).reverse()) one();
}
// src/engine/recorder/record-line.ts
var OURS = "heartline/";
/** The `source` of what Heartline itself recorded of a venue. */
function sourceOf(venue) {
	return `${OURS}${venue}`;
}
/**
* One line of a recording, with its line end, in the format that `readRecord` reads: `{"source","channel","raw","recv",
* "dir","url","category"?,"status"?}`. `raw` is the text as it came, `recv` wall ms, `category` the route.
*/
function recordLine(note, receivedAt, route) {
	const category = route === void 0 ? {} : { category: route };
	const common = {
		source: sourceOf(note.venue),
		recv: receivedAt,
		url: note.url
	};
	switch (note.kind) {
		case "received": return line({
			...common,
			channel: `ws:${route ?? ""}`,
			raw: textOf(note.bytes),
			dir: "recv",
			...category
		});
		case "sent": return line({
			...common,
			channel: "ws-send",
			raw: note.text,
			dir: "send",
			...category
		});
		case "answer": {
			const path = URL.parse(note.url)?.pathname ?? "";
			return line({
				...common,
				channel: `rest:${path}`,
				raw: note.body,
				dir: "http",
				status: note.status
			});
		}
	}
}
function line(record) {
	return `${JSON.stringify(record)}\n`;
}
function textOf(bytes) {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
// src/engine/recorder/recording-file.ts
/** Compressed at once: small enough for a burst not to be lost with the process, large enough to be worth it. */
var BATCH_CHARS = 262144;
/** What may wait for a slow disk. */
var MOST_CHARS = 8388608;
var compress = promisify((text, done) => gzip(text, done));
function createGrowingFile(options) {
	const { path, append = appendFile, onFault } = options;
	let waiting = [];
	let chars = 0;
	let bytes = 0;
	let lines = 0;
	let isBroken = false;
	let isClosed = false;
	let writing;
	async function write() {
		while (waiting.length > 0 && !isBroken) {
			const batch = waiting;
			const batchChars = chars;
			waiting = [];
			try {
				const member = await compress(batch.join(""));
				await append(path, member);
				bytes += member.length;
			} catch (fault) {
				isBroken = true;
				waiting = [];
				onFault(fault);
			}
			chars -= batchChars;
		}
	}
	function flush() {
		if (writing || waiting.length === 0 || isBroken) return;
		writing = write().finally(() => {
			writing = void 0;
		});
	}
	return {
		path,
		get bytes() {
			return bytes;
		},
		get lines() {
			return lines;
		},
		add(line) {
			if (isBroken || isClosed || chars + line.length > MOST_CHARS) return false;
			waiting.push(line);
			chars += line.length;
			lines += 1;
			if (chars >= BATCH_CHARS) flush();
			return true;
		},
		flush,
		async close() {
			isClosed = true;
			await writing;
			flush();
			await writing;
		}
	};
}
// src/engine/recorder/recorder.ts
var CAP_BYTES = 1024 ** 3;
var ROTATE_BYTES = 50 * 1024 ** 2;
var ROTATE_MS = 36e5;
var FLUSH_MS = 1e3;
function createRecorder(options) {
	const { clock, tap, shelf } = options;
	const { capBytes = CAP_BYTES, rotateBytes = ROTATE_BYTES, rotateMs = ROTATE_MS } = options;
	let streams = [];
	let venues = /* @__PURE__ */ new Map();
	let current;
	let dropped = 0;
	let usedBytes = 0;
	let leave = () => void 0;
	/** What concerns files happens one after another. */
	let queue = Promise.resolve();
	function inTurn(work) {
		const turn = queue.then(work);
		queue = turn.catch(() => void 0);
		return turn;
	}
	async function begin() {
		const now = clock.now();
		const name = await shelf.newName(now);
		const begun = {
			name,
			file: createGrowingFile({
				path: shelf.pathOf(name),
				append: options.append,
				onFault: (fault) => failed(begun, fault)
			}),
			from: now,
			to: now,
			venues: /* @__PURE__ */ new Set()
		};
		await shelf.label(fileOf(begun));
		return begun;
	}
	function fileOf({ name, file, from, to, venues: seen }) {
		return {
			fileName: name,
			venues: [...seen],
			from,
			to,
			frames: file.lines,
			bytes: file.bytes
		};
	}
	function failed(broken, fault) {
		if (current !== broken) return;
		end();
		options.onFailed(messageOf$1(fault));
		options.onChange();
	}
	function end() {
		leave();
		leave = () => void 0;
		current = void 0;
		streams = [];
		venues = /* @__PURE__ */ new Map();
	}
	function take(note) {
		const recorded = venues.get(note.venue);
		if (!current || !recorded) return;
		const route = note.kind === "answer" ? void 0 : recorded.routes.get(note.url);
		if (note.kind !== "answer" && route === void 0) return;
		const now = clock.now();
		if (current.file.add(recordLine(note, now, route))) {
			current.to = now;
			current.venues.add(note.venue);
		} else dropped += 1;
	}
	async function tidy() {
		const mine = current;
		if (!mine) return;
		mine.file.flush();
		await shelf.label(fileOf(mine));
		usedBytes = await shelf.trim(capBytes, mine.name);
		if ((mine.file.bytes >= rotateBytes || clock.now() - mine.from >= rotateMs) && current === mine) await rotate(mine);
	}
	async function rotate(full) {
		const next = await begin();
		if (current !== full) return;
		current = next;
		options.onBegun();
		await full.file.close();
		await shelf.label(fileOf(full));
	}
	function second() {
		const mine = current;
		inTurn(tidy).catch((fault) => {
			if (mine) failed(mine, fault);
		});
		options.onChange();
	}
	return {
		start: (wantedStreams, wantedVenues) => inTurn(async () => {
			if (current) throw new HeartlineError("recording.on", "a recording is going on already");
			let begun;
			try {
				begun = await begin();
			} catch (fault) {
				throw new HeartlineError("recording.failed", `cannot record: ${messageOf$1(fault)}`, {
					cause: fault,
					details: { reason: messageOf$1(fault) }
				});
			}
			streams = wantedStreams;
			venues = new Map(wantedVenues.map((one) => [one.venue, one]));
			dropped = 0;
			current = begun;
			const stopHearing = tap.on(take);
			const stopFlushing = clock.every(FLUSH_MS, second);
			leave = () => {
				stopHearing();
				stopFlushing();
			};
			options.onBegun();
			options.onChange();
		}),
		stop: () => inTurn(async () => {
			const last = current;
			if (!last) return;
			end();
			options.onChange();
			await last.file.close();
			await shelf.label(fileOf(last));
			usedBytes = await shelf.trim(capBytes, void 0);
			options.onChange();
		}),
		view: () => ({
			isOn: current !== void 0,
			streams,
			...current ? { file: fileOf(current) } : {},
			capBytes,
			usedBytes,
			droppedFrames: dropped
		}),
		async list() {
			usedBytes = await shelf.trim(Number.POSITIVE_INFINITY, void 0);
			const files = await shelf.list();
			const growing = current && fileOf(current);
			return files.map((file) => file.fileName === growing?.fileName ? growing : file);
		}
	};
}
// src/shared/base/utc-text.ts
var DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)$/;
/** `2026-07-30T07:45:00` (a space for the T will do), read as UTC → ms epoch; `undefined` for what is no such time. */
function msOfUtcText(text) {
	const parts = DATE_TIME.exec(text);
	if (!parts) return void 0;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
	const ms = Date.UTC(year, month - 1, day, hour, minute, second);
	return utcText(ms) === text.replace(" ", "T") ? ms : void 0;
}
/** ms epoch → `2026-07-30T07:45:00`, in UTC, the rest of the second cut off. */
function utcText(ms) {
	return new Date(ms).toISOString().slice(0, 19);
}
var HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;
/** `Wed, 23 Sep 2026 03:39:02 GMT` (an HTTP `Date`, whole seconds) → ms epoch; `undefined` for what is none. */
function msOfHttpDate(text) {
	const ms = HTTP_DATE.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(ms) ? void 0 : ms;
}
// src/engine/recorder/recording-shelf.ts
var ENDING = ".ndjson.gz";
var LABEL = ".json";
var labelSchema = z.object({
	venues: z.array(z.string().transform((text) => venueId(text))),
	from: z.number(),
	to: z.number(),
	frames: z.number()
});
function createRecordingShelf(folder) {
	async function names() {
		try {
			return (await readdir(folder)).filter((name) => name.endsWith(ENDING)).toSorted();
		} catch (fault) {
			if (fault.code === "ENOENT") return [];
			throw fault;
		}
	}
	async function bytesOf(fileName) {
		try {
			return (await stat(join(folder, fileName))).size;
		} catch (fault) {
			if (fault.code === "ENOENT") return 0;
			throw fault;
		}
	}
	async function read(fileName) {
		try {
			return {
				fileName,
				...labelSchema.parse(JSON.parse(await readFile(join(folder, fileName + LABEL), "utf8"))),
				bytes: await bytesOf(fileName)
			};
		} catch {
			return;
		}
	}
	return {
		async newName(now) {
			await mkdir(folder, { recursive: true });
			const stem = `heartline-${utcText(now).replaceAll(":", "-")}`;
			const taken = new Set(await names());
			let name = stem + ENDING;
			for (let count = 2; taken.has(name); count += 1) name = `${stem}-${count}${ENDING}`;
			return name;
		},
		pathOf: (fileName) => join(folder, fileName),
		async label({ fileName, venues, from, to, frames }) {
			await writeFile(join(folder, fileName + LABEL), `${JSON.stringify({
				venues,
				from,
				to,
				frames
			})}\n`);
		},
		async list() {
			return (await Promise.all((await names()).map(read))).filter((file) => file !== void 0).toReversed();
		},
		async trim(capBytes, kept) {
			const files = await Promise.all((await names()).map(async (name) => ({
				name,
				bytes: await bytesOf(name)
			})));
			let used = files.reduce((sum, { bytes }) => sum + bytes, 0);
			for (const { name, bytes } of files) {
				if (used <= capBytes) break;
				if (name === kept) continue;
				await rm(join(folder, name), { force: true });
				await rm(join(folder, name + LABEL), { force: true });
				used -= bytes;
			}
			return used;
		}
	};
}
// src/engine/recorder/recording-room.ts
/** A book's snapshot has to be younger than the first change in the file. */
var PRIME_AFTER_MS = 1500;
var CANDLES = 500;
var MOST_PAGES = 50;
/** Recording as a window asks for it. What is recorded is kept alive, whoever looks at it. */
function createRecordingRoom(options) {
	const { clock, log, markets } = options;
	const shelf = createRecordingShelf(join(options.dataDir, "recordings"));
	const changed = createEmitter();
	let streams = [];
	let held = [];
	let cancelPriming = () => void 0;
	const recorder = createRecorder({
		...options,
		shelf,
		onBegun() {
			cancelPriming();
			cancelPriming = clock.after(PRIME_AFTER_MS, prime);
		},
		onFailed(reason) {
			release();
			log.add("error", "recording.failed", `recording has stopped: ${reason}`, { reason });
		},
		onChange: () => changed.emit()
	});
	function release() {
		cancelPriming();
		for (const undo of held) undo();
		held = [];
		streams = [];
	}
	function venueFor(stream) {
		return options.venues.find(({ venue }) => venue.id === venueOf(stream.instrument));
	}
	/** Has everything told anew that later frames build upon: lists, snapshots, the past of a chart. */
	function prime() {
		for (const { venue, rest } of options.venues) {
			const own = streams.filter(({ instrument }) => venueOf(instrument) === venue.id);
			if (own.length === 0) continue;
			const ask = (call) => rest.call(call).catch((fault) => {
				log.add("warn", "recording.incomplete", `${venue.name}: ${messageOf$1(fault)}`, {
					venue: venue.name,
					reason: messageOf$1(fault)
				});
			});
			askInstruments(venue, ask);
			for (const stream of own) {
				if (stream.kind === "candle") askCandles(venue, stream, ask);
				const snapshot = stream.kind === "book" ? venue.rest.bookSnapshot?.(stream.instrument) : void 0;
				if (snapshot) ask(snapshot);
				else if (venue.subscribing.kind === "add" && venue.book.snapshot === "stream") {
					if (stream.kind === "book" || stream.kind === "ticker") markets.of(venue.id).renew?.(stream);
				}
			}
		}
	}
	async function askInstruments(venue, ask) {
		let page = await ask(venue.rest.instruments());
		for (let count = 1; page && "instruments" in page && page.next && count < MOST_PAGES; count += 1) page = await ask(page.next);
	}
	async function askCandles(venue, { instrument, interval }, ask) {
		if (venue.rest.candleIntervals?.includes(interval) === false) return;
		const limit = Math.min(CANDLES, venue.rest.maxCandles);
		await ask(venue.rest.candles({
			instrument,
			interval,
			limit,
			now: clock.now()
		}));
	}
	return {
		requests: {
			async "recording.start"({ streams: wanted }) {
				const chosen = wanted.filter((stream) => venueFor(stream) !== void 0);
				if (chosen.length === 0) throw new HeartlineError("recording.nothing", "nothing of this has raw frames: neither what comes through ccxt, nor what was recorded");
				const recorded = options.venues.flatMap(({ venue, endpoints }) => {
					const own = chosen.filter(({ instrument }) => venueOf(instrument) === venue.id);
					const routes = new Map(own.map(venue.routeOf).map((route) => [venue.socketUrl(endpoints, route), route]));
					return own.length === 0 ? [] : [{
						venue: venue.id,
						routes
					}];
				});
				await recorder.start(chosen.map(streamKeyText), recorded);
				streams = chosen;
				held = chosen.map((stream) => markets.of(venueOf(stream.instrument)).hold(stream));
				log.add("info", "recording.started", `recording ${chosen.length} streams`, { count: chosen.length });
				return {};
			},
			async "recording.stop"() {
				const { file } = recorder.view();
				release();
				await recorder.stop();
				if (file) log.add("info", "recording.stopped", `recorded to ${file.fileName}`, { file: file.fileName });
				return {};
			},
			"recording.list": () => recorder.list()
		},
		watches: { recording(_input, tell) {
			let isNew = true;
			return {
				take() {
					if (!isNew) return void 0;
					isNew = false;
					return recorder.view();
				},
				dispose: changed.on(() => {
					isNew = true;
					tell();
				})
			};
		} },
		async close() {
			release();
			await recorder.stop();
		}
	};
}
// src/engine/recorder/wire-tap.ts
function createWireTap() {
	const notes = createEmitter();
	return {
		sockets: (venue, open) => (url, listener) => {
			const socket = open(url, {
				...listener,
				frame(bytes) {
					if (notes.listenerCount > 0) notes.emit({
						kind: "received",
						venue,
						url,
						bytes
					});
					listener.frame(bytes);
				}
			});
			return {
				...socket,
				send(text) {
					if (notes.listenerCount > 0) notes.emit({
						kind: "sent",
						venue,
						url,
						text
					});
					socket.send(text);
				}
			};
		},
		rest: (venue, fetch) => async (url, init) => {
			const answer = await fetch(url, init);
			const { status, headers } = answer;
			return {
				status,
				headers,
				async text() {
					const body = await answer.text();
					if (notes.listenerCount > 0) notes.emit({
						kind: "answer",
						venue,
						url,
						status,
						body
					});
					return body;
				}
			};
		},
		on: notes.on
	};
}
// src/engine/settings.ts
/** Creates the folder when missing. Throws `data-folder.unwritable`. */
function openDataFolder(dataDir) {
	try {
		mkdirSync(dataDir, { recursive: true });
		accessSync(dataDir, constants.W_OK);
		writeFileSync(join(dataDir, ".writable"), "");
	} catch (fault) {
		throw new HeartlineError("data-folder.unwritable", `cannot write to the data folder ${dataDir}`, {
			cause: fault,
			details: {
				folder: dataDir,
				reason: messageOf$1(fault)
			}
		});
	}
}
/** Anything but an object would pass as no setting at all, and be overwritten by the first change. */
function readObject(text) {
	const value = JSON.parse(text.replace(/^\uFEFF/, ""));
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
	throw new HeartlineError("settings.broken", "the settings file holds no settings");
}
/** Keeps each key that is valid by itself; the names of the others. */
function salvage(given, defaults) {
	const lost = [];
	const kept = {};
	for (const [key, value] of Object.entries(given)) {
		const checked = settingsSchema.partial().safeParse({ [key]: value });
		if (checked.success) Object.assign(kept, checked.data);
		else lost.push(key);
	}
	return {
		settings: {
			...defaults,
			...kept
		},
		lost
	};
}
/**
* Settings in `settings.json`. A key that makes no sense (a hand's mistake, another version's) falls back to its default and
* the log names it; the file as it was is kept beside. A file that cannot be read at all is set aside for the defaults.
*/
function openSettings(dataDir, defaults, log) {
	const path = join(dataDir, "settings.json");
	let held = load();
	function load() {
		let text;
		try {
			text = readFileSync(path, "utf8");
		} catch (fault) {
			if (fault.code === "ENOENT") return defaults;
			log.add("error", "settings.unreadable", messageOf$1(fault), { file: path });
			return defaults;
		}
		try {
			const { settings, lost } = salvage(readObject(text), defaults);
			if (lost.length > 0) {
				writeFileSync(`${path}.broken`, text);
				log.add("warn", "settings.partly", `these settings make no sense and were left out: ${lost.join(", ")}`, {
					keys: lost.join(", "),
					file: `${path}.broken`
				});
			}
			return settings;
		} catch (fault) {
			renameSync(path, `${path}.broken`);
			log.add("error", "settings.broken", messageOf$1(fault), { file: `${path}.broken` });
			return defaults;
		}
	}
	return {
		read: () => held,
		write(change) {
			const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== void 0));
			const next = settingsSchema.parse({
				...held,
				...given
			});
			try {
				writeFileSync(`${path}.new`, `${JSON.stringify(next, void 0, 2)}\n`);
				renameSync(`${path}.new`, path);
			} catch (fault) {
				throw new HeartlineError("settings.unwritable", messageOf$1(fault), {
					cause: fault,
					details: { file: path }
				});
			}
			held = next;
			return next;
		}
	};
}
// src/engine/storage/candle-store-prune.ts
/** A series shorter than this goes whole. */
var LEAST = 100;
/** Bytes one candle takes in the file, pages included; measured over 100,000 minutes. */
var BYTES_PER_CANDLE = 65;
/**
* Keeps the file within bounds: the oldest candles of a series longer than `maxPerSeries` go, and while all together
* exceed `maxBytes`, the oldest of the series longest unused. The file itself does not shrink; what is free is used again.
* Of lengths only those of `written` are looked at, and of the others only what has to make room: counting a full file
* takes a second, and nothing else runs meanwhile.
*/
function pruneCandles(database, bounds, written) {
	let removedCandles = 0;
	let removedSeries = 0;
	const cut = database.prepare("delete from candles where series = ? and open_time < (select open_time from candles where series = ? order by open_time desc limit 1 offset ?)");
	const drop = database.prepare("delete from candles where series = ?");
	const forget = database.prepare("delete from series where id = ?");
	const length = database.prepare("select count(*) from candles where series = ?").pluck();
	database.transaction(() => {
		for (const id of written) removedCandles += cut.run(id, id, bounds.maxPerSeries - 1).changes;
		let excess = usedBytes(database) - bounds.maxBytes;
		if (excess <= 0) return;
		const all = database.prepare("select id from series order by used_at").pluck().all();
		for (const id of all) {
			if (excess <= 0) break;
			const kept = Math.floor(Number(length.get(id)) * .5);
			const isWhole = kept < LEAST;
			const removed = isWhole ? drop.run(id).changes : cut.run(id, id, kept - 1).changes;
			if (isWhole) removedSeries += forget.run(id).changes;
			removedCandles += removed;
			excess -= removed * BYTES_PER_CANDLE;
		}
	})();
	return {
		removedCandles,
		removedSeries
	};
}
function usedBytes(database) {
	const [pages, free, pageBytes] = [
		"page_count",
		"freelist_count",
		"page_size"
	].map((name) => Number(database.pragma(name, { simple: true })));
	return ((pages ?? 0) - (free ?? 0)) * (pageBytes ?? 0);
}
// src/engine/storage/candle-store-schema.ts
var HISTORY_FILE = "history.db";
/** See `DatabaseOptions.migrations`. */
var CANDLE_MIGRATIONS = [`create table series (
     id integer primary key,
     venue text not null,
     instrument text not null,
     interval text not null,
     used_at integer not null,
     unique (instrument, interval)
   ) strict;
   create table candles (
     series integer not null references series (id),
     open_time integer not null,
     open real not null,
     high real not null,
     low real not null,
     close real not null,
     volume real not null,
     provenance integer not null,
     primary key (series, open_time)
   ) strict, without rowid;`];
// src/engine/storage/candle-store.ts
var WRITE_EVERY_MS = 1e3;
var MAX_BYTES = 209715200;
var MAX_PER_SERIES = 2e4;
/** Sizes are looked at after so many rows written. */
var PRUNE_EVERY = 5e3;
var MOST_PENDING = 5e4;
/** See `openDatabase` for what it throws and sets aside. Nothing here waits: the database is on this thread. */
function openCandleStore(options) {
	const { clock, log, maxBytes = MAX_BYTES, maxPerSeries = MAX_PER_SERIES } = options;
	const database = openDatabase({
		dataDir: options.dataDir,
		file: HISTORY_FILE,
		migrations: CANDLE_MIGRATIONS,
		clock,
		log
	});
	const statements = prepareAll(database);
	const seriesIds = /* @__PURE__ */ new Map();
	let pending = /* @__PURE__ */ new Map();
	let pendingCount = 0;
	let cancelWrite;
	let writtenSincePrune = PRUNE_EVERY;
	let hasFailed = false;
	let isDisposed = false;
	/** Series used since the last write: which go first when room is needed. */
	const used = /* @__PURE__ */ new Set();
	/** Series that grew since room was made last. */
	const written = /* @__PURE__ */ new Set();
	const textOf = ({ instrument, interval }) => `${interval} ${instrument}`;
	function idOf(key, isNew) {
		const text = textOf(key);
		const known = seriesIds.get(text);
		if (known !== void 0) return known;
		if (isNew) statements.addSeries.run(venueOf(key.instrument), key.instrument, key.interval, clock.now());
		const row = statements.series.get(key.instrument, key.interval);
		if (row) seriesIds.set(text, row.id);
		return row?.id;
	}
	const writeAll = database.transaction(() => {
		for (const { key, byOpenTime } of pending.values()) {
			const id = idOf(key, true);
			if (id === void 0) continue;
			used.add(id);
			written.add(id);
			for (const { openTime, open, high, low, close, volume, provenance } of byOpenTime.values()) statements.put.run(id, openTime, open, high, low, close, volume, PROVENANCES.indexOf(provenance));
		}
		for (const id of used) statements.use.run(clock.now(), id);
	});
	function flush() {
		cancelWrite?.();
		cancelWrite = void 0;
		if (pending.size === 0 && used.size === 0) return;
		try {
			writeAll();
			hasFailed = false;
			writtenSincePrune += pendingCount;
			if (writtenSincePrune > PRUNE_EVERY) {
				writtenSincePrune = 0;
				const pruned = pruneCandles(database, {
					maxBytes,
					maxPerSeries
				}, written);
				written.clear();
				if (pruned.removedSeries > 0) seriesIds.clear();
				if (pruned.removedCandles > 0) log.add("info", "history.pruned", `${pruned.removedCandles} remembered candles made room`, { count: pruned.removedCandles });
			}
		} catch (fault) {
			seriesIds.clear();
			if (!hasFailed) log.add("error", "history.unwritable", messageOf$1(fault), { file: HISTORY_FILE });
			hasFailed = true;
		}
		pending = /* @__PURE__ */ new Map();
		pendingCount = 0;
		used.clear();
	}
	return {
		read(key, limit, before) {
			if (isDisposed) return [];
			if (pending.has(textOf(key))) flush();
			const id = idOf(key, false);
			if (id === void 0) return [];
			used.add(id);
			cancelWrite ??= clock.after(WRITE_EVERY_MS, flush);
			return unbrokenRun(statements.read.all(id, before ?? Number.MAX_SAFE_INTEGER, limit), key.interval, before);
		},
		put(key, candles) {
			if (isDisposed) return;
			const text = textOf(key);
			for (const candle of candles) {
				if (!candle.closed || pendingCount >= MOST_PENDING) continue;
				const series = pending.get(text) ?? {
					key,
					byOpenTime: /* @__PURE__ */ new Map()
				};
				pending.set(text, series);
				if (!series.byOpenTime.has(candle.openTime)) pendingCount += 1;
				series.byOpenTime.set(candle.openTime, candle);
			}
			if (pending.size > 0) cancelWrite ??= clock.after(WRITE_EVERY_MS, flush);
		},
		flush,
		dispose() {
			flush();
			isDisposed = true;
			database.close();
		}
	};
}
function prepareAll(database) {
	try {
		return {
			addSeries: database.prepare("insert or ignore into series (venue, instrument, interval, used_at) values (?, ?, ?, ?)"),
			series: database.prepare("select id from series where instrument = ? and interval = ?"),
			put: database.prepare("insert or replace into candles (series, open_time, open, high, low, close, volume, provenance) values (?, ?, ?, ?, ?, ?, ?, ?)"),
			use: database.prepare("update series set used_at = ? where id = ?"),
			read: database.prepare("select open_time as openTime, open, high, low, close, volume, provenance from candles where series = ? and open_time < ? order by open_time desc limit ?")
		};
	} catch (fault) {
		database.close();
		throw new HeartlineError("database.unusable", messageOf$1(fault), { cause: fault });
	}
}
/** `rows` newest first → the run that ends with the newest, oldest first. */
function unbrokenRun(rows, interval, before) {
	const run = [];
	let due = before === void 0 ? void 0 : openTimeAt(interval, before - 1);
	for (const { provenance, ...candle } of rows) {
		if (due !== void 0 && candle.openTime !== due) break;
		run.push({
			...candle,
			closed: true,
			provenance: PROVENANCES[provenance] ?? "history"
		});
		due = openTimeAt(interval, candle.openTime - 1);
	}
	return run.reverse();
}
// src/engine/storage/open-history.ts
/** The candle store, or none where the disk cannot hold one: the desk goes on without a memory, and says so. */
function openHistory(options) {
	try {
		return openCandleStore(options);
	} catch (fault) {
		options.log.add("error", "history.unusable", messageOf$1(fault));
		return;
	}
}
// src/engine/tap.ts
/** See `Engine.tap`. */
async function tapMarkets(marketOf, streams, listener) {
	for (const stream of streams) {
		const market = marketOf(venueOf(stream.instrument));
		await market.check(stream.instrument);
		if (stream.kind === "candle" && !market.venue.intervals.includes(stream.interval)) throw new HeartlineError("interval.unknown", `${market.venue.name} has no ${stream.interval} candles`, { details: {
			interval: stream.interval,
			venue: market.venue.name
		} });
	}
	using stack = new DisposableStack();
	const wanted = new Set(streams.map(streamKeyText));
	const isWanted = (kind, instrument) => wanted.has(`${kind} ${instrument}`);
	for (const market of new Set(streams.map((stream) => marketOf(venueOf(stream.instrument))))) {
		stack.defer(market.onEvent((event) => {
			switch (event.kind) {
				case "book-delta":
				case "book-snapshot": break;
				case "candle":
					if (isWanted(`candle:${event.interval}`, event.instrument)) listener(event);
					break;
				default: if (isWanted(event.kind, event.instrument)) listener(event);
			}
		}));
		const toldIds = /* @__PURE__ */ new Map();
		stack.defer(market.onChange((change) => {
			if (change.kind !== "book" || !isWanted("book", change.instrument)) return;
			const book = market.book(change.instrument)?.book;
			if (book?.state !== "live" || book.lastUpdateId === toldIds.get(change.instrument)) return;
			toldIds.set(change.instrument, book.lastUpdateId);
			const { bids, asks } = book.read(1);
			listener({
				kind: "book-top",
				instrument: change.instrument,
				updateId: book.lastUpdateId,
				priceScale: book.priceScale,
				quantityScale: book.quantityScale,
				bid: best(bids),
				ask: best(asks)
			});
		}));
	}
	for (const stream of streams) stack.defer(marketOf(venueOf(stream.instrument)).hold(stream));
	const kept = stack.move();
	return () => kept.dispose();
}
function best(levels) {
	const [price, quantity] = levels;
	return price === void 0 || quantity === void 0 ? void 0 : [price, quantity];
}
// src/engine/engine.ts
/** Throws `HeartlineError('data-folder.unwritable')`. Returns at once; connections open when something is watched. */
function createEngine(options) {
	const { clock } = options;
	boundYoungGeneration();
	openDataFolder(options.dataDir);
	const startedAt = clock.now();
	const stack = new DisposableStack();
	const log = createEventLog(clock);
	const settings = openSettings(options.dataDir, defaultSettings(options.venues.map(({ venue }) => venue)), log);
	const ownHealth = stack.adopt(watchProcess(), (watched) => watched.dispose());
	const history = stack.adopt(openHistory({
		dataDir: options.dataDir,
		clock,
		log
	}), (store) => store?.dispose());
	const markets = stack.adopt(createMarketList(), (list) => list.dispose());
	const tap = createWireTap();
	const recordable = [];
	for (const { venue, endpoints } of options.venues) {
		const rest = createRestClient({
			venue,
			baseUrl: endpoints.rest,
			clock,
			fetch: tap.rest(venue.id, options.fetch ?? fetch),
			profile: () => settings.read().rateProfile
		});
		recordable.push({
			venue,
			endpoints,
			rest
		});
		markets.add(createVenueMarket({
			venue,
			endpoints,
			clock,
			log,
			openSocket: tap.sockets(venue.id, options.openSocket ?? openSocket),
			history,
			sources: () => settings.read().sources,
			meterOf: (stream) => metrics.meterOf(stream),
			rest
		}));
	}
	for (const { venue } of markets.all) if (settings.read().pausedVenues.includes(venue.id)) markets.of(venue.id).pause();
	for (const market of markets.all) market.warm?.(settings.read().watchlist.filter((instrument) => venueOf(instrument) === market.venue.id));
	let eventLoopDelayMs = 0;
	function health() {
		const offsets = markets.all.flatMap((market) => market.clockOffsetMs === void 0 ? [] : [[market.venue.id, market.clockOffsetMs]]);
		return {
			asOf: clock.now(),
			engine: {
				memoryMb: ownHealth.memoryMb,
				eventLoopDelayMs
			},
			connections: markets.all.flatMap((market) => market.health()),
			clockOffsetMs: Object.fromEntries(offsets)
		};
	}
	const metrics = stack.adopt(createMetricsRoom({
		clock,
		markets,
		process: ownHealth,
		eventLoopDelayMs: () => eventLoopDelayMs
	}), (room) => room.dispose());
	const incidents = stack.adopt(createIncidentRoom({
		clock,
		log,
		dataDir: options.dataDir,
		markets,
		settings: () => settings.read(),
		app: options.app,
		health,
		metrics: () => metrics.view(),
		async probe(venue) {
			return {
				ok: true,
				ms: await markets.of(venue).restRoundTrip?.() ?? NaN
			};
		},
		isLoopback: (venue) => options.venues.some((one) => one.venue.id === venue && isLoopback(one.endpoints.rest))
	}), (room) => room.dispose());
	const wake = (cause) => {
		for (const market of markets.all) market.wake(cause);
	};
	if (options.app.mode !== "replay") stack.defer(watchWake({
		clock,
		interfaces: options.interfaces,
		onWake: wake
	}));
	const fx = createFx({
		clock,
		settings,
		log,
		feed: options.fx
	});
	const premium = stack.adopt(createPremiumRoom({
		clock,
		markets,
		fx
	}), (room) => room.dispose());
	const drill = createDrillRoom(options.drill);
	const added = stack.adopt(createVenueRoom({
		clock,
		markets,
		settings,
		log,
		history,
		meterOf: (stream) => metrics.meterOf(stream),
		urlsOf: options.ccxtUrls,
		isLocked: options.app.mode === "replay"
	}), (room) => room.dispose());
	const recording = createRecordingRoom({
		clock,
		dataDir: options.dataDir,
		log,
		tap,
		markets,
		venues: options.app.mode === "replay" ? [] : recordable
	});
	const publisher = createPublisher({
		marketOf: markets.of,
		watchEach: markets.watchEach,
		log,
		health,
		published: (stream, receivedAt) => metrics.meterOf(stream).published(receivedAt, clock.now())
	});
	stack.defer(clock.every(1e3, () => {
		eventLoopDelayMs = ownHealth.eventLoopDelayMs();
		for (const market of markets.all) market.second();
		metrics.second();
		incidents.second();
		premium.second();
		publisher.second();
	}));
	const requests = {
		...metrics.requests,
		...incidents.requests,
		...premium.requests,
		...drill.requests,
		...added.requests,
		...recording.requests,
		...createMarketRequests({
			markets,
			settings,
			clock,
			log
		}),
		"app.describe": () => ({
			...options.app,
			venues: markets.all.map(({ venue: { id, name, intervals, sheet } }) => ({
				id,
				name,
				intervals,
				sheet,
				isAdded: id.startsWith("ccxt:")
			})),
			startedAt
		}),
		"settings.read": () => settings.read()
	};
	const watches = {
		...metrics.watches,
		...incidents.watches,
		...premium.watches,
		...drill.watches,
		...recording.watches,
		...publisher.watches
	};
	const clients = /* @__PURE__ */ new Set();
	stack.defer(() => {
		for (const end of clients) end();
	});
	const api = {
		request: (async (name, input) => requests[name](input)),
		watch: ((name, input, changed) => watches[name](input, changed))
	};
	return {
		api,
		serve(channel) {
			const end = serveClient(channel, api, clock, {
				onFault: (fault) => log.add("error", "internal", fault instanceof Error ? fault.stack ?? fault.message : String(fault)),
				onEnd: () => clients.delete(end)
			});
			clients.add(end);
			return end;
		},
		health,
		metrics: () => metrics.view(),
		tap: (streams, listener) => tapMarkets(markets.of, streams, listener),
		async [Symbol.asyncDispose]() {
			await recording.close();
			stack.dispose();
		}
	};
}
function isLoopback(url) {
	return [
		"127.0.0.1",
		"localhost",
		"[::1]"
	].includes(new URL(url).hostname);
}
// src/shared/base/system-clock.ts
/** The real clock, for shells, command lines and windows. Everything else is handed a `Clock`. */
var systemClock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
	after(delayMs, task) {
		const timer = setTimeout(task, delayMs);
		return () => clearTimeout(timer);
	},
	every(periodMs, task) {
		const timer = setInterval(task, periodMs);
		return () => clearInterval(timer);
	},
	random: () => Math.random()
};
// src/venues/binance/book-rule.ts
/** Levels a side that one snapshot call asks for: the most there are. */
var BOOK_LEVELS = 1e3;
/**
* How depth updates chain (venue's "How to manage a local order book correctly", USD-M):
* the first one must hold the snapshot's id (`U ≤ id ≤ u`) or follow it (`pu = id`); every later one must name
* its predecessor in `pu`. This is not the spot rule, which looks for `id + 1`.
*/
var book$3 = {
	snapshot: "rest",
	snapshotDepth: BOOK_LEVELS,
	bridge(snapshotUpdateId, delta) {
		if (delta.lastUpdateId < snapshotUpdateId) return "stale";
		if (delta.firstUpdateId <= snapshotUpdateId || delta.previousUpdateId === snapshotUpdateId) return "applied";
		return "early";
	},
	follow(lastUpdateId, delta) {
		if (delta.lastUpdateId <= lastUpdateId) return "stale";
		return delta.previousUpdateId === lastUpdateId ? "applied" : "gap";
	}
};
// src/shared/base/utf8.ts
var decoder = new TextDecoder("utf-8", { ignoreBOM: true });
var encoder = new TextEncoder();
/** UTF-8 bytes → text. Bytes that are no UTF-8 become U+FFFD; never throws. */
function textOfUtf8(bytes) {
	return decoder.decode(bytes);
}
/** Text → UTF-8 bytes. */
function utf8OfText(text) {
	return encoder.encode(text);
}
/** Writes `text` as UTF-8 to the start of `target` and returns how many bytes it took. `target` must have 3 bytes per character. */
function utf8Into(text, target) {
	return encoder.encodeInto(text, target).written;
}
// src/shared/base/byte-cursor.ts
var QUOTE$11 = 34;
var COMMA$5 = 44;
var COLON$2 = 58;
var OPEN_LIST$2 = 91;
var CLOSE_LIST$2 = 93;
var BACKSLASH$5 = 92;
var POINT$4 = 46;
var ZERO$5 = 48;
/** Digits that always fit a 32-bit integer, which V8 multiplies and adds fastest. */
var INT32_DIGITS$1 = 9;
/** 10^0 … 10^22: every power of ten that a double holds exactly. */
var POWERS_OF_TEN$1 = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/**
* Reads JSON tokens straight from a frame's bytes. It knows only the forms the venue prints today and
* answers `REFUSED` to anything else, never a guess: what it accepts, `JSON.parse` accepts with the same value.
* The last byte must be `}`, so that every loop over digits ends inside the frame.
* A class for speed: its fields are the hot state of one read.
*/
var ByteCursor = class {
	bytes = /* @__PURE__ */ new Uint8Array(0);
	end = 0;
	at = 0;
	/** Moves over `literal` when it stands here. */
	skip(literal) {
		const { bytes, at } = this;
		for (let index = 0; index < literal.length; index++) if (bytes[at + index] !== literal[index]) return false;
		this.at = at + literal.length;
		return true;
	}
	/** A key of one or two letters with its colon: `E` → 69, `pu` → 112 × 256 + 117. */
	key() {
		const { bytes, at } = this;
		const first = bytes[at + 1];
		if (bytes[at] !== QUOTE$11) return -1;
		if (bytes[at + 2] === QUOTE$11) {
			this.at = at + 4;
			return bytes[at + 3] === COLON$2 ? first : -1;
		}
		this.at = at + 5;
		return bytes[at + 3] === QUOTE$11 && bytes[at + 4] === COLON$2 ? first * 256 + bytes[at + 2] : -1;
	}
	/** Moves over text up to and with its closing quote; refuses escapes and control characters. */
	skipText() {
		const { bytes, end } = this;
		let at = this.at;
		while (at < end) {
			const byte = bytes[at++];
			if (byte === QUOTE$11) {
				this.at = at;
				return true;
			}
			if (byte === BACKSLASH$5 || byte < 32) return false;
		}
		return false;
	}
	/** An unquoted integer ≥ 0 up to 2^53 − 1. */
	count() {
		const { bytes } = this;
		const start = this.at;
		let at = start;
		let head = 0;
		let digit = bytes[at] - ZERO$5;
		while (digit >= 0 && digit <= 9 && at - start < INT32_DIGITS$1) {
			head = Math.imul(head, 10) + digit | 0;
			digit = bytes[++at] - ZERO$5;
		}
		if (at === start || bytes[start] === ZERO$5 && at - start > 1) return -1;
		const middle = at;
		let tail = 0;
		while (digit >= 0 && digit <= 9 && at - middle < INT32_DIGITS$1) {
			tail = Math.imul(tail, 10) + digit | 0;
			digit = bytes[++at] - ZERO$5;
		}
		if (digit >= 0 && digit <= 9) return -1;
		this.at = at;
		if (at === middle) return head;
		const value = head * POWERS_OF_TEN$1[at - middle] + tail;
		return value <= Number.MAX_SAFE_INTEGER ? value : -1;
	}
	/** A quoted decimal as the nearest double. */
	decimal() {
		const { bytes } = this;
		if (bytes[this.at] !== QUOTE$11) return -1;
		const start = this.at + 1;
		let at = start;
		let head = 0;
		let tail = 0;
		let digits = 0;
		let point = -1;
		for (;;) {
			const byte = bytes[at];
			const digit = byte - ZERO$5;
			if (digit >= 0 && digit <= 9) {
				if (digits < INT32_DIGITS$1) head = Math.imul(head, 10) + digit | 0;
				else tail = Math.imul(tail, 10) + digit | 0;
				digits++;
			} else if (byte === POINT$4 && point < 0 && at > start) point = at;
			else {
				if (byte !== QUOTE$11) return -1;
				break;
			}
			at++;
		}
		if (digits === 0 || digits > 15 || point === at - 1) return -1;
		this.at = at + 1;
		const value = digits <= INT32_DIGITS$1 ? head : head * POWERS_OF_TEN$1[digits - INT32_DIGITS$1] + tail;
		return point < 0 ? value : value / POWERS_OF_TEN$1[at - point - 1];
	}
	/**
	* A list of `["price","quantity"]` at the scales, into `into` as price, quantity, … Returns how many numbers
	* it wrote, and refuses prices of 0 and lists longer than the room.
	*/
	levels(into, priceScale, quantityScale) {
		const { bytes } = this;
		if (bytes[this.at] !== OPEN_LIST$2) return -1;
		if (bytes[this.at + 1] === CLOSE_LIST$2) {
			this.at += 2;
			return 0;
		}
		let at = this.at;
		for (let index = 0; index + 1 < into.length;) {
			if (bytes[at + 1] !== OPEN_LIST$2 || bytes[at + 2] !== QUOTE$11) return -1;
			const price = this.scaled(at + 3, priceScale);
			at = this.at;
			if (price <= 0 || bytes[at] !== COMMA$5 || bytes[at + 1] !== QUOTE$11) return -1;
			const quantity = this.scaled(at + 2, quantityScale);
			at = this.at;
			if (quantity < 0 || bytes[at] !== CLOSE_LIST$2) return -1;
			into[index++] = price;
			into[index++] = quantity;
			at += 1;
			if (bytes[at] === COMMA$5) continue;
			this.at = at + 1;
			return bytes[at] === CLOSE_LIST$2 ? index : -1;
		}
		return -1;
	}
	/**
	* A decimal after its opening quote, up to and with its closing quote, times 10^scale: an exact integer.
	* Refused when a digit other than 0 stands beyond the scale.
	*/
	scaled(start, scale) {
		const { bytes } = this;
		let at = start;
		let head = 0;
		let digit = bytes[at] - ZERO$5;
		while (digit >= 0 && digit <= 9) {
			head = Math.imul(head, 10) + digit | 0;
			digit = bytes[++at] - ZERO$5;
		}
		const point = at;
		if (point === start || point - start > INT32_DIGITS$1) return -1;
		let tail = 0;
		let read = 0;
		if (bytes[at] === POINT$4) {
			digit = bytes[++at] - ZERO$5;
			while (digit >= 0 && digit <= 9 && read < scale) {
				tail = Math.imul(tail, 10) + digit | 0;
				read++;
				digit = bytes[++at] - ZERO$5;
			}
			while (digit === 0) digit = bytes[++at] - ZERO$5;
			if (at - point === 1 || read > INT32_DIGITS$1) return -1;
		}
		if (bytes[at] !== QUOTE$11) return -1;
		this.at = at + 1;
		const value = head * POWERS_OF_TEN$1[scale] + tail * POWERS_OF_TEN$1[scale - read];
		return value <= Number.MAX_SAFE_INTEGER ? value : -1;
	}
};
// src/venues/binance/wire-keys.ts
var PU = 28789;
var NQ = 28273;
var ST = 29556;
var PS = 28787;
// src/venues/binance/frame-fields.ts
var QUOTE$10 = 34;
var COMMA$4 = 44;
var CLOSE_OBJECT$6 = 125;
function createFrameFields$1(memory) {
	const cursor = new ByteCursor();
	return {
		cursor,
		symbol() {
			if (cursor.bytes[cursor.at] !== QUOTE$10) return void 0;
			const entry = memory.entryAt(cursor.bytes, cursor.at + 1, cursor.end);
			if (entry !== void 0) cursor.at += entry.bytes.length + 2;
			return entry;
		},
		passes(key) {
			switch (key) {
				case ST: return cursor.count() === 1;
				case PS: return cursor.bytes[cursor.at++] === QUOTE$10 && cursor.skipText();
				case NQ: return cursor.bytes[cursor.at++] === QUOTE$10 && cursor.skipText();
				case 102:
				case 108: return cursor.count() !== -1;
				default: return false;
			}
		},
		more() {
			const byte = cursor.bytes[cursor.at++];
			return byte === COMMA$4 ? true : byte === CLOSE_OBJECT$6 ? false : void 0;
		}
	};
}
// src/shared/base/level-packer.ts
/** 32 KB: some tens of book changes. */
var SLAB_NUMBERS = 4096;
/**
* Copies the first `count` numbers of a room into levels of their own. An array beyond 64 bytes costs V8 an
* allocation outside its heap, more than the whole scan of its text; so many share one buffer. Whoever sends such
* levels to another thread copies them first.
*/
function createLevelPacker() {
	let slab = /* @__PURE__ */ new ArrayBuffer(0);
	let used = 0;
	return (room, count) => {
		if (count > SLAB_NUMBERS / 4) return room.slice(0, count);
		if (used + count * 8 > slab.byteLength) {
			slab = /* @__PURE__ */ new ArrayBuffer(SLAB_NUMBERS * 8);
			used = 0;
		}
		const levels = new Float64Array(slab, used, count);
		used += count * 8;
		for (let index = 0; index < count; index++) levels[index] = room[index];
		return levels;
	};
}
// src/venues/binance/scan-depth.ts
/** Room for the levels of one side: more than a snapshot has. A longer frame goes the general way. */
var MOST_LEVELS$2 = 4096;
/** Makes the reader of `depthUpdate`, from the key after `e` on. `undefined`: not the known form. */
function createDepthScanner() {
	const bidRoom = new Float64Array(MOST_LEVELS$2 * 2);
	const askRoom = new Float64Array(MOST_LEVELS$2 * 2);
	const pack = createLevelPacker();
	return (fields, receivedAt) => {
		const { cursor } = fields;
		let entry;
		let venueTime = 0;
		let firstUpdateId = 0;
		let lastUpdateId = 0;
		let previousUpdateId = 0;
		let bids = 0;
		let asks = 0;
		let seen = 0;
		for (;;) {
			const key = cursor.key();
			let field = 0;
			let value = 0;
			switch (key) {
				case 69:
					field = 1;
					value = cursor.count();
					break;
				case 84:
					field = 2;
					value = venueTime = cursor.count();
					break;
				case 115:
					field = 4;
					entry = fields.symbol();
					break;
				case 85:
					field = 8;
					value = firstUpdateId = cursor.count();
					break;
				case 117:
					field = 16;
					value = lastUpdateId = cursor.count();
					break;
				case PU:
					field = 32;
					value = previousUpdateId = cursor.count();
					break;
				case 98:
					field = 64;
					if (entry === void 0) return void 0;
					value = bids = cursor.levels(bidRoom, entry.priceScale, entry.quantityScale);
					break;
				case 97:
					field = 128;
					if (entry === void 0) return void 0;
					value = asks = cursor.levels(askRoom, entry.priceScale, entry.quantityScale);
					break;
				default: if (!fields.passes(key)) return void 0;
			}
			if (value === -1 || (seen & field) !== 0) return void 0;
			seen |= field;
			const goesOn = fields.more();
			if (goesOn === void 0) return void 0;
			if (!goesOn) break;
		}
		if (seen !== 255 || entry === void 0 || firstUpdateId > lastUpdateId) return void 0;
		return {
			kind: "book-delta",
			instrument: entry.instrument,
			venueTime,
			receivedAt,
			priceScale: entry.priceScale,
			quantityScale: entry.quantityScale,
			firstUpdateId,
			lastUpdateId,
			previousUpdateId,
			bids: pack(bidRoom, bids),
			asks: pack(askRoom, asks)
		};
	};
}
// src/venues/binance/scan-top.ts
/** `bookTicker`, from the key after `e` on. `undefined`: not the known form. */
function scanTop(fields, receivedAt) {
	const { cursor } = fields;
	let entry;
	let venueTime = 0;
	let updateId = 0;
	let bidPrice = 0;
	let bidQuantity = 0;
	let askPrice = 0;
	let askQuantity = 0;
	let seen = 0;
	for (;;) {
		const key = cursor.key();
		let field = 0;
		let value = 0;
		switch (key) {
			case 69:
				field = 1;
				value = cursor.count();
				break;
			case 84:
				field = 2;
				value = venueTime = cursor.count();
				break;
			case 115:
				field = 4;
				entry = fields.symbol();
				break;
			case 117:
				field = 8;
				value = updateId = cursor.count();
				break;
			case 98:
				field = 16;
				value = bidPrice = cursor.decimal();
				break;
			case 66:
				field = 32;
				value = bidQuantity = cursor.decimal();
				break;
			case 97:
				field = 64;
				value = askPrice = cursor.decimal();
				break;
			case 65:
				field = 128;
				value = askQuantity = cursor.decimal();
				break;
			default: if (!fields.passes(key)) return void 0;
		}
		if (value === -1 || (seen & field) !== 0) return void 0;
		seen |= field;
		const goesOn = fields.more();
		if (goesOn === void 0) return void 0;
		if (!goesOn) break;
	}
	if (seen !== 255 || entry === void 0) return void 0;
	return {
		kind: "top",
		instrument: entry.instrument,
		venueTime,
		receivedAt,
		updateId,
		bidPrice,
		bidQuantity,
		askPrice,
		askQuantity
	};
}
// src/venues/binance/scan-trade.ts
var MARKET = utf8OfText("\"MARKET\"");
var TRUE$1 = utf8OfText("true");
var FALSE$1 = utf8OfText("false");
/** `aggTrade` (id under `a`) and `trade` (id under `t`), from the key after `e` on. `undefined`: not the known form. */
function scanTrade$1(fields, idKey, receivedAt) {
	const { cursor } = fields;
	let entry;
	let venueTime = 0;
	let id = 0;
	let price = 0;
	let quantity = 0;
	let buyerIsMaker = false;
	let seen = 0;
	for (;;) {
		const key = cursor.key();
		let field = 0;
		let value = 0;
		switch (key) {
			case 69:
				field = 1;
				value = cursor.count();
				break;
			case 84:
				field = 2;
				value = venueTime = cursor.count();
				break;
			case 115:
				field = 4;
				entry = fields.symbol();
				break;
			case idKey:
				field = 8;
				value = id = cursor.count();
				break;
			case 112:
				field = 16;
				value = price = cursor.decimal();
				break;
			case 113:
				field = 32;
				value = quantity = cursor.decimal();
				break;
			case 109:
				field = 64;
				buyerIsMaker = cursor.skip(TRUE$1);
				if (!buyerIsMaker && !cursor.skip(FALSE$1)) return void 0;
				break;
			case 88:
				field = 128;
				if (!cursor.skip(MARKET)) return void 0;
				break;
			default: if (!fields.passes(key)) return void 0;
		}
		if (value === -1 || (seen & field) !== 0) return void 0;
		seen |= field;
		const goesOn = fields.more();
		if (goesOn === void 0) return void 0;
		if (!goesOn) break;
	}
	if ((seen | 128) !== 255 || entry === void 0 || price === 0 || quantity === 0) return void 0;
	return {
		kind: "trade",
		instrument: entry.instrument,
		venueTime,
		receivedAt,
		id: String(id),
		price,
		quantity,
		side: buyerIsMaker ? "sell" : "buy"
	};
}
// src/venues/binance/frame-scanner.ts
var QUOTE$9 = 34;
var AT = 64;
var ZERO$4 = 48;
var NINE$1 = 57;
var CLOSE_OBJECT$5 = 125;
var STREAM = utf8OfText("{\"stream\":\"");
var PAYLOAD = utf8OfText(",\"data\":{\"e\":\"");
var BARE = utf8OfText("{\"e\":\"");
var BOOK_TICKER = utf8OfText("bookTicker\",");
var DEPTH_UPDATE = utf8OfText("depthUpdate\",");
var AGG_TRADE = utf8OfText("aggTrade\",");
var TRADE = utf8OfText("trade\",");
var DEPTH = utf8OfText("@depth");
/**
* The events that make up nearly all traffic, read straight from the bytes: no `JSON.parse`, no text but ids.
* Keys may come in any order after `e`. Whatever else differs from the known form (an unknown or repeated key, a
* space, an escape, a number written otherwise, more digits than seen so far) is not judged here: the general
* reader decides, and agrees with this one on every frame accepted here.
*/
function createFrameScanner$2(memory) {
	const fields = createFrameFields$1(memory);
	const { cursor } = fields;
	const scanDepth = createDepthScanner();
	function event(streamAt, receivedAt) {
		switch (cursor.bytes[cursor.at]) {
			case 98: return cursor.skip(BOOK_TICKER) ? scanTop(fields, receivedAt) : void 0;
			case 100: return !namesSnapshots(cursor.bytes, streamAt) && cursor.skip(DEPTH_UPDATE) ? scanDepth(fields, receivedAt) : void 0;
			case 97: return cursor.skip(AGG_TRADE) ? scanTrade$1(fields, 97, receivedAt) : void 0;
			case 116: return cursor.skip(TRADE) ? scanTrade$1(fields, 116, receivedAt) : void 0;
			default: return;
		}
	}
	return (bytes, end, receivedAt) => {
		if (bytes[end - 1] !== CLOSE_OBJECT$5) return void 0;
		cursor.bytes = bytes;
		cursor.end = end;
		cursor.at = 0;
		const isWrapped = cursor.skip(STREAM);
		const streamAt = isWrapped ? cursor.at : -1;
		if (isWrapped ? !(cursor.skipText() && cursor.skip(PAYLOAD)) : !cursor.skip(BARE)) return void 0;
		const found = event(streamAt, receivedAt);
		const rest = isWrapped ? 1 : 0;
		return cursor.at === end - rest ? found : void 0;
	};
}
/** Whether the stream is `…@depth5`, `…@depth20@100ms`: whole tops, not changes. −1 stands for a bare frame. */
function namesSnapshots(bytes, streamAt) {
	if (streamAt < 0) return false;
	let at = streamAt;
	while (bytes[at] !== AT && bytes[at] !== QUOTE$9) at++;
	for (const letter of DEPTH) if (bytes[at++] !== letter) return false;
	const next = bytes[at];
	return next >= ZERO$4 && next <= NINE$1;
}
// src/shared/base/levels.ts
/** More digits after the point than any venue prints: such a level is garbage, not precision. */
var MAX_SCALE = 15;
/** 40 characters hold anything a market can print, and keep a hostile text from costing time. */
var LONGEST_TEXT = 40;
var NO_DECIMAL = -1;
var POINT$3 = 46;
var ZERO$3 = 48;
var NINE = 57;
/**
* The wire's two lists of `[price, quantity]` texts → exact integers at scales no smaller than `least`.
* Trailing zeros do not count as digits: `61800.20` has one. Where the integers would not be exact at
* `least` (it was learned from a corrupt frame), the lists' own scales are used.
* Throws {@link Misshapen} for anything but plain decimals, a price of 0, or digits beyond 2^53.
*/
function scaleLevels(bids, asks, least) {
	const bidSide = textSide(bids, "bids");
	const askSide = textSide(asks, "asks");
	const own = {
		priceScale: Math.max(bidSide.priceScale, askSide.priceScale),
		quantityScale: Math.max(bidSide.quantityScale, askSide.quantityScale)
	};
	const wide = {
		priceScale: Math.max(least.priceScale, own.priceScale),
		quantityScale: Math.max(least.quantityScale, own.quantityScale)
	};
	for (const scales of [wide, own]) {
		const scaledBids = scaleSide(bidSide, "bids", scales);
		const scaledAsks = scaleSide(askSide, "asks", scales);
		if (scaledBids && scaledAsks) return {
			...scales,
			bids: scaledBids,
			asks: scaledAsks
		};
	}
	throw new Misshapen("a level has more digits than an exact integer holds");
}
function textSide(value, name) {
	if (!Array.isArray(value)) throw new Misshapen(`${name} is no list: ${show(value)}`);
	const texts = [];
	let priceScale = 0;
	let quantityScale = 0;
	for (const level of value) {
		if (!Array.isArray(level) || level.length !== 2) throw new Misshapen(`${name} holds no [price, quantity]: ${show(level)}`);
		const [price, quantity] = level;
		const pricePlaces = placesOf(price);
		const quantityPlaces = placesOf(quantity);
		if (pricePlaces === NO_DECIMAL || quantityPlaces === NO_DECIMAL) throw new Misshapen(`${name} holds no decimal texts: ${show(price)} ${show(quantity)}`);
		if (pricePlaces > priceScale) priceScale = pricePlaces;
		if (quantityPlaces > quantityScale) quantityScale = quantityPlaces;
		texts.push(price, quantity);
	}
	if (priceScale > MAX_SCALE || quantityScale > MAX_SCALE) throw new Misshapen("a level has too many digits");
	return {
		texts,
		priceScale,
		quantityScale
	};
}
/** Digits after the point, trailing zeros not counted; `NO_DECIMAL` for what is no plain decimal text ≥ 0. */
function placesOf(value) {
	if (typeof value !== "string" || value.length > LONGEST_TEXT) return NO_DECIMAL;
	let point = -1;
	let last = -1;
	for (let at = 0; at < value.length; at++) {
		const code = value.charCodeAt(at);
		if (code >= ZERO$3 && code <= NINE) {
			if (code !== ZERO$3) last = at;
		} else if (code === POINT$3 && point < 0 && at > 0) point = at;
		else return NO_DECIMAL;
	}
	if (value === "" || point === value.length - 1) return NO_DECIMAL;
	return point < 0 || last < point ? 0 : last - point;
}
/** `undefined` where the integers would not be exact. Throws {@link Misshapen} for a price of 0. */
function scaleSide({ texts }, name, scales) {
	const levels = new Float64Array(texts.length);
	for (let index = 0; index < texts.length; index++) {
		const isPrice = index % 2 === 0;
		const value = scaled(texts[index], isPrice ? scales.priceScale : scales.quantityScale);
		if (value > Number.MAX_SAFE_INTEGER) return void 0;
		if (isPrice && value === 0) throw new Misshapen(`${name} holds a price of 0`);
		levels[index] = value;
	}
	return levels;
}
/** The digits of plain decimal text as an integer at `scale`, which it does not exceed; beyond 2^53 − 1 it is inexact. */
function scaled(text, scale) {
	let value = 0;
	let places = -1;
	for (let at = 0; at < text.length && places < scale; at++) {
		const code = text.charCodeAt(at);
		if (code === POINT$3) places = 0;
		else {
			value = value * 10 + (code - ZERO$3);
			if (places >= 0) places++;
		}
	}
	for (let place = Math.max(places, 0); place < scale; place++) value *= 10;
	return value;
}
/** True when prices fall (bids) or rise (asks) strictly from the first level on. */
function isBestFirst$2(levels, falling) {
	for (let index = 2; index < levels.length; index += 2) {
		const step = (levels[index] ?? 0) - (levels[index - 2] ?? 0);
		if (falling ? step >= 0 : step <= 0) return false;
	}
	return true;
}
// src/venues/binance/json-reader.ts
/**
* Any parsed frame → what it means: combined wrapping or bare, one event or a list, acks and errors.
* Never throws. The byte scanner must agree with this reader on every frame it accepts.
* Shapes: the venue's "Websocket Market Streams" pages, state of 2026-11.
*/
function readFrame$3(frame, receivedAt, memory) {
	if (isWireObject(frame) && typeof frame["stream"] === "string" && "data" in frame) return readPayload(frame["data"], frame["stream"], receivedAt, memory);
	return readPayload(frame, "", receivedAt, memory);
}
function readPayload(payload, stream, receivedAt, memory) {
	if (!Array.isArray(payload)) return [readOne$2(payload, stream, receivedAt, memory)];
	const rows = payload.map((row) => readOne$2(row, stream, receivedAt, memory));
	const telling = rows.filter((row) => row.kind !== "ignored");
	return telling.length > 0 ? telling : rows.length > 0 ? rows.slice(0, 1) : [ignored$3("empty list")];
}
function readOne$2(payload, stream, receivedAt, memory) {
	if (!isWireObject(payload)) return {
		kind: "failed",
		reason: `no object: ${show(payload)}`
	};
	try {
		return typeof payload["e"] === "string" ? readEvent$2(payload["e"], payload, stream, receivedAt, memory) : readAnswer$1(payload);
	} catch (fault) {
		if (!(fault instanceof Misshapen)) throw fault;
		return {
			kind: "failed",
			reason: `${show(payload["e"])}: ${messageOf$1(fault)}`
		};
	}
}
function readEvent$2(event, payload, stream, receivedAt, memory) {
	const read = READERS$2.get(event);
	if (!read) return ignored$3(`event ${show(event)}`);
	const market = payload["st"];
	if (market !== void 0 && market !== 1) return ignored$3("not USD-M");
	const symbol = text(payload, "s");
	const entry = memory.entryOf(symbol);
	if (!entry) return ignored$3(`symbol ${show(symbol)}`);
	return read(payload, entry, receivedAt, stream);
}
var READERS$2 = /* @__PURE__ */ new Map([
	["aggTrade", (payload, entry, receivedAt) => readTrade$3(payload, "a", entry, receivedAt)],
	["trade", (payload, entry, receivedAt) => readTrade$3(payload, "t", entry, receivedAt)],
	["bookTicker", readTop$2],
	["depthUpdate", readDepth],
	["kline", readCandle$2],
	["24hrTicker", readTicker$7],
	["24hrMiniTicker", readTicker$7],
	["markPriceUpdate", readMark]
]);
function readTrade$3(payload, idKey, entry, receivedAt) {
	const id = String(count(payload, idKey));
	const price = decimal(payload, "p");
	const quantity = decimal(payload, "q");
	const side = flag(payload, "m") ? "sell" : "buy";
	const venueTime = count(payload, "T");
	if (price === 0 || quantity === 0) return ignored$3("a print of nothing");
	const trade = {
		kind: "trade",
		instrument: entry.instrument,
		venueTime,
		receivedAt,
		id,
		price,
		quantity,
		side
	};
	const execution = payload["X"];
	return execution === void 0 || execution === "MARKET" ? trade : {
		...trade,
		offBook: true
	};
}
function readTop$2(payload, entry, receivedAt) {
	return {
		kind: "top",
		instrument: entry.instrument,
		venueTime: matchingTime(payload),
		receivedAt,
		updateId: count(payload, "u"),
		bidPrice: decimal(payload, "b"),
		bidQuantity: decimal(payload, "B"),
		askPrice: decimal(payload, "a"),
		askQuantity: decimal(payload, "A")
	};
}
/** `btcusdt@depth20@100ms` brings whole tops under the same event name as the changes of `btcusdt@depth`. */
var SNAPSHOT_STREAM = /^[^@]*@depth\d/;
function readDepth(payload, entry, receivedAt, stream) {
	const firstUpdateId = count(payload, "U");
	const lastUpdateId = count(payload, "u");
	if (firstUpdateId > lastUpdateId) throw new Misshapen("U is beyond u");
	const chained = payload["pu"] !== void 0;
	const previousUpdateId = chained ? count(payload, "pu") : 0;
	const venueTime = matchingTime(payload);
	const levels = scaleLevels(payload["b"], payload["a"], entry);
	const common = {
		instrument: entry.instrument,
		venueTime,
		receivedAt,
		lastUpdateId,
		...levels
	};
	if (SNAPSHOT_STREAM.test(stream)) {
		if (!isBestFirst$2(levels.bids, true) || !isBestFirst$2(levels.asks, false)) throw new Misshapen("levels are not in order");
		learn(entry, levels);
		return {
			kind: "book-snapshot",
			...common
		};
	}
	learn(entry, levels);
	const delta = {
		kind: "book-delta",
		...common,
		firstUpdateId
	};
	return chained ? {
		...delta,
		previousUpdateId
	} : delta;
}
function learn(entry, seen) {
	entry.priceScale = seen.priceScale;
	entry.quantityScale = seen.quantityScale;
}
function readCandle$2(payload, entry, receivedAt) {
	const row = payload["k"];
	if (!isWireObject(row)) throw new Misshapen(`k is no object: ${show(row)}`);
	const interval = text(row, "i");
	if (!isInterval(interval)) return ignored$3(`interval ${show(interval)}`);
	const candle = {
		openTime: count(row, "t"),
		open: decimal(row, "o"),
		high: decimal(row, "h"),
		low: decimal(row, "l"),
		close: decimal(row, "c"),
		volume: decimal(row, "v"),
		closed: flag(row, "x")
	};
	if (candle.high < candle.low) throw new Misshapen("h is below l");
	return {
		kind: "candle",
		instrument: entry.instrument,
		venueTime: count(payload, "E"),
		receivedAt,
		interval,
		candle
	};
}
function readTicker$7(payload, entry, receivedAt) {
	return {
		kind: "ticker",
		instrument: entry.instrument,
		venueTime: count(payload, "E"),
		receivedAt,
		last: decimal(payload, "c"),
		open: decimal(payload, "o"),
		high: decimal(payload, "h"),
		low: decimal(payload, "l"),
		volume: decimal(payload, "v"),
		quoteVolume: decimal(payload, "q")
	};
}
function readMark(payload, entry, receivedAt) {
	const mark = {
		kind: "mark",
		instrument: entry.instrument,
		venueTime: count(payload, "E"),
		receivedAt,
		markPrice: decimal(payload, "p"),
		indexPrice: decimal(payload, "i")
	};
	if (payload["r"] === "" || payload["r"] === void 0) return mark;
	const fundingRate = signedDecimal(payload, "r");
	const nextFundingTime = count(payload, "T");
	return nextFundingTime === 0 ? {
		...mark,
		fundingRate
	} : {
		...mark,
		fundingRate,
		nextFundingTime
	};
}
/** Replies to what we sent: `{"result":null,"id":1}`, `{"code":2,"msg":"…"}`, `{"error":{"code","msg"},"id":1}`. */
function readAnswer$1(payload) {
	const id = payload["id"];
	const error = isWireObject(payload["error"]) ? payload["error"] : payload;
	const code = error["code"];
	if (typeof code === "number" || typeof code === "string" && code !== "") {
		const message = typeof error["msg"] === "string" ? error["msg"].slice(0, 300) : "";
		const refusal = {
			kind: "refusal",
			code: String(code),
			message
		};
		return isCount(id) ? {
			...refusal,
			requestId: id
		} : refusal;
	}
	if (!("result" in payload)) return {
		kind: "failed",
		reason: "neither an event nor an answer"
	};
	return isCount(id) ? {
		kind: "ack",
		requestId: id
	} : ignored$3("an answer to nobody");
}
/** When the matching engine made it (`T`); events without it carry only when they were sent (`E`). */
function matchingTime(payload) {
	return count(payload, payload["T"] === void 0 ? "E" : "T");
}
function ignored$3(reason) {
	return {
		kind: "ignored",
		reason
	};
}
// src/shared/base/name-memory.ts
var QUOTE$8 = 34;
var BACKSLASH$4 = 92;
/** Remembers what `make` made of each name, `most` at a time: garbage names must not grow it for ever. */
function createNameMemory(make, most) {
	const entries = /* @__PURE__ */ new Map();
	const byHash = /* @__PURE__ */ new Map();
	let last;
	function entryOf(name) {
		const known = entries.get(name);
		if (known) return known;
		const entry = make(name);
		if (entry === void 0) return void 0;
		if (entries.size >= most) {
			entries.clear();
			byHash.clear();
			last = void 0;
		}
		entries.set(name, entry);
		return entry;
	}
	return {
		entryOf,
		entryAt(bytes, from, end) {
			if (last !== void 0 && standsAt(last.bytes, bytes, from)) return last;
			let hash = 0;
			let at = from;
			for (; at < end && bytes[at] !== QUOTE$8; at++) {
				const byte = bytes[at];
				if (byte === BACKSLASH$4 || byte < 32) return void 0;
				hash = Math.imul(hash, 31) + byte | 0;
			}
			let entry = byHash.get(hash);
			if (entry === void 0 || !standsAt(entry.bytes, bytes, from)) {
				entry = entryOf(textOfUtf8(bytes.subarray(from, at)));
				if (entry === void 0 || !standsAt(entry.bytes, bytes, from)) return void 0;
				byHash.set(hash, entry);
			}
			last = entry;
			return entry;
		}
	};
}
/** Whether `name` and a quote stand at `from`. */
function standsAt(name, bytes, from) {
	for (let index = 0; index < name.length; index++) if (bytes[from + index] !== name[index]) return false;
	return bytes[from + name.length] === QUOTE$8;
}
// src/venues/binance/symbols.ts
var BINANCE = venueId("binance");
/** Quote assets of USD-M contracts, past and present; where two fit a name the longer wins. */
var QUOTES = [
	"FDUSD",
	"USDT",
	"USDC",
	"USD1",
	"BUSD",
	"TUSD",
	"BTC",
	"ETH",
	"BNB"
];
var NOT_IN_A_SYMBOL = /[\s:\p{Cc}\-_\p{Ll}]/u;
var DELIVERY = /^(.+)_(\d{6})$/;
/**
* The venue's spelling → our id, by the naming rule alone (no instrument list needed):
* `BTCUSDT` → `binance:BTC-USDT-PERP`, `BTCUSDT_261225` → `binance:BTC-USDT-261225`.
* `undefined` when the name follows neither form.
*/
function instrumentOf$3(symbol) {
	const delivery = DELIVERY.exec(symbol);
	const contract = delivery?.[1] ?? symbol;
	const ending = delivery?.[2] ?? "PERP";
	if (contract.length > 40 || NOT_IN_A_SYMBOL.test(contract)) return void 0;
	const quote = QUOTES.find((known) => contract.endsWith(known) && contract.length > known.length);
	if (quote === void 0) return void 0;
	return `${BINANCE}:${contract.slice(0, -quote.length)}-${quote}-${ending}`;
}
/** Our id → the venue's spelling. Throws `instrument.unknown` for ids that no USD-M contract can have. */
function symbolOf$3(instrument) {
	const [base = "", quote = "", ending = ""] = instrumentName(instrument).split("-");
	const symbol = ending === "PERP" ? `${base}${quote}` : `${base}${quote}_${ending}`;
	if (venueOf(instrument) !== BINANCE || instrumentOf$3(symbol) !== instrument) throw new HeartlineError("instrument.unknown", `not a Binance USD-M instrument: ${instrument}`, { details: { instrument } });
	return symbol;
}
// src/venues/binance/symbol-memory.ts
var MOST_SYMBOLS$3 = 4096;
/** One memory per connection, shared by the byte scanner and the JSON reader so that both agree on scales. */
function createSymbolMemory$3(options) {
	return createNameMemory((symbol) => {
		const instrument = instrumentOf$3(symbol);
		if (instrument === void 0) return void 0;
		const scales = options.scaleOf?.(instrument);
		return {
			instrument,
			bytes: utf8OfText(symbol),
			priceScale: scales?.priceScale ?? 0,
			quantityScale: scales?.quantityScale ?? 0
		};
	}, MOST_SYMBOLS$3);
}
// src/venues/binance/market-codec.ts
/** Text frames up to this long are scanned as bytes; longer ones are parsed. */
var ROOM$2 = 262144;
/** Frames of the public and market routes → events. Never throws: see `Decode`. */
function createDecoder$3(options = {}) {
	const memory = createSymbolMemory$3(options);
	const scan = createFrameScanner$2(memory);
	const parse = parserOn$2(memory);
	let room;
	return (frame, receivedAt) => {
		let bytes;
		let end;
		if (typeof frame !== "string") {
			bytes = frame;
			end = frame.length;
		} else if (frame.length * 3 <= ROOM$2) {
			room ??= new Uint8Array(ROOM$2);
			bytes = room;
			end = utf8Into(frame, room);
		} else return parse(frame, receivedAt);
		const event = scan(bytes, end, receivedAt);
		return event === void 0 ? parse(frame, receivedAt) : [event];
	};
}
function parserOn$2(memory) {
	return (frame, receivedAt) => {
		let parsed;
		try {
			parsed = JSON.parse(typeof frame === "string" ? frame : textOfUtf8(frame));
		} catch {
			return [{
				kind: "failed",
				reason: "not JSON"
			}];
		}
		return readFrame$3(parsed, receivedAt, memory);
	};
}
// src/venues/binance/refusal.ts
var MINUTE_MS$1 = 6e4;
/** The web firewall (403) names no end; its blocks are said to last minutes. */
var FIREWALL_MS = 5 * MINUTE_MS$1;
/** Longest ban the venue documents: three days. */
var LONGEST_MS$3 = 4320 * MINUTE_MS$1;
var TOO_MANY_REQUESTS = -1003;
var TOO_MANY_ORDERS = -1015;
var OVERLOADED = -1008;
/** The firewall speaks of how often, whoever turns a place away speaks of places. */
var PLACE = /restricted|location|country|region|eligib/i;
var BAD_CLOCK = -1021;
/**
* Status, headers and body of a REST answer → why it is a refusal, or `undefined` when it is none.
* 429 asks to wait, 418 is a ban for having ignored it, 403 is the firewall, 451 turns a place away. Fact sheet of the
* venue, section 7.
*/
function refusalOf$3(status, headers, body, now) {
	const error = errorIn$3(status, body);
	if (status < 400 && error === void 0) return void 0;
	const message = `${status} ${error?.message ?? body.slice(0, 200)}`.trim();
	const bannedUntil = /banned until (\d{13})\b/.exec(error?.message ?? body)?.[1];
	if (status === 418 || bannedUntil !== void 0) {
		const named = bannedUntil === void 0 ? void 0 : Number(bannedUntil) - now;
		return {
			code: "ban",
			message,
			retryAfterMs: within$3(retryAfter$3(headers) ?? named ?? 2 * MINUTE_MS$1)
		};
	}
	if (status === 451 || status === 403 && PLACE.test(body.slice(0, 5e3))) return {
		code: "geo",
		message
	};
	if (status === 401) return {
		code: "auth",
		message
	};
	if (error?.code === BAD_CLOCK) return {
		code: "clock",
		message
	};
	if (status === 403) return {
		code: "ban",
		message,
		retryAfterMs: within$3(retryAfter$3(headers) ?? FIREWALL_MS)
	};
	if (status === 429 || error?.code === TOO_MANY_REQUESTS || error?.code === TOO_MANY_ORDERS) {
		const nextMinute = MINUTE_MS$1 - now % MINUTE_MS$1;
		return {
			code: "rate-limit",
			message,
			retryAfterMs: within$3(retryAfter$3(headers) ?? nextMinute)
		};
	}
	if (status === 503 || error?.code === OVERLOADED) {
		const named = retryAfter$3(headers);
		return {
			code: "maintenance",
			message,
			...named !== void 0 && { retryAfterMs: within$3(named) }
		};
	}
	return {
		code: "venue.error",
		message
	};
}
function errorIn$3(status, body) {
	if (status < 400 && !(body.length < 1e3 && /^\s*\{\s*"code"\s*:\s*-/.test(body))) return void 0;
	try {
		const parsed = JSON.parse(body);
		if (!isWireObject(parsed) || typeof parsed["code"] !== "number") return void 0;
		const text = typeof parsed["msg"] === "string" ? parsed["msg"].slice(0, 300) : "";
		return {
			code: parsed["code"],
			message: `${parsed["code"]} ${text}`.trim()
		};
	} catch {
		return;
	}
}
/** `Retry-After` in whole seconds; the venue does not use the date form. */
function retryAfter$3(headers) {
	const text = headers.get("retry-after")?.trim();
	return text !== void 0 && /^\d{1,9}$/.test(text) ? Number(text) * 1e3 : void 0;
}
function within$3(waitMs) {
	return Math.min(Math.max(waitMs, 0), LONGEST_MS$3);
}
// src/venues/binance/instrument-list.ts
/**
* `exchangeInfo` → instruments. Rows of contracts Heartline does not model (no contract type yet, a name
* outside the naming rule) are left out; a row it does model must be whole, or the answer is refused.
* `pricePrecision` and `quantityPrecision` are not the steps: those stand in the filters.
*/
function readInstruments$2(body) {
	const rows = isWireObject(body) ? body["symbols"] : void 0;
	if (!Array.isArray(rows)) throw new Misshapen(`symbols is no list: ${show(rows)}`);
	return rows.map(readInstrument$3).filter((instrument) => instrument !== void 0);
}
function readInstrument$3(row) {
	if (!isWireObject(row)) throw new Misshapen(`a symbol is no object: ${show(row)}`);
	const id = instrumentOf$3(text(row, "symbol"));
	const kind = kindOf$1(row["contractType"]);
	if (id === void 0 || kind === void 0) return void 0;
	const [base = "", quote = ""] = id.slice(BINANCE.length + 1).split("-");
	const filters = filtersOf(row);
	const tickSize = step$1(filters, "PRICE_FILTER", "tickSize");
	const quantityStep = step$1(filters, "LOT_SIZE", "stepSize");
	const minNotional = filters.get("MIN_NOTIONAL");
	return {
		id,
		venue: BINANCE,
		kind,
		base,
		quote,
		status: row["status"] === "TRADING" ? "trading" : "halted",
		tickSize,
		priceScale: decimalPlaces(tickSize),
		quantityStep,
		quantityScale: decimalPlaces(quantityStep),
		minQuantity: step$1(filters, "LOT_SIZE", "minQty"),
		...minNotional && { minNotional: trimDecimal(decimalText(minNotional, "notional")) }
	};
}
function kindOf$1(contractType) {
	switch (contractType) {
		case "PERPETUAL":
		case "TRADIFI_PERPETUAL": return "perpetual";
		case "CURRENT_QUARTER":
		case "NEXT_QUARTER":
		case "CURRENT_QUARTER DELIVERING":
		case "NEXT_QUARTER DELIVERING": return "future";
		default: return;
	}
}
function filtersOf(row) {
	const filters = row["filters"];
	if (!Array.isArray(filters)) throw new Misshapen(`filters is no list: ${show(filters)}`);
	return new Map(filters.filter(isWireObject).map((filter) => [filter["filterType"], filter]));
}
/** A filter's decimal, trimmed. A step of 0 would make every price valid: refused. */
function step$1(filters, type, key) {
	const value = trimDecimal(decimalText(filters.get(type) ?? {}, key));
	if (value === "0") throw new Misshapen(`${type}.${key} is 0`);
	return value;
}
// src/venues/binance/rest.ts
var MAX_CANDLES$3 = 1500;
var MAX_TRADES$3 = 1e3;
/** The one budget of reads: weight per minute and address. */
var WEIGHT = "weight";
/** Paths, weights and bodies of the public REST calls (venue's "Market Data Endpoints", state of 2026-11). */
var rest$3 = {
	maxCandles: MAX_CANDLES$3,
	serverTime() {
		return {
			path: "/fapi/v1/time",
			scope: WEIGHT,
			weight: 1,
			parse: (body) => count(object(body), "serverTime")
		};
	},
	instruments() {
		return {
			path: "/fapi/v1/exchangeInfo",
			scope: WEIGHT,
			weight: 1,
			parse: (body) => readInstruments$2(body)
		};
	},
	candles(query) {
		const limit = clamp$3(query.limit, MAX_CANDLES$3);
		return {
			path: pathOf$2("/fapi/v1/klines", {
				symbol: symbolOf$3(query.instrument),
				interval: query.interval,
				startTime: query.from,
				endTime: query.to,
				limit
			}),
			scope: WEIGHT,
			weight: limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1e3 ? 5 : 10,
			parse: (body) => readCandles$3(list(body), query.now)
		};
	},
	bookSnapshot(instrument) {
		return {
			path: pathOf$2("/fapi/v1/depth", {
				symbol: symbolOf$3(instrument),
				limit: BOOK_LEVELS
			}),
			scope: WEIGHT,
			weight: 20,
			parse: (body, receivedAt) => readBook$5(body, instrument, receivedAt)
		};
	},
	ticker(instrument) {
		return {
			path: pathOf$2("/fapi/v1/ticker/24hr", { symbol: symbolOf$3(instrument) }),
			scope: WEIGHT,
			weight: 1,
			parse: (body, receivedAt) => readTicker$6(object(body), instrument, receivedAt)
		};
	},
	top(instrument) {
		return {
			path: pathOf$2("/fapi/v1/ticker/bookTicker", { symbol: symbolOf$3(instrument) }),
			scope: WEIGHT,
			weight: 2,
			parse: (body, receivedAt) => readTop$1(object(body), instrument, receivedAt)
		};
	},
	trades(instrument, limit) {
		return {
			path: pathOf$2("/fapi/v1/aggTrades", {
				symbol: symbolOf$3(instrument),
				limit: clamp$3(limit, MAX_TRADES$3)
			}),
			scope: WEIGHT,
			weight: 20,
			parse: (body, receivedAt) => list(body).map((row) => readTradeRow(object(row), instrument, receivedAt))
		};
	}
};
function readCandles$3(rows, now) {
	const candles = rows.map((row) => readCandleRow$1(row, now));
	const newest = Math.max(...candles.map(({ openTime }) => openTime));
	return candles.map((candle) => candle.openTime < newest ? {
		...candle,
		closed: true
	} : candle);
}
function readCandleRow$1(row, now) {
	const [openTime, open, high, low, close, volume, closeTime] = list(row);
	const fields = {
		openTime,
		open,
		high,
		low,
		close,
		volume,
		closeTime
	};
	const candle = {
		openTime: count(fields, "openTime"),
		open: decimal(fields, "open"),
		high: decimal(fields, "high"),
		low: decimal(fields, "low"),
		close: decimal(fields, "close"),
		volume: decimal(fields, "volume"),
		closed: count(fields, "closeTime") < now
	};
	if (candle.high < candle.low) throw new Misshapen("a candle whose high is below its low");
	return candle;
}
function readBook$5(body, instrument, receivedAt) {
	const book = object(body);
	const levels = scaleLevels(book["bids"], book["asks"], {
		priceScale: 0,
		quantityScale: 0
	});
	if (!isBestFirst$2(levels.bids, true) || !isBestFirst$2(levels.asks, false)) throw new Misshapen("book levels are not in order");
	return {
		kind: "book-snapshot",
		instrument,
		venueTime: count(book, book["T"] === void 0 ? "E" : "T"),
		receivedAt,
		lastUpdateId: count(book, "lastUpdateId"),
		...levels
	};
}
function readTicker$6(row, instrument, receivedAt) {
	return {
		kind: "ticker",
		instrument,
		venueTime: count(row, "closeTime"),
		receivedAt,
		last: decimal(row, "lastPrice"),
		open: decimal(row, "openPrice"),
		high: decimal(row, "highPrice"),
		low: decimal(row, "lowPrice"),
		volume: decimal(row, "volume"),
		quoteVolume: decimal(row, "quoteVolume")
	};
}
function readTop$1(row, instrument, receivedAt) {
	return {
		kind: "top",
		instrument,
		venueTime: count(row, "time"),
		receivedAt,
		updateId: row["lastUpdateId"] === void 0 ? 0 : count(row, "lastUpdateId"),
		bidPrice: decimal(row, "bidPrice"),
		bidQuantity: decimal(row, "bidQty"),
		askPrice: decimal(row, "askPrice"),
		askQuantity: decimal(row, "askQty")
	};
}
function readTradeRow(row, instrument, receivedAt) {
	return {
		kind: "trade",
		instrument,
		venueTime: count(row, "T"),
		receivedAt,
		id: String(count(row, "a")),
		price: decimal(row, "p"),
		quantity: decimal(row, "q"),
		side: flag(row, "m") ? "sell" : "buy"
	};
}
function object(body) {
	if (!isWireObject(body)) throw new Misshapen(`no object: ${show(body)}`);
	return body;
}
function list(body) {
	if (!Array.isArray(body)) throw new Misshapen(`no list: ${show(body)}`);
	return body;
}
/** Throws `limit.invalid` for what is no count; more than the venue gives becomes the most it gives. */
function clamp$3(limit, most) {
	if (!Number.isInteger(limit) || limit < 1) throw new HeartlineError("limit.invalid", `not a number of rows: ${limit}`, { details: { limit } });
	return Math.min(limit, most);
}
function pathOf$2(path, query) {
	return `${path}?${Object.entries(query).filter(([, value]) => value !== void 0).map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join("&")}`;
}
// src/venues/binance/index.ts
var BINANCE_INTERVALS = [
	"1m",
	"3m",
	"5m",
	"15m",
	"30m",
	"1h",
	"2h",
	"4h",
	"6h",
	"8h",
	"12h",
	"1d",
	"3d",
	"1w",
	"1M"
];
var BTC$2 = instrumentId(`${BINANCE}:BTC-USDT-PERP`);
/** Binance USD-M futures: public market data. */
var binance = {
	id: BINANCE,
	name: "Binance",
	environments: {
		mainnet: {
			rest: "https://fapi.binance.com",
			ws: "wss://fstream.binance.com"
		},
		demo: {
			rest: "https://demo-fapi.binance.com",
			ws: "wss://demo-fstream.binance.com"
		}
	},
	limits: {
		maxStreamsPerConnection: 1024,
		sendsPerSecond: 5,
		channelsPerFrame: 100,
		connections: {
			count: 300,
			windowMs: 3e5
		},
		connectionLifeMs: 864e5,
		staleAfterMs: 3e4,
		budgets: [{
			scope: WEIGHT,
			capacity: 2400,
			windowMs: 6e4
		}]
	},
	intervals: BINANCE_INTERVALS,
	favourites: [
		"BTC-USDT",
		"ETH-USDT",
		"SOL-USDT",
		"XRP-USDT",
		"BNB-USDT",
		"DOGE-USDT",
		"ADA-USDT",
		"LINK-USDT",
		"AVAX-USDT",
		"SUI-USDT"
	].map((name) => instrumentId(`${BINANCE}:${name}-PERP`)),
	routeOf(stream) {
		switch (stream.kind) {
			case "top":
			case "book": return "public";
			case "ticker":
			case "trade":
			case "mark":
			case "candle": return "market";
			default: return assertNever(stream);
		}
	},
	socketUrl(endpoints, route) {
		return `${endpoints.ws}/${route}/stream`;
	},
	channelOf(stream) {
		const symbol = symbolOf$3(stream.instrument).toLowerCase();
		switch (stream.kind) {
			case "ticker": return `${symbol}@ticker`;
			case "top": return `${symbol}@bookTicker`;
			case "trade": return `${symbol}@aggTrade`;
			case "book": return `${symbol}@depth@100ms`;
			case "mark": return `${symbol}@markPrice@1s`;
			case "candle": return `${symbol}@kline_${stream.interval}`;
			default: return assertNever(stream);
		}
	},
	rhythmOf(stream) {
		switch (stream.kind) {
			case "ticker": return 2e3;
			case "mark": return 1e3;
			case "top":
			case "book":
			case "trade":
			case "candle": return;
			default: return assertNever(stream);
		}
	},
	canaryOf(route) {
		return {
			kind: route === "market" ? "mark" : "book",
			instrument: BTC$2
		};
	},
	tradeFollows: (previousId, id) => Number(id) === Number(previousId) + 1,
	subscribing: {
		kind: "add",
		subscribeFrame: (channels, requestId) => JSON.stringify({
			method: "SUBSCRIBE",
			params: channels,
			id: requestId
		}),
		unsubscribeFrame: (channels, requestId) => JSON.stringify({
			method: "UNSUBSCRIBE",
			params: channels,
			id: requestId
		}),
		refusesWhole: false
	},
	createDecoder: createDecoder$3,
	instrumentOf: instrumentOf$3,
	symbolOf: symbolOf$3,
	book: book$3,
	rest: rest$3,
	refusalOf: refusalOf$3,
	budgetNotes(_call, headers) {
		const used = Number(headers.get("x-mbx-used-weight-1m") ?? NaN);
		return Number.isFinite(used) ? [{
			scope: WEIGHT,
			used
		}] : [];
	},
	takerFee: 5e-4,
	sheet: {
		means: {
			instruments: "native",
			ticker: "native",
			top: "native",
			trade: "native",
			book: "native",
			candle: "native",
			mark: "native"
		},
		freshnessBoundMs: {
			ticker: 7500,
			mark: 5500,
			top: 3e4,
			book: 3e4,
			trade: 3e4,
			candle: 3e4
		},
		bookProof: "sequence",
		orderSafety: "full"
	}
};
// src/venues/bithumb/book-rule.ts
/** A venue whose newer frames say older times for this long has set its clock back. */
var SET_BACK_MS$1 = 5e3;
/**
* Every frame is the whole book as far as the venue shows it (15 levels a side): a lost one is healed by the next, and
* nothing has to be chained. Without a sequence, time alone tells the order: a frame of an older time, as the
* snapshot of a new subscription, which may come after newer ones, does not replace what is held.
*/
var book$2 = {
	snapshot: "stream",
	supersedes: (held, snapshot) => snapshot.lastUpdateId >= held.lastUpdateId || snapshot.receivedAt - held.receivedAt > SET_BACK_MS$1,
	bridge: () => "stale",
	follow: () => "stale"
};
// src/venues/bithumb/intervals.ts
/**
* Candles Bithumb answers for over REST, with the path below `/v1/candles`; it streams none. Four hours, days, weeks
* and months it has too, but where they begin (at midnight in Seoul or in UTC) is not written down: those are made of
* hours here, which begin together in both.
*/
var UNITS$2 = /* @__PURE__ */ new Map([
	["1m", "minutes/1"],
	["3m", "minutes/3"],
	["5m", "minutes/5"],
	["10m", "minutes/10"],
	["15m", "minutes/15"],
	["30m", "minutes/30"],
	["1h", "minutes/60"]
]);
/** What can be charted, shortest first. Those without a unit of the venue are made of shorter ones. */
var BITHUMB_INTERVALS = [
	"1m",
	"3m",
	"5m",
	"10m",
	"15m",
	"30m",
	"1h",
	"2h",
	"4h",
	"6h",
	"8h",
	"12h",
	"1d"
];
// src/venues/bithumb/levels.ts
/**
* The wire's units, an ask and a bid each, → both sides best first as exact integers. Slots of price 0
* are padding of the thinner side; a size of 0 is an order below 0.00005, rounded away by the venue, not a level. Throws {@link Misshapen} for sides that are not strictly in order.
*/
function readUnits$1(units, keys, least) {
	if (!Array.isArray(units)) throw new Misshapen(`${keys.units} is no list: ${show(units)}`);
	const bids = [];
	const asks = [];
	for (const unit of units) {
		if (!isWireObject(unit)) throw new Misshapen(`${keys.units} holds no object: ${show(unit)}`);
		addLevel$1(bids, unit, keys.bidPrice, keys.bidQuantity);
		addLevel$1(asks, unit, keys.askPrice, keys.askQuantity);
	}
	const levels = scaleNumberLevels(bids, asks, least);
	if (!isBestFirst$1(levels.bids, -1) || !isBestFirst$1(levels.asks, 1)) throw new Misshapen("levels are not in order");
	return levels;
}
function addLevel$1(side, unit, priceKey, quantityKey) {
	const price = wireNumber(unit[priceKey]);
	const quantity = wireNumber(unit[quantityKey]);
	if (price === void 0 || quantity === void 0) throw new Misshapen(`${priceKey} or ${quantityKey} is no number ≥ 0: ${show(unit[priceKey])} ${show(unit[quantityKey])}`);
	if (Number(price) > 0 && Number(quantity) > 0) side.push(price, quantity);
}
/** True when prices go strictly in one direction from the first level on. */
function isBestFirst$1(levels, direction) {
	for (let index = 2; index < levels.length; index += 2) if ((levels[index] - levels[index - 2]) * direction <= 0) return false;
	return true;
}
/** The best of a whole book. A side without an order has no price (NaN) and the quantity 0. */
function topOf$1(book) {
	const { instrument, venueTime, receivedAt, lastUpdateId, bids, asks, priceScale, quantityScale } = book;
	const price = 10 ** priceScale;
	const quantity = 10 ** quantityScale;
	return {
		kind: "top",
		instrument,
		venueTime,
		receivedAt,
		updateId: lastUpdateId,
		bidPrice: (bids[0] ?? NaN) / price,
		bidQuantity: (bids[1] ?? 0) / quantity,
		askPrice: (asks[0] ?? NaN) / price,
		askQuantity: (asks[1] ?? 0) / quantity
	};
}
// src/venues/bithumb/wire-keys.ts
var DEFAULT_KEYS$1 = {
	code: "code",
	timestamp: "timestamp",
	price: "trade_price",
	quantity: "trade_volume",
	side: "ask_bid",
	tradeTime: "trade_timestamp",
	id: "sequential_id",
	units: "orderbook_units",
	askPrice: "ask_price",
	bidPrice: "bid_price",
	askQuantity: "ask_size",
	bidQuantity: "bid_size",
	level: "level",
	open: "opening_price",
	high: "high_price",
	low: "low_price",
	volume24h: "acc_trade_volume_24h",
	quoteVolume24h: "acc_trade_price_24h",
	state: "market_state",
	suspended: "is_trading_suspended"
};
var SIMPLE_KEYS$1 = {
	code: "cd",
	timestamp: "tms",
	price: "tp",
	quantity: "tv",
	side: "ab",
	tradeTime: "ttms",
	id: "sid",
	units: "obu",
	askPrice: "ap",
	bidPrice: "bp",
	askQuantity: "as",
	bidQuantity: "bs",
	level: "lv",
	open: "op",
	high: "hp",
	low: "lp",
	volume24h: "atv24h",
	quoteVolume24h: "atp24h",
	state: "ms",
	suspended: "its"
};
// src/venues/bithumb/json-reader.ts
/**
* Any parsed frame (by `parseExactJson`) → what it means: either format, one event or a list of them, pongs and errors.
* Never throws. Shapes: the venue's
* WebSocket reference (API 2.x), state of 2026-11. Frames of the legacy socket (1.0) are ignored by their types.
*/
function readFrame$2(frame, receivedAt, memory) {
	if (!Array.isArray(frame)) return readOne$1(frame, receivedAt, memory);
	const rows = frame.flatMap((row) => readOne$1(row, receivedAt, memory));
	return rows.length > 0 ? rows : [ignored$2("empty list")];
}
function readOne$1(payload, receivedAt, memory) {
	if (!isWireObject(payload)) return [{
		kind: "failed",
		reason: `no object: ${show(payload)}`
	}];
	const keys = payload["type"] === void 0 ? SIMPLE_KEYS$1 : DEFAULT_KEYS$1;
	const type = payload["type"] ?? payload["ty"];
	if (typeof type !== "string") return [readWord$1(payload)];
	try {
		return readEvent$1(type, payload, keys, receivedAt, memory);
	} catch (fault) {
		if (!(fault instanceof Misshapen)) throw fault;
		return [{
			kind: "failed",
			reason: `${show(type)}: ${messageOf$1(fault)}`
		}];
	}
}
function readEvent$1(type, payload, keys, receivedAt, memory) {
	const read = READERS$1.get(type);
	if (!read) return [ignored$2(`type ${show(type)}`)];
	const symbol = text(payload, keys.code);
	const entry = memory.entryOf(symbol);
	if (!entry) return [ignored$2(`symbol ${show(symbol)}`)];
	return read(payload, keys, entry, receivedAt);
}
var READERS$1 = /* @__PURE__ */ new Map([
	["orderbook", readBook$4],
	["trade", (...frame) => [readTrade$2(...frame)]],
	["ticker", (...frame) => [readTicker$5(...frame)]]
]);
function readBook$4(payload, keys, entry, receivedAt) {
	const level = payload[keys.level];
	if (level !== void 0 && level !== 0 && level !== 1) return [ignored$2(`a book grouped by ${show(level)}`)];
	const lastUpdateId = epochMicros(payload, keys.timestamp);
	const levels = readUnits$1(payload[keys.units], keys, entry);
	entry.priceScale = levels.priceScale;
	entry.quantityScale = levels.quantityScale;
	const book = {
		kind: "book-snapshot",
		instrument: entry.instrument,
		venueTime: Math.floor(lastUpdateId / 1e3),
		receivedAt,
		lastUpdateId,
		...levels
	};
	return [book, topOf$1(book)];
}
function readTrade$2(payload, keys, entry, receivedAt) {
	const side = payload[keys.side];
	if (side !== "ASK" && side !== "BID") throw new Misshapen(`${keys.side} is neither ASK nor BID: ${show(side)}`);
	const trade = {
		kind: "trade",
		instrument: entry.instrument,
		venueTime: epochMs(payload, keys.tradeTime),
		receivedAt,
		id: digits(payload, keys.id),
		price: numeric(payload, keys.price),
		quantity: numeric(payload, keys.quantity),
		side: side === "ASK" ? "sell" : "buy"
	};
	return trade.price === 0 || trade.quantity === 0 ? ignored$2("a print of nothing") : trade;
}
/** Open, high and low are those of the day (in Seoul, by all we know); the volumes are those of the last 24 hours. */
function readTicker$5(payload, keys, entry, receivedAt) {
	if (payload[keys.open] === void 0) return ignored$2("a ticker without its day");
	return {
		kind: "ticker",
		instrument: entry.instrument,
		venueTime: epochMs(payload, payload[keys.tradeTime] === void 0 ? keys.timestamp : keys.tradeTime),
		receivedAt,
		last: numeric(payload, keys.price),
		open: numeric(payload, keys.open),
		high: numeric(payload, keys.high),
		low: numeric(payload, keys.low),
		volume: numeric(payload, keys.volume24h),
		quoteVolume: numeric(payload, keys.quoteVolume24h),
		...isHalted$1(payload, keys) && { halted: true }
	};
}
/** `market_state` is PREVIEW, ACTIVE or DELISTED. */
function isHalted$1(payload, keys) {
	const state = payload[keys.state];
	return payload[keys.suspended] === true || state === "PREVIEW" || state === "DELISTED";
}
/** What is no event: `{"status":"UP"}` after a PING, `{"error":{"name","message"}}` before the venue closes (1000). */
function readWord$1(payload) {
	if (payload["status"] === "UP") return { kind: "pong" };
	const error = payload["error"];
	if (error !== void 0) {
		const told = isWireObject(error) ? error : { name: error };
		const name = told["name"];
		const message = told["message"];
		return {
			kind: "refusal",
			code: typeof name === "string" || typeof name === "number" ? String(name).slice(0, 60) : "unnamed",
			message: typeof message === "string" ? message.slice(0, 300) : ""
		};
	}
	return ignored$2("neither an event nor an error");
}
function ignored$2(reason) {
	return {
		kind: "ignored",
		reason
	};
}
// src/venues/bithumb/symbols.ts
var BITHUMB = venueId("bithumb");
var SYMBOL$2 = /^(KRW|BTC|USDT)-([^\s:\p{C}\-\p{Ll}]{1,40})$/u;
/**
* The venue's spelling → our id, by the naming rule alone (no instrument list needed): `KRW-BTC` → `bithumb:BTC-KRW`.
* `undefined` when the name does not follow it.
*/
function instrumentOf$2(symbol) {
	const parts = SYMBOL$2.exec(symbol);
	return parts ? `${BITHUMB}:${parts[2]}-${parts[1]}` : void 0;
}
/** Our id → the venue's spelling. Throws `instrument.unknown` for ids that no market of Bithumb can have. */
function symbolOf$2(instrument) {
	const [base = "", quote = ""] = instrumentName(instrument).split("-");
	const symbol = `${quote}-${base}`;
	if (venueOf(instrument) !== BITHUMB || instrumentOf$2(symbol) !== instrument) throw new HeartlineError("instrument.unknown", `not a Bithumb instrument: ${instrument}`, { details: { instrument } });
	return symbol;
}
// src/venues/bithumb/symbol-memory.ts
/** Quantities are cut to four digits after the point. Those of prices depend on the price: they are learned. */
var QUANTITY_SCALE$1 = 4;
var MOST_SYMBOLS$2 = 4096;
/** One memory per connection. */
function createSymbolMemory$2() {
	const entries = /* @__PURE__ */ new Map();
	return { entryOf(symbol) {
		const known = entries.get(symbol);
		if (known) return known;
		const instrument = instrumentOf$2(symbol);
		if (instrument === void 0) return void 0;
		const entry = {
			instrument,
			priceScale: 0,
			quantityScale: QUANTITY_SCALE$1
		};
		if (entries.size >= MOST_SYMBOLS$2) entries.clear();
		entries.set(symbol, entry);
		return entry;
	} };
}
// src/venues/bithumb/market-codec.ts
/**
* Frames of the public socket → events. Never throws: see `Decode`. A liquid market sends ten frames a second: parsed
* whole, without a byte scanner, fifty of them cost a few thousandths of a core.
*/
function createDecoder$2() {
	const memory = createSymbolMemory$2();
	return (frame, receivedAt) => {
		let parsed;
		try {
			parsed = parseExactJson(typeof frame === "string" ? frame : textOfUtf8(frame));
		} catch {
			return [{
				kind: "failed",
				reason: "not JSON"
			}];
		}
		return readFrame$2(parsed, receivedAt, memory);
	};
}
// src/venues/bithumb/refusal.ts
var SECOND_MS$2 = 1e3;
/** How long a kind of call stays closed after too many is not published. */
var CLOSED_MS = 10 * SECOND_MS$2;
var LONGEST_MS$2 = 86400 * SECOND_MS$2;
var MAINTENANCE = /maintenance|점검/i;
/**
* Status, headers and body of a REST answer → why it is a refusal, or `undefined` when it is none. Public calls answer
* errors with HTTP 200: the body decides. Good answers are lists. Fact sheet of the venue, section 6.
*/
function refusalOf$2(status, headers, body) {
	const error = errorIn$2(body);
	const isPage = status < 400 && /^\s*</.test(body) && MAINTENANCE.test(body.slice(0, 5e3));
	if (status < 400 && error === void 0 && !isPage) return void 0;
	const message = `${status} ${error?.text ?? body.slice(0, 200)}`.trim();
	const wait = retryAfter$2(headers);
	const name = error?.name ?? "";
	if (status === 418) return {
		code: "ban",
		message,
		retryAfterMs: within$2(wait ?? 600 * SECOND_MS$2)
	};
	if (status === 429 || name === "429" || name.startsWith("too_many")) return {
		code: "rate-limit",
		message,
		retryAfterMs: within$2(wait ?? CLOSED_MS)
	};
	if (status === 403 || status === 451) return {
		code: "geo",
		message
	};
	if (status === 401) return {
		code: /expired_jwt/.test(name) ? "clock" : "auth",
		message
	};
	if (status === 503 || MAINTENANCE.test(message) || isPage) return {
		code: "maintenance",
		message,
		...wait !== void 0 && { retryAfterMs: within$2(wait) }
	};
	return {
		code: "venue.error",
		message
	};
}
/** `{"error":{"name","message"}}`, `{"name","message"}` of the gateway, `{"status":"5500","message"}` of the legacy API. */
function errorIn$2(body) {
	if (!/^\s*\{/.test(body)) return void 0;
	try {
		const parsed = JSON.parse(body.slice(0, 1e4));
		if (!isWireObject(parsed)) return void 0;
		const error = isWireObject(parsed["error"]) ? parsed["error"] : parsed;
		const name = String(error["name"] ?? error["status"] ?? "").slice(0, 60);
		if (name === "" || name === "0000") return void 0;
		return {
			name,
			text: `${name} ${typeof error["message"] === "string" ? error["message"].slice(0, 300) : ""}`.trim()
		};
	} catch {
		return;
	}
}
/** `Retry-After` in whole seconds; never seen here. */
function retryAfter$2(headers) {
	const text = headers.get("retry-after")?.trim();
	return text !== void 0 && /^\d{1,9}$/.test(text) ? Number(text) * SECOND_MS$2 : void 0;
}
function within$2(waitMs) {
	return Math.min(Math.max(waitMs, SECOND_MS$2), LONGEST_MS$2);
}
// src/venues/bithumb/replace-frame.ts
/**
* The request that names everything wanted from now on: `['ticker KRW-BTC', 'ticker KRW-ETH', 'orderbook KRW-BTC']` →
* `[{"ticket":"heartline-1"},{"type":"ticker","codes":["KRW-BTC","KRW-ETH"]},{"type":"orderbook","codes":["KRW-BTC"]},{"format":"DEFAULT"}]`.
*/
function replaceFrame$1(channels, requestId) {
	const codesOf = /* @__PURE__ */ new Map();
	for (const channel of channels) {
		const space = channel.indexOf(" ");
		const type = channel.slice(0, space);
		const codes = codesOf.get(type) ?? [];
		codesOf.set(type, codes);
		codes.push(channel.slice(space + 1));
	}
	const types = [...codesOf].map(([type, codes]) => ({
		type,
		codes
	}));
	return JSON.stringify([
		{ ticket: `heartline-${requestId}` },
		...types,
		{ format: "DEFAULT" }
	]);
}
// src/venues/bithumb/candle-page.ts
/**
* What is asked for → the open times one page may hold. The venue pages backwards only, so many candles up to an end:
* where a beginning is given, the end is set as many candles later, and of what the page brings from before only the
* last is kept, as proof of how far it reaches.
*/
function windowOf$1(query) {
	const { interval, from, limit, now } = query;
	if (from === void 0) return {
		interval,
		from,
		to: query.to,
		limit,
		now
	};
	let last = openTimeAt(interval, from);
	if (last < from) last = nextOpenTime(interval, last);
	for (let count = 1; count < limit; count++) last = nextOpenTime(interval, last);
	return {
		interval,
		from,
		to: Math.min(query.to ?? last, last),
		limit,
		now
	};
}
/** The venue reads the end of a page as a time in Seoul. */
var SEOUL_MS$1 = 324e5;
/**
* The end as the venue wants it: whole seconds, Seoul time. A second beyond the last open time wanted, so that it does
* not matter whether the end is part of the page. Absent where it lies in the future: the latest candles are meant.
*/
function endOf$1({ to, now }) {
	if (to === void 0 || now > 0 && to >= now) return void 0;
	return utcText((Math.floor(to / 1e3) + 1) * 1e3 + SEOUL_MS$1).replace("T", " ");
}
/**
* One page → candles, oldest first, each once, none outside the window but the last before it. A page may be short: times without a trade have
* no candle here. What another candle follows has ended, whatever the clock says. Throws `venue.answer`.
*/
function readCandles$2(body, symbol, window) {
	if (!Array.isArray(body)) throw new Misshapen(`no list: ${show(body)}`);
	const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = window;
	const rows = /* @__PURE__ */ new Map();
	for (const row of body) {
		const read = readRow$1(row, symbol, window.interval);
		const { openTime } = read.candle;
		if (openTime > to) continue;
		if (read.toldAt >= (rows.get(openTime)?.toldAt ?? 0)) rows.set(openTime, read);
	}
	const sorted = [...rows.values()].map(({ candle }) => candle).sort((a, b) => a.openTime - b.openTime);
	const before = sorted.filter(({ openTime }) => openTime < from).length;
	const page = window.from === void 0 ? sorted.slice(-window.limit) : sorted.slice(Math.max(0, before - 1), before + window.limit);
	const last = sorted.at(-1);
	return page.map((candle) => ({
		...candle,
		closed: candle !== last || nextOpenTime(window.interval, candle.openTime) <= window.now
	}));
}
function readRow$1(row, symbol, interval) {
	if (!isWireObject(row)) throw new Misshapen(`a candle is no object: ${show(row)}`);
	if (row["market"] !== symbol) throw new Misshapen(`a candle of ${show(row["market"])}`);
	const openTime = msOfUtcText(text(row, "candle_date_time_utc"));
	if (openTime === void 0 || openTimeAt(interval, openTime) !== openTime) throw new Misshapen(`a candle off the grid of ${interval}: ${show(row["candle_date_time_utc"])}`);
	const candle = {
		openTime,
		open: numeric(row, "opening_price"),
		high: numeric(row, "high_price"),
		low: numeric(row, "low_price"),
		close: numeric(row, "trade_price"),
		volume: numeric(row, "candle_acc_trade_volume")
	};
	if (candle.high < candle.low) throw new Misshapen("a candle whose high is below its low");
	return {
		candle,
		toldAt: row["timestamp"] === void 0 ? 0 : numeric(row, "timestamp")
	};
}
/** Throws `limit.invalid` for what is no count; more than the venue gives becomes the most it gives. */
function clamp$2(limit, most) {
	if (!Number.isInteger(limit) || limit < 1) throw new HeartlineError("limit.invalid", `not a number of rows: ${limit}`, { details: { limit } });
	return Math.min(limit, most);
}
/** What holds for all instruments of one market, by the money it trades in. */
var TERMS$1 = /* @__PURE__ */ new Map([["KRW", {
	bands: [
		{
			from: "0",
			tick: "0.0001"
		},
		{
			from: "1",
			tick: "0.001"
		},
		{
			from: "10",
			tick: "0.01"
		},
		{
			from: "100",
			tick: "1"
		},
		{
			from: "5000",
			tick: "5"
		},
		{
			from: "10000",
			tick: "10"
		},
		{
			from: "50000",
			tick: "50"
		},
		{
			from: "100000",
			tick: "100"
		},
		{
			from: "500000",
			tick: "500"
		},
		{
			from: "1000000",
			tick: "1000"
		}
	],
	minNotional: "5000"
}], ["BTC", { bands: [{
	from: "0",
	tick: "0.00000001"
}] }]]);
// src/venues/bithumb/instrument-list.ts
/** The venue's streams cut quantities to so many digits; whether orders may have more is not written down. */
var QUANTITY_STEP$1 = "0.0001";
/**
* `market/all?isDetails=true` → instruments. The list has names and a warning, but neither steps nor a state: steps
* follow from the market's money and the price. A market under the venue's warning (its trading may end any day) is
* traded, but warned of. Rows outside the naming rule are left out.
*/
function readInstruments$1(body) {
	if (!Array.isArray(body)) throw new Misshapen(`the market list is no list: ${show(body)}`);
	return body.map(readInstrument$2).filter((instrument) => instrument !== void 0);
}
function readInstrument$2(row) {
	if (!isWireObject(row)) throw new Misshapen(`a market is no object: ${show(row)}`);
	const id = instrumentOf$2(text(row, "market"));
	if (id === void 0) return void 0;
	const [base = "", quote = ""] = id.slice(BITHUMB.length + 1).split("-");
	const terms = TERMS$1.get(quote);
	const [lowest] = terms?.bands ?? [];
	if (!terms || !lowest) return void 0;
	const names = {
		...nameIn$1(row, "korean_name", "ko"),
		...nameIn$1(row, "english_name", "en")
	};
	return {
		id,
		venue: BITHUMB,
		kind: "spot",
		base,
		quote,
		status: statusOf$1(row),
		tickSize: lowest.tick,
		...terms.bands.length > 1 && { tickBands: terms.bands },
		...Object.keys(names).length > 0 && { names },
		priceScale: decimalPlaces(lowest.tick),
		quantityStep: QUANTITY_STEP$1,
		quantityScale: decimalPlaces(QUANTITY_STEP$1),
		minQuantity: QUANTITY_STEP$1,
		...terms.minNotional !== void 0 && { minNotional: terms.minNotional }
	};
}
/** `market_warning` is what the list has; the ticker's words are known too. */
function statusOf$1(row) {
	const state = row["market_state"];
	if (row["is_trading_suspended"] === true || state !== void 0 && state !== "ACTIVE") return "halted";
	return row["market_warning"] === "CAUTION" ? "warned" : "trading";
}
/** A name to show. Names are the venue's free text: what would not print (controls, marks that turn the direction) goes. */
function nameIn$1(row, key, language) {
	const value = row[key];
	const name = typeof value === "string" ? value.replace(/\p{C}/gu, "").trim().slice(0, 60) : "";
	return name === "" ? {} : { [language]: name };
}
// src/venues/bithumb/legacy.ts
/** What lies beyond has five digits in its year. */
var LAST_TIME = 0xe677d21fdbff;
/** The body of `/public/candlestick` as candles of 2.x; any other body as it is. Rows are [time, open, close, high, low, volume]. */
function modernCandles(body, symbol) {
	const rows = dataOf(body);
	if (!Array.isArray(rows)) return body;
	return rows.map((row) => {
		if (!Array.isArray(row)) return row;
		const [time, open, close, high, low, volume] = row;
		if (!isCount(time) || time > LAST_TIME) return row;
		return {
			market: symbol,
			candle_date_time_utc: utcText(time),
			opening_price: open,
			high_price: high,
			low_price: low,
			trade_price: close,
			candle_acc_trade_volume: volume
		};
	});
}
/** The body of `/public/orderbook` as a book of 2.x; any other body as it is. */
function modernBook(body) {
	const book = dataOf(body);
	if (!isWireObject(book) || !Array.isArray(book["bids"]) || !Array.isArray(book["asks"])) return body;
	const { bids, asks } = book;
	const level = (side, index) => {
		const found = side[index];
		return isWireObject(found) ? found : {
			price: 0,
			quantity: 0
		};
	};
	const units = Array.from({ length: Math.max(bids.length, asks.length) }, (_, index) => ({
		ask_price: level(asks, index)["price"],
		bid_price: level(bids, index)["price"],
		ask_size: level(asks, index)["quantity"],
		bid_size: level(bids, index)["quantity"]
	}));
	return [{
		market: `${book["payment_currency"]}-${book["order_currency"]}`,
		timestamp: book["timestamp"],
		orderbook_units: units
	}];
}
function dataOf(body) {
	return isWireObject(body) && body["status"] === "0000" ? body["data"] : void 0;
}
// src/venues/bithumb/trade-time.ts
var SEOUL_MS = 324e5;
/**
* The time of a trade in a REST row, ms epoch. The ticker's are the clock of Seoul written as if it were UTC: nine hours
* ahead (seen 2026-09); its streams are right. The UTC date beside it tells, and without one a time that lies
* hours ahead of ours. Throws `venue.answer`.
*/
function tradeTime(row, key, receivedAt) {
	const time = epochMs(row, key);
	const ahead = time - (utcTime(row) ?? receivedAt);
	return ahead > 288e5 && ahead < 36e6 ? time - SEOUL_MS : time;
}
/** `trade_date_utc` and `trade_time_utc` of a trade, `trade_date` and `trade_time` of a ticker; with or without marks. */
function utcTime(row) {
	const date = row["trade_date_utc"] ?? row["trade_date"];
	const time = row["trade_time_utc"] ?? row["trade_time"];
	if (typeof date !== "string" || typeof time !== "string") return void 0;
	const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(date) ?? [];
	const [, hour, minute, second] = /^(\d\d):?(\d\d):?(\d\d)$/.exec(time) ?? [];
	return msOfUtcText(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
}
// src/venues/bithumb/rest.ts
var MAX_CANDLES$2 = 200;
var MAX_TRADES$2 = 500;
/** Budgets by kind of call, each its own (fact sheet, section 6). */
var SCOPES$1 = [
	"candle",
	"orderbook",
	"ticker",
	"trade",
	"other"
];
/** Paths and bodies of the public REST calls (venue's REST reference, API 2.x, state of 2026-11). */
var rest$2 = {
	maxCandles: MAX_CANDLES$2,
	candleIntervals: [...UNITS$2.keys()],
	candlesOmitEmpty: true,
	candlesTellReach: true,
	clockStepMs: 1e3,
	/** The venue has no clock to ask: what tells is the `Date` of any answer, in whole seconds. */
	serverTime() {
		return {
			...call$1("orderbook", "/v1/orderbook?markets=KRW-BTC"),
			parse(_body, _receivedAt, headers) {
				const date = headers.get("date") ?? "";
				const time = msOfHttpDate(date);
				if (time === void 0) throw new Misshapen(`no Date: ${show(date)}`);
				return time;
			}
		};
	},
	instruments() {
		return {
			...call$1("other", "/v1/market/all?isDetails=true"),
			parse: (body) => readInstruments$1(body)
		};
	},
	candles(query) {
		const path = UNITS$2.get(query.interval);
		if (path === void 0) throw new HeartlineError("interval.unknown", `Bithumb makes no candles of ${query.interval}`, { details: { interval: query.interval } });
		const symbol = symbolOf$2(query.instrument);
		const window = windowOf$1({
			...query,
			limit: clamp$2(query.limit, MAX_CANDLES$2)
		});
		const end = endOf$1(window);
		const asked = {
			market: symbol,
			...end !== void 0 && { to: end },
			count: window.limit
		};
		return {
			...call$1("candle", pathOf$1(`/v1/candles/${path}`, asked)),
			parse: (body) => readCandles$2(modernCandles(body, symbol), symbol, window)
		};
	},
	ticker(instrument) {
		const symbol = symbolOf$2(instrument);
		return {
			...call$1("ticker", pathOf$1("/v1/ticker", { markets: symbol })),
			parse: (body, receivedAt) => readTicker$4(rowOf$1(body, symbol), instrument, receivedAt)
		};
	},
	top(instrument) {
		const symbol = symbolOf$2(instrument);
		return {
			...call$1("orderbook", pathOf$1("/v1/orderbook", { markets: symbol })),
			parse: (body, receivedAt) => topOf$1(readBook$3(rowOf$1(modernBook(body), symbol), instrument, receivedAt))
		};
	},
	trades(instrument, limit) {
		const symbol = symbolOf$2(instrument);
		return {
			...call$1("trade", pathOf$1("/v1/trades/ticks", {
				market: symbol,
				count: clamp$2(limit, MAX_TRADES$2)
			})),
			parse: (body, receivedAt) => readTrades$2(body, symbol, instrument, receivedAt)
		};
	}
};
function call$1(scope, path) {
	return {
		path,
		scope,
		weight: 1
	};
}
/** Newest first on the wire; oldest first here, trades of one millisecond in the order they came. */
function readTrades$2(body, symbol, instrument, receivedAt) {
	return rows$1(body).map((row) => {
		if (row["market"] !== symbol) throw new Misshapen(`a trade of ${show(row["market"])}`);
		const side = row["ask_bid"];
		if (side !== "ASK" && side !== "BID") throw new Misshapen(`no side: ${show(side)}`);
		return {
			kind: "trade",
			instrument,
			venueTime: tradeTime(row, "timestamp", receivedAt),
			receivedAt,
			id: digits(row, "sequential_id"),
			price: numeric(row, "trade_price"),
			quantity: numeric(row, "trade_volume"),
			side: side === "ASK" ? "sell" : "buy"
		};
	}).reverse().sort((a, b) => a.venueTime - b.venueTime);
}
function readTicker$4(row, instrument, receivedAt) {
	return {
		kind: "ticker",
		instrument,
		venueTime: tradeTime(row, "trade_timestamp", receivedAt),
		receivedAt,
		last: numeric(row, "trade_price"),
		open: numeric(row, "opening_price"),
		high: numeric(row, "high_price"),
		low: numeric(row, "low_price"),
		volume: numeric(row, "acc_trade_volume_24h"),
		quoteVolume: numeric(row, "acc_trade_price_24h")
	};
}
function readBook$3(row, instrument, receivedAt) {
	const lastUpdateId = epochMicros(row, "timestamp");
	const levels = readUnits$1(row["orderbook_units"], DEFAULT_KEYS$1, {
		priceScale: 0,
		quantityScale: 0
	});
	return {
		kind: "book-snapshot",
		instrument,
		venueTime: Math.floor(lastUpdateId / 1e3),
		receivedAt,
		lastUpdateId,
		...levels
	};
}
function rows$1(body) {
	if (!Array.isArray(body)) throw new Misshapen(`no list: ${show(body)}`);
	return body.map((row) => {
		if (!isWireObject(row)) throw new Misshapen(`no object: ${show(row)}`);
		return row;
	});
}
/** The row of one market. */
function rowOf$1(body, symbol) {
	const row = rows$1(body).find(({ market }) => market === symbol);
	if (!row) throw new Misshapen(`no row of ${symbol}`);
	return row;
}
function pathOf$1(path, query) {
	return `${path}?${Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join("&")}`;
}
// src/venues/bithumb/index.ts
/** 493 codes in one frame were seen to work; the venue publishes no bound. */
var MOST_CHANNELS$1 = 450;
var BTC$1 = instrumentId(`${BITHUMB}:BTC-KRW`);
/** Bithumb (Korea), spot, API 2.x: public market data of the won and BTC markets. */
var bithumb = {
	id: BITHUMB,
	name: "Bithumb",
	environments: { mainnet: {
		rest: "https://api.bithumb.com",
		ws: "wss://ws-api.bithumb.com"
	} },
	limits: {
		maxStreamsPerConnection: MOST_CHANNELS$1,
		sendsPerSecond: 4,
		sendsPerMinute: 80,
		channelsPerFrame: MOST_CHANNELS$1,
		connections: {
			count: 5,
			windowMs: 1e3
		},
		connectionLifeMs: Number.POSITIVE_INFINITY,
		staleAfterMs: 6e4,
		budgets: SCOPES$1.map((scope) => ({
			scope,
			capacity: 150,
			windowMs: 1e3
		}))
	},
	intervals: BITHUMB_INTERVALS,
	favourites: [
		"BTC",
		"ETH",
		"XRP",
		"SOL",
		"DOGE",
		"ADA",
		"USDT",
		"LINK",
		"AVAX",
		"SUI"
	].map((base) => instrumentId(`${BITHUMB}:${base}-KRW`)),
	routeOf: () => "public",
	socketUrl: (endpoints) => `${endpoints.ws}/websocket/v1`,
	channelOf(stream) {
		const symbol = symbolOf$2(stream.instrument);
		switch (stream.kind) {
			case "ticker": return `ticker ${symbol}`;
			case "trade": return `trade ${symbol}`;
			case "top":
			case "book": return `orderbook ${symbol}`;
			case "candle":
			case "mark": return;
			default: return assertNever(stream);
		}
	},
	rhythmOf: () => void 0,
	canaryOf: () => ({
		kind: "book",
		instrument: BTC$1
	}),
	subscribing: {
		kind: "replace",
		replaceFrame: replaceFrame$1
	},
	ping: {
		frame: "PING",
		everyMs: 2e4,
		always: true
	},
	createDecoder: createDecoder$2,
	instrumentOf: instrumentOf$2,
	symbolOf: symbolOf$2,
	book: book$2,
	rest: rest$2,
	refusalOf: refusalOf$2,
	budgetNotes({ scope }, headers) {
		const tokens = headers.get("x-ratelimit-remaining")?.trim() ?? "";
		return /^\d{1,9}$/.test(tokens) ? [{
			scope,
			remaining: Number(tokens)
		}] : [];
	},
	takerFee: .0025,
	sheet: {
		means: {
			instruments: "native",
			ticker: "native",
			top: "native",
			trade: "native",
			book: "native",
			candle: "synthesised",
			mark: "missing"
		},
		freshnessBoundMs: {
			ticker: 6e4,
			top: 6e4,
			book: 6e4,
			trade: 6e4,
			candle: 6e4
		},
		bookProof: "whole",
		orderSafety: "limited"
	}
};
// src/venues/bybit/book-rule.ts
/**
* How changes of `orderbook.200` follow one another. The venue chains nothing and promises nothing, but every
* recording counts `u` strictly up by one per channel: so a jump is taken for a loss and the book is asked for anew
* (unsubscribe, subscribe: the first frame is a snapshot) rather than trusted. `u` = 1, a restart of the venue's
* service, never comes here: the decoder makes a snapshot of it.
*/
var book$1 = {
	snapshot: "stream",
	bridge(snapshotUpdateId, delta) {
		if (delta.lastUpdateId <= snapshotUpdateId) return "stale";
		return delta.lastUpdateId === snapshotUpdateId + 1 ? "applied" : "early";
	},
	follow(lastUpdateId, delta) {
		if (delta.lastUpdateId <= lastUpdateId) return "stale";
		return delta.lastUpdateId === lastUpdateId + 1 ? "applied" : "gap";
	}
};
// src/venues/bybit/intervals.ts
/** The venue's names of its candle intervals: minutes, or a letter. */
var NAMES = /* @__PURE__ */ new Map([
	["1m", "1"],
	["3m", "3"],
	["5m", "5"],
	["15m", "15"],
	["30m", "30"],
	["1h", "60"],
	["2h", "120"],
	["4h", "240"],
	["6h", "360"],
	["12h", "720"],
	["1d", "D"],
	["1w", "W"],
	["1M", "M"]
]);
var BY_NAME = new Map([...NAMES].map(([interval, name]) => [name, interval]));
/** What the venue streams and answers, shortest first. */
var BYBIT_INTERVALS = [...NAMES.keys()];
/** `'4h'` → `'240'`; `undefined` where the venue has no such candles. */
function intervalName(interval) {
	return NAMES.get(interval);
}
/** `'240'` → `'4h'`. */
function intervalOf$1(name) {
	return BY_NAME.get(name);
}
// src/venues/bybit/frame-fields.ts
var QUOTE$7 = 34;
var COMMA$3 = 44;
var COLON$1 = 58;
var CLOSE_OBJECT$4 = 125;
var LONGEST_KEY = 4;
function createFrameFields() {
	const cursor = new ByteCursor();
	return {
		cursor,
		key() {
			const { bytes } = cursor;
			let at = cursor.at;
			if (bytes[at++] !== QUOTE$7) return -1;
			let packed = 0;
			const most = at + LONGEST_KEY;
			while (bytes[at] !== QUOTE$7) {
				if (at === most) return -1;
				packed = packed << 8 | bytes[at++];
			}
			if (bytes[at + 1] !== COLON$1) return -1;
			cursor.at = at + 2;
			return packed;
		},
		more() {
			const byte = cursor.bytes[cursor.at++];
			return byte === COMMA$3 ? true : byte === CLOSE_OBJECT$4 ? false : void 0;
		},
		passes(name) {
			const { bytes, at } = cursor;
			if (bytes[at] !== QUOTE$7) return false;
			for (let index = 0; index < name.length; index++) if (bytes[at + 1 + index] !== name[index]) return false;
			if (bytes[at + 1 + name.length] !== QUOTE$7) return false;
			cursor.at = at + 2 + name.length;
			return true;
		}
	};
}
// src/venues/bybit/wire-keys.ts
/** A key of up to four letters as one integer, the last letter lowest: `ts` → 0x7473. */
function packedKey(letters) {
	let packed = 0;
	for (const letter of letters) packed = packed << 8 | letter.charCodeAt(0);
	return packed;
}
var TYPE = packedKey("type");
var TS = packedKey("ts");
var CTS = packedKey("cts");
var CS = packedKey("cs");
var DATA = packedKey("data");
var LOW_S = packedKey("s");
var LOW_B = packedKey("b");
var LOW_A = packedKey("a");
var LOW_U = packedKey("u");
var SEQ = packedKey("seq");
var T = packedKey("T");
var S = packedKey("S");
var LOW_V = packedKey("v");
var LOW_P$1 = packedKey("p");
var LOW_I = packedKey("i");
var TICK = packedKey("L");
var BLOCK = packedKey("BT");
var RPI = packedKey("RPI");
// src/venues/bybit/scan-book.ts
/** Room for the levels of one side of a change: more than the book has. A longer frame goes the general way. */
var MOST_LEVELS$1 = 512;
var OPEN_OBJECT$2 = 123;
var ALL = 31;
function createBookScan(fields) {
	const { cursor } = fields;
	const bidRoom = new Float64Array(MOST_LEVELS$1 * 2);
	const askRoom = new Float64Array(MOST_LEVELS$1 * 2);
	const pack = createLevelPacker();
	let bids = 0;
	let asks = 0;
	let updateId = 0;
	return {
		read(entry) {
			if (cursor.bytes[cursor.at++] !== OPEN_OBJECT$2) return false;
			let seen = 0;
			for (;;) {
				let field = 0;
				let value = 0;
				switch (fields.key()) {
					case LOW_S:
						field = 1;
						if (!fields.passes(entry.bytes)) return false;
						break;
					case LOW_B:
						field = 2;
						value = bids = cursor.levels(bidRoom, entry.priceScale, entry.quantityScale);
						break;
					case LOW_A:
						field = 4;
						value = asks = cursor.levels(askRoom, entry.priceScale, entry.quantityScale);
						break;
					case LOW_U:
						field = 8;
						value = updateId = cursor.count();
						break;
					case SEQ:
						field = 16;
						value = cursor.count();
						break;
					default: return false;
				}
				if (value === -1 || (seen & field) !== 0) return false;
				seen |= field;
				const goesOn = fields.more();
				if (goesOn === void 0) return false;
				if (!goesOn) return seen === ALL;
			}
		},
		event: (entry, venueTime, receivedAt) => ({
			kind: "book-delta",
			instrument: entry.instrument,
			venueTime,
			receivedAt,
			lastUpdateId: updateId,
			priceScale: entry.priceScale,
			quantityScale: entry.quantityScale,
			bids: pack(bidRoom, bids),
			asks: pack(askRoom, asks),
			firstUpdateId: updateId
		}),
		get updateId() {
			return updateId;
		}
	};
}
// src/venues/bybit/ticker-memory.ts
/** The figures a `tickers` frame may bring, by the place of their value in a reading. */
var TICKER_FIELDS = [
	"lastPrice",
	"prevPrice24h",
	"highPrice24h",
	"lowPrice24h",
	"volume24h",
	"turnover24h",
	"markPrice",
	"indexPrice",
	"fundingRate",
	"nextFundingTime"
];
var [LAST, OPEN, HIGH, LOW, VOLUME, QUOTE_VOLUME, MARK, INDEX, RATE, NEXT] = [
	0,
	1,
	2,
	3,
	4,
	5,
	6,
	7,
	8,
	9
];
/** Bits of the fields that a `ticker` event is made of, of those of a `mark` event, and of those that are prices. */
var DAY = 63;
var MARKING = 15 << MARK;
var PRICES = 15 | 3 << MARK;
/** What stands unchanged is said again this often (venue time, ms), so that it does not age while the venue stands by it. */
var SAID_AGAIN_MS = 1e3;
function createTickerMemory(instrument) {
	return {
		instrument,
		values: new Float64Array(TICKER_FIELDS.length).fill(NaN),
		isKnown: false,
		sequence: -1,
		tickerSaidAt: Number.NEGATIVE_INFINITY,
		markSaidAt: Number.NEGATIVE_INFINITY
	};
}
function createTickerReading() {
	return {
		values: new Float64Array(TICKER_FIELDS.length),
		mask: 0,
		isSnapshot: false,
		sequence: -1,
		venueTime: 0
	};
}
/**
* Takes a frame's figures in and says what is whole and new (or not said for a second): a `ticker`, a `mark`, both or
* neither. Linear frames bring only what changed; spot frames are whole and have no mark.
*/
function takeReading(memory, reading, receivedAt) {
	const { mask, isSnapshot, sequence, venueTime } = reading;
	if (isSnapshot) {
		memory.values.fill(NaN);
		memory.isKnown = true;
		memory.tickerSaidAt = memory.markSaidAt = Number.NEGATIVE_INFINITY;
	} else if (!memory.isKnown) return BEFORE_SNAPSHOT;
	const isOutdated = !isSnapshot && sequence >= 0 && sequence < memory.sequence;
	if (sequence >= 0) memory.sequence = sequence;
	if (isOutdated) return OUTDATED;
	for (let field = 0, bit = 1; bit <= mask; field++, bit <<= 1) {
		if ((mask & bit) === 0) continue;
		const value = reading.values[field];
		memory.values[field] = value === 0 && (PRICES & bit) !== 0 ? NaN : value;
	}
	const ticker = (mask & DAY) !== 0 || venueTime - memory.tickerSaidAt >= SAID_AGAIN_MS ? tickerOf(memory, venueTime, receivedAt) : void 0;
	const mark = (mask & MARKING) !== 0 || venueTime - memory.markSaidAt >= SAID_AGAIN_MS ? markOf(memory, venueTime, receivedAt) : void 0;
	if (ticker) memory.tickerSaidAt = venueTime;
	if (mark) memory.markSaidAt = venueTime;
	if (ticker && mark) return [ticker, mark];
	return ticker ? [ticker] : mark ? [mark] : NOTHING_NEW;
}
var BEFORE_SNAPSHOT = [{
	kind: "ignored",
	reason: "a change before its snapshot"
}];
var OUTDATED = [{
	kind: "ignored",
	reason: "older than what is known"
}];
var NOTHING_NEW = [{
	kind: "ignored",
	reason: "nothing of the figures changed"
}];
function tickerOf({ instrument, values }, venueTime, receivedAt) {
	for (let field = LAST; field <= QUOTE_VOLUME; field++) if (Number.isNaN(values[field])) return void 0;
	return {
		kind: "ticker",
		instrument,
		venueTime,
		receivedAt,
		last: values[LAST],
		open: values[OPEN],
		high: values[HIGH],
		low: values[LOW],
		volume: values[VOLUME],
		quoteVolume: values[QUOTE_VOLUME]
	};
}
function markOf({ instrument, values }, venueTime, receivedAt) {
	const markPrice = values[MARK];
	const indexPrice = values[INDEX];
	if (Number.isNaN(markPrice) || Number.isNaN(indexPrice)) return void 0;
	const mark = {
		kind: "mark",
		instrument,
		venueTime,
		receivedAt,
		markPrice,
		indexPrice
	};
	const fundingRate = values[RATE];
	if (Number.isNaN(fundingRate)) return mark;
	const nextFundingTime = values[NEXT];
	return nextFundingTime > 0 ? {
		...mark,
		fundingRate,
		nextFundingTime
	} : {
		...mark,
		fundingRate
	};
}
// src/venues/bybit/scan-ticker.ts
var QUOTE$6 = 34;
var COLON = 58;
var BACKSLASH$3 = 92;
var POINT$2 = 46;
var ZERO$2 = 48;
var LONGEST_DECIMAL = 40;
var OPEN_OBJECT$1 = 123;
var SYMBOL$1 = utf8OfText("symbol");
var TIME_FIELD = TICKER_FIELDS.indexOf("nextFundingTime");
var KEYS = TICKER_FIELDS.map(utf8OfText);
/** A key's length and first letter: which field it may be. `symbol` is one more than the last. */
var CANDIDATES = new Map([...KEYS, SYMBOL$1].map((key, field) => [sketch(key.length, key[0]), field]));
function sketch(length, first) {
	return length * 256 + first;
}
function createTickerScan(fields) {
	const { cursor } = fields;
	const reading = createTickerReading();
	/** Moves over a key of any length and its colon. −1: a key of no interest; −2: not the known form. */
	function fieldAt() {
		const { bytes, end } = cursor;
		const from = cursor.at + 1;
		if (bytes[cursor.at] !== QUOTE$6) return BROKEN;
		let at = from;
		for (;;) {
			const byte = bytes[at];
			if (byte === QUOTE$6) break;
			if (byte === BACKSLASH$3 || byte < 32 || at >= end) return BROKEN;
			at++;
		}
		if (bytes[at + 1] !== COLON) return BROKEN;
		cursor.at = at + 2;
		const field = CANDIDATES.get(sketch(at - from, bytes[from]));
		if (field === void 0) return OTHER;
		const key = field === KEYS.length ? SYMBOL$1 : KEYS[field];
		for (let index = 0; index < key.length; index++) if (bytes[from + index] !== key[index]) return OTHER;
		return field;
	}
	/** Turnovers have up to 20 digits: more than the cursor turns into a number. */
	function decimal() {
		const value = cursor.decimal();
		if (value !== -1) return value;
		const { bytes } = cursor;
		const from = cursor.at + 1;
		if (bytes[cursor.at] !== QUOTE$6) return -1;
		let point = -1;
		let at = from;
		for (; bytes[at] !== QUOTE$6; at++) {
			const digit = bytes[at] - ZERO$2;
			if (digit >= 0 && digit <= 9) continue;
			if (bytes[at] !== POINT$2 || point >= 0 || at === from) return -1;
			point = at;
		}
		if (at === from || point === at - 1 || at - from > LONGEST_DECIMAL) return -1;
		cursor.at = at + 1;
		return Number(textOfUtf8(bytes.subarray(from, at)));
	}
	/** A count in quotes. */
	function quotedCount() {
		if (cursor.bytes[cursor.at] !== QUOTE$6) return -1;
		cursor.at++;
		const value = cursor.count();
		return cursor.bytes[cursor.at++] === QUOTE$6 ? value : -1;
	}
	return {
		reading,
		read(entry) {
			if (cursor.bytes[cursor.at++] !== OPEN_OBJECT$1) return false;
			reading.mask = 0;
			let symbols = 0;
			for (;;) {
				const field = fieldAt();
				if (field === BROKEN) return false;
				if (field === OTHER) {
					if (cursor.bytes[cursor.at++] !== QUOTE$6 || !cursor.skipText()) return false;
				} else if (field === KEYS.length) {
					symbols++;
					if (!fields.passes(entry.bytes)) return false;
				} else {
					const value = field === TIME_FIELD ? quotedCount() : decimal();
					const bit = 1 << field;
					if (value === -1 || (reading.mask & bit) !== 0) return false;
					reading.mask |= bit;
					reading.values[field] = value;
				}
				const goesOn = fields.more();
				if (goesOn === void 0) return false;
				if (!goesOn) return symbols === 1;
			}
		}
	};
}
var OTHER = -1;
var BROKEN = -2;
// src/venues/bybit/scan-trades.ts
var QUOTE$5 = 34;
var COMMA$2 = 44;
var BACKSLASH$2 = 92;
var OPEN_OBJECT = 123;
var OPEN_LIST$1 = 91;
var CLOSE_LIST$1 = 93;
var BUY = utf8OfText("\"Buy\"");
var SELL = utf8OfText("\"Sell\"");
var TRUE = utf8OfText("true");
var FALSE = utf8OfText("false");
/** T, s, S, v, p, i: what a trade is made of. The others came later or come only in linear. */
var NEEDED = 63;
function createTradeScan(fields) {
	const { cursor } = fields;
	let rows = [];
	/** `true` or `false`; `undefined`: neither. */
	function flag() {
		return cursor.skip(TRUE) ? true : cursor.skip(FALSE) ? false : void 0;
	}
	/** A text of plain letters and digits. Empty: not the known form. */
	function plainText() {
		const { bytes, end } = cursor;
		if (bytes[cursor.at] !== QUOTE$5) return "";
		const from = cursor.at + 1;
		let at = from;
		for (; at < end && bytes[at] !== QUOTE$5; at++) {
			const byte = bytes[at];
			if (byte === BACKSLASH$2 || byte < 32 || byte >= 128) return "";
		}
		cursor.at = at + 1;
		return textOfUtf8(bytes.subarray(from, at));
	}
	function row(entry) {
		if (cursor.bytes[cursor.at++] !== OPEN_OBJECT) return void 0;
		let venueTime = 0;
		let id = "";
		let price = 0;
		let quantity = 0;
		let side = "buy";
		let isBlock = false;
		let seen = 0;
		for (;;) {
			let field = 0;
			let value = 0;
			switch (fields.key()) {
				case T:
					field = 1;
					value = venueTime = cursor.count();
					break;
				case LOW_S:
					field = 2;
					if (!fields.passes(entry.bytes)) return void 0;
					break;
				case S:
					field = 4;
					side = cursor.skip(BUY) ? "buy" : "sell";
					if (side === "sell" && !cursor.skip(SELL)) return void 0;
					break;
				case LOW_V:
					field = 8;
					value = quantity = cursor.decimal();
					break;
				case LOW_P$1:
					field = 16;
					value = price = cursor.decimal();
					break;
				case LOW_I:
					field = 32;
					id = plainText();
					if (id === "") return void 0;
					break;
				case BLOCK: {
					field = 64;
					const isFlagged = flag();
					if (isFlagged === void 0) return void 0;
					isBlock = isFlagged;
					break;
				}
				case RPI:
					field = 128;
					if (flag() === void 0) return void 0;
					break;
				case SEQ:
					field = 256;
					value = cursor.count();
					break;
				case TICK:
					field = 512;
					if (cursor.bytes[cursor.at++] !== QUOTE$5 || !cursor.skipText()) return void 0;
					break;
				default: return;
			}
			if (value === -1 || (seen & field) !== 0) return void 0;
			seen |= field;
			const goesOn = fields.more();
			if (goesOn === void 0) return void 0;
			if (!goesOn) break;
		}
		if ((seen & NEEDED) !== NEEDED || price === 0 || quantity === 0) return void 0;
		return {
			venueTime,
			id,
			price,
			quantity,
			side,
			isBlock
		};
	}
	return {
		read(entry) {
			rows = [];
			if (cursor.bytes[cursor.at++] !== OPEN_LIST$1) return false;
			for (;;) {
				const trade = row(entry);
				if (trade === void 0) return false;
				rows.push(trade);
				const byte = cursor.bytes[cursor.at++];
				if (byte === CLOSE_LIST$1) return true;
				if (byte !== COMMA$2) return false;
			}
		},
		events: ({ instrument }, receivedAt) => rows.map(({ venueTime, id, price, quantity, side, isBlock }) => {
			const trade = {
				kind: "trade",
				instrument,
				venueTime,
				receivedAt,
				id,
				price,
				quantity,
				side
			};
			return isBlock ? {
				...trade,
				offBook: true
			} : trade;
		})
	};
}
// src/venues/bybit/frame-scanner.ts
var POINT$1 = 46;
var ZERO$1 = 48;
var CLOSE_OBJECT$3 = 125;
var LOW_O = 111;
var LOW_P = 112;
var LOW_T = 116;
var TOPIC = utf8OfText("{\"topic\":\"");
var ORDERBOOK = utf8OfText("orderbook.");
var TICKERS = utf8OfText("tickers.");
var PUBLIC_TRADE = utf8OfText("publicTrade.");
var AFTER_TOPIC = utf8OfText("\",");
var SNAPSHOT = utf8OfText("\"snapshot\"");
var DELTA = utf8OfText("\"delta\"");
var MOST_DEPTH_DIGITS = 4;
/**
* Book changes, tickers and trades make up nearly all traffic: they are read straight from the bytes, without `JSON.parse`.
* Keys may come in any order after the topic. Whatever else differs from the known form (an unknown or repeated key, a
* space, an escape, a number written otherwise, more digits than seen so far) is not judged here: the general reader
* decides, and agrees with this one on every frame accepted here. Nothing is remembered of a frame that is refused.
*/
function createFrameScanner$1(memory) {
	const fields = createFrameFields();
	const { cursor } = fields;
	const book = createBookScan(fields);
	const ticker = createTickerScan(fields);
	const trades = createTradeScan(fields);
	let isSnapshot = false;
	let sentAt = 0;
	let madeAt = 0;
	let sequence = 0;
	/** The symbol that ends the topic, with what stands before the next key. */
	function symbol() {
		const entry = memory.entryAt(cursor.bytes, cursor.at, cursor.end);
		if (entry === void 0) return void 0;
		cursor.at += entry.bytes.length;
		return cursor.skip(AFTER_TOPIC) ? entry : void 0;
	}
	/** `200.` → 200. Depth 1 is no book, and any other form is none of these. */
	function depth() {
		const from = cursor.at;
		let depth = 0;
		for (;;) {
			const byte = cursor.bytes[cursor.at++];
			if (byte === POINT$1) break;
			const digit = byte - ZERO$1;
			if (digit < 0 || digit > 9 || cursor.at - from > MOST_DEPTH_DIGITS) return -1;
			depth = depth * 10 + digit;
		}
		return depth > 1 ? depth : -1;
	}
	/** The keys beside the topic, up to and with the closing brace. */
	function envelope(scan, entry) {
		madeAt = -1;
		sequence = -1;
		let seen = 0;
		for (;;) {
			let field = 0;
			let value = 0;
			switch (fields.key()) {
				case TYPE:
					field = 1;
					isSnapshot = cursor.skip(SNAPSHOT);
					if (!isSnapshot && !cursor.skip(DELTA)) return false;
					break;
				case TS:
					field = 2;
					value = sentAt = cursor.count();
					break;
				case DATA:
					field = 4;
					if (!scan.read(entry)) return false;
					break;
				case CTS:
					field = 8;
					value = madeAt = cursor.count();
					break;
				case CS:
					field = 16;
					value = sequence = cursor.count();
					break;
				default: return false;
			}
			if (value === -1 || (seen & field) !== 0) return false;
			seen |= field;
			const goesOn = fields.more();
			if (goesOn === void 0) return false;
			if (!goesOn) return (seen & 7) === 7 && cursor.at === cursor.end;
		}
	}
	function scanBook(receivedAt) {
		const levels = depth();
		const entry = levels === -1 ? void 0 : symbol();
		if (entry === void 0 || !envelope(book, entry)) return void 0;
		if (isSnapshot || book.updateId === 1) return void 0;
		if (entry.bookDepth !== 0 && entry.bookDepth !== levels) return void 0;
		return [book.event(entry, madeAt === -1 ? sentAt : madeAt, receivedAt)];
	}
	function scanTicker(receivedAt) {
		const entry = symbol();
		if (entry === void 0 || !envelope(ticker, entry)) return void 0;
		const { reading } = ticker;
		reading.isSnapshot = isSnapshot;
		reading.sequence = sequence;
		reading.venueTime = sentAt;
		return takeReading(entry.ticker, reading, receivedAt);
	}
	function scanTrades(receivedAt) {
		const entry = symbol();
		return entry !== void 0 && envelope(trades, entry) ? trades.events(entry, receivedAt) : void 0;
	}
	return (bytes, end, receivedAt) => {
		if (bytes[end - 1] !== CLOSE_OBJECT$3) return void 0;
		cursor.bytes = bytes;
		cursor.end = end;
		cursor.at = 0;
		if (!cursor.skip(TOPIC)) return void 0;
		switch (bytes[cursor.at]) {
			case LOW_O: return cursor.skip(ORDERBOOK) ? scanBook(receivedAt) : void 0;
			case LOW_T: return cursor.skip(TICKERS) ? scanTicker(receivedAt) : void 0;
			case LOW_P: return cursor.skip(PUBLIC_TRADE) ? scanTrades(receivedAt) : void 0;
			default: return;
		}
	};
}
// src/venues/bybit/guess-family.ts
/**
* Which family a frame of unknown origin came from: for recordings that do not say. Live, the route tells.
* Spot trades count and linear ones have uuids; spot tickers know no bid, no mark and no change; and spot frames write
* `ts` before `type`, or `type` first of all, where linear ones do not (seen in every recording of 2023 … 2026).
*/
function guessFamily(kind, frame) {
	const { data } = frame;
	switch (kind) {
		case "publicTrade": {
			const row = Array.isArray(data) ? data[0] : void 0;
			return isWireObject(row) && /^\d+$/.test(String(row["i"])) ? "spot" : "linear";
		}
		case "tickers": return frame["type"] === "snapshot" && isWireObject(data) && !("bid1Price" in data || "markPrice" in data) ? "spot" : "linear";
		default: {
			const keys = Object.keys(frame);
			return keys[0] === "type" || kind === "orderbook" && keys.indexOf("ts") < keys.indexOf("type") ? "spot" : "linear";
		}
	}
}
// src/venues/bybit/read-answer.ts
/**
* What the venue says to what we sent: acknowledgements, refusals and pongs, in the dialects of all its families:
* `{"success","ret_msg","op","req_id"?}`, option's `{"type":"COMMAND_RESP","data":{"failTopics"}}`, and `{"op":"pong"}`.
* One bad topic refuses a whole request; the socket stays open.
*/
function readAnswer(frame) {
	const { op, success } = frame;
	if (op === "pong") return { kind: "pong" };
	if (op === "ping" && success === true) return { kind: "pong" };
	const requestId = requestIdOf(frame);
	if (success === false) return refusal(requestId, messageOf(frame));
	if (success !== true) return {
		kind: "failed",
		reason: "neither a topic nor an answer"
	};
	const failed = failedTopics(frame);
	if (failed.length > 0) return refusal(requestId, `refused topics: ${failed.join(" ")}`);
	if (requestId === void 0) return {
		kind: "ignored",
		reason: "an answer to nobody"
	};
	return op === "subscribe" || op === "unsubscribe" || frame["type"] === "COMMAND_RESP" ? {
		kind: "ack",
		requestId
	} : {
		kind: "ignored",
		reason: `an answer to ${show(op)}`
	};
}
/** Ours are counts written as text; older sockets answer with an empty text or none. */
function requestIdOf(frame) {
	const id = frame["req_id"];
	const value = typeof id === "string" && /^\d{1,15}$/.test(id) ? Number(id) : id;
	return isCount(value) ? value : void 0;
}
function messageOf(frame) {
	const message = frame["ret_msg"];
	return typeof message === "string" ? message.slice(0, 300) : "";
}
function failedTopics(frame) {
	const { data } = frame;
	const topics = isWireObject(data) ? data["failTopics"] : void 0;
	return Array.isArray(topics) ? topics.slice(0, 10).map((topic) => show(topic)) : [];
}
/** The venue numbers no reasons; the words of its messages make our codes. */
function refusal(requestId, message) {
	const [code = "refused"] = REASONS.find(([, words]) => words.test(message)) ?? [];
	const common = {
		kind: "refusal",
		code,
		message
	};
	return requestId === void 0 ? common : {
		...common,
		requestId
	};
}
var REASONS = [
	["topic.unknown", /handler not found|invalid symbol|refused topics/i],
	["topic.repeated", /already subscribed/i],
	["args.many", /args size/i],
	["op.invalid", /invalid op/i]
];
// src/venues/bybit/wire-fields.ts
/** A time, ms: a number, or (one page of the venue's shows it so) its digits as text. Throws `Misshapen`. */
function time(from, key) {
	const value = from[key];
	return typeof value === "string" && /^\d{1,16}$/.test(value) ? count({ [key]: Number(value) }, key) : count(from, key);
}
/** Whether a frame is whole; the other sort brings only changes. Throws `Misshapen` for any other type. */
function isSnapshot(frame) {
	switch (frame["type"]) {
		case "snapshot": return true;
		case "delta": return false;
		default: throw new Misshapen(`type is neither snapshot nor delta: ${show(frame["type"])}`);
	}
}
/** The `data` of a frame. Throws `Misshapen`. */
function dataObject(frame) {
	const { data } = frame;
	if (!isWireObject(data)) throw new Misshapen(`data is no object: ${show(data)}`);
	return data;
}
/** The `data` of a frame that brings rows. Throws `Misshapen`. */
function dataRows(frame) {
	const { data } = frame;
	if (!Array.isArray(data)) throw new Misshapen(`data is no list: ${show(data)}`);
	return data;
}
/** The frame's rows and its topic must speak of one symbol. Throws `Misshapen`. */
function expectSymbol(from, key, symbol) {
	if (from[key] !== symbol) throw new Misshapen(`${key} is not the topic's symbol: ${show(from[key])}`);
}
// src/venues/bybit/read-book.ts
/** The service has restarted and counts anew: whatever the frame calls itself, it is whole. */
var RESTARTED = 1;
/**
* `orderbook.{50,200,…}.SYMBOL`: a whole book or a change to it. Numbers of two depths must not be mixed, so the first
* depth that brings a snapshot is the book of the symbol and the others are ignored. Throws `Misshapen`.
*/
function readBook$2(frame, depth, symbol, entry, receivedAt) {
	const data = dataObject(frame);
	expectSymbol(data, "s", symbol);
	const lastUpdateId = count(data, "u");
	const isWhole = isSnapshot(frame) || lastUpdateId === RESTARTED;
	const venueTime = time(frame, frame["cts"] === void 0 ? "ts" : "cts");
	const levels = scaleLevels(data["b"], data["a"], entry);
	if (entry.bookDepth !== 0 && entry.bookDepth !== depth) return {
		kind: "ignored",
		reason: "another depth of the same book"
	};
	const { instrument } = entry;
	const common = {
		instrument,
		venueTime,
		receivedAt,
		lastUpdateId,
		...levels
	};
	const whole = isWhole && {
		bids: wholeSide(levels.bids, true),
		asks: wholeSide(levels.asks, false)
	};
	entry.priceScale = levels.priceScale;
	entry.quantityScale = levels.quantityScale;
	if (!whole) return {
		kind: "book-delta",
		...common,
		firstUpdateId: lastUpdateId
	};
	entry.bookDepth = depth;
	return {
		kind: "book-snapshot",
		...common,
		...whole
	};
}
/**
* `orderbook.1.SYMBOL`: the best bid and ask. Today every frame is whole and comes again every 3 s; frames of 2023
* also bring changes. The `updateId` is `seq`, which goes on where `u` starts again at 1. Throws `Misshapen`.
*/
function readTop(frame, symbol, entry, receivedAt) {
	const data = dataObject(frame);
	expectSymbol(data, "s", symbol);
	const u = count(data, "u");
	const updateId = data["seq"] === void 0 ? u : count(data, "seq");
	const isWhole = isSnapshot(frame) || u === RESTARTED;
	const venueTime = time(frame, frame["cts"] === void 0 ? "ts" : "cts");
	const bid = bestOf(data, "b");
	const ask = bestOf(data, "a");
	let known = entry.top;
	if (isWhole) known = entry.top = {
		u: 0,
		bidPrice: 0,
		bidQuantity: 0,
		askPrice: 0,
		askQuantity: 0
	};
	else if (known === void 0) return {
		kind: "ignored",
		reason: "a change before its snapshot"
	};
	else if (u <= known.u) return {
		kind: "ignored",
		reason: "older than what is known"
	};
	else if (u > known.u + 1) {
		entry.top = void 0;
		return {
			kind: "ignored",
			reason: "a change is missing: waiting for a snapshot"
		};
	}
	known.u = u;
	if (bid) [known.bidPrice, known.bidQuantity] = bid;
	if (ask) [known.askPrice, known.askQuantity] = ask;
	const { bidPrice, bidQuantity, askPrice, askQuantity } = known;
	return {
		kind: "top",
		instrument: entry.instrument,
		venueTime,
		receivedAt,
		updateId,
		bidPrice,
		bidQuantity,
		askPrice,
		askQuantity
	};
}
/** The level that stands after the frame, [0, 0] when the side is empty now, `undefined` when nothing is said of it. Throws `Misshapen`. */
function bestOf(data, key) {
	const levels = data[key];
	if (!Array.isArray(levels)) throw new Misshapen(`${key} is no list: ${show(levels)}`);
	let best;
	for (const level of levels) {
		if (!Array.isArray(level) || level.length !== 2) throw new Misshapen(`${key} holds no [price, quantity]: ${show(level)}`);
		const fields = {
			price: level[0],
			quantity: level[1]
		};
		const price = decimal(fields, "price");
		const quantity = decimal(fields, "quantity");
		if (price === 0) throw new Misshapen(`${key} holds a price of 0`);
		if (quantity > 0) best = best && best[1] > 0 ? best : [price, quantity];
		else best ??= [0, 0];
	}
	return best;
}
/** A whole side, best first, without levels of nothing. Throws `Misshapen` when a price stands twice. */
function wholeSide(levels, falling) {
	let isClean = isBestFirst$2(levels, falling);
	for (let index = 1; index < levels.length; index += 2) isClean &&= levels[index] !== 0;
	if (isClean) return levels;
	const entries = [];
	for (let index = 0; index < levels.length; index += 2) {
		const quantity = levels[index + 1];
		if (quantity > 0) entries.push([levels[index], quantity]);
	}
	entries.sort(([one], [other]) => falling ? other - one : one - other);
	const whole = Float64Array.from(entries.flat());
	if (!isBestFirst$2(whole, falling)) throw new Misshapen("a price stands twice");
	return whole;
}
// src/venues/bybit/json-reader.ts
/**
* Any parsed frame → what it means. Never throws. The byte scanner must agree with this reader on every frame it
* accepts. Shapes: the venue's "WebSocket Stream, Public" pages, state of 2026-07, and the recordings.
*/
function readFrame$1(frame, receivedAt, memoryOf) {
	if (!isWireObject(frame)) return [failed(`no object: ${show(frame)}`)];
	const { topic } = frame;
	if (topic === void 0) return [readAnswer(frame)];
	if (typeof topic !== "string") return [failed(`topic is no text: ${show(topic)}`)];
	try {
		return readTopic(topic, frame, receivedAt, memoryOf);
	} catch (fault) {
		if (!(fault instanceof Misshapen)) throw fault;
		return [failed(`${show(topic)}: ${messageOf$1(fault)}`)];
	}
}
/** `orderbook.200.BTCUSDT`, `kline.1.BTCUSDT`, `publicTrade.BTCUSDT`, `tickers.BTCUSDT`. */
function readTopic(topic, frame, receivedAt, memoryOf) {
	const parts = topic.split(".", 4);
	const [kind = ""] = parts;
	const parameters = PARAMETERS.get(kind);
	if (parameters === void 0) return [ignored$1(`topic ${show(kind)}`)];
	const parameter = parameters === 1 ? parts[1] ?? "" : "";
	const symbol = parts[1 + parameters];
	if (symbol === void 0 || parts.length !== 2 + parameters) throw new Misshapen("no such topic");
	const depth = kind === "orderbook" ? depthOf(parameter) : 0;
	if (depth === void 0) return [ignored$1(`book ${show(parameter)}`)];
	const interval = kind === "kline" ? intervalOf$1(parameter) : void 0;
	if (kind === "kline" && interval === void 0) return [ignored$1(`interval ${show(parameter)}`)];
	const entry = memoryOf(kind, frame).entryOf(symbol);
	if (!entry) return [ignored$1(`symbol ${show(symbol)}`)];
	switch (kind) {
		case "orderbook": return [depth === 1 ? readTop(frame, symbol, entry, receivedAt) : readBook$2(frame, depth, symbol, entry, receivedAt)];
		case "publicTrade": return readRows(frame, (row) => readTrade$1(row, symbol, entry, receivedAt));
		case "tickers": return readTicker$3(frame, symbol, entry, receivedAt);
		default: return readRows(frame, (row) => readCandle$1(frame, row, parameter, interval, entry, receivedAt));
	}
}
/** How many parameters stand between a topic's kind and its symbol. */
var PARAMETERS = /* @__PURE__ */ new Map([
	["orderbook", 1],
	["publicTrade", 0],
	["tickers", 0],
	["kline", 1]
]);
/** `undefined` for books of another make: `full` (no snapshot), `rpi` (three numbers a level). */
function depthOf(parameter) {
	return /^\d{1,4}$/.test(parameter) ? Number(parameter) : void 0;
}
/** One row that cannot be read does not take the others with it. */
function readRows(frame, read) {
	const rows = dataRows(frame).map((row) => {
		try {
			return isWireObject(row) ? read(row) : failed(`a row is no object: ${show(row)}`);
		} catch (fault) {
			if (!(fault instanceof Misshapen)) throw fault;
			return failed(`${show(frame["topic"])}: ${messageOf$1(fault)}`);
		}
	});
	return rows.length > 0 ? rows : [ignored$1("no rows")];
}
function readTrade$1(row, symbol, entry, receivedAt) {
	expectSymbol(row, "s", symbol);
	const trade = {
		kind: "trade",
		instrument: entry.instrument,
		venueTime: time(row, "T"),
		receivedAt,
		id: text(row, "i"),
		price: decimal(row, "p"),
		quantity: decimal(row, "v"),
		side: sideOf(row["S"])
	};
	const isBlock = row["BT"] !== void 0 && flag(row, "BT");
	if (trade.price === 0 || trade.quantity === 0) return ignored$1("a print of nothing");
	return isBlock ? {
		...trade,
		offBook: true
	} : trade;
}
/** The taker's side. Throws `Misshapen`. */
function sideOf(value) {
	if (value === "Buy") return "buy";
	if (value === "Sell") return "sell";
	throw new Misshapen(`side is neither Buy nor Sell: ${show(value)}`);
}
/** A roll-over brings two rows, the closed candle and the new one, in one frame or in two. */
function readCandle$1(frame, row, name, interval, entry, receivedAt) {
	if (row["interval"] !== name) throw new Misshapen(`interval is not the topic's: ${show(row["interval"])}`);
	const candle = {
		openTime: time(row, "start"),
		open: decimal(row, "open"),
		high: decimal(row, "high"),
		low: decimal(row, "low"),
		close: decimal(row, "close"),
		volume: decimal(row, "volume"),
		closed: flag(row, "confirm")
	};
	if (candle.high < candle.low) throw new Misshapen("high is below low");
	const { instrument } = entry;
	return {
		kind: "candle",
		instrument,
		venueTime: time(frame, "ts"),
		receivedAt,
		interval,
		candle
	};
}
function readTicker$3(frame, symbol, entry, receivedAt) {
	const data = dataObject(frame);
	expectSymbol(data, "symbol", symbol);
	const reading = createTickerReading();
	reading.isSnapshot = isSnapshot(frame);
	reading.venueTime = time(frame, "ts");
	if (frame["cs"] !== void 0) reading.sequence = count(frame, "cs");
	for (const [field, key] of TICKER_FIELDS.entries()) {
		if (data[key] === void 0) continue;
		reading.mask |= 1 << field;
		reading.values[field] = figure(data, key);
	}
	return takeReading(entry.ticker, reading, receivedAt);
}
/** An empty text is no figure: NaN. Throws `Misshapen`. */
function figure(data, key) {
	if (data[key] === "") return NaN;
	switch (key) {
		case "fundingRate": return signedDecimal(data, key);
		case "nextFundingTime": return time(data, key);
		default: return decimal(data, key);
	}
}
function ignored$1(reason) {
	return {
		kind: "ignored",
		reason
	};
}
function failed(reason) {
	return {
		kind: "failed",
		reason
	};
}
// src/venues/bybit/delivery-day.ts
var MONTHS = [
	"JAN",
	"FEB",
	"MAR",
	"APR",
	"MAY",
	"JUN",
	"JUL",
	"AUG",
	"SEP",
	"OCT",
	"NOV",
	"DEC"
];
var DAYS = [
	31,
	28,
	31,
	30,
	31,
	30,
	31,
	31,
	30,
	31,
	30,
	31
];
/** Letters of the delivery months of quarterly inverse contracts. */
var QUARTERS = {
	H: 3,
	M: 6,
	U: 9,
	Z: 12
};
/** `25DEC26` → `261225`; single digits stand bare (`5JUN26`). `undefined` when there is no such day. */
function dayOfDate(text) {
	const [, date = "", monthName = "", year = ""] = /^([1-9]\d?)([A-Z]{3})(\d{2})$/.exec(text) ?? [];
	const month = MONTHS.indexOf(monthName) + 1;
	if (month === 0 || Number(date) > lastDateOf(month, Number(year))) return void 0;
	return dayText(Number(year), month, Number(date));
}
/** `261225` → `25DEC26`; what is no day becomes a text that no contract has. */
function dateOfDay(day) {
	const [year, month, date] = [
		day.slice(0, 2),
		Number(day.slice(2, 4)),
		Number(day.slice(4))
	];
	return `${date}${MONTHS[month - 1] ?? ""}${year}`;
}
/** `U23` → `230929`: quarterly contracts end on the last Friday of their month. */
function dayOfQuarter(code) {
	const month = QUARTERS[code.slice(0, 1)];
	if (month === void 0) return void 0;
	const year = Number(code.slice(1));
	const last = lastDateOf(month, year);
	return dayText(year, month, last - (daysSince2000(year, month, last) + 1) % 7);
}
/** `230929` → `U23`; no quarter's month becomes a text that no contract has. */
function quarterOfDay(day) {
	const month = Number(day.slice(2, 4));
	return `${Object.keys(QUARTERS).find((letter) => QUARTERS[letter] === month) ?? ""}${day.slice(0, 2)}`;
}
/** `year` counts from 2000; until 2099 every fourth is a leap year. */
function lastDateOf(month, year) {
	return month === 2 && year % 4 === 0 ? 29 : DAYS[month - 1] ?? 0;
}
function daysSince2000(year, month, date) {
	let days = year * 365 + Math.ceil(year / 4) + date - 1;
	for (let before = 1; before < month; before++) days += lastDateOf(before, year);
	return days;
}
function dayText(year, month, date) {
	return [
		year,
		month,
		date
	].map((part) => String(part).padStart(2, "0")).join("");
}
// src/venues/bybit/symbols.ts
var BYBIT = venueId("bybit");
/** Quote coins of the spot market, past and present; where two fit a name the longer wins. */
var SPOT_QUOTES = [
	"RLUSD",
	"USDT",
	"USDC",
	"USDE",
	"USDQ",
	"USDR",
	"USD1",
	"BTC",
	"ETH",
	"SOL",
	"MNT",
	"DAI",
	"EUR",
	"BRL",
	"BRZ",
	"PLN",
	"TRY"
];
var NOT_IN_A_NAME = /[\s:\p{Cc}\-_.\p{Ll}]/u;
var LONGEST = 40;
var DATED = /^(.+)-(\d{1,2}[A-Z]{3}\d{2})$/;
var QUARTERLY = /^(.+)USD([HMUZ]\d{2})$/;
function familyOf(instrument) {
	return instrumentName(instrument).split("-").length === 3 ? "linear" : "spot";
}
/** Whether `route` names a family; recordings may say anything, or nothing. */
function isFamily(route) {
	return route === "linear" || route === "spot";
}
/**
* The venue's spelling in a family → our id, by the naming rule alone (no instrument list needed):
* linear `BTCUSDT` → `bybit:BTC-USDT-PERP`, `BTCPERP` → `bybit:BTC-USDC-PERP`, `BTCUSDT-25DEC26` → `bybit:BTC-USDT-261225`,
* `BTC-25DEC26` → `bybit:BTC-USDC-261225`; spot `BTCUSDT` → `bybit:BTC-USDT`. Inverse names (`BTCUSD`, `BTCUSDU23`)
* read like linear ones, quoted in USD: their recordings replay, with quantities in USD as the venue counts them.
* Without a family linear is tried first. `undefined` when the name follows no form.
*/
function instrumentOf$1(symbol, family) {
	if (symbol.length > LONGEST) return void 0;
	const name = family === "linear" ? linearName(symbol) : family === "spot" ? spotName(symbol) : linearName(symbol) ?? spotName(symbol);
	return name === void 0 ? void 0 : `${BYBIT}:${name}`;
}
/** Our id → the venue's spelling. Throws `instrument.unknown` for ids that nothing here can have. */
function symbolOf$1(instrument) {
	const [base = "", quote = "", ending] = instrumentName(instrument).split("-");
	const symbol = ending === void 0 ? `${base}${quote}` : linearSymbol(base, quote, ending);
	if (venueOf(instrument) !== BYBIT || instrumentOf$1(symbol, familyOf(instrument)) !== instrument) throw new HeartlineError("instrument.unknown", `not a Bybit instrument: ${instrument}`, { details: { instrument } });
	return symbol;
}
function linearName(symbol) {
	const quarterly = QUARTERLY.exec(symbol);
	if (quarterly) {
		const [, base = "", code = ""] = quarterly;
		const day = dayOfQuarter(code);
		return day !== void 0 && isName(base) ? `${base}-USD-${day}` : void 0;
	}
	const [, contract = symbol, day] = DATED.exec(symbol) ?? [];
	const ending = day === void 0 ? "PERP" : dayOfDate(day);
	if (ending === void 0) return void 0;
	const base = (suffix) => contract.endsWith(suffix) ? contract.slice(0, -suffix.length) : "";
	if (isName(base("USDT"))) return `${base("USDT")}-USDT-${ending}`;
	if (day !== void 0) return isName(contract) ? `${contract}-USDC-${ending}` : void 0;
	if (isName(base("PERP"))) return `${base("PERP")}-USDC-PERP`;
	return isName(base("USD")) ? `${base("USD")}-USD-PERP` : void 0;
}
function linearSymbol(base, quote, ending) {
	const isPerpetual = ending === "PERP";
	switch (quote) {
		case "USDT": return isPerpetual ? `${base}USDT` : `${base}USDT-${dateOfDay(ending)}`;
		case "USDC": return isPerpetual ? `${base}PERP` : `${base}-${dateOfDay(ending)}`;
		case "USD": return isPerpetual ? `${base}USD` : `${base}USD${quarterOfDay(ending)}`;
		default: return "";
	}
}
function spotName(symbol) {
	const quote = SPOT_QUOTES.find((known) => symbol.endsWith(known) && symbol.length > known.length);
	if (quote === void 0) return void 0;
	const base = symbol.slice(0, -quote.length);
	return isName(base) ? `${base}-${quote}` : void 0;
}
function isName(text) {
	return text !== "" && !NOT_IN_A_NAME.test(text);
}
// src/venues/bybit/symbol-memory.ts
var MOST_SYMBOLS$1 = 4096;
/** One memory per connection, shared by the byte scanner and the JSON reader so that both agree. */
function createSymbolMemory$1(family, options) {
	return createNameMemory((symbol) => {
		const instrument = instrumentOf$1(symbol, family);
		if (instrument === void 0) return void 0;
		const scales = options.scaleOf?.(instrument);
		return {
			instrument,
			bytes: utf8OfText(symbol),
			priceScale: scales?.priceScale ?? 0,
			quantityScale: scales?.quantityScale ?? 0,
			bookDepth: 0,
			top: void 0,
			ticker: createTickerMemory(instrument)
		};
	}, MOST_SYMBOLS$1);
}
// src/venues/bybit/market-codec.ts
/** Text frames up to this long are scanned as bytes; longer ones are parsed. */
var ROOM$1 = 262144;
/**
* Frames of one route → events. Never throws: see `Decode`. Without a route (a recording that does not say) each frame
* is parsed, and tells by its looks where it came from.
*/
function createDecoder$1(options = {}) {
	if (!isFamily(options.route)) return createParsingDecoder(options);
	const memory = createSymbolMemory$1(options.route, options);
	const scan = createFrameScanner$1(memory);
	const parse = parserOn$1(() => memory);
	let room;
	return (frame, receivedAt) => {
		let bytes;
		let end;
		if (typeof frame !== "string") {
			bytes = frame;
			end = frame.length;
		} else if (frame.length * 3 <= ROOM$1) {
			room ??= new Uint8Array(ROOM$1);
			bytes = room;
			end = utf8Into(frame, room);
		} else return parse(frame, receivedAt);
		return scan(bytes, end, receivedAt) ?? parse(frame, receivedAt);
	};
}
/** The same decoder without the byte scanner: what the scanner is measured and checked against. */
function createParsingDecoder(options = {}) {
	const { route } = options;
	if (isFamily(route)) {
		const memory = createSymbolMemory$1(route, options);
		return parserOn$1(() => memory);
	}
	const memories = {
		linear: createSymbolMemory$1("linear", options),
		spot: createSymbolMemory$1("spot", options)
	};
	return parserOn$1((kind, frame) => memories[guessFamily(kind, frame)]);
}
function parserOn$1(memoryOf) {
	return (frame, receivedAt) => {
		let parsed;
		try {
			parsed = JSON.parse(typeof frame === "string" ? frame : textOfUtf8(frame));
		} catch {
			return [{
				kind: "failed",
				reason: "not JSON"
			}];
		}
		return readFrame$1(parsed, receivedAt, memoryOf);
	};
}
// src/venues/bybit/refusal.ts
var SECOND_MS$1 = 1e3;
/** An address that asked too often is let in again after ten minutes without any connection. */
var BAN_MS = 10 * (60 * SECOND_MS$1);
/** The address budget is counted over 5 s, an account's over 1 s. */
var IP_WINDOW_MS = 5 * SECOND_MS$1;
var UID_WINDOW_MS = SECOND_MS$1;
/** No wait that a header asks for is longer than a ban. */
var LONGEST_MS$1 = BAN_MS;
/** What the venue's own codes mean, where Heartline can tell: see the fact sheet, section 6. */
var CODES = /* @__PURE__ */ new Map([
	[429, "rate-limit"],
	[10006, "rate-limit"],
	[10018, "rate-limit"],
	[10429, "rate-limit"],
	[10002, "clock"],
	[10003, "auth"],
	[10004, "auth"],
	[10005, "auth"],
	[10007, "auth"],
	[10010, "auth"],
	[10027, "auth"],
	[33004, "auth"],
	[10009, "ban"],
	[10024, "geo"],
	[1e4, "maintenance"],
	[10016, "maintenance"],
	[10019, "maintenance"]
]);
/**
* Status, headers and body of a REST answer → why it is a refusal, or `undefined` when it is none. The venue refuses
* with HTTP 200 and a `retCode`; 403 is either "access too frequent" (a ban of ten minutes) or the content network
* turning a country away, and only its words tell which: what does not speak of places is taken for the ban.
*/
function refusalOf$1(status, headers, body, now) {
	const error = errorIn$1(status, body);
	if (status < 400 && error === void 0) return void 0;
	const message = `${status} ${error?.message ?? body.slice(0, 200)}`.trim();
	const code = codeOf(status, error?.code, body);
	switch (code) {
		case "rate-limit": {
			const window = error?.code === 10006 ? UID_WINDOW_MS : IP_WINDOW_MS;
			return {
				code,
				message,
				retryAfterMs: within$1(retryAfter$1(headers) ?? resetIn(headers, now) ?? window)
			};
		}
		case "ban": return {
			code,
			message,
			retryAfterMs: BAN_MS
		};
		case "maintenance": {
			const named = retryAfter$1(headers);
			return {
				code,
				message,
				...named !== void 0 && { retryAfterMs: within$1(named) }
			};
		}
		default: return {
			code,
			message
		};
	}
}
function codeOf(status, retCode, body) {
	const known = retCode === void 0 ? void 0 : CODES.get(retCode);
	if (known !== void 0) return known;
	switch (status) {
		case 401: return "auth";
		case 403: return /country|region|restricted|cloudfront/i.test(body) && !/too frequent/i.test(body) ? "geo" : "ban";
		case 429: return "rate-limit";
		case 451: return "geo";
		case 503: return "maintenance";
		default: return "venue.error";
	}
}
function errorIn$1(status, body) {
	if (status < 400 && (body.length > 5e3 || /^\s*\{\s*"retCode"\s*:\s*0\s*[,}]/.test(body))) return void 0;
	try {
		const parsed = JSON.parse(body);
		if (!isWireObject(parsed) || typeof parsed["retCode"] !== "number" || parsed["retCode"] === 0) return void 0;
		const text = typeof parsed["retMsg"] === "string" ? parsed["retMsg"].slice(0, 300) : "";
		return {
			code: parsed["retCode"],
			message: `${parsed["retCode"]} ${text}`.trim()
		};
	} catch {
		return;
	}
}
/**
* What is left of a budget. `x-bapi-limit` names the size of the budget it speaks of: an account's are counted per
* call and second, so they say nothing of the address's 600 in 5 s, and are taken only where the sizes agree.
*/
function budgetNotes(budgets, call, headers) {
	const size = whole(headers.get("x-bapi-limit"));
	const remaining = whole(headers.get("x-bapi-limit-status"));
	const budget = budgets.find(({ scope }) => scope === call.scope);
	return remaining !== void 0 && budget !== void 0 && budget.capacity === size ? [{
		scope: budget.scope,
		remaining
	}] : [];
}
/** Undocumented here, honoured all the same: whole seconds. */
function retryAfter$1(headers) {
	const seconds = whole(headers.get("retry-after"));
	return seconds === void 0 ? void 0 : seconds * SECOND_MS$1;
}
/** When the budget is full again, ms epoch; means something only on a refusal. */
function resetIn(headers, now) {
	const reset = whole(headers.get("x-bapi-limit-reset-timestamp"));
	return reset === void 0 || reset <= now ? void 0 : reset - now;
}
function whole(text) {
	return text !== null && /^\d{1,15}$/.test(text.trim()) ? Number(text) : void 0;
}
function within$1(waitMs) {
	return Math.min(Math.max(waitMs, 0), LONGEST_MS$1);
}
// src/venues/bybit/rest-envelope.ts
/** The `result` of `{"retCode":0,"result":{…}}`. Throws `Misshapen` for any other code or shape. */
function resultOf(body) {
	if (!isWireObject(body)) throw new Misshapen(`no object: ${show(body)}`);
	if (body["retCode"] !== 0) throw new Misshapen(`retCode is not 0: ${show(body["retCode"])}`);
	const { result } = body;
	if (!isWireObject(result)) throw new Misshapen(`result is no object: ${show(result)}`);
	return result;
}
/** The rows of a result. Throws `Misshapen`. */
function listIn(result) {
	const { list } = result;
	if (!Array.isArray(list)) throw new Misshapen(`list is no list: ${show(list)}`);
	return list;
}
// src/venues/bybit/instrument-list.ts
/**
* `instruments-info` → instruments. Rows Heartline does not model (another contract type, a name outside the naming
* rule) are left out; a row it does model must be whole, or the answer is refused. Without a filter the venue lists
* what trades; whatever else it lists (`PreLaunch`, `Delivering`, `Closed`, a status to come) is halted.
*/
function readInstrumentPage(body) {
	const result = resultOf(body);
	const rows = listIn(result);
	const category = text(result, "category");
	if (!isFamily(category)) return {
		instruments: [],
		family: void 0,
		nextCursor: ""
	};
	const cursor = result["nextPageCursor"];
	return {
		instruments: rows.map((row) => readInstrument$1(row, category)).filter((instrument) => instrument !== void 0),
		family: category,
		nextCursor: typeof cursor === "string" ? cursor : ""
	};
}
function readInstrument$1(row, family) {
	if (!isWireObject(row)) throw new Misshapen(`a symbol is no object: ${show(row)}`);
	const id = instrumentOf$1(text(row, "symbol"), family);
	const kind = family === "spot" ? "spot" : kindOf(row["contractType"]);
	if (id === void 0 || kind === void 0) return void 0;
	const [base = "", quote = ""] = id.slice(BYBIT.length + 1).split("-");
	if (row["baseCoin"] !== base || row["quoteCoin"] !== quote) return void 0;
	const lots = filterIn(row, "lotSizeFilter");
	const tickSize = step(filterIn(row, "priceFilter"), "tickSize");
	const quantityStep = step(lots, family === "spot" ? "basePrecision" : "qtyStep");
	const minNotional = lots[family === "spot" ? "minOrderAmt" : "minNotionalValue"];
	return {
		id,
		venue: BYBIT,
		kind,
		base,
		quote,
		status: row["status"] === "Trading" ? "trading" : "halted",
		tickSize,
		priceScale: decimalPlaces(tickSize),
		quantityStep,
		quantityScale: decimalPlaces(quantityStep),
		minQuantity: step(lots, "minOrderQty"),
		...isDecimal(minNotional) && { minNotional: trimDecimal(minNotional) }
	};
}
function kindOf(contractType) {
	switch (contractType) {
		case "LinearPerpetual": return "perpetual";
		case "LinearFutures": return "future";
		default: return;
	}
}
function filterIn(row, key) {
	const filter = row[key];
	if (!isWireObject(filter)) throw new Misshapen(`${key} is no object: ${show(filter)}`);
	return filter;
}
/** A filter's decimal, trimmed. A step of 0 would make every price valid: refused. */
function step(filter, key) {
	const value = trimDecimal(decimalText(filter, key));
	if (value === "0") throw new Misshapen(`${key} is 0`);
	return value;
}
// src/venues/bybit/rest.ts
var MAX_CANDLES$1 = 1e3;
var MAX_TRADES$1 = {
	linear: 1e3,
	spot: 60
};
/** Rows of one page of the linear list; the spot list comes whole. */
var MAX_INSTRUMENTS = 1e3;
/** A side without orders. */
var NO_LEVEL = [0, 0];
/** Paths and bodies of the public REST calls (venue's "Market" pages, state of 2026-07). */
var rest$1 = {
	maxCandles: MAX_CANDLES$1,
	serverTime() {
		return get("/v5/market/time", {}, (body) => {
			resultOf(body);
			return count(body, "time");
		});
	},
	/** The linear list page by page, then the spot list. */
	instruments() {
		return instrumentPage("linear", "");
	},
	candles(query) {
		const { instrument, interval, from, now } = query;
		const limit = clamp$1(query.limit, MAX_CANDLES$1);
		const name = intervalName(interval);
		if (name === void 0) throw new HeartlineError("interval.unknown", `Bybit has no candles of ${interval}`, { details: { interval } });
		const last = from === void 0 ? void 0 : lastOpenTime(interval, from, limit);
		const to = query.to === void 0 ? last : Math.min(query.to, last ?? Number.POSITIVE_INFINITY);
		const symbol = symbolOf$1(instrument);
		return get("/v5/market/kline", {
			category: familyOf(instrument),
			symbol,
			interval: name,
			start: from,
			end: to,
			limit
		}, (body) => readCandles$1(body, symbol, interval, now).filter(({ openTime }) => isWithin(openTime, from, to)));
	},
	/** The stream's own figures; it tells them for one symbol too. */
	ticker(instrument) {
		const symbol = symbolOf$1(instrument);
		return get("/v5/market/tickers", {
			category: familyOf(instrument),
			symbol
		}, (body, receivedAt) => readTicker$2(body, symbol, instrument, receivedAt));
	},
	/** From the book: its `seq` can be compared with the stream's. */
	top(instrument) {
		const symbol = symbolOf$1(instrument);
		return get("/v5/market/orderbook", {
			category: familyOf(instrument),
			symbol,
			limit: 1
		}, (body, receivedAt) => {
			const result = resultOf(body);
			expectResult(result, "s", symbol);
			const [bidPrice, bidQuantity] = bestOf(result, "b") ?? NO_LEVEL;
			const [askPrice, askQuantity] = bestOf(result, "a") ?? NO_LEVEL;
			return {
				kind: "top",
				instrument,
				venueTime: time(result, result["cts"] === void 0 ? "ts" : "cts"),
				receivedAt,
				updateId: count(result, "seq"),
				bidPrice,
				bidQuantity,
				askPrice,
				askQuantity
			};
		});
	},
	trades(instrument, limit) {
		const category = familyOf(instrument);
		const symbol = symbolOf$1(instrument);
		return get("/v5/market/recent-trade", {
			category,
			symbol,
			limit: clamp$1(limit, MAX_TRADES$1[category])
		}, (body, receivedAt) => readTrades$1(body, symbol, instrument, receivedAt));
	}
};
function instrumentPage(category, cursor) {
	return get("/v5/market/instruments-info", {
		category,
		limit: MAX_INSTRUMENTS,
		cursor: cursor === "" ? void 0 : cursor
	}, (body) => {
		const { instruments, family, nextCursor } = readInstrumentPage(body);
		const next = nextCursor !== "" ? family && instrumentPage(family, nextCursor) : family === "linear" ? instrumentPage("spot", "") : void 0;
		return next === void 0 ? { instruments } : {
			instruments,
			next
		};
	});
}
/** Newest first on the wire, with the candle that is still open; ours: oldest first, each once. */
function readCandles$1(body, symbol, interval, now) {
	const result = resultOf(body);
	expectResult(result, "symbol", symbol);
	const byOpenTime = /* @__PURE__ */ new Map();
	for (const row of listIn(result)) {
		const candle = readCandleRow(row, interval, now);
		if (!byOpenTime.has(candle.openTime)) byOpenTime.set(candle.openTime, candle);
	}
	const candles = [...byOpenTime.values()].sort((one, other) => one.openTime - other.openTime);
	return candles.map((candle, index) => index < candles.length - 1 ? {
		...candle,
		closed: true
	} : candle);
}
function readCandleRow(row, interval, now) {
	if (!Array.isArray(row)) throw new Misshapen(`no row: ${show(row)}`);
	const [start, open, high, low, close, volume] = row;
	const fields = {
		start,
		open,
		high,
		low,
		close,
		volume
	};
	const openTime = time(fields, "start");
	const candle = {
		openTime,
		open: decimal(fields, "open"),
		high: decimal(fields, "high"),
		low: decimal(fields, "low"),
		close: decimal(fields, "close"),
		volume: decimal(fields, "volume"),
		closed: nextOpenTime(interval, openTime) <= now
	};
	if (candle.high < candle.low) throw new Misshapen("a candle whose high is below its low");
	return candle;
}
/** Newest first on the wire, oldest first ours. */
function readTrades$1(body, symbol, instrument, receivedAt) {
	return listIn(resultOf(body)).map((row) => {
		if (!isWireObject(row)) throw new Misshapen(`no row: ${show(row)}`);
		expectResult(row, "symbol", symbol);
		const trade = {
			kind: "trade",
			instrument,
			venueTime: time(row, "time"),
			receivedAt,
			id: text(row, "execId"),
			price: decimal(row, "price"),
			quantity: decimal(row, "size"),
			side: sideOf(row["side"])
		};
		return row["isBlockTrade"] === true ? {
			...trade,
			offBook: true
		} : trade;
	}).reverse().sort((one, other) => one.venueTime - other.venueTime);
}
function readTicker$2(body, symbol, instrument, receivedAt) {
	const row = listIn(resultOf(body)).find((row) => isWireObject(row) && row["symbol"] === symbol);
	if (!isWireObject(row)) throw new Misshapen(`no row of ${symbol}`);
	return {
		kind: "ticker",
		instrument,
		venueTime: time(body, "time"),
		receivedAt,
		last: decimal(row, "lastPrice"),
		open: decimal(row, "prevPrice24h"),
		high: decimal(row, "highPrice24h"),
		low: decimal(row, "lowPrice24h"),
		volume: decimal(row, "volume24h"),
		quoteVolume: decimal(row, "turnover24h")
	};
}
/** An answer about something else would be drawn as if it were ours. */
function expectResult(from, key, expected) {
	if (from[key] !== expected) throw new Misshapen(`${key} is not ${expected}: ${show(from[key])}`);
}
function isWithin(openTime, from, to) {
	return (from === void 0 || openTime >= from) && (to === void 0 || openTime <= to);
}
/** Open time of the `limit`th candle that opens at `from` or later. */
function lastOpenTime(interval, from, limit) {
	let openTime = openTimeAt(interval, from);
	if (openTime < from) openTime = nextOpenTime(interval, openTime);
	for (let index = 1; index < limit; index++) openTime = nextOpenTime(interval, openTime);
	return openTime;
}
/** Throws `limit.invalid` for what is no count; more than the venue gives becomes the most it gives. */
function clamp$1(limit, most) {
	if (!Number.isInteger(limit) || limit < 1) throw new HeartlineError("limit.invalid", `not a number of rows: ${limit}`, { details: { limit } });
	return Math.min(limit, most);
}
function get(path, query, parse) {
	const parts = Object.entries(query).filter(([, value]) => value !== void 0).map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
	return {
		path: parts.length > 0 ? `${path}?${parts.join("&")}` : path,
		scope: "ip",
		weight: 1,
		parse
	};
}
// src/venues/bybit/index.ts
var BUDGETS = [{
	scope: "ip",
	capacity: 600,
	windowMs: 5e3
}];
var PUBLIC_SOCKETS = "wss://stream.bybit.com";
/** Bybit v5: public market data of linear contracts and spot. */
var bybit = {
	id: BYBIT,
	name: "Bybit",
	environments: {
		mainnet: {
			rest: "https://api.bybit.com",
			ws: PUBLIC_SOCKETS
		},
		testnet: {
			rest: "https://api-testnet.bybit.com",
			ws: "wss://stream-testnet.bybit.com"
		},
		demo: {
			rest: "https://api-demo.bybit.com",
			ws: PUBLIC_SOCKETS
		}
	},
	limits: {
		maxStreamsPerConnection: 1e3,
		maxChannelCharsPerConnection: 21e3,
		sendsPerSecond: 5,
		channelsPerFrame: 10,
		connections: {
			count: 500,
			windowMs: 3e5
		},
		connectionLifeMs: Number.POSITIVE_INFINITY,
		staleAfterMs: 3e4,
		budgets: BUDGETS
	},
	intervals: BYBIT_INTERVALS,
	favourites: [
		"BTC-USDT-PERP",
		"ETH-USDT-PERP",
		"SOL-USDT-PERP",
		"XRP-USDT-PERP",
		"DOGE-USDT-PERP",
		"SUI-USDT-PERP",
		"BTC-USDT",
		"ETH-USDT",
		"SOL-USDT",
		"XRP-USDT"
	].map((name) => instrumentId(`${BYBIT}:${name}`)),
	routeOf: (stream) => familyOf(stream.instrument),
	socketUrl: (endpoints, route) => `${endpoints.ws}/v5/public/${route}`,
	channelOf(stream) {
		const symbol = symbolOf$1(stream.instrument);
		switch (stream.kind) {
			case "ticker": return `tickers.${symbol}`;
			case "mark": return familyOf(stream.instrument) === "linear" ? `tickers.${symbol}` : void 0;
			case "top": return `orderbook.1.${symbol}`;
			case "trade": return `publicTrade.${symbol}`;
			case "book": return `orderbook.200.${symbol}`;
			case "candle": {
				const interval = intervalName(stream.interval);
				return interval === void 0 ? void 0 : `kline.${interval}.${symbol}`;
			}
			default: return assertNever(stream);
		}
	},
	rhythmOf(stream) {
		switch (stream.kind) {
			case "top": return 4e3;
			case "ticker":
			case "mark":
			case "book":
			case "trade":
			case "candle": return;
			default: return assertNever(stream);
		}
	},
	canaryOf: (route) => ({
		kind: "book",
		instrument: instrumentId(`${BYBIT}:BTC-USDT${route === "spot" ? "" : "-PERP"}`)
	}),
	subscribing: {
		kind: "add",
		subscribeFrame: (channels, requestId) => requestFrame("subscribe", channels, requestId),
		unsubscribeFrame: (channels, requestId) => requestFrame("unsubscribe", channels, requestId),
		refusesWhole: true
	},
	ping: {
		frame: "{\"op\":\"ping\"}",
		everyMs: 2e4,
		always: true
	},
	createDecoder: createDecoder$1,
	instrumentOf: instrumentOf$1,
	symbolOf: symbolOf$1,
	book: book$1,
	rest: rest$1,
	refusalOf: refusalOf$1,
	budgetNotes: (call, headers) => budgetNotes(BUDGETS, call, headers),
	takerFee: .001,
	sheet: {
		means: {
			instruments: "native",
			ticker: "native",
			top: "native",
			trade: "native",
			book: "native",
			candle: "native",
			mark: "native"
		},
		freshnessBoundMs: {
			top: 13500,
			ticker: 3e4,
			mark: 3e4,
			book: 3e4,
			trade: 3e4,
			candle: 3e4
		},
		bookProof: "sequence",
		orderSafety: "full"
	}
};
/** Request ids are text on this wire. */
function requestFrame(op, channels, requestId) {
	return JSON.stringify({
		req_id: String(requestId),
		op,
		args: channels
	});
}
// src/venues/upbit/book-rule.ts
/** A venue whose newer frames say older times for this long has set its clock back. */
var SET_BACK_MS = 5e3;
/**
* Every frame is the whole book as far as the venue shows it (30 levels a side): a lost one is healed by the next, and
* nothing has to be chained. Without a sequence, time alone tells the order: a frame of an older time, as the
* snapshot of a new subscription may bring among newer ones, does not replace what is held.
*/
var book = {
	snapshot: "stream",
	supersedes: (held, snapshot) => snapshot.lastUpdateId >= held.lastUpdateId || snapshot.receivedAt - held.receivedAt > SET_BACK_MS,
	bridge: () => "stale",
	follow: () => "stale"
};
// src/venues/upbit/intervals.ts
/**
* Candles Upbit makes itself. Days, weeks and months begin at 00:00 UTC (09:00 in Seoul), weeks on Monday, as ours do.
* Its years have no counterpart here.
*/
var UNITS$1 = /* @__PURE__ */ new Map([
	["1s", {
		stream: "candle.1s",
		path: "seconds"
	}],
	["1m", {
		stream: "candle.1m",
		path: "minutes/1"
	}],
	["3m", {
		stream: "candle.3m",
		path: "minutes/3"
	}],
	["5m", {
		stream: "candle.5m",
		path: "minutes/5"
	}],
	["10m", {
		stream: "candle.10m",
		path: "minutes/10"
	}],
	["15m", {
		stream: "candle.15m",
		path: "minutes/15"
	}],
	["30m", {
		stream: "candle.30m",
		path: "minutes/30"
	}],
	["1h", {
		stream: "candle.60m",
		path: "minutes/60"
	}],
	["4h", {
		stream: "candle.240m",
		path: "minutes/240"
	}],
	["1d", { path: "days" }],
	["1w", { path: "weeks" }],
	["1M", { path: "months" }]
]);
/** What can be charted, shortest first. Those without a unit of the venue are made of shorter ones. */
var UPBIT_INTERVALS = [
	"1s",
	"1m",
	"3m",
	"5m",
	"10m",
	"15m",
	"30m",
	"1h",
	"2h",
	"4h",
	"6h",
	"8h",
	"12h",
	"1d",
	"3d",
	"1w",
	"1M"
];
var BY_STREAM = new Map([...UNITS$1].flatMap(([interval, { stream }]) => stream === void 0 ? [] : [[stream, interval]]));
/** `candle.60m` → `1h`. */
function intervalOf(type) {
	return BY_STREAM.get(type);
}
// src/venues/upbit/number-cursor.ts
var QUOTE$4 = 34;
var BACKSLASH$1 = 92;
var PLUS = 43;
var MINUS = 45;
var POINT = 46;
var ZERO = 48;
var LARGE_E = 69;
var SMALL_E = 101;
/** Digits that always fit a 32-bit integer, which V8 multiplies and adds fastest. */
var INT32_DIGITS = 9;
/** Digits whose integer may still be exact; whether it is, its value tells. */
var MOST_DIGITS = 16;
var MOST_ID_DIGITS = 30;
/** 10^0 … 10^22: every power of ten that a double holds exactly. */
var POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/**
* Reads JSON tokens straight from a frame's bytes, numbers above all: this venue prints no decimals as text. It answers
* `REFUSED` to whatever it does not know, never a guess: what it accepts, `JSON.parse` accepts with the same value.
* The last byte must be `}`, so that every loop over digits ends inside the frame.
* A class for speed: its fields are the hot state of one read.
*/
var NumberCursor = class {
	bytes = /* @__PURE__ */ new Uint8Array(0);
	end = 0;
	at = 0;
	/** Of the number last read: its value is mantissa × 10^exponent. */
	#mantissa = 0;
	#exponent = 0;
	/** Moves over `literal` when it stands here. */
	skip(literal) {
		const { bytes, at } = this;
		for (let index = 0; index < literal.length; index++) if (bytes[at + index] !== literal[index]) return false;
		this.at = at + literal.length;
		return true;
	}
	/** The code of a key with its colon; 0 for one that is not in the table. */
	key(table) {
		const key = table.find(this.bytes, this.at);
		if (key === void 0) return 0;
		this.at += key.length;
		return key.code;
	}
	/** Moves over a quoted text; refuses escapes and control characters. */
	skipText() {
		const { bytes, end } = this;
		let at = this.at;
		if (bytes[at++] !== QUOTE$4) return false;
		while (at < end) {
			const byte = bytes[at++];
			if (byte === QUOTE$4) {
				this.at = at;
				return true;
			}
			if (byte === BACKSLASH$1 || byte < 32) return false;
		}
		return false;
	}
	/** Moves over a number ≥ 0. */
	skipNumber() {
		return this.#read();
	}
	/** A number ≥ 0 as the nearest double. */
	number() {
		if (!this.#read()) return -1;
		const exponent = this.#exponent;
		if (exponent > 22 || exponent < -22) return -1;
		return exponent < 0 ? this.#mantissa / POWERS_OF_TEN[-exponent] : this.#mantissa * POWERS_OF_TEN[exponent];
	}
	/** A number ≥ 0 times 10^scale, an exact integer. Refused when a digit other than 0 stands beyond the scale. */
	scaled(scale) {
		if (!this.#read()) return -1;
		const exponent = this.#exponent + scale;
		if (exponent > 22 || exponent < -22) return -1;
		if (exponent >= 0) {
			const value = this.#mantissa * POWERS_OF_TEN[exponent];
			return value <= Number.MAX_SAFE_INTEGER ? value : -1;
		}
		const value = this.#mantissa / POWERS_OF_TEN[-exponent];
		return Number.isInteger(value) ? value : -1;
	}
	/** The digits of a whole number ≥ 0, however many up to 30; empty where something else stands. */
	digits() {
		const { bytes, at } = this;
		let next = at;
		let text = "";
		for (let digit = bytes[next] - ZERO; digit >= 0 && digit <= 9;) {
			text += DIGIT_TEXTS[digit];
			digit = bytes[++next] - ZERO;
		}
		this.at = next;
		return next > at && next - at <= MOST_ID_DIGITS && (bytes[at] !== ZERO || next === at + 1) ? text : "";
	}
	/** Takes in a number ≥ 0 of at most 16 digits that matter; false where something else stands. */
	#read() {
		const { bytes } = this;
		const start = this.at;
		let at = start;
		let head = 0;
		let tail = 0;
		let significant = 0;
		let point = 0;
		let byte = bytes[at];
		for (;;) {
			const digit = byte - ZERO;
			if (digit >= 0 && digit <= 9) {
				if (significant < INT32_DIGITS) head = Math.imul(head, 10) + digit | 0;
				else tail = Math.imul(tail, 10) + digit | 0;
				if (significant > 0 || digit > 0) significant++;
			} else if (byte === POINT && point === 0 && at > start) point = at;
			else break;
			byte = bytes[++at];
		}
		const wholeEnd = point === 0 ? at : point;
		if (wholeEnd === start || at - 1 === point || significant > MOST_DIGITS) return false;
		if (bytes[start] === ZERO && wholeEnd - start > 1) return false;
		let exponent = point === 0 ? 0 : point + 1 - at;
		if (byte === LARGE_E || byte === SMALL_E) {
			byte = bytes[++at];
			const isNegative = byte === MINUS;
			if (isNegative || byte === PLUS) byte = bytes[++at];
			const first = at;
			let power = 0;
			for (let digit = byte - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at] - ZERO) power = power * 10 + digit;
			if (at === first || at - first > 2) return false;
			exponent += isNegative ? -power : power;
		}
		this.at = at;
		const mantissa = significant <= INT32_DIGITS ? head : head * POWERS_OF_TEN[significant - INT32_DIGITS] + tail;
		this.#mantissa = mantissa;
		this.#exponent = exponent;
		return mantissa <= Number.MAX_SAFE_INTEGER;
	}
};
var DIGIT_TEXTS = "0123456789";
// src/venues/upbit/levels.ts
/**
* The wire's units, an ask and a bid each, → both sides best first as exact integers. Slots of price or size 0 are
* padding of the thinner side. Throws {@link Misshapen} for sides that are not strictly in order.
*/
function readUnits(units, keys, least) {
	if (!Array.isArray(units)) throw new Misshapen(`${keys.units} is no list: ${show(units)}`);
	const bids = [];
	const asks = [];
	for (const unit of units) {
		if (!isWireObject(unit)) throw new Misshapen(`${keys.units} holds no object: ${show(unit)}`);
		addLevel(bids, unit, keys.bidPrice, keys.bidQuantity);
		addLevel(asks, unit, keys.askPrice, keys.askQuantity);
	}
	const levels = scaleNumberLevels(bids, asks, least);
	if (!isBestFirst(levels.bids, -1) || !isBestFirst(levels.asks, 1)) throw new Misshapen("levels are not in order");
	return levels;
}
function addLevel(side, unit, priceKey, quantityKey) {
	const price = wireNumber(unit[priceKey]);
	const quantity = wireNumber(unit[quantityKey]);
	if (price === void 0 || quantity === void 0) throw new Misshapen(`${priceKey} or ${quantityKey} is no number ≥ 0: ${show(unit[priceKey])} ${show(unit[quantityKey])}`);
	if (Number(price) > 0 && Number(quantity) > 0) side.push(price, quantity);
}
/** True when prices go strictly in one direction from the first level on. */
function isBestFirst(levels, direction) {
	for (let index = 2; index < levels.length; index += 2) if ((levels[index] - levels[index - 2]) * direction <= 0) return false;
	return true;
}
/** The best of a whole book. A side without an order has no price (NaN) and the quantity 0. */
function topOf(book) {
	const { instrument, venueTime, receivedAt, lastUpdateId, bids, asks, priceScale, quantityScale } = book;
	const price = 10 ** priceScale;
	const quantity = 10 ** quantityScale;
	return {
		kind: "top",
		instrument,
		venueTime,
		receivedAt,
		updateId: lastUpdateId,
		bidPrice: (bids[0] ?? NaN) / price,
		bidQuantity: (bids[1] ?? 0) / quantity,
		askPrice: (asks[0] ?? NaN) / price,
		askQuantity: (asks[1] ?? 0) / quantity
	};
}
// src/venues/upbit/key-table.ts
var QUOTE$3 = 34;
/** Codes are whole numbers from 1 on; keys are plain letters. */
function createKeyTable(codes) {
	const known = new Map(codes.map(([name, code]) => [hashOf(name), keyOf(name, code)]));
	return { find(bytes, at) {
		if (bytes[at] !== QUOTE$3) return void 0;
		const start = at + 1;
		let hash = 0;
		let next = start;
		for (let byte = bytes[next]; byte !== QUOTE$3 && byte !== void 0; byte = bytes[++next]) hash = Math.imul(hash, 31) + byte | 0;
		const key = known.get(hash);
		if (key === void 0) return void 0;
		for (let index = 0; index < key.bytes.length; index++) if (bytes[start + index] !== key.bytes[index]) return void 0;
		return key;
	} };
}
function keyOf(name, code) {
	const bytes = utf8OfText(`${name}":`);
	return {
		code,
		bytes,
		length: bytes.length + 1
	};
}
function hashOf(name) {
	return utf8OfText(name).reduce((hash, byte) => Math.imul(hash, 31) + byte | 0, 0);
}
// src/venues/upbit/wire-keys.ts
var DEFAULT_KEYS = {
	code: "code",
	timestamp: "timestamp",
	price: "trade_price",
	quantity: "trade_volume",
	side: "ask_bid",
	tradeTime: "trade_timestamp",
	id: "sequential_id",
	units: "orderbook_units",
	askPrice: "ask_price",
	bidPrice: "bid_price",
	askQuantity: "ask_size",
	bidQuantity: "bid_size",
	level: "level",
	open: "opening_price",
	high: "high_price",
	low: "low_price",
	volume24h: "acc_trade_volume_24h",
	quoteVolume24h: "acc_trade_price_24h",
	state: "market_state",
	suspended: "is_trading_suspended",
	candleTime: "candle_date_time_utc",
	candleVolume: "candle_acc_trade_volume"
};
var SIMPLE_KEYS = {
	code: "cd",
	timestamp: "tms",
	price: "tp",
	quantity: "tv",
	side: "ab",
	tradeTime: "ttms",
	id: "sid",
	units: "obu",
	askPrice: "ap",
	bidPrice: "bp",
	askQuantity: "as",
	bidQuantity: "bs",
	level: "lv",
	open: "op",
	high: "hp",
	low: "lp",
	volume24h: "atv24h",
	quoteVolume24h: "atp24h",
	state: "ms",
	suspended: "its",
	candleTime: "cdttmu",
	candleVolume: "catv"
};
var SOME_TEXT = 1024;
var SIMPLE_FORM = formOf("ty", SIMPLE_KEYS, {
	numbers: [
		"tas",
		"tbs",
		"pcp",
		"cp",
		"bap",
		"bas",
		"bbp",
		"bbs"
	],
	texts: [
		"st",
		"td",
		"ttm",
		"c"
	]
});
var DEFAULT_FORM = formOf("type", DEFAULT_KEYS, {
	numbers: [
		"total_ask_size",
		"total_bid_size",
		"prev_closing_price",
		"change_price",
		"best_ask_price",
		"best_ask_size",
		"best_bid_price",
		"best_bid_size"
	],
	texts: [
		"stream_type",
		"trade_date",
		"trade_time",
		"change"
	]
});
function formOf(type, keys, others) {
	const readOver = [...others.numbers.map((name) => [name, 512]), ...others.texts.map((name) => [name, SOME_TEXT])];
	return {
		bookStart: utf8OfText(`{"${type}":"orderbook",`),
		tradeStart: utf8OfText(`{"${type}":"trade",`),
		bookKeys: createKeyTable([
			[keys.code, 1],
			[keys.timestamp, 2],
			[keys.units, 4],
			[keys.level, 256],
			...readOver
		]),
		tradeKeys: createKeyTable([
			[keys.code, 1],
			[keys.tradeTime, 2],
			[keys.price, 8],
			[keys.quantity, 16],
			[keys.side, 32],
			[keys.id, 64],
			[keys.timestamp, 512],
			...readOver
		]),
		askPrice: utf8OfText(`{"${keys.askPrice}":`),
		bidPrice: utf8OfText(`,"${keys.bidPrice}":`),
		askQuantity: utf8OfText(`,"${keys.askQuantity}":`),
		bidQuantity: utf8OfText(`,"${keys.bidQuantity}":`)
	};
}
// src/venues/upbit/scan-values.ts
var QUOTE$2 = 34;
var COMMA$1 = 44;
var CLOSE_OBJECT$2 = 125;
/** ms epoch of the year 2255: what is greater counts µs, or is no time, and the general reader tells which. */
var MS_UP_TO = 9e12;
/** The symbol standing here, quotes included. */
function entryHere(cursor, memory) {
	if (cursor.bytes[cursor.at] !== QUOTE$2) return void 0;
	const entry = memory.entryAt(cursor.bytes, cursor.at + 1, cursor.end);
	if (entry !== void 0) cursor.at += entry.bytes.length + 2;
	return entry;
}
/** A time in ms. */
function timeHere(cursor) {
	const time = cursor.scaled(0);
	return time < MS_UP_TO ? time : -1;
}
/** Whether the object goes on after a value; `undefined` when it is broken. */
function goesOn(cursor) {
	const byte = cursor.bytes[cursor.at++];
	return byte === COMMA$1 ? true : byte === CLOSE_OBJECT$2 ? false : void 0;
}
// src/venues/upbit/scan-book.ts
var COMMA = 44;
var OPEN_LIST = 91;
var CLOSE_LIST = 93;
var CLOSE_OBJECT$1 = 125;
/** What a book must have. */
var WHOLE$1 = 7;
/** The venue shows 30 a side. A longer frame goes the general way. */
var MOST_LEVELS = 256;
var bidRoom = new Float64Array(MOST_LEVELS * 2);
var askRoom = new Float64Array(MOST_LEVELS * 2);
/** `orderbook`, from the key after its type on. `undefined`: not the known form. */
function scanBook(form, cursor, memory, pack, receivedAt) {
	let entry;
	let venueTime = -1;
	let counts;
	let seen = 0;
	for (;;) {
		const field = cursor.key(form.bookKeys);
		switch (field) {
			case 1:
				entry = entryHere(cursor, memory);
				if (entry === void 0) return void 0;
				break;
			case 2:
				venueTime = timeHere(cursor);
				if (venueTime === -1) return void 0;
				break;
			case 4:
				if (entry === void 0) return void 0;
				counts = scanUnits(form, cursor, entry);
				if (counts === void 0) return void 0;
				break;
			case 256:
				if (cursor.digits() !== "0") return void 0;
				break;
			case 512:
				if (!cursor.skipNumber()) return void 0;
				break;
			case SOME_TEXT:
				if (!cursor.skipText()) return void 0;
				break;
			default: return;
		}
		if ((seen & field & WHOLE$1) !== 0) return void 0;
		seen |= field;
		const more = goesOn(cursor);
		if (more === void 0) return void 0;
		if (!more) break;
	}
	if (entry === void 0 || counts === void 0 || (seen & WHOLE$1) !== WHOLE$1) return void 0;
	const book = {
		kind: "book-snapshot",
		instrument: entry.instrument,
		venueTime,
		receivedAt,
		lastUpdateId: venueTime,
		priceScale: entry.priceScale,
		quantityScale: entry.quantityScale,
		bids: pack(bidRoom, counts.bids),
		asks: pack(askRoom, counts.asks)
	};
	return [book, topOf(book)];
}
/** Units of an ask and a bid each, sizes last; slots of price or size 0 are padding. Refuses sides out of order. */
function scanUnits(form, cursor, { priceScale, quantityScale }) {
	const { bytes } = cursor;
	if (bytes[cursor.at++] !== OPEN_LIST) return void 0;
	let bids = 0;
	let asks = 0;
	let lastBid = Number.POSITIVE_INFINITY;
	let lastAsk = 0;
	if (bytes[cursor.at] === CLOSE_LIST) {
		cursor.at++;
		return {
			bids,
			asks
		};
	}
	for (let units = 0; units < MOST_LEVELS; units++) {
		if (!cursor.skip(form.askPrice)) return void 0;
		const askPrice = cursor.scaled(priceScale);
		if (!cursor.skip(form.bidPrice)) return void 0;
		const bidPrice = cursor.scaled(priceScale);
		if (!cursor.skip(form.askQuantity)) return void 0;
		const askQuantity = cursor.scaled(quantityScale);
		if (!cursor.skip(form.bidQuantity)) return void 0;
		const bidQuantity = cursor.scaled(quantityScale);
		if (askPrice < 0 || bidPrice < 0 || askQuantity < 0 || bidQuantity < 0) return void 0;
		if (bytes[cursor.at++] !== CLOSE_OBJECT$1) return void 0;
		if (askPrice > 0 && askQuantity > 0) {
			if (askPrice <= lastAsk) return void 0;
			lastAsk = askPrice;
			askRoom[asks++] = askPrice;
			askRoom[asks++] = askQuantity;
		}
		if (bidPrice > 0 && bidQuantity > 0) {
			if (bidPrice >= lastBid) return void 0;
			lastBid = bidPrice;
			bidRoom[bids++] = bidPrice;
			bidRoom[bids++] = bidQuantity;
		}
		const byte = bytes[cursor.at++];
		if (byte === CLOSE_LIST) return {
			bids,
			asks
		};
		if (byte !== COMMA) return void 0;
	}
}
// src/venues/upbit/scan-trade.ts
var ASK = utf8OfText("\"ASK\"");
var BID = utf8OfText("\"BID\"");
/** What a trade must have. */
var WHOLE = 123;
/** `trade`, from the key after its type on. `undefined`: not the known form. */
function scanTrade(form, cursor, memory, receivedAt) {
	let entry;
	let venueTime = 0;
	let id = "";
	let price = 0;
	let quantity = 0;
	let isSell = false;
	let seen = 0;
	for (;;) {
		const field = cursor.key(form.tradeKeys);
		let value = 0;
		switch (field) {
			case 1:
				entry = entryHere(cursor, memory);
				if (entry === void 0) return void 0;
				break;
			case 2:
				value = venueTime = timeHere(cursor);
				break;
			case 8:
				value = price = cursor.number();
				break;
			case 16:
				value = quantity = cursor.number();
				break;
			case 32:
				isSell = cursor.skip(ASK);
				if (!isSell && !cursor.skip(BID)) return void 0;
				break;
			case 64:
				id = cursor.digits();
				if (id === "") return void 0;
				break;
			case 512:
				if (!cursor.skipNumber()) return void 0;
				break;
			case SOME_TEXT:
				if (!cursor.skipText()) return void 0;
				break;
			default: return;
		}
		if (value === -1 || (seen & field & WHOLE) !== 0) return void 0;
		seen |= field;
		const more = goesOn(cursor);
		if (more === void 0) return void 0;
		if (!more) break;
	}
	if ((seen & WHOLE) !== WHOLE || entry === void 0 || price === 0 || quantity === 0) return void 0;
	const { instrument } = entry;
	return [{
		kind: "trade",
		instrument,
		venueTime,
		receivedAt,
		id,
		price,
		quantity,
		side: isSell ? "sell" : "buy"
	}];
}
// src/venues/upbit/frame-scanner.ts
var QUOTE$1 = 34;
var CLOSE_OBJECT = 125;
/** Where the quote after `{"ty` stands; in `{"type` there is a letter. */
var AFTER_TY = 4;
/**
* Books and trades make up nearly all traffic: in either format read straight from the bytes, no `JSON.parse`, no
* text but ids. Keys may come in any order after the type. Whatever else differs from the known form (an unknown or
* repeated key, a space, an escape, more digits than seen so far) is not judged here: the general reader decides, and
* agrees with this one on every frame accepted here.
*/
function createFrameScanner(memory) {
	const cursor = new NumberCursor();
	const pack = createLevelPacker();
	return (bytes, end, receivedAt) => {
		if (bytes[end - 1] !== CLOSE_OBJECT) return void 0;
		cursor.bytes = bytes;
		cursor.end = end;
		cursor.at = 0;
		const form = bytes[AFTER_TY] === QUOTE$1 ? SIMPLE_FORM : DEFAULT_FORM;
		const found = cursor.skip(form.bookStart) ? scanBook(form, cursor, memory, pack, receivedAt) : cursor.skip(form.tradeStart) ? scanTrade(form, cursor, memory, receivedAt) : void 0;
		return cursor.at === end ? found : void 0;
	};
}
// src/venues/upbit/json-reader.ts
/**
* Any parsed frame (by `parseExactJson`) → what it means: either format, one event or a list of them, pongs and errors.
* Never throws. The byte scanner must agree with this reader on every frame it accepts.
* Shapes: the venue's WebSocket reference, docs version 1.6.4.
*/
function readFrame(frame, receivedAt, memory) {
	if (!Array.isArray(frame)) return readOne(frame, receivedAt, memory);
	const rows = frame.flatMap((row) => readOne(row, receivedAt, memory));
	return rows.length > 0 ? rows : [ignored("empty list")];
}
function readOne(payload, receivedAt, memory) {
	if (!isWireObject(payload)) return [{
		kind: "failed",
		reason: `no object: ${show(payload)}`
	}];
	const keys = payload["type"] === void 0 ? SIMPLE_KEYS : DEFAULT_KEYS;
	const type = payload["type"] ?? payload["ty"];
	if (typeof type !== "string") return [readWord(payload)];
	try {
		return readEvent(type, payload, keys, receivedAt, memory);
	} catch (fault) {
		if (!(fault instanceof Misshapen)) throw fault;
		return [{
			kind: "failed",
			reason: `${show(type)}: ${messageOf$1(fault)}`
		}];
	}
}
function readEvent(type, payload, keys, receivedAt, memory) {
	const interval = intervalOf(type);
	const read = READERS.get(type);
	if (!read && !interval) return [ignored(`type ${show(type)}`)];
	const symbol = text(payload, keys.code);
	const entry = memory.entryOf(symbol);
	if (!entry) return [ignored(`symbol ${show(symbol)}`)];
	if (read) return read(payload, keys, entry, receivedAt);
	return interval ? [readCandle(payload, keys, entry, receivedAt, interval)] : [];
}
var READERS = /* @__PURE__ */ new Map([
	["orderbook", readBook$1],
	["trade", (...frame) => [readTrade(...frame)]],
	["ticker", (...frame) => [readTicker$1(...frame)]]
]);
function readBook$1(payload, keys, entry, receivedAt) {
	const level = payload[keys.level];
	if (level !== void 0 && level !== 0) return [ignored(`a book grouped by ${show(level)}`)];
	const venueTime = epochMs(payload, keys.timestamp);
	const levels = readUnits(payload[keys.units], keys, entry);
	entry.priceScale = levels.priceScale;
	entry.quantityScale = levels.quantityScale;
	const book = {
		kind: "book-snapshot",
		instrument: entry.instrument,
		venueTime,
		receivedAt,
		lastUpdateId: venueTime,
		...levels
	};
	return [book, topOf(book)];
}
function readTrade(payload, keys, entry, receivedAt) {
	const side = payload[keys.side];
	if (side !== "ASK" && side !== "BID") throw new Misshapen(`${keys.side} is neither ASK nor BID: ${show(side)}`);
	const trade = {
		kind: "trade",
		instrument: entry.instrument,
		venueTime: epochMs(payload, keys.tradeTime),
		receivedAt,
		id: digits(payload, keys.id),
		price: numeric(payload, keys.price),
		quantity: numeric(payload, keys.quantity),
		side: side === "ASK" ? "sell" : "buy"
	};
	return trade.price === 0 || trade.quantity === 0 ? ignored("a print of nothing") : trade;
}
/** Open, high and low are those of the UTC day (from 09:00 in Seoul); the volumes are those of the last 24 hours. */
function readTicker$1(payload, keys, entry, receivedAt) {
	if (payload[keys.open] === void 0) return ignored("a ticker without its day");
	return {
		kind: "ticker",
		instrument: entry.instrument,
		venueTime: epochMs(payload, payload[keys.tradeTime] === void 0 ? keys.timestamp : keys.tradeTime),
		receivedAt,
		last: numeric(payload, keys.price),
		open: numeric(payload, keys.open),
		high: numeric(payload, keys.high),
		low: numeric(payload, keys.low),
		volume: numeric(payload, keys.volume24h),
		quoteVolume: numeric(payload, keys.quoteVolume24h),
		...isHalted(payload, keys) && { halted: true }
	};
}
/** `market_state` is PREVIEW, ACTIVE or DELISTED. */
function isHalted(payload, keys) {
	const state = payload[keys.state];
	return payload[keys.suspended] === true || state === "PREVIEW" || state === "DELISTED";
}
/** The venue never says that a candle has ended: it is the clock, or the next candle, that closes it. */
function readCandle(payload, keys, entry, receivedAt, interval) {
	const openTime = msOfUtcText(text(payload, keys.candleTime));
	if (openTime === void 0) throw new Misshapen(`${keys.candleTime} is no time: ${show(payload[keys.candleTime])}`);
	if (openTimeAt(interval, openTime) !== openTime) return ignored(`a candle off the grid of ${interval}`);
	const candle = {
		openTime,
		open: numeric(payload, keys.open),
		high: numeric(payload, keys.high),
		low: numeric(payload, keys.low),
		close: numeric(payload, keys.price),
		volume: numeric(payload, keys.candleVolume),
		closed: false
	};
	if (candle.high < candle.low) throw new Misshapen("the high is below the low");
	return {
		kind: "candle",
		instrument: entry.instrument,
		venueTime: epochMs(payload, keys.timestamp),
		receivedAt,
		interval,
		candle
	};
}
/** What is no event: `{"status":"UP"}` after a PING, `{"error":{"name","message"}}` before the venue closes (1000). */
function readWord(payload) {
	if (payload["status"] === "UP") return { kind: "pong" };
	const error = payload["error"];
	if (error !== void 0) {
		const told = isWireObject(error) ? error : { name: error };
		const name = told["name"];
		const message = told["message"];
		return {
			kind: "refusal",
			code: typeof name === "string" || typeof name === "number" ? String(name).slice(0, 60) : "unnamed",
			message: typeof message === "string" ? message.slice(0, 300) : ""
		};
	}
	return ignored("neither an event nor an error");
}
function ignored(reason) {
	return {
		kind: "ignored",
		reason
	};
}
// src/venues/upbit/symbols.ts
var UPBIT = venueId("upbit");
var SYMBOL = /^(KRW|BTC|USDT)-([^\s:\p{C}\-\p{Ll}]{1,40})$/u;
/**
* The venue's spelling → our id, by the naming rule alone (no instrument list needed): `KRW-BTC` → `upbit:BTC-KRW`.
* `undefined` when the name does not follow it.
*/
function instrumentOf(symbol) {
	const parts = SYMBOL.exec(symbol);
	return parts ? `${UPBIT}:${parts[2]}-${parts[1]}` : void 0;
}
/** Our id → the venue's spelling. Throws `instrument.unknown` for ids that no market of Upbit can have. */
function symbolOf(instrument) {
	const [base = "", quote = ""] = instrumentName(instrument).split("-");
	const symbol = `${quote}-${base}`;
	if (venueOf(instrument) !== UPBIT || instrumentOf(symbol) !== instrument) throw new HeartlineError("instrument.unknown", `not an Upbit instrument: ${instrument}`, { details: { instrument } });
	return symbol;
}
// src/venues/upbit/symbol-memory.ts
/** Quantities have eight digits after the point here. Those of prices depend on the price: they are learned. */
var QUANTITY_SCALE = 8;
var MOST_SYMBOLS = 4096;
var QUOTE = 34;
var BACKSLASH = 92;
/** One memory per connection, shared by the byte scanner and the JSON reader so that both agree on scales. */
function createSymbolMemory() {
	const entries = /* @__PURE__ */ new Map();
	const byHash = /* @__PURE__ */ new Map();
	function entryOf(symbol) {
		const known = entries.get(symbol);
		if (known) return known;
		const instrument = instrumentOf(symbol);
		if (instrument === void 0) return void 0;
		const entry = {
			instrument,
			bytes: utf8OfText(symbol),
			priceScale: 0,
			quantityScale: QUANTITY_SCALE
		};
		if (entries.size >= MOST_SYMBOLS) {
			entries.clear();
			byHash.clear();
		}
		entries.set(symbol, entry);
		return entry;
	}
	return {
		entryOf,
		entryAt(bytes, from, end) {
			let hash = 0;
			let at = from;
			for (; at < end && bytes[at] !== QUOTE; at++) {
				const byte = bytes[at];
				if (byte === BACKSLASH || byte < 32) return void 0;
				hash = Math.imul(hash, 31) + byte | 0;
			}
			let entry = byHash.get(hash);
			if (entry === void 0 || !stands(entry.bytes, bytes, from)) {
				entry = entryOf(textOfUtf8(bytes.subarray(from, at)));
				if (entry === void 0 || !stands(entry.bytes, bytes, from)) return void 0;
				byHash.set(hash, entry);
			}
			return entry;
		}
	};
}
/** Whether `symbol` and a quote stand at `from`. */
function stands(symbol, bytes, from) {
	for (let index = 0; index < symbol.length; index++) if (bytes[from + index] !== symbol[index]) return false;
	return bytes[from + symbol.length] === QUOTE;
}
// src/venues/upbit/market-codec.ts
/** Text frames up to this long are scanned as bytes; longer ones are parsed. */
var ROOM = 262144;
/** Frames of the public socket → events. Never throws: see `Decode`. */
function createDecoder() {
	const memory = createSymbolMemory();
	const scan = createFrameScanner(memory);
	const parse = parserOn(memory);
	let room;
	return (frame, receivedAt) => {
		let bytes;
		let end;
		if (typeof frame !== "string") {
			bytes = frame;
			end = frame.length;
		} else if (frame.length * 3 <= ROOM) {
			room ??= new Uint8Array(ROOM);
			bytes = room;
			end = utf8Into(frame, room);
		} else return parse(frame, receivedAt);
		return scan(bytes, end, receivedAt) ?? parse(frame, receivedAt);
	};
}
function parserOn(memory) {
	return (frame, receivedAt) => {
		let parsed;
		try {
			parsed = parseExactJson(typeof frame === "string" ? frame : textOfUtf8(frame));
		} catch {
			return [{
				kind: "failed",
				reason: "not JSON"
			}];
		}
		return readFrame(parsed, receivedAt, memory);
	};
}
// src/venues/upbit/refusal.ts
var SECOND_MS = 1e3;
var MINUTE_MS = 60 * SECOND_MS;
/** The first block is said to last about so long; each further one longer. */
var BLOCK_MS = 2 * MINUTE_MS;
var LONGEST_MS = 1440 * MINUTE_MS;
/**
* Status, headers and body of a REST answer → why it is a refusal, or `undefined` when it is none.
* 429: over the budget of this second. 418: blocked for having gone on, with the time in the body. 403 and 451: not
* from this country. Fact sheet of the venue, section 6.
*/
function refusalOf(status, headers, body, now) {
	if (status < 400) return void 0;
	const error = errorIn(body);
	const message = `${status} ${error?.text ?? body.slice(0, 200)}`.trim();
	switch (status) {
		case 418: return {
			code: "ban",
			message,
			retryAfterMs: within(retryAfter(headers) ?? namedWait(body, now) ?? BLOCK_MS)
		};
		case 429: return {
			code: "rate-limit",
			message,
			retryAfterMs: within(retryAfter(headers) ?? SECOND_MS)
		};
		case 403:
		case 451: return {
			code: error?.name === "out_of_scope" ? "auth" : "geo",
			message
		};
		case 401: return {
			code: "auth",
			message
		};
		default: {
			if (!(status === 503 || /maintenance|점검/i.test(message))) return {
				code: "venue.error",
				message
			};
			const wait = retryAfter(headers);
			return {
				code: "maintenance",
				message,
				...wait !== void 0 && { retryAfterMs: within(wait) }
			};
		}
	}
}
/** `{"error":{"name","message"}}`; the name of a quotation error is a number. */
function errorIn(body) {
	try {
		const parsed = JSON.parse(body.slice(0, 1e4));
		const error = isWireObject(parsed) ? parsed["error"] : void 0;
		if (!isWireObject(error)) return void 0;
		const name = String(error["name"] ?? "").slice(0, 60);
		return {
			name,
			text: `${name} ${typeof error["message"] === "string" ? error["message"].slice(0, 300) : ""}`.trim()
		};
	} catch {
		return;
	}
}
/** How long the body says the block lasts: until a time (ms or s epoch), or for so many seconds or minutes. */
function namedWait(body, now) {
	const text = body.slice(0, 2e3);
	const until = /(?<!\d)(\d{13}|\d{10})(?!\d)/.exec(text)?.[1];
	if (until !== void 0) return (until.length === 13 ? Number(until) : Number(until) * SECOND_MS) - now;
	const span = /(?<!\d)(\d{1,6})\s*(seconds?|secs?|s\b|초|minutes?|mins?|분)/i.exec(text);
	if (!span) return void 0;
	return Number(span[1]) * (/^(?:m|분)/i.test(span[2] ?? "") ? MINUTE_MS : SECOND_MS);
}
/** `Retry-After` in whole seconds. It was never seen here, but would be the venue's clearest word. */
function retryAfter(headers) {
	const text = headers.get("retry-after")?.trim();
	return text !== void 0 && /^\d{1,9}$/.test(text) ? Number(text) * SECOND_MS : void 0;
}
function within(waitMs) {
	return Math.min(Math.max(waitMs, SECOND_MS), LONGEST_MS);
}
// src/venues/upbit/replace-frame.ts
/**
* The request that names everything wanted from now on: `['ticker KRW-BTC', 'ticker KRW-ETH', 'orderbook KRW-BTC']` →
* `[{"ticket":"heartline-1"},{"type":"ticker","codes":["KRW-BTC","KRW-ETH"]},{"type":"orderbook","codes":["KRW-BTC"]},{"format":"SIMPLE"}]`.
* The short format is a third of the bytes of the long one.
*/
function replaceFrame(channels, requestId) {
	const codesOf = /* @__PURE__ */ new Map();
	for (const channel of channels) {
		const space = channel.indexOf(" ");
		const type = channel.slice(0, space);
		const codes = codesOf.get(type) ?? [];
		codesOf.set(type, codes);
		codes.push(channel.slice(space + 1));
	}
	const types = [...codesOf].map(([type, codes]) => ({
		type,
		codes
	}));
	return JSON.stringify([
		{ ticket: `heartline-${requestId}` },
		...types,
		{ format: "SIMPLE" }
	]);
}
// src/venues/upbit/candle-page.ts
/**
* What is asked for → the open times one page may hold. The venue pages backwards only, so many candles up to an end:
* where a beginning is given, the end is set as many candles later, and of what the page brings from before only the
* last is kept, as proof of how far it reaches.
*/
function windowOf(query) {
	const { interval, from, limit, now } = query;
	if (from === void 0) return {
		interval,
		from,
		to: query.to,
		limit,
		now
	};
	let last = openTimeAt(interval, from);
	if (last < from) last = nextOpenTime(interval, last);
	for (let count = 1; count < limit; count++) last = nextOpenTime(interval, last);
	return {
		interval,
		from,
		to: Math.min(query.to ?? last, last),
		limit,
		now
	};
}
/**
* The end as the venue wants it: exclusive, whole seconds, UTC. Absent where it lies in the future: the latest
* candles are meant.
*/
function endOf({ to, now }) {
	if (to === void 0 || now > 0 && to >= now) return void 0;
	return `${utcText((Math.floor(to / 1e3) + 1) * 1e3)}Z`;
}
/**
* One page → candles, oldest first, each once, none outside the window but the last before it. A page may be short: times without a trade have
* no candle here. What another candle follows has ended, whatever the clock says. Throws `venue.answer`.
*/
function readCandles(body, symbol, window) {
	if (!Array.isArray(body)) throw new Misshapen(`no list: ${show(body)}`);
	const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = window;
	const rows = /* @__PURE__ */ new Map();
	for (const row of body) {
		const read = readRow(row, symbol, window.interval);
		const { openTime } = read.candle;
		if (openTime > to) continue;
		if (read.toldAt >= (rows.get(openTime)?.toldAt ?? 0)) rows.set(openTime, read);
	}
	const sorted = [...rows.values()].map(({ candle }) => candle).sort((a, b) => a.openTime - b.openTime);
	const before = sorted.filter(({ openTime }) => openTime < from).length;
	const page = window.from === void 0 ? sorted.slice(-window.limit) : sorted.slice(Math.max(0, before - 1), before + window.limit);
	const last = sorted.at(-1);
	return page.map((candle) => ({
		...candle,
		closed: candle !== last || nextOpenTime(window.interval, candle.openTime) <= window.now
	}));
}
function readRow(row, symbol, interval) {
	if (!isWireObject(row)) throw new Misshapen(`a candle is no object: ${show(row)}`);
	if (row["market"] !== symbol) throw new Misshapen(`a candle of ${show(row["market"])}`);
	const openTime = msOfUtcText(text(row, "candle_date_time_utc"));
	if (openTime === void 0 || openTimeAt(interval, openTime) !== openTime) throw new Misshapen(`a candle off the grid of ${interval}: ${show(row["candle_date_time_utc"])}`);
	const candle = {
		openTime,
		open: numeric(row, "opening_price"),
		high: numeric(row, "high_price"),
		low: numeric(row, "low_price"),
		close: numeric(row, "trade_price"),
		volume: numeric(row, "candle_acc_trade_volume")
	};
	if (candle.high < candle.low) throw new Misshapen("a candle whose high is below its low");
	return {
		candle,
		toldAt: row["timestamp"] === void 0 ? 0 : numeric(row, "timestamp")
	};
}
/** Throws `limit.invalid` for what is no count; more than the venue gives becomes the most it gives. */
function clamp(limit, most) {
	if (!Number.isInteger(limit) || limit < 1) throw new HeartlineError("limit.invalid", `not a number of rows: ${limit}`, { details: { limit } });
	return Math.min(limit, most);
}
/** What holds for all instruments of one market, by the money it trades in. */
var TERMS = /* @__PURE__ */ new Map([
	["KRW", {
		bands: [
			{
				from: "0",
				tick: "0.00000001"
			},
			{
				from: "0.00001",
				tick: "0.0000001"
			},
			{
				from: "0.0001",
				tick: "0.000001"
			},
			{
				from: "0.001",
				tick: "0.00001"
			},
			{
				from: "0.01",
				tick: "0.0001"
			},
			{
				from: "0.1",
				tick: "0.001"
			},
			{
				from: "1",
				tick: "0.01"
			},
			{
				from: "10",
				tick: "0.1"
			},
			{
				from: "100",
				tick: "1"
			},
			{
				from: "5000",
				tick: "5"
			},
			{
				from: "10000",
				tick: "10"
			},
			{
				from: "50000",
				tick: "50"
			},
			{
				from: "100000",
				tick: "100"
			},
			{
				from: "500000",
				tick: "500"
			},
			{
				from: "1000000",
				tick: "1000"
			}
		],
		minNotional: "5000"
	}],
	["BTC", {
		bands: [{
			from: "0",
			tick: "0.00000001"
		}],
		minNotional: "0.00005"
	}],
	["USDT", {
		bands: [
			{
				from: "0",
				tick: "0.00000001"
			},
			{
				from: "0.0001",
				tick: "0.0000001"
			},
			{
				from: "0.001",
				tick: "0.000001"
			},
			{
				from: "0.01",
				tick: "0.00001"
			},
			{
				from: "0.1",
				tick: "0.0001"
			},
			{
				from: "1",
				tick: "0.001"
			},
			{
				from: "10",
				tick: "0.01"
			}
		],
		minNotional: "0.5"
	}]
]);
// src/venues/upbit/instrument-list.ts
/** Orders may have so many digits after the point of their quantity; the venue sets no smallest quantity of its own. */
var QUANTITY_STEP = "0.00000001";
/**
* `market/all?is_details=true` → instruments. The list has names and warnings, but neither steps nor a state: steps
* follow from the market's money and the price. A market under the venue's warning (its trading may end any day) or one
* of its milder cautions is traded, but warned of. Rows outside the naming rule are left out.
*/
function readInstruments(body) {
	if (!Array.isArray(body)) throw new Misshapen(`the market list is no list: ${show(body)}`);
	return body.map(readInstrument).filter((instrument) => instrument !== void 0);
}
function readInstrument(row) {
	if (!isWireObject(row)) throw new Misshapen(`a market is no object: ${show(row)}`);
	const id = instrumentOf(text(row, "market"));
	if (id === void 0) return void 0;
	const [base = "", quote = ""] = id.slice(UPBIT.length + 1).split("-");
	const terms = TERMS.get(quote);
	const [lowest] = terms?.bands ?? [];
	if (!terms || !lowest) return void 0;
	const names = {
		...nameIn(row, "korean_name", "ko"),
		...nameIn(row, "english_name", "en")
	};
	return {
		id,
		venue: UPBIT,
		kind: "spot",
		base,
		quote,
		status: statusOf(row),
		tickSize: lowest.tick,
		...terms.bands.length > 1 && { tickBands: terms.bands },
		...Object.keys(names).length > 0 && { names },
		priceScale: decimalPlaces(lowest.tick),
		quantityStep: QUANTITY_STEP,
		quantityScale: decimalPlaces(QUANTITY_STEP),
		minQuantity: QUANTITY_STEP,
		minNotional: terms.minNotional
	};
}
/** The list's present form has `market_event`; older ones `market_warning`, and the ticker's words are known too. */
function statusOf(row) {
	const state = row["market_state"];
	if (row["is_trading_suspended"] === true || state !== void 0 && state !== "ACTIVE") return "halted";
	const event = row["market_event"];
	const { warning, caution } = isWireObject(event) ? event : {};
	return warning === true || isWireObject(caution) && Object.values(caution).includes(true) || row["market_warning"] === "CAUTION" ? "warned" : "trading";
}
/** A name to show. Names are the venue's free text: what would not print (controls, marks that turn the direction) goes. */
function nameIn(row, key, language) {
	const value = row[key];
	const name = typeof value === "string" ? value.replace(/\p{C}/gu, "").trim().slice(0, 60) : "";
	return name === "" ? {} : { [language]: name };
}
// src/venues/upbit/rest.ts
var MAX_CANDLES = 200;
var MAX_TRADES = 500;
/** Budgets by kind of call, each its own (fact sheet, section 6). */
var SCOPES = [
	"market",
	"candle",
	"trade",
	"ticker",
	"orderbook"
];
/** Paths and bodies of the public REST calls (venue's REST reference, docs version 1.6.4). */
var rest = {
	maxCandles: MAX_CANDLES,
	candleIntervals: [...UNITS$1.keys()],
	candlesOmitEmpty: true,
	candlesTellReach: true,
	clockStepMs: 1e3,
	/** The venue has no clock to ask: what tells is the `Date` of any answer, in whole seconds. */
	serverTime() {
		return {
			...call("orderbook", "/v1/orderbook?markets=KRW-BTC&count=1"),
			parse(_body, _receivedAt, headers) {
				const date = headers.get("date") ?? "";
				const time = msOfHttpDate(date);
				if (time === void 0) throw new Misshapen(`no Date: ${show(date)}`);
				return time;
			}
		};
	},
	instruments() {
		return {
			...call("market", "/v1/market/all?is_details=true"),
			parse: (body) => readInstruments(body)
		};
	},
	candles(query) {
		const unit = UNITS$1.get(query.interval);
		if (!unit) throw new HeartlineError("interval.unknown", `Upbit makes no candles of ${query.interval}`, { details: { interval: query.interval } });
		const symbol = symbolOf(query.instrument);
		const window = windowOf({
			...query,
			limit: clamp(query.limit, MAX_CANDLES)
		});
		const end = endOf(window);
		const asked = {
			market: symbol,
			...end !== void 0 && { to: end },
			count: window.limit
		};
		return {
			...call("candle", pathOf(`/v1/candles/${unit.path}`, asked)),
			parse: (body) => readCandles(body, symbol, window)
		};
	},
	ticker(instrument) {
		const symbol = symbolOf(instrument);
		return {
			...call("ticker", pathOf("/v1/ticker", { markets: symbol })),
			parse: (body, receivedAt) => readTicker(rowOf(body, symbol), instrument, receivedAt)
		};
	},
	top(instrument) {
		const symbol = symbolOf(instrument);
		return {
			...call("orderbook", pathOf("/v1/orderbook", {
				markets: symbol,
				count: 1
			})),
			parse: (body, receivedAt) => topOf(readBook(rowOf(body, symbol), instrument, receivedAt))
		};
	},
	trades(instrument, limit) {
		const symbol = symbolOf(instrument);
		return {
			...call("trade", pathOf("/v1/trades/ticks", {
				market: symbol,
				count: clamp(limit, MAX_TRADES)
			})),
			parse: (body, receivedAt) => readTrades(body, symbol, instrument, receivedAt)
		};
	}
};
function call(scope, path) {
	return {
		path,
		scope,
		weight: 1
	};
}
/** Newest first on the wire; oldest first here, trades of one millisecond in the order they came. */
function readTrades(body, symbol, instrument, receivedAt) {
	return rows(body).map((row) => {
		if (row["market"] !== symbol) throw new Misshapen(`a trade of ${show(row["market"])}`);
		const side = row["ask_bid"];
		if (side !== "ASK" && side !== "BID") throw new Misshapen(`no side: ${show(side)}`);
		return {
			kind: "trade",
			instrument,
			venueTime: epochMs(row, "timestamp"),
			receivedAt,
			id: digits(row, "sequential_id"),
			price: numeric(row, "trade_price"),
			quantity: numeric(row, "trade_volume"),
			side: side === "ASK" ? "sell" : "buy"
		};
	}).reverse().sort((a, b) => a.venueTime - b.venueTime);
}
function readTicker(row, instrument, receivedAt) {
	return {
		kind: "ticker",
		instrument,
		venueTime: epochMs(row, "trade_timestamp"),
		receivedAt,
		last: numeric(row, "trade_price"),
		open: numeric(row, "opening_price"),
		high: numeric(row, "high_price"),
		low: numeric(row, "low_price"),
		volume: numeric(row, "acc_trade_volume_24h"),
		quoteVolume: numeric(row, "acc_trade_price_24h")
	};
}
function readBook(row, instrument, receivedAt) {
	const venueTime = epochMs(row, "timestamp");
	return {
		kind: "book-snapshot",
		instrument,
		venueTime,
		receivedAt,
		lastUpdateId: venueTime,
		...readUnits(row["orderbook_units"], DEFAULT_KEYS, {
			priceScale: 0,
			quantityScale: 0
		})
	};
}
function rows(body) {
	if (!Array.isArray(body)) throw new Misshapen(`no list: ${show(body)}`);
	return body.map((row) => {
		if (!isWireObject(row)) throw new Misshapen(`no object: ${show(row)}`);
		return row;
	});
}
/** The row of one market. */
function rowOf(body, symbol) {
	const row = rows(body).find(({ market }) => market === symbol);
	if (!row) throw new Misshapen(`no row of ${symbol}`);
	return row;
}
function pathOf(path, query) {
	return `${path}?${Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join("&")}`;
}
// src/venues/upbit/index.ts
/** 855 codes in one frame of 9.5 kB were seen to work; the venue publishes no bound. */
var MOST_CHANNELS = 500;
var BTC = instrumentId(`${UPBIT}:BTC-KRW`);
// src/venues/registry.ts
/** Every first-class venue, one line each. */
var venues$1 = [
	binance,
	bybit,
	{
		id: UPBIT,
		name: "Upbit",
		environments: { mainnet: {
			rest: "https://api.upbit.com",
			ws: "wss://api.upbit.com"
		} },
		limits: {
			maxStreamsPerConnection: MOST_CHANNELS,
			sendsPerSecond: 4,
			sendsPerMinute: 80,
			channelsPerFrame: MOST_CHANNELS,
			connections: {
				count: 4,
				windowMs: 1e3
			},
			connectionLifeMs: Number.POSITIVE_INFINITY,
			staleAfterMs: 6e4,
			budgets: SCOPES.map((scope) => ({
				scope,
				capacity: 10,
				windowMs: 1e3
			}))
		},
		intervals: UPBIT_INTERVALS,
		favourites: [
			"BTC",
			"ETH",
			"XRP",
			"SOL",
			"DOGE",
			"ADA",
			"USDT",
			"LINK",
			"AVAX",
			"SUI"
		].map((base) => instrumentId(`${UPBIT}:${base}-KRW`)),
		routeOf: () => "public",
		socketUrl: (endpoints) => `${endpoints.ws}/websocket/v1`,
		channelOf(stream) {
			const symbol = symbolOf(stream.instrument);
			switch (stream.kind) {
				case "ticker": return `ticker ${symbol}`;
				case "trade": return `trade ${symbol}`;
				case "top":
				case "book": return `orderbook ${symbol}`;
				case "candle": {
					const type = UNITS$1.get(stream.interval)?.stream;
					return type === void 0 ? void 0 : `${type} ${symbol}`;
				}
				case "mark": return;
				default: return assertNever(stream);
			}
		},
		rhythmOf: () => void 0,
		canaryOf: () => ({
			kind: "book",
			instrument: BTC
		}),
		subscribing: {
			kind: "replace",
			replaceFrame
		},
		ping: {
			frame: "PING",
			everyMs: 2e4,
			always: true
		},
		createDecoder,
		instrumentOf,
		symbolOf,
		book,
		rest,
		refusalOf,
		budgetNotes({ scope }, headers) {
			const seconds = /\bsec=(\d{1,6})\b/.exec(headers.get("remaining-req") ?? "")?.[1];
			return seconds === void 0 ? [] : [{
				scope,
				remaining: Number(seconds)
			}];
		},
		takerFee: 5e-4,
		sheet: {
			means: {
				instruments: "native",
				ticker: "native",
				top: "native",
				trade: "native",
				book: "native",
				candle: "native",
				mark: "missing"
			},
			freshnessBoundMs: {
				ticker: 6e4,
				top: 6e4,
				book: 6e4,
				trade: 6e4,
				candle: 6e4
			},
			bookProof: "whole",
			orderSafety: "limited"
		}
	},
	bithumb
];
/** The venues that have an address where we want to reach them, each with it. */
function venuesAt(endpointsOf) {
	return venues$1.flatMap((venue) => {
		const endpoints = endpointsOf(venue);
		return endpoints ? [{
			venue,
			endpoints
		}] : [];
	});
}
// bench/kit/running-engine.ts
/** History, books and tapes are there by then; what they cost to fetch is not what they cost to keep. */
var WARM_UP_MS = 15e3;
var RESOLUTION_MS = 5;
var [dataDir = "", endpoints = "{}", perVenue = "50", opened = "10", seconds = "20"] = process.argv.slice(2);
var addresses = JSON.parse(endpoints);
var venues = venuesAt(({ id }) => addresses[id]);
var engine = createEngine({
	clock: systemClock,
	dataDir,
	venues,
	app: {
		version: "bench",
		mode: "demo",
		environment: "simulator",
		shell: "headless"
	}
});
var listed = await engine.api.request("instruments.list", {});
var watched = venues.map(({ venue }) => {
	const own = listed.filter((one) => one.venue === venue.id && one.status !== "halted").map(({ id }) => id);
	return [.../* @__PURE__ */ new Set([...venue.favourites, ...own])].slice(0, Number(perVenue));
});
var instruments = watched.flat();
var streams = watched.flatMap((ofVenue) => ofVenue.flatMap((instrument, index) => [
	{
		kind: "ticker",
		instrument
	},
	{
		kind: "top",
		instrument
	},
	{
		kind: "trade",
		instrument
	},
	{
		kind: "mark",
		instrument
	},
	...index < Number(opened) ? [{
		kind: "book",
		instrument
	}, {
		kind: "candle",
		instrument,
		interval: "1m"
	}] : []
]));
var events = 0;
await engine.tap(streams, () => {
	events += 1;
});
var [shown] = instruments;
if (shown) {
	look("tickers", { instruments });
	look("book", {
		instrument: shown,
		depth: 50
	});
	look("trades", { instrument: shown });
	look("candles", {
		instrument: shown,
		interval: "1m"
	});
	look("health", {});
}
await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
events = 0;
var cpuBefore = process.cpuUsage();
var delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
await new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1e3));
delay.disable();
var { user, system } = process.cpuUsage(cpuBefore);
var counted = events;
globalThis.gc?.();
var { rss, heapUsed, external } = process.memoryUsage();
var cost = {
	rssMb: rss / 1e6,
	heapMb: heapUsed / 1e6,
	buffersMb: external / 1e6,
	eventsPerSecond: counted / Number(seconds),
	instruments: instruments.length,
	streams: streams.length,
	delayP50Ms: Math.max(0, delay.percentile(50) / 1e6 - RESOLUTION_MS),
	delayP99Ms: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS),
	delayMaxMs: delay.max / 1e6 - RESOLUTION_MS,
	cpuShare: (user + system) / (Number(seconds) * 1e6),
	reconnects: engine.health().connections.reduce((sum, { reconnects }) => sum + reconnects, 0)
};
process.stdout.write(`${JSON.stringify(cost)}\n`);
/** Takes what changed as a window does, once a frame at most. */
function look(name, input) {
	let isDue = false;
	const source = engine.api.watch(name, watchInputs[name].parse(input), () => {
		if (isDue) return;
		isDue = true;
		setTimeout(() => {
			isDue = false;
			source.take();
		}, 4);
	});
	source.take();
}
export {};
