import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { RecordingFile, RecordingView } from '#shared/domain/recording.ts';
import { type RepeatedReading, repeatReading } from './reading.ts';
import { openWatch, type Watching } from './watched.ts';

const LIST_EVERY_MS = 10_000;

export interface Recordings {
  readonly now: Watching<RecordingView>;
  /** All files, the growing one as it stood when asked. */
  readonly files: RepeatedReading<readonly RecordingFile[]>;
  readonly dispose: Undo;
}

/** What is being recorded, and what has been. */
export function createRecordings(client: ContractClient, clock: Clock): Recordings {
  const now = openWatch(client, 'recording', {});
  const files = repeatReading({
    client,
    clock,
    ask: () => client.request('recording.list', {}),
    everyMs: () => LIST_EVERY_MS,
  });
  const undo = now.store.subscribe(({ view }, before) => {
    // A file began or ended: the list says so at once.
    const isOther = view?.isOn !== before.view?.isOn || view?.file?.fileName !== before.view?.file?.fileName;
    if (before.view !== undefined && isOther) files.again();
  });
  return {
    now,
    files,
    dispose() {
      undo();
      now.dispose();
      files.dispose();
    },
  };
}
