// What 1,000 requests cost that come while a send must wait: frames and venue time until all are confirmed, merged into
// one pending state against one frame for each request, under the same bound of frames per second. Prints one JSON.
// `node bench/subscriptions.ts [requests]`
import { createAddedSubscriptions } from '../src/engine/market/added-subscriptions.ts';
import { createReplacedSubscriptions } from '../src/engine/market/replaced-subscriptions.ts';
import type { Subscriptions } from '../src/engine/market/subscriptions.ts';
import { createSendBudget } from '../src/engine/net/send-budget.ts';
import { createVirtualClock } from '../src/shared/test-kit/virtual-clock.ts';
import { rounded } from './kit/statistics.ts';

const requests = Number(process.argv[2] ?? '1000');
const SENDS_PER_SECOND = 5;
/** How long a venue takes to answer. */
const ANSWER_MS = 50;
/** A venue that takes any number of channels in a frame, and Binance's bound. */
const PER_FRAME = [Number.POSITIVE_INFINITY, 100] as const;

interface Result {
  readonly frames: number;
  /** Invented time until the last was confirmed, ms. */
  readonly ms: number;
  /** Most tasks that waited at a time while the requests were made. */
  readonly tasks: number;
  /** Our own work on all of it, real ms. */
  readonly workMs: number;
}

/** The venue's answers come `ANSWER_MS` after each frame. */
function run(channelsPerFrame: number): Result {
  const clock = createVirtualClock();
  let frames = 0;
  const subscriptions: Subscriptions = createAddedSubscriptions({
    clock,
    budget: createSendBudget(clock, { sendsPerSecond: SENDS_PER_SECOND }),
    channelsPerFrame,
    send(_kind, _channels, requestId) {
      frames += 1;
      clock.after(ANSWER_MS, () => subscriptions.acknowledged(requestId));
    },
  });
  return measured(clock, subscriptions, () => frames);
}

function runReplacing(): Result {
  const clock = createVirtualClock();
  let frames = 0;
  const subscriptions = createReplacedSubscriptions({
    clock,
    budget: createSendBudget(clock, { sendsPerSecond: SENDS_PER_SECOND }),
    send() {
      frames += 1;
    },
  });
  return measured(clock, subscriptions, () => frames);
}

function measured(
  clock: ReturnType<typeof createVirtualClock>,
  subscriptions: Subscriptions,
  framesOf: () => number,
): Result {
  subscriptions.opened();
  subscriptions.want('first'); // its frame is what the others have to wait for
  clock.advance(10 + ANSWER_MS);
  const since = performance.now();
  const startedAt = clock.monotonic();
  const before = framesOf();
  let tasks = 0;
  for (let index = 0; index < requests; index++) {
    subscriptions.want(`symbol${index}@trade`);
    tasks = Math.max(tasks, clock.pendingTimers);
  }
  while (!subscriptions.settled) clock.advance(10);
  return {
    frames: framesOf() - before,
    ms: Math.round(clock.monotonic() - startedAt),
    tasks,
    workMs: rounded(performance.now() - since),
  };
}

/** A frame for each request, each waiting for its turn. */
function oneByOne(): Result {
  const clock = createVirtualClock();
  const budget = createSendBudget(clock, { sendsPerSecond: SENDS_PER_SECOND });
  budget.spend();
  let confirmed = 0;
  let frames = 0;
  let turn = budget.nextAt();
  const since = performance.now();
  for (let index = 0; index < requests; index++) {
    clock.after(turn - clock.monotonic(), () => {
      frames += 1;
      budget.spend();
      clock.after(ANSWER_MS, () => {
        confirmed += 1;
      });
    });
    turn += 1000 / SENDS_PER_SECOND;
  }
  const tasks = clock.pendingTimers;
  while (confirmed < requests) clock.advance(1000);
  return { frames, ms: Math.round(clock.monotonic()), tasks, workMs: rounded(performance.now() - since) };
}

const merged = run(PER_FRAME[0]);
const bounded = run(PER_FRAME[1]);
const replaced = runReplacing();
const each = oneByOne();
const met = merged.frames === 1 && merged.tasks === 1 && replaced.frames === 1;
process.stdout.write(
  `${JSON.stringify({
    bench: 'subscriptions',
    requests,
    sendsPerSecond: SENDS_PER_SECOND,
    merged,
    hundredPerFrame: bounded,
    replaced,
    oneFrameEach: each,
    timesFewerFrames: rounded(each.frames / merged.frames),
    timesFaster: rounded(each.ms / merged.ms),
    met,
  })}\n`,
);
process.exit(met ? 0 : 1);
