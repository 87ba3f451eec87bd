import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { HeartlineError } from '#shared/base/errors.ts';
import { venueId } from '#shared/domain/instrument.ts';
import { errorText } from '../../i18n/text-for.ts';
import { asError } from '../../stores/as-error.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Pending } from '../../ui/pending.tsx';

type Offer =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: HeartlineError }
  | { readonly kind: 'ready'; readonly ids: readonly string[] };

type Adding =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' | 'done'; readonly id: string }
  | { readonly kind: 'failed'; readonly id: string; readonly error: HeartlineError };

/** Exchanges that ccxt knows: found by name, added one at a time. Asked for when opened: the list costs memory. */
export function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { app, client } = useDesk();
  const [offer, setOffer] = useState<Offer>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt asks again.
  useEffect(() => {
    let ended = false;
    setOffer({ kind: 'loading' });
    client.request('venues.offered', {}).then(
      (ids) => {
        if (!ended) setOffer({ kind: 'ready', ids });
      },
      (fault: unknown) => {
        if (!ended) setOffer({ kind: 'failed', error: asError(fault) });
      },
    );
    return () => {
      ended = true;
    };
  }, [client, attempt]);
  return (
    <Dialog title={t('venues.add-title')} testId="add-dialog" onClose={onClose}>
      <p>{t('venues.add-explained')}</p>
      {app.mode === 'demo' && <p className="text-warn">{t('venues.add-demo')}</p>}
      {offer.kind === 'ready' ? (
        <Offered ids={offer.ids} />
      ) : (
        <Pending
          error={offer.kind === 'failed' ? offer.error : undefined}
          waiting={t('venues.offer-loading')}
          onRetry={() => setAttempt(attempt + 1)}
        />
      )}
    </Dialog>
  );
}

function Offered({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation();
  const { client, description, instruments } = useDesk();
  const venues = useStore(description.store, (state) => state.venues);
  const [typed, setTyped] = useState('');
  const [adding, setAdding] = useState<Adding>({ kind: 'idle' });
  const query = typed.trim().toLowerCase();
  const found = ids.filter((id) => id.includes(query));
  const held = new Set<string>(venues.map(({ id }) => id));

  const add = (id: string) => {
    setAdding({ kind: 'asking', id });
    client
      .request('venues.add', { venue: venueId(`ccxt:${id}`) })
      .then(() => description.again())
      .then(
        () => {
          instruments.renew();
          setAdding({ kind: 'done', id });
        },
        (fault: unknown) => setAdding({ kind: 'failed', id, error: asError(fault) }),
      );
  };
  return (
    <>
      <input
        type="search"
        className="field"
        aria-label={t('venues.offer-filter')}
        placeholder={t('venues.offer-filter')}
        data-testid="add-filter"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <ul className="offer" aria-label={t('venues.offered')} data-testid="offer">
        {found.map((id) => (
          <li key={id}>
            <button
              type="button"
              className="button"
              data-offer={id}
              disabled={adding.kind === 'asking' || held.has(`ccxt:${id}`)}
              onClick={() => add(id)}
            >
              {held.has(`ccxt:${id}`) ? t('venues.has', { id }) : id}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="text-dim">{t('venues.offer-none', { typed })}</p>}
      <p role="status" data-testid="add-state" className={adding.kind === 'failed' ? 'text-bad' : 'text-dim'}>
        {adding.kind === 'asking' && t('venues.adding', { id: adding.id })}
        {adding.kind === 'done' && t('venues.added-now', { id: adding.id })}
        {adding.kind === 'failed' && `${adding.id}: ${errorText(adding.error)}`}
      </p>
    </>
  );
}
