import type { Clock } from '#shared/base/clock.ts';
import { nextOpenTime } from '#shared/domain/interval.ts';
import { streamKeyText } from '#shared/domain/stream-key.ts';
import type { RestCall, Venue } from '#venues/venue.ts';
import { isAnswerTo, type RecordedAnswer, type RecordedMarket, readAnswer } from './read-recording.ts';

/** Calls of a venue in a recording go to these paths of no host; see `createReplayFetch`. */
const REPLAY_NOTHING = '/nothing';
export const REPLAY_SNAPSHOT = '/snapshot/';

/** Names of what only cuts a page out of the past. */
const PAGE_NAMES = [
  'limit',
  'count',
  'to',
  'from',
  'start',
  'end',
  'startTime',
  'endTime',
  'since',
  'cursor',
];

/**
 * A venue as its recording knows it: read by its own codec, but asking nobody. Streams that were not recorded do not
 * exist; nothing needs to be subscribed; what REST would tell is what it told then.
 */
export function createReplayVenue(
  { venue, streams, instruments, answers }: RecordedMarket,
  clock: Clock,
): Venue {
  const recorded = new Set(streams.map(streamKeyText));
  const {
    candleIntervals: _own,
    ticker: _ticker,
    top: _top,
    clockStepMs: _step,
    bookSnapshot,
    ...rest
  } = venue.rest;
  const { ping: _ping, canaryOf: _canary, budgetNotes: _notes, ...own } = venue;

  /** The latest answer by now, or the first there will be. */
  function answerTo(call: { readonly path: string }): RecordedAnswer | undefined {
    const fitting = answers.filter((answer) => isAnswerTo(call, answer, PAGE_NAMES));
    return fitting.findLast(({ receivedAt }) => receivedAt <= clock.now()) ?? fitting[0];
  }

  function told<Answer>(answer: () => Answer): RestCall<Answer> {
    return { path: REPLAY_NOTHING, scope: SCOPE, weight: 0, parse: answer };
  }

  return {
    ...own,
    limits: {
      ...venue.limits,
      connectionLifeMs: Number.POSITIVE_INFINITY,
      budgets: [{ scope: SCOPE, capacity: 1_000_000, windowMs: 1000 }],
    },
    favourites: instruments.map(({ id }) => id),
    channelOf: (stream) => (recorded.has(streamKeyText(stream)) ? venue.channelOf(stream) : undefined),
    socketUrl: (_endpoints, route) => `replay://${venue.id}/${route}`,
    subscribing: { kind: 'replace', replaceFrame: () => '' },
    refusalOf: () => undefined,
    rest: {
      ...rest,
      serverTime: () => told(() => clock.now()),
      instruments: () => told(() => instruments),
      trades: (instrument, limit) =>
        told(() => {
          const call = venue.rest.trades(instrument, limit);
          const answer = answerTo(call);
          const trades = (answer && readAnswer(call, answer)) ?? [];
          return trades.filter(({ venueTime }) => venueTime <= clock.now()).slice(-limit);
        }),
      candles: (query) =>
        told(() => {
          const call = venue.rest.candles(query);
          const answer = answerTo(call);
          const { from = 0, to = Number.POSITIVE_INFINITY, interval, limit } = query;
          const until = Math.min(to, clock.now());
          return ((answer && readAnswer(call, answer)) ?? [])
            .filter(({ openTime }) => openTime >= from && openTime <= until)
            .slice(-limit)
            .map((candle) => ({ ...candle, closed: nextOpenTime(interval, candle.openTime) <= clock.now() }));
        }),
      ...(bookSnapshot
        ? {
            bookSnapshot(instrument) {
              const call = bookSnapshot(instrument);
              const path = `${REPLAY_SNAPSHOT}${venue.id}?${encodeURIComponent(call.path)}`;
              return { path, scope: SCOPE, weight: 0, parse: call.parse };
            },
          }
        : {}),
    },
  };
}

const SCOPE = 'recording';
