import * as wire from '#shared/base/wire.ts';
import type { Decoded } from '../venue.ts';

/**
 * What the venue says to what we sent: acknowledgements, refusals and pongs, in the dialects of all its families:
 * `{"success","ret_msg","op","req_id"?}`, option's `{"type":"COMMAND_RESP","data":{"failTopics"}}`, and `{"op":"pong"}`.
 * One bad topic refuses a whole request; the socket stays open.
 */
export function readAnswer(frame: wire.WireObject): Decoded {
  const { op, success } = frame;
  if (op === 'pong') return { kind: 'pong' };
  if (op === 'ping' && success === true) return { kind: 'pong' };
  const requestId = requestIdOf(frame);
  if (success === false) return refusal(requestId, messageOf(frame));
  if (success !== true) return { kind: 'failed', reason: 'neither a topic nor an answer' };
  const failed = failedTopics(frame);
  if (failed.length > 0) return refusal(requestId, `refused topics: ${failed.join(' ')}`);
  if (requestId === undefined) return { kind: 'ignored', reason: 'an answer to nobody' };
  return op === 'subscribe' || op === 'unsubscribe' || frame['type'] === 'COMMAND_RESP'
    ? { kind: 'ack', requestId }
    : { kind: 'ignored', reason: `an answer to ${wire.show(op)}` };
}

/** Ours are counts written as text; older sockets answer with an empty text or none. */
function requestIdOf(frame: wire.WireObject): number | undefined {
  const id = frame['req_id'];
  const value = typeof id === 'string' && /^\d{1,15}$/.test(id) ? Number(id) : id;
  return wire.isCount(value) ? value : undefined;
}

function messageOf(frame: wire.WireObject): string {
  const message = frame['ret_msg'];
  return typeof message === 'string' ? message.slice(0, 300) : '';
}

function failedTopics(frame: wire.WireObject): readonly string[] {
  const { data } = frame;
  const topics = wire.isWireObject(data) ? data['failTopics'] : undefined;
  return Array.isArray(topics) ? topics.slice(0, 10).map((topic) => wire.show(topic)) : [];
}

/** The venue numbers no reasons; the words of its messages make our codes. */
function refusal(requestId: number | undefined, message: string): Decoded {
  const [code = 'refused'] = REASONS.find(([, words]) => words.test(message)) ?? [];
  const common = { kind: 'refusal', code, message } as const;
  return requestId === undefined ? common : { ...common, requestId };
}

const REASONS: readonly (readonly [code: string, words: RegExp])[] = [
  ['topic.unknown', /handler not found|invalid symbol|refused topics/i],
  ['topic.repeated', /already subscribed/i],
  ['args.many', /args size/i],
  ['op.invalid', /invalid op/i],
];
