import type { Clock } from '#shared/base/clock.ts';
import type { ConnectionHealth, ConnectionState } from '#shared/domain/connection.ts';
import { streamKeyText } from '#shared/domain/stream-key.ts';
import type { Venue } from '#venues/venue.ts';
import { type ArrivalLag, LATE_DATA_MS } from './arrival-lag.ts';
import type { SilenceWatch } from './data-silence.ts';
import { type DataSilence, judgeConnection, judgeStream, sameState } from './judge-connection.ts';
import type { RotationReason } from './rotation.ts';
import type { LinkCounts, SessionLink } from './session-link.ts';
import type { SessionOptions } from './session-options.ts';
import type { SessionStreams } from './session-streams.ts';

export interface SessionJudgementOptions extends Pick<SessionOptions, 'onState'> {
  readonly id: string;
  readonly venue: Pick<Venue, 'id'>;
  readonly clock: Clock;
  readonly streams: SessionStreams;
  readonly silence: SilenceWatch;
  readonly counts: LinkCounts;
  readonly lag: Pick<ArrivalLag, 'lagMs'>;
  readonly active: () => {
    readonly isOpen: boolean;
    readonly connection: Pick<SessionLink['connection'], 'link' | 'roundTripMs'>;
  };
  readonly isPaused: () => boolean;
  /** Why the socket is being renewed, while it is. */
  readonly renewal: () => RotationReason | undefined;
}

/** What is said of one session: the state of its connection and of each stream, each with the time it was entered. */
export interface SessionJudgement {
  readonly state: ConnectionState;
  judge(): void;
  /** Says so whatever the sockets say; the next judgement may say otherwise. */
  enter(state: ConnectionState): void;
  health(countsOf: SessionOptions['countsOf']): ConnectionHealth;
}

export const SLEPT: ConnectionState = {
  kind: 'stale',
  cause: { code: 'resume', detail: 'the machine slept: what was open before is not believed' },
};
const PAUSED: ConnectionState = { kind: 'paused', cause: { code: 'user', detail: 'paused by hand' } };

export function createSessionJudgement(options: SessionJudgementOptions): SessionJudgement {
  const { clock, streams, silence, counts } = options;
  let state: ConnectionState = { kind: 'idle' };
  let since = clock.now();

  function judge(): void {
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
    // A renewal is no excuse: what is late or stale meanwhile is called so.
    const reason = judged.kind === 'live' ? options.renewal() : undefined;
    enter(reason ? { kind: 'rotating', reason } : judged);
  }

  function enter(next: ConnectionState): void {
    if (sameState(state, next)) return;
    const isNewKind = state.kind !== next.kind;
    if (isNewKind) since = clock.now();
    state = next;
    // Which stream is the worst may change every second: that is for the health view, not for the log.
    if (isNewKind || next.kind === 'waiting') options.onState(next, silence.lastDataAt);
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
        ...(roundTripMs === undefined ? {} : { roundTripMs }),
        reconnects: counts.reconnects,
        failedFrames: counts.failed,
        streams: [...streams].map((stream) => {
          const { lastReceivedAt, perSecond } = stream.pulse;
          return {
            stream: streamKeyText(stream.key),
            state: stream.state,
            since: stream.since,
            ...(lastReceivedAt === undefined ? {} : { lastReceivedAt }),
            perSecond,
            ...countsOf(stream.key),
          };
        }),
      };
    },
  };
}

/** Silence is the graver of the two: nothing tells how late what does not come is. */
function withLag(data: DataSilence, lagMs: number | undefined): DataSilence {
  if (data.state !== 'live' || lagMs === undefined || lagMs <= LATE_DATA_MS) return data;
  return { ...data, state: 'late', lagMs };
}
