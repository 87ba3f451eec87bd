import type { Clock } from '#shared/base/clock.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import type { Instrument, InstrumentId } from '#shared/domain/instrument.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import { parseStreamKey } from '#shared/domain/stream-key.ts';
import type { EventLog } from '../health/event-log.ts';
import type { InstrumentList } from './instrument-list.ts';

/** How the venue has an instrument: as it lists it, or not any more. */
type Standing = Instrument['status'] | 'delisted';

/** Knows which of the instruments in use are suspended, warned of, or gone, and tells when that changes. */
export interface InstrumentWatch {
  /** What is listed, with what the streams say of it since. Throws what the list throws. */
  instruments(): Promise<readonly Instrument[]>;
  /** Throws `instrument.unknown`, which is also told in the log, or what the list throws. */
  check(instrument: InstrumentId): Promise<Instrument>;
  /** Some streams say by themselves that nothing is traded. */
  note(event: MarketEvent): void;
  second(): void;
}

export interface InstrumentWatchOptions {
  readonly clock: Clock;
  readonly log: EventLog;
  /** The venue's name. */
  readonly venue: string;
  readonly list: InstrumentList;
  /** Streams somebody uses, by their texts. */
  readonly held: ReadonlyMap<string, unknown>;
  readonly health: () => readonly ConnectionHealth[];
}

/** A list that could not be had is asked for again, and one that may be outdated renewed, less and less often. */
const LOOK_EVERY_MS = 30_000;
const MOST_DOUBLINGS = 5;
const CODES = {
  trading: ['info', 'instrument.trading', 'is traded again'],
  warned: ['warn', 'instrument.warned', 'is traded, but the venue warns of it'],
  halted: ['warn', 'instrument.halted', 'is listed, but not traded'],
  delisted: ['warn', 'instrument.delisted', 'is not listed'],
} as const;

export function createInstrumentWatch(options: InstrumentWatchOptions): InstrumentWatch {
  const { clock, log, venue, list } = options;
  /** What was told last; what was never told of is traded. */
  const told = new Map<InstrumentId, Standing>();
  /** What the streams say of it. */
  const silenced = new Set<InstrumentId>();
  let nextLookAt = Number.NEGATIVE_INFINITY;
  let looks = 0;
  let seenAt: number | undefined;
  let isMissing = false;
  let heldCount = 0;

  /** Something is not as it should be although its connection is up: the list may say why. */
  function isSilent(): boolean {
    const before = clock.now() - LOOK_EVERY_MS;
    return options
      .health()
      .filter(({ state }) => ['live', 'degraded', 'stale'].includes(state.kind))
      .some(({ streams }) => streams.some(({ state, since }) => state !== 'live' && since < before));
  }

  function standingOf(instrument: InstrumentId): Standing {
    const listed = list.known?.get(instrument);
    if (!listed) return 'delisted';
    return silenced.has(instrument) ? 'halted' : listed.status;
  }

  /** Tells how it stands where that changed; true when it did. */
  function tell(instrument: InstrumentId): boolean {
    const standing = standingOf(instrument);
    if (standing === (told.get(instrument) ?? 'trading')) return false;
    told.set(instrument, standing);
    const [level, code, words] = CODES[standing];
    log.add(level, code, `${instrument} ${words}`, { instrument, venue });
    return true;
  }

  function compare(): boolean {
    const instruments = [...options.held.keys()].map((text) => parseStreamKey(text).instrument);
    return [...new Set(instruments)].filter(tell).length > 0;
  }

  async function look(): Promise<void> {
    try {
      await list.refresh();
      if (isMissing)
        log.add('info', 'instruments.back', `the instruments of ${venue} are known now`, { venue });
      isMissing = false;
    } catch (fault) {
      if (!isMissing && list.known === undefined) {
        isMissing = true;
        log.add('warn', 'instruments.missing', `no instruments of ${venue}: ${messageOf(fault)}`, {
          venue,
          reason: messageOf(fault),
        });
      }
    }
  }

  return {
    async instruments() {
      const all = await list.load();
      if (silenced.size === 0) return all;
      return all.map((one) => (silenced.has(one.id) ? { ...one, status: 'halted' as const } : one));
    },
    async check(instrument) {
      try {
        return await list.check(instrument);
      } finally {
        if (list.known) tell(instrument);
      }
    },
    note(event) {
      if (event.kind !== 'ticker' || (event.halted === true) === silenced.has(event.instrument)) return;
      if (event.halted) silenced.add(event.instrument);
      else silenced.delete(event.instrument);
      if (list.known) compare();
    },
    second() {
      const { loadedAt } = list;
      if (loadedAt !== undefined && (loadedAt !== seenAt || options.held.size !== heldCount)) {
        seenAt = loadedAt;
        heldCount = options.held.size;
        if (compare()) looks = 0;
      }
      const now = clock.monotonic();
      if (options.held.size === 0 || now < nextLookAt) return;
      if (list.known !== undefined && !list.isOld && !isSilent()) return;
      looks = list.known === undefined ? 0 : Math.min(looks + 1, MOST_DOUBLINGS);
      nextLookAt = now + LOOK_EVERY_MS * 2 ** looks;
      void look();
    },
  };
}
