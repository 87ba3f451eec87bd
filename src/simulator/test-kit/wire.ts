import WebSocket from 'ws';
import type { Clock } from '#shared/base/clock.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { Coin } from '../coins.ts';
import { openSimulation, type Simulation } from '../simulation.ts';

/** A frame as it came, parsed where it is JSON. */
export interface Frame {
  readonly text: string;
  readonly isBinary: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into frames of any shape.
  readonly value: any;
}

const PATIENCE_MS = 8000;

export interface WireClientOptions {
  readonly autoPong?: boolean;
  /** Of the upgrade. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A plain WebSocket client that remembers everything. */
export class WireClient {
  readonly ws: WebSocket;
  readonly frames: Frame[] = [];
  readonly pings: string[] = [];
  closed: { readonly code: number; readonly reason: string } | undefined;
  failed: string | undefined;
  #changed: (() => void)[] = [];

  constructor(url: string, options: WireClientOptions = {}) {
    const { autoPong = true, headers = {} } = options;
    this.ws = new WebSocket(url, { perMessageDeflate: false, autoPong, headers });
    this.ws.on('message', (data, isBinary) => {
      const text = String(data);
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        value = undefined;
      }
      this.frames.push({ text, isBinary, value });
      this.#wake();
    });
    this.ws.on('ping', (data) => {
      this.pings.push(String(data));
      this.#wake();
    });
    this.ws.on('open', () => this.#wake());
    this.ws.on('error', (fault) => {
      this.failed = fault.message;
      this.#wake();
    });
    this.ws.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
      this.#wake();
    });
  }

  /** Resolves with the first truthy answer; rejects with what was seen when none comes. */
  async until<Found>(what: string, find: () => Found | undefined | false): Promise<Found> {
    const deadline = systemClock.monotonic() + PATIENCE_MS;
    for (;;) {
      const found = find();
      if (found) return found;
      const left = deadline - systemClock.monotonic();
      if (left <= 0) {
        const last = this.frames.slice(-2).map((frame) => frame.text.slice(0, 300));
        throw new Error(
          `waited in vain for ${what}; ${this.frames.length} frames, last: ${last.join(' | ')}`,
        );
      }
      await new Promise<void>((resolve) => {
        const undo = systemClock.after(left, resolve);
        this.#changed.push(() => {
          undo();
          resolve();
        });
      });
    }
  }

  async open(): Promise<this> {
    await this.until('the socket to open', () => this.ws.readyState === WebSocket.OPEN);
    return this;
  }

  /** Sends one control frame and resolves with the next frame that is a control answer. */
  async ask(frame: unknown): Promise<unknown> {
    const from = this.frames.length;
    this.ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
    return this.until('an answer', () => this.frames.slice(from).find(({ value }) => isAnswer(value))?.value);
  }

  /** The next data frame, from now on, that `fits`. */
  async next(what: string, fits: (event: Frame['value']) => boolean): Promise<Frame['value']> {
    const from = this.frames.length;
    return this.until(what, () => this.frames.slice(from).find(({ value }) => value && fits(value))?.value);
  }

  #wake(): void {
    const waiting = this.#changed;
    this.#changed = [];
    for (const resolve of waiting) resolve();
  }
}

function isAnswer(value: Frame['value']): boolean {
  return (
    value !== null &&
    typeof value === 'object' &&
    ('result' in value || ('code' in value && 'msg' in value) || 'op' in value)
  );
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => systemClock.after(ms, resolve));
}

/** A whole simulator in this thread, with a plain client's tools around it. */
export class Wire {
  readonly simulation: Simulation;
  readonly #venue: string;
  readonly #skip: (ms: number) => void;
  readonly #clients: WireClient[] = [];

  static async open(options: {
    /** Only these coins. */
    readonly coins: readonly Coin[];
    /** The venue the tools speak to, and the only one that is opened. Default `binance`. */
    readonly venue?: string;
    readonly speed?: number;
    readonly seed?: number;
  }): Promise<Wire> {
    const { venue = 'binance' } = options;
    let skipped = 0;
    const clock: Clock = {
      ...systemClock,
      now: () => systemClock.now() + skipped,
      monotonic: () => systemClock.monotonic() + skipped,
    };
    const simulation = await openSimulation({
      port: 0,
      seed: options.seed ?? 1,
      speed: options.speed ?? 1,
      venues: [venue],
      coins: options.coins.map((coin) => coin.path),
      clock,
      stopAsked: () => undefined,
    });
    return new Wire(simulation, venue, (ms) => {
      skipped += ms;
    });
  }

  private constructor(simulation: Simulation, venue: string, skip: (ms: number) => void) {
    this.simulation = simulation;
    this.#venue = venue;
    this.#skip = skip;
  }

  /** Puts all clocks forward. */
  skip(ms: number): void {
    this.#skip(ms);
  }

  get #address() {
    return this.simulation.address.venues[this.#venue] as { readonly rest: string; readonly ws: string };
  }

  connect(path: string, options?: WireClientOptions): WireClient {
    const client = new WireClient(this.#address.ws + path, options);
    this.#clients.push(client);
    return client;
  }

  async rest(path: string): Promise<{ status: number; headers: Headers; body: Frame['value'] }> {
    return fetched(this.#address.rest + path);
  }

  async control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    return fetched(`${this.simulation.address.control}/_sim${path}`, init);
  }

  /** Injects a fault and returns its id. */
  async fault(spec: Record<string, unknown>): Promise<number> {
    const { body } = await this.control('POST', '/faults', spec);
    return body.id;
  }

  async close(): Promise<void> {
    for (const { ws } of this.#clients) ws.terminate();
    await this.simulation.close();
  }
}

async function fetched(url: string, init?: RequestInit) {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
