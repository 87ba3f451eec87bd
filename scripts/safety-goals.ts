import type { SafetyGoal } from './safety-goal.ts';

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
    figures: [
      { match: '^silent peer', of: 'max', say: 'worst in virtual time {value} ms', max: 8000 },
      {
        match: '^stopped process noticed',
        of: 'max',
        say: 'a process really stopped: noticed on every connection after {value} ms',
        max: 10_000,
      },
      { match: '^stopped process: live', of: 'max', say: 'live {value} ms after it went on' },
      {
        match: '^black hole.*noticed',
        of: 'max',
        say: 'black hole noticed after {value} ms, slowest of {count}',
        max: 10_000,
      },
      { match: '^black hole.*equal', of: 'max', say: 'equal to the truth {value} ms after it ended' },
    ],
  },
  {
    id: 'G2',
    never: 'a peer that answers pings but sends nothing, or sends late, is called live',
    state: 'wholly',
    tests: [
      market('stream-pulse'),
      market('session'),
      market('false-alarms'),
      market('arrival-lag'),
      drill('faulty-link'),
    ],
    drills: ['mute-but-pinging', 'delay'],
    extent:
      'no verdict late or stale over all recorded sessions of Binance, Bybit and Upbit; 24 cuts out of them all noticed within 5 s',
    figures: [
      {
        match: '^false alarms',
        of: 'sum',
        say: '{value} false alarms over {count} recorded sessions',
        max: 0,
      },
      {
        match: '^busy stream',
        of: 'max',
        say: 'a busy stream cut out of one noticed after {value} ms at most',
        max: 5000,
      },
      { match: '^starved.*noticed', of: 'max', say: 'a starved link noticed after {value} ms', max: 10_000 },
      { match: '^starved.*equal', of: 'max', say: 'equal to the truth {value} ms after it had room again' },
    ],
  },
  {
    id: 'G3',
    never: 'a cut connection stays cut',
    state: 'wholly',
    tests: [net('socket'), drill('faulty-link'), 'src/headless/engine-on-simulator.test.ts'],
    drills: ['kill', 'flapping'],
    figures: [
      {
        match: 'noticed',
        of: 'max',
        say: 'resets and half-closes noticed after {value} ms, slowest of {count}',
        max: 5000,
      },
      { match: 'equal', of: 'max', say: 'equal to the truth {value} ms later', max: 15_000 },
    ],
    benches: [
      { bench: 'reconnect', field: 'p50Ms', say: 'cut to first data p50 {value} ms', max: 500 },
      { bench: 'reconnect', field: 'p99Ms', say: 'p99 {value} ms', max: 2000 },
      { bench: 'reconnect', field: 'worstMs', say: 'worst {value} ms', max: 5000 },
    ],
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
    figures: [
      { match: '^longest frozen', of: 'max', say: 'longest frozen handshake {value} ms', max: 5500 },
      { match: '^engine closed', of: 'max', say: 'closed in {value} ms with every peer frozen', max: 2000 },
      { match: '^program ended', of: 'max', say: 'the program ended by itself in {value} ms', max: 2000 },
    ],
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
      'src/engine/storm.test.ts',
      drill('faulty-link'),
      'src/engine/recorder/recordings.test.ts',
      'src/engine/recorder/recordings-bybit.test.ts',
    ],
    drills: ['reorder', 'gap'],
    extent:
      'every checkpoint of the recorded sessions is equal; a missing change invalidates within that message',
    missing: 'a million updates per venue against the simulator',
    figures: [
      {
        match: '^storms',
        of: 'sum',
        say: 'books, trades and states the truth after {value} storms in virtual time',
        min: 1,
      },
      { match: '(latency|slices).*equal', of: 'max', say: 'slow and sliced links cost nothing' },
    ],
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
    state: 'wholly',
    tests: [
      drill('burst'),
      'src/shared/contract/server.test.ts',
      'src/engine/publisher/trade-source.test.ts',
    ],
    figures: [
      {
        match: '^longest batch',
        of: 'max',
        say: 'one batch of {value} KiB for a window frozen over 150,000 frames',
        max: 8192,
      },
      { match: '^trades left out', of: 'sum', say: '{value} trades left out for it, each counted' },
    ],
    benches: [
      { bench: 'burst', field: 'framesPerSecond', say: '{value} frames/s', min: 49_000 },
      { bench: 'burst', field: 'eventLoopDelayP99Ms', say: 'event-loop delay p99 {value} ms', max: 50 },
      { bench: 'burst', field: 'batchAfterFreezeMb', say: 'queue {value} MiB', max: 8 },
      { bench: 'burst', field: 'catchUpMs', say: 'caught up in {value} ms', max: 1000 },
    ],
  },
  {
    id: 'G10',
    never: 'memory creeps',
    state: 'wholly',
    tests: ['src/engine/flat.test.ts'],
    extent: 'as many timers and sockets after 50 switches and 50 reconnects as before',
    benches: [
      { bench: 'soak-memory', field: 'simulatedHours', say: '{value} simulated hours' },
      { bench: 'soak-memory', field: 'reconnects', say: '{value} reconnects' },
      { bench: 'soak-memory', field: 'switches', say: '{value} switches' },
      { bench: 'soak-memory', field: 'slopeMbPerHour', say: '{value} MB more an hour', max: 1 },
      { bench: 'engine-memory', field: 'aboveBareMb', say: '{value} MB above the bare runtime', max: 100 },
    ],
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
    figures: [{ match: '', of: 'sum', say: '{value} damaged frames of four venues, no throw', min: 800_000 }],
  },
  {
    id: 'G12',
    never: 'after a suspended machine wakes, old numbers look new',
    state: 'wholly',
    tests: [net('wake-watch'), 'src/headless/suspended-host.test.ts', 'src/shared/domain/freshness.test.ts'],
    figures: [
      { match: 'noticed', of: 'max', say: 'a stopped host noticed {value} ms after it went on', max: 1500 },
      { match: 'live again', of: 'max', say: 'every socket replaced and live after {value} ms', max: 5500 },
    ],
  },
  {
    id: 'G13',
    never: 'a restored link is not noticed',
    state: 'partly',
    tests: ['src/engine/link-up.test.ts', net('wake-watch')],
    missing: 'a real network interface going down and up',
    figures: [
      { match: 'next attempt', of: 'max', say: 'tried again {value} ms after the link was up', max: 2000 },
      { match: 'to live', of: 'max', say: 'live after {value} ms' },
    ],
  },
  {
    id: 'G14',
    never: 'a wrong clock goes unseen',
    state: 'wholly',
    tests: [net('clock-offset'), net('venue-clock'), drill('clock-skew')],
    drills: ['clock-skew'],
    extent:
      'error at most half a round trip and 20 ms for skews up to an hour, where the venue tells milliseconds',
    figures: [
      {
        match: 'of (Binance|Bybit)$',
        of: 'max',
        say: 'worst error {value} ms where milliseconds are told',
        max: 25,
      },
      { match: 'whole seconds', of: 'max', say: '{value} ms where whole seconds are', max: 500 },
    ],
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
    state: 'wholly',
    tests: ['src/engine/isolation.test.ts', net('circuit-breaker')],
    extent: 'hanging, refusing, flooding, throwing, unreadable and banning venues change nothing of another',
    figures: [
      { match: 'live again', of: 'max', say: 'a venue whose decoder threw is back after {value} ms' },
    ],
    benches: [
      {
        bench: 'isolation',
        field: 'morePercent.hang',
        say: 'p99 of the others {value} % more while one hangs',
        max: 5,
      },
      { bench: 'isolation', field: 'morePercent.flood', say: '{value} % while one floods', max: 5 },
      { bench: 'isolation', field: 'morePercent.throw', say: '{value} % while one throws', max: 5 },
    ],
  },
  {
    id: 'G17',
    never: 'a killed process loses state',
    state: 'wholly',
    tests: [
      drill('killed-engine'),
      drill('full-disk'),
      drill('orders-kill'),
      'src/engine/settings.test.ts',
      'src/engine/trading/journal-killed.test.ts',
      'src/engine/trading/journal-full-disk.test.ts',
    ],
    extent: 'while the journal cannot be written no order leaves, and cancels do',
    figures: [
      { match: '^kills', of: 'sum', say: '{value} kills, nothing lost or damaged', min: 20 },
      { match: 'ready after', of: 'max', say: 'ready {value} ms after a new start', max: 5000 },
      { match: '^journal lines lost', of: 'sum', say: '{value} lines of the journal lost by kills', max: 0 },
      { match: '^orders on their way', of: 'sum', say: '{value} orders on their way found again', min: 4 },
      { match: 'full disk', of: 'max', say: 'goes on with a full disk' },
    ],
  },
  {
    id: 'G18',
    never: 'the same seed goes two ways',
    state: 'wholly',
    tests: ['src/engine/same-seed.test.ts', 'src/simulator/market.test.ts'],
    figures: [{ match: '', of: 'sum', say: '{value} seeds, each the same story twice', min: 1000 }],
  },
];
