import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Settings, settingsSchema } from '#shared/contract/settings.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Dialog } from '../../../ui/dialog.tsx';

type AlarmSettings = Settings['alarms'];

/** As typed; seconds where a person thinks in seconds. */
interface Typed {
  readonly scoreBelow: string;
  readonly errors: string;
  readonly inactiveSeconds: string;
  readonly memoryMb: string;
  readonly reconnects: string;
  readonly webhookUrl: string;
}

const FIELDS = ['scoreBelow', 'errors', 'inactiveSeconds', 'memoryMb', 'reconnects'] as const;

/** Bounds and ways of the alarms. Nothing is kept that the engine would refuse. */
export function AlarmSettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const held = settings.store.getState().alarms;
  const [typed, setTyped] = useState(() => typedOf(held));
  const [ways, setWays] = useState({ sound: held.sound, notification: held.notification });
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());

  const save = (event: FormEvent) => {
    event.preventDefault();
    const checked = settingsSchema.shape.alarms.safeParse({ ...numbersOf(typed), ...ways });
    if (checked.success) {
      settings.change({ alarms: checked.data });
      onClose();
      return;
    }
    setWrong(new Set(checked.error.issues.map(({ path }) => fieldOf(String(path[0])))));
  };
  return (
    <Dialog title={t('alarm-settings.title')} testId="alarm-settings" onClose={onClose}>
      <form className="form" noValidate onSubmit={save}>
        {FIELDS.map((name) => (
          <Field
            key={name}
            name={name}
            label={t(`alarm-settings.${name}`)}
            hint={t(`alarm-settings.${name}-hint`)}
            value={typed[name]}
            wrong={wrong.has(name)}
            numeric
            onType={(text) => setTyped({ ...typed, [name]: text })}
          />
        ))}
        <Field
          name="webhookUrl"
          label={t('alarm-settings.webhookUrl')}
          hint={t('alarm-settings.webhookUrl-hint')}
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
            <span>{t(`alarm-settings.${way}`)}</span>
          </label>
        ))}
        <p className="text-dim">{t('alarm-settings.exposure')}</p>
        {wrong.size > 0 && (
          <p className="text-bad" role="alert">
            {t('alarm-settings.wrong')}
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
  return (
    <label className="form-row">
      <span>
        {label}
        <span className="form-hint" id={`alarm-${name}-hint`}>
          {hint}
        </span>
      </span>
      <input
        type="text"
        inputMode={numeric ? 'decimal' : 'url'}
        className={numeric ? 'field form-number' : 'field'}
        name={name}
        aria-describedby={`alarm-${name}-hint`}
        aria-invalid={wrong}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={({ target }) => onType(target.value)}
      />
    </label>
  );
}

function typedOf({ scoreBelow, errors, inactiveMs, memoryMb, reconnects, webhookUrl }: AlarmSettings): Typed {
  return {
    scoreBelow: String(scoreBelow),
    errors: String(errors),
    inactiveSeconds: String(inactiveMs / 1_000),
    memoryMb: String(memoryMb),
    reconnects: String(reconnects),
    webhookUrl,
  };
}

function numbersOf(typed: Typed) {
  // An empty field is not a zero.
  const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));
  return {
    scoreBelow: number(typed.scoreBelow),
    errors: number(typed.errors),
    inactiveMs: number(typed.inactiveSeconds) * 1_000,
    memoryMb: number(typed.memoryMb),
    reconnects: number(typed.reconnects),
    webhookUrl: typed.webhookUrl.trim(),
  };
}

function fieldOf(path: string): string {
  return path === 'inactiveMs' ? 'inactiveSeconds' : path;
}
