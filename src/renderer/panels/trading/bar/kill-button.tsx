import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { HeartlineError } from '#shared/base/errors.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Popover } from '../../../ui/popover.tsx';

/** Always there. One click opens it with its button under the fingers; a second one halts. Never more than that. */
export function KillButton() {
  const { t } = useTranslation();
  const { trading } = useDesk();
  const isHalted = useStore(trading.watching.store, ({ view }) => view?.halted !== undefined);
  return (
    <Popover
      label={t('kill.label')}
      buttonLabel={t('kill.label')}
      testId="kill"
      buttonClass={`button kill-button ${isHalted ? 'kill-button-halted' : ''}`}
      button={isHalted ? t('kill.button-halted') : t('kill.button')}
    >
      {(close) => <KillForm onClose={close} />}
    </Popover>
  );
}

/** Explains, and halts by its one button. */
export function KillForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { client, notices } = useDesk();
  const [busy, setBusy] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const kill = () => {
    setBusy(true);
    client
      .request('trading.kill', {})
      .then(onClose, (fault: unknown) => {
        // Whatever it was: the person has to know that nothing is halted, and where else the switch is.
        notices.show(new HeartlineError('kill.unheard', String(fault), { cause: fault }));
      })
      .finally(() => setBusy(false));
  };
  return (
    <div className="kill-form" data-testid="kill-form">
      <p>{t('kill.explained')}</p>
      <button
        ref={button}
        type="button"
        className="kill-do"
        disabled={busy}
        data-testid="kill-do"
        onClick={kill}
        onKeyDown={(event) => event.repeat && event.preventDefault()}
      >
        {t('kill.do')}
      </button>
      <button type="button" className="button" onClick={onClose}>
        {t('kill.leave')}
      </button>
    </div>
  );
}
