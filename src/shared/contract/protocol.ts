import type { Undo } from '../base/emitter.ts';

/** Messages on the wire between a window and the engine, the same on every transport. */
export type ClientMessage =
  | { readonly t: 'request'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly t: 'watch'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly t: 'unwatch'; readonly id: number }
  | { readonly t: 'ack'; readonly seq: number };

export type ServerMessage =
  | { readonly t: 'answer'; readonly id: number; readonly output: unknown }
  | { readonly t: 'refusal'; readonly id: number; readonly error: WireError }
  /** At most one of these is unacknowledged per client. `updates`: pairs of watch id and update. */
  | { readonly t: 'batch'; readonly seq: number; readonly updates: readonly (readonly [number, unknown])[] }
  | { readonly t: 'watch-refusal'; readonly id: number; readonly error: WireError };

export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, string | number>>;
}

/** One end of a transport. Messages may hold typed arrays; the transport carries them. */
export interface Channel<Outgoing, Incoming> {
  send(message: Outgoing): void;
  onMessage(listener: (message: Incoming) => void): Undo;
  /** Called once, when the other side is gone. */
  onClose(listener: () => void): Undo;
  close(): void;
}

export type ClientChannel = Channel<ClientMessage, ServerMessage>;
export type ServerChannel = Channel<ServerMessage, ClientMessage>;
