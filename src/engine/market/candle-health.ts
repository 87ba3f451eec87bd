import type { ConnectionHealth, StreamState } from '#shared/domain/connection.ts';
import { parseStreamKey, type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';

/** A stream is no better than the connection it comes over. */
const UP: readonly string[] = ['live', 'degraded', 'rotating'];
const COMING: readonly string[] = ['idle', 'connecting', 'authenticating', 'subscribing'];

/** `undefined` where nothing is known of it. */
export function streamStateIn(
  connections: readonly ConnectionHealth[],
  stream: StreamKey,
): StreamState | undefined {
  const text = streamKeyText(stream);
  for (const { state, streams } of connections) {
    const row = streams.find((one) => one.stream === text);
    if (!row) continue;
    if (UP.includes(state.kind)) return row.state;
    return COMING.includes(state.kind) ? 'pending' : 'stale';
  }
  return undefined;
}

/** It has said nothing yet on a connection that is up: that others speak there is all that is known. */
export function isUnheardIn(connections: readonly ConnectionHealth[], stream: StreamKey): boolean {
  const text = streamKeyText(stream);
  return connections.some(
    ({ state, streams }) =>
      UP.includes(state.kind) && streams.some((row) => row.stream === text && row.state === 'pending'),
  );
}

/** Candles made of another stream are as healthy as that one: a row for each beside it. `held`: texts of all held streams. */
export function withBuiltCandles(
  connections: readonly ConnectionHealth[],
  held: Iterable<string>,
  rootOf: (stream: Extract<StreamKey, { kind: 'candle' }>) => StreamKey,
): readonly ConnectionHealth[] {
  const builtOf = new Map<string, string[]>();
  for (const text of held) {
    if (!text.startsWith('candle:')) continue;
    const stream = parseStreamKey(text);
    const root = stream.kind === 'candle' ? streamKeyText(rootOf(stream)) : text;
    if (root !== text) builtOf.set(root, [...(builtOf.get(root) ?? []), text]);
  }
  if (builtOf.size === 0) return connections;
  return connections.map((connection) => ({
    ...connection,
    streams: connection.streams.flatMap((row) => [
      row,
      ...(builtOf.get(row.stream) ?? []).map((stream) => ({ ...row, stream })),
    ]),
  }));
}
