import { HeartlineError, messageOf } from '#shared/base/errors.ts';

/** What a promise rejected with, as an error that has a text for the person. */
export function asError(fault: unknown): HeartlineError {
  return fault instanceof HeartlineError
    ? fault
    : new HeartlineError('unknown', messageOf(fault), { cause: fault });
}
