import { afterEach, describe, expect, test } from 'vitest';
import type { AccountId } from '#shared/domain/account.ts';
import { venueId } from '#shared/domain/instrument.ts';
import { ACCOUNT, createAlertStage, PERP, SPOT, TETHER, WON } from './test-kit/alert-stage.ts';

let stage: ReturnType<typeof createAlertStage>;
afterEach(() => stage.dispose());
const account = ACCOUNT as AccountId;

describe('each kind of alert', () => {
  test('price: a spike between two looks is seen, of a window or not', async () => {
    stage = createAlertStage();
    await stage.add({ kind: 'price', instrument: SPOT, of: 'last', when: 'above', level: '100' });
    await stage.add({ kind: 'price', instrument: SPOT, of: 'last', when: 'below', level: '90' });
    await stage.add({ kind: 'price', instrument: PERP, of: 'mark', when: 'cross', level: '95.5' });
    stage.price(SPOT, 99);
    stage.mark(PERP, { mark: 95 });
    stage.price(SPOT, 100.5);
    stage.price(SPOT, 99);
    stage.price(SPOT, 89.5);
    stage.price(SPOT, 99);
    stage.mark(PERP, { mark: 95.5 });
    stage.seconds(1);
    expect([stage.story, [...stage.held.keys()]]).toEqual([
      ['triggered 100.5', 'triggered 89.5', 'triggered 95.5'],
      // What has triggered for good holds nothing any more.
      [],
    ]);
  });

  test('move: percent within its minutes, and what is older does not count', async () => {
    stage = createAlertStage();
    const rule = { kind: 'move', instrument: SPOT, level: '5', withinMin: 10 } as const;
    await stage.add({ ...rule, when: 'up' });
    await stage.add({ ...rule, when: 'down' });
    await stage.add({ ...rule, when: 'either' });
    stage.price(SPOT, 100);
    for (let minute = 0; minute < 12; minute += 1) {
      stage.clock.advance(60_000);
      stage.price(SPOT, 100 + minute * 0.45);
    }
    stage.seconds(1);
    const slow = stage.story;
    stage.clock.advance(60_000);
    stage.price(SPOT, 105.95);
    stage.price(SPOT, 100.6);
    stage.seconds(1);
    expect([slow, stage.story]).toEqual([
      [],
      [expect.stringMatching(/^triggered 5\.0/), expect.stringMatching(/^triggered 5\.0/)],
    ]);
  });

  test('spread: in basis points and in ticks, of the book', async () => {
    stage = createAlertStage();
    await stage.add({ kind: 'spread', instrument: SPOT, unit: 'bps', when: 'above', level: '10' });
    await stage.add({ kind: 'spread', instrument: SPOT, unit: 'ticks', when: 'above', level: '4' });
    await stage.settle();
    stage.book(SPOT, 9995, 10_000);
    stage.book(SPOT, 9995, 10_010);
    stage.book(SPOT, 9995, 10_020);
    stage.seconds(1);
    expect(stage.story).toEqual([expect.stringMatching(/^triggered 14\.99/), 'triggered 5']);
  });

  test('premium: on either basis, and not while the dollar is old', async () => {
    stage = createAlertStage();
    const rule = { kind: 'premium', krw: WON, usdt: PERP, when: 'above', level: '3' } as const;
    await stage.add({ ...rule, basis: 'official' });
    await stage.add({ ...rule, basis: 'tether' });
    stage.fx(1400, true);
    stage.price(PERP, 100);
    stage.price(TETHER, 1420);
    stage.price(WON, 145_000);
    stage.seconds(1);
    const before = [...stage.story];
    const reasons = stage.view.rows?.map(({ standing }) => standing.blind?.reason);
    stage.fx(1400);
    stage.seconds(1);
    stage.price(WON, 147_000);
    stage.seconds(1);
    expect([before, reasons, stage.story]).toEqual([
      [],
      ['rate', undefined],
      ['triggered 3.5714285714', 'triggered 3.5211267606'],
    ]);
  });

  test('funding: percent a period, with its sign', async () => {
    stage = createAlertStage();
    await stage.add({ kind: 'funding', instrument: PERP, when: 'below', level: '-0.05' });
    stage.mark(PERP, { mark: 100, fundingRate: 0.0001 });
    stage.mark(PERP, { fundingRate: -0.0005 });
    stage.seconds(1);
    expect(stage.story).toEqual(['triggered -0.05']);
  });

  test('profit: in its currency and in percent of the margin, of one position or of all', async () => {
    stage = createAlertStage();
    const rule = { kind: 'pnl', account, currency: 'USDT', when: 'below', level: '-50' } as const;
    await stage.add({ ...rule, unit: 'currency' });
    await stage.add({ ...rule, unit: 'percent', instrument: PERP });
    await stage.add({ ...rule, unit: 'currency', instrument: SPOT });
    stage.seconds(2);
    const idle = stage.view.rows?.map((row) => row.idle);
    stage.position({ unrealisedPnl: '-49.99', returnPercent: '-49' });
    stage.position({ unrealisedPnl: '-50', returnPercent: '-49.9' });
    stage.position({ unrealisedPnl: '-51', returnPercent: '-51' });
    stage.seconds(1);
    expect([idle, stage.story]).toEqual([
      ['no-position', 'no-position', 'no-position'],
      ['triggered -50', 'triggered -51'],
    ]);
  });

  test('a profit nobody has told anew, or of an account that is away, triggers nothing and is called out', async () => {
    stage = createAlertStage();
    await stage.add({
      kind: 'pnl',
      account,
      unit: 'currency',
      currency: 'USDT',
      when: 'below',
      level: '-50',
    });
    stage.position({ unrealisedPnl: '-10' });
    stage.clock.advance(20_000);
    // The venue's old word again, however bad it is.
    stage.position({ unrealisedPnl: '-90', receivedAt: stage.clock.now() - 20_000 });
    stage.seconds(1);
    const stale = stage.view.rows?.map(({ standing }) => standing.blind?.reason);
    stage.position({ unrealisedPnl: '-90' }, 'waiting');
    stage.seconds(32);
    expect([stale, stage.story]).toEqual([['stale'], ['blind account']]);
  });

  test('distance to liquidation: of the nearest', async () => {
    stage = createAlertStage();
    await stage.add({ kind: 'liquidation', account, level: '10' });
    stage.position({ unrealisedPnl: '0' });
    const idle = stage.view.rows?.map((row) => row.idle);
    stage.position({ unrealisedPnl: '0', liquidationDistancePercent: '10.01' });
    stage.position({ unrealisedPnl: '0', liquidationDistancePercent: '9.5' });
    stage.seconds(1);
    expect([idle, stage.story]).toEqual([['no-liquidation'], ['triggered 9.5']]);
  });

  test('connection: a venue in other than live for so long, again after it was back', async () => {
    stage = createAlertStage();
    await stage.add(
      { kind: 'connection', venue: venueId('plain'), seconds: 10 },
      { repeatAfterMs: 10_000, ways: ['sound'] },
    );
    const held = [...stage.held.keys()];
    const cause = { code: 'socket.silent', detail: '' } as const;
    const down = () => stage.connections.set('plain', { kind: 'stale', cause });
    down();
    stage.seconds(9);
    stage.connections.set('plain', { kind: 'live' });
    stage.seconds(5);
    down();
    stage.seconds(30);
    stage.connections.set('plain', { kind: 'live' });
    stage.seconds(2);
    down();
    stage.seconds(11);
    stage.connections.set('plain', { kind: 'paused', cause: { code: 'user', detail: '' } });
    stage.seconds(2);
    expect([held, stage.story, stage.view.rows?.map((row) => row.idle)]).toEqual([
      [`ticker ${PERP}`, `trade ${PERP}`],
      ['triggered 10', 'triggered 10'],
      ['asked'],
    ]);
  });
});
