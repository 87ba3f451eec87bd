import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Environment, KeyVerdict } from '#shared/domain/account.ts';
import { type VenueId, venueOf } from '#shared/domain/instrument.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { HealthGlyph } from '../../../ui/health-glyph.tsx';
import { outcomeLines } from './outcome-lines.ts';

interface OutcomeProps {
  readonly venue: VenueId;
  readonly environment: Environment;
  readonly kind: KeyVerdict['kind'];
  readonly onClose: () => void;
}

/** The end of the way: what Heartline can and cannot do there now, and the next step. */
export function Outcome({ venue, environment, kind, onClose }: OutcomeProps) {
  const { t } = useTranslation();
  const { description, mainFocus, settings, view, workspace } = useDesk();
  const held = useStore(description.store, ({ venues }) => venues.find(({ id }) => id === venue));
  const selected = useStore(settings.store, (state) => state.selected);
  const watchlist = useStore(settings.store, (state) => state.watchlist);
  if (held === undefined || kind === 'refused') return null;
  const lines = outcomeLines(kind, held.sheet, environment);
  const canOrder = lines.some(({ id }) => id === 'order');
  const toDesk = () => {
    const there = venueOf(selected) === venue ? selected : watchlist.find((one) => venueOf(one) === venue);
    if (there !== undefined && there !== selected) mainFocus.choose(there);
    view.show('desk');
    workspace.open(canOrder ? 'ticket' : 'balances');
    onClose();
  };
  return (
    <section className="connect-outcome" role="status" data-testid="connect-outcome">
      <p>
        <strong>{t('connect.outcome', { venue: held.name })}</strong>
      </p>
      {[true, false].map((can) => (
        <div key={String(can)}>
          <p>{t(can ? 'connect.can' : 'connect.cannot')}</p>
          <ul className="connect-means">
            {lines
              .filter((line) => line.can === can)
              .map(({ id }) => (
                <li key={id} data-can={can}>
                  <HealthGlyph kind={can ? 'live' : 'idle'} />
                  <span>{t(`outcomeline.${id}`, { venue: held.name })}</span>
                </li>
              ))}
          </ul>
        </div>
      ))}
      <div className="dialog-actions">
        <button
          type="button"
          className="button"
          onClick={() => {
            view.show('accounts');
            onClose();
          }}
        >
          {t('connect.to-accounts')}
        </button>
        <button type="button" className="button button-main" data-testid="connect-finish" onClick={toDesk}>
          {t(canOrder ? 'connect.to-ticket' : 'connect.to-balances')}
        </button>
      </div>
    </section>
  );
}
