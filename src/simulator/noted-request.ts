import type { AccountDesk } from './accounts/account-desk.ts';
import type { OrderRuling, SimRequest } from './accounts/sim-request.ts';
import { clientIdIn } from './client-ids.ts';
import type { Answer } from './http.ts';
import { isOrderRequest } from './order-faults.ts';

/** A private request in the record. */
export interface NotedRequest {
  /** Where it is about orders: to be written to as it turns out what comes of it. */
  readonly ruling: OrderRuling | undefined;
  /** Enters what was answered, and gives it back. */
  readonly answered: (answer: Answer) => Answer;
}

/** Keeps a request from the moment it came: whatever becomes of it, there is a row. `codeIn`: the venue's own code. */
export function noted(
  desk: Pick<AccountDesk, 'note'>,
  came: Omit<SimRequest, 'status' | 'code' | 'ruling'>,
  codeIn: (answer: Answer) => string | undefined,
): NotedRequest {
  const clientOrderId = clientIdIn(came.params);
  const ruling: OrderRuling | undefined = isOrderRequest(came.method, came.path)
    ? { accepted: false, orders: [], ...(clientOrderId === undefined ? {} : { clientOrderId }) }
    : undefined;
  const row: { -readonly [Field in keyof SimRequest]: SimRequest[Field] } = {
    ...came,
    status: 0,
    ...(ruling ? { ruling } : {}),
  };
  desk.note(row);
  return {
    ruling,
    answered(answer) {
      row.status = answer.status;
      const code = codeIn(answer);
      if (code !== undefined) row.code = code;
      return answer;
    },
  };
}
