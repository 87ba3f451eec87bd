import type { Clock } from '#shared/base/clock.ts';
import type { ClientSocket } from '../client-socket.ts';
import type { Hub, Listener } from '../hub.ts';
import { hash32, hashText, unit } from '../random.ts';
import type { VenueConnection } from '../venue-server.ts';
import type { Dialect, Format, Wanted } from './dialect.ts';
import type { KoreanFeed } from './feed.ts';
import { SocketHabits } from './socket-habits.ts';
import { formKey, streamOf } from './stream-form.ts';

/** Frames of the previous subscription may still arrive for this long. */
const RESIDUE_MS = 40;
/** How often a stream that has to wait asks whether it still has to. */
const PAUSE_MS = 12;
/** A snapshot that comes late comes this late. */
const LATE_SNAPSHOT_MS = 250;

export interface KoreanConnectionOptions {
  readonly client: ClientSocket;
  readonly dialect: Dialect;
  readonly hub: Hub;
  readonly feed: KoreanFeed;
  readonly clock: Clock;
  /** Market time, ms. */
  now(): number;
  /** Does a stream have to wait until days of trades have been added up? Asking sees to it that they are. */
  isCold(wanted: Wanted): boolean;
}

interface Subscription extends Listener {
  readonly stream: string;
  readonly wanted: Wanted;
}

/** One client's WebSocket: a request replaces what it was subscribed to, nothing is acknowledged, errors close. */
export class KoreanConnection implements VenueConnection {
  readonly client: ClientSocket;
  readonly #options: KoreanConnectionOptions;
  readonly #habits: SocketHabits;
  #subscriptions: readonly Subscription[] = [];
  /** Those of the previous request that have not ended yet. */
  #leaving = new Set<Subscription>();
  #format: Format = 'DEFAULT';
  #requests = 0;

  constructor(options: KoreanConnectionOptions) {
    const { client, clock, dialect } = options;
    this.client = client;
    this.#options = options;
    this.#habits = new SocketHabits({ ...dialect, client, clock, take: (text) => this.#take(text) });
    client.ws.on('close', () => this.#end());
  }

  get streams(): Iterable<string> {
    return new Set(this.#subscriptions.map(({ stream }) => stream));
  }

  describe(): Readonly<Record<string, unknown>> {
    return { format: this.#format };
  }

  check(): void {
    this.#habits.check();
  }

  #take(text: string): void {
    const request = this.#options.dialect.read(text);
    switch (request.kind) {
      case 'refused':
        this.#habits.refuse(request.errorText);
        return;
      case 'list':
        if (request.format && request.format !== this.#format) {
          this.#subscribe(this.#wanted(), request.format, false);
        }
        this.client.answer(this.#listText(request.ticket));
        return;
      case 'subscribe':
        this.#subscribe(request.wanted, request.format, true);
    }
  }

  #wanted(): readonly Wanted[] {
    return this.#subscriptions.map(({ wanted }) => wanted);
  }

  #subscribe(wanted: readonly Wanted[], format: Format, withSnapshots: boolean): void {
    const { clock } = this.#options;
    this.#format = format;
    this.#requests++;
    const fresh = wanted.map((one) => this.#subscription(one));
    const kept = new Set(fresh.map(({ stream }) => stream));
    for (const old of this.#subscriptions) {
      if (kept.has(old.stream)) this.#leave(old);
      else this.#leaving.add(old);
    }
    const leaving = [...this.#leaving];
    clock.after(RESIDUE_MS, () => {
      for (const old of leaving) this.#leave(old);
    });
    this.#subscriptions = fresh;
    // Asked once for all, so that the work on the last does not wait for the first to have begun.
    for (const one of wanted) this.#options.isCold(one);
    this.#begin(fresh, withSnapshots);
  }

  /** Begins streams one after the other; where one has to wait, so do those behind it. */
  #begin(fresh: readonly Subscription[], withSnapshots: boolean, from = 0): void {
    const { hub, feed, clock, isCold } = this.#options;
    for (let index = from; index < fresh.length; index++) {
      const one = fresh[index] as Subscription;
      const { wanted } = one;
      if (isCold(wanted)) {
        clock.after(PAUSE_MS, () => {
          if (this.#subscriptions === fresh) this.#begin(fresh, withSnapshots, index);
        });
        return;
      }
      feed.begin(wanted);
      if (wanted.isRealtime) hub.add(one.stream, one);
      if (withSnapshots && wanted.isSnapshot) this.#sendSnapshot(one);
    }
  }

  #subscription(wanted: Wanted): Subscription {
    const { client } = this;
    const { units, level } = wanted;
    return {
      stream: streamOf(wanted.type, wanted.code),
      wanted,
      form: formKey({ format: this.#format, units, level }),
      deliver: (stream, frame) => client.deliver(stream, frame),
    };
  }

  #sendSnapshot(one: Subscription): void {
    const { clock, dialect, feed, now } = this.#options;
    const send = () => {
      if (!this.#subscriptions.includes(one)) return;
      const text = feed.snapshot(one.wanted, one.form, now());
      if (text !== undefined) one.deliver(one.stream, Buffer.from(text));
    };
    const chance = unit(hash32(hashText(one.stream), this.client.id, this.#requests));
    if (one.wanted.isRealtime && chance < dialect.lateSnapshots) clock.after(LATE_SNAPSHOT_MS, send);
    else send();
  }

  #leave(one: Subscription): void {
    const { hub, feed } = this.#options;
    this.#leaving.delete(one);
    hub.remove(one.stream, one);
    feed.forget(one.stream);
  }

  #listText(ticket: unknown): string {
    const byType = new Map<string, string[]>();
    for (const { type, code } of this.#wanted()) {
      const codes = byType.get(type) ?? [];
      codes.push(code);
      byType.set(type, codes);
    }
    const result = [...byType].map(([type, codes]) => ({ type, codes, level: null }));
    return JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', result, ticket });
  }

  #end(): void {
    for (const one of [...this.#subscriptions, ...this.#leaving]) this.#leave(one);
  }
}
