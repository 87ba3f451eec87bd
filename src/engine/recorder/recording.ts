import { venueOfSource } from './record-line.ts';

/**
 * One line of a recording, sorted by what it is.
 * `frame`: a message from a socket. `answer`: a REST body. `other`: what we sent, checkpoints, marks of a recorder.
 */
export type Recorded =
  | {
      readonly kind: 'frame';
      readonly raw: string;
      readonly receivedAt: number;
      /** The route it came by, where the recorder wrote it down or the socket's address ends in it. */
      readonly route?: string;
      /** The venue it is of, in recordings of our own: they hold several. */
      readonly venue?: string;
    }
  | {
      readonly kind: 'answer';
      readonly raw: string;
      readonly receivedAt: number;
      readonly status: number;
      /** Path of the call: `/fapi/v1/depth`. */
      readonly path: string;
      /** Values of its query, where the recorder kept the address. */
      readonly query: readonly string[];
      /** The query itself, `?` included; empty where there was none, or the address was not kept. */
      readonly search: string;
      readonly venue?: string;
    }
  | { readonly kind: 'other' }
  | { readonly kind: 'malformed' };

/**
 * Reads one NDJSON line: `{"channel","raw","recv"?,"dir"?,"url"?,"category"?,"status"?}` where `raw` is the text exactly as it came.
 * A line without a channel is taken for a frame.
 */
export function readRecord(line: string): Recorded {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    return { kind: 'malformed' };
  }
  if (typeof record !== 'object' || record === null) return { kind: 'malformed' };
  const { channel, raw, dir, url, status, recv, category, source } = record as Readonly<
    Record<string, unknown>
  >;
  if (typeof raw !== 'string') return { kind: 'malformed' };
  const of = venueOfSource(source);
  const venue = of === undefined ? {} : { venue: of };
  const name = typeof channel === 'string' ? channel : '';
  const receivedAt = wallMs(recv);
  const restPath = /^(?:truth:)?rest[^:]*:([^?]*)/.exec(name)?.[1];
  if (dir === 'http' || restPath !== undefined) {
    const address = typeof url === 'string' ? URL.parse(url, 'http://recorded') : null;
    return {
      kind: 'answer',
      raw,
      receivedAt,
      status: typeof status === 'number' ? status : 200,
      path: restPath ?? address?.pathname ?? '',
      query: address ? [...address.searchParams.values()] : [],
      search: address?.search ?? '',
      ...venue,
    };
  }
  if (dir === 'send' || /^(?:.*-send|checkpoint)$/.test(name)) return { kind: 'other' };
  const route = typeof category === 'string' ? category : lastOfPath(url);
  return { kind: 'frame', raw, receivedAt, ...venue, ...(route === undefined ? {} : { route }) };
}

/** `wss://…/v5/public/linear` → `linear`. */
function lastOfPath(url: unknown): string | undefined {
  return typeof url === 'string' ? /\/\/[^/]+\/(?:[^?#]*\/)?([^/?#]+)(?:[?#]|$)/.exec(url)?.[1] : undefined;
}

/** Recorders write s, ms, µs or ns since the epoch; the number itself tells which. 0 when there is none. */
function wallMs(recv: unknown): number {
  const value = Number(recv ?? 0);
  if (!Number.isFinite(value) || value <= 0) return 0;
  const unitPerMs = value < 1e11 ? 1e-3 : value < 1e14 ? 1 : value < 1e17 ? 1e3 : 1e6;
  return Math.floor(value / unitPerMs);
}
