import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Environment } from '#shared/domain/account.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Pending } from '../../../ui/pending.tsx';
import { KeyStoreStrip } from '../../accounts/keys/key-store-strip.tsx';
import { DemoKeys } from '../../accounts/wizard/demo-keys.tsx';
import { KeySteps } from '../../accounts/wizard/key-steps.tsx';
import { PlaceChoice } from '../../accounts/wizard/place-choice.tsx';
import { KeyGuide } from './key-guide.tsx';
import { Outcome } from './outcome.tsx';

interface KeyStepProps {
  readonly venue: VenueId;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** Where the key is good, how it is made, the key itself, what it may do, and what that allows here. */
export function KeyStep({ venue, onBack, onClose }: KeyStepProps) {
  const { t } = useTranslation();
  const { holdings } = useDesk();
  const { view, error } = useStore(holdings.accounts.store);
  const place = view?.offered.find((one) => one.venue === venue);
  const [chosen, setChosen] = useState<Environment>();
  const [hasDemo, setDemo] = useState(false);
  if (view === undefined) {
    return <Pending error={error} waiting={t('accounts.waiting')} onRetry={holdings.accounts.retry} />;
  }
  if (place === undefined) return null;
  const environment = chosen ?? place.environments[0];
  const isOpen = view.keys.state === 'open' && view.keys.backend !== undefined;
  if (hasDemo) {
    return <Outcome venue={venue} environment={environment ?? 'simulator'} kind="trade" onClose={onClose} />;
  }
  return (
    <div data-testid="connect-key">
      {!isOpen && (
        <>
          <p>{t('connect.store-first')}</p>
          <KeyStoreStrip keys={view.keys} count={view.accounts.length} />
        </>
      )}
      {isOpen && environment && (
        <>
          {place.hasDemoKey && <DemoKeys offered={[place]} onDone={() => setDemo(true)} />}
          <PlaceChoice
            offered={[place]}
            place={place}
            environment={environment}
            onPlace={() => undefined}
            onEnvironment={setChosen}
          />
          <KeySteps
            // Another place is another key: nothing of the one before stays.
            key={environment}
            place={place}
            environment={environment}
            onClose={onClose}
            hints={<KeyGuide venue={venue} name={place.name} />}
            ending={({ verdict }) => (
              <Outcome venue={venue} environment={environment} kind={verdict.kind} onClose={onClose} />
            )}
          />
        </>
      )}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onBack}>
          {t('connect.back')}
        </button>
      </div>
    </div>
  );
}
