import type { Undo } from '#shared/base/emitter.ts';
import type { Desk } from '../stores/desk.ts';
import { mark } from './painter.ts';

/** How long a price stays lit, ms: with the frame that shows it put out it is never lit for more than 150. */
const LIT_MS = 120;

/** What a flash is measured and ended by. */
export interface FlashSources {
  readonly isWanted: () => boolean;
  /** Any clock that never goes back, ms. */
  readonly now: () => number;
  readonly after: (delayMs: number, run: () => void) => Undo;
}

/** An element that can be lit: a background in its direction's colour, which moves nothing. */
export type Lit = Pick<HTMLElement, 'dataset'>;

export interface PriceFlash {
  /** Lights the element if the price it shows moved since it was last seen. Another subject, or what is not fresh, is no move. */
  see(element: Lit, price: number, subject: string, isFresh: boolean): void;
  /** Puts out what has been lit for long enough. Called by the painter in each painting. */
  sweep(): void;
  readonly dispose: Undo;
}

/** Prices that light up for a moment when they change, past React; `repaint` is asked for when one is to be put out. */
export function createPriceFlash(sources: FlashSources, repaint: () => void): PriceFlash {
  const seen = new WeakMap<Lit, { readonly price: number; readonly subject: string }>();
  // In the order of their ends: all are lit equally long.
  const ends = new Map<Lit, number>();
  let wake: Undo | undefined;

  const light = (element: Lit, direction: 'up' | 'down') => {
    mark(element as HTMLElement, 'flash', direction);
    ends.delete(element);
    ends.set(element, sources.now() + LIT_MS);
    wakeUp();
  };
  const wakeUp = () => {
    const [next] = ends.values();
    if (wake !== undefined || next === undefined) return;
    wake = sources.after(Math.max(0, next - sources.now()), () => {
      wake = undefined;
      repaint();
    });
  };

  return {
    see(element, price, subject, isFresh) {
      const before = seen.get(element);
      if (before?.price === price && before.subject === subject) return;
      seen.set(element, { price, subject });
      if (before === undefined || before.subject !== subject || !isFresh || !sources.isWanted()) return;
      if (price > before.price) light(element, 'up');
      else if (price < before.price) light(element, 'down');
    },
    sweep() {
      const now = sources.now();
      for (const [element, end] of ends) {
        if (end > now) break;
        ends.delete(element);
        mark(element as HTMLElement, 'flash', undefined);
      }
      wakeUp();
    },
    dispose() {
      wake?.();
      for (const element of ends.keys()) mark(element as HTMLElement, 'flash', undefined);
      ends.clear();
    },
  };
}

/** By the person's setting, and never for one who asked the system for less motion. */
export function flashSources({ settings }: Pick<Desk, 'settings'>): FlashSources {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  return {
    isWanted: () => settings.store.getState().flash && !calm.matches,
    now: () => performance.now(),
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  };
}
