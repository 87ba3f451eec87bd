import type { Alarm } from '#shared/domain/alarm.ts';
import type { ConnectionStore } from './connection-store.ts';

/** The alarms on disk: what was acknowledged stays acknowledged after a restart. */
export interface AlarmFile {
  /** What an earlier run left. */
  readonly kept: readonly Alarm[];
  save(alarm: Alarm): void;
  drop(id: string): void;
}

export function openAlarmFile(store: ConnectionStore): AlarmFile {
  const { database } = store;
  /** `undefined`: gone. There are at most a few per connection: nothing grows here. */
  const unsaved = new Map<string, Alarm | undefined>();
  store.join({
    get isDirty() {
      return unsaved.size > 0;
    },
    save(target) {
      const save = target.prepare('insert or replace into alarms (id, alarm) values (?, ?)');
      const remove = target.prepare('delete from alarms where id = ?');
      for (const [id, alarm] of unsaved) {
        if (alarm) save.run(id, JSON.stringify(alarm));
        else remove.run(id);
      }
    },
    saved: () => unsaved.clear(),
  });
  const rows = (database?.prepare('select alarm from alarms').pluck().all() ?? []) as string[];
  return {
    kept: rows.map((text) => JSON.parse(text) as Alarm),
    save: (alarm) => unsaved.set(alarm.id, alarm),
    drop: (id) => unsaved.set(id, undefined),
  };
}
