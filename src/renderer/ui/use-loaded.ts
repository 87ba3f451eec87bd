import { useEffect, useState } from 'react';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';

interface Loaded<Part> {
  readonly part: Part | undefined;
  readonly error: HeartlineError | undefined;
  readonly retry: () => void;
}

/** Code that comes when it is first wanted. `load` has to be the same function each time. */
export function useLoaded<Part>(load: () => Promise<Part>): Loaded<Part> {
  const [held, setHeld] = useState<{ readonly part?: Part; readonly error?: HeartlineError }>({});
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads again.
  useEffect(() => {
    let ended = false;
    setHeld({});
    load().then(
      (part) => {
        if (!ended) setHeld({ part });
      },
      (fault: unknown) => {
        const error = new HeartlineError('contract.unreachable', messageOf(fault), { cause: fault });
        if (!ended) setHeld({ error });
      },
    );
    return () => {
      ended = true;
    };
  }, [load, attempt]);
  return { part: held.part, error: held.error, retry: () => setAttempt(attempt + 1) };
}
