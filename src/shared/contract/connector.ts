import type { Clock } from '../base/clock.ts';
import type { Undo } from '../base/emitter.ts';
import { HeartlineError } from '../base/errors.ts';
import type { ClientStatus } from './client-status.ts';
import type { ClientChannel, ServerMessage } from './protocol.ts';

const FIRST_RETRY_MS = 250;
const MAX_RETRY_MS = 5_000;
const CONNECT_LIMIT_MS = 10_000;

export interface ConnectorOptions {
  readonly connect: () => Promise<ClientChannel>;
  readonly clock: Clock;
  onOpen(channel: ClientChannel): void;
  onMessage(message: ServerMessage, channel: ClientChannel): void;
  /** The open channel is gone (or closed by us). */
  onLost(): void;
  onStatus(status: ClientStatus): void;
}

export interface Connector {
  readonly status: ClientStatus;
  /** Set only while open. */
  readonly channel: ClientChannel | undefined;
  close(): void;
}

/**
 * Keeps one channel open: 0.25, 0.5, 1 … 5 s between attempts, ±50 %, from the start again after a success.
 * An attempt that has not answered in 10 s counts as failed; what it brings later is closed.
 */
export function createConnector(options: ConnectorOptions): Connector {
  const { connect, clock } = options;
  let status: ClientStatus = 'connecting';
  let channel: ClientChannel | undefined;
  let failures = 0;
  // Late things die by epoch: an attempt, a message or a close of an older one means nothing.
  let epoch = 0;
  let cancelTimer: Undo | undefined;

  const enter = (next: ClientStatus) => {
    if (status === next) return;
    status = next;
    options.onStatus(next);
  };

  const retryLater = (fault: unknown) => {
    epoch += 1;
    const nominalMs = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
    failures += 1;
    cancelTimer?.();
    cancelTimer = clock.after(nominalMs * (0.5 + clock.random()), attempt);
    enter(fault instanceof HeartlineError && fault.code === 'contract.refused' ? 'refused' : 'waiting');
  };

  const open = (opened: ClientChannel, at: number) => {
    if (at !== epoch) return opened.close();
    cancelTimer?.();
    cancelTimer = undefined;
    failures = 0;
    channel = opened;
    opened.onMessage((message) => {
      if (at === epoch) options.onMessage(message, opened);
    });
    opened.onClose(() => {
      if (at !== epoch) return;
      channel = undefined;
      retryLater(undefined);
      options.onLost();
    });
    options.onOpen(opened);
    enter('open');
  };

  const attempt = () => {
    epoch += 1;
    const at = epoch;
    // While refused the attempts go on quietly: the person must keep seeing why.
    if (status !== 'refused') enter('connecting');
    cancelTimer = clock.after(CONNECT_LIMIT_MS, () => retryLater(undefined));
    connect().then(
      (opened) => open(opened, at),
      (fault: unknown) => {
        if (at === epoch) retryLater(fault);
      },
    );
  };

  attempt();
  return {
    get status() {
      return status;
    },
    get channel() {
      return channel;
    },
    close() {
      if (status === 'closed') return;
      epoch += 1;
      cancelTimer?.();
      const open = channel;
      channel = undefined;
      open?.close();
      enter('closed');
      if (open) options.onLost();
    },
  };
}
