import Big from 'big.js';
import type { AccountState, Position } from '#shared/domain/account.ts';
import type { AlertRule } from '#shared/domain/alert.ts';
import type { AlertReading } from './judge-alert.ts';

/** A mark price, and with it profit and distance, comes every second or so: what is older is not what there is now. */
const FRESH_MS = 15_000;

type PositionRule = Extract<AlertRule, { kind: 'pnl' | 'liquidation' }>;

/**
 * What the positions an alert is about come to. profit in percent: all profit ÷ all margin at entry (|quantity| × entry ÷
 * leverage) where there are several, the venue's own return where there is one. Distance: of the nearest.
 */
export function positionFigure(
  rule: PositionRule,
  state: AccountState['kind'] | undefined,
  all: readonly Position[],
  now: number,
): AlertReading {
  if (state === undefined) return { kind: 'blind', reason: 'account-gone' };
  if (state === 'connecting' || state === 'loading') return { kind: 'blind', reason: 'waiting' };
  if (state !== 'live' && state !== 'degraded') return { kind: 'blind', reason: 'account' };
  const rows = rule.kind === 'pnl' ? all.filter((row) => isOf(row, rule.currency)) : all;
  if (rows.length === 0) return { kind: 'idle', reason: 'no-position' };
  const counted =
    rule.kind === 'pnl' ? rows : rows.filter((row) => row.liquidationDistancePercent !== undefined);
  if (counted.length === 0) return { kind: 'idle', reason: 'no-liquidation' };
  const receivedAt = Math.min(...counted.map((row) => row.receivedAt));
  if (now - receivedAt > FRESH_MS) return { kind: 'blind', reason: 'stale' };
  const value = rule.kind === 'pnl' ? profitOf(counted, rule.unit) : nearest(counted);
  if (value === undefined) return { kind: 'blind', reason: 'waiting' };
  return { kind: 'known', value, receivedAt, isLate: state === 'degraded' };
}

function isOf({ instrument }: Position, currency: string): boolean {
  return instrument.slice(instrument.lastIndexOf(':') + 1).split('-')[1] === currency;
}

function profitOf(rows: readonly Position[], unit: 'currency' | 'percent'): number | undefined {
  const profit = rows.reduce((sum, row) => sum.plus(row.unrealisedPnl), new Big(0));
  if (unit === 'currency') return profit.toNumber();
  const [only] = rows;
  if (rows.length === 1 && only?.returnPercent !== undefined) return Number(only.returnPercent);
  let margin = new Big(0);
  for (const { quantity, entryPrice, leverage } of rows) {
    if (leverage === undefined || !new Big(leverage).gt(0)) return undefined;
    margin = margin.plus(new Big(quantity).abs().times(entryPrice).div(leverage));
  }
  return margin.gt(0) ? profit.times(100).div(margin).toNumber() : undefined;
}

function nearest(rows: readonly Position[]): number {
  return Math.min(...rows.map((row) => Number(row.liquidationDistancePercent)));
}
