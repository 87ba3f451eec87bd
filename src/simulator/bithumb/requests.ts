import type { Request, Wanted } from '../korean/dialect.ts';
import { codesOf, isTicket, readRequest, splitCode, type TypeObject } from '../korean/read-request.ts';
import { LEVELS } from './levels.ts';

const MAX_UNITS = 15;
const TYPES: readonly string[] = ['ticker', 'trade', 'orderbook'];
const MESSAGES = {
  INVALID_AUTH: '인증 정보가 올바르지 않습니다.',
  INVALID_PARAM: '지원하지 않는 값입니다.',
  NO_TICKET: '티켓이 존재하지 않거나, 유효하지 않습니다.',
  WRONG_FORMAT: '요청 형식이 잘못되었습니다.',
};

/** The error frame before the close. */
export function errorFrame(name: keyof typeof MESSAGES, message: string = MESSAGES[name]): string {
  return JSON.stringify({ error: { name, message } });
}

function refused(name: keyof typeof MESSAGES, message?: string): Request {
  return { kind: 'refused', errorText: errorFrame(name, message) };
}

/** What Bithumb makes of one message on the public socket. */
export function readBithumbRequest(text: string): Request {
  const parts = readRequest(text);
  if (!parts) return refused('WRONG_FORMAT');
  const { ticket, format, types } = parts;
  if (!isTicket(ticket)) return refused('NO_TICKET');
  if (types.length === 0) return refused('WRONG_FORMAT');
  const wanted: Wanted[] = [];
  for (const one of types) {
    const { type, level } = one;
    if (typeof type !== 'string' || type === '') return refused('WRONG_FORMAT');
    if (!TYPES.includes(type)) return refused('INVALID_PARAM', `${type} 은 지원하지 않는 타입입니다.`);
    const codes = codesOf(one);
    if (!codes) return refused('INVALID_PARAM');
    if (level !== undefined && !(LEVELS as readonly unknown[]).includes(level))
      return refused('WRONG_FORMAT');
    for (const code of codes) wanted.push(wantedBy(one, type, code));
  }
  // A format that is none, and the list formats, which are not documented here, mean the standard one.
  return { kind: 'subscribe', wanted, format: format === 'SIMPLE' ? 'SIMPLE' : 'DEFAULT' };
}

function wantedBy({ fields, level }: TypeObject, type: string, named: string): Wanted {
  const { code, units } = type === 'orderbook' ? splitCode(named) : { code: named, units: undefined };
  // The spelling with underscores, which stands in the documents, is not heard.
  const isOnlySnapshot = fields['isOnlySnapshot'] === true;
  const isOnlyRealtime = fields['isOnlyRealtime'] === true;
  return {
    type,
    code,
    units: units !== undefined && units >= 1 && units <= MAX_UNITS ? units : MAX_UNITS,
    level: typeof level === 'number' ? level : 1,
    isSnapshot: !isOnlyRealtime || isOnlySnapshot,
    isRealtime: !isOnlySnapshot || isOnlyRealtime,
  };
}
