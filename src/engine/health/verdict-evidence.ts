/**
 * Every code a verdict's evidence may have. Each names a text for the person; the values it may show are beside it.
 */
export const VERDICT_EVIDENCE = [
  /** No network interface is up. */
  'link.none',
  /** Every venue lost its connections at once: `count`, `withinMs`. */
  'venues.all-fell',
  /** A server on this machine is still heard: `venue`. */
  'loopback.fine',
  /** The venue's name could not be looked up: `detail`. */
  'dns.failed',
  /** `status` 403 or 451, or the venue's own words: `detail`. */
  'http.forbidden',
  /** The encrypted handshake failed: `detail`. */
  'tls.failed',
  /** A web page came where data was due: `detail`. */
  'answer.html',
  /** Our clock differs from the venue's: `offsetMs`. */
  'clock.off',
  /** It changed around that time: `movedMs`. */
  'clock.moved',
  /** The machine slept, or Heartline stood still: `ms` (0: how long is not known). */
  'machine.stood-still',
  /** The socket stayed open, and nothing came: `detail`. */
  'socket.silent',
  /** The socket was ended from the other side, or refused: `cause`, `detail`. */
  'socket.ended',
  /** The venue's REST answers: `ms`. */
  'rest.answers',
  /** It does not: `ms`, `code`. */
  'rest.fails',
  /** Other venues were fine all the while: `venues`, `count`. */
  'venues.fine',
  /** Another connection to the same venue was fine: `connections`. */
  'sibling.fine',
  /** One stream alone was silent: `stream`, `fine` (how many others came). */
  'stream.alone',
  /** What came could not be read: `detail`. */
  'frames.unreadable',
  /** The venue told of a fault of its own: `detail`. */
  'venue.error',
  /** The venue announced it: `detail`. */
  'maintenance.announced',
  /** 503: `detail`. */
  'http.unavailable',
  /** Closed with 1012 or 1001, as servers do that restart: `detail`. */
  'close.restart',
  /** The venue said "too many": `detail`. */
  'limit.answered',
  /** A budget of the venue was used up: `scope`. */
  'budget.tight',
  /** Venues degraded together: `venues`, `count`, `withinMs`. */
  'venues.together',
  /** The offset between the clocks stayed where it was: `offsetMs`. */
  'clock.steady',
  /** Heartline itself was slow: `ms`. */
  'engine.slow',
  /** The key was refused: `detail`. */
  'key.refused',
  /** The person asked for it. */
  'asked.person',
  /** The connection was renewed before the venue's limit on its age. */
  'asked.age',
  /** Heartline was closed, or ended, while it lasted: `at`. */
  'engine.stopped',
  /** Nothing speaks for either side: `cause`. */
  'nothing.known',
] as const;
export type VerdictEvidence = (typeof VERDICT_EVIDENCE)[number];
