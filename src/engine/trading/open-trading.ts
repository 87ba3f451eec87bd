import type { Clock } from '#shared/base/clock.ts';
import { createEmitter } from '#shared/base/emitter.ts';
import type { orderRequestInputs, orderWatchInputs } from '#shared/contract/order-api.ts';
import type { Sweep, TradingView } from '#shared/contract/order-views.ts';
import type { Settings } from '#shared/contract/settings.ts';
import { type InstrumentId, instrumentName, type VenueId, venueOf } from '#shared/domain/instrument.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import type { TradingVenue } from '#venues/order.ts';
import type { AccountList } from '../accounts/account-list-options.ts';
import type { EventLog } from '../health/event-log.ts';
import type { MarketList } from '../market/market-list.ts';
import type { Room } from '../room.ts';
import { createAmendOrder } from './amend-order.ts';
import { createArming, type DisarmReason } from './arming.ts';
import { boundConfirm } from './bounded-confirm.ts';
import { createConfirmOrder } from './confirm-order.ts';
import { createExecutor } from './executor.ts';
import { followHeirs } from './follow-heirs.ts';
import { followOrders } from './follow-orders.ts';
import { createHalt } from './halt.ts';
import { createIntents } from './intents.ts';
import { createJournal } from './journal.ts';
import { openKillDoor } from './kill-door.ts';
import type { TradingState } from './kill-protocol.ts';
import { createLateLines } from './late-lines.ts';
import { logOrders } from './order-log.ts';
import { createOrderSight, ordersInFlight } from './order-sight.ts';
import { createOwnSightings } from './own-sightings.ts';
import type { PaperAccounts } from './paper/paper-accounts.ts';
import { createPlaceOrder } from './place-order.ts';
import type { Confirm } from './ports.ts';
import { createPositionOrders } from './position-orders.ts';
import { createResolver } from './resolve-unknown.ts';
import { createSweeps } from './sweeps.ts';
import { watchTicket } from './ticket-watch.ts';
import { createTradingAccounts } from './trading-accounts.ts';
import { tradingRequests } from './trading-requests.ts';
import { watchOwnOrders, watchTrading } from './trading-watches.ts';

/** A latch is on the disk within milliseconds, or something is wrong with it. */
const LATCH_WAIT_MS = 2000;

export interface TradingOptions {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly dataDir: string;
  readonly markets: MarketList;
  readonly list: AccountList;
  readonly venues: readonly {
    readonly venue: TradingVenue;
    readonly name: string;
    readonly isReal: boolean;
  }[];
  readonly paper: PaperAccounts;
  readonly settings: () => Settings['trading'];
  readonly confirm: Confirm | undefined;
  readonly shell: 'desktop' | 'headless';
}

/** Orders as the engine has them: one room, and what shells and other rooms want of it. */
export interface Trading extends Room<keyof typeof orderRequestInputs, keyof typeof orderWatchInputs> {
  /** Halts at once, cancels everything everywhere, and resolves with how far that came when it is over. */
  kill(from: string): Promise<readonly Sweep[]>;
  state(): TradingState;
  disarm(reason: DisarmReason): void;
  /** Orders whose fate is not known yet. */
  ordersInFlight(venue: VenueId): number;
  wake(cause: 'resume' | 'link'): void;
  /** Once a second. */
  second(): void;
  dispose(): void;
}

