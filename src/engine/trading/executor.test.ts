import { describe, expect, test } from 'vitest';
import type { PlaceAnswer } from '#shared/contract/order-views.ts';
import type { Order } from '#shared/domain/order.ts';
import type { OrderChange } from '#shared/domain/order-draft.ts';
import { ACCOUNT, approved, BTC, NO_LINK, report, stageTrading } from './test-kit/scripted-account.ts';
import type { CallOutcome } from './trading-account.ts';

const REF = { account: ACCOUNT, instrument: BTC, clientOrderId: 'a', isConditional: false };
const yes = () => true;
const noRest = async (): Promise<PlaceAnswer> => {
  throw new Error('nothing is to be placed');
};
const held = (id: string, change = {}): Order => ({
  ...report(id, change),
  account: ACCOUNT,
  source: 'stream',
  receivedAt: 0,
});

describe('placing', () => {
  test('is written down before it leaves, leaves once, and its answer is written down', async () => {
    const stage = stageTrading();
    const order = await stage.executor.place(approved('a'), yes);
    expect([order.state, order.venueOrderId, stage.journal.kindsOf('a'), stage.count('place')]).toEqual([
      'open',
      'v-a',
      ['sending', 'sent', 'answer'],
      1,
    ]);
  });

  test('does not happen where the journal cannot be written', async () => {
    const stage = stageTrading();
    stage.journal.isBroken = true;
    await expect(stage.executor.place(approved('a'), yes)).rejects.toMatchObject({
      code: 'journal.unwritable',
    });
    expect(stage.calls).toEqual([]);
  });

  test('does not happen where in the last instant the kill switch is on, or trust is gone', async () => {
    const ends: unknown[] = [];
    for (const misfortune of ['halt', 'trust'] as const) {
      let hasLeft = false;
      const stage = stageTrading({
        async place(_order, onSending): Promise<CallOutcome<object>> {
          if (misfortune === 'halt') stage.halt();
          try {
            onSending('hash');
            hasLeft = true;
          } catch (fault) {
            return { verdict: 'unsent', venueCode: (fault as { code: string }).code, message: '' };
          }
          return { verdict: 'accepted', answer: {} };
        },
      });
      const { state } = await stage.executor.place(approved('a'), () => misfortune !== 'trust');
      ends.push([
        misfortune,
        hasLeft,
        state,
        stage.state('a'),
        stage.journal.orders.get('a')?.rejection?.venueCode,
      ]);
    }
    expect(ends).toEqual([
      ['halt', false, 'unsent', 'unsent', 'order.halted'],
      ['trust', false, 'unsent', 'unsent', 'order.untrusted'],
    ]);
  });

  test('is written down with all that led to it before it leaves, and that it has left when it has', async () => {
    let before: readonly string[] = [];
    const stage = stageTrading({
      async place(_order, onSending) {
        onSending('hash');
        before = stage.journal.kindsOf('a');
        await new Promise<void>((resolve) => void stage.clock.after(100, resolve));
        return { verdict: 'accepted', answer: {} };
      },
    });
    const guarded = { kind: 'guarded', order: 'a', request: approved('a') } as const;
    const placed = stage.executor.place(approved('a'), yes, stage.clock.monotonic(), [guarded]);
    await stage.pass(50);
    const meanwhile = stage.journal.kindsOf('a');
    await stage.pass(100);
    await placed;
    expect([before, meanwhile, stage.journal.kindsOf('a')]).toEqual([
      ['guarded', 'sending'],
      ['guarded', 'sending', 'sent'],
      ['guarded', 'sending', 'sent', 'answer'],
    ]);
  });

  test('never uses an id twice', async () => {
    const stage = stageTrading();
    await stage.executor.place(approved('a'), yes);
    await expect(stage.executor.place(approved('a'), yes)).rejects.toMatchObject({ code: 'internal' });
    expect(stage.count('place')).toBe(1);
  });

  test('that ends without a word of the venue is unknown; one refused as a repeat is never shown as rejected', async () => {
    const states = [];
    for (const verdict of ['unknown', 'exists', 'gone', 'unchanged', 'rejected', 'unsent'] as const) {
      const stage = stageTrading({
        async place(_order, onSending) {
          onSending('hash');
          return { verdict, venueCode: '-1', message: 'words' };
        },
      });
      states.push([verdict, (await stage.executor.place(approved('a'), yes)).state]);
    }
    const thrown = stageTrading({
      async place(_order, onSending) {
        onSending('hash');
        throw new Error('a fault of ours');
      },
    });
    states.push(['thrown', (await thrown.executor.place(approved('a'), yes)).state]);
    expect(states).toEqual([
      ['unknown', 'unknown'],
      ['exists', 'unknown'],
      ['gone', 'unknown'],
      ['unchanged', 'unknown'],
      ['rejected', 'rejected'],
      ['unsent', 'unsent'],
      ['thrown', 'unknown'],
    ]);
  });
});

