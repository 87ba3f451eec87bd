import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { parseExactJson } from '#shared/base/exact-json.ts';
import { textOfUtf8 } from '#shared/base/utf8.ts';
import * as wire from '#shared/base/wire.ts';
import type { AccountDecoded, DecodeAccount } from '../account.ts';
import { readFill, readOrder, readPosition, readWallets } from './account-rows.ts';
import { type Family, isFamily } from './symbols.ts';
import { dataRows, time } from './wire-fields.ts';

/** Frames of the private socket → what they mean: the fact sheet, sections 2 and 4. Needs no memory. Never throws. */
export function createAccountDecoder(): DecodeAccount {
  return (frame) => {
    let parsed: unknown;
    try {
      parsed = parseExactJson(typeof frame === 'string' ? frame : textOfUtf8(frame));
    } catch {
      // The parser's message quotes the frame; a log line needs no more than the fact.
      return [failed('not JSON')];
    }
    if (!wire.isWireObject(parsed)) return [failed(`no object: ${wire.show(parsed)}`)];
    const { topic } = parsed;
    if (topic === undefined) return [readAnswer(parsed)];
    if (typeof topic !== 'string') return [failed(`topic is no text: ${wire.show(topic)}`)];
    const news = guarded(topic, () => readTopic(topic, parsed));
    return news.length > 0 ? news : [{ kind: 'ignored', reason: 'no rows' }];
  };
}

function readAnswer(frame: wire.WireObject): AccountDecoded {
  const { op, success } = frame;
  switch (op) {
    case 'auth':
      return success === true ? { kind: 'logged-in' } : refusedLogin(frame);
    case 'subscribe':
      return success === true ? { kind: 'ready' } : refusedLogin(frame);
    case 'pong':
    case 'ping':
      return { kind: 'pong' };
    default:
      return success === false
        ? failed(`refused: ${wire.show(wordsOf(frame))}`)
        : { kind: 'ignored', reason: `answer to ${wire.show(op)}` };
  }
}

/** Without its topics a socket is as good as not logged in. */
function refusedLogin(frame: wire.WireObject): AccountDecoded {
  const { op, retCode } = frame;
  const message = wordsOf(frame);
  const named = /\b(\d{5})\b/.exec(message)?.[1];
  return {
    kind: 'login-refused',
    venueCode: typeof retCode === 'number' ? String(retCode) : (named ?? String(op)),
    message,
  };
}

/** The venue repeats in its words the key, and what was signed with it: neither is shown, nor what looks like one. */
function wordsOf({ ret_msg: words }: wire.WireObject): string {
  if (typeof words !== 'string') return '';
  return words
    .slice(0, 2_000)
    .replaceAll(/\[[^\]]*\]?/g, '[…]')
    .replaceAll(/[a-z\d]{16,}/gi, '…')
    .slice(0, 300);
}

/** `order`, `order.linear`, `execution.spot`, `execution.fast`, `position`, `wallet`. */
function readTopic(topic: string, frame: wire.WireObject): readonly AccountDecoded[] {
  const [kind = ''] = topic.split('.', 1);
  const rows = () => dataRows(frame);
  switch (kind) {
    case 'order':
      return rows().flatMap((row) => readRow(topic, row, readOrderRow));
    case 'execution':
      return topic.startsWith('execution.fast')
        ? [{ kind: 'ignored', reason: 'execution.fast: without fee and kind' }]
        : rows().flatMap((row) => readRow(topic, row, readExecutionRow));
    case 'position':
      return rows().flatMap((row) => readRow(topic, row, readPositionRow));
    case 'wallet': {
      const venueTime = time(frame, 'creationTime');
      return readWallets(rows()).map((balance) => ({ kind: 'balance', balance, venueTime }));
    }
    default:
      return [{ kind: 'ignored', reason: `topic ${wire.show(topic)}` }];
  }
}

/** One row that cannot be read does not take the others with it. */
function readRow(
  topic: string,
  row: unknown,
  read: (row: wire.WireObject, family: Family) => AccountDecoded,
): readonly AccountDecoded[] {
  return guarded(topic, () => {
    if (!wire.isWireObject(row)) throw new wire.Misshapen(`a row is no object: ${wire.show(row)}`);
    const { category } = row;
    if (typeof category !== 'string') throw new wire.Misshapen(`category is no text: ${wire.show(category)}`);
    if (!isFamily(category)) return [{ kind: 'ignored', reason: `category ${wire.show(category)}` }];
    return [read(row, category)];
  });
}

function readOrderRow(row: wire.WireObject, family: Family): AccountDecoded {
  return { kind: 'order', order: readOrder(row, family) };
}

function readExecutionRow(row: wire.WireObject, family: Family): AccountDecoded {
  const fill = readFill(row, family);
  return fill === undefined
    ? { kind: 'ignored', reason: `execution ${wire.show(row['execType'])}` }
    : { kind: 'fill', fill };
}

function readPositionRow(row: wire.WireObject): AccountDecoded {
  return { kind: 'position', position: readPosition(row), venueTime: time(row, 'updatedTime') };
}

function guarded(topic: string, read: () => readonly AccountDecoded[]): readonly AccountDecoded[] {
  try {
    return read();
  } catch (fault) {
    if (!(fault instanceof HeartlineError)) throw fault;
    const reason = `${wire.show(topic)}: ${messageOf(fault)}`;
    const failure: AccountDecoded =
      fault.code === 'order.status-unknown' ? { kind: 'failed', reason, isAlarming: true } : failed(reason);
    return [failure, ...mending(topic)];
  }
}

/** What an unreadable row would have told is read over REST instead. */
function mending(topic: string): readonly AccountDecoded[] {
  const [kind = ''] = topic.split('.', 1);
  const reason = `unreadable ${wire.show(topic)}`;
  switch (kind) {
    case 'order':
    case 'execution':
      return [{ kind: 'reread', what: 'orders', reason }];
    case 'position':
      return [{ kind: 'reread', what: 'positions', reason }];
    case 'wallet':
      return [{ kind: 'reread', what: 'balances', reason }];
    default:
      return [];
  }
}

function failed(reason: string): AccountDecoded {
  return { kind: 'failed', reason };
}
