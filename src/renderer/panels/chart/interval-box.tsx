import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../ui/desk-context.ts';
import { isDigitKey, isTyping } from '../../ui/keyboard.ts';
import { useIntervals } from './interval-switch.tsx';
import { parseInterval } from './parse-interval.ts';

/** Digits or a comma typed outside a field change the interval: `15`, Enter. */
export function IntervalBox() {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const available = useIntervals();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState('');

  useEffect(() => {
    const begin = (event: KeyboardEvent) => {
      const comma = event.code === 'Comma' && !event.ctrlKey && !event.metaKey && !event.altKey;
      if ((!comma && !isDigitKey(event)) || isTyping(event.target) || dialog.current?.open) return;
      event.preventDefault();
      setTyped(comma ? '' : event.code.replace(/\D/g, ''));
      dialog.current?.showModal();
    };
    window.addEventListener('keydown', begin);
    return () => window.removeEventListener('keydown', begin);
  }, []);

  const parsed = parseInterval(typed);
  const interval = parsed !== undefined && available.includes(parsed) ? parsed : undefined;
  const apply = () => {
    if (interval === undefined) return;
    settings.change({ interval });
    dialog.current?.close();
  };
  return (
    <dialog
      ref={dialog}
      className="interval-box"
      aria-label={t('interval.title')}
      data-testid="interval-box"
      // A click on the backdrop is a click on the dialog itself.
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) dialog.current?.close();
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <label>
          <span className="text-dim">{t('interval.title')}</span>
          <input
            className="field"
            type="text"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <p aria-live="polite" className={interval || typed === '' ? 'text-dim' : 'text-warn'}>
          {typed === '' && t('interval.hint')}
          {typed !== '' && interval !== undefined && t(`interval.${interval}`)}
          {typed !== '' && interval === undefined && t('interval.none', { typed })}
        </p>
      </form>
    </dialog>
  );
}
