import { createEmitter } from '#shared/base/emitter.ts';
import type { drawingRequestInputs, drawingWatchInputs } from '#shared/contract/drawings-api.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { EventLog } from '../health/event-log.ts';
import type { Room } from '../room.ts';
import { openDrawings } from './drawings-file.ts';

/** What people draw on charts: every chart of an instrument, in every window, shows the same at once. */
export function createDrawingsRoom(
  dataDir: string,
  log: EventLog,
): Room<keyof typeof drawingRequestInputs, keyof typeof drawingWatchInputs> {
  const file = openDrawings(dataDir, log);
  const changed = createEmitter<InstrumentId>();
  return {
    requests: {
      'drawings.write'({ instrument, put, remove }) {
        const kept = new Map(file.of(instrument).map((drawing) => [drawing.id, drawing]));
        for (const id of remove) kept.delete(id);
        for (const drawing of put) kept.set(drawing.id, drawing);
        file.put(instrument, [...kept.values()]);
        changed.emit(instrument);
        return {};
      },
    },
    watches: {
      drawings({ instrument }, tell) {
        let isNew = true;
        const undo = changed.on((which) => {
          if (which !== instrument) return;
          isNew = true;
          tell();
        });
        return {
          take() {
            if (!isNew) return undefined;
            isNew = false;
            return { instrument, drawings: file.of(instrument) };
          },
          dispose: undo,
        };
      },
    },
  };
}
