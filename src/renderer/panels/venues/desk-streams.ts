import type { HealthView } from '#shared/contract/api.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { splitStreamKey } from '../../stores/health-index.ts';

/** As many as one recording takes. */
const MOST = 200;

/** Streams that arrive now, each once, those of `about` first: all of them are what is on the desk. */
export function deskStreams(health: HealthView | undefined, about: InstrumentId): readonly string[] {
  const streams = new Set(
    (health?.connections ?? []).flatMap((connection) =>
      connection.streams.flatMap(({ stream, source }) => (source === 'rest' ? [] : [stream])),
    ),
  );
  const isAbout = (stream: string) => splitStreamKey(stream).instrument === about;
  const all = [...streams];
  return [...all.filter(isAbout), ...all.filter((stream) => !isAbout(stream))].slice(0, MOST);
}

export function streamsOf(streams: readonly string[], instrument: InstrumentId): readonly string[] {
  return streams.filter((stream) => splitStreamKey(stream).instrument === instrument);
}
