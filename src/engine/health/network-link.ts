import { networkInterfaces } from 'node:os';
import type { Circumstances } from './circumstances.ts';

/** Whether any network interface beside loopback has an address. */
export function networkLink(): Circumstances['link'] {
  try {
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    return addresses.some(({ internal }) => !internal) ? 'up' : 'none';
  } catch {
    return 'unknown'; // some sandboxes forbid the question
  }
}
