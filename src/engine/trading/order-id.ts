import { randomBytes } from 'node:crypto';
import type { Clock } from '#shared/base/clock.ts';
import { systemClock } from '#shared/base/system-clock.ts';

/** Base 36: enough for the ms of the next 2800 years, and for 64 bits. */
const TIME_DIGITS = 9;
const CHANCE_DIGITS = 13;
const CHANCE_BYTES = 8;

/**
 * A client order id nobody has used: 23 characters of `[a-z0-9]`, which all four venues take (the narrowest that is written
 * down is Binance's, at most 36 of a wider set: the fact sheet, section 6). Sorts by the wall time it was minted at; 64 bits of the system's randomness make it the only one, also
 * when the clock is set back or two Heartlines trade on one account.
 */
export function mintOrderId(
  clock: Pick<Clock, 'now'> = systemClock,
  chance: (bytes: number) => Uint8Array = randomBytes,
): string {
  const time = Math.trunc(clock.now()).toString(36).padStart(TIME_DIGITS, '0');
  let bits = 0n;
  for (const byte of chance(CHANCE_BYTES)) bits = bits * 256n + BigInt(byte);
  // A letter first: no reader takes it for a number.
  return `h${time}${bits.toString(36).padStart(CHANCE_DIGITS, '0')}`;
}
