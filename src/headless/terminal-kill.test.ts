import { expect, test } from 'vitest';
import type { Sweep } from '#shared/contract/order-views.ts';
import { createTerminalKill } from './terminal-kill.ts';

function desk() {
  const printed: string[] = [];
  const killed: { readonly from: string; readonly ended: PromiseWithResolvers<readonly Sweep[]> }[] = [];
  const kill = createTerminalKill(
    {
      kill(from) {
        const ended = Promise.withResolvers<readonly Sweep[]>();
        killed.push({ from, ended });
        return ended.promise;
      },
    },
    (text) => printed.push(text),
    'en',
  );
  return { kill, killed, printed };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('it kills at once, once, and says how it ended; after that it can again', async () => {
  const { kill, killed, printed } = desk();
  kill();
  kill();
  const during = [killed.length, printed.length];
  killed[0]?.ended.resolve([]);
  await turn();
  kill();
  expect([during, killed.map(({ from }) => from), printed.slice(0, 2)]).toEqual([
    [1, 1],
    ['terminal', 'terminal'],
    [
      'Kill switch: trading is HALTED; cancelling every open order.\n',
      'Kill switch: done, nothing is open any more. Typing RESUME in the window lets orders leave again.\n',
    ],
  ]);
});

test('an account where something is left is named', async () => {
  const { kill, killed, printed } = desk();
  kill();
  const ended = (account: string, outcome: 'clean' | 'left-over') => ({ account, outcome }) as Sweep;
  killed[0]?.ended.resolve([ended('bybit#k3f9a2', 'clean'), ended('upbit#aaaaaa', 'left-over')]);
  await turn();
  expect(printed[1]).toBe(
    'Kill switch: trading is HALTED, but not everything could be cancelled (upbit#aaaaaa). Look at the exchanges themselves.\n',
  );
});

test('what failed is said in one harmless line', async () => {
  const { kill, killed, printed } = desk();
  kill();
  killed[0]?.ended.reject(new Error('no\u001b[2J\nroom'));
  await turn();
  expect(printed[1]).toBe(
    'Kill switch: trading is HALTED, but not everything could be cancelled (no [2J room). Look at the exchanges themselves.\n',
  );
});
