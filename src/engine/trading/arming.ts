import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { ArmView } from '#shared/contract/order-views.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { EventLog } from '../health/event-log.ts';
import type { BoundedConfirm, Given } from './bounded-confirm.ts';
import type { Journal } from './journal-port.ts';
import { isLooser, widestAt } from './looser-settings.ts';
import { createPhraseCheck } from './phrase-check.ts';

const TICK_MS = 1000;
/**
 * Wall time and monotonic time drift apart by more than this within a second: somebody set the clock, or the machine slept.
 * A tick that is late by as much by both says that it slept or was stopped, too.
 */
const STEP_MS = 5000;

export interface ArmingOptions {
  readonly clock: Clock;
  readonly journal: Pick<Journal, 'append'>;
  readonly log: EventLog;
  readonly venues: readonly { readonly id: VenueId; readonly name: string; readonly isReal: boolean }[];
  readonly settings: () => Settings['trading'];
  readonly isHalted: () => boolean;
  /** How a person is asked outside of any window. */
  readonly confirm: BoundedConfirm;
  readonly shell: 'desktop' | 'headless';
}

/** Why a venue was disarmed; in the journal as it stands here. */
export type DisarmReason =
  | 'person'
  | 'idle'
  | 'lock'
  | 'suspend'
  | 'resume'
  | 'clock-step'
  | 'halted'
  | 'mainnet-off'
  /** Limits were widened: whoever armed it agreed to narrower ones. */
  | 'loosened'
  | 'quit';

export interface Arming {
  /**
   * A window is not enough: with the phrase the person is asked once more where no page can answer, by a dialog of the system
   * or at the server's own terminal. A venue without real money needs no arming. Throws `arm.phrase` {phrase}, `arm.wait` {seconds}, `arm.barred` {venue, reason},
   * `arm.declined` {venue, answer}, `venue.unknown`, `journal.unwritable`.
   */
  arm(venue: VenueId, phrase: string): Promise<void>;
  /** Absent: all. Never throws. */
  disarm(reason: DisarmReason, venue?: VenueId): void;
  /** An order left there: the idle time begins anew. */
  note(venue: VenueId): void;
  /** Proven at this moment, not at the last tick. A venue without real money is always armed, one nobody knows never. */
  isArmed(venue: VenueId): boolean;
  view(): readonly ArmView[];
  onChange(listener: () => void): Undo;
  dispose(): void;
}

function phraseOf(name: string): string {
  return `ARM ${name.toUpperCase()}`;
}

