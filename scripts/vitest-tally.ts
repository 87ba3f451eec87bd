import { relative } from 'node:path';
import type { Tally } from './tally.ts';

/** The part of Vitest's JSON report (`--reporter=json`) that is read here. */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/**
 * Counts a Vitest run. A file that fell over outside its tests (an import, a hook) counts as one
 * failure, and so do its tests that never ran: Vitest itself reports those as merely skipped.
 */
export function tallyVitest(report: VitestReport, notes: SkipNotes, project: string): Tally {
  let passed = 0;
  const failures: string[] = [];
  const skips: string[] = [];
  for (const file of report.testResults) {
    const path = relative(project, file.name).replaceAll('\\', '/');
    const broken =
      file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed');
    if (broken) failures.push(`${path}: ${file.message || 'the file did not run to its end'}`);
    for (const { fullName, status } of file.assertionResults) {
      const name = `${path}: ${fullName.trim()}`;
      if (status === 'passed') passed += 1;
      else if (status === 'failed') failures.push(name);
      else if (broken) failures.push(`${name} (did not run)`);
      else skips.push(`${name}: ${notes[name] ?? 'no reason given beyond its name'}`);
    }
  }
  return { passed, failures, skips };
}

/** Why tests were skipped, by `path: full name`: the JSON report leaves `context.skip(note)` out. */
export type SkipNotes = Readonly<Record<string, string>>;
