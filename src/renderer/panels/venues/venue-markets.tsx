import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Instrument } from '#shared/domain/instrument.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { formatDecimal, UNKNOWN } from '../../ui/format-number.ts';

const KINDS: readonly Instrument['kind'][] = ['perpetual', 'future', 'spot'];

/** How many instruments of each kind, and how many of them are halted now. */
export function VenueMarkets({ venue }: { readonly venue: string }) {
  const { t } = useTranslation();
  const { instruments } = useDesk();
  const known = useStore(instruments.store, (state) => state.known);
  const own = [...known.values()].filter((instrument) => instrument.venue === venue);
  if (own.length === 0) return <span className="text-dim">{UNKNOWN}</span>;
  const halted = own.filter(({ status }) => status === 'halted').length;
  const kinds = KINDS.map((kind) => ({ kind, count: own.filter((one) => one.kind === kind).length }));
  return (
    <>
      {kinds
        .filter(({ count }) => count > 0)
        .map(({ kind, count }) => (
          <span key={kind}>{t(`kind.${kind}`, { shown: formatDecimal(count, 0) })}</span>
        ))}
      {halted > 0 && (
        <span className="text-warn">{t('venues.halted', { shown: formatDecimal(halted, 0) })}</span>
      )}
    </>
  );
}
