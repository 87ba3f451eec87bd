import type { Session } from './indicator-kinds.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The epoch was a Thursday; the first Monday after it is day 4. */
const FIRST_MONDAY = 4 * DAY;
/** Seoul has kept UTC+9 without summer time since 1988. */
const SEOUL = 9 * HOUR;

/** When the session that holds `time` began, both ms epoch. */
export function sessionStart(session: Session, time: number): number {
  if (session === 'week') return floorTo(time, 7 * DAY, FIRST_MONDAY);
  return floorTo(time, DAY, session === 'kst' ? -SEOUL : 0);
}

function floorTo(time: number, width: number, origin: number): number {
  return Math.floor((time - origin) / width) * width + origin;
}
