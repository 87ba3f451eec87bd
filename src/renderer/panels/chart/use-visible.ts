import { type RefObject, useEffect, useRef } from 'react';
import { isShown } from '../../ui/painter.ts';

/** Whether an element can be seen, asked and told: a chart behind a tab, or scrolled away, draws nothing. */
export interface Visibility {
  isVisible(): boolean;
  /** Called when it comes into view. */
  onShow: (() => void) | undefined;
}

export function useVisible(element: RefObject<HTMLElement | null>): Visibility {
  const state = useRef({ isSeen: true, onShow: undefined as (() => void) | undefined });
  useEffect(() => {
    const watched = element.current;
    const view = watched?.ownerDocument.defaultView;
    if (!watched || !view) return undefined;
    const observer = new view.IntersectionObserver((entries) => {
      const isSeen = entries.at(-1)?.isIntersecting ?? true;
      const came = isSeen && !state.current.isSeen;
      state.current.isSeen = isSeen;
      if (came) state.current.onShow?.();
    });
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element]);
  const handle = useRef<Visibility>(undefined);
  handle.current ??= {
    isVisible: () => state.current.isSeen && (element.current === null || isShown(element.current)),
    get onShow() {
      return state.current.onShow;
    },
    set onShow(listener) {
      state.current.onShow = listener;
    },
  };
  return handle.current;
}