/** Nothing of it is kept: every real venue starts disarmed, at every start. */
export function createArming(options: ArmingOptions): Arming {
  const { clock, journal, log, settings } = options;
  const phrases = createPhraseCheck(clock);
  const changed = createEmitter<void>();
  /** What was in force when somebody looked last. */
  let known = settings();
  /** Armed venues: monotonic time of the last order, or of the arming. */
  const usedAt = new Map<VenueId, number>();
  /** Venues somebody is being asked about. */
  const asking = new Map<VenueId, { readonly ended: Promise<void>; readonly abort: AbortController }>();
  let offset = clock.now() - clock.monotonic();
  let tickAt = clock.monotonic();
  let isOver = false;

  const venueOf = (venue: VenueId) => options.venues.find(({ id }) => id === venue);
  const idleMs = () => settings().disarmAfterMin * 60_000;
  const barred = (): ArmView['barred'] =>
    options.isHalted() ? 'halted' : settings().mainnet ? undefined : 'mainnet-off';

  function disarm(reason: DisarmReason, venue?: VenueId): void {
    for (const [asked, { abort }] of asking) if (venue === undefined || asked === venue) abort.abort();
    const gone = [...usedAt.keys()].filter((armed) => venue === undefined || armed === venue);
    // All of them first: whatever fails after that, nothing leaves any more.
    for (const armed of gone) usedAt.delete(armed);
    for (const armed of gone) {
      try {
        journal.append({ kind: 'disarmed', venue: armed, reason });
      } catch (fault) {
        log.add('error', 'journal.unwritable', messageOf(fault), { venue: armed });
      }
      log.add('info', `trading.disarmed-${reason}`, `${armed} is disarmed: ${reason}`, { venue: armed });
    }
    if (gone.length > 0) changed.emit();
  }

  /** Everything that disarms by itself; a cheap look at what is true now. Questions that stand name the old limits, too. */
  function look(): void {
    const before = known;
    known = settings();
    if (before !== known && isLooser(before, known)) disarm('loosened');
    if (usedAt.size === 0) return;
    const now = clock.monotonic();
    const isStepped = Math.abs(clock.now() - now - offset) > STEP_MS;
    const hasSlept = now - tickAt > TICK_MS + STEP_MS;
    const why = barred() ?? (isStepped ? 'clock-step' : hasSlept ? 'resume' : undefined);
    if (why !== undefined) disarm(why);
    for (const [venue, at] of [...usedAt]) if (now - at >= idleMs()) disarm('idle', venue);
  }

  function follow(): void {
    tickAt = clock.monotonic();
    offset = clock.now() - tickAt;
  }

  const stopLooking = clock.every(TICK_MS, () => {
    look();
    // Small steps add up to nothing: a clock that is slewed into place has not been set.
    follow();
  });

  /** Throws `arm.barred`. */
  function refuseIfBarred(venue: VenueId): void {
    const reason = barred();
    if (reason === undefined) return;
    throw new HeartlineError('arm.barred', `${venue} cannot be armed: ${reason}`, {
      details: { venue, reason },
    });
  }

  function declined(venue: VenueId, answer: Given): HeartlineError {
    return new HeartlineError('arm.declined', `whether to arm ${venue} was asked: ${answer}`, {
      details: { venue, answer },
    });
  }

  async function ask(venue: VenueId, venueName: string, signal: AbortSignal): Promise<void> {
    const limits = widestAt(settings(), venue);
    const answer = await options.confirm.ask({ kind: 'arm', venue, venueName, limits }, signal);
    if (answer !== 'yes') throw declined(venue, answer);
  }

  async function askAndArm(venue: VenueId, name: string, abort: AbortController): Promise<void> {
    await ask(venue, name, abort.signal);
    look();
    // While somebody was asked: halted, locked, disarmed by a person, or gone.
    refuseIfBarred(venue);
    if (abort.signal.aborted || isOver) throw declined(venue, 'no');
    // Written first: what cannot be written down does not begin.
    journal.append({ kind: 'armed', venue, reason: options.shell === 'desktop' ? 'dialog' : 'terminal' });
    // What the clock did before is nobody's concern now.
    if (usedAt.size === 0) follow();
    usedAt.set(venue, clock.monotonic());
    log.add('warn', 'trading.armed', `${venue} is armed: orders there move real money`, { venue });
    changed.emit();
  }

  return {
    async arm(venue, typed) {
      const known = venueOf(venue);
      if (known === undefined) {
        throw new HeartlineError('venue.unknown', `there is no venue ${venue}`, { details: { venue } });
      }
      if (!known.isReal) return;
      refuseIfBarred(venue);
      phrases.check(typed, phraseOf(known.name));
      look();
      if (usedAt.has(venue)) return;
      // Two windows at once: one question.
      const running = asking.get(venue);
      if (running !== undefined) return running.ended;
      const abort = new AbortController();
      const ended = askAndArm(venue, known.name, abort).finally(() => asking.delete(venue));
      asking.set(venue, { ended, abort });
      return ended;
    },
    disarm,
    note(venue) {
      if (usedAt.has(venue)) usedAt.set(venue, clock.monotonic());
    },
    isArmed(venue) {
      if (venueOf(venue)?.isReal === false) return true;
      look();
      return usedAt.has(venue);
    },
    view() {
      look();
      const why = barred();
      return options.venues.map(({ id, name, isReal }) => {
        const at = usedAt.get(id);
        return {
          venue: id,
          name,
          isReal,
          isArmed: at !== undefined,
          phrase: phraseOf(name),
          ...(at !== undefined && { until: clock.now() + idleMs() - (clock.monotonic() - at) }),
          ...(isReal && why !== undefined && { barred: why }),
        };
      });
    },
    onChange: (listener) => changed.on(listener),
    dispose() {
      isOver = true;
      stopLooking();
      disarm('quit');
    },
  };
}
