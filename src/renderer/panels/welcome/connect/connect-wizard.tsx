import '../../../styles/accounts.css';
import '../../../styles/venues.css';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { VenueId } from '#shared/domain/instrument.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { guide } from '../guide.ts';
import { KeyStep } from './key-step.tsx';
import { VenueStep } from './venue-step.tsx';
import { WatchStep } from './watch-step.tsx';

const STEPS = ['venue', 'watch', 'key'] as const;
type StepId = (typeof STEPS)[number];

/** From “which exchange?” to what Heartline can and cannot do there, one question at a time. */
export function ConnectWizard() {
  const { t } = useTranslation();
  const { description } = useDesk();
  const isDemo = useStore(description.store, ({ mode }) => mode === 'demo');
  const [step, setStep] = useState<StepId>('venue');
  const [venue, setVenue] = useState<VenueId>();
  const steps = useRef<HTMLOListElement>(null);
  const close = () => guide.setState({ connecting: false });
  // A new step is read out from its beginning, and the keyboard begins there as well.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step anew.
  useEffect(() => steps.current?.querySelector<HTMLElement>('[aria-current]')?.focus(), [step]);
  return (
    <Dialog title={t('connect.title')} testId="connect" onClose={close}>
      <ol ref={steps} className="connect-steps" aria-label={t('connect.steps')}>
        {STEPS.map((one, index) => (
          <li
            key={one}
            data-step={one}
            {...(one === step && { 'aria-current': 'step', tabIndex: -1 })}
            data-done={STEPS.indexOf(step) > index || undefined}
          >
            {t('connect.step', { at: index + 1, name: t(`connect.step-${one}`) })}
          </li>
        ))}
      </ol>
      {isDemo && (
        <p className="connect-demo" data-testid="connect-demo">
          {t('connect.demo')}
        </p>
      )}
      {step === 'venue' && (
        <VenueStep
          chosen={venue}
          onChosen={(next) => {
            setVenue(next);
            setStep('watch');
          }}
        />
      )}
      {step === 'watch' && venue && (
        <WatchStep
          venue={venue}
          onBack={() => setStep('venue')}
          onKey={() => setStep('key')}
          onClose={close}
        />
      )}
      {step === 'key' && venue && <KeyStep venue={venue} onBack={() => setStep('watch')} onClose={close} />}
    </Dialog>
  );
}
