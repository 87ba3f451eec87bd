import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface EnteredKey {
  readonly apiKey: string;
  readonly secret: string;
}

interface KeyEntryProps {
  readonly busy: boolean;
  /** What the button says. */
  readonly submit: string;
  /** Takes the key once: the fields are empty by then. */
  readonly onEntered: (key: EnteredKey) => void;
}

const PARTS = ['apiKey', 'secret'] as const;
type Part = (typeof PARTS)[number];
const NONE: Readonly<Record<Part, number>> = { apiKey: 0, secret: 0 };
const LEAST = 8;
/** Letters without width come along with a copied text, and nobody could find them in a masked field. */
const clean = (text: string) => text.replaceAll(/\u200B|\u200C|\u200D|\u2060|\u00AD|\uFEFF/gu, '').trim();

/**
 * Both halves of a key, masked and write-only. The texts are in the two fields and nowhere else: no state of React
 * holds them, and they leave the document in the moment they are sent. Only their lengths are shown.
 */
export function KeyEntry({ busy, submit, onEntered }: KeyEntryProps) {
  const { t } = useTranslation();
  const id = useId();
  const fields = useRef<Partial<Record<Part, HTMLInputElement | null>>>({});
  const [lengths, setLengths] = useState(NONE);
  const [isWrong, setWrong] = useState(false);

  const send = (event: FormEvent) => {
    event.preventDefault();
    const read = (part: Part) => clean(fields.current[part]?.value ?? '');
    const key = { apiKey: read('apiKey'), secret: read('secret') };
    if (PARTS.some((part) => !/^[\x21-\x7E]{8,4096}$/.test(key[part]))) {
      setWrong(true);
      return;
    }
    for (const part of PARTS) {
      const field = fields.current[part];
      if (field) field.value = '';
    }
    setLengths(NONE);
    setWrong(false);
    onEntered(key);
  };
  return (
    <form className="form" noValidate autoComplete="off" onSubmit={send} data-testid="key-entry">
      {PARTS.map((part) => (
        <label key={part} className="form-row key-row">
          <span>
            {t(`wizard.${part}`)}
            <span className="form-hint" id={`${id}-${part}`}>
              {lengths[part] > 0 ? t('wizard.length', { count: lengths[part] }) : t(`wizard.${part}-hint`)}
            </span>
          </span>
          <input
            ref={(field) => {
              fields.current[part] = field;
            }}
            type="password"
            className="field"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            // Password keepers must not offer to remember it.
            data-1p-ignore=""
            data-lpignore="true"
            data-form-type="other"
            aria-describedby={`${id}-${part}`}
            aria-invalid={isWrong && lengths[part] < LEAST}
            data-testid={`key-${part}`}
            onChange={({ target }) => {
              setWrong(false);
              setLengths((held) => ({ ...held, [part]: clean(target.value).length }));
            }}
          />
        </label>
      ))}
      {isWrong && (
        <p role="alert" className="text-bad">
          {t('wizard.wrong')}
        </p>
      )}
      <div className="dialog-actions">
        <button type="submit" className="button button-main" disabled={busy} data-testid="key-send">
          {busy ? t('wizard.checking') : submit}
        </button>
      </div>
    </form>
  );
}
