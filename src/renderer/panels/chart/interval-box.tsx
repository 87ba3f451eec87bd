import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { charts } from '../../commands/chart-commands.ts';
import { onKeydown } from '../../commands/windows.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { isBarePress, isChoosing, isDigitKey, isTyping } from '../../ui/keyboard.ts';
import { useIntervals } from './interval-switch.tsx';
import { parseInterval } from './parse-interval.ts';

/** Digits or a comma typed outside a field change the interval: `15`, Enter. */
export function IntervalBox({ isMine }: { readonly isMine: () => boolean }) {
  const { t } = useTranslation();
  const { focus } = useDesk();
  const available = useIntervals();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState('');

  const now = useRef({ isMine, available });
  useEffect(() => {
    now.current = { isMine, available };
  });

  useEffect(() => {
    // Of several charts the one last worked on listens.
    const isLeading = () => now.current.isMine();
    const undoOffer = charts.offer({ isLeading, focus, intervals: () => now.current.available });
    const undoKeys = onKeydown((event) => {
      const comma = event.code === 'Comma' && isBarePress(event);
      if ((!comma && !isDigitKey(event)) || isTyping(event.target) || isChoosing(event.target)) return;
      const box = dialog.current;
      if (event.defaultPrevented || event.isComposing || box === null || box.open || !isLeading()) return;
      // In a hidden desk nobody would see it, and a dialog in it would only keep the rest from being pressed.
      if (box.parentElement?.checkVisibility() !== true) return;
      if (box.ownerDocument.querySelector('dialog:modal') !== null) return;
      event.preventDefault();
      setTyped(comma ? '' : event.code.replace(/\D/g, ''));
      box.showModal();
    });
    return () => {
      undoKeys();
      undoOffer();
    };
  }, [focus]);

  const parsed = parseInterval(typed);
  const interval = parsed !== undefined && available.includes(parsed) ? parsed : undefined;
  const apply = () => {
    if (interval === undefined) return;
    focus.chooseInterval(interval);
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
