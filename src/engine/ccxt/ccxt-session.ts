import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { ConnectionHealth, ConnectionState } from '#shared/domain/connection.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import { createDataSilence } from '../market/data-silence.ts';
import { createMarketTempo } from '../market/market-tempo.ts';
import { createRecentTrades } from '../market/recent-trades.ts';
import { createSessionJudgement } from '../market/session-judgement.ts';
import type { SessionOptions } from '../market/session-options.ts';
import { createSessionStreams, createStream, type SessionStream } from '../market/session-streams.ts';
import type { LinkState } from '../net/connection.ts';
import type { Tuning } from '../tuning.ts';
import { createCcxtRepair, type WatchedStream } from './ccxt-repair.ts';
import { dropSockets } from './drop-sockets.ts';
import type { CcxtExchange, CcxtModule } from './exchange.ts';
import { type ReadFault, readFault } from './read-fault.ts';
import { createStreamLoop, type LoopMode } from './stream-loop.ts';
import type { StreamPlan } from './stream-plan.ts';
import type { StreamSources } from './stream-source.ts';
import { createVenueLink } from './venue-link.ts';

export interface CcxtSessionOptions
  extends Pick<SessionOptions, 'onEvent' | 'onInterrupted' | 'onState' | 'countsOf' | 'meterOf'> {
  readonly venue: VenueId;
  readonly ccxt: CcxtModule;
  readonly exchange: CcxtExchange;
  readonly clock: Clock;
  readonly plan: StreamPlan;
  readonly sources: StreamSources;
  readonly retryAfterMs: () => number | undefined;
  readonly tuning?: Tuning | undefined;
  /** ccxt found a change of the book missing. */
  readonly onGap: (stream: StreamKey) => void;
  readonly onTrouble: (code: 'stream.polled' | 'stream.trouble', stream: StreamKey, reason: string) => void;
}

/** Everything that is asked of one exchange, seen as one connection: ccxt opens as many sockets as it likes. */
export interface CcxtSession {
  want(key: StreamKey): void;
  drop(key: StreamKey): void;
  health(): ConnectionHealth;
  second(): void;
  /** The book is no good and does not heal: it is asked for anew. */
  renew(key: StreamKey): void;
  reconnectNow(): void;
  pause(): void;
  resume(): void;
  wake(cause: 'resume' | 'link'): void;
  dispose(): void;
}

interface Entry extends WatchedStream {
  stream: SessionStream;
}

const IDLE_CLOSE_MS = 10_000;
/** Silence on all streams: a quiet exchange has its own sign of life, which ccxt watches. */
const SILENT_MS = 120_000;
const SLEPT: ConnectionState = {
  kind: 'stale',
  cause: { code: 'resume', detail: 'the machine slept: what was open before is not believed' },
};

