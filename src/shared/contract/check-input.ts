import type { z } from 'zod';
import { HeartlineError } from '../base/errors.ts';

const MAX_TEXT = 400;

/** What came in, checked and transformed. Throws `HeartlineError('input.invalid')` naming what is wrong where. */
export function checkInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const checked = schema.safeParse(input);
  if (checked.success) return checked.data;
  const text = checked.error.issues
    .map((issue) => {
      const words = issue.code === 'unrecognized_keys' ? unknownFields(issue.keys) : issue.message;
      return issue.path.length === 0 ? words : `${issue.path.join('.')}: ${words}`;
    })
    .join('; ');
  const reason = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  throw new HeartlineError('input.invalid', reason, { details: { reason } });
}

/** A name as ours are; anything longer may be what was to stand in the field. */
function unknownFields(names: readonly string[]): string {
  const shown = names.map((name) => (/^[a-z]{1,16}$/i.test(name) ? name : '…'));
  return `there is no field ${shown.join(', ')}`;
}
