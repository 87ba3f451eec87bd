import type { Clock } from '#shared/base/clock.ts';
import type { Fetch } from '../net/rest-client.ts';
import { isAnswerTo, type RecordedAnswer, type RecordedMarket } from './read-recording.ts';
import { REPLAY_SNAPSHOT } from './replay-venue.ts';

/** An answer this much in the past was to somebody else's question. */
const LATE_MS = 250;
const WAIT_STEP_MS = 50;

/**
 * Answers the calls of venues in a recording. Most are answered by the venue's description itself. A snapshot of a book
 * belongs to its place between the frames: the next one that was recorded is given when its moment has come, and a call
 * for which none was is never answered. A refusal would only be asked again and again.
 */
export function createReplayFetch(markets: readonly RecordedMarket[], clock: Clock): Fetch {
  function nextSnapshot(url: string): RecordedAnswer | undefined {
    const [venueId = '', callPath = ''] = url
      .slice(url.indexOf(REPLAY_SNAPSHOT) + REPLAY_SNAPSHOT.length)
      .split('?');
    const answers = markets.find(({ venue }) => venue.id === venueId)?.answers ?? [];
    const call = { path: decodeURIComponent(callPath) };
    const since = clock.now() - LATE_MS;
    return answers.find(
      (answer) => answer.receivedAt >= since && answer.status < 300 && isAnswerTo(call, answer, ['limit']),
    );
  }

  function reached(time: number): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (clock.now() >= time) resolve();
        else clock.after(Math.max(WAIT_STEP_MS, time - clock.now()), look);
      };
      look();
    });
  }

  return async (url) => {
    if (!url.includes(REPLAY_SNAPSHOT)) return answered('null');
    const snapshot = nextSnapshot(url);
    if (!snapshot) return new Promise(() => undefined);
    await reached(snapshot.receivedAt);
    return answered(snapshot.raw);
  };
}

function answered(body: string): Awaited<ReturnType<Fetch>> {
  return { status: 200, headers: { get: () => null }, text: () => Promise.resolve(body) };
}
