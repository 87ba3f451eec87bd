import type { Tally } from './tally.ts';

/** The part of Playwright's JSON report that is read here. */
interface PlaywrightReport {
  readonly suites: readonly PlaywrightSuite[];
  /** Faults outside any test: a config or a file that does not load. */
  readonly errors: readonly { readonly message?: string }[];
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly {
      readonly projectName: string;
      readonly status: string;
      readonly annotations: readonly { readonly type: string; readonly description?: string }[];
    }[];
  }[];
}

/** Counts a Playwright run. One that passed when repeated (only build machines repeat) has passed; the list names it flaky. */
export function tallyPlaywright(report: PlaywrightReport): Tally {
  let passed = 0;
  const failures = report.errors.map(({ message }) => `playwright: ${firstLine(message)}`);
  const skips: string[] = [];
  for (const spec of report.suites.flatMap(specsOf)) {
    for (const { projectName, status, annotations } of spec.tests) {
      const name = `${projectName}: ${spec.file}: ${spec.title}`;
      if (status === 'expected' || status === 'flaky') passed += 1;
      else if (status !== 'skipped') failures.push(name);
      else skips.push(`${name}: ${reasonOf(annotations)}`);
    }
  }
  return { passed, failures, skips };
}

function specsOf(suite: PlaywrightSuite): PlaywrightSuite['specs'] {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

function reasonOf(annotations: readonly { readonly type: string; readonly description?: string }[]): string {
  const told = annotations.find(
    ({ type, description }) => (type === 'skip' || type === 'fixme') && description,
  );
  return told?.description ?? 'it did not run because an earlier one failed or no reason was given';
}

function firstLine(message: string | undefined): string {
  return (message ?? 'unknown fault').split('\n', 1)[0] ?? '';
}
