import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { Fetch } from '../net/rest-client.ts';
import type { OpenSocket } from '../net/socket.ts';

/** One thing that went over the wire, as it was. */
export type WireNote =
  /** `bytes` belong to the socket: only valid during the call. */
  | { readonly kind: 'received'; readonly venue: VenueId; readonly url: string; readonly bytes: Uint8Array }
  | { readonly kind: 'sent'; readonly venue: VenueId; readonly url: string; readonly text: string }
  | {
      readonly kind: 'answer';
      readonly venue: VenueId;
      readonly url: string;
      readonly status: number;
      readonly body: string;
    };

/** Sees what the sockets and the REST calls of all venues carry. While nobody listens it costs one look at a number. */
export interface WireTap {
  sockets(venue: VenueId, open: OpenSocket): OpenSocket;
  rest(venue: VenueId, fetch: Fetch): Fetch;
  on(listener: (note: WireNote) => void): Undo;
}

export function createWireTap(): WireTap {
  const notes = createEmitter<WireNote>();
  return {
    sockets: (venue, open) => (url, listener, options) => {
      const tapped = {
        ...listener,
        frame(bytes: Uint8Array) {
          if (notes.listenerCount > 0) notes.emit({ kind: 'received', venue, url, bytes });
          listener.frame(bytes);
        },
      };
      const socket = open(url, tapped, options);
      return {
        ...socket,
        send(text) {
          if (notes.listenerCount > 0) notes.emit({ kind: 'sent', venue, url, text });
          socket.send(text);
        },
      };
    },
    rest: (venue, fetch) => async (url, init) => {
      const answer = await fetch(url, init);
      const { status, headers } = answer;
      return {
        status,
        headers,
        async text() {
          const body = await answer.text();
          if (notes.listenerCount > 0) notes.emit({ kind: 'answer', venue, url, status, body });
          return body;
        },
      };
    },
    on: notes.on,
  };
}
