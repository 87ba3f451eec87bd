import { useTranslation } from 'react-i18next';
import type { DrillScore } from '#shared/domain/drill.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatDecimal } from '../../../ui/format-number.ts';
import { formatAge } from '../../../ui/format-time.ts';
import { HealthGlyph, healthWordClass } from '../../../ui/health-glyph.tsx';
import { venueName } from '../names.ts';

const COLUMNS = ['noticed', 'false-green', 'recovered', 'gaps', 'lost', 'doubled'] as const;

/** What each scenario showed, passed or failed in words. */
export function ScoreCard({ scores }: { readonly scores: readonly DrillScore[] }) {
  const { t } = useTranslation();
  const passed = scores.filter((score) => score.passed).length;
  return (
    <>
      <p className="stream-state" data-testid="drill-sum">
        <HealthGlyph kind={passed === scores.length ? 'live' : 'failed'} />
        <strong>{t('drill.sum', { passed, total: scores.length })}</strong>
      </p>
      {/* A scrolling part must be reachable without a mouse. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above. */}
      <div className="table-scroll drill-scores" tabIndex={0} role="region" aria-label={t('drill.scores')}>
        <table className="table" data-testid="drill-scores">
          <thead>
            <tr>
              <th scope="col">{t('drill.scenario')}</th>
              <th scope="col">{t('drill.result')}</th>
              {COLUMNS.map((name) => (
                <th key={name} scope="col" title={t(`drill.${name}-explained`)}>
                  {t(`drill.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {scores.map((score) => (
              <ScoreRow key={`${score.scenario} ${score.venue}`} score={score} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function ScoreRow({ score }: { readonly score: DrillScore }) {
  const { t } = useTranslation();
  const { app } = useDesk();
  const kind = score.passed ? 'live' : 'failed';
  const age = (ms: number) => formatAge(ms, currentLanguage());
  const count = (value: number) => formatDecimal(value, 0);
  return (
    <tr data-passed={score.passed}>
      <th scope="row">
        {t(`scenario.${score.scenario}`)} <span className="text-dim">{venueName(app, score.venue)}</span>
        {score.faults.map((fault) => (
          <span key={fault} className="drill-fault">
            {fault}
          </span>
        ))}
      </th>
      <td>
        <span className="stream-state">
          <HealthGlyph kind={kind} />
          <span className={healthWordClass(kind)}>
            {score.passed ? t('drill.passed') : t('drill.missed')}
          </span>
        </span>
      </td>
      <td>{age(score.noticedAfterMs)}</td>
      <td>{age(score.falseGreenMs)}</td>
      <td>{age(score.recoveredAfterMs)}</td>
      <td>{count(score.unrepairedGaps)}</td>
      <td>{count(score.tradesLost)}</td>
      <td>{count(score.doubledSubscriptions)}</td>
    </tr>
  );
}
