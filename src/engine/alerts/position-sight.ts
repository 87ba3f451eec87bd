import type { Clock } from '#shared/base/clock.ts';
import { positionKey } from '#shared/contract/account-views.ts';
import type { WatchSource } from '#shared/contract/api.ts';
import type { AccountId, AccountState, Position } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { Accounts } from '../accounts/open-accounts.ts';

/** Positions as the desk knows them, watched while an alert is about any: with the mark prices they are worked out from. */
export interface PositionSight {
  /** Opens the watches, or closes them. */
  watch(isWanted: boolean): void;
  /** `undefined`: there is no such account. */
  stateOf(account: AccountId): AccountState['kind'] | undefined;
  positions(account: AccountId, instrument: InstrumentId | undefined): readonly Position[];
  dispose(): void;
}

export function createPositionSight(options: {
  readonly clock: Clock;
  readonly accounts: Pick<Accounts, 'watches'>;
  readonly onChange: () => void;
}): PositionSight {
  const { accounts, clock } = options;
  const rows = new Map<string, Position>();
  let states: ReadonlyMap<AccountId, AccountState['kind']> = new Map();
  let open: { readonly sources: readonly WatchSource<unknown>[] } | undefined;
  let isDue = false;

  function start(): void {
    const later = () => {
      if (isDue) return;
      isDue = true;
      // A source may say that it changed while it is in the midst of changing.
      clock.after(0, () => {
        isDue = false;
        if (open) read();
      });
    };
    const views = accounts.watches.accounts({}, later);
    const positions = accounts.watches.positions({}, later);
    function read(): void {
      const view = views.take();
      if (view) states = new Map(view.accounts.map(({ id, state }) => [id, state.kind]));
      const update = positions.take();
      if (update) {
        if (update.restart) rows.clear();
        for (const key of update.removed) rows.delete(key);
        for (const row of update.rows) rows.set(positionKey(row), row);
      }
      options.onChange();
    }
    open = { sources: [views, positions] };
    read();
  }

  function stop(): void {
    for (const source of open?.sources ?? []) source.dispose();
    open = undefined;
    rows.clear();
    states = new Map();
  }

  return {
    watch(isWanted) {
      if (isWanted === (open !== undefined)) return;
      if (isWanted) start();
      else stop();
    },
    stateOf: (account) => states.get(account),
    positions: (account, instrument) =>
      [...rows.values()].filter(
        (row) => row.account === account && (instrument === undefined || row.instrument === instrument),
      ),
    dispose: stop,
  };
}
