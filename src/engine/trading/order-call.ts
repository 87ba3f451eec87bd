import { createHash } from 'node:crypto';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { AccountRefusal, SignedCall } from '#venues/account.ts';
import type { VenueOrders } from '#venues/order.ts';
import type { AccountClient } from '../accounts/account-client.ts';
import type { CallOutcome, OnSending } from './trading-account.ts';

/**
 * Makes one order call, once, and says in which of the ways it can end it has ended. Whatever fails before `onSending` has
 * returned never left: `unsent`. Whatever fails after it without a word of the venue is `unknown`.
 */
export async function orderCall<Answer>(
  client: Pick<AccountClient, 'call'>,
  orders: Pick<VenueOrders, 'verdictOf'>,
  action: 'place' | 'amend' | 'cancel',
  /** Throws `order.unable`. */
  toCall: () => SignedCall<Answer>,
  onSending: OnSending,
): Promise<CallOutcome<Answer>> {
  let hasLeft = false;
  try {
    const answer = await client.call(toCall(), action === 'cancel' ? 'urgent' : 'order', (request) => {
      onSending(requestHash(request));
      hasLeft = true;
    });
    return { verdict: 'accepted', answer };
  } catch (fault) {
    if (!hasLeft) return { verdict: 'unsent', ...wordsOf(fault) };
    const refusal = refusalIn(fault);
    if (refusal === undefined) return { verdict: 'unknown', ...wordsOf(fault) };
    const verdict = orders.verdictOf(action, refusal.status, refusal);
    return { verdict, venueCode: refusal.venueCode, message: refusal.message };
  }
}

function wordsOf(fault: unknown): { readonly venueCode: string; readonly message: string } {
  return {
    venueCode: fault instanceof HeartlineError ? fault.code : 'internal',
    message: messageOf(fault),
  };
}

/** What the venue said, out of what `AccountClient.call` threw; `undefined`: the venue said nothing that can be read. */
function refusalIn(fault: unknown): (AccountRefusal & { readonly status: number }) | undefined {
  if (!(fault instanceof HeartlineError) || !fault.code.startsWith('account.')) return undefined;
  const { venueCode, status } = fault.details;
  if (venueCode === undefined || typeof status !== 'number') return undefined;
  return {
    code: fault.code.slice('account.'.length) as AccountRefusal['code'],
    venueCode: String(venueCode),
    message: fault.message.replace(/^\S+ answered HTTP \d+: /, ''),
    status,
  };
}

/** The venue would not tell of the order that was asked about, for it is still being registered (Bithumb, 422): so it was taken. */
export function saysItIsThere(orders: Pick<VenueOrders, 'verdictOf'>, fault: unknown): boolean {
  const refusal = refusalIn(fault);
  return refusal?.status === 422 && orders.verdictOf('place', refusal.status, refusal) === 'exists';
}

/** Names the request without being it: SHA-256 of method, address and body, each without what proves who sent it. */
function requestHash(request: {
  readonly method: string;
  readonly url: string;
  readonly body?: string;
}): string {
  const parts = [request.method, unsigned(request.url), unsigned(request.body ?? '')];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

function unsigned(text: string): string {
  return text.replace(/(^|[?&])(?:signature|sign|token|listenKey)=[^&]*/g, '$1');
}
