import { type FormEvent, useState } from 'react';
import type { HeartlineError } from '#shared/base/errors.ts';
import { errorText } from '../../i18n/text-for.ts';
import { asError } from '../../stores/as-error.ts';

interface PhraseFormProps {
  /** Says what has to be typed. */
  readonly label: string;
  readonly doLabel: string;
  readonly leaveLabel: string;
  readonly testId: string;
  readonly send: (typed: string) => Promise<unknown>;
  readonly onClose: () => void;
}

/** A phrase typed by hand before something that cannot be a slip. What the engine says against it stays in the form. */
export function PhraseForm(props: PhraseFormProps) {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<HeartlineError>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy || typed === '') return;
    setBusy(true);
    setFault(undefined);
    props
      .send(typed.trim())
      .then(props.onClose, (error: unknown) => setFault(asError(error)))
      .finally(() => setBusy(false));
  };
  return (
    <form className="form" onSubmit={submit}>
      <label className="form-row">
        <span>{props.label}</span>
        <input
          type="text"
          className="field"
          maxLength={80}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          // Refused for another reason, what is typed is right all the same.
          aria-invalid={fault?.code.endsWith('.phrase') ?? false}
          value={typed}
          data-testid={`${props.testId}-phrase`}
          onChange={({ target }) => setTyped(target.value)}
        />
      </label>
      {fault !== undefined && (
        <p role="alert" className="text-bad">
          {errorText(fault)}
        </p>
      )}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={props.onClose}>
          {props.leaveLabel}
        </button>
        <button
          type="submit"
          className="button button-bad"
          disabled={busy || typed.trim() === ''}
          aria-busy={busy}
          data-testid={`${props.testId}-do`}
        >
          {props.doLabel}
        </button>
      </div>
    </form>
  );
}
