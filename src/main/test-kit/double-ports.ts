import { EventEmitter, once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { calls } from './double-calls.ts';

/** Electron's own port: events instead of listeners, and nothing but ports in a transfer list. */
export class PortMain extends EventEmitter {
  readonly #port: MessagePort;
  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('close', () => this.emit('close'));
  }
  postMessage(message: unknown, transfer: readonly unknown[] = []) {
    if (transfer.some((item) => !(item instanceof PortMain)))
      throw new TypeError('only ports can be transferred');
    this.#port.postMessage(message);
  }
  start() {
    this.#port.on('message', (data) => this.emit('message', { data, ports: [] }));
  }
  close() {
    this.#port.close();
  }
}

export class MessageChannelMain {
  readonly port1: PortMain;
  readonly port2: PortMain;
  constructor() {
    calls.push(['new MessageChannelMain']);
    const { port1, port2 } = new MessageChannel();
    this.port1 = new PortMain(port1);
    this.port2 = new PortMain(port2);
  }
}

/** Resolves with what comes next through a port that main handed over. */
export async function nextMessage(port: PortMain): Promise<unknown> {
  const [{ data }] = (await once(port, 'message')) as [{ data: unknown }];
  return data;
}
