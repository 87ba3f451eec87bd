import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountsView } from '#shared/contract/account-views.ts';
import type { Environment } from '#shared/domain/account.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { DemoKeys } from './demo-keys.tsx';
import { KeySteps } from './key-steps.tsx';
import { PlaceChoice } from './place-choice.tsx';

type Offered = AccountsView['offered'][number];

interface AddWizardProps {
  readonly offered: AccountsView['offered'];
  readonly onClose: () => void;
}

/** Venue, environment, key, what the key may do, label: on one sheet, from top to bottom. */
export function AddWizard({ offered, onClose }: AddWizardProps) {
  const { t } = useTranslation();
  const [place, setPlace] = useState<Offered | undefined>(offered[0]);
  const [environment, setEnvironment] = useState<Environment | undefined>(offered[0]?.environments[0]);
  const choose = (next: Offered) => {
    setPlace(next);
    setEnvironment((held) =>
      held !== undefined && next.environments.includes(held) ? held : next.environments[0],
    );
  };
  return (
    <Dialog title={t('wizard.title')} testId="add-account" onClose={onClose}>
      <DemoKeys offered={offered} onDone={onClose} />
      <PlaceChoice
        offered={offered}
        place={place}
        environment={environment}
        onPlace={choose}
        onEnvironment={setEnvironment}
      />
      {place && environment && (
        // Another place is another key: nothing of the one before stays.
        <KeySteps
          key={`${place.venue} ${environment}`}
          place={place}
          environment={environment}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}
