import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { Api } from '#shared/contract/api.ts';
import type { ServerChannel } from '#shared/contract/protocol.ts';
import { serveClient } from '#shared/contract/server.ts';
import type { EventLog } from './health/event-log.ts';

/** The windows that are served. */
export interface Windows {
  /** Until its channel closes; the undo ends it earlier. */
  serve(channel: ServerChannel): Undo;
  /** Ends them all. */
  dispose(): void;
}

export function createWindows(api: Api, clock: Clock, log: EventLog): Windows {
  const open = new Set<Undo>();
  return {
    serve(channel) {
      const end = serveClient(channel, api, clock, {
        onFault(fault) {
          const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
          log.add('error', 'internal', text);
        },
        onEnd: () => open.delete(end),
      });
      open.add(end);
      return end;
    },
    dispose() {
      for (const end of open) end();
    },
  };
}
