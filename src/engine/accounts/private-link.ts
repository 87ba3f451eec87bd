import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { Cause } from '#shared/domain/connection.ts';
import type { AccountDecoded, AccountEndpoints, AccountVenue, DecodeAccount } from '#venues/account.ts';
import { createConnection, type LinkState, type SocketCounts } from '../net/connection.ts';
import type { ConnectionGate } from '../net/connection-gate.ts';
import type { OpenSocket } from '../net/socket.ts';
import type { Tuning } from '../tuning.ts';
import type { AccountClient } from './account-client.ts';
import { accountFault } from './account-fault.ts';
import { createStreamToken } from './stream-token.ts';

/** What is left of a decoded frame when the link has taken what concerns itself. */
export type AccountNews = Extract<
  AccountDecoded,
  { readonly kind: 'order' | 'fill' | 'balance' | 'position' | 'setting' | 'reread' | 'failed' }
>;

export interface PrivateLinkOptions {
  readonly venue: AccountVenue;
  readonly endpoints: AccountEndpoints;
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  readonly client: AccountClient;
  /** All private sockets of a venue pass it. */
  readonly gate: Pick<ConnectionGate, 'enter' | 'silence'>;
  readonly tuning?: Tuning | undefined;
  readonly onNews: (news: AccountNews, receivedAt: number) => void;
  /** Logged in and subscribed: from here on nothing is missed. */
  readonly onReady: () => void;
  /** It does not stand, or does not any more. Comes again with every further failure. */
  readonly onDown: (cause: Cause) => void;
}

/** The private socket of one key: token, login, subscription, heartbeat, and as many sockets as it takes. */
export interface PrivateLink {
  readonly isReady: boolean;
  /** Wall time anything was heard last, pongs included: a quiet account says nothing else for hours. */
  readonly heardAt: number | undefined;
  readonly counts: Readonly<SocketCounts>;
  readonly failedFrames: number;
  readonly roundTripMs: number | undefined;
  start(): void;
  /** Closes and stays closed until `start`. */
  stop(): void;
  /** The socket tells nothing though it stands: another one at once, with another token. */
  renew(cause: Cause): void;
  /** Another socket at once, whatever it was waiting for: what is open is not believed. */
  reconnectNow(cause: Cause): void;
  /** Likewise, but lets alone what is open or on its way. */
  hurry(): void;
}

