import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeartlineError } from '#shared/base/errors.ts';
import { asError } from '../../../stores/as-error.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Pending } from '../../../ui/pending.tsx';

interface OtherVenuesProps {
  readonly isBusy: boolean;
  /** Ids of the venues that are here already. */
  readonly held: ReadonlySet<string>;
  readonly onChosen: (id: string) => void;
}

/** Exchanges that ccxt knows, found by name, and what is promised of them before one is added. */
export function OtherVenues({ isBusy, held, onChosen }: OtherVenuesProps) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const [ids, setIds] = useState<readonly string[]>();
  const [error, setError] = useState<HeartlineError>();
  const [typed, setTyped] = useState('');
  const load = useCallback(() => {
    let ended = false;
    setError(undefined);
    client.request('venues.offered', {}).then(
      (offered) => {
        if (!ended) setIds(offered);
      },
      (fault: unknown) => {
        if (!ended) setError(asError(fault));
      },
    );
    return () => {
      ended = true;
    };
  }, [client]);
  useEffect(load, [load]);
  if (ids === undefined) return <Pending error={error} waiting={t('venues.offer-loading')} onRetry={load} />;
  const query = typed.trim().toLowerCase();
  const found = ids.filter((id) => id.includes(query));
  return (
    <>
      <p className="text-dim">{t('connect.ccxt-promise')}</p>
      <input
        type="search"
        className="field"
        aria-label={t('venues.offer-filter')}
        placeholder={t('venues.offer-filter')}
        data-testid="connect-filter"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <ul className="offer" aria-label={t('venues.offered')}>
        {found.map((id) => (
          <li key={id}>
            <button
              type="button"
              className="button"
              data-offer={id}
              disabled={isBusy || held.has(`ccxt:${id}`)}
              onClick={() => onChosen(id)}
            >
              {held.has(`ccxt:${id}`) ? t('venues.has', { id }) : id}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="text-dim">{t('venues.offer-none', { typed })}</p>}
    </>
  );
}
