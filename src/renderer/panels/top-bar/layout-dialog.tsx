import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assertNever } from '#shared/base/assert-never.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useAsk } from '../../ui/use-ask.ts';

export type LayoutTask =
  | { readonly kind: 'save' }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'remove'; readonly name: string };

interface LayoutDialogProps {
  readonly task: LayoutTask;
  readonly onClose: () => void;
}

/** A name for a layout, or a last word before one goes. */
export function LayoutDialog({ task, onClose }: LayoutDialogProps) {
  const { t } = useTranslation();
  const { workspace } = useDesk();
  const { busy, ask } = useAsk();
  const [name, setName] = useState(task.kind === 'save' ? '' : task.name);
  const saved = workspace.store.getState().document?.saved ?? [];
  const isTaken = task.kind === 'save' && saved.some((one) => one.name === name.trim());
  const act = () =>
    ask(async () => {
      switch (task.kind) {
        case 'save':
          await workspace.save(name.trim());
          break;
        case 'rename':
          await workspace.rename(task.name, name.trim());
          break;
        case 'remove':
          await workspace.remove(task.name);
          break;
        default:
          assertNever(task);
      }
      onClose();
    });
  return (
    <Dialog title={t(`layout.dialog-${task.kind}`)} testId="layout-dialog" onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (task.kind === 'remove' || name.trim() !== '') act();
        }}
      >
        {task.kind === 'remove' ? (
          <p>{t('layout.remove-sure', { name: task.name })}</p>
        ) : (
          <label className="form-row">
            <span>{t('layout.name')}</span>
            <input
              className="field"
              type="text"
              maxLength={60}
              required
              autoFocus
              autoComplete="off"
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          </label>
        )}
        {isTaken && <p className="text-warn">{t('layout.replaces', { name: name.trim() })}</p>}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {t('layout.cancel')}
          </button>
          <button type="submit" className="button button-main" disabled={busy}>
            {t(`layout.do-${task.kind}`)}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
