import { expect, test } from 'vitest';
import { createSymbolBatch } from './symbol-batch.ts';

test('asks for all who come at once in one call, and for who comes meanwhile in the next', async () => {
  const calls: (readonly string[])[] = [];
  const answers: ((fault?: Error) => void)[] = [];
  const batch = createSymbolBatch<string>((symbols) => {
    calls.push(symbols);
    return new Promise((resolve, reject) =>
      answers.push((fault) =>
        fault ? reject(fault) : resolve(Object.fromEntries(symbols.map((symbol) => [symbol, `${symbol}!`]))),
      ),
    );
  });
  const first = Promise.all([batch.ask('A'), batch.ask('B'), batch.ask('A')]);
  await new Promise((resolve) => setTimeout(resolve));
  const second = batch.ask('C').catch((fault: Error) => fault.message);
  const third = batch.ask('D').catch((fault: Error) => fault.message);
  answers[0]?.();
  expect(await first).toEqual(['A!', 'B!', 'A!']);
  await new Promise((resolve) => setTimeout(resolve));
  answers[1]?.(new Error('away'));
  expect([await second, await third]).toEqual(['away', 'away']);
  const fourth = batch.ask('E');
  await new Promise((resolve) => setTimeout(resolve));
  answers[2]?.();
  expect([await fourth, calls]).toEqual(['E!', [['A', 'B'], ['C', 'D'], ['E']]]);
});
