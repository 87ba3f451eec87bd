import type { Cause } from '#shared/domain/connection.ts';
import type { Verdict } from '#shared/domain/incident.ts';
import type { Circumstances } from './circumstances.ts';
import {
  found,
  hasLostSocket,
  type Item,
  othersFine,
  restAnswers,
  restFails,
  together,
  told,
} from './verdict-items.ts';

/** One explanation of a break, with what speaks for and against it. */
export interface Charge {
  readonly side: Verdict['side'];
  readonly kind: Verdict['kind'];
  readonly items: readonly (Item | undefined | false)[];
  /** Somebody said so, the venue or the system; or nobody did, and it only looks so. */
  readonly basis?: 'said' | 'looks';
}

/** Beyond this a clock is off: reliability goal G14. */
const CLOCK_OFF_MS = 500;
const SLOW_LOOP_MS = 200;
const ENDED: readonly Cause['code'][] = [
  'socket.reset',
  'socket.closed',
  'socket.refused',
  'socket.handshake',
  'timeout',
];

/** Every explanation there is, in the order in which equals are decided. */
export const CHARGES: readonly ((seen: Circumstances) => Charge)[] = [
  (seen) => ({
    side: 'mine',
    kind: 'asked',
    basis: 'said',
    items: [seen.causes[0]?.code === 'user' && { code: 'asked.person', details: {}, weight: 0.99 }],
  }),
  (seen) => ({
    side: 'theirs',
    kind: 'maintenance',
    basis: 'said',
    items: [
      found(seen, ['maintenance'], 'maintenance.announced', 0.95),
      told(seen, /HTTP 503/, 'http.unavailable', 0.75),
      told(seen, /closed with (?:1012|1001)/, 'close.restart', 0.7),
    ],
  }),
  (seen) => ({
    side: 'mine',
    kind: 'rate-limit',
    basis: 'said',
    items: [
      // Only what it began with: a limit hit while trying again follows from the trouble, it is not its cause.
      found(seen, ['rate-limit', 'ban'], 'limit.answered', 0.95, 0.4) ??
        told(seen, /HTTP (?:429|418)/, 'limit.answered', 0.9, 0.4),
      seen.tightBudgets.length > 0 && {
        code: 'budget.tight',
        details: { scope: seen.tightBudgets.join(', ') },
        weight: 0.35,
      },
    ],
  }),
  clockCharge,
  linkCharge,
  dnsCharge,
  (seen) => ({
    side: 'mine',
    kind: 'proxy-geo',
    basis: 'said',
    items: [
      found(seen, ['geo'], 'http.forbidden', 0.85) ?? told(seen, /HTTP (?:403|451)/, 'http.forbidden', 0.8),
      told(
        seen,
        /certificate|self[- ]signed|\bTLS\b|\bSSL\b|EPROTO|wrong version number/i,
        'tls.failed',
        0.75,
      ),
      told(seen, /<!doctype|<html|text\/html|not WebSocket/i, 'answer.html', 0.75),
    ],
  }),
  streamCharge,
  correlatedCharge,
  socketCharge,
];

function clockCharge(seen: Circumstances): Charge {
  const { offsetMs, movedMs } = seen.clock;
  const isRefused = seen.causes.some(({ code }) => code === 'clock' || code === 'auth');
  const stoodStill = seen.stoodStillMs ?? (seen.causes.some(({ code }) => code === 'resume') ? 0 : undefined);
  return {
    side: 'mine',
    kind: 'clock',
    items: [
      isRefused &&
        offsetMs !== undefined &&
        Math.abs(offsetMs) > CLOCK_OFF_MS && {
          code: 'clock.off',
          details: { offsetMs: Math.round(offsetMs) },
          weight: 0.9,
        },
      Math.abs(movedMs) > CLOCK_OFF_MS && {
        code: 'clock.moved',
        details: { movedMs: Math.round(movedMs) },
        weight: 0.7,
      },
      stoodStill !== undefined && {
        code: 'machine.stood-still',
        details: { ms: Math.round(stoodStill) },
        weight: 0.92,
      },
    ],
  };
}

