import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { ServerChannel } from '#shared/contract/protocol.ts';
import { webSocketChannel } from '#shared/contract/web-socket-channel.ts';
import { isOurHost, isOurOrigin } from './guards.ts';
import { refuse } from './http-server.ts';
import type { Sessions } from './sessions.ts';

const MAX_WINDOWS = 16;
/** The longest thing a window sends is a watch of 1,000 instruments. */
const MAX_PAYLOAD_BYTES = 256 * 1024;

export interface ContractSocketsOptions {
  readonly server: Server;
  readonly port: number;
  readonly sessions: Sessions;
  readonly serve: (channel: ServerChannel) => void;
}

/** Accepts windows at `/contract`: our name, our own page, a session, and no more of them than a person opens. */
export function acceptContractSockets({ server, port, sessions, serve }: ContractSocketsOptions) {
  const windows = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PAYLOAD_BYTES,
    perMessageDeflate: false,
    // We speak none by name.
    handleProtocols: () => false,
  });
  windows.on('wsClientError', (_fault, socket) => refuse(socket, 400));

  const refusalOf = ({ headers, url }: IncomingMessage): number | undefined => {
    if (!isOurHost(headers, port)) return 403;
    if (url !== '/contract') return 404;
    if (!isOurOrigin(headers)) return 403;
    if (!sessions.knows(headers.cookie)) return 401;
    return windows.clients.size >= MAX_WINDOWS ? 503 : undefined;
  };

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refusalOf(request);
    if (refusal !== undefined) return refuse(socket, refusal);
    windows.handleUpgrade(request, socket, head, (window) => serve(webSocketChannel(window)));
  });

  return {
    close() {
      for (const window of windows.clients) window.terminate();
    },
  };
}
