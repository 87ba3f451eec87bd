import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Question, Reply } from '#shared/domain/question.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { isDerivative, ORDER_VENUES, type OrderVenue } from './test-kit/order-judge.ts';
import { type OrderStage, openOrderStage, pause } from './test-kit/order-stage.ts';

// What keeps an order from leaving, asked of a whole engine: the record of what the simulator received is the judge.

const questions: Question[] = [];
let reply: Reply = 'yes';
let stage: OrderStage;
beforeAll(async () => {
  stage = await openOrderStage({
    seed: 26,
    confirm: {
      how: 'terminal',
      async ask(question) {
        questions.push(question);
        return reply;
      },
    },
  });
});
afterEach(() => stage.clean());
afterAll(() => stage[Symbol.asyncDispose]());

/** Lines of the journal about orders that came to nothing: their kinds, the newest last. */
async function lastLines(count: number): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { text } = await stage.request('orders.exportAudit', {});
  return text
    .trim()
    .split('\n')
    .slice(-count)
    .map((line) => (JSON.parse(line) as { event: Record<string, unknown> }).event);
}

/** Its public sockets go on standing, and tell nothing any more. */
async function silence(venue: OrderVenue): Promise<void> {
  for (const route of ['public', 'linear', 'market'])
    await stage.control.fault({ kind: 'mute', venue, route });
}

test.each(ORDER_VENUES)(
  'on a book of %s that is older than two seconds nothing leaves, but by a second step',
  async (venue) => {
    const draft = await stage.far(venue);
    const before = (await stage.posts(venue)).length;
    await silence(venue);
    const { trust } = await stage.ticket(draft, (ticket) => ticket.trust.kind === 'blocked');
    const reason = trust.kind === 'blocked' ? trust.reason : '';
    const answers = [
      await stage.place(draft),
      // A step over something else is none.
      await stage.place(draft, 'stream-silent'),
      await stage.place(draft, ''),
    ];
    const left = (await stage.posts(venue)).length - before;
    figure('G26', `requests on an old book of ${venue}`, left, 'requests');
    expect({ reason, left, answers: answers.map((one) => one.kind === 'blocked' && one.trust) }).toEqual({
      reason: 'book-old',
      left: 0,
      answers: Array.from({ length: 3 }, () =>
        expect.objectContaining({ reason: 'book-old', canOverride: true, limit: '2000' }),
      ),
    });

    const over = await stage.place(draft, 'book-old');
    const { lines } = await stage.flight(over.kind === 'placed' ? over.order.request.clientOrderId : '');
    const steps = lines.map(({ event }) => event.kind);
    expect([over.kind, steps.slice(0, 5), (await stage.posts(venue)).length - before]).toEqual([
      'placed',
      ['intent', 'override', 'guarded', 'sending', 'sent'],
      1,
    ]);
  },
);

test.each(ORDER_VENUES)(
  'above the threshold main asks, and what it shows is what leaves to %s',
  async (venue) => {
    const quantity = { unit: 'base', value: isDerivative(venue) ? '0.07' : '0.065' } as const;
    const draft = await stage.far(venue, { quantity });
    const ticket = await stage.ticket(draft, ({ request }) => request !== undefined);
    const before = (await stage.posts(venue)).length;
    questions.length = 0;
    const kinds: string[] = [];
    for (const each of ['no', 'nobody', 'yes'] as const) {
      reply = each;
      const { kind } = await stage.place(draft);
      kinds.push(kind);
    }
    const asked = questions.at(-1);
    const order = asked?.kind === 'order' ? asked.order : undefined;
    const posts = (await stage.posts(venue)).slice(before);
    const body = Object.fromEntries(
      Object.entries(posts[0]?.params ?? {}).map(([name, value]) => [
        name.toLowerCase(),
        String(value).toLowerCase(),
      ]),
    );
    const has = (...names: readonly string[]) =>
      names.map((name) => body[name]).find((value) => value !== undefined);
    expect({
      isSaid: ticket.isConfirmedByMain,
      kinds,
      asked: questions.length,
      posts: posts.length,
      side: has('side')?.replace('bid', 'buy'),
      price: Number(has('price')),
      quantity: Number(has('quantity', 'qty', 'volume')),
      id: [posts[0]?.clientOrderId],
    }).toEqual({
      isSaid: true,
      kinds: ['declined', 'declined', 'placed'],
      asked: 3,
      posts: 1,
      side: order?.side,
      price: Number(order?.price),
      quantity: Number(order?.quantity),
      id: [order?.clientOrderId],
    });
  },
);

