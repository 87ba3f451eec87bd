import { useEffect, useRef } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { Freshness } from '#shared/domain/freshness.ts';
import { currentLanguage } from '../i18n/i18n.ts';
import { showFresh } from './freshness.ts';
import { createLine, createPainter, mark } from './painter.ts';
import { usePanelFault } from './panel-fault.ts';

/** What a live text shows now. */
export interface Reading {
  readonly text: string;
  /** Absent: it is no value that can grow old. */
  readonly fresh?: Freshness;
  /** When it arrived and what time it is now, ms epoch of the engine: a stale one says its age then. */
  readonly receivedAt?: number | undefined;
  readonly now?: number;
  readonly move?: 'up' | 'down' | 'flat';
  readonly title?: string;
}

interface LiveTextProps {
  readonly read: () => Reading;
  /** Read again when any of these change, at most once per frame. */
  readonly wake: readonly Pick<StoreApi<unknown>, 'subscribe'>[];
  readonly className?: string;
  readonly testId?: string;
}

/** One figure that moves with the market, painted past React. */
export function LiveText({ read, wake, className = '', testId }: LiveTextProps) {
  const element = useRef<HTMLSpanElement>(null);
  const reader = useRef(read);
  // The stores live as long as the desk: those given first are the ones listened to.
  const stores = useRef(wake);
  const paintAgain = useRef<() => void>(undefined);
  const onFault = usePanelFault();
  // The latest closure is read without subscribing anew each time the panel is drawn.
  useEffect(() => {
    reader.current = read;
    paintAgain.current?.();
  });
  useEffect(() => {
    const span = element.current;
    if (!span) return undefined;
    const line = createLine(span);
    const paint = () => {
      const { text, fresh, receivedAt, now, move, title = '' } = reader.current();
      const shown =
        fresh === undefined ? undefined : showFresh({ text, fresh, receivedAt, now }, currentLanguage());
      line.set(shown?.text ?? text);
      mark(span, 'fresh', fresh);
      mark(span, 'age', shown?.age);
      mark(span, 'move', move);
      const hover = [title, shown?.since].filter(Boolean).join(' · ');
      if (span.title !== hover) span.title = hover;
    };
    const painter = createPainter(paint, onFault, span);
    const undos = [...stores.current.map((store) => store.subscribe(painter.request)), painter.dispose];
    paintAgain.current = painter.request;
    painter.request();
    return () => {
      for (const undo of undos) undo();
      span.replaceChildren();
    };
  }, [onFault]);
  return <span ref={element} className={`value ${className}`} data-testid={testId} />;
}
