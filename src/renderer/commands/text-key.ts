import type { en } from '../i18n/en.ts';

/** A text of the desk, by its key. */
export type TextKey = keyof typeof en;
