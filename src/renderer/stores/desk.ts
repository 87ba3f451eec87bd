import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { AppDescription, LogEntry } from '#shared/contract/api.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { Settings } from '#shared/contract/settings.ts';
import { counterpartOf } from '../workspace/counterpart.ts';
import { createLinks, type Links } from '../workspace/links.ts';
import { createWorkspace, type Workspace } from '../workspace/workspace.ts';
import { type Alarms, createAlarms } from './alarms.ts';
import { type Alerts, createAlerts } from './alerts.ts';
import { type Book, createBook } from './book.ts';
import { type CandleFeed, createCandleFeed } from './candle-feed.ts';
import { createDescription, type Description } from './description.ts';
import { createFlightChoice, type FlightChoice } from './flight-choice.ts';
import { createMainFocus, type Focus } from './focus.ts';
import { createHoldings, type Holdings } from './holdings.ts';
import { createHoldingsChoice, type HoldingsChoiceStore } from './holdings-choice.ts';
import { createInstruments, type Instruments } from './instruments.ts';
import { createLadder, type Ladder } from './ladder.ts';
import { createLog } from './log.ts';
import { createNotices, type Notices } from './notices.ts';
import { createOrderChanges, type OrderChanges } from './order-changes.ts';
import { createPositionActions, type PositionActions } from './position-actions.ts';
import { createPremiumChoice, type PremiumChoiceStore } from './premium-choice.ts';
import { createPricePicks, type PricePicks } from './price-pick.ts';
import { createPulse } from './pulse.ts';
import { createSettings, type SettingsKeeper } from './settings.ts';
import { createTape, type Tape } from './tape.ts';
import { createTickers, type Tickers } from './tickers.ts';
import { createTicket, type Ticket } from './ticket.ts';
import { createTrading, type Trading } from './trading.ts';
import { createView, type ViewKeeper } from './view.ts';

/** What the engine told at the start. */
export interface DeskBeginning {
  readonly app: AppDescription;
  readonly settings: Settings;
}

/** Everything the panels draw from. */
export interface Desk {
  readonly client: ContractClient;
  readonly clock: Clock;
  /** As the engine described itself last. */
  readonly app: AppDescription;
  readonly description: Description;
  readonly instruments: Instruments;
  readonly settings: SettingsKeeper;
  readonly pulse: ReturnType<typeof createPulse>['store'];
  readonly log: ReturnType<typeof createLog>['store'];
  readonly notices: Notices;
  readonly alarms: Alarms;
  readonly alerts: Alerts;
  /** The same, as a chart asks for it. */
  readonly chartAlerts: Alerts;
  readonly view: ViewKeeper;
  readonly premiumChoice: PremiumChoiceStore;
  readonly holdings: Holdings;
  readonly holdingsChoice: HoldingsChoiceStore;
  readonly trading: Trading;
  readonly pricePicks: PricePicks;
  readonly ticket: Ticket;
  readonly ladder: Ladder;
  readonly orderChanges: OrderChanges;
  readonly positionActions: PositionActions;
  readonly flightChoice: FlightChoice;
  readonly tickers: Tickers;
  /** What orders are written for. */
  readonly mainFocus: Focus;
  readonly links: Links;
  /** How the panels stand. */
  readonly workspace: Workspace;
  /** What this part of the desk is about. In a docked panel these four are its own (`workspace/scoped-desk.tsx`). */
  readonly focus: Focus;
  readonly book: Book;
  readonly tape: Tape;
  readonly candles: CandleFeed;
  readonly dispose: Undo;
}

/**
 * Opens the watches and keeps them on what is selected. They stay open while the connections are shown: those are the
 * streams to be looked at, and looking must not close them.
 */
export function createDesk(
  client: ContractClient,
  clock: Clock,
  beginning: DeskBeginning,
  view: ViewKeeper = createView(),
): Desk {
  const notices = createNotices(clock);
  const settings = createSettings(client, beginning.settings, notices.show);
  const pulse = createPulse(client, clock);
  const log = createLog(client);
  const alarms = createAlarms(client, clock);
  const alerts = createAlerts(client, clock, notices.show);
  const instruments = createInstruments(client, clock);
  const description = createDescription(client, beginning.app);
  const tickers = createTickers(client);
  const book = createBook(client);
  const tape = createTape(client, pulse.store);
  const candles = createCandleFeed(client, clock);
  const holdings = createHoldings(client);
  const trading = createTrading(client);
  const pricePicks = createPricePicks();
  const ticket = createTicket({ client, clock, settings: settings.store, holdings, picks: pricePicks });
  const ladder = createLadder({ client, clock, settings: settings.store, ticket });
  const mainFocus = createMainFocus(settings);
  const links = createLinks(mainFocus);
  const workspace = createWorkspace({
    client,
    clock,
    links,
    onFault: notices.show,
    counterpart: () =>
      counterpartOf(instruments.store.getState().known, mainFocus.store.getState().instrument),
  });

  let held: Undo = () => undefined;
  const follow = ({ selected, watchlist }: Settings) => {
    const previous = held;
    // What a person watches is watched whatever panels stand there: the health of its venues is judged by it.
    held = tickers.hold([...watchlist, selected]);
    previous();
    book.follow(selected);
  };
  follow(beginning.settings);
  const undoFollow = settings.store.subscribe(follow);
  const undoNews = log.store.subscribe(({ entries }, { entries: before }) => {
    // The first batch is the past: the list that is asked for at the start knows it.
    const isNews = ({ code }: LogEntry) => code.startsWith('instrument.') || code === 'instruments.back';
    if (before.length > 0 && entries.findLast(isNews) !== before.findLast(isNews)) instruments.renew();
  });

  return {
    client,
    clock,
    get app() {
      return description.store.getState();
    },
    description,
    instruments,
    settings,
    pulse: pulse.store,
    log: log.store,
    notices,
    alarms,
    alerts,
    chartAlerts: alerts,
    view,
    premiumChoice: createPremiumChoice(),
    holdings,
    holdingsChoice: createHoldingsChoice(),
    trading,
    pricePicks,
    ticket,
    ladder,
    orderChanges: createOrderChanges(client),
    positionActions: createPositionActions(client),
    flightChoice: createFlightChoice(),
    tickers,
    mainFocus,
    links,
    workspace,
    focus: mainFocus,
    book,
    tape,
    candles,
    dispose() {
      undoFollow();
      held();
      workspace.dispose();
      undoNews();
      ladder.dispose();
      ticket.dispose();
      trading.dispose();
      holdings.dispose();
      candles.dispose();
      tape.dispose();
      book.dispose();
      tickers.dispose();
      description.dispose();
      instruments.dispose();
      alarms.dispose();
      alerts.dispose();
      log.dispose();
      pulse.dispose();
    },
  };
}
