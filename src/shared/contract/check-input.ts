import type { z } from 'zod';
import { HeartlineError } from '../base/errors.ts';

const MAX_TEXT = 400;

/** What came in, checked and transformed. Throws `HeartlineError('input.invalid')` naming what is wrong where. */
export function checkInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const checked = schema.safeParse(input);
  if (checked.success) return checked.data;
  const text = checked.error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');
  const reason = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  throw new HeartlineError('input.invalid', reason, { details: { reason } });
}
