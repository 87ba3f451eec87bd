import type { CcxtExchange, CcxtModule } from './exchange.ts';

/**
 * Ends every socket of an exchange at once, and tells whoever waits for one. ccxt's own `close` asks the peer first and
 * waits: a frozen one would not answer.
 */
export function dropSockets(ccxt: CcxtModule, exchange: CcxtExchange): void {
  const Closed = ccxt.ExchangeClosedByUser as new (message: string) => Error;
  // What is held of the books belongs to the sockets.
  exchange.orderbooks = {};
  for (const [url, client] of Object.entries(exchange.clients)) {
    delete exchange.clients[url];
    client.error = new Closed('dropped');
    client.reset(client.error);
    client.connection?.terminate?.();
  }
}
