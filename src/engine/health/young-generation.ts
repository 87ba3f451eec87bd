import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** What a feed leaves behind dies at once: more room for the young only costs memory, and collections stay short. */
const ENOUGH_BYTES = 6e6;

let isBounded = false;

/**
 * Called once a second. V8 doubles the room for young objects up to 64 MB as they come faster, and never gives it back;
 * here it stops at the first step beyond `ENOUGH_BYTES`. (Measured with 200 instruments: 70 MB less, no more work.)
 */
export function boundYoungGeneration(): void {
  if (isBounded) return;
  const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
  if (young !== undefined && young.space_size < ENOUGH_BYTES) return;
  isBounded = true;
  setFlagsFromString('--semi-space-growth-factor=1');
}
