/** Accounts and what they hold, as an engine might tell them: made up, and of no market. */

const NOW = () => Date.now();
const RIGHTS = { read: 'yes', trade: 'yes', withdraw: 'no', transfer: 'no', ipBound: 'no', checkedAt: 0 };

export function pretendAccount(id: string, otherwise: object = {}): object {
  return {
    id,
    venue: id.split('#')[0],
    label: id.split('#')[0],
    environment: 'simulator',
    mode: 'trade',
    rights: { ...RIGHTS, checkedAt: NOW() },
    keyTail: 'k3f9',
    addedAt: NOW() - 3_600_000,
    state: { kind: 'live' },
    since: NOW() - 60_000,
    reconciledAt: NOW() - 4_000,
    streamHeardAt: NOW() - 700,
    unknownStatuses: [],
    ...otherwise,
  };
}

const OFFERED = [
  { venue: 'binance', name: 'Binance', environments: ['simulator', 'demo', 'mainnet'], hasDemoKey: true },
  { venue: 'bybit', name: 'Bybit', environments: ['simulator', 'demo', 'mainnet'], hasDemoKey: true },
  { venue: 'upbit', name: 'Upbit', environments: ['simulator', 'mainnet'], hasDemoKey: true },
  { venue: 'bithumb', name: 'Bithumb', environments: ['simulator', 'mainnet'], hasDemoKey: true },
];

export function pretendView(accounts: readonly object[], keys: object = {}): object {
  return {
    keys: { backend: { kind: 'keychain', name: 'Secret Service' }, state: 'open', ...keys },
    accounts,
    offered: OFFERED,
  };
}

export function rowsOf(rows: readonly object[], more: object = {}): object {
  return { restart: true, rows, removed: [], ...more };
}
