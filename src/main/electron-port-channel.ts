import type { MessagePortMain } from 'electron';
import { createEmitter } from '#shared/base/emitter.ts';
import type { ClientMessage, ServerChannel, ServerMessage } from '#shared/contract/protocol.ts';

/** The main process's end of a window's port. It copies what it sends: this kind of port cannot hand buffers over. */
export function electronPortChannel(port: MessagePortMain): ServerChannel {
  const messages = createEmitter<ClientMessage>();
  const closes = createEmitter<void>();
  let closed = false;
  port.on('message', ({ data }) => messages.emit(data as ClientMessage));
  port.on('close', () => {
    if (closed) return;
    closed = true;
    closes.emit();
  });
  return {
    send(message: ServerMessage) {
      if (!closed) port.postMessage(message);
    },
    onMessage(listener) {
      const undo = messages.on(listener);
      port.start();
      return undo;
    },
    onClose: (listener) => closes.on(listener),
    close() {
      closed = true;
      port.close();
    },
  };
}
