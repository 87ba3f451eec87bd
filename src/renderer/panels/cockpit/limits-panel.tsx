import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { BudgetGauge } from '#shared/domain/metrics.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { formatDecimal } from '../../ui/format-number.ts';
import { formatAge, formatClock, formatSeconds } from '../../ui/format-time.ts';
import { HealthGlyph, healthWordClass } from '../../ui/health-glyph.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Pending } from '../../ui/pending.tsx';
import { useCockpit } from './cockpit-context.ts';
import { venueName } from './names.ts';
import { scopeName } from './scope-name.ts';
import { useMetricsFreshness } from './use-metrics-freshness.ts';

const PROFILES = ['conservative', 'balanced', 'aggressive'] as const;
const GRAVITY = { normal: 0, reduced: 1, silent: 2 } as const;
const GLYPHS = { normal: 'live', reduced: 'degraded', silent: 'paused' } as const;

/** How much of each venue's limits is used, and what is kept back for cancels. */
export function LimitsPanel() {
  const { t } = useTranslation();
  return (
    <Panel name="limits" title={t('limits.title')} head={<Profile />}>
      <Gauges />
    </Panel>
  );
}

function Profile() {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const profile = useStore(settings.store, ({ rateProfile }) => rateProfile);
  return (
    <select
      className="field ml-auto"
      aria-label={t('limits.profile')}
      title={t(`profile.${profile}-explained`)}
      value={profile}
      data-testid="rate-profile"
      onChange={({ target }) => {
        const rateProfile = PROFILES.find((one) => one === target.value);
        if (rateProfile) settings.change({ rateProfile });
      }}
    >
      {PROFILES.map((one) => (
        <option key={one} value={one}>
          {t(`profile.${one}`)}
        </option>
      ))}
    </select>
  );
}

function Gauges() {
  const { t } = useTranslation();
  const { metrics } = useCockpit();
  const { view, error } = useStore(metrics.store);
  const fresh = useMetricsFreshness();
  if (view === undefined) {
    return <Pending error={error} waiting={t('metrics.waiting')} onRetry={metrics.retry} />;
  }
  // What is held back comes first.
  const budgets = view.view.budgets.toSorted((one, other) => GRAVITY[other.state] - GRAVITY[one.state]);
  if (budgets.length === 0) return <p className="panel-empty">{t('limits.empty')}</p>;
  return (
    // A scrolling part must be reachable without a mouse.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
    <div className="table-scroll" tabIndex={0} role="group" aria-label={t('limits.title')}>
      <table className="table" data-testid="limits" data-fresh={fresh}>
        <thead>
          <tr>
            <th scope="col">{t('limits.scope')}</th>
            <th scope="col">{t('limits.used')}</th>
            <th scope="col" title={t('limits.reserve-explained')}>
              {t('limits.reserve')}
            </th>
            <th scope="col">{t('limits.state')}</th>
          </tr>
        </thead>
        <tbody>
          {budgets.map((budget) => (
            <GaugeRow key={`${budget.venue} ${budget.scope}`} budget={budget} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function GaugeRow({ budget }: { readonly budget: BudgetGauge }) {
  const { t } = useTranslation();
  const { app, pulse } = useDesk();
  const { used, capacity, reserve, windowMs, state, factor, until } = budget;
  const leftSeconds = useStore(pulse, ({ now }) =>
    until === undefined ? undefined : Math.max(0, Math.ceil((until - now) / 1_000)),
  );
  const window = formatAge(windowMs, currentLanguage());
  const wait = leftSeconds === undefined ? '' : formatSeconds(leftSeconds, currentLanguage());
  const word = () => {
    switch (state) {
      case 'normal':
        return t('limits.normal');
      case 'reduced':
        return wait === ''
          ? t('limits.reduced', { factor: formatDecimal(factor, 2) })
          : t('limits.reduced-for', { factor: formatDecimal(factor, 2), wait });
      case 'silent':
        return until === undefined
          ? t('limits.silent')
          : t('limits.silent-until', { time: formatClock(until) });
    }
  };
  const share = (value: number) => `${capacity > 0 ? Math.min(100, (value / capacity) * 100) : 0}%`;
  return (
    <tr>
      <th scope="row">
        {venueName(app, budget.venue)} {scopeName(budget.scope)}
      </th>
      <td title={t('limits.window', { window })}>
        <span className="value">
          {formatDecimal(used, used % 1 === 0 ? 0 : 1)} / {formatDecimal(capacity, 0)}
        </span>
        <span className="gauge" aria-hidden="true">
          <span className="gauge-used" data-state={state} style={{ width: share(used) }} />
          <span className="gauge-reserve" style={{ width: share(reserve) }} />
        </span>
      </td>
      <td className="value">{formatDecimal(reserve, 0)}</td>
      <td>
        <span className="stream-state">
          <HealthGlyph kind={GLYPHS[state]} />
          <span className={healthWordClass(GLYPHS[state])}>{word()}</span>
        </span>
      </td>
    </tr>
  );
}
