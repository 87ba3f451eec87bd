import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { ALERT_KINDS, ALERT_WAYS, type Alert, type AlertRule } from '#shared/domain/alert.ts';
import { errorText } from '../../i18n/text-for.ts';
import type { Desk } from '../../stores/desk.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { type AlertFormState, beginForm, ENDS, type Ends, orderOfForm } from './alert-form-state.ts';
import { ChoiceRow, TextRow } from './form-parts.tsx';
import { KindFields } from './kind-fields.tsx';

interface AlertFormProps {
  readonly rule?: AlertRule | undefined;
  /** The alert that is changed; absent: a new one. */
  readonly alert?: Alert | undefined;
  readonly onClose: () => void;
}

/** Everything about one alert. What makes no sense is said here, with what would. */
export function AlertForm({ rule, alert, onClose }: AlertFormProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const { client, pulse, settings } = desk;
  const [form, setForm] = useState<AlertFormState>(() => begin(desk, rule, alert));
  const [refusal, setRefusal] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const hasAddress = useStore(settings.store, ({ alarms }) => alarms.webhookUrl !== '');
  const change = (next: Partial<AlertFormState>) => {
    setRefusal(undefined);
    setForm((held) => ({ ...held, ...next }));
  };
  const save = async () => {
    setBusy(true);
    try {
      const order = orderOfForm(form, pulse.getState().now);
      if (alert) await client.request('alerts.change', { id: alert.id, ...order });
      else await client.request('alerts.add', { expiresAt: null, ...order, isPaused: false });
      onClose();
    } catch (fault) {
      setRefusal(fault);
      setBusy(false);
    }
  };
  const ends: readonly Ends[] = alert?.expiresAt === undefined ? ENDS : ['keep', ...ENDS];
  return (
    <Dialog title={alert ? t('alertform.edit') : t('alertform.new')} testId="alert-form" onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void save();
        }}
      >
        <ChoiceRow
          label={t('alertform.kind')}
          testId="alert-kind"
          value={form.kind}
          options={ALERT_KINDS.map((value) => ({ value, label: t(`alertkind.${value}`) }))}
          onChoose={(kind) => change({ kind })}
        />
        <KindFields form={form} change={change} />
        <fieldset className="alert-ways">
          <legend>{t('alertform.ways')}</legend>
          {ALERT_WAYS.map((way) => (
            <label key={way} className="form-check">
              <input
                type="checkbox"
                data-testid={`alert-way-${way}`}
                checked={form.ways.includes(way)}
                onChange={({ target }) =>
                  change({
                    ways: target.checked ? [...form.ways, way] : form.ways.filter((one) => one !== way),
                  })
                }
              />
              {t(`alertway.${way}`)}
            </label>
          ))}
          {form.ways.includes('webhook') && !hasAddress && (
            <p className="form-hint">{t('alertform.webhook-off')}</p>
          )}
        </fieldset>
        <label className="form-check">
          <input
            type="checkbox"
            data-testid="alert-repeats"
            checked={form.repeats}
            onChange={({ target }) => change({ repeats: target.checked })}
          />
          {t('alertform.repeat')}
        </label>
        {form.repeats && (
          <TextRow
            label={t('alertform.cooldown')}
            testId="alert-cooldown"
            isNumber
            value={form.cooldown}
            onType={(cooldown) => change({ cooldown })}
          />
        )}
        <ChoiceRow
          label={t('alertform.ends')}
          testId="alert-ends"
          value={form.ends}
          options={ends.map((value) => ({ value, label: t(`alertends.${value}`) }))}
          onChoose={(value) => change({ ends: value })}
        />
        <TextRow
          label={t('alertform.note')}
          hint={t('alertform.note-hint')}
          testId="alert-note"
          value={form.note}
          onType={(note) => change({ note })}
        />
        {form.when !== 'cross' && <p className="form-hint">{t('alertform.at-once')}</p>}
        {refusal !== undefined && (
          <p role="alert" className="text-bad" data-testid="alert-refused">
            {errorText(refusal)}
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {t('alertform.cancel')}
          </button>
          <button type="submit" className="button button-main" disabled={busy} data-testid="alert-save">
            {alert ? t('alertform.keep') : t('alertform.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** What the form offers first: what the panel is about, and the likeliest of everything else. */
function begin(desk: Desk, rule: AlertRule | undefined, alert: Alert | undefined): AlertFormState {
  const { instrument } = desk.focus.store.getState();
  const listed = [...desk.instruments.store.getState().known.values()];
  const base = desk.instruments.get(instrument)?.base ?? 'BTC';
  const of = (quote: string) =>
    listed.find((one) => one.quote === quote && one.base === base)?.id ??
    listed.find((one) => one.quote === quote)?.id ??
    '';
  const account = desk.holdings.accounts.store.getState().view?.accounts[0]?.id ?? '';
  const venue = instrument.slice(0, instrument.lastIndexOf(':'));
  return beginForm(instrument, { krw: of('KRW'), usdt: of('USDT'), account, venue }, rule, alert);
}
