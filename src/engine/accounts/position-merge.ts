import Big from 'big.js';
import type { AccountId, FigureSource, Position } from '#shared/domain/account.ts';
import type { PositionReport, PositionSetting } from '#venues/account.ts';
import type { LastWord } from './newest-wins.ts';
import { positionFigures } from './position-figures.ts';

export interface HeldPosition {
  /** Absent: closed. */
  readonly row?: Position;
  /** Held for it, in quote, where the venue tells. */
  readonly margin?: string;
  readonly last: LastWord;
  /** Serial of the streamed event that told it last; 0: only REST did. */
  readonly told: number;
}

/**
 * The venue's word about one position. Streams leave some figures out: those of the position as it was stand in, as
 * long as they can (`isIncomplete`: they cannot for long, and the whole has to be read over REST).
 */
export function mergePosition(
  held: HeldPosition | undefined,
  report: PositionReport,
  setting: Partial<PositionSetting> | undefined,
  telling: {
    readonly account: AccountId;
    readonly source: FigureSource;
    readonly receivedAt: number;
    readonly told: number;
    readonly last: LastWord;
  },
): { readonly held: HeldPosition; readonly isIncomplete: boolean } {
  const { account, source, receivedAt, told, last } = telling;
  const quantity = new Big(report.quantity);
  if (quantity.eq(0)) return { held: { last, told }, isIncomplete: false };
  // A position that changed sides is another one: of the old one's entry and liquidation nothing is left.
  const before = held?.row && new Big(held.row.quantity).s === quantity.s ? held.row : undefined;
  const isUnmoved = before !== undefined && quantity.eq(before.quantity);
  const entryPrice = report.entryPrice ?? before?.entryPrice;
  // A position nobody knows the entry of cannot be shown: it is read anew at once.
  if (entryPrice === undefined) return { held: { last, told }, isIncomplete: true };
  const leverage = report.leverage ?? setting?.leverage ?? held?.row?.leverage;
  const marginMode = report.marginMode ?? setting?.marginMode ?? held?.row?.marginMode;
  const markPrice = report.markPrice ?? held?.row?.markPrice;
  const liquidationPrice =
    report.liquidationPrice ?? (source === 'stream' ? before?.liquidationPrice : undefined);
  const margin = report.margin ?? (isUnmoved ? held?.margin : undefined);
  const figures = positionFigures(
    { leg: report.leg, quantity: report.quantity, entryPrice, markPrice, leverage, liquidationPrice, margin },
    report.unrealisedPnl,
  );
  const row: Position = {
    account,
    instrument: report.instrument,
    leg: report.leg,
    quantity: report.quantity,
    entryPrice,
    unrealisedPnl: '0',
    ...figures,
    ...(markPrice !== undefined && { markPrice }),
    ...(leverage !== undefined && { leverage }),
    ...(marginMode !== undefined && { marginMode }),
    ...(liquidationPrice !== undefined && { liquidationPrice }),
    isEstimated: false,
    source,
    receivedAt,
  };
  const lacksPnl = figures.unrealisedPnl === undefined;
  const lacksLiquidation = !isUnmoved && report.liquidationPrice === undefined && source === 'stream';
  return {
    held: { row, ...(margin !== undefined && { margin }), last, told },
    isIncomplete: lacksPnl || lacksLiquidation,
  };
}

/** Leverage (and margin mode) changed: of positions that stand as well. */
export function withSetting(
  positions: ReadonlyMap<string, HeldPosition>,
  { instrument, leverage, marginMode }: Partial<PositionSetting>,
): ReadonlyMap<string, HeldPosition> {
  const changed = [...positions].flatMap(([name, held]): [string, HeldPosition][] => {
    const { row } = held;
    if (row?.instrument !== instrument || row === undefined) return [];
    const next: Position = {
      ...row,
      ...(leverage !== undefined && { leverage }),
      ...(marginMode !== undefined && { marginMode }),
    };
    if (next.leverage === row.leverage && next.marginMode === row.marginMode) return [];
    const { returnPercent } = positionFigures({ ...next, margin: held.margin }, next.unrealisedPnl);
    return [[name, { ...held, row: { ...next, ...(returnPercent !== undefined && { returnPercent }) } }]];
  });
  return changed.length === 0 ? positions : new Map([...positions, ...changed]);
}

/** Equal in what only trading changes; prices move by themselves. */
export function samePosition(a: Position, b: Position): boolean {
  return new Big(a.quantity).eq(b.quantity) && new Big(a.entryPrice).eq(b.entryPrice);
}
