// A program of its own for tests that kill an engine with an order on its way:
// `node order-process.ts <data folder> <address> <passphrase> <drafts>`. Unlocks the keys that lie in the folder, and places each
// draft as soon as nothing is against it. Says nothing: what it did, the simulator knows.
import { openAccounts } from '#engine/accounts/open-accounts.ts';
import { createEngine } from '#engine/engine.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { OrderDraft } from '#shared/domain/order-draft.ts';
import { accountsAt } from '#venues/account-registry.ts';
import { venuesAt } from '#venues/registry.ts';

const [dataDir = '', address = '{}', passphrase = '', draftsText = '[]'] = process.argv.slice(2);
const { venues } = JSON.parse(address) as { venues: Record<string, { rest: string; ws: string }> };
const drafts = JSON.parse(draftsText) as readonly OrderDraft[];

const { api } = createEngine({
  clock: systemClock,
  dataDir,
  venues: venuesAt(({ id }) => venues[id]),
  app: { version: 'test', mode: 'demo', environment: 'simulator', shell: 'headless' },
  accounts: openAccounts({
    environment: 'simulator',
    keyring: async () => () => {
      throw new Error('no keychain here');
    },
    vaultCost: { n: 1024, r: 8, p: 1 },
    places: accountsAt(({ id }) => venues[id]),
  }),
});
await api.request('keys.unlock', { passphrase });
for (const draft of drafts) {
  const ticket = api.watch('ticket', draft, () => {
    if (ticket.take()?.trust.kind !== 'ok') return;
    ticket.dispose();
    void place(draft);
  });
}

async function place(draft: OrderDraft): Promise<void> {
  const { token } = await api.request('orders.intent', {});
  await api.request('orders.place', { token, draft });
}
