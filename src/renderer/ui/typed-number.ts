import { grouped } from './format-number.ts';

/** Longer than any number anybody means; a file pasted by mistake is not looked through. */
const LONGEST = 40;

/** Plain decimal text, also half typed: nothing yet, `12.`, `.5`. */
const PLAIN = /^(?:\d+\.?\d*|\.\d*)?$/;
const SIGNED = /^-?(?:\d+\.?\d*|\.\d*)?$/;
/** In threes, by comma, space or apostrophe; `0,050` groups nothing, and read without its comma would be fifty times as much. */
const GROUPED = /^(-?)([1-9]\d{0,2}(?:([, '’])\d{3})(?:\3\d{3})*)(\.\d*)?$/;
const MONEY_MARK = /^(?:\p{Sc}|KRW|USDT|USDC|USD)\s*|\s*(?:\p{Sc}|원|KRW|USDT|USDC|USD)$/giu;

/** What came of an edit: plain decimal text, or the text as it stands where that is no number. */
export interface TypedNumber {
  readonly text: string;
  readonly isNumber: boolean;
}

/** What a field shows after an edit, and how it came about. */
export interface NumberEdit {
  readonly shown: string;
  /** Where the caret is after it, in characters of `shown`. */
  readonly caret: number;
  /** What was put in before the caret, where the browser says so (`InputEvent.data`). */
  readonly inserted: string | null;
  /** Nothing was put in, something was taken away. */
  readonly isDeletion: boolean;
  /** What stood there before was a number, so that its commas are the field's own. */
  readonly wasNumber: boolean;
  /** Below zero is a number too. */
  readonly isSigned: boolean;
}

/** Full-width digits, commas and points as their plain ones, and each kind of minus as the one of a keyboard. */
function plainCharacters(text: string): string {
  return text.normalize('NFKC').replaceAll(/[−–‐‑]/g, '-');
}

export function isPlainNumber(text: string, isSigned: boolean): boolean {
  return (isSigned ? SIGNED : PLAIN).test(text);
}

function readWhole(raw: string, isSigned: boolean): TypedNumber {
  const text = plainCharacters(raw).trim();
  if (isPlainNumber(text, isSigned)) return { text, isNumber: true };
  const [, sign = '', whole = '', separator = '', fraction = ''] = GROUPED.exec(text) ?? [];
  if (whole === '' || (sign !== '' && !isSigned)) return { text: raw, isNumber: false };
  return { text: sign + whole.replaceAll(separator, '') + fraction, isNumber: true };
}

/**
 * What an edit means. Commas the field put there are taken out again; commas a person types only count where the whole
 * text is grouped in threes, as `0,05` read without its comma would be a hundred times as much. Such text is left standing
 * as typed: a character silently left out would make another number of it.
 */
export function readEdit(edit: NumberEdit): TypedNumber {
  const { shown, caret, inserted, isSigned } = edit;
  if (!edit.wasNumber) return readWhole(shown, isSigned);
  if (edit.isDeletion) return joined(shown, shown.replaceAll(',', ''), isSigned);
  if (inserted === null || shown.slice(caret - inserted.length, caret) !== inserted) {
    return readWhole(shown, isSigned);
  }
  const before = shown.slice(0, caret - inserted.length).replaceAll(',', '');
  const after = shown.slice(caret).replaceAll(',', '');
  if (before === '' && after === '') return readWhole(inserted, isSigned);
  return joined(shown, before + plainCharacters(inserted) + after, isSigned);
}

function joined(shown: string, text: string, isSigned: boolean): TypedNumber {
  return isPlainNumber(text, isSigned) ? { text, isNumber: true } : { text: shown, isNumber: false };
}

/**
 * A number from the clipboard as plain decimal text, digit for digit: `'₩1,000'` → `'1000'`, `'１２３'` → `'123'`. `undefined`
 * where it is none, or where it could be two: `1,5`, `1.000,5`, `1e5`.
 */
export function readPasted(raw: string, isSigned: boolean): string | undefined {
  if (raw.length > LONGEST) return undefined;
  const text = plainCharacters(raw).trim().replaceAll(MONEY_MARK, '').trim();
  const { text: plain, isNumber } = readWhole(text, isSigned);
  if (!isNumber || !/\d/.test(plain)) return undefined;
  const [, sign = '', whole = '', fraction = ''] = /^(-?)0*(\d*)(?:\.(\d*))?$/.exec(plain) ?? [];
  return `${sign}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A field's text: plain decimal text in groups of three, all else as it is. Never another number than `text`. */
export function showTyped(text: string): string {
  const [, sign = '', digits = ''] = /^(-?)([1-9]\d{3,}(?:\.\d*)?)$/.exec(text) ?? [];
  return digits === '' ? text : sign + grouped(digits);
}

/** Where the caret belongs in `shown` for as many characters before it, commas not counted, as in `edited` before `caret`. */
export function caretIn(shown: string, edited: string, caret: number, isForward: boolean): number {
  let left = edited.slice(0, caret).replaceAll(',', '').length;
  let at = 0;
  while (left > 0 && at < shown.length) {
    if (shown[at] !== ',') left -= 1;
    at += 1;
  }
  // Deleting forwards, it would otherwise stand before the comma for ever.
  return isForward && shown[at] === ',' ? at + 1 : at;
}
