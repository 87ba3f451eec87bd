import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerControlFrame, type ControlTarget } from './control-frames.ts';

function target(category: ControlTarget['category']): ControlTarget & { topics: Set<string> } {
  const topics = new Set<string>();
  return {
    category,
    connId: 'c',
    topics,
    has: () => true,
    subscribe(names) {
      for (const name of names) topics.add(name);
    },
    unsubscribe(names) {
      for (const name of names) topics.delete(name);
    },
  };
}

function ask(frame: unknown, of: ControlTarget) {
  const said: string[] = [];
  answerControlFrame(typeof frame === 'string' ? frame : JSON.stringify(frame), of, (text) =>
    said.push(text),
  );
  return said.map((text) => JSON.parse(text));
}

describe('control frames', () => {
  it('let a connection hold 21 000 characters of topics and not one more', () => {
    const linear = target('linear');
    const named = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => `publicTrade.${String(from + index).padStart(8, '0')}`);
    expect(ask({ op: 'subscribe', args: named(0, 1050) }, linear)).toMatchObject([{ success: true }]);
    expect([...linear.topics].join('').length).toBe(21_000);
    expect(ask({ op: 'subscribe', args: ['tickers.A'] }, linear)).toMatchObject([{ success: false }]);
    ask({ op: 'unsubscribe', args: named(0, 1) }, linear);
    expect(ask({ op: 'subscribe', args: ['tickers.A'] }, linear)).toMatchObject([{ success: true }]);
  });

  it('get exactly one answer each, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.json(), fc.string()),
        fc.constantFrom('linear' as const, 'spot' as const),
        (text, category) => {
          expect(ask(text, target(category))).toMatchObject([{ conn_id: 'c', success: expect.any(Boolean) }]);
        },
      ),
    );
  });
});
