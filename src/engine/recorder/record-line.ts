import type { VenueId } from '#shared/domain/instrument.ts';
import type { WireNote } from './wire-tap.ts';

const OURS = 'heartline/';

/** The `source` of what Heartline itself recorded of a venue. */
function sourceOf(venue: VenueId): string {
  return `${OURS}${venue}`;
}

/** The venue a `source` of ours names; `undefined` for anybody else's. */
export function venueOfSource(source: unknown): string | undefined {
  return typeof source === 'string' && source.startsWith(OURS) ? source.slice(OURS.length) : undefined;
}

/**
 * One line of a recording, with its line end, in the format that `readRecord` reads: `{"source","channel","raw","recv",
 * "dir","url","category"?,"status"?}`. `raw` is the text as it came, `recv` wall ms, `category` the route.
 */
export function recordLine(note: WireNote, receivedAt: number, route: string | undefined): string {
  const category = route === undefined ? {} : { category: route };
  const common = { source: sourceOf(note.venue), recv: receivedAt, url: note.url };
  switch (note.kind) {
    case 'received':
      return line({
        ...common,
        channel: `ws:${route ?? ''}`,
        raw: textOf(note.bytes),
        dir: 'recv',
        ...category,
      });
    case 'sent':
      return line({ ...common, channel: 'ws-send', raw: note.text, dir: 'send', ...category });
    case 'answer': {
      const path = URL.parse(note.url)?.pathname ?? '';
      return line({ ...common, channel: `rest:${path}`, raw: note.body, dir: 'http', status: note.status });
    }
  }
}

function line(record: object): string {
  return `${JSON.stringify(record)}\n`;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
