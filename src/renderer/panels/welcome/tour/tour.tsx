import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../ui/desk-context.ts';
import { endTour, guide } from '../guide.ts';
import { placeCard } from './place-card.ts';
import { StepBody } from './step-body.tsx';
import { TOUR } from './tour-steps.ts';
import { useTarget } from './use-target.ts';

/**
 * Four steps over the living desk, in a dialog of the browser's own: what is behind it is out of reach meanwhile, Esc ends
 * it, and the focus goes back to where it came from. The arrow keys turn the pages.
 */
export function Tour() {
  const { t } = useTranslation();
  const desk = useDesk();
  const at = useStore(guide, ({ tour }) => tour ?? 0);
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [place, setPlace] = useState({ left: 12, top: 12 });
  // The list is fixed and `at` stays within it.
  const step = TOUR[at] ?? (TOUR[0] as (typeof TOUR)[number]);
  const target = useTarget(step);
  const box = target.kind === 'found' ? target.box : undefined;

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  // What is new is what is read out.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step anew.
  useEffect(() => heading.current?.focus(), [at]);
  useLayoutEffect(() => {
    const measure = () => {
      const { offsetWidth: width = 0, offsetHeight: height = 0 } = card.current ?? {};
      const next = placeCard(box, { width, height }, { width: innerWidth, height: innerHeight });
      setPlace((before) => (before.left === next.left && before.top === next.top ? before : next));
    };
    measure();
    const resized = new ResizeObserver(measure);
    if (card.current) resized.observe(card.current);
    addEventListener('resize', measure);
    return () => {
      resized.disconnect();
      removeEventListener('resize', measure);
    };
  }, [box]);

  const end = () => endTour(desk);
  const go = (next: number) => {
    if (next >= TOUR.length) return end();
    if (next >= 0) guide.setState({ tour: next });
  };
  const turn = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowRight') {
      // Past the last page there is none: only the button ends it.
      if (at < TOUR.length - 1) go(at + 1);
    } else if (event.key === 'ArrowLeft') go(at - 1);
    else return;
    event.preventDefault();
  };
  const isLast = at === TOUR.length - 1;
  return (
    <dialog
      ref={dialog}
      className="tour"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-body`}
      data-testid="tour"
      data-step={step.id}
      data-target={target.kind === 'found' ? target.testId : target.kind}
      onKeyDown={turn}
      onClose={end}
    >
      {box ? (
        <div
          className="tour-ring"
          style={{ left: box.left, top: box.top, width: box.width, height: box.height }}
        />
      ) : (
        <div className="tour-shade" />
      )}
      <div ref={card} className="tour-card" style={place}>
        <p className="text-dim tour-count">{t('tour.count', { at: at + 1, of: TOUR.length })}</p>
        <h2 ref={heading} id={`${id}-title`} tabIndex={-1}>
          {t(`tour.${step.id}`)}
        </h2>
        <div id={`${id}-body`} className="tour-body">
          <StepBody step={step.id} />
          {target.kind === 'missing' && (
            <p className="text-warn" role="status">
              {t('tour.missing')}
            </p>
          )}
        </div>
        <div className="dialog-actions">
          {!isLast && (
            <button type="button" className="button tour-skip" data-testid="tour-skip" onClick={end}>
              {t('tour.skip')}
            </button>
          )}
          <button
            type="button"
            className="button"
            disabled={at === 0}
            data-testid="tour-back"
            onClick={() => go(at - 1)}
          >
            {t('tour.back')}
          </button>
          <button
            type="button"
            className="button button-main"
            data-testid="tour-next"
            onClick={() => go(at + 1)}
          >
            {isLast ? t('tour.end') : t('tour.next')}
          </button>
        </div>
      </div>
    </dialog>
  );
}