/** A name that nobody finds is our side's trouble; where all other names are found, it is that one name's. */
function dnsCharge(seen: Circumstances): Charge {
  const isTheirs = seen.othersFine.length > 0 && seen.fellTogether.length === 0;
  const failed = found(seen, ['socket.dns'], 'dns.failed', isTheirs ? 0.4 : 0.7);
  return {
    side: isTheirs ? 'theirs' : 'mine',
    kind: 'dns',
    basis: 'said',
    items: [failed, failed !== undefined && isTheirs && othersFine(seen, 0.5)],
  };
}

function linkCharge(seen: Circumstances): Charge {
  if (seen.isLoopback) return { side: 'mine', kind: 'link', items: [] };
  const lost = seen.fellTogether.filter(({ lostSocket }) => lostSocket);
  const allFell = lost.length > 0 && lost.length >= seen.othersWatched && hasLostSocket(seen);
  const noLink = seen.link === 'none';
  return {
    side: 'mine',
    kind: 'link',
    items: [
      noLink && { code: 'link.none', details: {}, weight: 0.95 },
      allFell && {
        code: 'venues.all-fell',
        details: { count: lost.length + 1, withinMs: Math.max(...lost.map(({ withinMs }) => withinMs)) },
        weight: [0.65, 0.8, 0.9][lost.length - 1] ?? 0.9,
      },
      // Alone it says nothing of the link.
      (noLink || allFell) &&
        seen.loopbackFine !== undefined && {
          code: 'loopback.fine',
          details: { venue: seen.loopbackFine },
          weight: 0.4,
        },
      (noLink || allFell) && restAnswers(seen, 0.6, true),
    ],
  };
}

function streamCharge(seen: Circumstances): Charge {
  const { fine, named } = seen.streams;
  return {
    side: 'theirs',
    kind: 'stream',
    basis: 'looks',
    items:
      isOneStream(seen) && named !== undefined
        ? [
            {
              code: 'stream.alone',
              details: { stream: named, fine },
              weight: Math.min(0.85, 0.55 + 0.1 * fine),
            },
            othersFine(seen, 0.5),
            together(seen, true),
          ]
        : [],
  };
}

/** The rest of the connection delivers. */
function isOneStream(seen: Circumstances): boolean {
  return seen.streams.silent === 1 && seen.streams.fine > 0 && !hasLostSocket(seen);
}

function correlatedCharge(seen: Circumstances): Charge {
  const isSlow = seen.loopDelayMs > SLOW_LOOP_MS;
  const isTogether = seen.fellTogether.length > 0;
  const isSteady = Math.abs(seen.clock.movedMs) <= CLOCK_OFF_MS;
  const { offsetMs } = seen.clock;
  return {
    side: 'mine',
    kind: 'correlated',
    items: [
      together(seen, false),
      isSlow && { code: 'engine.slow', details: { ms: Math.round(seen.loopDelayMs) }, weight: 0.5 },
      isTogether &&
        isSteady && {
          code: 'clock.steady',
          details: offsetMs === undefined ? {} : { offsetMs: Math.round(offsetMs) },
          weight: 0.2,
        },
      (isTogether || isSlow) && othersFine(seen, 0.25, true),
    ],
  };
}

function socketCharge(seen: Circumstances): Charge {
  if (isOneStream(seen)) return { side: 'theirs', kind: 'socket', items: [] };
  const silence = found(seen, ['socket.silent'], 'socket.silent', 0.25);
  const ended = found(seen, ENDED, 'socket.ended', 0.3);
  const unreadable = found(seen, ['protocol'], 'frames.unreadable', 0.5);
  const error = found(seen, ['venue.error', 'circuit'], 'venue.error', 0.5);
  const key = found(seen, ['auth'], 'key.refused', 0.3);
  const sibling = seen.siblingsFine.length > 0 && {
    code: 'sibling.fine' as const,
    details: { connections: seen.siblingsFine.join(', ') },
    weight: 0.4,
  };
  const others = othersFine(seen, 0.6);
  return {
    side: 'theirs',
    kind: 'socket',
    basis: 'looks',
    items: [
      silence,
      ended,
      unreadable,
      error,
      key,
      others,
      sibling,
      restAnswers(seen, 0.6, false),
      // Only beside venues that are fine is it the venue that does not answer.
      others !== undefined && restFails(seen, 0.5),
      together(seen, true),
    ],
  };
}
