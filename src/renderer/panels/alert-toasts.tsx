import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AlertHappening } from '#shared/domain/alert.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { happeningText } from '../i18n/alert-text.ts';
import { useDesk } from '../ui/desk-context.ts';

const MOST_TOASTS = 3;
const TEST_MS = 8000;
const NONE: readonly AlertHappening[] = [];

/**
 * What happened to alerts and nobody has seen, in the corner: also what happened while no window was open. Each stays until
 * it is seen, in whichever window. What could not be watched together stands as one.
 */
export function AlertToasts() {
  const { t } = useTranslation();
  const { alerts } = useDesk();
  const happenings = useStore(alerts.store, ({ view }) => view?.happenings) ?? NONE;
  const unseen = happenings.filter(({ isSeen, alert }) => !isSeen && alert.ways.includes('toast'));
  const groups = Object.values(
    Object.groupBy(unseen, (one) => (one.kind === 'blind' ? `blind ${one.call}` : one.id)),
  ).flatMap((group) => (group ? [group] : []));
  const left = groups.slice(MOST_TOASTS).flat().length;
  return (
    <>
      <TestToast />
      {groups.slice(0, MOST_TOASTS).map((group) => (
        <AlertToast key={group[0]?.id} group={group} />
      ))}
      {left > 0 && (
        <div className="notice toast" data-testid="alert-toast-more">
          <p>{t('alert.more', { count: left })}</p>
          <button type="button" className="button" onClick={() => alerts.acknowledge()}>
            {t('alert.all-seen')}
          </button>
        </div>
      )}
    </>
  );
}

function AlertToast({ group }: { readonly group: readonly AlertHappening[] }) {
  const { t } = useTranslation();
  const { alerts, focus, view } = useDesk();
  const [first] = group;
  if (!first) return null;
  const instrument = instrumentOf(first);
  const title = first.kind === 'blind' ? 'alert.blind-title' : 'alert.triggered-title';
  return (
    <div className="notice toast" data-testid="own-alert-toast" data-kind={first.kind}>
      <div>
        <strong>{t(title, { count: group.length })}</strong>
        <p>
          <bdi>{happeningText(first)}</bdi>
        </p>
        {group.length > 1 && <p>{t('alert.more', { count: group.length - 1 })}</p>}
        {first.kind === 'blind' && <p>{t('alert.blind-money')}</p>}
        <p className="toast-actions">
          <button
            type="button"
            className="button"
            data-testid="alert-seen"
            onClick={() => alerts.acknowledge(group.map(({ id }) => id))}
          >
            {t('alert.seen')}
          </button>
          {instrument !== undefined && (
            <button
              type="button"
              className="button"
              onClick={() => {
                view.show('desk');
                focus.choose(instrument);
              }}
            >
              {t('alert.show')}
            </button>
          )}
        </p>
      </div>
    </div>
  );
}

function instrumentOf({ alert: { rule } }: AlertHappening): InstrumentId | undefined {
  if ('instrument' in rule) return rule.instrument;
  return rule.kind === 'premium' ? rule.krw : undefined;
}

function TestToast() {
  const { t } = useTranslation();
  const { alerts, clock } = useDesk();
  const [isShown, setShown] = useState(false);
  useEffect(
    () =>
      alerts.calls.on(({ ways, happenings }) => {
        if (happenings.length === 0 && ways.includes('toast')) setShown(true);
      }),
    [alerts],
  );
  useEffect(() => (isShown ? clock.after(TEST_MS, () => setShown(false)) : undefined), [isShown, clock]);
  if (!isShown) return null;
  return (
    <div className="notice toast" data-testid="alert-shown-test" data-exposure="none">
      <div>
        <strong>{t('alert.test-title')}</strong>
        <p>{t('alert.test-body')}</p>
      </div>
    </div>
  );
}
