import { setFlagsFromString } from 'node:v8';

let isBounded = false;

/**
 * V8 doubles the room for young objects, up to 64 MB, as they come faster, and never gives it back. What a feed leaves
 * behind dies at once: more room for it only costs memory. From here on the room stays as large as it is; collections
 * stay short. (Measured with 200 instruments: 70 MB less, no more work.)
 */
export function boundYoungGeneration(): void {
  if (isBounded) return;
  isBounded = true;
  setFlagsFromString('--semi-space-growth-factor=1');
}
