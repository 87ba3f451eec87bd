import type { StreamState } from '#shared/domain/connection.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { CircuitState } from '../net/circuit-breaker.ts';
import type { RestKind } from './rest-guard.ts';

export type SourceSetting = 'auto' | 'websocket' | 'rest';
export type DataSource = 'websocket' | 'rest';

export interface SourceFacts {
  readonly setting: SourceSetting;
  /** `undefined`: no connection knows the stream. */
  readonly stream: StreamState | undefined;
  /** How long since it was last seen to live, or was first wanted, ms. */
  readonly awayMs: number;
  /** The venue has a call for it. */
  readonly isAskable: boolean;
  readonly circuit: CircuitState;
}

/** A break is mostly over within this time. */
const STALE_MS = 3000;
/** A stream that never began is as good as one that ended. */
const PENDING_MS = 10_000;

/** Where a stream's data is to come from now. Pure. */
export function chooseSource(facts: SourceFacts): DataSource {
  if (!facts.isAskable || facts.setting === 'websocket') return 'websocket';
  if (facts.setting === 'rest') return 'rest';
  const isLiving = facts.stream === 'live' || facts.stream === 'late';
  const isAway = !isLiving && facts.awayMs > (facts.stream === 'stale' ? STALE_MS : PENDING_MS);
  // While REST fails as well, the stream is the better hope: whatever comes first ends the silence.
  return isAway && facts.circuit !== 'open' ? 'rest' : 'websocket';
}

/** Which setting and which circuit a stream falls under; mark prices come with the ticker. */
export function restKindOf(stream: StreamKey): RestKind {
  switch (stream.kind) {
    case 'ticker':
    case 'top':
    case 'mark':
      return 'ticker';
    case 'book':
    case 'trade':
    case 'candle':
      return stream.kind;
  }
}
