import { machineTime, zoneOffsetSeconds } from '../../../ui/format-time.ts';

/** A time as the browser's own field takes it, on the clock the settings chose: `2026-03-01T14:02`. */
export function toLocalText(time: number): string {
  if (!Number.isFinite(time)) return '';
  return machineTime(time + zoneOffsetSeconds(time) * 1_000).slice(0, 16);
}

/** ms epoch; `undefined` for anything but a time after 1970. */
export function fromLocalText(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?$/.test(text)) return undefined;
  const wall = Date.parse(`${text.length === 10 ? `${text}T00:00` : text}Z`);
  if (!Number.isFinite(wall)) return undefined;
  const time = wall - zoneOffsetSeconds(wall) * 1_000;
  return time >= 0 ? time : undefined;
}
