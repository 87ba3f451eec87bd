import type { MessagePortMain } from 'electron';
import { messagePortChannel } from '#shared/contract/message-port-channel.ts';
import type { ServerChannel } from '#shared/contract/protocol.ts';

/**
 * The main process's end of a window's port: Electron's own kind, with events in the place of listeners.
 * It copies what it sends, because its transfer list takes nothing but ports (decision 10).
 */
export function electronPortChannel(port: MessagePortMain): ServerChannel {
  return messagePortChannel({
    postMessage: (message) => port.postMessage(message),
    addEventListener(type: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) {
      if (type === 'message') port.on('message', listener);
      else port.on('close', () => listener({ data: undefined }));
    },
    start: () => port.start(),
    close: () => port.close(),
  });
}
