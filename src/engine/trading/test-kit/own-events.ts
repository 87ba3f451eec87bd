import type { JournalEvent } from '#shared/domain/journal.ts';
import type { FillReport, OrderReport } from '#shared/domain/order.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import { ACCOUNT, request } from './small-order.ts';

export const ID = 'h0000000010000000000000';

function asked(over: Partial<OrderRequest> = {}): OrderRequest {
  return request({ clientOrderId: ID, account: ACCOUNT, ...over });
}

export function sending(over: Partial<OrderRequest> = {}): JournalEvent {
  const wanted = asked(over);
  return { kind: 'sending', order: wanted.clientOrderId, request: wanted };
}

export function answer(
  verdict: Extract<JournalEvent, { kind: 'answer' }>['verdict'],
  over: Partial<Extract<JournalEvent, { kind: 'answer' }>> = {},
): JournalEvent {
  return { kind: 'answer', order: ID, verdict, afterMs: 12, ...over };
}

export function told(
  status: OrderReport['status'],
  filledQuantity = '0',
  venueTime = 1000,
  over: Partial<OrderReport> = {},
): OrderReport {
  const { instrument, side, price, quantity } = asked();
  return {
    instrument,
    venueOrderId: '77',
    clientOrderId: ID,
    side,
    type: 'limit',
    timeInForce: 'GTC',
    status,
    venueStatus: status,
    ...(price !== undefined && { price }),
    quantity,
    filledQuantity,
    reduceOnly: false,
    postOnly: false,
    venueTime,
    isConditional: false,
    ...over,
  };
}

export function report(
  status: OrderReport['status'],
  filledQuantity = '0',
  venueTime = 1000,
  over: Partial<OrderReport> & { readonly source?: 'stream' | 'rest' } = {},
): JournalEvent {
  const { source = 'stream', ...rest } = over;
  return { kind: 'report', order: ID, report: told(status, filledQuantity, venueTime, rest), source };
}

export function fill(
  id: string,
  quantity: string,
  price = '1000',
  over: Partial<FillReport> = {},
): JournalEvent {
  const { instrument, side } = asked();
  const one: FillReport = {
    id,
    instrument,
    venueOrderId: '77',
    clientOrderId: ID,
    side,
    price,
    quantity,
    venueTime: 1000,
    ...over,
  };
  return { kind: 'fill', order: ID, fill: one, source: 'stream' };
}
