import type { Clock } from '#shared/base/clock.ts';
import { messageOf } from '#shared/base/errors.ts';
import { decodedPart } from './decoded-part.ts';

/** As the platform's `fetch` has it; tests pass their own. */
export type PostJson = (
  url: string,
  init: {
    readonly method: 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<{ readonly status: number; readonly body?: { cancel(): Promise<void> } | null }>;

export interface PostOutcome {
  readonly ok: boolean;
  /** What it answered, or why it did not; never the address. */
  readonly detail: string;
  /** The same once more may be taken. */
  readonly mayHelp: boolean;
  /** Somebody answered, whatever it was. */
  readonly isHeard: boolean;
}

const PATIENCE_MS = 5000;

/** Sends one message to an address of the person's. Never throws. */
export async function postWebhook(
  options: { readonly clock: Clock; readonly post: PostJson; readonly stop: AbortSignal },
  url: string,
  message: object,
): Promise<PostOutcome> {
  const target = targetOf(url);
  if (target === undefined) {
    return { ok: false, detail: 'not an http or https address', mayHelp: false, isHeard: false };
  }
  const timeout = new AbortController();
  const cancelTimeout = options.clock.after(PATIENCE_MS, () => timeout.abort());
  try {
    const answer = await options.post(target.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...target.headers },
      body: JSON.stringify(message),
      // Where an address leads to may be any machine of this network: nobody agreed to that one.
      redirect: 'manual',
      signal: AbortSignal.any([timeout.signal, options.stop]),
    });
    await answer.body?.cancel();
    return {
      ok: answer.status >= 200 && answer.status < 300,
      // A redirect that is not followed has no status in some platforms.
      detail: isRedirect(answer.status) ? 'redirect refused' : `HTTP ${answer.status}`,
      // It was heard, and will not think otherwise of the same words.
      mayHelp: answer.status >= 500 || answer.status === 429,
      isHeard: true,
    };
  } catch (fault) {
    const detail = timeout.signal.aborted ? `no answer within ${PATIENCE_MS / 1000} s` : reasonOf(fault);
    return { ok: false, detail, mayHelp: true, isHeard: false };
  } finally {
    cancelTimeout();
  }
}

/** `fetch` refuses addresses with a user in them: that part becomes the header it stands for. */
function targetOf(
  text: string,
): { readonly url: string; readonly headers: Record<string, string> } | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (url.username === '' && url.password === '') return { url: url.href, headers: {} };
  const user = `${decodedPart(url.username)}:${decodedPart(url.password)}`;
  url.username = '';
  url.password = '';
  return { url: url.href, headers: { authorization: `Basic ${Buffer.from(user).toString('base64')}` } };
}

const isRedirect = (status: number) => status === 0 || (status >= 300 && status < 400);

/** The innermost code alone (`ECONNREFUSED`): a platform's message may carry the whole address. */
function reasonOf(fault: unknown): string {
  let inner = fault;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  const code: unknown = inner instanceof Error && 'code' in inner ? inner.code : undefined;
  return typeof code === 'string'
    ? `cannot be reached: ${code}`
    : `cannot be reached: ${messageOf(inner).split(/https?:/)[0]}`;
}
