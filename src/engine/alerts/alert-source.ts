import type { Clock } from '#shared/base/clock.ts';
import type { Emitter } from '#shared/base/emitter.ts';
import type { WatchSource } from '#shared/contract/api.ts';
import type { AlertCall, AlertFigure, AlertHappening, AlertRow, AlertsUpdate } from '#shared/domain/alert.ts';
import type { AlertKeeper } from './alert-keeper.ts';

/** Calls that wait for a window that is slow. */
const MOST_CALLS = 50;
/** Figures are for the eye: more often than this they only cost. */
const FIGURES_EVERY_MS = 500;

/** The alerts for one window: what changed since the last take, and every call once. */
export function createAlertSource(options: {
  readonly clock: Clock;
  readonly keeper: AlertKeeper;
  readonly changes: Pick<Emitter<void>, 'on'>;
  readonly calls: Pick<Emitter<AlertCall>, 'on'>;
  readonly webhook: () => AlertsUpdate['webhook'];
  readonly changed: () => void;
}): WatchSource<AlertsUpdate> {
  const { clock, keeper, changed } = options;
  let pending: AlertCall[] = [];
  let sent: {
    readonly rows: string;
    readonly happenings: readonly AlertHappening[];
    readonly figures: readonly AlertFigure[];
    readonly figuresAt: number;
    readonly webhook: AlertsUpdate['webhook'];
  } = {
    rows: '',
    happenings: [],
    figures: [],
    figuresAt: Number.NEGATIVE_INFINITY,
    webhook: undefined,
  };
  let isFirst = true;
  let isDirty = true;
  const undo = [
    options.changes.on(() => {
      isDirty = true;
      changed();
    }),
    options.calls.on((call) => {
      pending = [...pending, call].slice(-MOST_CALLS);
      isDirty = true;
      changed();
    }),
  ];

  function figures(): readonly AlertFigure[] | undefined {
    if (!isFirst && clock.monotonic() - sent.figuresAt < FIGURES_EVERY_MS) return undefined;
    const now = keeper.figures;
    const isSame = now.length === sent.figures.length && now.every((one, at) => one === sent.figures[at]);
    return isSame && !isFirst ? undefined : now;
  }

  /** How fresh a figure was at the last look is told with the figure, and changes with every one. */
  function shown(rows: readonly AlertRow[]): readonly AlertRow[] {
    return rows.map(({ standing: { knownAt: _moves, ...standing }, ...row }) => ({ ...row, standing }));
  }

  return {
    take() {
      if (!isDirty) return undefined;
      isDirty = false;
      const rows = shown(keeper.rows);
      const text = JSON.stringify(rows);
      const told = figures();
      const webhook = options.webhook();
      const update: AlertsUpdate = {
        asOf: clock.now(),
        ...((isFirst || text !== sent.rows) && { rows }),
        ...((isFirst || keeper.happenings !== sent.happenings) && { happenings: keeper.happenings }),
        ...(told && { figures: told }),
        calls: pending,
        ...(webhook !== undefined && (isFirst || webhook !== sent.webhook) && { webhook }),
      };
      const isNothing =
        !isFirst &&
        pending.length === 0 &&
        !('rows' in update || 'happenings' in update || 'figures' in update || 'webhook' in update);
      sent = {
        rows: text,
        happenings: keeper.happenings,
        figures: told ?? sent.figures,
        figuresAt: told ? clock.monotonic() : sent.figuresAt,
        webhook,
      };
      isFirst = false;
      pending = [];
      return isNothing ? undefined : update;
    },
    dispose() {
      for (const leave of undo) leave();
    },
  };
}
