import type { Clock } from '#shared/base/clock.ts';
import type { AccountState } from '#shared/domain/account.ts';
import type { AccountEndpoints, AccountVenue } from '#venues/account.ts';
import type { ConnectionGate } from '../net/connection-gate.ts';
import type { OpenSocket } from '../net/socket.ts';
import type { Tuning } from '../tuning.ts';
import type { AccountClient } from './account-client.ts';
import type { AccountHoldings } from './account-holdings.ts';
import type { AccountReads } from './account-reads.ts';
import type { PrivateLink } from './private-link.ts';

export interface AccountSessionOptions {
  readonly venue: AccountVenue;
  readonly endpoints: AccountEndpoints;
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  /** All private sockets of a venue pass it. */
  readonly gate: Pick<ConnectionGate, 'enter' | 'silence'>;
  /** Absent: the defaults. */
  readonly tuning?: Tuning | undefined;
  /** Disposed of with the session. */
  readonly client: AccountClient;
  /** What is known from before, with its age. */
  readonly holdings: AccountHoldings;
  /** Venue clock minus ours, ms; `undefined` while not measured. */
  readonly clockOffsetMs: () => number | undefined;
  readonly measureClock: () => void;
  readonly onState: (state: AccountState) => void;
  readonly onHoldings: (holdings: AccountHoldings, before: AccountHoldings) => void;
  /** A comparison with the venue found these differences while the stream was believed. */
  readonly onMended: (differences: readonly string[]) => void;
  /** The socket stands and tells nothing, though these changed. */
  readonly onMute: (differences: readonly string[]) => void;
  /** A frame nobody could read; `isAlarming`: a status nobody knows. */
  readonly onUnreadable: (reason: string, isAlarming: boolean) => void;
}

/** One account at work: what its private socket tells, joined with what REST says. */
export interface AccountSession {
  readonly holdings: AccountHoldings;
  readonly link: PrivateLink;
  readonly reads: AccountReads;
  /** For calls that are not reads: orders. */
  readonly client: AccountClient;
  /** Wall time the last whole comparison ended. */
  readonly reconciledAt: number | undefined;
  /** Reads everything and compares, now. Throws as `AccountClient.call`. */
  reconcile(): Promise<void>;
  /** The machine slept, or its link came back. */
  wake(cause: 'resume' | 'link'): void;
  /** Once a second. */
  second(): void;
  dispose(): void;
}
