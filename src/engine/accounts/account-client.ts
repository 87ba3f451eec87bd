import type { Clock } from '#shared/base/clock.ts';
import type { BudgetGauge } from '#shared/domain/metrics.ts';
import type { AccountEndpoints, AccountVenue, Credentials, SignedCall, Signing } from '#venues/account.ts';
import type { Limiter, Priority, RateProfile } from '../net/limiter.ts';

/** Like the platform's `fetch`, with what signed calls need. */
export type SignedFetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly signal: AbortSignal;
    readonly redirect: 'error';
  },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
  /** Where it is told, what is read of it is bounded while it comes. */
  readonly body?: ReadableStream<Uint8Array> | null;
}>;

export interface AccountClientOptions {
  readonly venue: AccountVenue;
  readonly endpoints: AccountEndpoints;
  readonly clock: Clock;
  readonly fetch: SignedFetch;
  readonly credentials: Credentials;
  /** Venue clock minus ours, ms; undefined while not measured. */
  readonly clockOffsetMs: () => number | undefined;
  /** Measures the offset anew, after a refusal for the clock. */
  readonly measureClock: () => Promise<void>;
  readonly profile?: () => RateProfile;
  /** Shared with the other keys used from this address, and not disposed of with the client. */
  readonly limiter?: Limiter;
}

/**
 * Told in the instant before a request goes on the wire, signed and with its turn taken: for the journal. Throwing keeps
 * it from leaving. What fails before this was never sent.
 */
export type OnLeaving = (request: {
  readonly method: string;
  readonly url: string;
  readonly body?: string;
}) => void;

/** Private REST of one key: ccxt signs, we send, under the venue's budgets. */
export interface AccountClient {
  /**
   * Makes the call. Reads are tried up to three times (timeouts, 5xx, one more after a refusal for the clock); nothing
   * but GET and the token calls is ever repeated. Throws `HeartlineError` `account.<AccountRefusal code>` with
   * details {venue, venueCode, status}, `rest.timeout`, `rest.unreachable`, `rest.silent`, `venue.answer`, `rest.stopped`.
   */
  call<Answer>(call: SignedCall<Answer>, priority?: Priority, onLeaving?: OnLeaving): Promise<Answer>;
  /** For the private socket's login. */
  signing(): Signing;
  gauges(): readonly BudgetGauge[];
  dispose(): void;
}