test.each(ORDER_VENUES)(
  'after a gap of the account at %s nothing leaves before all of it was compared',
  async (venue) => {
    const draft = await stage.far(venue);
    const before = (await stage.posts(venue)).length;
    await stage.control.fault({ kind: 'delay', venue, route: 'rest', ms: 1500 });
    await stage.control.post('accounts', { venue, key: 'trade', action: 'disconnect' });
    const { trust } = await stage.ticket(draft, (ticket) => ticket.trust.kind === 'blocked');
    const { kind } = await stage.place(draft);
    const left = (await stage.posts(venue)).length - before;
    await stage.control.clearFaults();
    await stage.ticket(draft, (ticket) => ticket.trust.kind === 'ok');
    expect([trust.kind === 'blocked' && trust.reason, kind, left, (await stage.place(draft)).kind]).toEqual([
      expect.stringMatching(/^(?:account-down|not-reconciled|stream-silent)$/),
      'blocked',
      0,
      'placed',
    ]);
  },
);

test('while the journal cannot be written nothing leaves, and cancels do', async () => {
  const standing = await stage.placed(await stage.far('binance'));
  await stage.becomes(standing.request.clientOrderId, 'open');
  const before = (await stage.posts('binance')).length;
  const hold = new Sqlite(join(stage.dataDir, 'orders.db'));
  hold.exec('begin immediate');
  let answers: readonly unknown[];
  let cancelled: string;
  try {
    const draft = await stage.far('binance', { quantity: { unit: 'base', value: '0.005' } });
    answers = [await stage.place(draft), await stage.place(draft, 'journal')];
    await stage.until('told of', () => stage.trading.journalFault !== undefined);
    cancelled = (await stage.cancel(standing.request.clientOrderId)).verdict;
  } finally {
    hold.exec('rollback');
    hold.close();
  }
  const blocked = {
    kind: 'blocked',
    trust: expect.objectContaining({ reason: 'journal', canOverride: false }),
  };
  expect([answers, cancelled, (await stage.posts('binance')).length - before]).toEqual([
    [blocked, blocked],
    'accepted',
    0,
  ]);
  await stage.until('written again', () => stage.trading.journalFault === undefined);
  await stage.becomes(standing.request.clientOrderId, 'cancelled');
  const { kind } = await stage.place(
    await stage.far('binance', { quantity: { unit: 'base', value: '0.006' } }),
  );
  expect(kind).toBe('placed');
});

test('halted, nothing steps over it; and it is resumed by its phrase alone', async () => {
  const draft = await stage.far('bybit');
  await stage.request('trading.kill', {});
  const before = (await stage.posts('bybit')).length;
  const answers = [await stage.place(draft), await stage.place(draft, 'halted')];
  const refused = await stage
    .request('trading.resume', { phrase: 'resume' })
    .catch(({ code }) => code as string);
  const { trust } = await stage.ticket(draft, () => true);
  const left = (await stage.posts('bybit')).length - before;
  await pause(1100);
  await stage.request('trading.resume', { phrase: 'RESUME' });
  const blocked = { kind: 'blocked', reason: 'halted', canOverride: false };
  expect([answers, refused, trust, left, (await stage.place(draft)).kind]).toEqual([
    [
      { kind: 'blocked', trust: blocked },
      { kind: 'blocked', trust: blocked },
    ],
    'arm.phrase',
    blocked,
    0,
    'placed',
  ]);
});

test('after all of it the chain of the journal is whole, and there is no secret in it', async () => {
  const { lines, brokenAt } = await stage.request('orders.verifyAudit', {});
  const secrets: string[] = [];
  for (const venue of ORDER_VENUES) {
    const { keys } = (await stage.control.read(`keys?venue=${venue}`)) as {
      keys: readonly { apiKey: string; secret: string }[];
    };
    secrets.push(...keys.flatMap(({ apiKey, secret }) => [apiKey, secret]));
  }
  const files = readdirSync(stage.dataDir).filter((name) => name.startsWith('orders.'));
  const found = files.flatMap((name) => {
    const text = readFileSync(join(stage.dataDir, name), 'latin1');
    return secrets.filter((secret) => text.includes(secret)).map(() => name);
  });
  figure('G32', 'lines of a journal of everything, its chain whole', lines, 'lines');
  expect([lines > 50, brokenAt, files.length >= 2, found, (await lastLines(1)).length]).toEqual([
    true,
    undefined,
    true,
    [],
    1,
  ]);
});
