import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cleanName } from '../../stores/watch-groups.ts';
import { Dialog } from '../../ui/dialog.tsx';

interface GroupNameDialogProps {
  readonly title: string;
  /** What stands there at first. */
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

/** Names a list, new or old. */
export function GroupNameDialog({ title, name, onName, onClose }: GroupNameDialogProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(name);
  const isName = cleanName(typed) !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isName) return;
    onName(typed);
    onClose();
  };
  return (
    <Dialog title={title} testId="watch-name" onClose={onClose}>
      <form className="form" noValidate onSubmit={submit}>
        <label className="form-row">
          <span>{t('watch.name')}</span>
          <input
            type="text"
            className="field"
            dir="auto"
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
            data-testid="watch-name-field"
            value={typed}
            autoFocus
            onChange={({ target }) => setTyped(target.value)}
            onFocus={({ target }) => target.select()}
          />
        </label>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {t('watch.cancel')}
          </button>
          <button type="submit" className="button button-main" disabled={!isName}>
            {t('watch.keep')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