describe('cancelling', () => {
  test('twice at once is one call, and what has ended is gone without one', async () => {
    const stage = stageTrading();
    stage.tell(report('a'));
    const { venueOrderId } = report('a');
    const both = await Promise.all([
      stage.executor.cancel(REF, 'window'),
      stage.executor.cancel(
        { account: ACCOUNT, instrument: BTC, venueOrderId, isConditional: false },
        'ladder',
      ),
    ]);
    stage.tell(report('a', { status: 'CANCELED', venueStatus: 'CANCELED', venueTime: 2 }));
    const third = await stage.executor.cancel(REF, 'window');
    expect([both.map(({ verdict }) => verdict), third, stage.count('cancel')]).toEqual([
      ['accepted', 'accepted'],
      { verdict: 'gone' },
      1,
    ]);
  });

  test('goes on while the journal cannot be written, and is written down later', async () => {
    const stage = stageTrading();
    await stage.executor.place(approved('a'), yes);
    stage.journal.isBroken = true;
    const answer = await stage.executor.cancel(REF, 'window');
    stage.journal.isBroken = false;
    await stage.pass(1000);
    expect([answer.verdict, stage.journal.kindsOf('a').slice(-2)]).toEqual(['accepted', ['cancel', 'done']]);
  });

  test('whose answer is lost is looked into, and repeated only while the order is open', async () => {
    const outcomes = [];
    for (const status of ['NEW', 'CANCELED'] as const) {
      let tries = 0;
      const stage = stageTrading({
        cancel: async () => {
          tries += 1;
          return tries === 1 ? NO_LINK : { verdict: 'accepted', answer: {} };
        },
        find: async () => ({ order: report('a', { status, venueStatus: status }), venueTime: 0 }),
      });
      stage.tell(report('a'));
      const answer = stage.executor.cancel(REF, 'window');
      await stage.pass(1000);
      outcomes.push([status, (await answer).verdict, tries]);
    }
    expect(outcomes).toEqual([
      ['NEW', 'accepted', 2],
      ['CANCELED', 'gone', 1],
    ]);
  });

  test('of an order in the dark happens as soon as it is seen', async () => {
    const stage = stageTrading({
      async place(_order, onSending) {
        onSending('hash');
        return NO_LINK;
      },
      cancel: async ({ venueOrderId }) =>
        venueOrderId === undefined
          ? { verdict: 'gone', venueCode: '-2011', message: 'unknown order' }
          : { verdict: 'accepted', answer: {} },
    });
    await stage.executor.place(approved('a'), yes);
    const answer = await stage.executor.cancel(REF, 'window');
    stage.tell(report('a'));
    await stage.settled();
    expect([answer.verdict, stage.count('cancel'), stage.state('a')]).toEqual(['unknown', 2, 'cancelling']);
  });
});

