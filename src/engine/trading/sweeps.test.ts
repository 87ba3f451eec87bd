import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import type { OrderRef } from '#shared/domain/order-draft.ts';
import { ACCOUNT, approved, BTC, NO_LINK, report, stageTrading } from './test-kit/scripted-account.ts';
import type { TradingAccount } from './trading-account.ts';

const ETH = instrumentId('plain:ETH-USDT-PERP');
const SILENT = { verdict: 'unsent', venueCode: 'rest.silent', message: 'silence for a while' } as const;
const DONE = { verdict: 'accepted', answer: {} } as const;

/** A venue with so many open orders; what is cancelled leaves its list at once. */
function stageOpen(
  count: number,
  script: (open: Map<string, OrderReport>) => Partial<TradingAccount> = () => ({}),
) {
  const open = new Map<string, OrderReport>();
  const cancel = (id: string | undefined) => {
    if (id === undefined || !open.delete(id))
      return { verdict: 'gone', venueCode: '-2011', message: '' } as const;
    return DONE;
  };
  const stage = stageTrading({
    openOrders: async () => [...open.values()],
    cancel: async ({ venueOrderId }: OrderRef) => cancel(venueOrderId),
    ...script(open),
  });
  for (let index = 0; index < count; index += 1) {
    const order = report(`o${index}`, {
      instrument: index % 5 === 4 ? ETH : BTC,
      side: index % 2 ? 'sell' : 'buy',
    });
    open.set(order.venueOrderId, order);
  }
  return { ...stage, open, tellAll: () => [...open.values()].forEach((order) => void stage.tell(order)) };
}

const endOf = ({ sweeps }: ReturnType<typeof stageOpen>) =>
  sweeps.all.map(({ kind, found, left, failed, outcome }) => ({
    kind,
    found,
    left,
    failed: failed.length,
    outcome,
  }));

