import '../../styles/alerts.css';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AlertRow } from '#shared/domain/alert.ts';
import { offerAct } from '../../commands/offers.ts';
import { errorText } from '../../i18n/text-for.ts';
import type { AlertDraft } from '../../stores/alerts.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Empty } from '../../ui/empty.tsx';
import { Panel } from '../../ui/panel.tsx';
import { AlertForm } from './alert-form.tsx';
import { AlertItem } from './alert-item.tsx';
import { HappeningList } from './happening-list.tsx';
import { WayTests } from './way-tests.tsx';

/** The person's alerts: where each stands, what happened, and how to set one. */
export function AlertsPanel() {
  const { t } = useTranslation();
  const { alerts, view: views, workspace } = useDesk();
  const view = useStore(alerts.store, (state) => state.view);
  const error = useStore(alerts.store, (state) => state.error);
  const draft = useStore(alerts.draft, (state) => state.draft);
  const open = (next: AlertDraft | undefined) => alerts.draft.setState({ draft: next });
  useEffect(
    () =>
      offerAct('new-alert', () => {
        // It may be behind another tab, or another view may be shown.
        views.show('desk');
        workspace.open('alerts');
        alerts.draft.setState({ draft: { kind: 'new' } });
      }),
    [alerts, views, workspace],
  );
  const unseen = view?.happenings.filter(({ isSeen }) => !isSeen).length ?? 0;
  return (
    <Panel
      name="alerts"
      title={t('panel.alerts')}
      head={
        <>
          {unseen > 0 && (
            <button
              type="button"
              className="button"
              data-testid="alerts-unseen"
              title={t('alert.all-seen')}
              onClick={() => alerts.acknowledge()}
            >
              {t('alert.unseen', { count: unseen })} · {t('alert.all-seen')}
            </button>
          )}
          <span className="ml-auto" />
          <WayTests />
          <button
            type="button"
            className="button"
            data-testid="alert-add"
            onClick={() => open({ kind: 'new' })}
          >
            {t('alert.add')}
          </button>
        </>
      }
    >
      <div className="alerts-scroll">
        {error && <p role="alert">{t('alert.gone', { why: errorText(error) })}</p>}
        {!view && !error && <p role="status">{t('alert.loading')}</p>}
        {view?.rows.length === 0 && (
          <Empty
            what={t('alert.empty')}
            why={t('alert.empty-why')}
            next={{ label: t('alert.add'), onDo: () => open({ kind: 'new' }) }}
            testId="alerts-empty"
          />
        )}
        {view && view.rows.length > 0 && (
          <ul className="alert-list" aria-label={t('alert.list')}>
            {view.rows.toSorted(byUrgency).map((row) => (
              <AlertItem key={row.alert.id} row={row} />
            ))}
          </ul>
        )}
        {view && (view.rows.length > 0 || view.happenings.length > 0) && (
          <HappeningList happenings={view.happenings} />
        )}
      </div>
      {draft && <OpenForm draft={draft} rows={view?.rows ?? []} onClose={() => open(undefined)} />}
    </Panel>
  );
}

interface OpenFormProps {
  readonly draft: AlertDraft;
  readonly rows: readonly AlertRow[];
  readonly onClose: () => void;
}

function OpenForm({ draft, rows, onClose }: OpenFormProps) {
  if (draft.kind === 'new') return <AlertForm rule={draft.rule} onClose={onClose} />;
  const alert = rows.find((row) => row.alert.id === draft.id)?.alert;
  // Deleted meanwhile, in another window perhaps.
  if (!alert) return null;
  return <AlertForm key={alert.id} rule={alert.rule} alert={alert} onClose={onClose} />;
}

/** What cannot be watched comes first, then what waits, then what is over; the newest before the older. */
function byUrgency(one: AlertRow, other: AlertRow): number {
  return rank(one) - rank(other) || other.alert.createdAt - one.alert.createdAt;
}

function rank({ alert, standing }: AlertRow): number {
  if (standing.phase === 'done' || standing.phase === 'expired') return 3;
  if (alert.isPaused) return 2;
  return standing.blind ? 0 : 1;
}
