import type { ClientSocket } from '../client-socket.ts';
import type { VenueConnection } from '../venue-server.ts';

/** The private socket knows no keys: it answers pings, and refuses every sign-in and subscription in the venue's words. */
export function openPrivateConnection(client: ClientSocket, now: () => number): VenueConnection {
  const conn_id = `sim-private-${client.id}`;

  function answerTo(text: string): unknown {
    let frame: unknown;
    try {
      frame = JSON.parse(text);
    } catch {
      frame = undefined;
    }
    const { op, req_id } = (frame ?? {}) as { op?: unknown; req_id?: unknown };
    if (op === 'ping') return { req_id, op: 'pong', args: [String(now())], conn_id };
    if (op === 'auth') return { success: false, ret_msg: 'API key is invalid.', op, conn_id };
    if (op === 'subscribe') return { success: false, ret_msg: 'Request not authorized', op, conn_id, req_id };
    return { success: false, ret_msg: 'error:invalid op', op, conn_id, req_id };
  }

  client.ws.on('message', (data) => client.answer(JSON.stringify(answerTo(String(data)))));
  return { client, streams: [], check: () => undefined };
}
