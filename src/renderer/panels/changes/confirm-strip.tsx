import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** A click that comes sooner belongs to what opened the strip: the second half of a double click. */
const SETTLE_MS = 350;

interface ConfirmStripProps {
  readonly label: string;
  readonly testId: string;
  readonly doLabel: string;
  readonly side: 'buy' | 'sell';
  readonly isReady: boolean;
  readonly onDo: () => void;
  readonly onDrop: () => void;
  readonly children: ReactNode;
}

/** Exactly what would leave, and one button under the fingers: Enter or a click does it, Esc drops it. */
export function ConfirmStrip(props: ConfirmStripProps) {
  const { t } = useTranslation();
  const { isReady, onDo, onDrop } = props;
  const button = useRef<HTMLButtonElement>(null);
  const openedAt = useRef(0);
  useEffect(() => {
    // The focus goes back to where it came from, so that the keys of the ladder go on working.
    const before = document.activeElement;
    openedAt.current = performance.now();
    button.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const click = (event: MouseEvent) => {
    const isEarly = event.detail > 0 && event.timeStamp - openedAt.current < SETTLE_MS;
    if (isReady && event.detail <= 1 && !isEarly) onDo();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onDrop();
    } else if (event.repeat) event.preventDefault();
  };
  return (
    <div
      className="confirm-strip"
      role="group"
      aria-label={props.label}
      data-side={props.side}
      data-testid={props.testId}
      onKeyDown={press}
    >
      <div className="confirm-what">{props.children}</div>
      <div className="confirm-actions">
        <button
          ref={button}
          type="button"
          className="button confirm-do"
          data-side={props.side}
          aria-disabled={!isReady}
          data-testid={`${props.testId}-do`}
          onClick={click}
        >
          {props.doLabel} ⏎
        </button>
        <button type="button" className="button" data-testid={`${props.testId}-drop`} onClick={onDrop}>
          {t('amend.drop')}
        </button>
      </div>
    </div>
  );
}
