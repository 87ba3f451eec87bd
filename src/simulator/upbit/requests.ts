import type { Request, Wanted } from '../korean/dialect.ts';
import {
  codesOf,
  isFormat,
  isTicket,
  readRequest,
  splitCode,
  type TypeObject,
} from '../korean/read-request.ts';
import { intervalOfType } from '../korean/stream-candles.ts';

const STANDARD_UNITS = 30;
const UNITS: readonly number[] = [1, 5, 15, 30];
const CANDLES: readonly string[] = ['1s', '1m', '3m', '5m', '10m', '15m', '30m', '60m', '240m'];
const MESSAGES = {
  INVALID_AUTH: '인증 정보가 올바르지 않습니다.',
  INVALID_PARAM: '지원하지 않는 타입 또는 값입니다.',
  NO_CODES: '마켓 코드가 존재하지 않습니다.',
  NO_TICKET: '티켓이 존재하지 않거나, 유효하지 않습니다.',
  NO_TYPE: '타입이 존재하지 않거나, 유효하지 않습니다.',
  TOO_MANY_REQUEST: '요청 수 제한을 초과했습니다.',
  WRONG_FORMAT: '요청 형식이 잘못되었습니다.',
};
type ErrorName = keyof typeof MESSAGES;

/** The error frame before the close; the order of its keys varies on the wire, so it does here. */
export function errorFrame(name: ErrorName, message: string = MESSAGES[name]): string {
  const error = name === 'INVALID_PARAM' ? { message, name } : { name, message };
  return JSON.stringify({ error });
}

function refused(name: ErrorName, message?: string): Request {
  return { kind: 'refused', errorText: errorFrame(name, message) };
}

function isType(type: string): boolean {
  if (['ticker', 'trade', 'orderbook'].includes(type)) return true;
  return intervalOfType(type) !== undefined && CANDLES.includes(type.slice('candle.'.length));
}

/** What Upbit makes of one message on the public socket. */
export function readUpbitRequest(text: string): Request {
  const parts = readRequest(text);
  if (!parts) return refused('WRONG_FORMAT');
  const { ticket, method, format, types } = parts;
  if (!isTicket(ticket)) return refused('NO_TICKET');
  if (method === 'LIST_SUBSCRIPTIONS') {
    return { kind: 'list', ticket, format: isFormat(format) ? format : undefined };
  }
  if (method !== undefined) return refused('INVALID_PARAM');
  if (types.length === 0) return refused('NO_TYPE');
  const wanted: Wanted[] = [];
  for (const one of types) {
    const { type } = one;
    if (typeof type !== 'string' || type === '') return refused('NO_TYPE');
    if (!isType(type)) return refused('INVALID_PARAM', `${type} 은 지원하지 않는 타입입니다.`);
    const codes = codesOf(one);
    if (!codes) return refused('NO_CODES');
    for (const code of codes) wanted.push(wantedBy(one, type, code));
  }
  return { kind: 'subscribe', wanted, format: isFormat(format) ? format : 'DEFAULT' };
}

function wantedBy({ fields, level }: TypeObject, type: string, named: string): Wanted {
  const { code, units } = type === 'orderbook' ? splitCode(named) : { code: named, units: undefined };
  const isOnlySnapshot = fields['is_only_snapshot'] === true;
  const isOnlyRealtime = fields['is_only_realtime'] === true;
  return {
    type,
    code,
    // A count the venue does not offer silently gives the standard one.
    units: units !== undefined && UNITS.includes(units) ? units : STANDARD_UNITS,
    level: typeof level === 'number' ? level : 0,
    isSnapshot: !isOnlyRealtime || isOnlySnapshot,
    isRealtime: !isOnlySnapshot || isOnlyRealtime,
  };
}
