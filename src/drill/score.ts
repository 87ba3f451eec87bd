import type { DrillScenario, DrillScore } from '#shared/domain/drill.ts';
import type { Scenario } from './scenarios.ts';

/** What one scenario showed on one venue, measured. Times in ms since the fault (or its end); `undefined`: never. */
export interface Measured {
  readonly noticedAfterMs: number | undefined;
  readonly falseGreenMs: number;
  readonly falseGreen: readonly string[];
  readonly recoveredAfterMs: number | undefined;
  readonly gaps: readonly string[];
  readonly tradesLost: number;
  readonly doubledTrades: number;
  readonly doubledSubscriptions: number;
  /** Requests that reached the venue while it had asked for silence. */
  readonly callsInSilence: number;
}

/** False green shorter than this is the look's own coarseness. */
const GREEN_SLACK_MS = 100;

/** The verdict on one scenario at one venue. Pure. */
export function scoreOf(
  name: DrillScenario,
  venue: string,
  scenario: Scenario,
  measured: Measured,
): DrillScore {
  const faults: string[] = [];
  const { noticedAfterMs, recoveredAfterMs } = measured;
  if (scenario.noticedBy !== 'nothing') {
    const bound = scenario.noticeWithinMs ?? Number.POSITIVE_INFINITY;
    if (noticedAfterMs === undefined) faults.push('never noticed');
    else if (noticedAfterMs > bound)
      faults.push(`noticed after ${Math.round(noticedAfterMs)} ms, bound ${bound} ms`);
  }
  if (measured.falseGreenMs > GREEN_SLACK_MS)
    faults.push(
      `called live for ${Math.round(measured.falseGreenMs)} ms while it was not: ${measured.falseGreen.join(', ')}`,
    );
  if (recoveredAfterMs === undefined) faults.push(`not recovered within ${scenario.recoverWithinMs} ms`);
  else if (recoveredAfterMs > scenario.recoverWithinMs) {
    faults.push(`recovered after ${Math.round(recoveredAfterMs)} ms, bound ${scenario.recoverWithinMs} ms`);
  }
  faults.push(...measured.gaps);
  if (measured.tradesLost > 0) faults.push(`${measured.tradesLost} trades lost`);
  if (measured.doubledTrades > 0) faults.push(`${measured.doubledTrades} trades doubled`);
  if (measured.doubledSubscriptions > 0)
    faults.push(`${measured.doubledSubscriptions} subscriptions doubled`);
  if (measured.callsInSilence > 0)
    faults.push(`${measured.callsInSilence} calls while silence was asked for`);
  return {
    scenario: name,
    venue,
    passed: faults.length === 0,
    noticedAfterMs: scenario.noticedBy === 'nothing' ? Number.NaN : (noticedAfterMs ?? Number.NaN),
    falseGreenMs: Math.round(measured.falseGreenMs),
    recoveredAfterMs: recoveredAfterMs ?? Number.NaN,
    unrepairedGaps: measured.gaps.length,
    tradesLost: measured.tradesLost,
    doubledSubscriptions: measured.doubledSubscriptions,
    faults,
  };
}
