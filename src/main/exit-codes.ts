/** How the desktop app ends, besides 0. Anything else (or a signal) means that Electron itself could not run. */
export const EXIT_CODES = {
  /** It could not start, and has said why. */
  cannotStart: 3,
  /** It stopped on a bug of its own, and has said so. */
  crashed: 4,
  /** It was asked to quit and did not manage to close everything in time. */
  quitInHaste: 5,
} as const;
