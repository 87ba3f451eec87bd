import { useStore } from 'zustand';
import type { Freshness } from '#shared/domain/freshness.ts';
import { metricsFreshness } from '../../stores/metrics.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { useCockpit } from './cockpit-context.ts';

/** How far the figures of the connections view may be believed now. */
export function useMetricsFreshness(): Freshness {
  const { pulse } = useDesk();
  const { metrics } = useCockpit();
  const asOf = useStore(metrics.store, ({ view }) => view?.asOf);
  // Judged on each beat; React draws again only when the verdict changes.
  return useStore(pulse, (state) => metricsFreshness(asOf, state));
}
