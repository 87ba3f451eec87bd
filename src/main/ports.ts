import type { IpcMainEvent } from 'electron';
import { ipcMain, MessageChannelMain } from 'electron';
import type { Undo } from '#shared/base/emitter.ts';
import { PORT_MESSAGE } from '#shared/contract/message-port-channel.ts';
import type { ServerChannel } from '#shared/contract/protocol.ts';
import { APP_ORIGIN } from './app-protocol.ts';
import { electronPortChannel } from './electron-port-channel.ts';
import type { Log } from './log.ts';

/** Gives a window that asks its one message port; asking again ends the port before. */
export function handOverPorts(serve: (channel: ServerChannel) => Undo, log: Log): void {
  const serving = new Map<number, Undo>();
  ipcMain.on(PORT_MESSAGE, (event) => {
    const frame = ourMainFrame(event);
    if (!frame) {
      log.error('a page that is not ours asked for a port: refused');
      return;
    }
    const { id } = event.sender;
    serving.get(id)?.();
    const { port1, port2 } = new MessageChannelMain();
    const channel = electronPortChannel(port1);
    const undo = serve(channel);
    serving.set(id, undo);
    channel.onClose(() => {
      if (serving.get(id) === undo) serving.delete(id);
    });
    frame.postMessage(PORT_MESSAGE, null, [port2]);
  });
}

/** The frame that asked, if it is the top one of its window and shows our own page. */
function ourMainFrame({ sender, senderFrame }: IpcMainEvent) {
  if (senderFrame === null || senderFrame !== sender.mainFrame || senderFrame.parent !== null)
    return undefined;
  return senderFrame.origin === APP_ORIGIN ? senderFrame : undefined;
}
