import type { Clock } from '#shared/base/clock.ts';
import { createEmitter } from '#shared/base/emitter.ts';
import type { ConnectionHealth, StreamHealth } from '#shared/domain/connection.ts';
import { type VenueId, venueOf } from '#shared/domain/instrument.ts';
import type { MetricsView, StreamMetrics } from '#shared/domain/metrics.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { MarketList } from '../market/market-list.ts';
import type { Room } from '../room.ts';
import { type ConnectionTally, createConnectionTally, RECENT_MS } from './connection-tally.ts';
import { streamScore } from './health-score.ts';
import { CELL_MS, createHeatGrid } from './heat-grid.ts';
import { createRollingLatency } from './latency-histogram.ts';
import type { ProcessHealth } from './process-health.ts';
import { createRecentCount, type RecentCount } from './recent-count.ts';
import { createStreamGauge, type StreamGauge } from './stream-gauge.ts';
import type { StreamMeter } from './stream-meter.ts';

export interface MetricsRoom extends Room<'heat.read' | 'paint.report', 'metrics'> {
  /** The meter of one stream, the same as long as the stream is there, and for ten minutes more. */
  meterOf(stream: StreamKey): StreamMeter;
  view(): MetricsView;
  /** Once a second, after the markets had theirs. */
  second(): void;
  dispose(): void;
}

interface StreamTally {
  readonly gauge: StreamGauge;
  readonly breaks: RecentCount;
  /** Monotonic ms it was last seen in a market's health. */
  seenAt: number;
}

/** What nobody has wanted for so long is forgotten: a desk that is browsed for days must not grow. */
const FORGOTTEN_MS = 10 * 60_000;

/** Everything that is counted: rates, latencies, silences, scores. Read once a second by whoever shows it. */
export function createMetricsRoom(options: {
  readonly clock: Clock;
  readonly markets: MarketList;
  readonly process: Pick<ProcessHealth, 'memoryMb' | 'ownMemoryMb'>;
  readonly eventLoopDelayMs: () => number;
}): MetricsRoom {
  const { clock, markets } = options;
  const streams = new Map<string, StreamTally>();
  const connections = new Map<string, ConnectionTally>();
  const offsets = new Map<VenueId, number>();
  const paints = createRollingLatency();
  const grid = createHeatGrid();
  const seconds = createEmitter<void>();
  let cellStart = Math.floor(clock.now() / CELL_MS) * CELL_MS;
  let latest: MetricsView | undefined;

  const leave = markets.watchEach((market) =>
    market.onTransition((transition) => tallyOf(transition.connection).transition(transition)),
  );

  function tallyOf(connection: string): ConnectionTally {
    const tally = connections.get(connection) ?? createConnectionTally();
    connections.set(connection, tally);
    return tally;
  }

  function streamOf(text: string, venue: VenueId): StreamTally {
    const tally = streams.get(text) ?? {
      // Unknown stays unknown: before the clocks are compared a latency is off by as much as they are.
      gauge: createStreamGauge(() => offsets.get(venue) ?? Number.NaN),
      breaks: createRecentCount(RECENT_MS),
      seenAt: clock.monotonic(),
    };
    streams.set(text, tally);
    return tally;
  }

  function metricsOf(health: StreamHealth, connection: ConnectionHealth): StreamMetrics {
    if (health.source === 'rest') return polledMetrics(health, connection, clock.now());
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
      score: streamScore(health.state, breaks.recent(clock.monotonic())),
    };
  }

  function view(): MetricsView {
    const shown: StreamMetrics[] = [];
    const rows = markets.all.flatMap((market) => market.health());
    const now = clock.monotonic();
    const connectionRows = rows.map((connection) => {
      const own = connection.streams.map((stream) => metricsOf(stream, connection));
      shown.push(...own);
      const sum = (pick: (row: StreamMetrics) => number) => own.reduce((total, row) => total + pick(row), 0);
      return tallyOf(connection.id).metrics(
        connection,
        {
          perSecond: sum((row) => row.perSecond),
          bytesPerSecond: sum((row) => row.bytesPerSecond),
          scores: own.map((row) => row.score),
        },
        now,
      );
    });
    return {
      asOf: clock.now(),
      streams: shown,
      connections: connectionRows,
      budgets: markets.all.flatMap((market) => market.budgets()),
      restErrors: Object.fromEntries(
        markets.all.map((market) => [market.venue.id, Object.fromEntries(market.restErrors)]),
      ),
      engine: {
        memoryMb: options.process.memoryMb,
        ownMemoryMb: options.process.ownMemoryMb,
        eventLoopDelayMs: options.eventLoopDelayMs(),
      },
      publishToPaint: paints.figures(),
    };
  }

  /** Ten seconds are over: each stream's become one cell of the heat grid. */
  function turn(now: number): void {
    for (const market of markets.all) {
      for (const connection of market.health()) {
        for (const { stream, source } of connection.streams) {
          if (source === 'rest') continue; // the socket's own row counts it
          const cell = streamOf(stream, connection.venue).gauge.turn(cellStart, now);
          grid.note(stream, connection.id, cellStart, cell);
        }
      }
    }
    for (const [text, { seenAt }] of streams) {
      if (clock.monotonic() - seenAt > FORGOTTEN_MS) streams.delete(text);
    }
    paints.turn();
    cellStart = Math.floor(now / CELL_MS) * CELL_MS;
  }

  return {
    requests: {
      'heat.read': (query) => grid.read(query),
      'paint.report'({ samplesMs }) {
        for (const sample of samplesMs) paints.note(sample);
        return {};
      },
    },
    watches: {
      metrics(_input, changed) {
        const undo = seconds.on(changed);
        let taken: MetricsView | undefined;
        return {
          take() {
            latest ??= view();
            if (latest === taken) return undefined;
            taken = latest;
            return latest;
          },
          dispose: undo,
        };
      },
    },
    meterOf: (stream) => streamOf(streamKeyText(stream), venueOf(stream.instrument)).gauge,
    view,
    second() {
      const now = clock.monotonic();
      for (const market of markets.all) {
        if (market.clockOffsetMs !== undefined) offsets.set(market.venue.id, market.clockOffsetMs);
        for (const connection of market.health()) {
          tallyOf(connection.id).second(connection, now);
          for (const { stream, gaps, resyncs, source } of connection.streams) {
            const tally = streamOf(stream, connection.venue);
            tally.seenAt = now;
            // While REST stands in for a socket the stream has two rows, and breaks are told by the socket's.
            if (source === 'rest') continue;
            tally.gauge.second();
            tally.breaks.note(gaps + resyncs, now);
          }
        }
      }
      if (clock.now() >= cellStart + CELL_MS || clock.now() < cellStart) turn(clock.now());
      latest = undefined;
      seconds.emit();
    },
    dispose: leave,
  };
}

const NOT_MEASURED = { p50: Number.NaN, p99: Number.NaN, count: 0 };

/** Answers to questions of ours have no latency of the venue's; what the meter holds is the silent socket's. */
function polledMetrics(health: StreamHealth, connection: ConnectionHealth, now: number): StreamMetrics {
  return {
    stream: health.stream,
    connection: connection.id,
    perSecond: health.perSecond,
    bytesPerSecond: 0,
    venueToReceive: NOT_MEASURED,
    receiveToPublish: NOT_MEASURED,
    silenceMs: now - (health.lastReceivedAt ?? Number.NaN),
    gaps: health.gaps,
    resyncs: health.resyncs,
    score: streamScore(health.state, 0),
  };
}
