import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface PassphraseFieldProps {
  readonly busy: boolean;
  /** A new one is typed twice and has to be long enough. */
  readonly isNew: boolean;
  readonly submit: string;
  /** Takes it once: the fields are empty by then. */
  readonly onEntered: (passphrase: string) => void;
  readonly children?: ReactNode;
}

const LEAST = 8;

/** A passphrase, in the field and nowhere else, as a key is (wizard/key-entry.tsx). */
export function PassphraseField({ busy, isNew, submit, onEntered, children }: PassphraseFieldProps) {
  const { t } = useTranslation();
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<'short' | 'differs' | 'missing'>();
  const send = (event: FormEvent) => {
    event.preventDefault();
    const typed = first.current?.value ?? '';
    if (typed === '') return setSaid('missing');
    if (isNew && typed.length < LEAST) return setSaid('short');
    if (isNew && typed !== second.current?.value) return setSaid('differs');
    for (const field of [first.current, second.current]) if (field) field.value = '';
    setSaid(undefined);
    onEntered(typed);
  };
  const field = (ref: typeof first, label: string, testId: string) => (
    <input
      ref={ref}
      type="password"
      className="field"
      aria-label={label}
      placeholder={label}
      autoComplete="off"
      data-1p-ignore=""
      data-lpignore="true"
      aria-invalid={said !== undefined}
      data-testid={testId}
      onChange={() => setSaid(undefined)}
    />
  );
  return (
    <form className="passphrase" noValidate autoComplete="off" onSubmit={send}>
      {field(first, t('store.passphrase'), 'passphrase')}
      {isNew && field(second, t('store.passphrase-again'), 'passphrase-again')}
      <button type="submit" className="button button-main" disabled={busy} data-testid="passphrase-send">
        {busy ? t('store.busy') : submit}
      </button>
      {children}
      {said !== undefined && (
        <span role="alert" className="text-bad">
          {t(`passphrase.${said}`)}
        </span>
      )}
    </form>
  );
}
