import {
  defaultHorzScaleBehavior,
  type TickMarkWeightValue,
  type Time,
  type TimeScalePoint,
} from 'lightweight-charts';
import { zoneOffsetSeconds } from '../../ui/format-time.ts';

type Weighed = { -readonly [Key in keyof TimeScalePoint]: TimeScalePoint[Key] };

/** Seconds that read in UTC as `time` (seconds) reads on the clock the settings chose. */
function wallSeconds(time: number): number {
  return time + zoneOffsetSeconds(time * 1_000);
}

/**
 * The library's time scale marks days and hours in UTC. This one weighs each point by the clock chosen, so that the
 * strong marks stand at the midnight the person reads; the points themselves stay true.
 */
export class LocalTimeScale extends defaultHorzScaleBehavior() {
  override fillWeightsForPoints(points: readonly Weighed[], startIndex: number): void {
    const from = Math.max(0, startIndex - 1);
    const local = points.slice(from).map((point): Weighed => {
      const time = wallSeconds(point.originalTime as number) as Time;
      return {
        timeWeight: 0 as TickMarkWeightValue,
        originalTime: time,
        time: this.convertHorzItemToInternal(time),
      };
    });
    super.fillWeightsForPoints(local, startIndex - from);
    for (let index = startIndex; index < points.length; index += 1) {
      const point = points[index];
      const weighed = local[index - from];
      if (point && weighed) point.timeWeight = weighed.timeWeight;
    }
  }
}
