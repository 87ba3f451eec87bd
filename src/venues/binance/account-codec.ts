import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { parseExactJson } from '#shared/base/exact-json.ts';
import { textOfUtf8 } from '#shared/base/utf8.ts';
import * as wire from '#shared/base/wire.ts';
import { digits, epochMs } from '#shared/base/wire-number.ts';
import * as signed from '#shared/base/wire-signed.ts';
import type { FillReport, OrderReport } from '#shared/domain/order.ts';
import type { AccountDecoded, DecodeAccount } from '../account.ts';
import { list, object, objects } from './account-answer.ts';
import {
  becameOrder,
  instrumentIn,
  isPostOnly,
  legOf,
  sideOf,
  signedQuantity,
  successorOf,
  timeInForceOf,
  typeOf,
  venueAlgoStatus,
} from './account-rows.ts';
import { algoStatusOf, statusOf } from './account-status.ts';

/** Rows of the coin-margined market come on the same socket since 2026. */
const COIN_MARGINED = 2;

/** Frames of the private route → what they mean: the fact sheet, section 5. Needs no memory. Never throws. */
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
    // `/private/stream` wraps what `/private/ws` sends bare.
    const event = wire.isWireObject(parsed['data']) && 'stream' in parsed ? parsed['data'] : parsed;
    try {
      return readEvent(event);
    } catch (fault) {
      if (!(fault instanceof HeartlineError)) throw fault;
      return [failureOf(event['e'], fault), ...mending(event['e'])];
    }
  };
}

/** What an unreadable event would have told is read over REST instead. */
function mending(name: unknown): readonly AccountDecoded[] {
  const reason = `unreadable ${wire.show(name)}`;
  switch (name) {
    case 'ORDER_TRADE_UPDATE':
    case 'ALGO_UPDATE':
      return [{ kind: 'reread', what: 'orders', reason }];
    case 'ACCOUNT_UPDATE':
      return [
        { kind: 'reread', what: 'balances', reason },
        { kind: 'reread', what: 'positions', reason },
      ];
    case 'ACCOUNT_CONFIG_UPDATE':
      return [{ kind: 'reread', what: 'positions', reason }];
    default:
      return [];
  }
}

function failureOf(name: unknown, fault: HeartlineError): AccountDecoded {
  const reason = `${wire.show(name)}: ${messageOf(fault)}`;
  return fault.code === 'order.status-unknown'
    ? { kind: 'failed', reason, isAlarming: true }
    : failed(reason);
}

function readEvent(event: wire.WireObject): readonly AccountDecoded[] {
  if (event['st'] === COIN_MARGINED) return [ignored('of the coin-margined market')];
  switch (event['e']) {
    case 'ORDER_TRADE_UPDATE':
      return readOrderEvent(event);
    case 'ALGO_UPDATE':
      return readAlgoEvent(event);
    case 'ACCOUNT_UPDATE':
      return readAccountEvent(event);
    case 'ACCOUNT_CONFIG_UPDATE':
      return [readConfigEvent(event)];
    case 'MARGIN_CALL':
      return [{ kind: 'reread', what: 'positions', reason: 'margin call' }];
    case 'listenKeyExpired':
      return [{ kind: 'token-expired' }];
    case 'TRADE_LITE':
      // The same fill a moment earlier, without fee, profit and total: whoever took it would drop the whole one as a repeat.
      return [ignored('TRADE_LITE: ORDER_TRADE_UPDATE tells it whole')];
    case undefined:
      return [ignored('no event')];
    default:
      return [ignored(`event ${wire.show(event['e'])}`)];
  }
}

function readOrderEvent(event: wire.WireObject): readonly AccountDecoded[] {
  const row = object(event['o']);
  if (row['st'] === COIN_MARGINED) return [ignored('of the coin-margined market')];
  const venueTime = epochMs(event, 'T');
  const order = readStreamOrder(row, venueTime);
  // A fill is an execution of the kind TRADE with an id; whatever else brings `l` and `L` repeats one.
  if (row['x'] !== 'TRADE' || row['t'] === 0 || row['t'] === '0') return [{ kind: 'order', order }];
  return [
    { kind: 'order', order },
    { kind: 'fill', fill: readStreamFill(row, order) },
  ];
}

function readStreamOrder(row: wire.WireObject, venueTime: number): OrderReport {
  const clientOrderId = signed.textIfAny(row, 'c');
  const price = signed.signedTextUnlessZero(row, 'p');
  const triggerPrice = signed.signedTextUnlessZero(row, 'sp');
  const quantity = signed.signedTextUnlessZero(row, 'q');
  const averagePrice = signed.signedTextUnlessZero(row, 'ap');
  return {
    instrument: instrumentIn(row, 's'),
    venueOrderId: digits(row, 'i'),
    ...(clientOrderId !== undefined && { clientOrderId }),
    side: sideOf(row['S']),
    type: typeOf(row['o']),
    timeInForce: timeInForceOf(row['f']),
    status: statusOf(row['X']),
    venueStatus: endedBy(row['X'], row['er']),
    ...(price !== undefined && { price }),
    ...(triggerPrice !== undefined && { triggerPrice }),
    ...(quantity !== undefined && { quantity }),
    filledQuantity: wire.decimalText(row, 'z'),
    ...(averagePrice !== undefined && { averagePrice }),
    reduceOnly: row['R'] === true || row['cp'] === true,
    postOnly: isPostOnly(row['f']),
    venueTime,
    isConditional: false,
  };
}