describe('a sweep', () => {
  test('of the kill switch has its first cancels on the way before it returns, and all fifty gone within a second', async () => {
    const stage = stageOpen(50);
    stage.tellAll();
    stage.sweeps.kill('button');
    const atOnce = stage.count('cancel');
    await stage.pass(1000, 10);
    expect([atOnce > 0, stage.open.size, endOf(stage)]).toEqual([
      true,
      0,
      [{ kind: 'kill', found: 50, left: 0, failed: 0, outcome: 'clean' }],
    ]);
  });

  test('goes on without a journal, and finds what the desk did not know of', async () => {
    const stage = stageOpen(12);
    stage.journal.isBroken = true;
    stage.sweeps.kill('cli');
    await stage.pass(2000);
    stage.journal.isBroken = false;
    await stage.pass(1500);
    const lines = stage.journal.lines.map(({ event }) => event);
    expect([endOf(stage), lines]).toEqual([
      [{ kind: 'kill', found: 12, left: 0, failed: 0, outcome: 'clean' }],
      [
        { kind: 'sweep', account: ACCOUNT, from: 'cli', found: 12, left: 12, isOver: false },
        { kind: 'sweep', account: ACCOUNT, from: 'cli', found: 12, left: 0, isOver: true },
      ],
    ]);
  });

  test('uses the venue’s own cancel-all where there is one, and cancels one by one what that leaves', async () => {
    const stage = stageOpen(20, (open) => ({
      cancelAll: () => {
        if (open.size < 20) return undefined;
        for (const id of [...open.keys()].slice(0, 17)) open.delete(id);
        return Promise.resolve({ verdict: 'accepted', answer: { cancelled: [], failed: [], isBlind: true } });
      },
    }));
    stage.tellAll();
    stage.sweeps.cancelAll({ account: ACCOUNT }, 'window');
    await stage.pass(5000);
    expect([stage.open.size, stage.count('cancel'), endOf(stage)[0]?.outcome]).toEqual([0, 3, 'clean']);
  });

  test('keeps to its instrument and its side', async () => {
    const stage = stageOpen(20);
    stage.tellAll();
    stage.sweeps.cancelAll({ account: ACCOUNT, instrument: BTC, side: 'sell' }, 'ladder');
    await stage.pass(3000);
    const left = [...stage.open.values()];
    expect([left.length, left.some(({ instrument, side }) => instrument === BTC && side === 'sell')]).toEqual(
      [12, false],
    );
  });

  test('is not over before the list was empty twice, and not while the stream says otherwise', async () => {
    let reads = 0;
    const stage = stageOpen(0, (open) => ({
      openOrders: async () => {
        reads += 1;
        if (reads === 2) open.set('v-late', report('late'));
        return reads === 1 ? [] : [...open.values()];
      },
    }));
    stage.sweeps.cancelAll({ account: ACCOUNT }, 'window');
    await stage.pass(3000);
    expect([reads, stage.count('cancel'), endOf(stage)[0]]).toEqual([
      4,
      1,
      { kind: 'cancel-all', found: 1, left: 0, failed: 0, outcome: 'clean' },
    ]);
  });

  test('of the kill switch outlasts a silence the venue has ordered, and says what is left where it lasts longer', async () => {
    const silentFor = (ms: number) => {
      const stage = stageOpen(5, (open) => ({
        cancel: async ({ venueOrderId }: OrderRef) => {
          if (stage.clock.monotonic() < startedAt + ms) return SILENT;
          return open.delete(venueOrderId ?? '') ? DONE : { verdict: 'gone', venueCode: '', message: '' };
        },
        openOrders: async () => {
          if (stage.clock.monotonic() < startedAt + ms) throw new Error(SILENT.message);
          return [...open.values()];
        },
      }));
      const startedAt = stage.clock.monotonic();
      stage.tellAll();
      stage.sweeps.kill('button');
      return stage;
    };
    const stages = [61_000, 3_600_000].map(silentFor);
    for (const stage of stages) await stage.pass(185_000, 250);
    expect(stages.map((stage) => [endOf(stage)[0], stage.sweeps.all[0]?.detail])).toEqual([
      [{ kind: 'kill', found: 5, left: 0, failed: 0, outcome: 'clean' }, undefined],
      [{ kind: 'kill', found: 5, left: 5, failed: 0, outcome: 'failed' }, SILENT.message],
    ]);
  });

  test('is not given up at one refusal after many tries that never left', async () => {
    let tries = 0;
    const stage = stageOpen(1, (open) => ({
      cancel: async ({ venueOrderId }: OrderRef) => {
        tries += 1;
        if (tries < 6) return SILENT;
        if (tries === 6) return { verdict: 'rejected', venueCode: '-1', message: 'not now' };
        return open.delete(venueOrderId ?? '') ? DONE : { verdict: 'gone', venueCode: '', message: '' };
      },
    }));
    stage.tellAll();
    stage.sweeps.kill('button');
    await stage.pass(20_000, 100);
    expect([tries, endOf(stage)[0]?.outcome]).toEqual([7, 'clean']);
  });

  test('of an account that cannot be called says at once what is left there', () => {
    const stage = stageOpen(3);
    stage.tellAll();
    stage.enter({ kind: 'locked' });
    stage.sweeps.kill('button');
    return stage.settled().then(() => {
      expect([endOf(stage)[0], stage.sweeps.all[0]?.detail, stage.count('cancel')]).toEqual([
        { kind: 'kill', found: 3, left: 3, failed: 0, outcome: 'failed' },
        'it is locked',
        0,
      ]);
    });
  });

  test('of orders in the dark goes after them until they are gone, whatever the venue answers at first', async () => {
    const stage = stageOpen(0, (open) => ({
      async place({ clientOrderId }, onSending) {
        onSending('hash');
        open.set(`v-${clientOrderId}`, report(clientOrderId));
        return NO_LINK;
      },
      openOrders: async () => [],
      cancel: async ({ venueOrderId }: OrderRef) => {
        if (stage.clock.monotonic() < 40_000) return SILENT;
        return open.delete(venueOrderId ?? '') ? DONE : { verdict: 'gone', venueCode: '', message: '' };
      },
    }));
    await stage.executor.place(approved('dark'), () => true);
    stage.sweeps.kill('button');
    await stage.pass(5000);
    stage.tell(report('dark'));
    await stage.pass(60_000, 250);
    expect([stage.open.size, stage.state('dark')]).toEqual([0, 'cancelling']);
  });

  test('leaves no order that was being changed to come back', async () => {
    const placed: unknown[] = [];
    const base = stageTrading();
    const stage = stageOpen(1, (open) => ({
      abilities: (instrument) => ({ ...base.account.abilities(instrument), amend: 'no' }),
      cancel: async ({ venueOrderId }: OrderRef) => {
        open.delete(venueOrderId ?? '');
        return DONE;
      },
    }));
    stage.tellAll();
    const { order } = [...stage.account.holdings.orders.values()][0] ?? {};
    if (order === undefined) throw new Error('no order');
    const changed = stage.executor.amend(
      order,
      { price: '99' },
      'ladder',
      () => true,
      async (rest) => {
        placed.push(rest);
        return { kind: 'declined', answer: 'no' };
      },
    );
    await stage.pass(100);
    stage.sweeps.cancelAll({ account: ACCOUNT }, 'window');
    stage.tell({ ...order, status: 'CANCELED', venueTime: 9 });
    await stage.pass(5000, 100);
    expect([(await changed).verdict, placed]).toEqual(['gone', []]);
  });

  test('names what could not be cancelled, and does not go on for ever', async () => {
    const refusing = stageOpen(3, () => ({
      cancel: async () => ({ verdict: 'rejected', venueCode: '-1', message: 'not now' }),
    }));
    refusing.sweeps.cancelAll({ account: ACCOUNT }, 'window');
    const silent = stageOpen(3, () => ({ cancel: async () => NO_LINK }));
    silent.sweeps.cancelAll({ account: ACCOUNT }, 'window');
    const deaf = stageOpen(3, () => ({
      openOrders: async () => {
        throw new Error('no link');
      },
    }));
    deaf.sweeps.cancelAll({ account: ACCOUNT }, 'window');
    for (const stage of [refusing, silent, deaf]) await stage.pass(62_000, 250);
    expect([refusing, silent, deaf].map((stage) => endOf(stage)[0])).toEqual([
      { kind: 'cancel-all', found: 3, left: 3, failed: 3, outcome: 'left-over' },
      { kind: 'cancel-all', found: 3, left: 3, failed: 0, outcome: 'left-over' },
      { kind: 'cancel-all', found: 0, left: 0, failed: 0, outcome: 'failed' },
    ]);
  });

  test('is stopped by the person, but not the kill switch', async () => {
    const stage = stageOpen(30, () => ({ cancel: async () => NO_LINK }));
    stage.tellAll();
    const [id = ''] = stage.sweeps.cancelAll({ account: ACCOUNT }, 'window');
    const [kill = ''] = stage.sweeps.kill('button');
    await stage.pass(500);
    stage.sweeps.stop(id);
    expect(() => stage.sweeps.stop(kill)).toThrow('nobody stops');
    await stage.pass(500);
    expect(stage.sweeps.all.map(({ outcome }) => outcome)).toEqual(['stopped', undefined]);
  });

  test('cancels an order in the dark as soon as it is seen, though that is after its end', async () => {
    const stage = stageOpen(0, () => ({
      async place(_order, onSending) {
        onSending('hash');
        return NO_LINK;
      },
    }));
    await stage.executor.place(approved('dark'), () => true);
    stage.sweeps.kill('button');
    await stage.pass(2000);
    const before = stage.count('cancel');
    stage.open.set('v-dark', report('dark'));
    stage.tell(report('dark'));
    await stage.settled();
    expect([endOf(stage)[0]?.outcome, before, stage.count('cancel'), stage.open.size]).toEqual([
      'clean',
      0,
      1,
      0,
    ]);
  });
});
