import { describe, expect, test } from 'vitest';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { Venue } from '#venues/venue.ts';
import { createFakeSockets } from '../test-kit/fake-socket.ts';
import { PLAIN_BTC, plainVenue, tickerOf } from '../test-kit/plain-venue.ts';
import { createSession } from './session.ts';

const ticker: StreamKey = { kind: 'ticker', instrument: PLAIN_BTC };
const trade: StreamKey = { kind: 'trade', instrument: PLAIN_BTC };

function start(streams: readonly StreamKey[], more: Partial<Venue> = {}) {
  const clock = createVirtualClock();
  const peers = createFakeSockets();
  const events: string[] = [];
  const interrupted: string[] = [];
  const troubles: string[] = [];
  const session = createSession({
    id: 'plain/all',
    venue: { ...plainVenue, ...more },
    endpoints: { rest: '', ws: 'ws://127.0.0.1:1' },
    route: 'all',
    clock,
    openSocket: peers.open,
    decoderOptions: {},
    onEvent: (event) => events.push(event.kind),
    onInterrupted: (keys) => interrupted.push(keys.map((key) => key.kind).join()),
    onState: () => undefined,
    onTrouble: (_code, details) => troubles.push(details.reason),
    countsOf: () => ({ gaps: 0, resyncs: 0 }),
  });
  for (const stream of streams) session.want(stream);
  clock.every(1000, () => session.second());
  const acknowledgeAll = () => {
    for (const frame of peers.last.sent.splice(0)) {
      peers.last.say(JSON.stringify({ kind: 'ack', requestId: JSON.parse(frame).requestId }));
    }
  };
  const open = () => {
    peers.last.listener.opened();
    clock.advance(10);
    acknowledgeAll();
  };
  /** Seconds pass; the peer answers every ping, and says a ticker each two seconds when told to. */
  const pass = (seconds: number, speaks: boolean) => {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1000);
      peers.last.listener.pulse('pong');
      acknowledgeAll();
      if (speaks && second % 2 === 0) peers.last.say(tickerOf(ticker));
    }
  };
  return { clock, peers, events, interrupted, troubles, session, open, pass };
}

const tradeFrame = (id: string) =>
  JSON.stringify({
    kind: 'trade',
    instrument: PLAIN_BTC,
    id,
    price: 1,
    quantity: 1,
    side: 'buy',
    venueTime: 0,
  });

