/** The part of a connection that control frames act on. */
export interface ControlTarget {
  readonly streams: ReadonlySet<string>;
  combined: boolean;
  subscribe(names: readonly string[]): void;
  unsubscribe(names: readonly string[]): void;
}

const METHODS = ['SUBSCRIBE', 'UNSUBSCRIBE', 'LIST_SUBSCRIPTIONS', 'SET_PROPERTY', 'GET_PROPERTY'];
const MAX_STREAMS = 1024;

function failure(code: number, msg: string): string {
  return JSON.stringify({ code, msg });
}

function invalid(what: string): string {
  return failure(2, `Invalid request: ${what}`);
}

/** Answers one control frame the way the venue does. Never closes; unknown streams are acknowledged. */
export function answerControlFrame(text: string, target: ControlTarget): string {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return failure(3, 'Invalid JSON: expected value at line 1 column 1');
  }
  if (typeof frame !== 'object' || frame === null || Array.isArray(frame)) {
    return failure(3, 'Invalid JSON: expected struct Request at line 1 column 1');
  }
  const { method, params, id } = frame as Record<string, unknown>;
  if (method === undefined) return invalid('missing field `method`');
  if (typeof method !== 'string' || !METHODS.includes(method)) {
    const known = METHODS.map((name) => `\`${name}\``).join(', ');
    return invalid(`unknown variant \`${String(method)}\`, expected one of ${known}`);
  }
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0) {
    return invalid('request ID must be an unsigned integer');
  }
  const answer = (result: unknown) => JSON.stringify({ result, id });
  switch (method) {
    case 'LIST_SUBSCRIPTIONS':
      return answer([...target.streams]);
    case 'GET_PROPERTY':
    case 'SET_PROPERTY':
      return answerProperty(method, params, target, answer);
  }
  if (!Array.isArray(params) || params.some((name) => typeof name !== 'string')) {
    return invalid('stream names must be a list of strings');
  }
  if (method === 'UNSUBSCRIBE') {
    target.unsubscribe(params);
    return answer(null);
  }
  if (new Set([...target.streams, ...params]).size > MAX_STREAMS) return invalid('too many parameters');
  target.subscribe(params);
  return answer(null);
}

function answerProperty(
  method: 'GET_PROPERTY' | 'SET_PROPERTY',
  params: unknown,
  target: ControlTarget,
  answer: (result: unknown) => string,
): string {
  const wanted = method === 'SET_PROPERTY' ? 2 : 1;
  const [name, value]: unknown[] = Array.isArray(params) ? params : [];
  if (typeof name !== 'string') return invalid('property name must be a string');
  if (Array.isArray(params) && params.length > wanted) return invalid('too many parameters');
  if (name !== 'combined') return failure(0, 'Unknown property');
  if (method === 'GET_PROPERTY') return answer(target.combined);
  if (typeof value !== 'boolean') return failure(1, 'Invalid value type: expected Boolean');
  target.combined = value;
  return answer(null);
}
