import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { VenueId } from '#shared/domain/instrument.ts';

export interface ProbeAnswer {
  readonly ok: boolean;
  readonly ms: number;
  /** Why not: an error's code. */
  readonly code?: string;
}

/** Asks the venue's REST for its time, through the venue's budget. */
export type Probe = (venue: VenueId) => Promise<ProbeAnswer>;

const PATIENCE_MS = 5000;
/** Connections of one venue that fall together ask once. */
const SHARED_MS = 10_000;

/** Probes with a bound on how long they take and how often they are made. `undefined`: nobody can ask, or it is too late. */
export function createProbes(clock: Clock, probe: Probe | undefined) {
  const asked = new Map<
    VenueId,
    { readonly at: number; readonly answer: Promise<ProbeAnswer | undefined> }
  >();
  let isDisposed = false;

  function once(venue: VenueId, make: Probe): Promise<ProbeAnswer | undefined> {
    const startedAt = clock.monotonic();
    return new Promise((resolve) => {
      const settle = (answer: ProbeAnswer) => {
        cancel();
        resolve(isDisposed ? undefined : answer);
      };
      const cancel = clock.after(PATIENCE_MS, () =>
        settle({ ok: false, ms: PATIENCE_MS, code: 'rest.timeout' }),
      );
      make(venue).then(settle, (fault: unknown) =>
        settle({
          ok: false,
          ms: clock.monotonic() - startedAt,
          code: fault instanceof HeartlineError ? fault.code : 'internal',
        }),
      );
    });
  }

  return {
    ask(venue: VenueId): Promise<ProbeAnswer | undefined> {
      if (!probe) return Promise.resolve(undefined);
      const last = asked.get(venue);
      if (last && clock.monotonic() - last.at < SHARED_MS) return last.answer;
      const answer = once(venue, probe);
      asked.set(venue, { at: clock.monotonic(), answer });
      return answer;
    },
    dispose() {
      isDisposed = true;
    },
  };
}
