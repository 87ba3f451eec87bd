import type { Freshness } from '#shared/domain/freshness.ts';
import type { Language } from '../i18n/language.ts';
import { UNKNOWN } from './format-number.ts';
import { formatAge, formatMoment } from './format-time.ts';
import { type Line, mark } from './painter.ts';

/** A value as it is read, with how far it may be believed. */
export interface Told {
  /** As it is read while it may be believed. */
  readonly text: string;
  readonly fresh: Freshness;
  /** When it arrived and what time it is now, ms epoch of the engine; without them its age has to stand beside it. */
  readonly receivedAt?: number | undefined;
  readonly now?: number | undefined;
}

/** What is shown of it: the same for every price, row and figure (styles/market.css draws it). */
export interface Shown {
  /** An em dash where nothing is known: never an old number in its place. */
  readonly text: string;
  readonly fresh: Freshness;
  /** Of a stale one, `38 s`: stands behind the number that is struck through. */
  readonly age: string | undefined;
  /** For the hover of a stale one: when it arrived. */
  readonly since: string | undefined;
}

export function showFresh({ text, fresh, receivedAt, now }: Told, language: Language): Shown {
  if (fresh === 'unknown') return { text: UNKNOWN, fresh, age: undefined, since: undefined };
  const isDated = receivedAt !== undefined && Number.isFinite(receivedAt);
  if (fresh !== 'stale' || !isDated) return { text, fresh, age: undefined, since: undefined };
  return {
    text,
    fresh,
    age: now === undefined ? undefined : formatAge(now - receivedAt, language),
    since: formatMoment(receivedAt),
  };
}

/** Whether anything may be done on the strength of it. */
export function isBelieved(fresh: Freshness): fresh is 'fresh' | 'late' {
  return fresh === 'fresh' || fresh === 'late';
}

/** Puts it on an element of class `value`, touching the document only where something changed. */
export function paintFresh(element: HTMLElement, line: Line, told: Told, language: Language): void {
  const { text, fresh, age } = showFresh(told, language);
  line.set(text);
  mark(element, 'fresh', fresh);
  mark(element, 'age', age);
}
