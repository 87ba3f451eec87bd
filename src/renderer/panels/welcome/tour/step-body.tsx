import { useTranslation } from 'react-i18next';
import { HealthGlyph, healthWordClass } from '../../../ui/health-glyph.tsx';
import { PROOFS } from '../../trading/ticket/proofs.ts';
import type { TourStep } from './tour-steps.ts';

const KINDS = ['live', 'degraded', 'stale', 'waiting'] as const;
const FRESHNESS = ['fresh', 'late', 'stale', 'unknown'] as const;

/** What a step says, with what it speaks of shown as it looks on the desk. */
export function StepBody({ step }: { readonly step: TourStep['id'] }) {
  const { t } = useTranslation();
  switch (step) {
    case 'live':
      return (
        <>
          <p>{t('tour.live-body')}</p>
          <ul className="tour-list">
            {KINDS.map((kind) => (
              <li key={kind}>
                <HealthGlyph kind={kind} />
                <strong className={healthWordClass(kind)}>{t(`health.${kind}`)}</strong>
                <span>{t(`tour.health-${kind}`)}</span>
              </li>
            ))}
          </ul>
          <p>{t('tour.fresh-body')}</p>
          <ul className="tour-list">
            {FRESHNESS.map((kind) => (
              <li key={kind}>
                <span className="tour-sample" data-fresh={kind}>
                  {kind === 'unknown' ? '—' : '82,140.5'}
                </span>
                <span>{t(`tour.fresh-${kind}`)}</span>
              </li>
            ))}
          </ul>
        </>
      );
    case 'search':
      return (
        <>
          <p>{t('tour.search-body')}</p>
          <p>
            <kbd>B</kbd> <kbd>T</kbd> <kbd>C</kbd> {t('tour.search-or')} <kbd>ㅂ</kbd> <kbd>ㅌ</kbd>{' '}
            <kbd>ㅋ</kbd> <kbd>ㅇ</kbd>
          </p>
          <p>{t('tour.search-watch')}</p>
        </>
      );
    case 'ticket':
      return (
        <>
          <p>{t('tour.ticket-body')}</p>
          <ol className="tour-list">
            {PROOFS.map((proof) => (
              <li key={proof}>
                <HealthGlyph kind="live" />
                <strong>{t(`proof.${proof}`)}</strong>
                <span>{t(`tour.proof-${proof}`)}</span>
              </li>
            ))}
          </ol>
          <p>{t('tour.ticket-paper')}</p>
        </>
      );
    case 'trouble':
      return (
        <>
          <p>{t('tour.trouble-body')}</p>
          <p>{t('tour.trouble-drill')}</p>
        </>
      );
  }
}
