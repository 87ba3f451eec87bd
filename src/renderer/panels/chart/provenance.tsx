import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../ui/desk-context.ts';

/** How many candles are missing, repaired or made here, with the legend on hover; nothing while all is the venue's. */
export function Provenance() {
  const { t } = useTranslation();
  const { candles } = useDesk();
  const [counts, setCounts] = useState({ missing: 0, repaired: 0, built: 0 });
  useEffect(() => {
    const count = () => {
      const { series } = candles.store.getState();
      const missing = series.holes().reduce((sum, hole) => sum + hole.count, 0);
      const { backfilled, corrected, built } = series.counts();
      const repaired = backfilled + corrected;
      setCounts((held) =>
        held.missing === missing && held.repaired === repaired && held.built === built
          ? held
          : { missing, repaired, built },
      );
    };
    count();
    let drawn = candles.store.getState().series;
    const undos = [
      // A tick of the newest candle makes no hole and repairs nothing.
      candles.changes.on(({ change }) => {
        const { length } = candles.store.getState().series.candles;
        if (change.kind === 'all' || (change.kind === 'from' && change.index < length - 1)) count();
      }),
      candles.store.subscribe(({ series }) => {
        if (series === drawn) return;
        drawn = series;
        count();
      }),
    ];
    return () => {
      for (const undo of undos) undo();
    };
  }, [candles]);
  if (counts.missing === 0 && counts.repaired === 0 && counts.built === 0) return null;
  return (
    <span className="provenance" data-testid="chart-provenance" title={t('provenance.explained')}>
      {counts.missing > 0 && (
        <span className="text-warn">{t('provenance.missing', { count: counts.missing })}</span>
      )}
      {counts.repaired > 0 && <span>{t('provenance.repaired', { count: counts.repaired })}</span>}
      {counts.built > 0 && <span className="text-dim">{t('provenance.built', { count: counts.built })}</span>}
    </span>
  );
}