describe('session', () => {
  test('is subscribing until data came, and live only then: an acknowledgement is no data', () => {
    const { session, peers, open } = start([ticker]);
    const before = session.state.kind;
    open();
    const acknowledged = session.state.kind;
    peers.last.say(tickerOf(ticker));
    expect([before, acknowledged, session.state.kind]).toEqual(['connecting', 'subscribing', 'live']);
  });

  test('turns degraded, then stale, while the peer answers pings but sends nothing, and gives the socket up', () => {
    const { session, open, pass, peers } = start([ticker]);
    open();
    pass(4, true);
    const seen: string[] = [];
    for (let second = 0; second < 20 && session.state.kind !== 'waiting'; second += 1) {
      pass(1, false);
      if (seen.at(-1) !== session.state.kind) seen.push(session.state.kind);
    }
    expect({ seen, terminated: peers.last.terminated }).toEqual({
      seen: ['live', 'degraded', 'stale', 'waiting'],
      terminated: true,
    });
  });

  test('asks again for a stream that was confirmed but never spoke, while others flow', () => {
    const eth: StreamKey = { kind: 'ticker', instrument: 'plain:ETH-USDT-PERP' as StreamKey['instrument'] };
    const { open, pass, troubles, session } = start([ticker, eth]);
    open();
    pass(14, true);
    expect({ troubles, state: session.state.kind }).toEqual({
      troubles: ['silent against its own rhythm, asked for again'],
      state: 'subscribing',
    });
  });

  test('does not call a quiet trade stream stale while its neighbours speak', () => {
    const { open, pass, session, peers } = start([ticker, trade]);
    open();
    peers.last.say(
      JSON.stringify({
        kind: 'trade',
        instrument: PLAIN_BTC,
        id: '1',
        price: 1,
        quantity: 1,
        side: 'buy',
        venueTime: 0,
      }),
    );
    pass(120, true);
    expect(session.health().streams.map((row) => [row.stream, row.state])).toEqual([
      [`ticker ${PLAIN_BTC}`, 'live'],
      [`trade ${PLAIN_BTC}`, 'live'],
    ]);
  });

  test('subscribes everything again on a new socket and tells the feeds that they were interrupted', () => {
    const { open, clock, peers, interrupted, session } = start([ticker, trade]);
    open();
    peers.last.say(tickerOf(ticker));
    peers.last.listener.closed({ code: 'socket.reset', detail: 'reset' });
    const stale = session.health().streams.map((row) => row.state);
    clock.advance(200);
    peers.last.listener.opened();
    clock.advance(10);
    expect({ stale, interrupted, sent: peers.last.sent, sockets: peers.sockets.length }).toEqual({
      stale: ['stale', 'pending'],
      interrupted: ['ticker,trade'],
      sent: [JSON.stringify({ subscribe: [`ticker ${PLAIN_BTC}`, `trade ${PLAIN_BTC}`], requestId: 2 })],
      sockets: 2,
    });
  });

  test('gives up at once what does not deliver when the reconnect is asked for by hand, and tells of the interruption', () => {
    const { open, pass, peers, interrupted, session } = start([ticker]);
    open();
    peers.last.say(tickerOf(ticker));
    pass(12, false);
    const before = session.state.kind;
    session.reconnectNow();
    expect({ before, interrupted, sockets: peers.sockets.map(({ terminated }) => terminated) }).toEqual({
      before: 'stale',
      interrupted: ['ticker'],
      sockets: [true, false],
    });
  });

  test('asks again also for a silent stream that was let go and wanted back on the same socket', () => {
    const eth: StreamKey = { kind: 'ticker', instrument: 'plain:ETH-USDT-PERP' as StreamKey['instrument'] };
    const { open, pass, troubles, session } = start([ticker, eth]);
    open();
    session.drop(eth);
    session.want(eth);
    pass(14, true);
    expect(troubles).toEqual(['silent against its own rhythm, asked for again']);
  });

  test('leaves a connection of quiet streams alone while the canary sings, and lets it go with the last of them', () => {
    const canary: StreamKey = { kind: 'mark', instrument: PLAIN_BTC };
    const { open, pass, peers, clock, session } = start([trade], { canaryOf: () => canary });
    open();
    for (let second = 0; second < 300; second += 1) {
      if (session.health().streams.length > 1) {
        peers.last.say(JSON.stringify({ kind: 'mark', instrument: PLAIN_BTC, markPrice: 1, indexPrice: 1 }));
      }
      pass(1, false);
    }
    const quiet = {
      sockets: peers.sockets.length,
      streams: session.health().streams.map((row) => row.stream),
    };
    session.drop(trade);
    clock.advance(12_000);
    expect({ quiet, after: session.state.kind, left: session.streamCount }).toEqual({
      quiet: { sockets: 1, streams: [`trade ${PLAIN_BTC}`, `mark ${PLAIN_BTC}`] },
      after: 'idle',
      left: 0,
    });
  });

  test('gives a socket up within 30 s when its quiet streams and the canary are all silent', () => {
    const canary: StreamKey = { kind: 'mark', instrument: PLAIN_BTC };
    const { open, pass, peers } = start([trade], { canaryOf: () => canary });
    open();
    pass(31, false);
    expect(peers.sockets[0]?.terminated).toBe(true);
  });

  test('drops frames of a stream nobody wants any more', () => {
    const { open, peers, events, session } = start([ticker, trade]);
    open();
    session.drop(ticker);
    peers.last.say(tickerOf(ticker));
    expect(events).toEqual([]);
  });

  test('closes an idle connection after ten seconds and opens it again when wanted', () => {
    const { open, pass, peers, session } = start([ticker]);
    open();
    session.drop(ticker);
    pass(12, false);
    const idle = session.state.kind;
    session.want(trade);
    expect({ idle, wanted: session.state.kind, sockets: peers.sockets.length }).toEqual({
      idle: 'idle',
      wanted: 'connecting',
      sockets: 2,
    });
  });

  const eth: StreamKey = { kind: 'book', instrument: 'plain:ETH-USDT-PERP' as StreamKey['instrument'] };

  test('notices a mute of a young connection whose streams have shown no rhythm, by its canary', () => {
    const { open, pass, peers, session } = start([trade], { canaryOf: () => eth });
    open();
    peers.last.say(tradeFrame('1'));
    const seen: string[] = [];
    for (let second = 0; second < 20 && session.state.kind !== 'waiting'; second += 1) {
      pass(1, false);
      if (seen.at(-1) !== session.state.kind) seen.push(session.state.kind);
    }
    expect(seen).toEqual(['live', 'degraded', 'stale', 'waiting']);
  });

  test('takes what comes back after a silence as interrupted, but not a book, whose chain tells', () => {
    const book: StreamKey = { kind: 'book', instrument: PLAIN_BTC };
    const { open, pass, peers, interrupted } = start([ticker, trade, book], { canaryOf: () => eth });
    open();
    pass(4, true);
    peers.last.say(tradeFrame('1'));
    pass(9, false);
    peers.last.say(tradeFrame('2'));
    peers.last.say(tradeFrame('3'));
    expect(interrupted).toEqual(['ticker,trade']);
  });
});
