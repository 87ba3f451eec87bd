import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopBridge } from '#shared/contract/message-port-channel.ts';
import { PORT_MESSAGE } from '#shared/contract/message-port-channel.ts';

const bridge: DesktopBridge = {
  shell: 'desktop',
  askForPort: () => ipcRenderer.send(PORT_MESSAGE),
};

// A port cannot pass through the bridge; the page shares this window and gets it as a message.
ipcRenderer.on(PORT_MESSAGE, (event) => {
  window.postMessage(PORT_MESSAGE, window.location.origin, event.ports);
});
contextBridge.exposeInMainWorld('heartline', bridge);
