import type { Cause, ConnectionStateKind } from '#shared/domain/connection.ts';
import type { VenueId } from '#shared/domain/instrument.ts';

/** What is known around a break of one connection: all a verdict is made of. */
export interface Circumstances {
  readonly venue: VenueId;
  /** Every different cause since it began, in order; at least one. */
  readonly causes: readonly Cause[];
  readonly worst: ConnectionStateKind;
  /** A change of sockets we made ourselves; absent as soon as anything went wrong with it. */
  readonly planned?: 'age' | 'notice' | 'user';
  /** The connection's streams when it was noticed. `named`: the one that was silent, where it was one. */
  readonly streams: { readonly silent: number; readonly fine: number; readonly named?: string };
  /** Other connections of the same venue that deliver. */
  readonly siblingsFine: readonly string[];
  /** Other venues that were fine all the while. */
  readonly othersFine: readonly VenueId[];
  /** Other venues whose data ended, or whose trouble was noticed, within 5 s of this one's. */
  readonly fellTogether: readonly {
    readonly venue: VenueId;
    readonly withinMs: number;
    /** The socket itself, not only late data. */
    readonly lostSocket: boolean;
  }[];
  /** Other venues with a connection that is wanted. */
  readonly othersWatched: number;
  /** Network interfaces beside loopback. */
  readonly link: 'up' | 'none' | 'unknown';
  /** The venue's server is on this machine: the network has no part in it. */
  readonly isLoopback: boolean;
  /** Some other venue on this machine is fine: our own side works. */
  readonly loopbackFine?: VenueId;
  /** What the venue's REST said when asked at the beginning; absent while unanswered. */
  readonly probe?: { readonly ok: boolean; readonly ms: number; readonly code?: string };
  readonly clock: {
    /** Venue clock minus ours, ms. */
    readonly offsetMs?: number;
    /** How far the offset moved around the time of the break. */
    readonly movedMs: number;
  };
  /** The program or the machine stood still for so long right before. */
  readonly stoodStillMs?: number;
  /** The engine's own event-loop delay when it was noticed. */
  readonly loopDelayMs: number;
  /** Budgets of the venue that were reduced or silent when it was noticed. */
  readonly tightBudgets: readonly string[];
}
