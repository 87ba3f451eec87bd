import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { AccountId } from '#shared/domain/account.ts';
import { type InstrumentId, instrumentName, type VenueId } from '#shared/domain/instrument.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { OrderAbilities, Placed } from '#venues/order.ts';
import type { EventLog } from '../../health/event-log.ts';
import type { Market } from '../../market/market.ts';
import type { CallOutcome, TradingAccount } from '../trading-account.ts';
import { createPaperDesk, type PaperAnswer } from './paper-desk.ts';
import { createPaperDoor } from './paper-door.ts';
import { createPaperFeed } from './paper-feed.ts';
import { holdingsOf } from './paper-figures.ts';
import { createPaperMatching } from './paper-matching.ts';
import { isWaiting, paperReport } from './paper-order.ts';
import { createPaperRows } from './paper-rows.ts';
import { PAPER_LEVERAGE, paperRules } from './paper-rules.ts';
import { createPaperShelf } from './paper-shelf.ts';
import type { PaperListing, PaperOrder, PaperState } from './paper-state.ts';

export interface PaperAccountOptions {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly id: AccountId;
  readonly venue: { readonly id: VenueId; readonly name: string };
  readonly market: Market;
  readonly from: PaperState;
  /** `now`: a person did it; `soon`: the market did. */
  readonly save: (when: 'now' | 'soon') => void;
}

export interface PaperAccount extends TradingAccount {
  readonly environment: 'paper';
  readonly addedAt: number;
  kept(): PaperState;
  second(): void;
  /** Ends what is open, with these words, and tells. */
  close(note: string): void;
  dispose(): void;
}

const ABILITIES = {
  spot: {
    conditional: false,
    immediate: ['IOC', 'FOK'],
    postOnly: true,
    reduceOnly: false,
    closePosition: false,
    amend: 'in-place',
  },
  derivatives: {
    conditional: true,
    immediate: ['IOC', 'FOK'],
    postOnly: true,
    reduceOnly: true,
    closePosition: true,
    amend: 'in-place',
  },
} as const satisfies Record<string, OrderAbilities>;

const stateWords = (order: PaperOrder) => (isWaiting(order) ? 'waits for its trigger' : 'open');

/** `BTC-USDT` is spot; whatever has a third part is a contract. */
const kindOf = (id: InstrumentId) => (instrumentName(id).split('-').length > 2 ? 'derivatives' : 'spot');

