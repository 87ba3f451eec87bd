import { describe, expect, it } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import { SPARK_POINTS } from '#shared/domain/scanner.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createRowFigures } from './row-figures.ts';
import { createFakeClient } from './test-kit/fake-client.ts';

const btc = instrumentId('upbit:BTC-KRW');
const eth = instrumentId('upbit:ETH-KRW');

describe('figures beside the tickers', () => {
  it('are asked for at once, then once scrolling has settled, and not at all where no column wants them', () => {
    const client = createFakeClient();
    const clock = createVirtualClock();
    const figures = createRowFigures(client, clock);
    const asked = () => client.opened.map(({ input }) => input);
    figures.follow([], [btc]);
    expect(asked()).toEqual([{ instruments: [], sparks: [btc] }]);
    for (const sparks of [[eth], [btc, eth]]) figures.follow([], sparks);
    expect(asked()).toHaveLength(1);
    clock.advance(1_000);
    expect(asked()).toEqual([{ instruments: [], sparks: [btc, eth] }]);
    figures.follow([], []);
    clock.advance(1_000);
    expect(asked()).toEqual([]);
  });

  it('give each row its own line and premium, and forget a premium that is told no more', () => {
    const client = createFakeClient();
    const figures = createRowFigures(client, createVirtualClock());
    figures.follow([btc], [btc, eth]);
    const points = Float64Array.from({ length: 2 * SPARK_POINTS }, (_, at) => at);
    client.tell('rowFigures', {
      instruments: [btc],
      premium: Float64Array.of(0.01),
      sparks: [btc, eth],
      points,
    });
    const { premiums, sparks } = figures.store.getState();
    expect([premiums.get(btc), sparks.get(btc)?.[0], sparks.get(eth)?.[0], sparks.get(eth)?.length]).toEqual([
      0.01,
      0,
      SPARK_POINTS,
      SPARK_POINTS,
    ]);
    const nothing = new Float64Array();
    client.tell('rowFigures', { instruments: [], premium: nothing, sparks: [], points: nothing });
    expect([premiums.size, sparks.size]).toEqual([0, 2]);
  });
});
