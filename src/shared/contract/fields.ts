import { z } from 'zod';
import { type AccountId, accountId } from '../domain/account.ts';
import { type InstrumentId, instrumentId, type VenueId, venueId } from '../domain/instrument.ts';
import { INTERVALS } from '../domain/interval.ts';
import { parseStreamKey, type StreamKey } from '../domain/stream-key.ts';

/** Fields of inputs that come in many of them. */
export const instrument = z
  .string()
  .max(80)
  .transform((text, context): InstrumentId => {
    try {
      return instrumentId(text);
    } catch {
      context.addIssue({ code: 'custom', message: `not an instrument id: ${text}` });
      return z.NEVER;
    }
  });
// Venues and accounts stand beside keys: what was put in the wrong field is not repeated.
export const venue = z
  .string()
  .max(40)
  .transform((text, context): VenueId => {
    try {
      return venueId(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'not a venue id' });
      return z.NEVER;
    }
  });
export const interval = z.enum(INTERVALS);

/** ms epoch, up to the year 2200. */
export const wallTime = z.number().int().min(0).max(7_258_118_400_000);
/** `streamKeyText` of a stream. */
export const streamText = z
  .string()
  .max(120)
  .transform((text, context): StreamKey => {
    try {
      return parseStreamKey(text);
    } catch {
      context.addIssue({ code: 'custom', message: `not a stream: ${text}` });
      return z.NEVER;
    }
  });
export const account = z
  .string()
  .max(60)
  .transform((text, context): AccountId => {
    try {
      return accountId(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'not an account id' });
      return z.NEVER;
    }
  });
/** One half of a key as a person pastes it: printable, and never echoed. */
export const keyText = z
  .string()
  .trim()
  .min(8)
  .max(4096)
  .regex(/^[\x21-\x7E]+$/, 'printable ASCII without spaces');
