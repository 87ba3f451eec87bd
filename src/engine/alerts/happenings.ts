import type { Clock } from '#shared/base/clock.ts';
import type { Alert, AlertHappening } from '#shared/domain/alert.ts';

type What =
  | Omit<Extract<AlertHappening, { kind: 'triggered' }>, 'id' | 'call' | 'at' | 'alert' | 'isSeen'>
  | Omit<Extract<AlertHappening, { kind: 'blind' }>, 'id' | 'call' | 'at' | 'alert' | 'isSeen'>;

/** What happened to alerts, newest first, bounded. */
export interface Happenings {
  readonly all: readonly AlertHappening[];
  /** To be called out with the next `take`. */
  add(alert: Alert, what: What): void;
  /** For the list alone. */
  note(alert: Alert, what: What): void;
  /** What was added since the last one, oldest first. */
  take(): readonly AlertHappening[];
  /** The alert sees again. */
  endBlind(alert: string): void;
  /** Without ids: all of it. True when something changed. */
  acknowledge(ids: readonly string[] | undefined): boolean;
}

const MOST = 300;

export function createHappenings(options: {
  readonly clock: Clock;
  readonly kept: readonly AlertHappening[];
}): Happenings {
  const { clock } = options;
  let all: readonly AlertHappening[] = options.kept.slice(0, MOST);
  let news: AlertHappening[] = [];
  let call = '';
  /** Ids go on from those that are kept. */
  let count = Math.max(0, ...all.map(({ id }) => Number.parseInt(id.slice(1), 36) || 0));

  function put({ id, rule, note, ways }: Alert, what: What, isSeen: boolean): AlertHappening {
    count += 1;
    const own = `h${count.toString(36)}`;
    if (news.length === 0) call = own;
    const told = { id, rule, note, ways };
    const happening: AlertHappening = { id: own, call, at: clock.now(), alert: told, isSeen, ...what };
    all = [happening, ...all].slice(0, MOST);
    return happening;
  }

  return {
    get all() {
      return all;
    },
    add: (alert, what) => news.push(put(alert, what, false)),
    note: (alert, what) => put(alert, what, true),
    take() {
      const taken = news;
      news = [];
      return taken;
    },
    endBlind(alert) {
      const at = all.findIndex(
        (one) => one.kind === 'blind' && one.alert.id === alert && one.until === undefined,
      );
      const open = all[at];
      if (open?.kind === 'blind') all = all.with(at, { ...open, until: clock.now() });
    },
    acknowledge(ids) {
      const isMeant = ({ id, isSeen }: AlertHappening) => !isSeen && (ids?.includes(id) ?? true);
      if (!all.some(isMeant)) return false;
      all = all.map((one) => (isMeant(one) ? { ...one, isSeen: true } : one));
      return true;
    },
  };
}
