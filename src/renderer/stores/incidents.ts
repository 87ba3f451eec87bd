import type { ContractClient } from '#shared/contract/client.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { openWatch, type Watching } from './watched.ts';

/** Most that is held: as many as the engine lists at once. */
const CAPACITY = 500;

export type Incidents = Watching<readonly Incident[]>;

/** The latest incidents, newest first. */
export function createIncidents(client: ContractClient): Incidents {
  return openWatch<'incidents', readonly Incident[]>(client, 'incidents', {}, joinIncidents);
}

/** An incident that came again replaces what was held of it. Newest first. */
export function joinIncidents(
  held: readonly Incident[] | undefined,
  update: readonly Incident[],
): readonly Incident[] {
  const byId = new Map([...(held ?? []), ...update].map((incident) => [incident.id, incident]));
  return [...byId.values()].sort((one, other) => other.startedAt - one.startedAt).slice(0, CAPACITY);
}

/** What happened at least partly within the range, still going on or not. */
export function incidentsSince(incidents: readonly Incident[], from: number): readonly Incident[] {
  return incidents.filter(({ endedAt }) => endedAt === undefined || endedAt >= from);
}
