import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { CAPABILITIES } from '#shared/domain/capability.ts';
import { type VenueId, venueOf } from '#shared/domain/instrument.ts';
import { MeansGlyph } from '../../../panels/venues/means-glyph.tsx';
import { useDesk } from '../../../ui/desk-context.ts';

interface WatchStepProps {
  readonly venue: VenueId;
  readonly onBack: () => void;
  readonly onKey: () => void;
  readonly onClose: () => void;
}

/** What can be watched there without any key, how it is had, and what a key would add. */
export function WatchStep({ venue, onBack, onKey, onClose }: WatchStepProps) {
  const { t } = useTranslation();
  const { description, holdings, instruments, mainFocus, view } = useDesk();
  const { mode, venues } = useStore(description.store);
  const known = useStore(instruments.store, (state) => state.known);
  const takesKey = useStore(
    holdings.accounts.store,
    (state) => state.view?.offered.some((one) => one.venue === venue) ?? false,
  );
  const held = venues.find(({ id }) => id === venue);
  if (held === undefined) return null;
  const { name, sheet, isAdded } = held;
  const isReal = mode === 'live' || (mode === 'demo' && isAdded);
  const first = [...known.keys()].find((id) => venueOf(id) === venue);
  const watch = () => {
    if (first !== undefined) mainFocus.choose(first);
    view.show('desk');
    onClose();
  };
  return (
    <div data-testid="connect-watch">
      <p>
        <strong>{t('connect.watch-title', { venue: name })}</strong>{' '}
        <span className={isReal ? '' : 'text-warn'}>{t(isReal ? 'connect.real' : 'connect.simulated')}</span>
      </p>
      <ul className="connect-means">
        {CAPABILITIES.map((capability) => {
          const means = sheet.means[capability];
          return (
            <li key={capability} data-means={means}>
              <MeansGlyph means={means} />
              <span>{t(`capability.${capability}`)}</span>
              <span className="text-dim" title={t(`means.${means}-means`)}>
                {t(`means.${means}`)}
              </span>
            </li>
          );
        })}
      </ul>
      <p>
        {t('venues.proof')}: <strong>{t(`proof.${sheet.bookProof}`)}</strong>.{' '}
        {t(`proof.${sheet.bookProof}-means`)}
      </p>
      <p>
        {t('venues.safety')}: <strong>{t(`safety.${sheet.orderSafety}`)}</strong>.{' '}
        {t(`safety.${sheet.orderSafety}-means`)}
      </p>
      <p className="text-dim">{t(takesKey ? 'connect.key-adds' : 'connect.no-key-here', { venue: name })}</p>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onBack}>
          {t('connect.back')}
        </button>
        <button
          type="button"
          className={takesKey ? 'button' : 'button button-main'}
          data-testid="connect-just-watch"
          onClick={watch}
        >
          {t('connect.just-watch')}
        </button>
        {takesKey && (
          <button type="button" className="button button-main" data-testid="connect-to-key" onClick={onKey}>
            {t('connect.to-key')}
          </button>
        )}
      </div>
    </div>
  );
}
