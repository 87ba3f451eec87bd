/** What becomes of an order request under a fault, and what its sender hears of it. */
export interface OrderStyle {
  /** Carried out never, at once, or only `ms` after it came. */
  readonly done: 'never' | 'at-once' | 'later';
  /** `truth`: what really came of it. `cut`: the connection is reset. */
  readonly heard: 'truth' | 'nothing' | 'cut' | 'failure' | 'broken' | 'half';
  /** Carried out later even where the request’s own time has run out by then. */
  readonly ignoresFence?: boolean;
  readonly words: string;
}

/** One of these strikes a request: whether it is carried out, and how it is answered. */
export const ORDER_STYLES = {
  drop: { done: 'never', heard: 'cut', words: 'Not taken; the connection is reset, nothing is answered.' },
  dropAccepted: {
    done: 'at-once',
    heard: 'cut',
    words: 'Taken; the connection is reset instead of an answer.',
  },
  hang: {
    done: 'never',
    heard: 'nothing',
    words: 'Not taken, never answered; with `ms`: answered as a gateway’s time-out (504) that late.',
  },
  hangAccepted: {
    done: 'at-once',
    heard: 'nothing',
    words: 'Taken, never answered; with `ms`: answered truly, that late.',
  },
  fail: {
    done: 'never',
    heard: 'failure',
    words:
      'Not taken; answers the failure that `status`, `code` or `msg` name, in the venue’s words, `retryAfterS` with it (429: too many). Named none: the one that leaves open what became of it (Binance 503 “Unknown error…”, Bybit 10016, Upbit and Bithumb 500 server_error). Upbit uses up the identifier all the same, but for 429.',
  },
  failAccepted: { done: 'at-once', heard: 'failure', words: 'Taken; answers like `fail`.' },
  brokenAccepted: {
    done: 'at-once',
    heard: 'broken',
    words: 'Taken; answers 200 (or 201) with broken JSON.',
  },
  halfAccepted: {
    done: 'at-once',
    heard: 'half',
    words: 'Taken; half the answer’s body comes, then the connection ends.',
  },
  late: {
    done: 'later',
    heard: 'truth',
    words: 'Taken only after `ms` (default 2000) and answered then: past its recvWindow it is refused.',
  },
  hidden: {
    done: 'later',
    heard: 'cut',
    words:
      'The answer is lost at once (or is the failure that `status`, `code`, `msg` name); taken only after `ms` (default 5000), and nowhere to be seen before. Where requests have a recvWindow (Binance, Bybit) it is not taken after that.',
  },
  hiddenPastFence: {
    done: 'later',
    heard: 'cut',
    ignoresFence: true,
    words: 'Like `hidden`, but taken however late: a venue that breaks its own recvWindow.',
  },
} as const satisfies Readonly<Record<string, OrderStyle>>;

/** These strike what comes of a placement, beside one of the others. */
export const ORDER_EFFECTS = {
  asyncReject:
    'The order is taken and answered as such, and rejected by the engine: it never comes to the book (Bybit’s Rejected).',
  lag: 'For `ms` (default 5000) after it was taken, REST reads leave the order and its fills out: lookups do not find it, lists lack it. Its stream and cancels know it.',
} as const;

export type OrderStyleName = keyof typeof ORDER_STYLES;
export type OrderEffectName = keyof typeof ORDER_EFFECTS;

export function isOrderStyle(style: string | undefined): style is OrderStyleName {
  return style !== undefined && Object.hasOwn(ORDER_STYLES, style);
}

export function isOrderEffect(style: string | undefined): style is OrderEffectName {
  return style !== undefined && Object.hasOwn(ORDER_EFFECTS, style);
}

/** For the list of what the control endpoint knows. */
export const ORDER_STYLE_WORDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(ORDER_STYLES).map(([name, { words }]) => [name, words])),
  ...ORDER_EFFECTS,
};