export function createCcxtSession(options: CcxtSessionOptions): CcxtSession {
  const { ccxt, exchange, clock, plan, sources } = options;
  const counts = { epoch: 0, reconnects: 0, frames: 0, failed: 0 };
  const streams = createSessionStreams();
  const entries = new Map<string, Entry>();
  const tempo = createMarketTempo();
  const recent = createRecentTrades();
  const silence = createDataSilence(clock, { limits: { staleAfterMs: SILENT_MS } });
  let isPaused = false;
  let hasStood = false;
  let idleSince: number | undefined = clock.monotonic();

  const link = createVenueLink({ clock, backoff: options.tuning?.backoff, onState: linkChanged });
  const judgement = createSessionJudgement({
    clock,
    id: `${options.venue}/all`,
    venue: { id: options.venue },
    streams,
    silence,
    counts,
    // A polled figure may rightly be old.
    lag: { lagMs: undefined },
    active: () => ({
      isOpen: link.state.kind === 'open',
      connection: { link: link.state, roundTripMs: undefined },
    }),
    isPaused: () => isPaused,
    renewal: () => undefined,
    onState: options.onState,
  });
  const repair = createCcxtRepair({ exchange, link, judgement, entries: () => [...entries.values()] });

  function linkChanged(state: LinkState, before: LinkState): void {
    if (state.kind === 'open') {
      if (hasStood) counts.reconnects += 1;
      hasStood = true;
      silence.opened();
    } else {
      sources.forgetSubscriptions();
      dropSockets(ccxt, exchange);
      for (const { stream } of entries.values()) stream.pulse.reset();
      if (before.kind === 'open') options.onInterrupted([...streams].map(({ key }) => key));
    }
    if (state.kind === 'idle') hasStood = false;
    if (state.kind === 'connecting') {
      counts.epoch += 1;
      for (const entry of entries.values()) {
        entry.loop.restart();
        tune(entry);
      }
    }
    judgement.judge();
  }

  function tune(entry: Entry): void {
    const { key, stream } = entry;
    stream.leave();
    streams.remove(key);
    entry.stream = createEntryStream(key, entry.loop.mode);
    streams.add(entry.stream);
  }

  function createEntryStream(key: StreamKey, mode: LoopMode): SessionStream {
    return createStream({
      key,
      channel: streamKeyText(key),
      // What is asked for has a beat; what streams comes when it comes.
      venue: { rhythmOf: () => (mode === 'poll' ? plan.pollMs[key.kind] : undefined) },
      tempo,
      meter: options.meterOf?.(key, `${options.venue}/all`),
      clock,
    });
  }

  function told(entry: Entry, events: readonly MarketEvent[], mode: LoopMode): void {
    const { stream } = entry;
    const now = clock.monotonic();
    const wall = clock.now();
    // An answer proves that the source is up, also when it says that nothing happened.
    if (events.length === 0 && mode === 'watch') return;
    if (link.state.kind === 'connecting') link.opened();
    link.delivered();
    if (stream.pulse.stateAt(now) === 'stale') options.onInterrupted([stream.key]);
    const isFirst = stream.pulse.firstAt === undefined;
    counts.frames += 1;
    stream.pulse.note(now, wall);
    // ccxt does not say how long a frame was.
    stream.meter.frame(0, events.at(-1)?.venueTime ?? wall, wall);
    silence.heard(now, wall);
    for (const event of events) {
      if (event.kind !== 'trade' || recent.add(event)) options.onEvent(event);
    }
    if (isFirst) judgement.judge();
  }

  function failed(key: StreamKey, thrown: unknown, mode: LoopMode): ReadFault['reach'] {
    if (thrown instanceof HeartlineError && thrown.code === 'stream.unsupported') return 'unsupported';
    if (thrown instanceof HeartlineError && ['instrument.unknown', 'stream.missing'].includes(thrown.code)) {
      return 'never';
    }
    if (thrown instanceof HeartlineError && thrown.code === 'rest.stopped') return 'closed';
    const fault = thrown instanceof HeartlineError && thrown.cause !== undefined ? thrown.cause : thrown;
    const { reach, cause } = readFault(ccxt, fault, key.kind);
    switch (reach) {
      case 'closed':
      case 'unsupported':
      case 'never':
        return reach;
      case 'gap':
        options.onGap(key);
        return reach;
      case 'link':
        // Where something streams, a question that failed says nothing of the streams.
        if (mode === 'watch' || ![...entries.values()].some(({ loop }) => loop.mode === 'watch')) {
          link.fail(
            cause,
            cause.code === 'rate-limit' || cause.code === 'ban' ? options.retryAfterMs() : undefined,
          );
          return reach;
        }
        break;
      case 'stream':
        counts.failed += 1;
        break;
    }
    options.onTrouble('stream.trouble', key, cause.detail || messageOf(fault));
    return 'stream';
  }

  function want(key: StreamKey): void {
    const text = streamKeyText(key);
    const source = sources.of(key);
    if (entries.has(text) || (!source.watch && !source.poll)) return;
    if (streams.count === 0) silence.began();
    idleSince = undefined;
    const loop = createStreamLoop({
      ...source,
      clock,
      backoff: options.tuning?.backoff,
      pass: link.pass,
      onTold: (events, mode) => told(entry, events, mode),
      onFault: (fault, mode) => failed(key, fault, mode),
      onFallback(reason) {
        options.onTrouble('stream.polled', key, reason);
        clock.after(0, () => entries.get(text) === entry && tune(entry));
      },
      onEnded() {
        entry.stream.leave();
        streams.remove(key);
        judgement.judge();
      },
    });
    const entry: Entry = { key, loop, stream: createEntryStream(key, loop.mode) };
    entries.set(text, entry);
    streams.add(entry.stream);
    if (!isPaused) link.start();
  }

  function drop(key: StreamKey): void {
    const entry = entries.get(streamKeyText(key));
    if (!entry) return;
    entry.loop.stop();
    entry.stream.leave();
    entries.delete(streamKeyText(key));
    streams.remove(key);
    if (key.kind === 'trade') recent.forget(key.instrument);
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
      if (idleSince !== undefined && now - idleSince > IDLE_CLOSE_MS) link.stop();
      repair.second(now);
    },
    renew(key) {
      if (exchange.has['unWatchOrderBook'] === true) sources.release(key);
      else link.fail({ code: 'protocol', detail: `${streamKeyText(key)} does not heal` });
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
      if (cause === 'link') link.hurry();
      else {
        if (link.state.kind === 'open') judgement.enter(SLEPT);
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
    },
  };
}
