import type { ContractClient } from '#shared/contract/client.ts';
import type { DrillView } from '#shared/domain/drill.ts';
import { openWatch, type Watching } from './watched.ts';

export type Drill = Watching<DrillView>;

/** How the drill stands: at rest, at work, or what it showed last. */
export function createDrill(client: ContractClient): Drill {
  return openWatch(client, 'drill', {});
}
