import type { IncomingMessage } from 'node:http';
import { beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { openDesk } from '../accounts/open-desk.ts';
import { BITHUMB_DESK } from '../accounts/venue-rules.ts';
import { Faults } from '../faults.ts';
import { PrivateHalf } from '../korean/private-half.ts';
import { flattened } from '../korean/query-hash.ts';
import { krwBasis } from '../krw-coins.ts';
import { createMarket } from '../market.ts';
import { KoreanSigner, type Params } from '../test-kit/korean-signer.ts';
import { START } from '../test-kit/trace.ts';
import { BithumbBudget } from './budget.ts';
import { BITHUMB_COINS } from './coins.ts';
import { bithumbManner } from './private-manner.ts';

/** Bithumb's private half without sockets, in a market that stands still and a time that moves when told to. */
function openHalf() {
  const clock = createVirtualClock();
  const coins = BITHUMB_COINS.filter(({ path }) => path === 'BTC');
  const market = createMarket({ seed: 1, startTime: START, coins, basisOf: krwBasis('bithumb') });
  const now = () => market.now;
  const desk = openDesk({
    venue: 'bithumb',
    markets: new Map([['', market]]),
    rules: BITHUMB_DESK,
    startTime: START,
    now,
  });
  const manner = bithumbManner(clock, new BithumbBudget(clock));
  const half = new PrivateHalf({ manner, desk, market, faults: new Faults(clock), clock, now });
  const key = desk.keys.find(({ name }) => name === 'withdraw');
  const signer = new KoreanSigner('bithumb', '', key as { apiKey: string; secret: string });
  return {
    clock,
    market,
    ask(method: string, path: string, params: Params = {}) {
      const query = flattened(params);
      const isPost = method === 'POST';
      const url = isPost || query === '' ? path : `${path}?${query}`;
      const headers = {
        authorization: signer.token(query, { now: now() }),
        'content-type': 'application/json',
      };
      const request = { method, url, headers, socket: { remoteAddress: '127.0.0.1' } };
      const answer = half.answer(
        request as unknown as IncomingMessage,
        new URL(url, 'http://127.0.0.1'),
        isPost ? JSON.stringify(params) : '',
      );
      return { status: answer.status, body: JSON.parse(answer.body) };
    },
  };
}

describe('an order Bithumb has just taken', () => {
  const order = { market: 'KRW-BTC', side: 'bid', order_type: 'limit', price: 60_000_000, volume: '0.001' };
  let half: ReturnType<typeof openHalf>;
  let id: string;
  beforeEach(() => {
    half = openHalf();
    id = half.ask('POST', '/v2/orders', { ...order, client_order_id: 'mine' }).body.order_id;
  });

  const asked = () => ({
    byId: half.ask('GET', '/v1/order', { uuid: id }),
    byOwnId: half.ask('GET', '/v1/order', { client_order_id: 'mine' }),
    canceled: half.ask('DELETE', '/v2/order', { order_id: id }),
    many: half.ask('POST', '/v2/orders/cancel', { order_ids: [id] }),
    listed: half
      .ask('GET', '/v2/orders/pending')
      .body.orders.some((one: { readonly order_id: string }) => one.order_id === id),
  });

  it('is there and cannot be asked for yet: neither missing nor found', () => {
    const { byId, byOwnId, canceled, many, listed } = asked();
    expect([byId, byOwnId, canceled].map(({ status, body }) => [status, body.error.name])).toEqual([
      [422, 'order_not_ready'],
      [422, 'order_not_ready'],
      [422, 'order_not_ready'],
    ]);
    expect([many.body.success, many.body.fail[0].error.name, listed]).toEqual([[], 'order_not_ready', false]);
    expect(half.ask('GET', '/v1/order', { uuid: 'C0101000000000000000' }).status).toBe(404);
  });

  it('is found a moment later, open, and can be canceled', () => {
    half.clock.advance(60);
    const { byId, byOwnId, canceled, many, listed } = asked();
    expect([byId.body.state, byOwnId.body.uuid, canceled.body.order_id, listed]).toEqual([
      'wait',
      id,
      id,
      true,
    ]);
    expect(many.body.fail).toEqual([]);
    half.clock.advance(15);
    expect(half.ask('GET', '/v1/order', { uuid: id }).body).toMatchObject({
      state: 'cancel',
      cancel_type: 'user',
    });
  });

  it('stays filled when the market comes to it between its cancel’s answer and the cancel', () => {
    const { bids } = half.market.instruments.get('KRW-BTC')?.engine ?? {};
    const price = String((bids?.best?.price ?? 0) * 1000);
    const { body } = half.ask('POST', '/v2/orders', { ...order, price });
    half.clock.advance(60);
    expect(half.ask('DELETE', '/v2/order', { order_id: body.order_id }).status).toBe(200);
    const state = () => half.ask('GET', '/v1/order', { uuid: body.order_id }).body.state;
    for (let second = 1; second <= 600 && state() === 'wait'; second++) {
      half.market.advanceTo(START + second * 1000);
    }
    const before = state();
    half.clock.advance(15);
    expect([before, state()]).toEqual(['done', 'done']);
  });
});
