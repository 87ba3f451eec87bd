import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * A Vitest reporter that prints every skipped test with the note given to `context.skip(note)`,
 * which Vitest's own reporters leave out, and writes the notes to `file` as JSON when it is named.
 */
export function skipNotes(file?: string): Reporter {
  return {
    onTestRunEnd(modules: readonly TestModule[]) {
      const notes: Record<string, string> = {};
      for (const module of modules) {
        for (const test of module.children.allTests('skipped')) {
          const result = test.result();
          const note = result.state === 'skipped' ? result.note : undefined;
          const name = `${module.relativeModuleId}: ${test.fullName.replaceAll(' > ', ' ')}`;
          if (note) notes[name] = note;
          process.stdout.write(`skipped: ${name}${note ? `: ${note}` : ''}\n`);
        }
      }
      if (file === undefined) return;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(notes));
    },
  };
}
