import { Secret } from '#shared/base/secret.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import * as bithumbIds from '#simulator/bithumb/ids.ts';
import { openKoreanWire } from '#simulator/test-kit/korean-wire.ts';
import type { Wire } from '#simulator/test-kit/wire.ts';
import * as upbitIds from '#simulator/upbit/ids.ts';
import type { AccountDecoded, AccountVenue, Page, SignedCall } from '#venues/account.ts';
import { bithumbAccount } from '#venues/bithumb/account.ts';
import { upbitAccount } from '#venues/upbit/account.ts';
import type { AccountClient } from '../accounts/account-client.ts';
import { createAccountClient } from '../accounts/create-account-client.ts';
import { openSocket, type Socket } from '../net/socket.ts';

export type KoreanVenue = 'upbit' | 'bithumb';
/** A venue, and how its simulator numbers what it calls by other names. */
export const KOREAN_ACCOUNTS = {
  upbit: { account: upbitAccount as AccountVenue, ids: upbitIds },
  bithumb: { account: bithumbAccount as AccountVenue, ids: bithumbIds },
} as const;

export type KoreanAccountStage = Awaited<ReturnType<typeof openKoreanAccountStage>>;

/** A simulated Korean venue whose market stands still, its keys, its true accounts, and our client. */
export async function openKoreanAccountStage(venue: KoreanVenue, coins: readonly string[]) {
  const { account } = KOREAN_ACCOUNTS[venue];
  const wire: Wire = await openKoreanWire(venue, coins);
  await wire.control('POST', '/pause');
  const endpoints = wire.simulation.address.venues[venue] as { rest: string; ws: string };
  const undos: (() => void)[] = [];

  async function credentialsOf(name: string, secret?: string) {
    const { body } = await wire.control('GET', `/keys?venue=${venue}`);
    const key = body.keys.find((one: { name: string }) => one.name === name);
    return { apiKey: new Secret(key.apiKey), secret: new Secret(secret ?? key.secret) };
  }

  return {
    wire,
    endpoints,
    credentialsOf,
    async clientOf(name: string, secret?: string) {
      const credentials = await credentialsOf(name, secret);
      const client = createAccountClient({
        venue: account,
        endpoints,
        clock: systemClock,
        fetch,
        credentials,
        clockOffsetMs: () => 0,
        measureClock: async () => undefined,
      });
      undos.push(() => client.dispose());
      return { client, credentials };
    },
    async ledgerOf(key: string) {
      return (await wire.control('GET', `/ledger?venue=${venue}&key=${key}`)).body;
    },
    /** Does something on behalf of a key: `POST /_sim/orders`. Throws where it is refused. */
    async act(key: string, wish: Record<string, unknown>) {
      const { body } = await wire.control('POST', '/orders', { venue, key, symbol: 'KRW-BTC', ...wish });
      if (!body.order) throw new Error(`refused: ${JSON.stringify(body)}`);
      return body.order;
    },
    async pricesOf(symbol = 'KRW-BTC'): Promise<{ bid: string; ask: string }> {
      const { body } = await wire.control('GET', `/truth/book?venue=${venue}&symbol=${symbol}&limit=1`);
      return { bid: String(body.bids[0][0]), ask: String(body.asks[0][0]) };
    },
    async listen(client: AccountClient) {
      const ear = await listen(account, client, endpoints);
      undos.push(() => ear.socket.terminate());
      return ear;
    },
    async close() {
      for (const undo of undos.splice(0)) undo();
      await wire.close();
    },
  };
}

/** All pages. */
export async function wholeOf<Row>(client: AccountClient, first: SignedCall<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let call: SignedCall<Page<Row>> | undefined = first; call; ) {
    const page: Page<Row> = await client.call(call);
    rows.push(...page.rows);
    call = page.next;
  }
  return rows;
}

type Of<Kind extends AccountDecoded['kind']> = Extract<AccountDecoded, { kind: Kind }>;

/** The private socket, subscribed as far as can be known: nothing confirms it. */
async function listen(
  account: AccountVenue,
  client: AccountClient,
  endpoints: { readonly rest: string; readonly ws: string },
) {
  const decode = account.stream.createDecoder();
  const heard: AccountDecoded[] = [];
  let wake: () => void = () => undefined;
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opening: Socket = openSocket(
      account.stream.url(endpoints),
      {
        opened: () => resolve(opening),
        frame(bytes) {
          heard.push(...decode(bytes, systemClock.now()));
          wake();
        },
        pulse: () => undefined,
        closed: (cause) => reject(new Error(cause.detail)),
      },
      { headers: account.stream.headers?.(client.signing()) ?? {} },
    );
  });
  socket.send(account.stream.subscribeFrame?.() ?? '');
  await new Promise<void>((resolve) => systemClock.after(150, resolve));
  const of = <Kind extends AccountDecoded['kind']>(kind: Kind) =>
    heard.filter((event): event is Of<Kind> => event.kind === kind);
  return {
    socket,
    of,
    /** Hangs (and the test with it) where it never becomes so. */
    async until(isSo: () => boolean) {
      while (!isSo()) await new Promise<void>((resolve) => (wake = resolve));
    },
    lastOf: (clientOrderId: string) =>
      of('order')
        .map(({ order }) => order)
        .findLast((order) => order.clientOrderId === clientOrderId),
  };
}
