import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { Venue } from '#venues/venue.ts';
import { createSession } from '../market/session.ts';
import type { SessionOptions } from '../market/session-options.ts';
import { createFakeSockets, type FakeSocket } from './fake-socket.ts';
import { plainVenue } from './plain-venue.ts';

/** A session on the plain venue, on invented time and sockets, and everything it said. */
export function stageSession(
  streams: readonly StreamKey[],
  more: Partial<Venue> = {},
  options: Partial<SessionOptions> = {},
) {
  const clock = options.clock
    ? (options.clock as ReturnType<typeof createVirtualClock>)
    : createVirtualClock();
  const peers = createFakeSockets();
  const told = {
    events: [] as string[],
    interrupted: [] as string[],
    states: [] as string[],
    troubles: [] as string[],
    facts: [] as string[],
  };
  const session = createSession({
    id: 'plain/all',
    venue: { ...plainVenue, ...more },
    endpoints: { rest: '', ws: 'ws://127.0.0.1:1' },
    route: 'all',
    openSocket: peers.open,
    decoderOptions: {},
    onEvent: (event) => told.events.push('id' in event ? `trade ${event.id}` : event.kind),
    onInterrupted: (keys) => told.interrupted.push(keys.map(streamKeyText).join()),
    onState: (state) => told.states.push('cause' in state ? `${state.kind} ${state.cause.code}` : state.kind),
    onFact: (fact) => told.facts.push(`${fact.kind} ${fact.stream}`),
    onTrouble: (_code, { reason }) => told.troubles.push(reason),
    countsOf: () => ({ gaps: 0, resyncs: 0 }),
    ...options,
    clock,
  });
  for (const stream of streams) session.want(stream);
  clock.every(1000, () => session.second());
  /** Confirms whatever this socket asked for. */
  const acknowledge = (peer: FakeSocket) => {
    for (const frame of peer.sent.splice(0)) {
      const id = JSON.parse(frame).requestId;
      if (id !== undefined) peer.say(JSON.stringify({ kind: 'ack', requestId: id }));
    }
  };
  return {
    clock,
    peers,
    told,
    session,
    acknowledge,
    /** The last socket opens and confirms what it is asked for. */
    open() {
      peers.last.listener.opened();
      clock.advance(10);
      acknowledge(peers.last);
    },
    /** Time passes by the second; every live socket answers pings and requests, and says `speech` when given. */
    pass(seconds: number, speech?: (second: number, peer: FakeSocket) => void) {
      for (let second = 0; second < seconds; second += 1) {
        clock.advance(1000);
        for (const peer of peers.sockets.filter(({ terminated }) => !terminated)) {
          peer.listener.pulse('pong');
          acknowledge(peer);
          speech?.(second, peer);
        }
      }
    },
  };
}