describe('amending', () => {
  test('happens once however often it is asked for, and not at all where it is so already', async () => {
    const stage = stageTrading();
    stage.tell(report('a'));
    const change = { price: '101' };
    const amend = () => stage.executor.amend(held('a'), change, 'ladder', yes, noRest);
    const verdicts = await Promise.all([amend(), amend()]);
    stage.tell(report('a', { price: '101.0', venueTime: 2 }));
    verdicts.push(await amend());
    expect([verdicts.map(({ verdict }) => verdict), stage.count('amend')]).toEqual([
      ['accepted', 'accepted', 'accepted'],
      1,
    ]);
  });

  test('follows on one that was accepted and not told of yet, and never takes one in the dark for done', async () => {
    const asked: unknown[] = [];
    let isLost = false;
    const stage = stageTrading({
      async amend({ price, quantity }, change, _id, onSending) {
        onSending('hash');
        asked.push([price, quantity, change]);
        return isLost ? NO_LINK : { verdict: 'accepted', answer: {} };
      },
      find: async () => Promise.reject(new Error('no link')),
    });
    stage.tell(report('a'));
    const amend = (change: OrderChange) => stage.executor.amend(held('a'), change, 'ladder', yes, noRest);
    await amend({ quantity: '3' });
    await amend({ price: '101' });
    // Back again, and it is not where it was before any of them.
    await amend({ price: '100' });
    isLost = true;
    const lost = amend({ price: '102' });
    await stage.pass(30_000, 250);
    isLost = false;
    const back = await amend({ price: '100' });
    expect([asked, (await lost).verdict, back.verdict]).toEqual([
      [
        ['100', '2', { quantity: '3' }],
        ['100', '3', { price: '101' }],
        ['101', '3', { price: '100' }],
        ['100', '3', { price: '102' }],
        ['100', '2', { price: '100' }],
      ],
      'unknown',
      'accepted',
    ]);
  });

  test('whose answer is lost is looked at and never repeated', async () => {
    const outcomes = [];
    for (const price of ['101', '100']) {
      const stage = stageTrading({
        async amend(_order, _change, _id, onSending) {
          onSending('hash');
          return NO_LINK;
        },
        find: async () => ({ order: report('a', { price }), venueTime: 0 }),
      });
      const answer = stage.executor.amend(held('a'), { price: '101' }, 'ladder', yes, noRest);
      await stage.pass(15_000, 100);
      outcomes.push([price, (await answer).verdict, stage.count('amend')]);
    }
    expect(outcomes).toEqual([
      ['101', 'accepted', 1],
      ['100', 'rejected', 1],
    ]);
  });

  test('is kept from leaving by the kill switch', async () => {
    const stage = stageTrading({
      async amend(_order, _change, _id, onSending) {
        try {
          onSending('hash');
        } catch {
          return { verdict: 'unsent', venueCode: 'order.halted', message: '' };
        }
        return { verdict: 'accepted', answer: {} };
      },
    });
    stage.halt();
    const answer = await stage.executor.amend(held('a'), { price: '101' }, 'ladder', yes, noRest);
    expect(answer).toMatchObject({ verdict: 'rejected', venueCode: 'order.halted' });
  });

  test('where the venue cannot: out with the old one, and only once its ending is proven in with what is left', async () => {
    const rests: unknown[] = [];
    const verdicts: string[] = [];
    for (const isProven of [true, false]) {
      const base = stageTrading();
      const stage = stageTrading({
        abilities: (instrument) => ({ ...base.account.abilities(instrument), amend: 'no' }),
        find: async () => {
          throw new Error('no link');
        },
      });
      stage.tell(report('a', { filledQuantity: '0.5', status: 'PARTIALLY_FILLED' }));
      const answer = stage.executor.amend(held('a'), { price: '99' }, 'ladder', yes, async (rest) => {
        rests.push([isProven, rest]);
        return { kind: 'blocked', trust: { kind: 'blocked', reason: 'book-old', canOverride: true } };
      });
      await stage.pass(500);
      if (isProven) stage.tell(report('a', { filledQuantity: '0.75', status: 'CANCELED', venueTime: 2 }));
      await stage.pass(20_000, 250);
      verdicts.push((await answer).verdict);
    }
    expect([verdicts, rests]).toEqual([['blocked', 'unknown'], [[true, { quantity: '1.25', price: '99' }]]]);
  });
});
