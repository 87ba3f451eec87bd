import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { HeartlineError } from '#shared/base/errors.ts';
import { fillKey, orderKey } from '#shared/contract/account-views.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { Fill, Order } from '#shared/domain/order.ts';
import { errorText } from '../../../i18n/text-for.ts';
import { asError } from '../../../stores/as-error.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { CsvButton } from './csv-button.tsx';
import { fillFields, orderFields } from './csv-fields.ts';
import { FILL_COLUMNS } from './fill-columns.tsx';
import { HoldingsTable } from './holdings-table.tsx';
import { ORDER_COLUMNS } from './order-columns.tsx';
import { useAccounts } from './use-accounts.ts';
import { venueName } from './venue-name.ts';

const DAY = 86_400_000;
/** Days back from now. */
const RANGES = [1, 7, 30, 90] as const;

type Read =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly error: HeartlineError }
  | { readonly kind: 'orders'; readonly rows: readonly Order[] }
  | { readonly kind: 'fills'; readonly rows: readonly Fill[] };

/** The past as the venue tells it: orders that ended, or fills, of one account and range, read when asked for. */
export function HistoryTable() {
  const { t } = useTranslation();
  const { app, client, holdingsChoice, pulse } = useDesk();
  const accounts = useAccounts();
  const { venue, account: filtered } = useStore(holdingsChoice);
  const [days, setDays] = useState<number>(7);
  const [read, setRead] = useState<Read>({ kind: 'nothing' });
  const asked = useRef(0);

  const offered = accounts.filter((one) => venue === undefined || one.venue === venue);
  const [chosen, setChosen] = useState<AccountId>();
  const account =
    offered.find(({ id }) => id === (filtered ?? chosen))?.id ??
    offered.find(({ state }) => state.kind === 'live')?.id ??
    offered[0]?.id;

  // What was read of another account must not stand under this one's name.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another account or range is another question.
  useEffect(() => {
    asked.current += 1;
    setRead({ kind: 'nothing' });
  }, [account, days]);

  const ask = (what: 'orders' | 'fills') => {
    if (account === undefined) return;
    asked.current += 1;
    const mine = asked.current;
    const to = Math.floor(pulse.getState().now);
    const input = { account, from: to - days * DAY, to };
    setRead({ kind: 'reading' });
    const answer: Promise<Read> =
      what === 'orders'
        ? client.request('orders.closed', input).then((rows) => ({ kind: 'orders', rows }))
        : client.request('fills.read', input).then((rows) => ({ kind: 'fills', rows }));
    void answer
      .catch((fault: unknown): Read => ({ kind: 'failed', error: asError(fault) }))
      .then((next) => {
        if (asked.current === mine) setRead(next);
      });
  };
  return (
    <>
      <div className="holdings-tools">
        <select
          className="field"
          aria-label={t('past.account')}
          data-testid="past-account"
          value={account ?? ''}
          disabled={filtered !== undefined}
          onChange={({ target }) => setChosen(offered.find(({ id }) => id === target.value)?.id)}
        >
          {offered.map((one) => (
            <option key={one.id} value={one.id}>
              {one.label} · {venueName(app, one.venue)}
            </option>
          ))}
        </select>
        <select
          className="field"
          aria-label={t('past.range')}
          data-testid="past-range"
          value={days}
          onChange={({ target }) => setDays(Number(target.value))}
        >
          {RANGES.map((count) => (
            <option key={count} value={count}>
              {t('past.days', { count })}
            </option>
          ))}
        </select>
        {(['orders', 'fills'] as const).map((what) => (
          <button
            key={what}
            type="button"
            className="button"
            data-testid={`past-${what}`}
            disabled={account === undefined || read.kind === 'reading'}
            onClick={() => ask(what)}
          >
            {t(what === 'orders' ? 'past.read-orders' : 'past.read-fills')}
          </button>
        ))}
        {read.kind === 'orders' && (
          <CsvButton name="closed-orders" fields={() => orderFields({ accounts })} rows={read.rows} />
        )}
        {read.kind === 'fills' && (
          <CsvButton name="past-fills" fields={() => fillFields({ accounts })} rows={read.rows} />
        )}
      </div>
      <Answer read={read} />
    </>
  );
}

function Answer({ read }: { readonly read: Read }) {
  const { t } = useTranslation();
  switch (read.kind) {
    case 'nothing':
      return <p className="panel-empty">{t('past.explained')}</p>;
    case 'reading':
      return (
        <p className="panel-empty" role="status">
          {t('past.reading')}
        </p>
      );
    case 'failed':
      return (
        <p className="panel-empty text-bad" role="alert">
          {errorText(read.error)}
        </p>
      );
    case 'orders':
      return (
        <HoldingsTable
          label={t('holdings.closed')}
          testId="closed-orders"
          columns={ORDER_COLUMNS}
          rows={read.rows}
          keyOf={orderKey}
          isPast
          empty={<Nothing />}
        />
      );
    case 'fills':
      return (
        <HoldingsTable
          label={t('holdings.fills')}
          testId="past-fill-rows"
          columns={FILL_COLUMNS}
          rows={read.rows}
          keyOf={fillKey}
          isPast
          empty={<Nothing />}
        />
      );
  }
}

function Nothing() {
  const { t } = useTranslation();
  return (
    <p className="panel-empty" role="status">
      {t('past.nothing')}
    </p>
  );
}
