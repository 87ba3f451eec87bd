import type { Answer } from '../http.ts';
import type { RestFailure } from '../rest-faults.ts';

/** The body both venues put a refusal into; of public requests the name may be a number. */
export function errorAnswer(status: number, name: string | number, message: string): Answer {
  return { status, body: JSON.stringify({ error: { name, message } }) };
}

/** What a request was charged: headers for whatever its answer will be, or the answer to one too many. */
export type Charged =
  | { readonly kind: 'taken'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'refused'; readonly answer: Answer };

/** A failure a fault asks for, in the venue's words; a `msg` that is one of its names becomes the error's name. */
export function failureAnswer(
  { status, msg, retryAfterS }: RestFailure,
  words: Readonly<Record<number, { readonly name: string; readonly message: string }>>,
  otherwise: string | number,
): Answer {
  const isName = msg !== undefined && /^[A-Za-z]+(_[a-z]+)*$/.test(msg);
  const { name, message } = words[status] ?? { name: otherwise, message: 'Error' };
  const headers: Record<string, string> =
    retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) };
  return { ...errorAnswer(status, isName ? msg : name, msg ?? message), headers };
}
