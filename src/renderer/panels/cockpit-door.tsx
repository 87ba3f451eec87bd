import { type ComponentType, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { PanelBoundary } from '../ui/panel-boundary.tsx';
import { Pending } from '../ui/pending.tsx';

type Loaded =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: HeartlineError }
  | { readonly kind: 'ready'; readonly Cockpit: ComponentType };

const load = () => import('./cockpit/cockpit.tsx');

/** Fetches the connections view before it is asked for: the host may be what is in trouble when it is. */
export function fetchCockpit(): void {
  // What does not come now is fetched, and its failure said, when it is wanted.
  void Promise.allSettled([load()]);
}

/** The connections view, whose code comes when it is first shown. */
export function CockpitDoor() {
  const { t } = useTranslation();
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads again.
  useEffect(() => {
    let ended = false;
    load().then(
      ({ Cockpit }) => {
        if (!ended) setLoaded({ kind: 'ready', Cockpit });
      },
      (fault: unknown) => {
        const error = new HeartlineError('contract.unreachable', messageOf(fault), { cause: fault });
        if (!ended) setLoaded({ kind: 'failed', error });
      },
    );
    return () => {
      ended = true;
    };
  }, [attempt]);
  if (loaded.kind === 'ready') {
    return (
      <PanelBoundary>
        <loaded.Cockpit />
      </PanelBoundary>
    );
  }
  return (
    <div className="cockpit-door">
      <Pending
        error={loaded.kind === 'failed' ? loaded.error : undefined}
        waiting={t('view.loading')}
        onRetry={() => setAttempt(attempt + 1)}
      />
    </div>
  );
}