/** An account that exists here alone: its orders are filled against the live public market, and nothing ever leaves. */
export function createPaperAccount(options: PaperAccountOptions): PaperAccount {
  const { clock, log, id, venue, market, save } = options;
  const label = `${venue.name} paper`;
  const shelf = createPaperShelf(clock, venue.id, options.from);
  const matching = createPaperMatching(shelf, (instruments) => feed.areMarksFresh(instruments));
  const feed = createPaperFeed({
    clock,
    market,
    onBook: (instrument, sight) => moved(() => matching.onBook(instrument, sight)),
    onPrint: (instrument, print, sight) => moved(() => matching.onPrint(instrument, print, sight)),
    onMark: (instrument, price, sight) => moved(() => matching.onMark(instrument, price, sight)),
    onHole: (instrument, missed) => moved(() => noteHole(instrument, missed)),
    onBlind: (instrument, forMs) => moved(() => noteBlind(instrument, forMs)),
  });
  const desk = createPaperDesk({ shelf, matching, viewOf: feed.view, lastOf: feed.last });
  const rows = createPaperRows({
    clock,
    shelf,
    from: holdingsOf(id, options.from, clock.now()),
    onLiquidated(currency, covered) {
      const words = `${label}: liquidated at mark, ${covered} ${currency} let off`;
      log.add('error', 'paper.liquidated', words, { label, currency, covered });
    },
  });
  const door = createPaperDoor(id, market, () => isDisposed);
  let areSettingsKnown = false;
  let isDisposed = false;

  /** The market did something. */
  function moved(act: () => void): void {
    act();
    const before = rows.holdings;
    rows.tellAll();
    if (rows.holdings === before) return;
    hold();
    save('soon');
  }

  /** A person did something: it is on the disk before they are told. */
  function acted(act: () => PaperAnswer): CallOutcome<Placed> {
    const answer = act();
    if (answer.verdict !== 'accepted') {
      hold();
      return answer;
    }
    save('now');
    rows.tellAll();
    hold();
    const order = shelf.find({ venueOrderId: answer.order.id }) ?? answer.order;
    return { verdict: 'accepted', answer: { venueOrderId: order.id, report: paperReport(order) } };
  }

  /** What has open orders or a position is followed; the rest costs nothing. */
  function hold(more?: PaperListing): void {
    if (isDisposed) return;
    const wanted = new Set([...shelf.orders.map(({ instrument }) => instrument), ...positionsHeld()]);
    if (more) wanted.add(more.id);
    feed.hold(
      new Map(
        [...wanted].map((instrument) => [
          instrument,
          shelf.listings.get(instrument)?.kind ?? kindOf(instrument),
        ]),
      ),
    );
  }

  const positionsHeld = () => Object.keys(shelf.ledger.positions) as InstrumentId[];

  function noteHole(instrument: InstrumentId, missed: number): void {
    if (!note(instrument, 'trades were missed, nothing is assumed of them')) return;
    const words = `${label}: ${missed} trades of ${instrument} never came; nothing is assumed of them`;
    log.add('warn', 'paper.hole', words, { label, instrument, missed });
  }

  function noteBlind(instrument: InstrumentId, forMs: number): void {
    const seconds = Math.round(forMs / 1000);
    if (!note(instrument, `not followed for ${seconds} s, only trades fetched since count`)) return;
    const words = `${label}: ${instrument} was not followed for ${seconds} s; only trades fetched since count`;
    log.add('warn', 'paper.blind', words, { label, instrument, seconds });
  }

  /** Into the words of every open order of the instrument; false: there is none. */
  function note(instrument: InstrumentId, words: string): boolean {
    const open = shelf.orders.filter((order) => order.instrument === instrument);
    for (const order of open) shelf.put({ ...order, note: `${stateWords(order)}; ${words}` });
    return open.length > 0;
  }

  function learnSettings(): void {
    areSettingsKnown = true;
    market.instruments().then(
      (all) => {
        const settings = all.flatMap(({ id: instrument, kind }) =>
          kind === 'spot' ? [] : [{ instrument, leverage: PAPER_LEVERAGE, marginMode: 'cross' as const }],
        );
        const { serial } = rows.holdings;
        if (settings.length > 0)
          rows.tell({ kind: 'snapshot', since: serial, receivedAt: clock.now(), settings });
      },
      // Asked again a second later: what is wrong with the market shows elsewhere.
      () => {
        areSettingsKnown = false;
      },
    );
  }

  /** Nothing was filled meanwhile, and the line is joined anew. */
  function takeUp(): void {
    for (const { since: _, ...order } of shelf.orders) {
      const { rest, ...others } = order;
      shelf.put({
        ...others,
        ...(rest && { rest: {} }),
        note: `${stateWords(order)}; nothing was filled while Heartline was off`,
      });
    }
    rows.tellAll();
    rows.tellMoney();
    hold();
  }

  takeUp();
  learnSettings();

  return {
    id,
    venue: venue.id,
    label,
    environment: 'paper',
    isReal: false,
    mode: 'trade',
    state: { kind: 'live' },
    get holdings() {
      return rows.holdings;
    },
    // There is no other end to compare with, and none that could fall silent.
    get reconciledAt() {
      return clock.now();
    },
    get streamHeardAt() {
      return clock.now();
    },
    streamEpoch: 0,
    isHedged: false,
    absence: { recvWindowMs: 0, quarantineMs: 0, burnsIds: false },
    clockOffsetMs: 0,
    addedAt: options.from.addedAt,
    abilities: (instrument) => ABILITIES[kindOf(instrument)],
    fees(instrument) {
      const { makerFee: maker, takerFee: taker } = paperRules(venue.id, kindOf(instrument));
      return { instrument, maker, taker };
    },
    async place(request: OrderRequest, onSending) {
      const listing = await door.listed(request.instrument, onSending, request);
      if ('verdict' in listing) return listing;
      hold(listing);
      return acted(() => desk.place(request, listing));
    },
    async amend(order, change, _clientOrderId, onSending) {
      const listing = await door.listed(order.instrument, onSending, { order: order.venueOrderId, change });
      if ('verdict' in listing) return listing;
      return acted(() => desk.amend(order, change));
    },
    async cancel(ref, onSending) {
      const kept = door.leaving(onSending, ref);
      return kept ?? acted(() => desk.cancel(ref));
    },
    cancelAll(instrument) {
      const due = shelf.orders.filter((order) => instrument === undefined || order.instrument === instrument);
      const cancelled = due.map(({ id: venueOrderId, clientOrderId }) => ({
        venueOrderId,
        ...(clientOrderId !== undefined && { clientOrderId }),
      }));
      for (const ref of cancelled) desk.cancel(ref);
      save('now');
      rows.tellAll();
      hold();
      return Promise.resolve({ verdict: 'accepted', answer: { cancelled, failed: [], isBlind: false } });
    },
    mostCancels: 1,
    openOrders: async () => shelf.orders.map(paperReport),
    async find(ref) {
      const venueTime = clock.now();
      const order = shelf.find(ref);
      if (order === undefined) return { order: undefined, venueTime };
      const fills = shelf.fills.filter(({ venueOrderId }) => venueOrderId === order.id);
      return { order: paperReport(order), fills, venueTime };
    },
    reconcile: () => Promise.resolve(),
    onHoldings: (listener): Undo => rows.onHoldings(listener),
    onState: () => () => undefined,
    kept: () => shelf.state(),
    second() {
      if (!areSettingsKnown) learnSettings();
      rows.tellMoney();
    },
    close(note) {
      for (const { id: venueOrderId } of shelf.orders) desk.cancel({ venueOrderId }, note);
      rows.tellAll();
    },
    dispose() {
      isDisposed = true;
      feed.dispose();
    },
  };
}
