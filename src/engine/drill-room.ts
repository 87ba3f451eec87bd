import { HeartlineError } from '#shared/base/errors.ts';
import type { DrillPort, DrillView } from '#shared/domain/drill.ts';
import type { Room } from './room.ts';

const NONE: DrillView = { state: 'idle', progress: 0, scores: [] };

export function createDrillRoom(port: DrillPort | undefined): Room<'drill.start' | 'drill.cancel', 'drill'> {
  return {
    requests: {
      'drill.start'({ scenarios, venues }) {
        if (!port) throw new HeartlineError('drill.unavailable', 'this shell cannot run drills');
        port.start(scenarios, venues);
        return {};
      },
      'drill.cancel'() {
        port?.cancel();
        return {};
      },
    },
    watches: {
      drill(_input, changed) {
        let isDirty = true;
        const undo = port?.onChange(() => {
          isDirty = true;
          changed();
        });
        return {
          take() {
            if (!isDirty) return undefined;
            isDirty = false;
            return port?.view ?? NONE;
          },
          dispose: () => undo?.(),
        };
      },
    },
  };
}
