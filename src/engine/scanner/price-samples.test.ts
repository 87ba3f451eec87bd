import { describe, expect, it } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createPriceSamples } from './price-samples.ts';

const BTC = instrumentId('upbit:BTC-KRW');
const ETH = instrumentId('upbit:ETH-KRW');
const MINUTE = 60_000;
const START = 1_795_000_000_000;

/** A price that is `100 + minutes since the start`, read every ten seconds. */
function sampled(forMs: number, skip: (at: number) => boolean = () => false) {
  const samples = createPriceSamples();
  let at = START;
  for (; at <= START + forMs; at += 10_000) {
    if (!skip(at)) samples.note(at, [[BTC, 100 + (at - START) / MINUTE]]);
  }
  return { samples, now: at - 10_000 };
}

describe('price samples', () => {
  it('tell moves over exactly the minutes asked for, and none before so long was sampled', () => {
    const { samples, now } = sampled(16 * MINUTE);
    const moves = [5, 15, 60].map((minutes) => samples.move(BTC, 116, now, minutes * MINUTE));
    expect(moves).toEqual([116 / 111 - 1, 116 / 101 - 1, Number.NaN]);
    expect(samples.since).toBe(START);
  });

  it('keep a whole hour, and forget what is older', () => {
    const { samples, now } = sampled(180 * MINUTE);
    expect(samples.move(BTC, 280, now, 60 * MINUTE)).toBeCloseTo(280 / 220 - 1, 10);
    expect((now - samples.since) / MINUTE).toBeGreaterThan(60);
  });

  it('say nothing of a time when nobody looked, and begin to count anew after it', () => {
    const { samples, now } = sampled(
      30 * MINUTE,
      (at) => at > START + 10 * MINUTE && at < START + 28 * MINUTE,
    );
    expect([samples.move(BTC, 130, now, 5 * MINUTE), samples.since - START]).toEqual([
      Number.NaN,
      28 * MINUTE,
    ]);
  });

  it('know no move of an instrument that was not told then, nor after a clock that was set back', () => {
    const { samples, now } = sampled(10 * MINUTE);
    samples.note(now + 30_000, [[ETH, 5]]);
    expect(samples.move(ETH, 5, now + 30_000, 5 * MINUTE)).toBeNaN();
    samples.note(START, [[BTC, 1]]);
    expect([samples.since, samples.move(BTC, 1, START + 1, 5 * MINUTE)]).toEqual([START, Number.NaN]);
  });
});
