import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** A frame as a socket delivers it, or the REST snapshot at its place between them. */
export type SessionRecord =
  | { readonly kind: 'frame'; readonly bytes: Buffer }
  | { readonly kind: 'snapshot'; readonly text: string };

export interface RecordedSession {
  readonly name: string;
  /** The whole recording, or the trimmed part of it in the repository. */
  readonly isWhole: boolean;
  readonly records: readonly SessionRecord[];
  readonly frames: number;
  readonly bytes: number;
}

/** A recorded single-symbol Binance session, e.g. `btcusdt-20240808`; from ../shared where that is there. */
export function recordedSession(name: string): RecordedSession {
  const whole = new URL(
    `../../../shared/fixtures/binance-usdm/session/hft-${name}.ndjson.gz`,
    import.meta.url,
  );
  const trimmed = new URL(`../../src/venues/binance/fixtures/${name}.ndjson.gz`, import.meta.url);
  const isWhole = existsSync(whole);
  const text = gunzipSync(readFileSync(fileURLToPath(isWhole ? whole : trimmed))).toString();
  const records = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): SessionRecord => {
      const { channel, raw } = JSON.parse(line);
      return String(channel).startsWith('rest:')
        ? { kind: 'snapshot', text: raw }
        : { kind: 'frame', bytes: Buffer.from(raw) };
    });
  const lengths = records.map((record) => (record.kind === 'frame' ? record.bytes.length : 0));
  return {
    name,
    isWhole,
    records,
    frames: lengths.filter((length) => length > 0).length,
    bytes: lengths.reduce((sum, length) => sum + length, 0),
  };
}
