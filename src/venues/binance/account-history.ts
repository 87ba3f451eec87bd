import { decimalText, text, type WireObject } from '#shared/base/wire.ts';
import { epochMs } from '#shared/base/wire-number.ts';
import { isZero } from '#shared/base/wire-signed.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { type FillReport, isTerminal, type OrderReport } from '#shared/domain/order.ts';
import type { History, Page, SignedCall } from '../account.ts';
import { BUDGET, list, objects } from './account-answer.ts';
import { instrumentIn, readAlgoOrder, readFill, readOrder, readPosition } from './account-rows.ts';
import { instrumentOf, symbolOf } from './symbols.ts';

/** The venue answers ranges shorter than seven days. */
export const HISTORY_WINDOW_MS = 7 * 24 * 60 * 60_000 - 1;
const MOST_ROWS = 1_000;
const WEIGHT_OF_HISTORY = 5;

interface Range {
  readonly from: number;
  readonly to: number;
}

interface HistoryOf<Row> {
  readonly path: string;
  readonly symbol: string | undefined;
  /** What the venue goes by when it cuts a range. */
  readonly timeKey: 'time' | 'createTime';
  /** `undefined`: a row that is left out. */
  read(row: WireObject): Row | undefined;
}

/**
 * A range, in as many calls as it needs. The venue does not say which end of a range that holds too much it leaves out:
 * after a full answer both sides of what it covered are asked for. What comes twice is the same row by its id.
 */
function historyCall<Row>(of: HistoryOf<Row>, ranges: readonly [Range, ...Range[]]): SignedCall<Page<Row>> {
  const [{ from, to }, ...later] = ranges;
  return {
    method: 'GET',
    section: 'fapiPrivate',
    path: of.path,
    params: {
      ...(of.symbol !== undefined && { symbol: of.symbol }),
      startTime: from,
      endTime: to,
      limit: MOST_ROWS,
    },
    scope: BUDGET,
    weight: WEIGHT_OF_HISTORY,
    parse(body) {
      const answered = objects(list(body));
      const rows = answered.flatMap((row) => of.read(row) ?? []);
      const times = answered.map((row) => epochMs(row, of.timeKey));
      const missing = answered.length < MOST_ROWS ? [] : aside({ from, to }, times);
      const [next, ...rest] = [...missing, ...later];
      return { rows, ...(next && { next: historyCall(of, [next, ...rest]) }) };
    },
  };
}

/** What of a range lies before and after the times in an answer. */
function aside(range: Range, times: readonly number[]): readonly Range[] {
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const parts = [
    { from: range.from, to: first },
    { from: last, to: range.to },
  ].filter(({ from, to }) => from < to);
  // An answer full of a single ms cannot be cut by time: what is beyond stays unknown, as the venue tells it no other way.
  return parts.filter(({ from, to }) => to - from < range.to - range.from);
}

/** Orders of a range that ended. A conditional one that triggered is listed as the order it became. */
export function closedOrders(history: History): readonly SignedCall<Page<OrderReport>>[] {
  const range = { from: history.from, to: history.to };
  const symbol = history.instrument === undefined ? undefined : symbolOf(history.instrument);
  const regular = historyCall({ path: 'allOrders', symbol, timeKey: 'time', read: known(readOrder) }, [
    range,
  ]);
  // Conditional orders that ended are told instrument by instrument only.
  const conditional =
    symbol === undefined
      ? []
      : [
          historyCall({ path: 'allAlgoOrders', symbol, timeKey: 'createTime', read: known(readAlgoOrder) }, [
            range,
          ]),
        ];
  return [regular, ...conditional].map((call) => endedOnly(call));
}

/** Rows of instruments that follow no rule are history nobody can show: left out. */
function known<Row>(read: (row: WireObject) => Row): (row: WireObject) => Row | undefined {
  return (row) => (instrumentOf(String(row['symbol'])) === undefined ? undefined : read(row));
}

function endedOnly(call: SignedCall<Page<OrderReport>>): SignedCall<Page<OrderReport>> {
  return {
    ...call,
    parse(body, receivedAt) {
      const { rows, next } = call.parse(body, receivedAt);
      const ended = rows.filter(
        (order) => isTerminal(order.status) && !/^(?:TRIGGERED|FINISHED)\b/.test(order.venueStatus),
      );
      return { rows: ended, ...(next && { next: endedOnly(next) }) };
    },
  };
}

/**
 * Fills of a range. The venue tells them by instrument only: without one, first what was ordered in the seven days to the
 * range's end and what is held, then the fills of each of these instruments that were touched since the range began. An
 * order older than that, whose fill closed a position within the range, is not found so: ask by its instrument.
 */
export function fills(history: History): readonly SignedCall<Page<FillReport>>[] {
  if (history.instrument !== undefined) return [fillsOf(symbolOf(history.instrument), history, [])];
  return [tradedCall(history)];
}

function fillsOf(symbol: string, range: Range, later: readonly string[]): SignedCall<Page<FillReport>> {
  const call = historyCall<FillReport>(
    { path: 'userTrades', symbol, timeKey: 'time', read: known(readFill) },
    [{ from: range.from, to: range.to }],
  );
  return followedBy(call, () => {
    const [next, ...rest] = later;
    return next === undefined ? undefined : fillsOf(next, range, rest);
  });
}

/** The pages of one call, and then another call. */
function followedBy<Row>(
  call: SignedCall<Page<Row>>,
  then: () => SignedCall<Page<Row>> | undefined,
): SignedCall<Page<Row>> {
  return {
    ...call,
    parse(body, receivedAt) {
      const { rows, next } = call.parse(body, receivedAt);
      const following = next ? followedBy(next, then) : then();
      return { rows, ...(following && { next: following }) };
    },
  };
}

function tradedCall(history: History): SignedCall<Page<FillReport>> {
  const range = { from: Math.min(history.from, history.to - HISTORY_WINDOW_MS), to: history.to };
  const orders = historyCall<InstrumentId>(
    {
      path: 'allOrders',
      symbol: undefined,
      timeKey: 'time',
      read: (row) =>
        isZero(decimalText(row, 'executedQty')) || isOlder(row, history)
          ? undefined
          : instrumentOf(text(row, 'symbol')),
    },
    [range],
  );
  return gathering(orders, new Set(), history);
}

/** What was not touched since the range began has no fill in it. */
function isOlder(row: WireObject, { from }: History): boolean {
  return epochMs(row, 'updateTime') < from;
}

function gathering(
  call: SignedCall<Page<InstrumentId>>,
  found: Set<InstrumentId>,
  history: History,
): SignedCall<Page<FillReport>> {
  return {
    ...call,
    parse(body, receivedAt) {
      const { rows, next } = call.parse(body, receivedAt);
      const all = new Set([...found, ...rows]);
      return { rows: [], next: next ? gathering(next, all, history) : heldCall(all, history) };
    },
  };
}

function heldCall(found: ReadonlySet<InstrumentId>, history: History): SignedCall<Page<FillReport>> {
  return {
    method: 'GET',
    section: 'fapiPrivateV3',
    path: 'positionRisk',
    params: {},
    scope: BUDGET,
    weight: WEIGHT_OF_HISTORY,
    parse(body) {
      const held = objects(list(body))
        .filter((row) => readPosition(row).quantity !== '0' && !isOlder(row, history))
        .map((row) => instrumentIn(row, 'symbol'));
      const [first, ...later] = [...new Set([...found, ...held])].map((instrument) => symbolOf(instrument));
      return { rows: [], ...(first !== undefined && { next: fillsOf(first, history, later) }) };
    },
  };
}
