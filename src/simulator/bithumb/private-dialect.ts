import type { PrivateDialect, PrivateRequest, PrivateWanted } from '../korean/private-dialect.ts';
import { isTicket, readRequest } from '../korean/read-request.ts';
import { BITHUMB_DIALECT } from './dialect.ts';
import { assetFrame, endState, orderFrame } from './private-frames.ts';
import { errorFrame } from './requests.ts';

/** What Bithumb says in its own way on the private socket, version 2. */
export const BITHUMB_PRIVATE_DIALECT: PrivateDialect = {
  messageLimits: BITHUMB_DIALECT.messageLimits,
  tooManyMessages: BITHUMB_DIALECT.tooManyMessages,
  keyEnded: errorFrame('INVALID_AUTH'),
  read: readPrivateRequest,
  endState,
  order: orderFrame,
  assets: assetFrame,
};

function refused(name: Parameters<typeof errorFrame>[0], message?: string): PrivateRequest {
  return { kind: 'refused', errorText: errorFrame(name, message) };
}

function readPrivateRequest(text: string): PrivateRequest {
  const parts = readRequest(text);
  if (!parts) return refused('WRONG_FORMAT');
  const { ticket, format, types } = parts;
  if (!isTicket(ticket)) return refused('NO_TICKET');
  if (types.length === 0) return refused('WRONG_FORMAT');
  let wanted: PrivateWanted = { orders: undefined, assets: false };
  for (const { type, codes } of types) {
    if (typeof type !== 'string' || type === '') return refused('WRONG_FORMAT');
    if (type === 'myAsset') wanted = { ...wanted, assets: true };
    else if (type !== 'myOrder') return refused('INVALID_PARAM', `${type} 은 지원하지 않는 타입입니다.`);
    else if (codes !== undefined && !Array.isArray(codes)) return refused('WRONG_FORMAT');
    else wanted = { ...wanted, orders: new Set((codes ?? []).filter((code) => typeof code === 'string')) };
  }
  return { kind: 'subscribe', wanted, format: format === 'SIMPLE' ? 'SIMPLE' : 'DEFAULT' };
}
