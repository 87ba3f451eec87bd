import { decimalPlaces, trimDecimal } from '#shared/base/decimal.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import { tickAt } from '#shared/domain/tick-at.ts';

const PLAIN = /^\d+(?:\.\d+)?$|^\d+\.$|^\.\d+$/;

/** What is typed, as a number of units of `scale` digits; `undefined` where it is no number. */
function scaled(text: string, scale: number): bigint | undefined {
  const [whole = '', fraction = ''] = text.split('.');
  if (!PLAIN.test(text)) return undefined;
  return BigInt(`${whole === '' ? '0' : whole}${fraction.padEnd(scale, '0')}`);
}

function textOf(value: bigint, scale: number): string {
  const digits = String(value).padStart(scale + 1, '0');
  if (scale === 0) return digits;
  return trimDecimal(`${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
}

function scaleOf(text: string, step: string): number {
  return Math.max(decimalPlaces(text), decimalPlaces(step));
}

/**
 * Decimal text `steps` of `step` further, exactly; one that lies between two steps goes to the next of them first. Never
 * below nought. Text that is no number begins at nought.
 */
export function stepDecimal(text: string, step: string, steps: number): string {
  const from = PLAIN.test(text) ? text : '0';
  const scale = scaleOf(from, step);
  const value = scaled(from, scale) ?? 0n;
  const unit = scaled(step, scale) ?? 0n;
  if (unit === 0n) return from;
  const rest = value % unit;
  const by = BigInt(Math.trunc(steps));
  // Down from between two steps, the step below is the first one.
  const base = rest === 0n || by > 0n ? value - rest : value - rest + unit;
  const next = base + by * unit;
  return textOf(next < 0n ? 0n : next, scale);
}

/** The step for prices just below this one: where a band begins, that of the band under it. */
function tickBelow(instrument: Pick<Instrument, 'tickSize' | 'tickBands'>, price: string): string {
  const value = Number(price);
  return instrument.tickBands?.findLast(({ from }) => Number(from) < value)?.tick ?? instrument.tickSize;
}

/** A price so many ticks further, each of the band it is in by then: from 100 won down comes 99.9, up comes 101. */
export function stepPrice(
  instrument: Pick<Instrument, 'tickSize' | 'tickBands'>,
  text: string,
  ticks: number,
): string {
  let price = PLAIN.test(text) ? text : '0';
  const direction = Math.sign(ticks);
  for (let done = 0; done < Math.abs(ticks); done += 1) {
    const tick = direction > 0 ? tickAt(instrument, Number(price)) : tickBelow(instrument, price);
    price = stepDecimal(price, tick, direction);
  }
  return price;
}

/** The price on the instrument's tick that is nearest to a point of the screen. For prices a person points at. */
export function nearestPrice(
  instrument: Pick<Instrument, 'tickSize' | 'tickBands'>,
  price: number,
): string | undefined {
  if (!Number.isFinite(price) || price <= 0) return undefined;
  const tick = tickAt(instrument, price);
  const steps = Math.round(price / Number(tick));
  const scale = decimalPlaces(tick);
  return textOf(BigInt(steps) * (scaled(tick, scale) ?? 0n), scale);
}
