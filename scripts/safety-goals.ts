import type { DrillScenario } from '../src/shared/domain/drill.ts';

/** One law about feeds: what must never happen, and what shows that it does not. */
export interface SafetyGoal {
  readonly id: string;
  readonly never: string;
  /** Written by hand: a number alone does not know what it leaves out. */
  readonly state: 'wholly' | 'partly' | 'not yet';
  readonly tests: readonly string[];
  readonly drills?: readonly DrillScenario[];
  /** What the tests prove where they count nothing. */
  readonly extent?: string;
  readonly missing?: string;
}

const market = (name: string) => `src/engine/market/${name}.test.ts`;
const net = (name: string) => `src/engine/net/${name}.test.ts`;
const drill = (name: string) => `src/drill/${name}.test.ts`;

export const SAFETY_GOALS: readonly SafetyGoal[] = [
  {
    id: 'G1',
    never: 'a half-open peer looks alive',
    state: 'wholly',
    tests: [net('connection'), drill('stopped-peer'), drill('faulty-link')],
    drills: ['half-open'],
    extent: 'in virtual time given up within 8 s of the last byte, wherever the heartbeat falls',
  },
  {
    id: 'G2',
    never: 'a peer that answers pings but sends nothing, or sends late, is called live',
    state: 'wholly',
    tests: [market('stream-pulse'), market('session'), market('false-alarms'), market('arrival-lag')],
    drills: ['mute-but-pinging', 'delay'],
    extent:
      'no verdict late or stale over all recorded sessions of Binance, Bybit and Upbit; 24 cuts out of them all noticed within 5 s',
  },
  {
    id: 'G3',
    never: 'a cut connection stays cut',
    state: 'partly',
    tests: [net('socket'), 'src/headless/engine-on-simulator.test.ts'],
    drills: ['kill', 'flapping'],
    missing:
      'the distribution of the time to the first valid message is a bench (`bench/reconnect.ts`), not a test',
  },
  {
    id: 'G4',
    never: 'reconnecting becomes an attack',
    state: 'wholly',
    tests: [net('backoff'), net('connection'), net('connection-gate')],
    drills: ['maintenance'],
    extent:
      '10,000 seeds: every delay within half and one and a half of its nominal and at most 30 s; 1,000 storms never above a venue’s limit of new connections ([decision 11](decisions/0011-one-quick-retry.md))',
  },
  {
    id: 'G5',
    never: 'a frozen handshake or close holds the app',
    state: 'wholly',
    tests: [net('socket'), drill('stopped-peer'), 'src/headless/main.test.ts'],
  },
  {
    id: 'G6',
    never: 'a subscription is lost or doubled',
    state: 'wholly',
    tests: [market('subscriptions')],
    extent: '10,000 random runs of each way of subscribing; 1,000 requests while a send waits are one frame',
  },
  {
    id: 'G7',
    never: 'a wrong book is shown as right',
    state: 'partly',
    tests: [
      market('book'),
      market('book-feed'),
      market('whole-book'),
      'src/engine/recorder/recordings.test.ts',
      'src/engine/recorder/recordings-bybit.test.ts',
    ],
    drills: ['reorder', 'gap'],
    extent:
      'every checkpoint of the recorded sessions is equal; a missing change invalidates within that message',
    missing: 'a million updates per venue against the simulator',
  },
  {
    id: 'G8',
    never: 'a planned end of a connection costs trades',
    state: 'wholly',
    tests: [market('rotation')],
    drills: ['day-end'],
    extent:
      '2,000 random runs, half of them with sockets lost meanwhile: nothing lost unannounced, nothing doubled',
  },
  {
    id: 'G9',
    never: 'a burst or a frozen window takes the engine down',
    state: 'partly',
    tests: [
      drill('burst'),
      'src/shared/contract/server.test.ts',
      'src/engine/publisher/trade-source.test.ts',
    ],
    missing: 'a whole minute at 50,000 messages a second; its timing is a bench (`bench/burst.ts`)',
  },
  {
    id: 'G10',
    never: 'memory creeps',
    state: 'partly',
    tests: ['src/engine/flat.test.ts'],
    extent: 'as many timers and sockets after 50 switches and 50 reconnects as before',
    missing: 'a day’s load; the slope of the heap is a bench (`bench/soak-memory.ts`)',
  },
  {
    id: 'G11',
    never: 'a hostile frame crashes or fools us',
    state: 'wholly',
    tests: [
      'src/venues/binance/market-codec.fuzz.test.ts',
      'src/venues/bybit/market-codec.fuzz.test.ts',
      'src/venues/upbit/market-codec.fuzz.test.ts',
      'src/venues/bithumb/market-codec.fuzz.test.ts',
      net('socket'),
    ],
    drills: ['garbage'],
    extent:
      '200,000 damaged frames a venue here, a million in the soak: no throw, and scanner and parser say the same',
  },
  {
    id: 'G12',
    never: 'after a suspended machine wakes, old numbers look new',
    state: 'wholly',
    tests: [net('wake-watch'), 'src/headless/suspended-host.test.ts', 'src/shared/domain/freshness.test.ts'],
  },
  {
    id: 'G13',
    never: 'a restored link is not noticed',
    state: 'partly',
    tests: ['src/engine/link-up.test.ts', net('wake-watch')],
    missing: 'a real network interface going down and up',
  },
  {
    id: 'G14',
    never: 'a wrong clock goes unseen',
    state: 'wholly',
    tests: [net('clock-offset'), net('venue-clock'), drill('clock-skew')],
    drills: ['clock-skew'],
    extent:
      'error at most half a round trip and 20 ms for skews up to an hour, where the venue tells milliseconds',
  },
  {
    id: 'G15',
    never: 'rate limits are run into',
    state: 'wholly',
    tests: [net('limiter'), net('rest-client'), 'src/venues/cold-start.test.ts'],
    drills: ['rate-limit-storm', 'ban'],
    extent:
      'no window of a budget holds more reads than their share, a fifth is always kept; nothing is sent during a ban',
  },
  {
    id: 'G16',
    never: 'one venue’s trouble reaches another',
    state: 'partly',
    tests: ['src/engine/isolation.test.ts', net('circuit-breaker')],
    extent: 'hanging, refusing, flooding, throwing, unreadable and banning venues change nothing of another',
    missing: 'the other venues’ latency is a bench (`bench/isolation.ts`)',
  },
  {
    id: 'G17',
    never: 'a killed process loses state',
    state: 'partly',
    tests: [drill('killed-engine'), drill('full-disk'), 'src/engine/settings.test.ts'],
    missing: 'orders: there are none yet',
  },
  {
    id: 'G18',
    never: 'the same seed goes two ways',
    state: 'wholly',
    tests: ['src/engine/same-seed.test.ts', 'src/simulator/market.test.ts'],
  },
];
