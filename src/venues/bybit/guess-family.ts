import * as wire from '#shared/base/wire.ts';
import type { Family } from './symbols.ts';

/**
 * Which family a frame of unknown origin came from: for recordings that do not say. Live, the route tells.
 * Spot trades count and linear ones have uuids; spot tickers know no bid, no mark and no change; and spot frames write
 * `ts` before `type`, or `type` first of all, where linear ones do not (seen in every recording of 2023 … 2026).
 */
export function guessFamily(kind: string, frame: wire.WireObject): Family {
  const { data } = frame;
  switch (kind) {
    case 'publicTrade': {
      const row: unknown = Array.isArray(data) ? data[0] : undefined;
      return wire.isWireObject(row) && /^\d+$/.test(String(row['i'])) ? 'spot' : 'linear';
    }
    case 'tickers':
      return frame['type'] === 'snapshot' &&
        wire.isWireObject(data) &&
        !('bid1Price' in data || 'markPrice' in data)
        ? 'spot'
        : 'linear';
    default: {
      const keys = Object.keys(frame);
      return keys[0] === 'type' || (kind === 'orderbook' && keys.indexOf('ts') < keys.indexOf('type'))
        ? 'spot'
        : 'linear';
    }
  }
}
