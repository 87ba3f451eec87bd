import { type ComponentType, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { View } from '../stores/view.ts';
import { PanelBoundary } from '../ui/panel-boundary.tsx';
import { Pending } from '../ui/pending.tsx';

type FetchedView = Exclude<View, 'desk'>;

type Loaded =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: HeartlineError }
  | { readonly kind: 'ready'; readonly Shown: ComponentType };

/** The desk is there from the start; the other views' code comes by itself. */
const LOAD: Readonly<Record<FetchedView, () => Promise<ComponentType>>> = {
  connections: async () => (await import('./cockpit/cockpit.tsx')).Cockpit,
  premium: async () => (await import('./premium/premium-view.tsx')).PremiumView,
  accounts: async () => (await import('./accounts/accounts-view.tsx')).AccountsView,
  venues: async () => (await import('./venues/venues-view.tsx')).VenuesView,
  settings: async () => (await import('./settings/settings-view.tsx')).SettingsView,
};

/** Fetches the views before they are asked for: the host may be what is in trouble when they are. */
export function fetchViews(): void {
  // What does not come now is fetched, and its failure said, when it is wanted.
  void Promise.allSettled(Object.values(LOAD).map((load) => load()));
}

/** A view whose code comes when it is first shown. */
export function ViewDoor({ view }: { readonly view: FetchedView }) {
  const { t } = useTranslation();
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads again.
  useEffect(() => {
    let ended = false;
    LOAD[view]().then(
      (Shown) => {
        if (!ended) setLoaded({ kind: 'ready', Shown });
      },
      (fault: unknown) => {
        const error = new HeartlineError('contract.unreachable', messageOf(fault), { cause: fault });
        if (!ended) setLoaded({ kind: 'failed', error });
      },
    );
    return () => {
      ended = true;
    };
  }, [view, attempt]);
  if (loaded.kind === 'ready') {
    return (
      <PanelBoundary>
        <loaded.Shown />
      </PanelBoundary>
    );
  }
  return (
    <div className="view-door">
      <Pending
        error={loaded.kind === 'failed' ? loaded.error : undefined}
        waiting={t('view.loading')}
        onRetry={() => setAttempt(attempt + 1)}
      />
    </div>
  );
}
