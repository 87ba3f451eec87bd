import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../../ui/desk-context.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { NumberInput } from '../../../ui/number-input.tsx';
import { NUMBER_FIELDS, readAlarms, typedAlarms } from './alarm-form.ts';

/** Bounds and ways of the alarms. Nothing is kept that the engine would refuse. */
export function AlarmSettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const held = settings.store.getState().alarms;
  const [typed, setTyped] = useState(() => typedAlarms(held));
  const [ways, setWays] = useState({ sound: held.sound, notification: held.notification });
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());

  const save = (event: FormEvent) => {
    event.preventDefault();
    const read = readAlarms(typed);
    if ('wrong' in read) {
      setWrong(new Set(read.wrong));
      return;
    }
    settings.change({ alarms: { ...read, ...ways } });
    onClose();
  };
  return (
    <Dialog title={t('bounds.title')} testId="alarm-settings" onClose={onClose}>
      <form className="form" noValidate onSubmit={save}>
        {NUMBER_FIELDS.map((name) => (
          <Field
            key={name}
            name={name}
            label={t(`bounds.${name}`)}
            hint={t(`bounds.${name}-hint`)}
            value={typed[name]}
            wrong={wrong.has(name)}
            numeric
            onType={(text) => setTyped({ ...typed, [name]: text })}
          />
        ))}
        <Field
          name="webhookUrl"
          label={t('bounds.webhookUrl')}
          hint={t('bounds.webhookUrl-hint')}
          value={typed.webhookUrl}
          wrong={wrong.has('webhookUrl')}
          numeric={false}
          onType={(webhookUrl) => setTyped({ ...typed, webhookUrl })}
        />
        {(['sound', 'notification'] as const).map((way) => (
          <label key={way} className="form-check">
            <input
              type="checkbox"
              checked={ways[way]}
              onChange={({ target }) => setWays({ ...ways, [way]: target.checked })}
            />
            <span>{t(`bounds.${way}`)}</span>
          </label>
        ))}
        <p className="text-dim">{t('bounds.exposure')}</p>
        {wrong.size > 0 && (
          <p className="text-bad" role="alert">
            {t('bounds.wrong')}
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {t('dialog.cancel')}
          </button>
          <button type="submit" className="button button-main">
            {t('dialog.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly wrong: boolean;
  readonly numeric: boolean;
  readonly onType: (text: string) => void;
}

function Field({ name, label, hint, value, wrong, numeric, onType }: FieldProps) {
  const id = useId();
  const shared = { id, name, value, 'aria-describedby': `alarm-${name}-hint`, 'aria-invalid': wrong };
  return (
    <label className="form-row" htmlFor={id}>
      <span>
        {label}
        <span className="form-hint" id={`alarm-${name}-hint`}>
          {hint}
        </span>
      </span>
      {numeric ? (
        <NumberInput {...shared} onChange={onType} />
      ) : (
        <input
          {...shared}
          type="text"
          inputMode="url"
          className="field"
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => onType(target.value)}
        />
      )}
    </label>
  );
}
