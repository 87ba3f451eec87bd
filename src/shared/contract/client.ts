import type { Clock } from '../base/clock.ts';
import type { Undo } from '../base/emitter.ts';
import { createEmitter } from '../base/emitter.ts';
import { HeartlineError } from '../base/errors.ts';
import type {
  RequestInput,
  RequestName,
  RequestOutputs,
  WatchInput,
  WatchName,
  WatchUpdates,
} from './api.ts';
import type { ClientStatus } from './client-status.ts';
import { createConnector } from './connector.ts';
import type { ClientChannel, ServerMessage, WireError } from './protocol.ts';

export interface ContractClient {
  /**
   * Rejects with a `HeartlineError`: the host's own code, or `contract.closed` when there is no connection now
   * or it ends before the answer. Nothing is queued while closed: a click must never act later.
   */
  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutputs[Name]>;
  /**
   * Updates until undone, also across reconnects (the host then starts over with its first update).
   * A refusal ends the watch; without `onRefusal` it goes to `onFault`.
   */
  watch<Name extends WatchName>(
    name: Name,
    input: WatchInput<Name>,
    onUpdate: (update: WatchUpdates[Name]) => void,
    onRefusal?: (error: HeartlineError) => void,
  ): Undo;
  readonly status: ClientStatus;
  /** Hears every change from now on. */
  onStatus(listener: (status: ClientStatus) => void): Undo;
  close(): void;
}

export interface ContractClientOptions {
  /**
   * Opens one channel. Rejects when it cannot; a `HeartlineError('contract.refused')` says that the host is
   * there but does not accept this window.
   */
  readonly connect: () => Promise<ClientChannel>;
  readonly clock: Clock;
  /** Hears what a listener threw and refusals nobody listens for. Default: the unhandled-rejection reporting. */
  readonly onFault?: (fault: unknown) => void;
}

interface Pending {
  readonly resolve: (output: never) => void;
  readonly reject: (error: HeartlineError) => void;
}

interface Watching {
  readonly name: WatchName;
  readonly input: unknown;
  readonly onUpdate: (update: never) => void;
  readonly onRefusal: ((error: HeartlineError) => void) | undefined;
}

/** The window's end of the contract. Connects at once and again whenever the channel is lost. */
export function createClient({
  connect,
  clock,
  onFault = reportFault,
}: ContractClientOptions): ContractClient {
  const pending = new Map<number, Pending>();
  const watching = new Map<number, Watching>();
  const statuses = createEmitter<ClientStatus>(onFault);
  // Ids are never reused, so an update that crosses an unwatch on the way finds nobody.
  let lastId = 0;

  const guarded = (deliver: () => void) => {
    try {
      deliver();
    } catch (fault) {
      onFault(fault);
    }
  };

  const receive = (message: ServerMessage, channel: ClientChannel) => {
    switch (message.t) {
      case 'answer':
      case 'refusal': {
        const request = pending.get(message.id);
        pending.delete(message.id);
        if (message.t === 'answer') request?.resolve(message.output as never);
        else request?.reject(errorOf(message.error));
        return;
      }
      case 'batch':
        for (const [id, update] of message.updates) {
          guarded(() => watching.get(id)?.onUpdate(update as never));
        }
        channel.send({ t: 'ack', seq: message.seq });
        return;
      case 'watch-refusal': {
        const watch = watching.get(message.id);
        watching.delete(message.id);
        const error = errorOf(message.error);
        if (watch?.onRefusal) guarded(() => watch.onRefusal?.(error));
        else if (watch) onFault(error);
      }
    }
  };

  const connector = createConnector({
    connect,
    clock,
    onOpen(channel) {
      for (const [id, { name, input }] of watching) channel.send({ t: 'watch', id, name, input });
    },
    onMessage: receive,
    onLost() {
      const lost = [...pending.values()];
      pending.clear();
      for (const { reject } of lost) reject(closedError());
    },
    onStatus: (status) => statuses.emit(status),
  });

  return {
    request(name, input) {
      const channel = connector.channel;
      if (!channel) return Promise.reject(closedError());
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject });
        channel.send({ t: 'request', id, name, input });
      });
    },
    watch(name, input, onUpdate, onRefusal) {
      lastId += 1;
      const id = lastId;
      watching.set(id, { name, input, onUpdate, onRefusal });
      connector.channel?.send({ t: 'watch', id, name, input });
      return () => {
        if (watching.delete(id)) connector.channel?.send({ t: 'unwatch', id });
      };
    },
    get status() {
      return connector.status;
    },
    onStatus: (listener) => statuses.on(listener),
    close: () => connector.close(),
  };
}

function errorOf({ code, message, details }: WireError): HeartlineError {
  return new HeartlineError(code, message, { details });
}

function closedError(): HeartlineError {
  return new HeartlineError('contract.closed', 'there is no connection to the engine');
}

function reportFault(fault: unknown): void {
  void Promise.reject(fault);
}
