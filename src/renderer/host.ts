import { connectDesktop, type DesktopBridge } from '#shared/contract/message-port-channel.ts';
import type { ClientChannel } from '#shared/contract/protocol.ts';
import { connectWebSocket } from '#shared/contract/web-socket-channel.ts';

declare global {
  interface Window {
    /** Put there by the desktop's preload script; absent in a browser. */
    readonly heartline?: DesktopBridge;
  }
}

/** Opens one channel to whoever hosts this page: the desktop shell, or the headless host of the page's own origin. */
export function connectHost(): Promise<ClientChannel> {
  const bridge = window.heartline;
  if (bridge?.shell === 'desktop') return connectDesktop(window, bridge);
  const address = new URL('/contract', window.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return connectWebSocket({
    open: () => new WebSocket(address),
    sessionStatus: async () => (await fetch('/session', { cache: 'no-store' })).status,
  });
}
