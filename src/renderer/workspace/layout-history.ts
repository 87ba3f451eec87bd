/** Arrangements as they were, so that a slip of the hand can be taken back. */
export interface LayoutHistory {
  /** How it stands now; told again and again, kept where it differs. */
  note(now: string): void;
  /** Stands now, and nothing of it is a step that could be taken back. */
  settle(now: string): void;
  /** What stood before; `undefined` where nothing did. */
  back(): string | undefined;
  forward(): string | undefined;
  readonly canGoBack: boolean;
  readonly canGoForward: boolean;
}

const DEPTH = 50;

export function createLayoutHistory(depth = DEPTH): LayoutHistory {
  let past: readonly string[] = [];
  let present: string | undefined;
  let future: readonly string[] = [];
  return {
    note(now) {
      if (now === present) return;
      if (present !== undefined) past = [...past, present].slice(-depth);
      present = now;
      future = [];
    },
    settle(now) {
      present = now;
    },
    back() {
      const before = past.at(-1);
      if (before === undefined) return undefined;
      if (present !== undefined) future = [present, ...future];
      past = past.slice(0, -1);
      present = before;
      return before;
    },
    forward() {
      const [after, ...rest] = future;
      if (after === undefined) return undefined;
      if (present !== undefined) past = [...past, present];
      future = rest;
      present = after;
      return after;
    },
    get canGoBack() {
      return past.length > 0;
    },
    get canGoForward() {
      return future.length > 0;
    },
  };
}
