import { type ComponentType, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { Position } from '#shared/domain/account.ts';
import { instrumentName } from '#shared/domain/instrument.ts';
import type { LayerShown } from '../../commands/layer.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { formatExact } from '../../ui/format-exact.ts';
import { Pending } from '../../ui/pending.tsx';
import { KillForm } from '../trading/bar/kill-button.tsx';

type Asked = Exclude<LayerShown, { readonly kind: 'palette' | 'cheat-sheet' }>;

/** The very forms the buttons open, for whoever asked by keys. */
export function OrderDialog({ shown, onClose }: { readonly shown: Asked; readonly onClose: () => void }) {
  const { t } = useTranslation();
  switch (shown.kind) {
    case 'kill':
      return <KillDialog onClose={onClose} />;
    case 'flatten':
      return (
        <Dialog title={t('flatten.title')} testId="flatten-dialog" onClose={onClose}>
          <Fetched load={loadFlatten} onClose={onClose} />
        </Dialog>
      );
    case 'close':
      return (
        <Dialog
          title={t('closing.title', { what: closed(shown.position) })}
          testId="close-dialog"
          onClose={onClose}
        >
          <Fetched load={() => loadClose(shown.position)} onClose={onClose} />
        </Dialog>
      );
  }
}

function KillDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const body = useRef<HTMLDivElement>(null);
  // After the dialog has opened and given the focus to its first button: the one that halts is to be under the fingers.
  useEffect(() => body.current?.querySelector<HTMLElement>('.kill-do')?.focus(), []);
  return (
    <Dialog title={t('kill.label')} testId="kill-dialog" onClose={onClose}>
      <div ref={body}>
        <KillForm onClose={onClose} />
      </div>
    </Dialog>
  );
}

type Form = ComponentType<{ readonly onClose: () => void }>;

const loadFlatten = async (): Promise<Form> => (await import('../accounts/holdings/flatten.tsx')).FlattenForm;

const loadClose = async (position: Position): Promise<Form> => {
  const { CloseForm } = await import('../accounts/holdings/close-position.tsx');
  return ({ onClose }) => <CloseForm position={position} onClose={onClose} />;
};

function closed({ instrument, quantity }: Position): string {
  return `${instrumentName(instrument)} ${formatExact(quantity)}`;
}

/** Its code is that of the accounts: it comes when it is wanted. */
function Fetched({ load, onClose }: { readonly load: () => Promise<Form>; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [form, setForm] = useState<{ readonly Shown: Form }>();
  const [error, setError] = useState<HeartlineError>();
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once, and again by a new attempt.
  useEffect(() => {
    let ended = false;
    setError(undefined);
    load().then(
      (Shown) => {
        if (!ended) setForm({ Shown });
      },
      (fault: unknown) => {
        if (!ended) setError(new HeartlineError('contract.unreachable', messageOf(fault), { cause: fault }));
      },
    );
    return () => {
      ended = true;
    };
  }, [attempt]);
  if (form === undefined)
    return <Pending error={error} waiting={t('view.loading')} onRetry={() => setAttempt(attempt + 1)} />;
  return <form.Shown onClose={onClose} />;
}
