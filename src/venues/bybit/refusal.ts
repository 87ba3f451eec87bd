import { isWireObject } from '#shared/base/wire.ts';
import type { BudgetNote, RestRefusal } from '../venue.ts';

type Headers = { get(name: string): string | null };

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** An address that asked too often is let in again after ten minutes without any connection. */
const BAN_MS = 10 * MINUTE_MS;
/** The address budget is counted over 5 s, an account's over 1 s. */
const IP_WINDOW_MS = 5 * SECOND_MS;
const UID_WINDOW_MS = SECOND_MS;
/** No wait that a header asks for is longer than a ban. */
const LONGEST_MS = BAN_MS;

/** What the venue's own codes mean, where Heartline can tell: see the fact sheet, section 6. */
const CODES: ReadonlyMap<number, RestRefusal['code']> = new Map([
  [429, 'rate-limit'],
  [10006, 'rate-limit'],
  [10018, 'rate-limit'],
  [10429, 'rate-limit'],
  [10002, 'clock'],
  [10003, 'auth'],
  [10004, 'auth'],
  [10005, 'auth'],
  [10007, 'auth'],
  [10010, 'auth'],
  [10027, 'auth'],
  [33004, 'auth'],
  [10009, 'ban'],
  [10024, 'geo'],
  // Server timeout, server error, node restarting: nothing of ours is wrong.
  [10000, 'maintenance'],
  [10016, 'maintenance'],
  [10019, 'maintenance'],
]);

/**
 * Status, headers and body of a REST answer → why it is a refusal, or `undefined` when it is none. The venue refuses
 * with HTTP 200 and a `retCode`; 403 is either "access too frequent" (a ban of ten minutes) or the content network
 * turning a country away, and only its words tell which: what does not speak of places is taken for the ban.
 */
export function refusalOf(
  status: number,
  headers: Headers,
  body: string,
  now: number,
): RestRefusal | undefined {
  const error = errorIn(status, body);
  if (status < 400 && error === undefined) return undefined;
  const message = `${status} ${error?.message ?? body.slice(0, 200)}`.trim();
  const code = codeOf(status, error?.code, body);
  switch (code) {
    case 'rate-limit': {
      const window = error?.code === 10006 ? UID_WINDOW_MS : IP_WINDOW_MS;
      return { code, message, retryAfterMs: within(retryAfter(headers) ?? resetIn(headers, now) ?? window) };
    }
    case 'ban':
      return { code, message, retryAfterMs: BAN_MS };
    case 'maintenance': {
      const named = retryAfter(headers);
      return { code, message, ...(named !== undefined && { retryAfterMs: within(named) }) };
    }
    default:
      return { code, message };
  }
}

function codeOf(status: number, retCode: number | undefined, body: string): RestRefusal['code'] {
  const known = retCode === undefined ? undefined : CODES.get(retCode);
  if (known !== undefined) return known;
  switch (status) {
    case 401:
      return 'auth';
    case 403:
      return /country|region|restricted|cloudfront/i.test(body) && !/too frequent/i.test(body)
        ? 'geo'
        : 'ban';
    case 429:
      return 'rate-limit';
    case 451:
      return 'geo';
    case 503:
      return 'maintenance';
    default:
      return 'venue.error';
  }
}

function errorIn(status: number, body: string): { code: number; message: string } | undefined {
  // A good answer may be megabytes long, and says so at once; an error is short.
  if (status < 400 && (body.length > 5_000 || /^\s*\{\s*"retCode"\s*:\s*0\s*[,}]/.test(body)))
    return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    if (!isWireObject(parsed) || typeof parsed['retCode'] !== 'number' || parsed['retCode'] === 0)
      return undefined;
    const text = typeof parsed['retMsg'] === 'string' ? parsed['retMsg'].slice(0, 300) : '';
    return { code: parsed['retCode'], message: `${parsed['retCode']} ${text}`.trim() };
  } catch {
    // Proxies and firewalls answer in HTML: the status alone decides then.
    return undefined;
  }
}

/**
 * What is left of a budget. `x-bapi-limit` names the size of the budget it speaks of: an account's are counted per
 * call and second, so they say nothing of the address's 600 in 5 s, and are taken only where the sizes agree.
 */
export function budgetNotes(
  budgets: readonly { readonly scope: string; readonly capacity: number }[],
  call: { readonly scope: string },
  headers: Headers,
): readonly BudgetNote[] {
  const size = whole(headers.get('x-bapi-limit'));
  const remaining = whole(headers.get('x-bapi-limit-status'));
  const budget = budgets.find(({ scope }) => scope === call.scope);
  return remaining !== undefined && budget !== undefined && budget.capacity === size
    ? [{ scope: budget.scope, remaining }]
    : [];
}

/** Undocumented here, honoured all the same: whole seconds. */
function retryAfter(headers: Headers): number | undefined {
  const seconds = whole(headers.get('retry-after'));
  return seconds === undefined ? undefined : seconds * SECOND_MS;
}

/** When the budget is full again, ms epoch; means something only on a refusal. */
function resetIn(headers: Headers, now: number): number | undefined {
  const reset = whole(headers.get('x-bapi-limit-reset-timestamp'));
  return reset === undefined || reset <= now ? undefined : reset - now;
}

function whole(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
}

function within(waitMs: number): number {
  return Math.min(Math.max(waitMs, 0), LONGEST_MS);
}