/** Above what a venue takes to answer a login or a subscription. */
const ANSWER_MS = 5000;
const HOUR_MS = 3_600_000;
/** What a timer of the platform holds: 24.8 days. Sockets that may live longer are not replaced. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function createPrivateLink(options: PrivateLinkOptions): PrivateLink {
  const { venue, clock, client } = options;
  const { stream } = venue;
  const counts: SocketCounts = { epoch: 0, reconnects: 0 };
  let decode: DecodeAccount = stream.createDecoder();
  let isWanted = false;
  let isReady = false;
  let failedFrames = 0;
  let cancelAnswer: Undo = () => undefined;
  let cancelLife: Undo = () => undefined;

  const token =
    stream.token &&
    createStreamToken({
      clock,
      token: stream.token,
      backoff: options.tuning?.backoff,
      client,
      onMade: () => connection.start(),
      onFailed(fault) {
        const sorted = accountFault(fault);
        if (sorted.kind === 'ours') return;
        const detail = `no stream token: ${messageOf(fault)}`;
        options.onDown({ code: sorted.kind === 'passing' ? sorted.cause.code : 'auth', detail });
      },
      onDied: () => tokenDied('it could not be extended'),
    });

  const connection = createConnection({
    clock,
    openSocket: options.openSocket,
    counts,
    gate: options.gate,
    // Never compressed: the little they carry is what must not be late.
    backoff: options.tuning?.backoff,
    heartbeat: options.tuning?.heartbeat,
    ...(stream.ping && { ask: stream.ping }),
    url: () => stream.url(options.endpoints, token?.value),
    ...(stream.headers && { headers: () => stream.headers?.(client.signing()) ?? {} }),
    onLink,
    onFrame,
  });

  function onLink(state: LinkState): void {
    cancelAnswer();
    cancelLife();
    isReady = false;
    if (state.kind === 'open') {
      decode = stream.createDecoder();
      const lifeMs = lifeOf(stream.connectionLifeMs);
      if (lifeMs <= LONGEST_TIMER_MS) {
        const cause = { code: 'socket.closed', detail: 'replaced before the venue would end it' } as const;
        cancelLife = clock.after(lifeMs, () => reconnectNow(cause));
      }
      if (stream.loginFrame) {
        awaitAnswer('the login');
        connection.send(stream.loginFrame(client.signing()));
      } else subscribe();
    } else if ('cause' in state) options.onDown(state.cause);
  }

  function awaitAnswer(what: string): void {
    cancelAnswer();
    cancelAnswer = clock.after(ANSWER_MS, () =>
      connection.drop({ code: 'timeout', detail: `no answer to ${what} within ${ANSWER_MS} ms` }),
    );
  }

  function subscribe(): void {
    cancelAnswer();
    const frame = stream.subscribeFrame?.();
    if (stream.confirms) awaitAnswer('the subscription');
    if (frame !== undefined) connection.send(frame);
    if (!stream.confirms) ready();
  }

  function ready(): void {
    if (isReady || connection.link.kind !== 'open') return;
    cancelAnswer();
    isReady = true;
    options.onReady();
  }

  function tokenDied(why: string): void {
    if (!isWanted) return;
    token?.forget();
    connection.stop();
    options.onDown({ code: 'auth', detail: `the stream token expired: ${why}` });
    open();
  }

  function open(): void {
    if (token && token.value === undefined) token.want();
    else connection.start();
  }

  function reconnectNow(cause: Cause): void {
    if (!isWanted) return;
    isReady = false;
    options.onDown(cause);
    if (connection.link.kind === 'idle') open();
    else connection.reconnectNow();
  }

  function onFrame(bytes: Uint8Array, receivedAt: number): void {
    try {
      for (const decoded of decode(bytes, receivedAt)) take(decoded, receivedAt);
    } catch (fault) {
      // A codec promises not to throw: whoever breaks it costs one frame, and is counted and told.
      failedFrames += 1;
      options.onNews({ kind: 'failed', reason: messageOf(fault), isAlarming: true }, receivedAt);
    }
  }

  function take(decoded: AccountDecoded, receivedAt: number): void {
    switch (decoded.kind) {
      case 'logged-in':
        subscribe();
        break;
      case 'login-refused':
        connection.drop({ code: 'auth', detail: `${decoded.venueCode} ${decoded.message}`.trim() });
        break;
      case 'ready':
        ready();
        break;
      case 'token-expired':
        tokenDied('the venue says so');
        break;
      case 'pong':
        connection.pong();
        break;
      case 'ignored':
        break;
      case 'failed':
        failedFrames += 1;
        options.onNews(decoded, receivedAt);
        break;
      default:
        options.onNews(decoded, receivedAt);
    }
  }

  return {
    get isReady() {
      return isReady;
    },
    get heardAt() {
      return connection.heardAt;
    },
    counts,
    get failedFrames() {
      return failedFrames;
    },
    get roundTripMs() {
      return connection.roundTripMs;
    },
    start() {
      isWanted = true;
      open();
    },
    stop() {
      isWanted = false;
      token?.stop();
      connection.stop();
    },
    renew(cause) {
      if (!isWanted) return;
      // One that is being made is another already.
      if (token?.value !== undefined) token.forget();
      connection.stop();
      options.onDown(cause);
      open();
    },
    reconnectNow,
    hurry() {
      if (!isWanted) return;
      if (connection.link.kind === 'idle') open();
      else connection.hurry();
    },
  };
}

/** An hour before the venue would, or a tenth where its sockets do not live that long. */
function lifeOf(lifeMs: number): number {
  return Math.max(lifeMs - HOUR_MS, lifeMs * 0.9);
}
