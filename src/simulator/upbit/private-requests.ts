import type { PrivateRequest, PrivateWanted } from '../korean/private-dialect.ts';
import { isFormat, isTicket, readRequest } from '../korean/read-request.ts';
import { errorFrame } from './requests.ts';

type ErrorName = Parameters<typeof errorFrame>[0];

function refused(name: ErrorName, message?: string): PrivateRequest {
  return { kind: 'refused', errorText: errorFrame(name, message) };
}

/** What Upbit makes of one message on the private socket. */
export function readPrivateRequest(text: string): PrivateRequest {
  const parts = readRequest(text);
  if (!parts) return refused('WRONG_FORMAT');
  const { ticket, method, format, types } = parts;
  if (!isTicket(ticket)) return refused('NO_TICKET');
  if (method === 'LIST_SUBSCRIPTIONS') {
    return { kind: 'list', ticket, format: isFormat(format) ? format : undefined };
  }
  if (method !== undefined) return refused('INVALID_PARAM');
  if (types.length === 0) return refused('NO_TYPE');
  let wanted: PrivateWanted = { orders: undefined, assets: false };
  for (const { type, codes, fields } of types) {
    if (typeof type !== 'string' || type === '') return refused('NO_TYPE');
    if (type === 'myAsset') {
      // Assets belong to no market: naming one is a mistake.
      if (Object.hasOwn(fields, 'codes')) return refused('WRONG_FORMAT');
      wanted = { ...wanted, assets: true };
    } else if (type === 'myOrder') {
      if (codes !== undefined && !Array.isArray(codes)) return refused('WRONG_FORMAT');
      wanted = { ...wanted, orders: joined(wanted.orders, codes ?? []) };
    } else {
      return refused('INVALID_PARAM', `${type} 은 지원하지 않는 타입입니다.`);
    }
  }
  return { kind: 'subscribe', wanted, format: isFormat(format) ? format : 'DEFAULT' };
}

/** Codes of two objects of one request together; one that names none means all. */
function joined(before: ReadonlySet<string> | undefined, codes: readonly unknown[]): ReadonlySet<string> {
  if (codes.length === 0 || before?.size === 0) return new Set();
  return new Set([...(before ?? []), ...codes.filter((code) => typeof code === 'string')]);
}
