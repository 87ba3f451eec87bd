import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import { type ClockOffset, createClockOffset } from '../net/clock-offset.ts';
import type { CcxtRest } from './ccxt-rest.ts';
import type { CcxtExchange } from './exchange.ts';
import { clockStepOf } from './stream-plan.ts';

/**
 * The exchange's clock against ours, where ccxt can ask for it: otherwise it stays unknown. `roundTrip`: one question for
 * the time and back, ms, without what it waited for its turn.
 */
export function createVenueClock(options: {
  readonly exchange: CcxtExchange;
  readonly rest: CcxtRest;
  readonly clock: Clock;
}): ClockOffset & { roundTrip(): Promise<number> } {
  const { exchange, rest, clock } = options;
  const stepMs = clockStepOf(exchange);
  const offset = createClockOffset({
    clock,
    async serverTime() {
      const { answer, waitedMs } = await rest.timed(() => exchange.fetchTime());
      if (answer === undefined) throw new HeartlineError('venue.answer', `${exchange.name} tells no time`);
      // The middle of the round trip is looked for: what was waited for here would move it by half of that. Where only
      // bounds are told, a wait makes them wider and no less true.
      return stepMs > 1 ? answer : answer - waitedMs / 2;
    },
    resolutionMs: stepMs,
  });
  const canAsk = exchange.has['fetchTime'] === true;
  return {
    get offsetMs() {
      return offset.offsetMs;
    },
    get errorMs() {
      return offset.errorMs;
    },
    start() {
      if (canAsk) offset.start();
    },
    async measureNow() {
      if (canAsk) await offset.measureNow();
    },
    async roundTrip() {
      const askedAt = clock.monotonic();
      const { waitedMs } = await rest.timed(() => exchange.fetchTime());
      return clock.monotonic() - askedAt - waitedMs;
    },
    dispose: () => offset.dispose(),
  };
}
