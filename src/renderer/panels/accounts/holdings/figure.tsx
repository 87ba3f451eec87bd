import { useTranslation } from 'react-i18next';
import { UNKNOWN } from '../../../ui/format-number.ts';
import { useRowFresh } from './row-fresh.ts';

interface FigureProps {
  /** As it is read. */
  readonly text: string;
  /** Every digit of it, for the hover. */
  readonly exact?: string | undefined;
  readonly move?: 'up' | 'down' | 'flat';
  /** Follows the market, so that it grows old by itself. */
  readonly isMoving?: boolean;
  readonly isEstimated?: boolean;
  readonly testId?: string;
}

/** One figure of an account, with the freshness of its row. */
export function Figure({ text, exact, move, isMoving = false, isEstimated = false, testId }: FigureProps) {
  const { t } = useTranslation();
  const fresh = useRowFresh();
  const known = text !== UNKNOWN;
  const isMarked = isEstimated && known;
  return (
    <span
      className="value"
      data-fresh={!known ? 'unknown' : isMoving ? fresh.moving : fresh.held}
      data-move={move}
      data-testid={testId}
      title={[exact, isMarked ? t('holding.estimated') : undefined].filter(Boolean).join(' · ')}
    >
      {isMarked && (
        <>
          <span aria-hidden="true">≈ </span>
          <span className="sr-only">{t('holding.estimated-word')} </span>
        </>
      )}
      {text}
    </span>
  );
}
