import { useTranslation } from 'react-i18next';
import { formatRate } from '../../ui/format-number.ts';
import { sparkPath } from '../../ui/spark-path.ts';

const MINUTES = 60;
const WIDTH = 110;
const HEIGHT = 18;
/** Share. */
const LEAST_SPAN = 0.002;

interface SparklineProps {
  /** Once a minute, NaN where unknown. */
  readonly history: readonly number[];
  /** Now; NaN where it may not be believed. */
  readonly latest: number;
}

/** The last hour, as a line; in words for whoever does not see it. */
export function Sparkline({ history, latest }: SparklineProps) {
  const { t } = useTranslation();
  const values = [...history, latest].slice(-MINUTES);
  const { d, zero, end } = sparkPath(values, {
    slots: MINUTES,
    width: WIDTH,
    height: HEIGHT,
    leastSpan: LEAST_SPAN,
  });
  if (end === undefined) return null;
  const known = values.filter((value) => !Number.isNaN(value));
  const label = t('premium.history-told', {
    low: formatRate(Math.min(...known), 2),
    high: formatRate(Math.max(...known), 2),
    minutes: known.length,
  });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`-2 -2 ${WIDTH + 4} ${HEIGHT + 4}`}
      width={WIDTH}
      height={HEIGHT + 4}
      className="spark"
    >
      <title>{label}</title>
      {zero !== undefined && <path d={`M0 ${zero}H${WIDTH}`} className="spark-zero" />}
      <path d={d} className="spark-line" />
      {!Number.isNaN(latest) && <circle cx={end.x} cy={end.y} r="1.6" className="spark-end" />}
    </svg>
  );
}
