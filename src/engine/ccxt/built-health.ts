import type { ConnectionHealth } from '#shared/domain/connection.ts';
import { parseStreamKey, type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import { withBuiltCandles } from '../market/candle-health.ts';
import type { StreamPlan } from './stream-plan.ts';

/** What is made of another stream is as healthy as that one: a row for each beside it. `held`: texts of all held streams. */
export function builtHealth(
  connection: ConnectionHealth,
  held: Iterable<string>,
  { means }: StreamPlan,
  rootOf: (stream: Extract<StreamKey, { kind: 'candle' }>) => StreamKey,
): ConnectionHealth {
  const texts = [...held];
  const tops = new Map<string, string>();
  for (const text of means.top === 'synthesised' ? texts : []) {
    if (!text.startsWith('top ')) continue;
    tops.set(streamKeyText({ ...parseStreamKey(text), kind: 'book' } as StreamKey), text);
  }
  const [withCandles = connection] = withBuiltCandles([connection], texts, rootOf);
  return {
    ...withCandles,
    streams: withCandles.streams.flatMap((row) => {
      const top = tops.get(row.stream);
      return top === undefined ? [row] : [row, { ...row, stream: top, gaps: 0, resyncs: 0 }];
    }),
  };
}
