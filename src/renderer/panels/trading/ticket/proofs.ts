import { assertNever } from '#shared/base/assert-never.ts';
import type { Trust, TrustReason } from '#shared/domain/order-check.ts';

/** The four proofs a trader sees, in the order they are judged. */
export const PROOFS = ['account', 'stream', 'clock', 'book'] as const;
export type Proof = (typeof PROOFS)[number];

/** Which of them a reason is about; `undefined`: it comes before all of them. */
function proofOf(reason: TrustReason): Proof | undefined {
  switch (reason) {
    case 'halted':
    case 'journal':
    case 'disarmed':
      return undefined;
    case 'account-down':
    case 'not-reconciled':
    case 'resumed':
      return 'account';
    case 'stream-silent':
      return 'stream';
    case 'clock':
      return 'clock';
    case 'book-invalid':
    case 'book-old':
      return 'book';
    default:
      return assertNever(reason);
  }
}

/** How each proof stands. What comes after the first that fails is not judged: it is not called proven. */
export function proofStates(trust: Trust | undefined): Readonly<Record<Proof, 'ok' | 'bad' | 'open'>> {
  const failing = trust?.kind === 'blocked' ? proofOf(trust.reason) : undefined;
  // What was found before the waking is judged again after the stream and the clock, so those two stand as proven then.
  const isWake = trust?.kind === 'blocked' && trust.reason === 'resumed';
  const at = failing === undefined ? -1 : PROOFS.indexOf(failing);
  const state = (proof: Proof, index: number) => {
    if (trust === undefined) return 'open';
    if (trust.kind === 'ok') return 'ok';
    if (proof === failing) return 'bad';
    if (isWake) return proof === 'book' ? 'open' : 'ok';
    return index < at ? 'ok' : 'open';
  };
  return {
    account: state('account', 0),
    stream: state('stream', 1),
    clock: state('clock', 2),
    book: state('book', 3),
  };
}
