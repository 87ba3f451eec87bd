import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeartlineError } from '#shared/base/errors.ts';
import type { AccountsView, KeyAnswer } from '#shared/contract/account-views.ts';
import type { Environment, KeyVerdict } from '#shared/domain/account.ts';
import { errorText } from '../../../i18n/text-for.ts';
import { asError } from '../../../stores/as-error.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { createHeldKey } from './held-key.ts';
import { type EnteredKey, KeyEntry } from './key-entry.tsx';
import { LabelForm } from './label-form.tsx';
import { VenueHints } from './venue-hints.tsx';
import { VerdictWords } from './verdict-words.tsx';

type Step =
  | { readonly kind: 'key'; readonly forgotten?: true }
  /** Asked, and not kept: `trade` and `read-only` wait for their label. */
  | { readonly kind: 'checked'; readonly verdict: KeyVerdict }
  | { readonly kind: 'added'; readonly verdict: KeyVerdict };

interface KeyStepsProps {
  readonly place: Pick<AccountsView['offered'][number], 'venue' | 'name'>;
  readonly environment: Environment;
  readonly onClose: () => void;
  /** In the place of the words and buttons that end it here. */
  readonly ending?: (answer: { readonly verdict: KeyVerdict }) => ReactNode;
  /** In the place of the hints for making a key. */
  readonly hints?: ReactNode;
}

/** A key's way in: pasted, asked about, judged, named, kept. What fails is said where it happened. */
export function KeySteps({ place: { venue, name }, environment, onClose, ending, hints }: KeyStepsProps) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const [held] = useState(createHeldKey);
  const [step, setStep] = useState<Step>({ kind: 'key' });
  const [doing, setDoing] = useState<'check' | 'add'>();
  const [fault, setFault] = useState<HeartlineError>();
  // An answer nobody waits for any more is dropped: late things die by epoch.
  const epoch = useRef(0);
  useEffect(
    () => () => {
      epoch.current += 1;
      held.drop();
    },
    [held],
  );

  const begin = () => {
    epoch.current += 1;
    held.drop();
    setDoing(undefined);
    setFault(undefined);
    setStep({ kind: 'key' });
  };
  const ask = (
    what: 'check' | 'add',
    question: () => Promise<KeyAnswer>,
    take: (answer: KeyAnswer) => void,
  ) => {
    epoch.current += 1;
    const at = epoch.current;
    setDoing(what);
    setFault(undefined);
    question().then(
      (answer) => {
        if (at !== epoch.current) return;
        setDoing(undefined);
        take(answer);
      },
      (reason: unknown) => {
        if (at !== epoch.current) return;
        setDoing(undefined);
        setFault(asError(reason));
        setStep({ kind: 'key' });
      },
    );
  };
  const check = (key: EnteredKey) =>
    ask(
      'check',
      () => client.request('accounts.check', { venue, environment, ...key }),
      ({ verdict }) => {
        if (verdict.kind !== 'refused') held.hold(key, () => setStep({ kind: 'key', forgotten: true }));
        setStep({ kind: 'checked', verdict });
      },
    );
  const add = (label: string) => {
    const key = held.take();
    if (key === undefined) return setStep({ kind: 'key', forgotten: true });
    // What the venue says now counts: a key may have changed since it was checked.
    ask(
      'add',
      () => client.request('accounts.add', { venue, environment, label, ...key }),
      ({ verdict }) => setStep({ kind: verdict.kind === 'refused' ? 'checked' : 'added', verdict }),
    );
  };

  if (step.kind === 'key') {
    return (
      <>
        {hints ?? <VenueHints venue={venue} name={name} />}
        {step.forgotten && (
          <p className="text-warn" role="status">
            {t('wizard.forgotten')}
          </p>
        )}
        {fault && (
          <p className="text-bad" role="alert" data-testid="key-fault">
            {errorText(fault)}
          </p>
        )}
        <p className="text-dim">{t('wizard.promise')}</p>
        <KeyEntry busy={doing !== undefined} submit={t('wizard.check')} onEntered={check} />
        {doing === 'check' && (
          <p className="long-step" role="status" data-testid="key-checking">
            <progress aria-label={t('wizard.checking')} />
            <span>{t('wizard.checking-means', { venue: name })}</span>
            {/* Nothing is kept by the question, so nobody has to wait for its answer. */}
            <button type="button" className="button" data-testid="key-stop" onClick={begin}>
              {t('wizard.stop')}
            </button>
          </p>
        )}
      </>
    );
  }
  const isRefused = step.verdict.kind === 'refused';
  return (
    <>
      <VerdictWords verdict={step.verdict} venue={name} />
      {step.kind === 'checked' && !isRefused && (
        <LabelForm venue={venue} name={name} busy={doing !== undefined} onLabel={add} />
      )}
      {doing === 'add' && (
        <p className="long-step" role="status">
          <progress aria-label={t('wizard.adding')} />
          <span>{t('wizard.adding-means')}</span>
        </p>
      )}
      {step.kind === 'added' && ending === undefined && (
        <p role="status" data-testid="account-added">
          {t('wizard.added')}
        </p>
      )}
      {step.kind === 'added' && ending?.(step)}
      <div className="dialog-actions">
        {step.kind === 'checked' && (
          <button type="button" className="button" disabled={doing !== undefined} onClick={begin}>
            {t('wizard.other-key')}
          </button>
        )}
        {step.kind === 'added' && ending === undefined && (
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
