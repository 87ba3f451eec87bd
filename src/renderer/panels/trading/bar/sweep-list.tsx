import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Sweep } from '#shared/contract/order-views.ts';
import { accountVenue } from '#shared/domain/account.ts';
import { instrumentName } from '#shared/domain/instrument.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { useAsk } from '../../../ui/use-ask.ts';
import { useVenueName } from '../use-venue-name.ts';
import { shownSweeps } from './shown-sweeps.ts';

/** Cancel all, flatten and the kill switch while they work, and for a while what came of them. */
export function SweepList() {
  const { t } = useTranslation();
  const { pulse, trading } = useDesk();
  const sweeps = useStore(trading.watching.store, ({ view }) => view?.sweeps);
  const dismissed = useStore(trading.shown, (state) => state.dismissed);
  const now = useStore(pulse, (state) => Math.floor(state.now / 1_000) * 1_000);
  const shown = shownSweeps(sweeps ?? [], dismissed, now);
  return (
    <div className="sweeps" role="status" aria-label={t('sweep.title')} data-testid="sweeps">
      {shown.map((sweep) => (
        <SweepItem key={sweep.id} sweep={sweep} />
      ))}
    </div>
  );
}

function SweepItem({ sweep }: { readonly sweep: Sweep }) {
  const { t } = useTranslation();
  const { client, holdings, trading } = useDesk();
  const { busy, ask } = useAsk();
  const { id, kind, account, instrument, found, left, failed, outcome, detail } = sweep;
  const venue = useVenueName(accountVenue(account));
  const label = useStore(
    holdings.accounts.store,
    ({ view }) => view?.accounts.find((one) => one.id === account)?.label,
  );
  const done = Math.max(0, found - left);
  return (
    <div className="notice sweep" data-outcome={outcome} data-testid="sweep">
      <div className="sweep-text">
        <strong>{t(`sweep.${kind}`)}</strong>{' '}
        <span className="text-dim">
          {[venue, label === venue ? undefined : label, instrument && instrumentName(instrument)]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {outcome === undefined ? (
          <>
            <progress aria-label={t('sweep.progress')} max={Math.max(1, found)} value={done} />
            <p>{t('sweep.running', { done, found })}</p>
          </>
        ) : (
          <p>
            {t(`sweepend.${outcome}`, { left })} {detail}
          </p>
        )}
        {failed.length > 0 && (
          <details>
            <summary>{t('sweep.failed', { count: failed.length })}</summary>
            <ul>
              {failed.map(({ order, message }) => (
                <li key={order}>
                  {order} · {message}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      {outcome === undefined ? (
        // Nobody stops the kill switch.
        kind !== 'kill' && (
          <button
            type="button"
            className="button"
            disabled={busy}
            data-testid="sweep-stop"
            onClick={() => ask(() => client.request('orders.stopSweep', { id }))}
          >
            {t('sweep.stop')}
          </button>
        )
      ) : (
        <button
          type="button"
          className="button"
          aria-label={t('sweep.dismiss')}
          onClick={() => trading.dismissSweep(id)}
        >
          ×
        </button>
      )}
    </div>
  );
}
