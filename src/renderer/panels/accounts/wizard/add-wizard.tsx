import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountsView } from '#shared/contract/account-views.ts';
import type { Environment, KeyVerdict } from '#shared/domain/account.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useAsk } from '../../../ui/use-ask.ts';
import { DemoKeys } from './demo-keys.tsx';
import { createHeldKey } from './held-key.ts';
import { KeyEntry } from './key-entry.tsx';
import { LabelForm } from './label-form.tsx';
import { PlaceChoice } from './place-choice.tsx';
import { VenueHints } from './venue-hints.tsx';
import { VerdictWords } from './verdict-words.tsx';

type Offered = AccountsView['offered'][number];

type Step =
  | { readonly kind: 'key'; readonly forgotten?: true }
  /** Asked, and not kept: `trade` and `read-only` wait for their label. */
  | { readonly kind: 'checked'; readonly verdict: KeyVerdict }
  | { readonly kind: 'added'; readonly verdict: KeyVerdict };

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

interface KeyStepsProps {
  readonly place: Offered;
  readonly environment: Environment;
  readonly onClose: () => void;
}

function KeySteps({ place, environment, onClose }: KeyStepsProps) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  const [held] = useState(createHeldKey);
  const [step, setStep] = useState<Step>({ kind: 'key' });
  useEffect(() => held.drop, [held]);
  const { venue, name } = place;
  const begin = () => {
    held.drop();
    setStep({ kind: 'key' });
  };

  if (step.kind === 'key') {
    return (
      <>
        <VenueHints venue={venue} name={name} />
        {step.forgotten && (
          <p className="text-warn" role="status">
            {t('wizard.forgotten')}
          </p>
        )}
        <p className="text-dim">{t('wizard.promise')}</p>
        <KeyEntry
          busy={busy}
          submit={t('wizard.check')}
          onEntered={(key) =>
            ask(async () => {
              const { verdict } = await client.request('accounts.check', { venue, environment, ...key });
              if (verdict.kind !== 'refused') held.hold(key, () => setStep({ kind: 'key', forgotten: true }));
              setStep({ kind: 'checked', verdict });
            })
          }
        />
      </>
    );
  }
  const isRefused = step.verdict.kind === 'refused';
  const add = (label: string) =>
    ask(async () => {
      const key = held.take();
      if (key === undefined) return setStep({ kind: 'key', forgotten: true });
      try {
        // What the venue says now counts: a key may have changed since it was checked.
        const { verdict } = await client.request('accounts.add', { venue, environment, label, ...key });
        setStep({ kind: verdict.kind === 'refused' ? 'checked' : 'added', verdict });
      } catch (fault) {
        setStep({ kind: 'key' });
        throw fault;
      }
    });
  return (
    <>
      <VerdictWords verdict={step.verdict} venue={name} />
      {step.kind === 'checked' && !isRefused && (
        <LabelForm venue={venue} name={name} busy={busy} onLabel={add} />
      )}
      {step.kind === 'added' && (
        <p role="status" data-testid="account-added">
          {t('wizard.added')}
        </p>
      )}
      <div className="dialog-actions">
        {step.kind === 'checked' && (
          <button type="button" className="button" disabled={busy} onClick={begin}>
            {t('wizard.other-key')}
          </button>
        )}
        {step.kind === 'added' && (
          <>
            <button type="button" className="button" onClick={begin}>
              {t('wizard.another')}
            </button>
            <button type="button" className="button button-main" onClick={onClose}>
              {t('wizard.done')}
            </button>
          </>
        )}
      </div>
    </>
  );
}
