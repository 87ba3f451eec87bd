import { expect, onTestFinished, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import type { TicketView } from '#shared/contract/order-views.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { draft, INSTRUMENT, stageOrders } from './test-kit/order-desk.ts';
import { watchTicket } from './ticket-watch.ts';

async function open(check = async () => INSTRUMENT) {
  const desk = await stageOrders();
  const { clock, log, sight } = desk;
  const told: TicketView[] = [];
  const source = watchTicket({ clock, log, sight, check }, draft(), () => {
    const view = source.take();
    if (view) told.push(view);
  });
  onTestFinished(() => source.dispose());
  await desk.pass(1000);
  return { desk, told, source, newest: () => told.at(-1) };
}
const trustOf = (view: TicketView | undefined) =>
  view?.trust.kind === 'blocked' ? [view.trust.reason, view.trust.canOverride] : view?.trust.kind;

test('a ticket says what would leave, and follows what changes', async () => {
  const { desk, newest } = await open();
  const before = [trustOf(newest()), newest()?.request?.price];
  desk.quote(900);
  await desk.pass(500);
  expect([before, newest()?.denials.map(({ rule }) => rule)]).toEqual([['ok', '1000'], ['collar']]);
});

test('one whose account is removed says that nothing can leave, and harms nobody', async () => {
  const { desk, newest } = await open();
  desk.seen.isGone = true;
  await desk.pass(500);
  const gone = trustOf(newest());
  desk.seen.isGone = false;
  await desk.pass(500);
  expect([gone, trustOf(newest())]).toEqual([['account-down', false], 'ok']);
});

test('one of an instrument that is not listed says so, and looks again', async () => {
  let isListed = false;
  const { desk, newest } = await open(async () => {
    if (isListed) return INSTRUMENT;
    throw new HeartlineError('instrument.unknown', 'not listed');
  });
  const before = [trustOf(newest()), newest()?.denials];
  isListed = true;
  await desk.pass(5500);
  expect([before, trustOf(newest())]).toEqual([
    [['book-invalid', false], [{ rule: 'instrument', limit: 'trading', value: 'plain:BTC-USDT-PERP' }]],
    'ok',
  ]);
});

test('a fault of ours is in the log once, and nothing leaves by it', async () => {
  const { desk, newest } = await open();
  desk.seen.isBroken = true;
  await desk.pass(3000);
  expect([trustOf(newest()), desk.log.entries.filter(({ code }) => code === 'internal').length]).toEqual([
    ['book-invalid', false],
    1,
  ]);
});

test('ten tickets with five hundred orders in the journal cost little', async () => {
  const { desk } = await open();
  for (let count = 0; count < 500; count += 1) {
    const request = {
      clientOrderId: `a${count}`,
      account: 'plain#other1',
      instrument: 'plain:BTC-USDT-PERP',
      notional: '1',
    };
    desk.journal.append({ kind: 'sending', order: request.clientOrderId, request: request as never });
  }
  const { clock, log, sight, check } = desk;
  const sources = Array.from({ length: 10 }, (_, at) =>
    watchTicket({ clock, log, sight, check }, draft({ price: `${990 + at}` }), () => undefined),
  );
  await desk.settled();
  const began = performance.now();
  for (let looks = 0; looks < 100; looks += 1) clock.advance(250);
  const ms = (performance.now() - began) / 1100;
  for (const source of sources) source.dispose();
  figure('ticket', 'one look of a ticket, 500 orders in the journal', Math.round(ms * 1000), 'µs');
  expect(desk.held).toBe(2);
});
