import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { DRILL_SCENARIOS, type DrillScenario, type DrillView } from '#shared/domain/drill.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Pending } from '../../../ui/pending.tsx';
import { useAsk } from '../../../ui/use-ask.ts';
import { useCockpit } from '../cockpit-context.ts';
import { formatShare } from '../format-share.ts';
import { ScoreCard } from './score-card.tsx';

/** Chooses scenarios, runs them against the simulator, shows how far it is and what came of it. */
export function DrillDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { drill } = useCockpit();
  const { view, error } = useStore(drill.store);
  return (
    <Dialog title={t('drill.title')} testId="drill-dialog" onClose={onClose}>
      <p>{t('drill.explained')}</p>
      {view === undefined ? (
        <Pending error={error} waiting={t('drill.loading')} onRetry={drill.retry} />
      ) : (
        <Course view={view} />
      )}
    </Dialog>
  );
}

function Course({ view }: { readonly view: DrillView }) {
  const { t } = useTranslation();
  return (
    <>
      {view.state === 'running' ? <Running view={view} /> : <Choice />}
      {view.state !== 'idle' && (
        <p
          role="status"
          data-testid="drill-state"
          className={view.state === 'failed' ? 'text-bad' : 'text-dim'}
        >
          {t(`drill.${view.state}`)} {view.message}
        </p>
      )}
      {view.scores.length > 0 && <ScoreCard scores={view.scores} />}
    </>
  );
}

function Running({ view }: { readonly view: DrillView }) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  const [scenario = '', venue = ''] = (view.at ?? '').split(' ');
  const known = DRILL_SCENARIOS.find((one) => one === scenario);
  return (
    <div className="drill-running">
      <progress aria-label={t('drill.progress')} max={1} value={view.progress} />
      <span className="value">{formatShare(view.progress)}</span>
      <span className="truncate">{known ? `${t(`scenario.${known}`)} · ${venue}` : view.at}</span>
      <button
        type="button"
        className="button"
        disabled={busy}
        onClick={() => ask(() => client.request('drill.cancel', {}))}
      >
        {t('drill.cancel')}
      </button>
    </div>
  );
}

function Choice() {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  const [chosen, setChosen] = useState<ReadonlySet<DrillScenario>>(new Set(DRILL_SCENARIOS));
  const toggle = (scenario: DrillScenario) => {
    const next = new Set(chosen);
    if (!next.delete(scenario)) next.add(scenario);
    setChosen(next);
  };
  const all = chosen.size === DRILL_SCENARIOS.length;
  const start = () =>
    ask(() =>
      client.request('drill.start', {
        scenarios: DRILL_SCENARIOS.filter((scenario) => chosen.has(scenario)),
        venues: [],
      }),
    );
  return (
    <fieldset className="drill-choice">
      <legend>{t('drill.choose')}</legend>
      <div className="drill-scenarios">
        {DRILL_SCENARIOS.map((scenario) => (
          <label key={scenario} className="form-check">
            <input type="checkbox" checked={chosen.has(scenario)} onChange={() => toggle(scenario)} />
            <span>
              {t(`scenario.${scenario}`)}
              <span className="form-hint">{t(`scenario.${scenario}-explained`)}</span>
            </span>
          </label>
        ))}
      </div>
      <div className="dialog-actions">
        <button
          type="button"
          className="button"
          onClick={() => setChosen(new Set(all ? [] : DRILL_SCENARIOS))}
        >
          {all ? t('drill.none') : t('drill.all')}
        </button>
        <button
          type="button"
          className="button button-main"
          data-testid="drill-start"
          disabled={busy || chosen.size === 0}
          onClick={start}
        >
          {t('drill.start')}
        </button>
      </div>
    </fieldset>
  );
}
