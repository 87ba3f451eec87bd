import { type ComponentType, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { HoldingsTab } from '../stores/holdings-choice.ts';
import { Pending } from '../ui/pending.tsx';

type Body = ComponentType<{ readonly tab: HoldingsTab }>;

/** The tables of the accounts view below the desk's chart: their code comes when they are first wanted. */
export function HoldingsDoor({ tab }: { readonly tab: HoldingsTab }) {
  const { t } = useTranslation();
  const [body, setBody] = useState<{ readonly Shown: Body }>();
  const [error, setError] = useState<HeartlineError>();
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads again.
  useEffect(() => {
    let ended = false;
    setError(undefined);
    import('./accounts/holdings/holdings-body.tsx').then(
      ({ HoldingsBody }) => {
        if (!ended) setBody({ Shown: HoldingsBody });
      },
      (fault: unknown) => {
        const failed = new HeartlineError('contract.unreachable', messageOf(fault), { cause: fault });
        if (!ended) setError(failed);
      },
    );
    return () => {
      ended = true;
    };
  }, [attempt]);
  if (body === undefined) {
    return <Pending error={error} waiting={t('view.loading')} onRetry={() => setAttempt(attempt + 1)} />;
  }
  return <body.Shown key={tab} tab={tab} />;
}
