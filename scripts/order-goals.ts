import type { SafetyGoal } from './safety-goal.ts';

const trading = (name: string) => `src/engine/trading/${name}.test.ts`;
const drill = (name: string) => `src/drill/${name}.test.ts`;

/** Laws about orders: the simulator's own record of what it received is their judge. */
export const ORDER_GOALS: readonly SafetyGoal[] = [
  {
    id: 'G19',
    never: 'a lost answer becomes a second order, or a wrong word about the first',
    state: 'wholly',
    tests: [
      trading('chaos'),
      trading('executor'),
      trading('orders-on-simulator'),
      drill('orders-in-the-dark'),
      drill('orders-kill'),
      'src/venues/order-conformance.test.ts',
    ],
    extent:
      'every style of lost, cut, broken, late and refused answer on all four venues: unknown, nothing added meanwhile, one request each; 1,000 runs of chaos here, 100,000 in the soak',
    figures: [
      {
        match: '^chaotic runs',
        of: 'sum',
        say: '{value} chaotic runs, none with a second request',
        min: 1000,
      },
      {
        match: '^orders of unknown fate',
        of: 'sum',
        say: '{value} orders of unknown fate among them',
        min: 1,
      },
      {
        match: '^answers lost by',
        of: 'sum',
        say: '{value} answers lost on {count} venues by a whole engine',
        min: 24,
      },
    ],
  },
  {
    id: 'G20',
    never: 'an order is given up that may be live',
    state: 'wholly',
    tests: [
      trading('resolve-unknown'),
      trading('chaos'),
      trading('orders-on-simulator'),
      drill('orders-in-the-dark'),
      drill('orders-kill'),
    ],
    extent:
      'absence is proven by the venue’s own fence, two looks apart from each other and a stream that stood, and nowhere else: where there is no fence a person decides after the quarantine',
    figures: [
      {
        match: '^unknown order resolved',
        of: 'max',
        say: 'in virtual time resolved after it could be, p99 {value} ms',
        max: 5000,
      },
      {
        match: 'found after the link was back$',
        of: 'max',
        say: 'on real sockets found {value} ms after the link was back, slowest of {count} venues',
        max: 5000,
      },
    ],
  },
  {
    id: 'G21',
    never: 'an order whose id the venue calls used is shown as rejected',
    state: 'wholly',
    tests: [
      drill('orders-in-the-dark'),
      trading('own-order-state'),
      'src/venues/binance/order-verdict.test.ts',
      'src/venues/bybit/order-verdict.test.ts',
      'src/venues/upbit/order-verdict.test.ts',
      'src/venues/bithumb/order-verdict.test.ts',
    ],
    extent: 'each venue’s word for it, answered for an order that was taken: found and adopted, on all four',
  },
  {
    id: 'G22',
    never: 'a request leaves that no earlier line of the journal knows',
    state: 'wholly',
    tests: [
      drill('orders-in-the-dark'),
      trading('journal-killed'),
      trading('journal-group'),
      trading('walk-notes'),
      trading('chaos'),
      trading('order-id'),
    ],
    extent:
      'ids are ours, 20 to 32 of `[a-z0-9]`; one forced write between click and request, and what it wrote is there after any `kill -9`',
    figures: [{ match: '^requests with', of: 'sum', say: '{value} requests, a line before each', min: 1 }],
    benches: [
      {
        bench: 'order-latency',
        field: 'p99Ms',
        say: 'click to the request on the wire, the journal forced to the disk between them, p99 {value} ms',
        max: 15,
      },
      { bench: 'order-latency', field: 'p50Ms', say: 'p50 {value} ms' },
      {
        bench: 'order-latency',
        field: 'diskP99Ms',
        say: 'one forced write alone on that disk p99 {value} ms',
      },
    ],
  },
  {
    id: 'G23',
    never: 'one click becomes two orders',
    state: 'wholly',
    tests: [trading('intents'), trading('place-order'), drill('orders')],
    extent: 'fifty clicks at once with one token, from two windows and replayed',
    figures: [
      {
        match: 'fifty clicks',
        of: 'max',
        say: '{value} request for fifty clicks, on each of {count} venues',
        max: 1,
        min: 1,
      },
    ],
  },
  {
    id: 'G25',
    never: 'a slip of the finger leaves',
    state: 'wholly',
    tests: [
      trading('guard'),
      trading('guard-escapes'),
      trading('guard-passes'),
      trading('prepare'),
      trading('limits-for'),
      drill('orders'),
    ],
    extent:
      'each rule names limit, value and what would pass; a second guard, written apart, judges the same orders',
    figures: [
      { match: '^generated orders that left', of: 'sum', say: '{value} escapes', max: 0 },
      { match: '^orders judged', of: 'sum', say: 'of {value} generated orders', min: 1 },
    ],
  },
  {
    id: 'G26',
    never: 'an order leaves on old or broken data',
    state: 'wholly',
    tests: [trading('trust'), trading('place-order'), trading('standing-doubts'), drill('orders-gate')],
    extent:
      'all reasons in their order; stepping over one takes a second step that names it, and is a line of the journal',
    figures: [
      {
        match: '^requests on an old book',
        of: 'sum',
        say: '{value} requests on books older than two seconds, {count} venues',
        max: 0,
      },
    ],
  },
  {
    id: 'G27',
    never: 'closing a position turns it round',
    state: 'wholly',
    tests: [trading('close-races'), trading('position-orders'), trading('guard'), drill('orders')],
    figures: [
      { match: '^races', of: 'sum', say: '{value} races with fills, no position turned round', min: 10_000 },
    ],
  },
  {
    id: 'G28',
    never: 'the kill switch is late, or forgets',
    state: 'wholly',
    tests: [
      trading('halt'),
      trading('sweeps'),
      trading('kill-door'),
      trading('kill-on-simulator'),
      drill('orders-kill'),
      drill('orders-gate'),
      'src/cli/kill.test.ts',
      'src/headless/terminal-kill.test.ts',
    ],
    extent:
      'fifty orders at each of four venues, by window and by command line; HALTED outlives the program, cancels pass, nothing else does',
    figures: [
      {
        match: '^click to first cancel',
        of: 'max',
        say: 'first cancel {value} ms after the click',
        max: 100,
      },
      { match: '^first cancel at', of: 'max', say: '{value} ms after the command line', max: 100 },
      { match: 'a whole engine$', of: 'max', say: 'all gone after {value} ms', max: 1000 },
    ],
    benches: [
      { bench: 'order-latency', field: 'firstCancelMs', say: 'first cancel {value} ms', max: 100 },
      { bench: 'order-latency', field: 'allGoneMs', say: 'all gone {value} ms', max: 1000 },
    ],
  },
  {
    id: 'G30',
    never: 'real money moves at a venue nobody armed',
    state: 'wholly',
    tests: [trading('arming'), trading('trust'), drill('orders-disarmed'), 'src/main/orders-shell.test.ts'],
    extent:
      'every request a window has, with money that counts as real: blocked; disarmed after a quarter of an hour, by lock, sleep, a set clock, halt and start',
    figures: [
      {
        match: 'while it was disarmed',
        of: 'sum',
        say: '{value} requests that add risk to {count} venues while disarmed',
        max: 0,
      },
    ],
  },
  {
    id: 'G32',
    never: 'the record of what was ordered is changed unnoticed, or holds a secret',
    state: 'wholly',
    tests: [
      trading('chain'),
      trading('journal'),
      trading('flight'),
      drill('orders-gate'),
      'src/cli/audit.test.ts',
    ],
    extent:
      'hashes chain every line and the last one is noted apart; whoever can write files and recomputes all of them is found out only by a copy kept elsewhere',
    figures: [
      { match: '^tampering', of: 'sum', say: '{value} changes unnoticed', max: 0 },
      { match: '^lines of a journal', of: 'sum', say: 'a journal of {value} lines of everything is whole' },
    ],
  },
  {
    id: 'G33',
    never: 'a window that was taken over has a large order leave',
    state: 'partly',
    tests: [
      drill('orders-gate'),
      trading('place-order'),
      trading('bounded-confirm'),
      'src/shared/domain/confirmation.test.ts',
      'src/headless/terminal-confirm.test.ts',
      'src/main/orders-shell.test.ts',
    ],
    extent:
      'what is asked outside of any window is the canonical order, and is what the venue received, on all four',
    missing: 'the dialog in real Electron',
  },
];
