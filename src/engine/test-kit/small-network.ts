import type { Clock } from '#shared/base/clock.ts';
import type { OpenSocket, SocketListener } from '../net/socket.ts';
import { createSmallMarket } from './small-market.ts';

/** What a venue does to its clients besides its work. Everything absent: it works. */
export interface Mood {
  /** Refuses upgrades. */
  refuses?: boolean;
  /** Sends no data; pings are answered. */
  isMute?: boolean;
  /** Answers nothing at all. */
  isFrozen?: boolean;
  /** Chance of a frame to be lost, to come twice, to come after the next one. */
  drops?: number;
  doubles?: number;
  swaps?: number;
  /** Data frames are what nobody can read; `breaks`: what makes the decoder throw. */
  garbles?: boolean;
  breaks?: boolean;
  /** Every frame comes so often. */
  floods?: number;
  restStatus?: number;
  restDelayMs?: number;
}

interface Peer {
  readonly venue: string;
  readonly listener: SocketListener;
  readonly channels: Set<string>;
  held: string | undefined;
  isOpen: boolean;
}

export interface SmallVenueHandle {
  mood: Mood;
  /** Cuts every socket. */
  reset(): void;
  readonly market: ReturnType<typeof createSmallMarket>;
  /** Sockets ever asked for, with the monotonic time of each. */
  readonly dialled: readonly number[];
  /** The latest. */
  readonly requests: readonly { readonly path: string; readonly at: number }[];
}

interface Written {
  readonly dialled: number[];
  readonly requests: { readonly path: string; readonly at: number }[];
}

/** Sockets and REST that are function calls, late by a little virtual time. */
export interface SmallNetwork {
  readonly openSocket: OpenSocket;
  readonly fetch: typeof fetch;
  readonly venues: ReadonlyMap<string, SmallVenueHandle>;
  /** Sockets standing. */
  readonly open: number;
  /** Every market makes its next move, and whoever listens hears it as the venue's mood allows. */
  deliver(): void;
}

const LATENCY_MS = 20;
const KEPT = 1000;
const ENCODER = new TextEncoder();

export function createSmallNetwork(options: {
  readonly clock: Clock;
  readonly venues: readonly string[];
  /** Chance of the faults, and of the markets that have none of their own. */
  readonly next: () => number;
  readonly nextOf?: ((venue: string) => () => number) | undefined;
}): SmallNetwork {
  const { clock, next } = options;
  const peers = new Set<Peer>();
  const venues = new Map<string, SmallVenueHandle & Written>(
    options.venues.map((id) => {
      const dialled: number[] = [];
      const requests: { path: string; at: number }[] = [];
      const market = createSmallMarket(id, options.nextOf?.(id) ?? next, clock.now());
      const reset = () => {
        for (const peer of [...peers]) if (peer.venue === id) hangUp(peer);
      };
      return [id, { mood: {}, dialled, requests, market, reset }];
    }),
  );

  function venueAt(url: string) {
    const id = new URL(url).hostname;
    const venue = venues.get(id);
    if (!venue) throw new Error(`nobody listens at ${url}`);
    return { id, venue };
  }

  function hangUp(peer: Peer): void {
    if (!peers.delete(peer)) return;
    peer.listener.closed({ code: 'socket.reset', detail: 'cut' });
  }

  function say(peer: Peer, text: string): void {
    if (peers.has(peer)) peer.listener.frame(ENCODER.encode(text));
  }

  const openSocket: OpenSocket = (url, listener) => {
    const { id, venue } = venueAt(url);
    venue.dialled.push(clock.monotonic());
    const peer: Peer = { venue: id, listener, channels: new Set(), held: undefined, isOpen: false };
    peers.add(peer);
    clock.after(LATENCY_MS, () => {
      if (!peers.has(peer) || venue.mood.isFrozen) return;
      if (venue.mood.refuses) {
        peers.delete(peer);
        listener.closed({ code: 'socket.refused', detail: 'refused' });
        return;
      }
      peer.isOpen = true;
      listener.opened();
    });
    return {
      send(text) {
        const { subscribe = [], unsubscribe = [], requestId } = JSON.parse(text);
        clock.after(LATENCY_MS, () => {
          if (venue.mood.isFrozen) return;
          for (const channel of subscribe) peer.channels.add(channel);
          for (const channel of unsubscribe) peer.channels.delete(channel);
          say(peer, JSON.stringify({ kind: 'ack', requestId }));
        });
      },
      ping() {
        clock.after(LATENCY_MS, () => {
          if (peers.has(peer) && !venue.mood.isFrozen) listener.pulse('pong');
        });
      },
      terminate: () => void peers.delete(peer),
    };
  };

  const answer = (url: string, signal: AbortSignal) =>
    new Promise<Response>((resolve, reject) => {
      const { venue } = venueAt(url);
      const path = url.slice(url.indexOf('/', 'http://'.length));
      venue.requests.push({ path, at: clock.monotonic() });
      if (venue.requests.length > KEPT) venue.requests.shift();
      // A signal that is listened to stays, and so would the answer.
      const leave = () => {
        undo();
        reject(signal.reason);
      };
      const undo = clock.after(venue.mood.restDelayMs ?? LATENCY_MS, () => {
        if (venue.mood.isFrozen) return;
        signal.removeEventListener('abort', leave);
        const { restStatus = 200 } = venue.mood;
        const body = restStatus === 200 ? JSON.stringify(venue.market.answer(path, clock.now())) : '{}';
        resolve({ status: restStatus, headers: new Headers(), text: async () => body } as Response);
      });
      signal.addEventListener('abort', leave);
    });

  function deliver(): void {
    for (const [id, venue] of venues) {
      const { mood } = venue;
      const chance = (probability = 0) => probability > 0 && next() < probability;
      // The market goes on whoever hears it.
      for (const [channel, frame] of venue.market.step(clock.now())) {
        const text = JSON.stringify(frame);
        for (const peer of [...peers]) {
          if (peer.venue !== id || !peer.isOpen || !peer.channels.has(channel)) continue;
          if (mood.isMute || mood.isFrozen || chance(mood.drops)) continue;
          if (mood.garbles) {
            say(peer, JSON.stringify({ kind: 'failed', reason: 'garbled' }));
            continue;
          }
          if (mood.breaks) {
            say(peer, '{');
            continue;
          }
          for (let more = 1; more < (mood.floods ?? 1); more += 1) say(peer, text);
          const { held } = peer;
          peer.held = undefined;
          if (held === undefined && chance(mood.swaps)) {
            peer.held = text;
            continue;
          }
          say(peer, text);
          if (chance(mood.doubles)) say(peer, text);
          if (held !== undefined) say(peer, held);
        }
      }
    }
  }

  return {
    openSocket,
    fetch: ((url: string, init: { signal: AbortSignal }) => answer(url, init.signal)) as never,
    venues,
    deliver,
    get open() {
      return peers.size;
    },
  };
}
