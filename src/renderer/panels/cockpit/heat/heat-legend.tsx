import { useTranslation } from 'react-i18next';
import type { HeatMeasure } from '#shared/domain/metrics.ts';
import { levelBounds } from './heat-words.ts';

const LEVELS = ['good', 'fair', 'late', 'bad'] as const;

/** What the cells' colours and marks mean, in words. */
export function HeatLegend({ measure }: { readonly measure: HeatMeasure }) {
  const { t } = useTranslation();
  const bounds = measure === 'rate' ? undefined : levelBounds(measure);
  return (
    <ul className="heat-legend">
      {bounds ? (
        LEVELS.map((level) => (
          <li key={level}>
            <span className="heat-key" data-level={level} aria-hidden="true" />
            {t(`heat.level.${level}`)} {bounds[level]}
          </li>
        ))
      ) : (
        <>
          <li>
            <span className="heat-key" data-level="rate" aria-hidden="true" />
            {t('heat.rate-high')}
          </li>
          <li>
            <span className="heat-key" data-level="standstill" aria-hidden="true" />
            {t('heat.rate-none')}
          </li>
        </>
      )}
      <li>
        <span className="heat-key" data-level="unknown" aria-hidden="true" />
        {t('heat.unknown')}
      </li>
    </ul>
  );
}
