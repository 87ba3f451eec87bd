import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { balanceKey, fillKey, orderKey, positionKey } from '#shared/contract/account-views.ts';
import { isTerminal } from '#shared/domain/order.ts';
import { type BalanceSheet, openBalances, openFills } from '../../../stores/holdings.ts';
import type { Watching } from '../../../stores/watched.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Pending } from '../../../ui/pending.tsx';
import { ChangeLine } from '../../changes/change-line.tsx';
import { balanceColumns, worthOf } from './balance-columns.tsx';
import { CancelAll } from './cancel-all.tsx';
import { CsvButton } from './csv-button.tsx';
import { balanceFields, fillFields, orderFields, positionFields } from './csv-fields.ts';
import { FILL_COLUMNS } from './fill-columns.tsx';
import { Flatten } from './flatten.tsx';
import { HoldingsTable } from './holdings-table.tsx';
import { isDust } from './is-dust.ts';
import { NothingHeld } from './nothing-held.tsx';
import { OPEN_ORDER_COLUMNS } from './open-order-columns.tsx';
import { POSITION_COLUMNS } from './position-columns.tsx';
import { PositionSaid } from './position-said.tsx';
import { useAccounts } from './use-accounts.ts';
import { useFiltered } from './use-filtered.ts';
import { useOpened } from './use-opened.ts';
import { WorthLine } from './worth-line.tsx';

/** One table each, with its tools in a line above it. */

export function PositionsTable() {
  const { t } = useTranslation();
  const { holdings } = useDesk();
  const { view, error } = useStore(holdings.positions.store);
  const rows = useFiltered(view);
  const accounts = useAccounts();
  if (view === undefined) {
    return <Pending error={error} waiting={t('holding.waiting')} onRetry={holdings.positions.retry} />;
  }
  return (
    <>
      <div className="holdings-tools">
        <Flatten />
        <CsvButton name="positions" fields={() => positionFields({ accounts })} rows={rows} />
      </div>
      <PositionSaid />
      <HoldingsTable
        label={t('holdings.positions')}
        testId="positions"
        columns={POSITION_COLUMNS}
        rows={rows}
        keyOf={positionKey}
        empty={<NothingHeld tab="positions" />}
      />
    </>
  );
}

export function OrdersTable() {
  const { t } = useTranslation();
  const { holdings } = useDesk();
  const { view, error } = useStore(holdings.orders.store);
  const rows = useFiltered(view);
  const accounts = useAccounts();
  if (view === undefined) {
    return <Pending error={error} waiting={t('holding.waiting')} onRetry={holdings.orders.retry} />;
  }
  return (
    <>
      <div className="holdings-tools">
        <CancelAll />
        <CsvButton name="orders" fields={() => orderFields({ accounts })} rows={rows} />
      </div>
      <ChangeLine place="orders" />
      <HoldingsTable
        label={t('holdings.orders')}
        testId="orders"
        columns={OPEN_ORDER_COLUMNS}
        rows={rows}
        keyOf={orderKey}
        isOver={({ status }) => isTerminal(status)}
        empty={<NothingHeld tab="orders" />}
      />
    </>
  );
}

export function BalancesTable() {
  const { t } = useTranslation();
  const balances = useOpened(openBalances);
  if (balances === undefined)
    return <Pending error={undefined} waiting={t('holding.waiting')} onRetry={noop} />;
  return <Balances balances={balances} />;
}

function Balances({ balances }: { readonly balances: Watching<BalanceSheet> }) {
  const { t } = useTranslation();
  const { holdingsChoice } = useDesk();
  const { view, error } = useStore(balances.store);
  const { hidesDust, worthIn } = useStore(holdingsChoice);
  const accounts = useAccounts();
  const filtered = useFiltered(view?.rows);
  const worth = view?.worth;
  const rows = useMemo(
    () => (hidesDust ? filtered.filter((row) => !isDust(row, worthOf(worth, row, 'usdt'))) : filtered),
    [filtered, hidesDust, worth],
  );
  const columns = useMemo(() => balanceColumns(worth, worthIn), [worth, worthIn]);
  if (view === undefined) {
    return <Pending error={error} waiting={t('holding.waiting')} onRetry={balances.retry} />;
  }
  const hidden = filtered.length - rows.length;
  return (
    <>
      <div className="holdings-tools">
        <div className="holdings-group" role="group" aria-label={t('worth.in')}>
          {(['usdt', 'krw'] as const).map((one) => (
            <button
              key={one}
              type="button"
              className="button"
              aria-pressed={one === worthIn}
              onClick={() => holdingsChoice.setState({ worthIn: one })}
            >
              {one.toUpperCase()}
            </button>
          ))}
        </div>
        <label className="form-check holdings-dust" title={t('holding.dust-explained')}>
          <input
            type="checkbox"
            checked={hidesDust}
            data-testid="hide-dust"
            onChange={({ target }) => holdingsChoice.setState({ hidesDust: target.checked })}
          />
          {t('holding.dust')}
          {hidden > 0 && <span className="text-dim">{t('holding.hidden', { count: hidden })}</span>}
        </label>
        <CsvButton name="balances" fields={() => balanceFields({ accounts, worth })} rows={rows} />
      </div>
      <WorthLine sheet={view} />
      <HoldingsTable
        label={t('holdings.balances')}
        testId="balances"
        columns={columns}
        rows={rows}
        keyOf={balanceKey}
        empty={<NothingHeld tab="balances" />}
      />
    </>
  );
}

export function FillsTable() {
  const { t } = useTranslation();
  const fills = useOpened(openFills);
  if (fills === undefined) return <Pending error={undefined} waiting={t('holding.waiting')} onRetry={noop} />;
  return <Fills fills={fills} />;
}

function Fills({ fills }: { readonly fills: ReturnType<typeof openFills> }) {
  const { t } = useTranslation();
  const { view, error } = useStore(fills.store);
  const accounts = useAccounts();
  const filtered = useFiltered(view);
  // Newest first, whichever way they came.
  const rows = useMemo(() => filtered.toSorted((one, other) => other.venueTime - one.venueTime), [filtered]);
  if (view === undefined) {
    return <Pending error={error} waiting={t('holding.waiting')} onRetry={fills.retry} />;
  }
  return (
    <>
      <div className="holdings-tools">
        <CsvButton name="fills" fields={() => fillFields({ accounts })} rows={rows} />
      </div>
      <HoldingsTable
        label={t('holdings.fills')}
        testId="fills"
        columns={FILL_COLUMNS}
        rows={rows}
        keyOf={fillKey}
        empty={<NothingHeld tab="fills" />}
      />
    </>
  );
}

function noop(): void {
  // Nothing was refused yet.
}
