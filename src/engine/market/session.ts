import type { MarketEvent } from '#shared/domain/market-data.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { LinkState } from '../net/connection.ts';
import { createConnectionGate } from '../net/connection-gate.ts';
import { createArrivalLag, isDoubtful } from './arrival-lag.ts';
import { createDataSilence } from './data-silence.ts';
import { createMarketTempo } from './market-tempo.ts';
import { createRecentTrades } from './recent-trades.ts';
import { createRotation } from './rotation.ts';
import { createSessionJudgement, SLEPT } from './session-judgement.ts';
import { createSessionLink, type LinkCounts, type SessionLink } from './session-link.ts';
import type { Session, SessionOptions } from './session-options.ts';
import { createSessionRepair } from './session-repair.ts';
import { createSessionStreams, createStream, type SessionStream } from './session-streams.ts';

const IDLE_CLOSE_MS = 10_000;
/** Where nothing can be unsubscribed, what nobody wants goes on coming until the connection is closed. */
const IDLE_CLOSE_REPLACED_MS = 3000;

export function createSession(options: SessionOptions): Session {
  const { clock, venue, circuit } = options;
  const gate = options.gate ?? createConnectionGate(clock, venue.limits.connections);
  const tempo = options.tempo ?? createMarketTempo();
  const counts: LinkCounts = { epoch: 0, reconnects: 0, frames: 0, failed: 0 };
  const streams = createSessionStreams();
  const recent = createRecentTrades();
  const silence = createDataSilence(clock, venue, options.staleAfterMs);
  const lag = createArrivalLag(venue.canaryOf !== undefined);
  const idleCloseMs = venue.subscribing.kind === 'replace' ? IDLE_CLOSE_REPLACED_MS : IDLE_CLOSE_MS;
  let active = createLink();
  let [wasOpen, isPaused] = [false, false];
  let idleSince: number | undefined = clock.monotonic();
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
    onGivenUp: (reason) =>
      options.onTrouble('subscription.trouble', { connection: options.id, reason, count: 1 }),
    onChange: () => judgement.judge(),
  });

  const repair = createSessionRepair({
    ...options,
    streams,
    silence,
    tempo,
    active: () => active,
    add,
    remove,
    onTrouble: (details) => options.onTrouble('subscription.trouble', details),
    onRenewed: (stream) => options.onFact?.({ kind: 'stream-renewed', stream: streamKeyText(stream.key) }),
  });

  const judgement = createSessionJudgement({
    ...options,
    streams,
    silence,
    counts,
    lag,
    active: () => active,
    isPaused: () => isPaused,
    renewal: () => rotation.reason,
  });

  function createLink(): SessionLink {
    return createSessionLink({
      ...options,
      gate,
      counts,
      onLink,
      onEvent,
      onNotice: (link) => link === active && rotation.begin('notice'),
      onConfirmed(link, channel) {
        if (link !== active) rotation.confirmed(channel);
        else for (const stream of streams.ofChannel(channel)) stream.confirmedAt = clock.monotonic();
      },
      onTrouble: (channels, reason) => repair.tell(channels, reason),
      onRefusal: (code, reason) =>
        options.onTrouble('venue.refusal', { connection: options.id, code, reason }),
      onThrown: (reason) => circuit?.failed(reason),
      // Nobody can tell of which stream a frame was that nobody can read.
      onLost: () => options.onFact?.({ kind: 'frame-failed', stream: options.id }),
    });
  }

  function onLink(link: SessionLink, linkState: LinkState): void {
    if (link !== active) {
      if (link === rotation.link) rotation.linkChanged();
      return;
    }
    if (linkState.kind === 'open') {
      silence.opened();
      rotation.opened();
    } else {
      const taken = wasOpen ? rotation.takeOver() : undefined;
      rotation.cancel();
      for (const stream of streams) {
        stream.confirmedAt = undefined;
        stream.pulse.reset();
      }
      silence.opened();
      if (wasOpen) interrupt(() => true);
      if (taken) {
        takeOver(taken.link, taken.rest);
        return;
      }
    }
    wasOpen = linkState.kind === 'open';
    judgement.judge();
  }

  /** The new link delivers from here on. What it said beyond the old one comes first. */
  function takeOver(link: SessionLink, rest: readonly MarketEvent[]): void {
    const old = active;
    active = link;
    wasOpen = true;
    old.dispose();
    const confirmed = new Set(link.subscriptions.confirmed);
    for (const stream of streams) {
      stream.confirmedAt = confirmed.has(stream.channel) ? clock.monotonic() : undefined;
    }
    rotation.opened();
    for (const event of rest) {
      const stream = streams.ofEvent(event);
      if (!stream) continue;
      stream.pulse.note(clock.monotonic(), event.receivedAt);
      deliver(stream, event);
    }
    judgement.judge();
  }

  function onEvent(
    link: SessionLink,
    event: MarketEvent,
    frame: number,
    bytes: number,
    receivedAt: number,
  ): void {
    const stream = streams.ofEvent(event);
    // Late frames of a stream nobody wants any more are dropped here, once, for everyone behind.
    if (!stream) return;
    if (link !== active) {
      if (link === rotation.link) rotation.heard(stream, event);
      return;
    }
    let isFirst = false;
    if (stream.frame !== frame) {
      const now = clock.monotonic();
      noteReturn(stream, now);
      isFirst = stream.pulse.firstAt === undefined;
      const newsAt = stream.newsAt(event.venueTime);
      stream.frame = frame;
      stream.repairs = 0;
      stream.pulse.note(now, receivedAt);
      // A frame that feeds several streams came over the wire once.
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

  function deliver(stream: SessionStream, event: MarketEvent): void {
    if (event.kind === 'trade' && !recent.add(event)) return;
    if (rotation.link) rotation.delivered(stream, event);
    options.onEvent(event);
  }

  /** What comes back after a silence may have lost something meanwhile. A book's chain tells by itself. */
  function noteReturn(stream: SessionStream, now: number): void {
    if (silence.isReturn(now)) interrupt((key) => key.kind !== 'book');
    else if (stream.key.kind !== 'book' && stream.pulse.stateAt(now) === 'stale') {
      options.onInterrupted([stream.key]);
    }
  }

  function interrupt(isMeant: (key: StreamKey) => boolean): void {
    options.onInterrupted([...streams].map(({ key }) => key).filter(isMeant));
  }

  function add(key: StreamKey): void {
    const channel = venue.channelOf(key);
    if (channel === undefined) return;
    // Nothing was due while nothing was wanted.
    if (streams.count === 0) silence.began();
    const [sharing] = streams.ofChannel(channel);
    const meter = options.meterOf?.(key, options.id);
    const stream = createStream({ ...options, key, channel, tempo, meter });
    if (sharing?.confirmedAt !== undefined) stream.confirmedAt = clock.monotonic();
    streams.add(stream);
    active.subscriptions.want(channel);
    rotation.link?.subscriptions.want(channel);
  }

  function remove(key: StreamKey): void {
    const stream = streams.remove(key);
    if (!stream) return;
    stream.leave();
    if (key.kind === 'trade') recent.forget(key.instrument);
    const [sharing] = streams.ofChannel(stream.channel);
    if (sharing) return;
    active.subscriptions.drop(stream.channel);
    rotation.link?.subscriptions.drop(stream.channel);
  }

  function close(): void {
    rotation.cancel();
    active.connection.stop();
  }

  return {
    id: options.id,
    want(key) {
      repair.claim(key);
      if (streams.ofKey(key)) return;
      add(key);
      idleSince = undefined;
      if (!isPaused) active.connection.start();
    },
    drop(key) {
      remove(key);
      repair.release();
      if (streams.count === 0) idleSince ??= clock.monotonic();
      judgement.judge();
    },
    renew: (key) => active.subscriptions.renew(venue.channelOf(key) ?? ''),
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
      if (idleSince !== undefined && clock.monotonic() - idleSince > idleCloseMs) close();
      repair.second();
      rotation.second();
      judgement.judge();
    },
    reconnectNow() {
      if (['live', 'degraded', 'rotating'].includes(judgement.state.kind)) rotation.begin('user');
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
      if (cause === 'link') {
        active.connection.hurry();
        return;
      }
      rotation.cancel();
      if (active.isOpen) judgement.enter(SLEPT);
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
    },
  };
}
