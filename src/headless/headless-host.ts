import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { ServerChannel } from '#shared/contract/protocol.ts';
import { acceptContractSockets } from './contract-sockets.ts';
import { createGuessLock } from './guess-lock.ts';
import { createHttpServer } from './http-server.ts';
import { createLoginTokens } from './login-tokens.ts';
import { createMetricsDoor } from './metrics-door.ts';
import { listLoginFiles, listPageFiles } from './page-files.ts';
import { createSessions } from './sessions.ts';

export interface HeadlessHostOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly clock: Clock;
  /** The built window, `out/renderer`. */
  readonly pageDir: string;
  /** Serves one window's channel until it closes. */
  readonly serve: (channel: ServerChannel) => void;
  /** Absent: there is no `GET /metrics`. */
  readonly metrics?: {
    readonly type: string;
    /** The text of this moment. */
    read(): Promise<string>;
  };
}

export interface HeadlessHost {
  readonly port: number;
  /** A fresh link, good once and for 60 s; it ends every link before it. */
  newLink(): string;
  /** Leaves the token for `/metrics` in the data folder; gone with the disposal. Throws `data-folder.unwritable`. */
  publishMetricsToken(dataDir: string): Disposable & { readonly file: string };
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1 and nowhere else.
 * Throws `HeartlineError`: `renderer.not-built`, `port.taken`, `port.refused`.
 */
export async function startHeadlessHost(options: HeadlessHostOptions): Promise<HeadlessHost> {
  const pageFiles = listPageFiles(options.pageDir);
  const lock = createGuessLock(options.clock);
  const tokens = createLoginTokens(options.clock, lock);
  const door = createMetricsDoor(lock);
  const server = createHttpServer({
    port: () => port,
    sessions: () => sessions,
    tokens,
    pageFiles,
    loginFiles: listLoginFiles(),
    metrics: options.metrics && { door, ...options.metrics },
  });
  const port = await listen(server, options.port);
  const sessions = createSessions(port);
  const sockets = acceptContractSockets({ server, port, sessions, serve: options.serve });

  return {
    port,
    // In the fragment, so that the token never travels in a request line, a log or a referrer.
    newLink: () => `http://127.0.0.1:${port}/#token=${tokens.issue()}`,
    publishMetricsToken: (dataDir) => door.publish(dataDir),
    async close() {
      sockets.close();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function listen(server: Server, wanted: number): Promise<number> {
  try {
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch (fault) {
    const details = { port: wanted };
    if ((fault as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new HeartlineError('port.taken', `port ${wanted} is taken by another program`, {
        cause: fault,
        details,
      });
    }
    throw new HeartlineError('port.refused', `the system does not let us listen on port ${wanted}`, {
      cause: fault,
      details,
    });
  }
}