export function openTrading(options: TradingOptions): Trading {
  const { clock, log, dataDir, markets, list, venues, paper, settings } = options;
  const stack = new DisposableStack();
  const disposed = <Part extends { dispose(): void }>(part: Part): Part =>
    stack.adopt(part, (one) => one.dispose());

  const journal = disposed(createJournal({ clock, dataDir, log }));
  const lines = disposed(createLateLines(clock, journal));
  const halt = disposed(createHalt({ clock, dataDir, journal, log }));
  const names = new Map<string, string>(venues.map(({ venue, name }) => [venue.id, name]));
  const confirm = boundConfirm(clock, options.confirm);
  const arming = disposed(
    createArming({
      clock,
      journal,
      log,
      venues: venues.map(({ venue, name, isReal }) => ({ id: venue.id, name, isReal })),
      settings,
      isHalted: halt.isHalted,
      confirm,
      shell: options.shell,
    }),
  );
  const accounts = disposed(
    createTradingAccounts({
      clock,
      list,
      venues: venues.map(({ venue }) => venue),
      clockOffsetMs: (venue) => markets.all.find((market) => market.venue.id === venue)?.clockOffsetMs,
      extra: paper,
    }),
  );
  const sightings = disposed(createOwnSightings(journal, lines));
  const executor = disposed(
    createExecutor({ clock, journal, lines, accounts, sightings, isHalted: halt.isHalted }),
  );
  const resolver = disposed(createResolver({ clock, journal, lines, accounts, sightings }));
  stack.defer(logOrders(journal, log, (venue) => names.get(venue) ?? venue));
  stack.defer(followOrders({ clock, accounts, sightings }));
  stack.defer(followHeirs({ clock, journal, accounts, sightings }));
  const sweeps = disposed(createSweeps({ clock, accounts, journal, lines, log, cancels: executor }));
  const intents = createIntents(clock);
  const sight = disposed(createOrderSight({ clock, markets, accounts, journal, halt, arming, settings }));
  const check = async (instrument: InstrumentId) => markets.of(venueOf(instrument)).check(instrument);
  const venueName = (venue: string) => names.get(venue) ?? venue;
  const confirmOrder = createConfirmOrder({ clock, confirm, sight, venueName });
  const place = createPlaceOrder({
    clock,
    journal,
    sight,
    executor,
    confirm: confirmOrder,
    check,
    onLeft: (venue) => arming.note(venue),
  });
  const amend = createAmendOrder({ journal, accounts, sight, executor, check, place, confirm: confirmOrder });
  const positions = createPositionOrders({ clock, accounts, journal, sweeps, spotBaseOf });

  const changed = createEmitter<void>();
  const tell = () => changed.emit();
  for (const leave of [
    journal.onOrder(tell),
    halt.onChange(tell),
    arming.onChange(tell),
    sweeps.onChange(tell),
    paper.onChange(tell),
  ]) {
    stack.defer(leave);
  }

  function kill(from: string): readonly string[] {
    halt.halt(from);
    try {
      // First what may cost money, then what is merely off.
      return sweeps.kill(from);
    } finally {
      arming.disarm('halted');
    }
  }

  // Another program left the latch and could cancel nothing: that is done here.
  stack.defer(halt.onHalted((by) => void (by === 'outside' && kill('outside'))));

  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));

  async function killed(from: string): Promise<readonly Sweep[]> {
    const ids = new Set(kill(from));
    const ours = () => sweeps.all.filter(({ id }) => ids.has(id));
    while (ours().some(({ endedAt }) => endedAt === undefined)) {
      await new Promise<void>((resolve) => {
        const leave = sweeps.onChange(() => {
          leave();
          resolve();
        });
      });
    }
    // A disk that hangs keeps nobody from hearing what came of the cancels; that the latch is not written is told beside it.
    await Promise.race([halt.settled(), pause(LATCH_WAIT_MS)]);
    return ours();
  }

  const unknown = () => [...journal.orders.values()].filter(({ state }) => state === 'unknown');

  function state(): TradingState {
    return {
      ...(halt.halted && { halted: halt.halted }),
      ...(halt.fault !== undefined && { haltFault: halt.fault }),
      armed: arming.view().flatMap(({ name, isReal, isArmed }) => (isReal && isArmed ? [name] : [])),
      unknown: unknown().length,
    };
  }

  disposed(openKillDoor({ dataDir, clock, log, kill: killed, sweeps: () => sweeps.all, state }));

  const shown = (order: OwnOrder): OwnOrder => {
    const nextLookAt = resolver.nextLookAt(order.request.clientOrderId);
    return nextLookAt === undefined ? order : { ...order, nextLookAt };
  };

  function view(): TradingView {
    const taken = new Set(paper.all.map(({ venue }) => venue));
    return {
      ...(halt.halted && { halted: halt.halted }),
      arms: arming.view(),
      unknown: unknown()
        .sort((a, b) => a.placedAt - b.placedAt)
        .map(shown),
      sweeps: sweeps.all,
      ...(journal.fault !== undefined && { journalFault: journal.fault }),
      confirms: options.confirm?.how ?? 'none',
      paperVenues: venues.flatMap(({ venue }) => (taken.has(venue.id) ? [] : [venue.id])),
    };
  }

  return {
    requests: tradingRequests({
      clock,
      journal,
      intents,
      place,
      amend,
      executor,
      resolver,
      sweeps,
      positions,
      arming,
      halt,
      paper,
      kill,
    }),
    watches: {
      ticket: (draft, onChange) => watchTicket({ clock, log, sight, check }, draft, onChange),
      trading: (_input, onChange) => watchTrading(view, (listener) => changed.on(listener), onChange),
      ownOrders: (_input, onChange) => watchOwnOrders(journal, shown, onChange),
    },
    kill: killed,
    state,
    disarm: (reason) => arming.disarm(reason),
    ordersInFlight: (venue) => ordersInFlight(journal, venue),
    wake(cause) {
      resolver.wake();
      if (cause === 'link') return;
      sight.wake();
      arming.disarm('resume');
    },
    second() {
      journal.probe();
      paper.second();
      // Ages and countdowns move on by themselves.
      tell();
    },
    dispose() {
      arming.disarm('quit');
      stack.dispose();
    },
  };
}

/** A spot market's name has two parts: `BTC-KRW`. */
function spotBaseOf(instrument: InstrumentId): string | undefined {
  const [base, , contract] = instrumentName(instrument).split('-');
  return contract === undefined ? base : undefined;
}