/** `EXPIRED er 5`: with the venue's number of why it expired. */
function endedBy(word: unknown, reason: unknown): string {
  return /^[1-9]\d{0,2}$/.test(String(reason)) ? `${word} er ${reason}` : String(word);
}

function readStreamFill(row: wire.WireObject, order: OrderReport): FillReport {
  const feeCurrency = signed.textIfAny(row, 'N');
  const fee = signed.signedTextIfAny(row, 'n');
  const realisedPnl = signed.signedTextIfAny(row, 'rp');
  return {
    id: digits(row, 't'),
    instrument: order.instrument,
    venueOrderId: order.venueOrderId,
    ...(order.clientOrderId !== undefined && { clientOrderId: order.clientOrderId }),
    side: order.side,
    price: wire.decimalText(row, 'L'),
    quantity: wire.decimalText(row, 'l'),
    ...(fee !== undefined && { fee }),
    ...(feeCurrency !== undefined && { feeCurrency }),
    isMaker: wire.flag(row, 'm'),
    ...(realisedPnl !== undefined && { realisedPnl }),
    venueTime: epochMs(row, 'T'),
  };
}

function readAlgoEvent(event: wire.WireObject): readonly AccountDecoded[] {
  const row = object(event['o']);
  if (row['st'] === COIN_MARGINED) return [ignored('of the coin-margined market')];
  const clientOrderId = signed.textIfAny(row, 'caid');
  const price = signed.signedTextUnlessZero(row, 'p');
  const triggerPrice = signed.signedTextUnlessZero(row, 'tp');
  const quantity = signed.signedTextUnlessZero(row, 'q');
  const filled = signed.signedTextUnlessZero(row, 'aq');
  const averagePrice = signed.signedTextUnlessZero(row, 'ap');
  return [
    {
      kind: 'order',
      order: {
        instrument: instrumentIn(row, 's'),
        venueOrderId: digits(row, 'aid'),
        ...(clientOrderId !== undefined && { clientOrderId }),
        side: sideOf(row['S']),
        type: typeOf(row['o']),
        timeInForce: timeInForceOf(row['f']),
        status: algoStatusOf(row['X'], successorOf(row['ai'], filled, quantity)),
        venueStatus: venueAlgoStatus(row['X'], row['ai']),
        ...(price !== undefined && { price }),
        ...(triggerPrice !== undefined && { triggerPrice }),
        ...(quantity !== undefined && { quantity }),
        filledQuantity: filled ?? '0',
        ...(filled !== undefined && averagePrice !== undefined && { averagePrice }),
        reduceOnly: row['R'] === true || row['cp'] === true,
        postOnly: isPostOnly(row['f']),
        venueTime: epochMs(event, 'T'),
        isConditional: true,
        ...becameOrder(row['ai']),
      },
    },
  ];
}

/** Wallets and positions that changed. How much of a wallet is free is never said here. */
function readAccountEvent(event: wire.WireObject): readonly AccountDecoded[] {
  const account = object(event['a']);
  const venueTime = epochMs(event, 'T');
  const balances = rowsOf(account, 'B').map<AccountDecoded>((row) => ({
    kind: 'balance',
    balance: { currency: wire.text(row, 'a'), total: signed.signedText(row, 'wb') },
    venueTime,
  }));
  const positions = rowsOf(account, 'P').map<AccountDecoded>((row) => {
    const leg = legOf(row['ps']);
    const marginMode = row['mt'] === 'isolated' || row['mt'] === 'cross' ? row['mt'] : undefined;
    return {
      kind: 'position',
      position: {
        instrument: instrumentIn(row, 's'),
        leg,
        quantity: signedQuantity(signed.signedText(row, 'pa'), leg),
        entryPrice: signed.signedText(row, 'ep'),
        unrealisedPnl: signed.signedText(row, 'up'),
        ...(marginMode !== undefined && { marginMode }),
      },
      venueTime,
    };
  });
  const reason = `account update ${wire.show(account['m'])}`;
  return [...balances, ...positions, { kind: 'reread', what: 'balances', reason }];
}

/** Only what changed is there. */
function rowsOf(account: wire.WireObject, key: 'B' | 'P'): readonly wire.WireObject[] {
  return account[key] === undefined ? [] : objects(list(account[key]));
}

function readConfigEvent(event: wire.WireObject): AccountDecoded {
  if (event['ac'] === undefined) {
    return { kind: 'reread', what: 'balances', reason: 'margin is counted another way' };
  }
  const row = object(event['ac']);
  return {
    kind: 'setting',
    instrument: instrumentIn(row, 's'),
    leverage: digits(row, 'l'),
    venueTime: epochMs(event, 'T'),
  };
}

function ignored(reason: string): AccountDecoded {
  return { kind: 'ignored', reason };
}

function failed(reason: string): AccountDecoded {
  return { kind: 'failed', reason };
}
