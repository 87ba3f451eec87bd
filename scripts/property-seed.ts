// A Vitest setup file: one seed for every fast-check property, and one line to replay a failure with.
import fc from 'fast-check';
import { expect } from 'vitest';

// The same tree gives the same verdict; HEARTLINE_SEED=random looks elsewhere, a number looks there.
const asked = process.env.HEARTLINE_SEED ?? '20260701';
const seed = asked === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(asked);
const path = process.env.HEARTLINE_PATH;

fc.configureGlobal({
  seed,
  ...(path === undefined ? {} : { path }),
  reporter: (run) => {
    if (!run.failed) return;
    const { currentTestName, testPath } = expect.getState();
    const replay = [
      `HEARTLINE_SEED=${run.seed}`,
      `HEARTLINE_PATH='${run.counterexamplePath ?? ''}'`,
      `npx vitest run ${testPath ?? ''}`,
      `-t '${(currentTestName ?? '').replaceAll(' > ', ' ')}'`,
    ].join(' ');
    throw new Error(`${fc.defaultReportMessage(run)}\n\nreplay: ${replay}`, {
      cause: run.errorInstance,
    });
  },
});
