import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Emitter, type Undo } from '#shared/base/emitter.ts';
import type { HeartlineError } from '#shared/base/errors.ts';
import type { RequestInput } from '#shared/contract/api.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { AlarmWay } from '#shared/domain/alarm.ts';
import type {
  AlertCall,
  AlertFigure,
  AlertHappening,
  AlertRow,
  AlertRule,
  AlertsUpdate,
} from '#shared/domain/alert.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { type AlertLine, alertLines } from './alert-lines.ts';
import { asError } from './as-error.ts';
import { openWatch, type Watched } from './watched.ts';

/** Alerts as the engine has them. */
export interface AlertsHeld {
  readonly rows: readonly AlertRow[];
  /** Newest first. */
  readonly happenings: readonly AlertHappening[];
  readonly figures: ReadonlyMap<string, AlertFigure>;
  readonly webhook: AlertsUpdate['webhook'];
}

/** What came of testing one way, in this window or at the webhook. */
export interface TestOutcome {
  readonly at: number;
  readonly kind:
    | 'asking'
    | 'shown'
    | 'sounded'
    | 'silent'
    | 'notified'
    | 'denied'
    | 'unasked'
    | 'missing'
    | 'answered'
    | 'refused'
    | 'address'
    | 'nobody'
    | 'failed';
  readonly detail?: string | undefined;
}
export type TestOutcomes = Readonly<Partial<Record<AlarmWay, TestOutcome>>>;

/** What a form begins with: a rule that is not set yet, or an alert that is. */
export type AlertDraft =
  | { readonly kind: 'new'; readonly rule?: AlertRule | undefined }
  | { readonly kind: 'edit'; readonly id: string };

export interface Alerts {
  readonly store: StoreApi<Watched<AlertsHeld>>;
  /** Each call once, for what makes a sound or a notification of it. */
  readonly calls: Emitter<AlertCall>;
  readonly outcomes: StoreApi<TestOutcomes>;
  /** The form of the panel, open with this. */
  readonly draft: StoreApi<{ readonly draft: AlertDraft | undefined }>;
  /** A price alert where the person pointed: crossing, once, by every way of the window. `price`: decimal text. */
  addPrice(instrument: InstrumentId, price: string): void;
  /** The same alert at another price; it is armed anew. */
  movePrice(id: string, price: string): void;
  remove(id: string): void;
  /** Alerts of a price as lines of a chart. */
  linesOf(instrument: InstrumentId): readonly AlertLine[];
  subscribe(listener: () => void): Undo;
  acknowledge(ids?: readonly string[]): void;
  test(way: AlarmWay): void;
  tested(way: AlarmWay, kind: TestOutcome['kind'], detail?: string): void;
  retry(): void;
  readonly dispose: Undo;
}

/** Calls remembered, so that one told twice (over a reconnect) is heard once. */
const REMEMBERED = 200;
const NONE: AlertsHeld = { rows: [], happenings: [], figures: new Map(), webhook: undefined };
const WAYS: readonly AlarmWay[] = ['toast', 'sound', 'notification'];

/** What "alert here" on a chart means. `price`: decimal text. */
export function createPriceAlertDraft(instrument: InstrumentId, price: string): AlertRule {
  return { kind: 'price', instrument, of: 'last', when: 'cross', level: price };
}

/** The person's alerts. Open whichever view is shown: what triggers has to be heard. */
export function createAlerts(
  client: ContractClient,
  clock: Clock,
  onFault: (error: HeartlineError) => void,
): Alerts {
  const calls = createEmitter<AlertCall>();
  const outcomes = createStore<TestOutcomes>()(() => ({}));
  let heard: readonly string[] = [];

  const watching = openWatch<'alerts', AlertsHeld>(client, 'alerts', {}, (held = NONE, update) => {
    for (const call of update.calls) {
      const id = `${call.id} ${call.at}`;
      if (heard.includes(id)) continue;
      heard = [...heard, id].slice(-REMEMBERED);
      calls.emit(call);
    }
    return {
      rows: update.rows ?? held.rows,
      happenings: update.happenings ?? held.happenings,
      figures: update.figures ? new Map(update.figures.map((one) => [one.id, one])) : held.figures,
      webhook: update.webhook ?? held.webhook,
    };
  });

  const ask = (task: Promise<unknown>) => {
    task.catch((fault: unknown) => onFault(asError(fault)));
  };
  const change = (input: RequestInput<'alerts.change'>) => ask(client.request('alerts.change', input));
  const tested = (way: AlarmWay, kind: TestOutcome['kind'], detail?: string) =>
    outcomes.setState({ [way]: { at: clock.now(), kind, detail } });

  async function test(way: AlarmWay): Promise<void> {
    tested(way, 'asking');
    try {
      const { outcome, detail } = await client.request('alerts.test', { way });
      // What is sent to windows is told by what hears it here.
      if (outcome !== 'sent') tested(way, outcome === 'no-address' ? 'address' : outcome, detail);
    } catch (fault) {
      tested(way, 'failed');
      onFault(asError(fault));
    }
  }

  return {
    store: watching.store,
    calls,
    outcomes,
    draft: createStore<{ readonly draft: AlertDraft | undefined }>()(() => ({ draft: undefined })),
    addPrice(instrument, price) {
      const rule = createPriceAlertDraft(instrument, price);
      const order = { note: '', ways: [...WAYS], repeatAfterMs: null, expiresAt: null, isPaused: false };
      ask(client.request('alerts.add', { rule, ...order }));
    },
    movePrice(id, level) {
      const rule = watching.store.getState().view?.rows.find(({ alert }) => alert.id === id)?.alert.rule;
      if (rule?.kind === 'price') change({ id, rule: { ...rule, level } });
    },
    remove: (id) => ask(client.request('alerts.remove', { id })),
    linesOf: (instrument) => alertLines(watching.store.getState().view?.rows ?? [], instrument),
    subscribe: (listener) =>
      watching.store.subscribe(({ view }, { view: before }) => {
        if (view?.rows !== before?.rows) listener();
      }),
    acknowledge: (ids) =>
      ask(client.request('alerts.acknowledge', ids === undefined ? {} : { happenings: [...ids] })),
    test: (way) => void test(way),
    tested,
    retry: watching.retry,
    dispose: watching.dispose,
  };
}
