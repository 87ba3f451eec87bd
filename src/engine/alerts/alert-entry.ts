import type { Alert, AlertFigure, AlertRow, AlertStanding, IdleReason } from '#shared/domain/alert.ts';
import type { KeptAlert } from './alert-schema.ts';
import { type AlertReading, comparisonOf } from './judge-alert.ts';
import { createMoveWindow, type MoveWindow } from './move-window.ts';

/** One alert at work. */
export interface AlertEntry {
  alert: Alert;
  standing: AlertStanding;
  idle: IdleReason | undefined;
  figure: AlertFigure | undefined;
  /** Since when it has been blind in this run, wall ms: what the bound is measured from. */
  blindFrom: number | undefined;
  move: MoveWindow | undefined;
}

export function createEntry({ alert, standing }: KeptAlert): AlertEntry {
  const entry: AlertEntry = {
    alert,
    standing,
    idle: undefined,
    figure: undefined,
    blindFrom: undefined,
    move: undefined,
  };
  restartMove(entry);
  return entry;
}

/** A move is counted from here on. */
export function restartMove(entry: AlertEntry): void {
  const { rule } = entry.alert;
  entry.move = rule.kind === 'move' ? createMoveWindow(rule.withinMin * 60_000) : undefined;
}

/** Whether it is looked at, and its streams are held. */
export function isWatched({ alert, standing }: Pick<AlertEntry, 'alert' | 'standing'>): boolean {
  return !alert.isPaused && (standing.phase === 'armed' || standing.phase === 'resting');
}

/** Of a price that was read, how far it has moved; everything else as it was read. */
export function movedReading(
  { alert: { rule }, move }: AlertEntry,
  reading: AlertReading,
  now: number,
): AlertReading {
  if (rule.kind !== 'move' || !move || reading.kind !== 'known') return reading;
  move.add(now, reading.value);
  const { up, down } = move.read();
  const value = rule.when === 'up' ? up : rule.when === 'down' ? -down : Math.max(up, -down);
  // Without what halves of a bit add: 110 is ten percent above 100.
  return { ...reading, value: Math.round(value * 1e9) / 1e9 };
}

export function figureOf(
  { alert }: AlertEntry,
  reading: Extract<AlertReading, { kind: 'known' }>,
): AlertFigure {
  const { value, receivedAt, isLate } = reading;
  const { level } = comparisonOf(alert.rule);
  const distance = alert.rule.kind === 'price' ? (level / value - 1) * 100 : level - value;
  return { id: alert.id, value, receivedAt, isLate, distance };
}

export function rowOf({ alert, standing, idle }: AlertEntry): AlertRow {
  return { alert, standing, ...(idle && isWatched({ alert, standing }) && { idle }) };
}
