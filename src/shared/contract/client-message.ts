import type { ClientMessage } from './protocol.ts';

const MAX_NAME = 80;

/** The shape check of what a window sent, before anything is done with it; `undefined` when it is not of the protocol. */
export function readClientMessage(raw: unknown): ClientMessage | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { t, id, seq, name, input } = raw as Record<string, unknown>;
  switch (t) {
    case 'request':
    case 'watch':
      return isCount(id) && typeof name === 'string' && name.length <= MAX_NAME
        ? { t, id, name, input }
        : undefined;
    case 'unwatch':
      return isCount(id) ? { t, id } : undefined;
    case 'ack':
      return isCount(seq) ? { t, seq } : undefined;
    default:
      return undefined;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
