import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { WatchName } from '#shared/contract/api.ts';
import type { ContractClient } from '#shared/contract/client.ts';

const REPORT_MS = 5_000;
/** As many as one report may carry. */
const MOST_SAMPLES = 500;
/** An update not painted after this long was not slow: nobody asked for it (a hidden tab, a closed panel). */
const FORGOTTEN_MS = 60_000;

let waiting: number[] = [];
let samples: number[] = [];
let seen = 0;

/** Updates have arrived: the next painted frame shows them. */
function noteArrival(): void {
  const now = performance.now();
  // One batch carries many updates within the same instant, which is one wait.
  if (waiting.at(-1) !== now && waiting.length < MOST_SAMPLES) waiting.push(now);
}

/** When painters were asked for what they have not painted yet. */
const owed = new Set<{ readonly since: number }>();

/** A painter that takes its time has been asked to paint; undone when it has. What arrives from now on is not yet seen. */
export function owePainting(): Undo {
  const debt = { since: performance.now() };
  owed.add(debt);
  return () => {
    owed.delete(debt);
  };
}

/** Called in a frame that paints, after its painters: what waited for no other painter is on the screen when the frame is. */
export function noteFrame(): void {
  if (waiting.length === 0) return;
  let unpaintedSince = Infinity;
  for (const { since } of owed) unpaintedSince = Math.min(unpaintedSince, since);
  const arrivals = waiting.filter((at) => at < unpaintedSince);
  waiting = waiting.filter((at) => at >= unpaintedSince);
  if (arrivals.length === 0) return;
  const { port1, port2 } = new MessageChannel();
  // Heard after the browser has laid out and painted this frame.
  port1.onmessage = () => {
    port1.close();
    const now = performance.now();
    for (const at of arrivals) if (now - at < FORGOTTEN_MS) keep(now - at);
  };
  port2.postMessage(undefined);
}

// A fair draw of all there were, in a fixed number of places.
function keep(sampleMs: number): void {
  seen += 1;
  if (samples.length < MOST_SAMPLES) samples.push(sampleMs);
  else {
    const place = Math.floor(Math.random() * seen);
    if (place < MOST_SAMPLES) samples[place] = sampleMs;
  }
}

/** The client, noting the arrival of what `isPainted` says that a painter shows now. */
export function measureArrivals(
  client: ContractClient,
  isPainted: (name: WatchName) => boolean,
): ContractClient {
  return {
    request: (name, input) => client.request(name, input),
    watch(name, input, onUpdate, onRefusal) {
      return client.watch(
        name,
        input,
        (update) => {
          if (isPainted(name)) noteArrival();
          onUpdate(update);
        },
        onRefusal,
      );
    },
    get status() {
      return client.status;
    },
    onStatus: (listener) => client.onStatus(listener),
    close: () => client.close(),
  };
}

/** Tells the engine every five seconds how long updates took from their arrival to the screen. */
export function reportPaintTimes(client: ContractClient, clock: Clock): Undo {
  let refused = false;
  const report = () => {
    // A hidden window paints nothing, and that is not slowness.
    if (document.hidden) waiting = [];
    const samplesMs = samples;
    samples = [];
    seen = 0;
    if (samplesMs.length === 0 || client.status !== 'open' || refused) return;
    client.request('paint.report', { samplesMs }).catch(() => {
      // A figure about this window that nobody takes is no trouble of the person's. Asked again after a reconnect.
      refused = true;
    });
  };
  const undos = [
    clock.every(REPORT_MS, report),
    client.onStatus(() => {
      refused = false;
    }),
  ];
  return () => {
    for (const undo of undos) undo();
  };
}
