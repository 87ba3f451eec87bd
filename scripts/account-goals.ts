import type { SafetyGoal } from './safety-goal.ts';

/** Those of the goals about orders that keys and accounts alone can break. */
export const ACCOUNT_GOALS: readonly SafetyGoal[] = [
  {
    id: 'G24',
    never: 'an account is shown otherwise than the venue has it, or ordered with before it is compared',
    state: 'wholly',
    tests: [
      'src/engine/accounts/account-state.test.ts',
      'src/engine/accounts/account-session.test.ts',
      'src/engine/accounts/bad-network.test.ts',
      'src/drill/accounts.test.ts',
      'src/drill/orders-gate.test.ts',
      'src/engine/trading/standing-doubts.test.ts',
      'src/venues/account-conformance.test.ts',
      'src/venues/account-streams.test.ts',
    ],
    extent:
      'any order, repetition and delay of private events ends in the same state; what the stream did not tell is found by reading and mended; no order leaves after a gap before all was compared',
    benches: [
      {
        bench: 'account-latency',
        field: 'p99Ms',
        say: 'private event to the window p99 {value} ms',
        max: 50,
      },
    ],
  },
  {
    id: 'G31',
    never: 'a key that can take money away is kept',
    state: 'wholly',
    tests: [
      'src/engine/keys/rights.test.ts',
      'src/engine/keys/ask-rights.test.ts',
      'src/engine/keys/key-room.test.ts',
      'src/engine/keys/key-room-crash.test.ts',
      'src/engine/keys/key-room-misfortune.test.ts',
      'src/engine/keys/recheck-times.test.ts',
      'src/engine/keys/keys-on-simulator.test.ts',
    ],
    extent:
      'refused before anything is written, and every byte of the data folder and of the keychain searched for it; asked again at start and daily',
  },
  {
    id: 'G38',
    never: 'a secret leaks',
    state: 'partly',
    tests: [
      'src/engine/keys/canary.test.ts',
      'src/drill/orders-gate.test.ts',
      'src/shared/contract/account-api.test.ts',
      'src/engine/keys/vault.test.ts',
      'src/engine/keys/keychain.test.ts',
      'src/engine/accounts/signer.test.ts',
      'src/engine/accounts/create-account-client.test.ts',
    ],
    extent:
      'a canary key searched for in files, the journal of orders, log, every message to a window, evidence, errors, argv and environment: found in none',
    missing: 'crash dumps and the heap of a real Electron window',
  },
];
