import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { SessionJudgement } from '../market/session-judgement.ts';
import type { SessionStream } from '../market/session-streams.ts';
import type { CcxtExchange } from './exchange.ts';
import type { StreamLoop } from './stream-loop.ts';
import type { VenueLink } from './venue-link.ts';

export interface WatchedStream {
  readonly key: StreamKey;
  readonly loop: StreamLoop;
  readonly stream: SessionStream;
}

/** Longer than ccxt takes over a list of markets and a handshake. */
const FIRST_WORD_MS = 30_000;
const STALE_PATIENCE_MS = 5000;
/** Where all is quiet, a new socket is tried no more often than this: it may rightly be so. */
const QUIET_RECONNECT_MS = 5 * 60_000;

/** What is done, once a second, about an exchange that connects to nothing, answers nothing, or falls silent. */
export function createCcxtRepair(options: {
  readonly exchange: CcxtExchange;
  readonly link: VenueLink;
  readonly judgement: SessionJudgement;
  readonly entries: () => readonly WatchedStream[];
}): { second(now: number): void } {
  const { exchange, link, judgement, entries } = options;
  let staleSince: number | undefined;
  let quietReconnectAt = Number.NEGATIVE_INFINITY;

  /** ccxt connected but nothing was said yet, or nothing came of it at all. */
  function judgeConnecting(now: number): void {
    if (link.state.kind !== 'connecting') return;
    if (Object.values(exchange.clients).some(({ isConnected }) => isConnected)) link.opened();
    else if (now - link.since > FIRST_WORD_MS && entries().length > 0) {
      link.fail({ code: 'timeout', detail: `no word within ${FIRST_WORD_MS / 1000} s` });
    }
  }

  /** Some classes never say that a subscription failed: what has to begin at once and does not is asked for otherwise. */
  function judgeFirstWords(now: number): void {
    if (link.state.kind !== 'open') return;
    for (const { key, loop, stream } of entries()) {
      const begins = key.kind === 'ticker' || key.kind === 'top' || key.kind === 'book';
      const since = Math.max(loop.since, link.since);
      if (begins && stream.pulse.firstAt === undefined && now - since > FIRST_WORD_MS) loop.giveUp();
    }
  }

  function judgeStale(now: number): void {
    const { state } = judgement;
    if (link.state.kind !== 'open' || state.kind !== 'stale') {
      staleSince = undefined;
      return;
    }
    staleSince ??= now;
    if (now - staleSince < STALE_PATIENCE_MS) return;
    // What is polled is silent because the questions fail: a new socket would not answer them.
    const watched = entries().filter(({ loop }) => loop.mode === 'watch');
    const isOne = watched.some(({ stream }) => stream.state === 'stale' && stream.pulse.isCanary);
    if (watched.length === 0 || (!isOne && now - quietReconnectAt < QUIET_RECONNECT_MS)) return;
    quietReconnectAt = now;
    link.fail(state.cause);
  }

  return {
    second(now) {
      judgeConnecting(now);
      judgeFirstWords(now);
      judgement.judge();
      judgeStale(now);
    },
  };
}
