import { expect, test } from 'vitest';
import { isForegroundStat } from './terminal.ts';

test('a process reads from its terminal only while its group owns it', () => {
  const stat = (group: number, owner: number) =>
    `4432 (node (of) mine) S 4421 ${group} 4400 34816 ${owner} 4194304 1 2 3`;
  expect([isForegroundStat(stat(4421, 4421)), isForegroundStat(stat(4421, 4400))]).toEqual([true, false]);
});
