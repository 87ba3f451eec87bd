import { HeartlineError } from '#shared/base/errors.ts';
import { Secret } from '#shared/base/secret.ts';
import { type AccountState, accountId } from '#shared/domain/account.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { AccountDecoded, AccountVenue, SignedCall } from '#venues/account.ts';
import { createConnectionGate } from '../../net/connection-gate.ts';
import type { Priority } from '../../net/limiter.ts';
import { createFakeSockets } from '../../test-kit/fake-socket.ts';
import type { AccountClient } from '../account-client.ts';
import { emptyHoldings } from '../account-holdings.ts';
import { createAccountSession } from '../account-session.ts';
import { plainAccountVenue } from './plain-account-venue.ts';

type Params = SignedCall<unknown>['params'];
/** What REST says, by the call's path; a thrown fault is thrown. */
export type Answers = Record<string, (params: Params) => unknown>;

/** Lets promises settle: more turns than any chain of reads takes. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
}

export const refusal =
  (code: string, message = code) =>
  () => {
    throw new HeartlineError(code, message, { details: { venue: 'plain' } });
  };

/** A session on invented time, sockets and answers, and all it said. */
export async function stageAccount(venue: AccountVenue = plainAccountVenue, answers: Answers = {}) {
  const time = createVirtualClock();
  let wallMs = 0;
  const clock = { ...time, now: () => time.now() + wallMs };
  const peers = createFakeSockets();
  const calls: string[] = [];
  const urgent: string[] = [];
  let isClosed = false;
  const rest: Answers = {
    balances: () => [],
    positions: () => ({ rows: [] }),
    openOrders: () => ({ rows: [] }),
    closedOrders: () => ({ rows: [] }),
    fills: () => ({ rows: [] }),
    order: () => undefined,
    'token.create': () => `token${calls.filter((path) => path === 'token.create').length}`,
    'token.extend': () => ({}),
    ...answers,
  };
  const client: AccountClient = {
    async call<Answer>({ path, params }: SignedCall<Answer>, priority?: Priority) {
      if (isClosed) throw new HeartlineError('rest.stopped', 'closing');
      calls.push(path);
      if (priority === 'urgent') urgent.push(path);
      await Promise.resolve();
      return rest[path]?.(params) as Answer;
    },
    signing: () => ({
      credentials: { apiKey: new Secret('key'), secret: new Secret('secret') },
      now: clock.now(),
      hmacSha256: () => '',
      jwt: () => '',
      uuid: () => '',
    }),
    gauges: () => [],
    dispose: () => {
      isClosed = true;
    },
  };
  const told = {
    states: [] as string[],
    mended: [] as string[],
    mute: [] as string[],
    unreadable: [] as string[],
    clockAsked: 0,
    holdings: 0,
  };
  const textOf = (state: AccountState) =>
    'cause' in state
      ? `${state.kind} ${state.cause.code}`
      : 'reason' in state
        ? `${state.kind} ${state.reason}: ${state.detail}`
        : state.kind;
  const session = createAccountSession({
    venue,
    endpoints: { rest: '', ws: 'ws://127.0.0.1:1' },
    clock,
    openSocket: peers.open,
    gate: createConnectionGate(clock, { count: 100, windowMs: 1000 }),
    client,
    holdings: emptyHoldings(accountId('plain#abc123')),
    clockOffsetMs: () => 0,
    measureClock: () => {
      told.clockAsked += 1;
    },
    onState: (state) => void told.states.push(textOf(state)),
    onHoldings: () => {
      told.holdings += 1;
    },
    onMended: (differences) => void told.mended.push(...differences),
    onMute: (differences) => void told.mute.push(...differences),
    onUnreadable: (reason) => void told.unreadable.push(reason),
  });
  clock.every(1000, () => session.second());
  await settled();

  async function open(): Promise<void> {
    peers.last.listener.opened();
    opened.add(peers.last);
    if (peers.last.sent.includes('login')) peers.last.say('[{"kind":"logged-in"}]');
    if (peers.last.sent.includes('subscribe')) peers.last.say('[{"kind":"ready"}]');
    await settled();
  }

  const opened = new Set<unknown>();
  return {
    clock,
    peers,
    calls,
    /** Of the calls, those that may use what is kept for them. */
    urgent,
    rest,
    told,
    session,
    /** Somebody sets the machine's clock. */
    setWall(byMs: number) {
      wallMs += byMs;
    },
    say(...decoded: readonly AccountDecoded[]) {
      peers.last.say(JSON.stringify(decoded));
    },
    /** The last socket opens; whatever it is asked for it grants. */
    open,
    /** Seconds pass; sockets that stand answer pings. `answering`: new ones are let in at once. */
    async pass(seconds: number, answering = false) {
      for (let second = 0; second < seconds; second += 1) {
        clock.advance(1000);
        const peer = peers.sockets.at(-1);
        if (peer && !peer.terminated && answering && !opened.has(peer)) await open();
        if (peer && !peer.terminated) peer.listener.pulse('pong');
        await settled();
      }
    },
  };
}
