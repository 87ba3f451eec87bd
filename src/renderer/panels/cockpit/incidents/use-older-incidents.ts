import { useEffect, useState } from 'react';
import type { Incident } from '#shared/domain/incident.ts';
import { asError } from '../../../stores/as-error.ts';
import { joinIncidents } from '../../../stores/incidents.ts';
import { type Range, rangeMs } from '../../../stores/range.ts';
import { useDesk } from '../../../ui/desk-context.ts';

/**
 * Incidents of the range that are older than what the watch brings, read once per range. The answer puts them
 * together with those given to it, of which the latter are the newer word.
 */
export function useOlderIncidents(range: Range): (latest: readonly Incident[]) => readonly Incident[] {
  const { client, notices, pulse } = useDesk();
  const [older, setOlder] = useState<readonly Incident[]>([]);
  useEffect(() => {
    let ended = false;
    const to = Math.ceil(pulse.getState().now);
    client.request('incidents.list', { from: Math.max(0, to - rangeMs(range)), to }).then(
      (list) => {
        if (!ended) setOlder(list);
      },
      (fault: unknown) => {
        if (!ended) notices.show(asError(fault));
      },
    );
    return () => {
      ended = true;
    };
  }, [client, notices, pulse, range]);
  return (latest) => joinIncidents(older, latest);
}
