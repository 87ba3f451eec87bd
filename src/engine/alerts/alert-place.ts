import { join } from 'node:path';
import type { AppDescription } from '#shared/contract/api.ts';

/**
 * Where the alerts of one kind of market data are kept: a level on the simulator's prices means nothing on the real ones.
 * `undefined` on a recording: nothing of it happens now.
 */
export function alertPlace(
  dataDir: string,
  { mode, environment }: Pick<AppDescription, 'mode' | 'environment'>,
): string | undefined {
  if (mode === 'replay') return undefined;
  if (environment === 'mainnet') return join(dataDir, 'alerts.json');
  return join(dataDir, environment === 'demo' ? 'alerts-demo.json' : 'alerts-simulator.json');
}
