import { expect, test } from 'vitest';
import type { Page, SignedCall } from '#venues/account.ts';
import { createAccountReads } from './account-reads.ts';
import { plainAccountVenue } from './test-kit/plain-account-venue.ts';

const page = (next?: SignedCall<Page<never>>): SignedCall<Page<never>> => ({
  method: 'GET',
  section: 'private',
  path: 'orders',
  params: {},
  scope: 'all',
  weight: 1,
  parse: () => ({ rows: [], ...(next && { next }) }),
});

test('a list whose pages never end is refused: half of it must not pass for the whole', async () => {
  let asked = 0;
  const reads = createAccountReads(
    { ...plainAccountVenue, rest: { ...plainAccountVenue.rest, openOrders: () => [page()] } },
    {
      async call<Answer>() {
        asked += 1;
        return { rows: [], next: page() } as Answer;
      },
    },
  );
  await expect(reads.openOrders()).rejects.toMatchObject({ code: 'venue.answer' });
  expect(asked).toBe(500);
});
