import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { RequestHandlers } from '#shared/contract/api.ts';
import type { orderRequestInputs } from '#shared/contract/order-api.ts';
import type { PlaceAnswer } from '#shared/contract/order-views.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { AmendOrder } from './amend-order.ts';
import type { Arming } from './arming.ts';
import type { Executor } from './executor.ts';
import { exportAudit, exportFlight, flightOf } from './flight.ts';
import type { Halt } from './halt.ts';
import type { Intents } from './intents.ts';
import type { Journal } from './journal-port.ts';
import type { PaperAccounts } from './paper/paper-accounts.ts';
import type { PlaceOrder } from './place-order.ts';
import type { PlaceDraft, PositionOrders } from './position-orders.ts';
import type { Resolver } from './resolve-unknown.ts';
import type { Sweeps } from './sweeps.ts';

export interface TradingParts {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly intents: Intents;
  readonly place: PlaceOrder;
  readonly amend: AmendOrder;
  readonly executor: Executor;
  readonly resolver: Resolver;
  readonly sweeps: Sweeps;
  readonly positions: PositionOrders;
  readonly arming: Arming;
  readonly halt: Halt;
  readonly paper: PaperAccounts;
  /** Halts, and has everything cancelled: the ids of the sweeps. */
  readonly kill: (from: string) => readonly string[];
}

const FROM = 'window';

/** What a window may ask of trading. A token is taken before anything else: a click that comes twice has left once. */
export function tradingRequests(parts: TradingParts): Pick<RequestHandlers, keyof typeof orderRequestInputs> {
  const { clock, journal, intents, sweeps, arming, paper, positions } = parts;
  return {
    'orders.intent': () => intents.issue(),
    'orders.place'({ token, draft, override }) {
      intents.take(token);
      return parts.place({ draft, override, from: FROM });
    },
    'orders.cancel': (order) => parts.executor.cancel(order, FROM),
    'orders.amend'({ token, order, ...change }) {
      intents.take(token);
      return parts.amend(order, change, FROM);
    },
    'orders.cancelAll': (what) => ({ sweeps: sweeps.cancelAll(what, FROM) }),
    'orders.stopSweep'({ id }) {
      sweeps.stop(id);
      return {};
    },
    'positions.close'({ token, override, percent, ...position }) {
      intents.take(token);
      const place: PlaceDraft = (draft) => parts.place({ draft, override, from: 'close' });
      return held(positions.close(position, percent, place), position.instrument);
    },
    'positions.reverse'({ token, override, ...position }) {
      intents.take(token);
      const place: PlaceDraft = (draft) => parts.place({ draft, override, from: 'reverse' });
      return held(positions.reverse(position, place), position.instrument);
    },
    'positions.flatten'({ token, account }) {
      intents.take(token);
      const place: PlaceDraft = (draft) => parts.place({ draft, from: 'flatten' });
      return { sweeps: [positions.flatten(account, FROM, place)] };
    },
    async 'trading.arm'({ venue, phrase }) {
      await arming.arm(venue, phrase);
      return {};
    },
    'trading.disarm'({ venue }) {
      arming.disarm('person', venue);
      return {};
    },
    'trading.kill': () => ({ sweeps: parts.kill(FROM) }),
    'trading.resume'({ phrase }) {
      parts.halt.resume(phrase, FROM);
      return {};
    },
    'paper.add'({ venue }) {
      paper.add(venue);
      return {};
    },
    'paper.reset'({ account }) {
      paper.reset(account);
      return {};
    },
    'paper.remove'({ account }) {
      paper.remove(account);
      return {};
    },
    'orders.settle'({ clientOrderId, isPlaced }) {
      parts.resolver.settle(clientOrderId, isPlaced);
      return {};
    },
    'orders.look'({ clientOrderId }) {
      parts.resolver.look(clientOrderId);
      return {};
    },
    'orders.flight': ({ clientOrderId }) => flightOf(journal.linesOf(clientOrderId)),
    'orders.exportFlight': ({ clientOrderId }) => exportFlight(journal.linesOf(clientOrderId), clock.now()),
    'orders.verifyAudit': () => journal.verify(),
    'orders.exportAudit': () => exportAudit(journal, clock.now()),
  };
}

/** Throws `position.none`. */
async function held(
  answer: Promise<PlaceAnswer | undefined>,
  instrument: InstrumentId,
): Promise<PlaceAnswer> {
  const given = await answer;
  if (given) return given;
  throw new HeartlineError('position.none', `nothing is held in ${instrument}`, { details: { instrument } });
}
