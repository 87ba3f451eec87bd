import { createEmitter } from '../base/emitter.ts';
import type { Channel, ClientChannel, ServerChannel } from '../contract/protocol.ts';

export interface ChannelPair {
  readonly client: ClientChannel;
  readonly server: ServerChannel;
}

/** Both ends of a channel in memory: a message is heard before `send` returns. */
export function createChannelPair(): ChannelPair {
  const closes = [createEmitter<void>(), createEmitter<void>()] as const;
  const inboxes = [createEmitter<unknown>(), createEmitter<unknown>()] as const;
  let open = true;
  const end = (mine: 0 | 1, theirs: 0 | 1): Channel<unknown, never> => ({
    send(message) {
      if (open) inboxes[theirs].emit(message);
    },
    onMessage: (listener) => inboxes[mine].on(listener as (message: unknown) => void),
    onClose: (listener) => closes[mine].on(listener),
    close() {
      if (!open) return;
      open = false;
      closes[theirs].emit();
    },
  });
  return { client: end(0, 1), server: end(1, 0) };
}
