import type { Category } from './category.ts';
import { parseTopic } from './topic.ts';

/** The part of a connection that control frames act on. */
export interface ControlTarget {
  readonly category: Category;
  /** The connection's id, in every answer. */
  readonly connId: string;
  readonly topics: ReadonlySet<string>;
  /** Is this symbol traded in the connection's category? */
  has(symbol: string): boolean;
  subscribe(topics: readonly string[]): void;
  unsubscribe(topics: readonly string[]): void;
}

const MAX_SPOT_ARGS = 10;
/** Characters of all args of one connection together. */
const MAX_ARGS_LENGTH = 21_000;

/**
 * Answers one control frame the way the venue does: never closes; one bad topic refuses the whole request.
 * `answer` is called before anything it leads to is sent.
 */
export function answerControlFrame(
  text: string,
  target: ControlTarget,
  answer: (text: string) => void,
): void {
  const { connId: conn_id, category } = target;
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    const ret_msg = 'error:request can not be decoded as JSON';
    answer(JSON.stringify({ success: false, ret_msg, conn_id, req_id: '', op: '' }));
    return;
  }
  const fields = (typeof frame === 'object' && frame !== null ? frame : {}) as Record<string, unknown>;
  const { op, args } = fields;
  const reqId = typeof fields['req_id'] === 'string' ? fields['req_id'] : undefined;
  // Linear sockets always answer with an id, empty where none was given; spot sockets only with the one given.
  const req_id = category === 'linear' ? (reqId ?? '') : reqId;
  const say = (success: boolean, ret_msg: string) =>
    answer(JSON.stringify({ success, ret_msg, conn_id, req_id, op }));

  switch (op) {
    case 'ping':
      say(true, 'pong');
      return;
    case 'subscribe':
    case 'unsubscribe':
      break;
    default:
      say(false, 'error:invalid op');
      return;
  }
  const topics = Array.isArray(args) ? args.map(String) : [];
  const fault = op === 'subscribe' ? refusal(topics, target) : sizeRefusal(topics, target);
  if (fault !== undefined) {
    say(false, fault);
    return;
  }
  say(true, category === 'spot' ? op : '');
  if (op === 'subscribe') target.subscribe(topics);
  else target.unsubscribe(topics);
}

function sizeRefusal(topics: readonly string[], { category }: ControlTarget): string | undefined {
  if (topics.length === 0) return 'error:args is empty';
  return category === 'spot' && topics.length > MAX_SPOT_ARGS ? `args size >${MAX_SPOT_ARGS}` : undefined;
}

/** Why the whole subscription is refused, if it is. */
function refusal(topics: readonly string[], target: ControlTarget): string | undefined {
  const { category } = target;
  const tooMany = sizeRefusal(topics, target);
  if (tooMany !== undefined) return tooMany;
  const seen = new Set(target.topics);
  for (const text of topics) {
    const topic = parseTopic(text);
    if (!topic) return `error:handler not found,topic:${text}`;
    if (!target.has(topic.symbol)) {
      return category === 'spot' ? `Invalid symbol :[${text}]` : `error:handler not found,topic:${text}`;
    }
    if (seen.has(text)) return `error:already subscribed,topic:${text}`;
    seen.add(text);
  }
  const length = [...seen].reduce((sum, text) => sum + text.length, 0);
  return length > MAX_ARGS_LENGTH ? `error:args length >${MAX_ARGS_LENGTH}` : undefined;
}
