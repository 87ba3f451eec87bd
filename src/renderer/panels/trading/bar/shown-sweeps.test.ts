import { expect, it } from 'vitest';
import type { Sweep } from '#shared/contract/order-views.ts';
import type { AccountId } from '#shared/domain/account.ts';
import { shownSweeps } from './shown-sweeps.ts';

const sweep = (id: string, otherwise: Partial<Sweep> = {}): Sweep => ({
  id,
  kind: 'cancel-all',
  account: 'binance#aaaaaa' as AccountId,
  startedAt: 0,
  found: 1,
  left: 0,
  failed: [],
  ...otherwise,
});

it('shows what is at work, a clean end for a moment, and what was left behind until it was read', () => {
  const now = 1_000_000;
  const sweeps = [
    sweep('running'),
    sweep('just clean', { endedAt: now - 9_000, outcome: 'clean' }),
    sweep('clean', { endedAt: now - 10_000, outcome: 'clean' }),
    sweep('trouble', { endedAt: now - 300_000, outcome: 'left-over' }),
    sweep('read', { endedAt: now - 300_000, outcome: 'failed' }),
    sweep('long ago', { endedAt: now - 700_000, outcome: 'failed' }),
  ];
  const shown = shownSweeps(sweeps, new Set(['read', 'running']), now);
  expect(shown.map(({ id }) => id)).toEqual(['running', 'just clean', 'trouble']);
});
