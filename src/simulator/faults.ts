import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import { isOrderEffect, isOrderStyle, ORDER_STYLE_WORDS } from './order-styles.ts';

/** Every fault that can be injected, and what it does. The control endpoint lists these words. */
export const FAULT_KINDS = {
  drop: 'Leaves out the next `count` matching frames (default 1).',
  mute: 'Sends no matching frame; connection and pings stay alive.',
  freeze:
    'Half-open: answers nothing at all, not even pongs, and reads nothing; the connection stays. route "rest" freezes requests, no target freezes everything.',
  close: 'Closes matching connections now with `code` (default 1001).',
  reset: 'Cuts matching connections now without a close frame (TCP reset).',
  refuse: 'Refuses upgrades: with HTTP `status` when given, else by cutting the connection.',
  acceptThenClose: 'Accepts upgrades and closes them after `ms` (default 0) with `code` (default 1001).',
  delay:
    'Delays matching frames by `ms`, in order. route "rest" delays answers. stream "ack" delays acks only.',
  duplicate: 'Sends matching frames twice.',
  reorder: 'Swaps matching frames pairwise: each held frame leaves after the next one.',
  gap: 'Leaves out the next `count` book updates that others build on (default 1): Binance depth diffs, Bybit deltas; on Upbit and Bithumb, whose frames are whole books, book frames.',
  garbage:
    'Sends `count` malformed frames (default 1) before matching frames; `style`: json, truncated, binary, empty or shape.',
  rest: 'Answers matching requests with `status` (default 503), `retryAfterS`, and `code`/`msg` where given, worded as the venue words 403, 418, 429, 451, 500, 502, 503 (and Bybit its `code` 10006). `path` is a substring.',
  staleSnapshot: 'Answers depth requests with the book of `ms` ago (default 5000).',
  clockSkew: 'Shifts the venue’s server time and the times of every event by `ms`.',
  noAck: 'Leaves out control acks, pongs and errors.',
  maintenance:
    'The venue is down: closes matching connections with `code` (default the venue’s own) after its notice, refuses upgrades with HTTP 503, answers REST as the venue in maintenance does.',
  connectionLife: 'Ends connections `ms` old (default 60000) as the venue ends those of 24 hours.',
  flap: 'Cuts matching connections and upgrades for `ms` (default 2000), lets them be for as long, and so on.',
  page: 'Mangles the list in matching answers; `style`: short (default: its older half is missing), double (every third row comes twice) or unordered (neighbours swapped).',
  order:
    'Makes unsure what becomes of the next `count` requests (default 1) that place, change or cancel orders: which of them, by `venue`, `path`, `method`, `symbol` (of Upbit and Bithumb only placements name one); how, by `style`, under orderStyles in this listing.',
  extraFields: 'Adds fields nobody knows to matching frames.',
  restartBook:
    'Starts the next `count` matching books anew (default 1), as after a restart of the venue’s service: a snapshot with u=1. Bybit.',
} as const;
export type FaultKind = keyof typeof FAULT_KINDS;

export interface FaultTarget {
  readonly venue?: string;
  /** `rest`, or the socket’s: Binance `public`, `market`, `private`, `unrouted`; Bybit `linear`, `spot`, `private`; Upbit and Bithumb `public`, `private`. */
  readonly route?: string;
  readonly symbol?: string;
  /** Substring of the stream's name (Upbit and Bithumb: `orderbook:KRW-BTC`); acks have the name `ack`. */
  readonly stream?: string;
  readonly connectionId?: number;
  /** HTTP method of a request. */
  readonly method?: string;
}

export interface FaultSpec extends FaultTarget {
  readonly kind: FaultKind;
  readonly durationMs?: number;
  readonly count?: number;
  readonly ms?: number;
  readonly code?: number;
  readonly status?: number;
  readonly retryAfterS?: number;
  readonly path?: string;
  readonly msg?: string;
  readonly style?: string;
}

export interface ActiveFault {
  readonly id: number;
  readonly spec: FaultSpec;
  /** How often it has struck. */
  readonly struck: number;
}

interface Rule {
  readonly id: number;
  readonly spec: FaultSpec;
  /** Monotonic times, ms. */
  readonly since: number;
  readonly until: number;
  left: number;
  struck: number;
}

/** What a rule is asked about. */
export interface FaultSubject extends FaultTarget {
  readonly path?: string;
}

const COUNTED_BY_DEFAULT: ReadonlySet<FaultKind> = new Set([
  'drop',
  'gap',
  'garbage',
  'order',
  'restartBook',
]);
/** Done once done: they never stay in force. */
const MOMENTARY: ReadonlySet<FaultKind> = new Set(['close', 'reset']);
const FLAP_MS = 2000;
const NUMBERS = ['durationMs', 'count', 'ms', 'code', 'status', 'retryAfterS', 'connectionId'] as const;
const TEXTS = ['venue', 'route', 'symbol', 'stream', 'path', 'method', 'msg', 'style'] as const;
const KNOWN: ReadonlySet<string> = new Set(['kind', ...NUMBERS, ...TEXTS]);

