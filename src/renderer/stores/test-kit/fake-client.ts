import { createEmitter } from '#shared/base/emitter.ts';
import type { HeartlineError } from '#shared/base/errors.ts';
import type { RequestName, RequestOutputs, WatchName, WatchUpdates } from '#shared/contract/api.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { ClientStatus } from '#shared/contract/client-status.ts';

interface Asked {
  readonly name: RequestName;
  readonly input: unknown;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: HeartlineError) => void;
}

interface Opened {
  readonly name: WatchName;
  readonly input: unknown;
  readonly onUpdate: (update: never) => void;
  readonly onRefusal: ((error: HeartlineError) => void) | undefined;
}

export interface FakeClient extends ContractClient {
  /** Requests not answered yet, oldest first. */
  readonly asked: readonly Asked[];
  /** Watches open now, oldest first. */
  readonly opened: readonly Opened[];
  /** Answers the oldest unanswered request of that name, and waits until its asker has heard. */
  answer<Name extends RequestName>(name: Name, output: RequestOutputs[Name]): Promise<void>;
  refuse(name: RequestName, error: HeartlineError): Promise<void>;
  /** Sends an update to every open watch of that name. */
  tell<Name extends WatchName>(name: Name, update: WatchUpdates[Name]): void;
  become(status: ClientStatus): void;
}

/** The engine's end is played by the test. */
export function createFakeClient(): FakeClient {
  const statuses = createEmitter<ClientStatus>();
  let status: ClientStatus = 'open';
  let asked: Asked[] = [];
  let opened: Opened[] = [];

  const take = (name: RequestName): Asked => {
    const request = asked.find((one) => one.name === name);
    if (request === undefined) throw new Error(`nobody has asked ${name}`);
    asked = asked.filter((one) => one !== request);
    return request;
  };
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve));

  return {
    request(name, input) {
      return new Promise((resolve, reject) => {
        asked = [...asked, { name, input, resolve: resolve as (output: unknown) => void, reject }];
      });
    },
    watch(name, input, onUpdate, onRefusal) {
      const watch: Opened = { name, input, onUpdate, onRefusal };
      opened = [...opened, watch];
      return () => {
        opened = opened.filter((one) => one !== watch);
      };
    },
    get status() {
      return status;
    },
    onStatus: (listener) => statuses.on(listener),
    close: () => undefined,
    get asked() {
      return asked;
    },
    get opened() {
      return opened;
    },
    answer(name, output) {
      take(name).resolve(output);
      return settle();
    },
    refuse(name, error) {
      take(name).reject(error);
      return settle();
    },
    tell(name, update) {
      for (const watch of opened) if (watch.name === name) watch.onUpdate(update as never);
    },
    become(next) {
      status = next;
      statuses.emit(next);
    },
  };
}