/** Reads what a person posted. Throws `fault.invalid` with a sentence that says what is wrong. */
export function parseFault(input: unknown): FaultSpec {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new HeartlineError('fault.invalid', 'A fault is a JSON object with a "kind".');
  }
  const fields = input as Record<string, unknown>;
  const { kind } = fields;
  if (typeof kind !== 'string' || !Object.hasOwn(FAULT_KINDS, kind)) {
    const known = Object.keys(FAULT_KINDS).join(', ');
    throw new HeartlineError('fault.invalid', `"kind" must be one of: ${known}.`);
  }
  for (const [name, value] of Object.entries(fields)) {
    if (!KNOWN.has(name)) throw new HeartlineError('fault.invalid', `Unknown field "${name}".`);
    const wantsNumber = (NUMBERS as readonly string[]).includes(name);
    if (wantsNumber && !Number.isFinite(value)) {
      throw new HeartlineError('fault.invalid', `"${name}" must be a number.`);
    }
    if (!wantsNumber && typeof value !== 'string') {
      throw new HeartlineError('fault.invalid', `"${name}" must be a text.`);
    }
  }
  const style = fields['style'] as string | undefined;
  if (kind === 'order' && !isOrderStyle(style) && !isOrderEffect(style)) {
    const known = Object.keys(ORDER_STYLE_WORDS).join(', ');
    throw new HeartlineError('fault.invalid', `"style" of an order fault must be one of: ${known}.`);
  }
  return fields as unknown as FaultSpec;
}

/** The faults in force. A rule ends when its count is used up, its time is over, or it is removed. */
export class Faults {
  readonly #clock: Clock;
  #rules: Rule[] = [];
  #nextId = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True while nothing is injected: the hot path asks only this. */
  get quiet(): boolean {
    return this.#rules.length === 0;
  }

  /** Returns the rule's id, or 0 for what is done at once and never in force. */
  add(spec: FaultSpec): number {
    if (MOMENTARY.has(spec.kind)) return 0;
    const count = spec.count ?? (COUNTED_BY_DEFAULT.has(spec.kind) ? 1 : Number.POSITIVE_INFINITY);
    const since = this.#clock.monotonic();
    const until = since + (spec.durationMs ?? Number.POSITIVE_INFINITY);
    const rule: Rule = { id: this.#nextId++, spec, since, until, left: count, struck: 0 };
    this.#rules.push(rule);
    return rule.id;
  }

  list(): ActiveFault[] {
    this.#dropEnded();
    return this.#rules.map(({ id, spec, struck }) => ({ id, spec, struck }));
  }

  /** Removes one, or all when no id is given. Returns how many were removed. */
  remove(id?: number): number {
    const before = this.#rules.length;
    this.#rules = id === undefined ? [] : this.#rules.filter((rule) => rule.id !== id);
    return before - this.#rules.length;
  }

  /** The first rule of this kind (and style) in force for the subject; asking uses up one of its count. */
  strike(
    kind: FaultKind,
    subject: FaultSubject,
    isStyle?: (style: string | undefined) => boolean,
  ): FaultSpec | undefined {
    const rule = this.#find(kind, subject, isStyle);
    if (!rule) return undefined;
    rule.struck++;
    rule.left--;
    if (rule.left <= 0) this.#rules = this.#rules.filter((other) => other !== rule);
    return rule.spec;
  }

  /** Like `strike`, but uses up nothing. */
  holds(kind: FaultKind, subject: FaultSubject): FaultSpec | undefined {
    return this.#find(kind, subject)?.spec;
  }

  /** Shift of the venue's clock, ms. */
  skewMs(venue: string): number {
    return this.quiet ? 0 : (this.holds('clockSkew', { venue })?.ms ?? 0);
  }

  /** Is a flap that covers the subject in one of its cut-off phases? It begins with one. */
  flapsDown(subject: FaultSubject): boolean {
    const rule = this.#find('flap', subject);
    if (!rule) return false;
    return Math.floor((this.#clock.monotonic() - rule.since) / (rule.spec.ms ?? FLAP_MS)) % 2 === 0;
  }

  #find(
    kind: FaultKind,
    subject: FaultSubject,
    isStyle: (style: string | undefined) => boolean = () => true,
  ): Rule | undefined {
    if (this.#rules.length === 0) return undefined;
    this.#dropEnded();
    return this.#rules.find(
      ({ spec }) => spec.kind === kind && isStyle(spec.style) && matches(spec, subject),
    );
  }

  #dropEnded(): void {
    const now = this.#clock.monotonic();
    if (this.#rules.some((rule) => rule.until <= now)) {
      this.#rules = this.#rules.filter((rule) => rule.until > now);
    }
  }
}

/** Does the rule's target cover the subject? What the target does not name, it covers. */
export function matches(spec: FaultSpec, subject: FaultSubject): boolean {
  if (spec.venue !== undefined && spec.venue !== subject.venue) return false;
  if (spec.route !== undefined && spec.route !== subject.route) return false;
  if (spec.connectionId !== undefined && spec.connectionId !== subject.connectionId) return false;
  if (spec.symbol !== undefined && spec.symbol.toUpperCase() !== subject.symbol?.toUpperCase()) return false;
  if (spec.method !== undefined && spec.method.toUpperCase() !== subject.method) return false;
  if (spec.stream !== undefined && !subject.stream?.includes(spec.stream)) return false;
  return spec.path === undefined || (subject.path?.includes(spec.path) ?? false);
}
