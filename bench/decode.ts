// What one recorded frame costs from its bytes to a normalised event and an up-to-date book, against others on
// the same frames: µs per frame, medians of interleaved rounds, each with fresh state. Prints one JSON.
// `node bench/decode.ts [btcusdt-20240808|btcusdt-20230404|ethusdt-20240808] [rounds]`
import {
  bareParse,
  type Contestant,
  ccxtPro,
  type FinalTop,
  type MakeContestant,
  parsing,
  scanning,
  tardis,
} from './kit/contestants.ts';
import { type RecordedSession, recordedSession } from './kit/recorded-session.ts';
import { median } from './kit/statistics.ts';

const [name = 'btcusdt-20240808', roundsText = '5'] = process.argv.slice(2);
const rounds = Number(roundsText);
const session = recordedSession(name);
const coin = name.slice(0, name.indexOf('usdt')).toUpperCase();

const contestants: Readonly<Record<string, MakeContestant>> = {
  heartline: scanning,
  heartlineParsing: parsing,
  tardis: () => tardis(coin, false),
  tardisWithBook: () => tardis(coin, true),
  ccxtPro: () => ccxtPro(coin),
  jsonParse: bareParse,
};

const samples: Record<string, number[]> = Object.fromEntries(
  Object.keys(contestants).map((key) => [key, []]),
);
const finals: Record<string, FinalTop | undefined> = {};
const events: Record<string, number> = {};
// Held to the end: with the last closure of a function the collector throws its compiled code away too, and the next
// round would measure the compiler. A decoder in use lives as long as its connection.
const held: Contestant[] = [];
// The first round warms up and is not counted.
for (let round = 0; round <= rounds; round++) {
  for (const [key, make] of Object.entries(contestants)) {
    globalThis.gc?.();
    const contestant = make();
    held.push(contestant);
    const us = await microsecondsPerFrame(session, contestant);
    if (round > 0) samples[key]?.push(us);
    finals[key] = contestant.top;
    events[key] = contestant.events;
  }
}

// A contestant that lost the book on the way would be fast for nothing.
const withBooks = ['heartline', 'heartlineParsing', 'tardisWithBook', 'ccxtPro'];
const tops = withBooks.map((key) => JSON.stringify(finals[key]));
const agree = tops.every((top) => top !== undefined && top === tops[0]);
const us = Object.fromEntries(Object.entries(samples).map(([key, list]) => [key, hundredths(median(list))]));
const against = (key: string) => hundredths(median(ratios(key)));
process.stdout.write(
  `${JSON.stringify({
    bench: 'decode',
    session: session.name,
    whole: session.isWhole,
    frames: session.frames,
    rounds,
    usPerFrame: us,
    timesCcxt: against('ccxtPro'),
    timesTardis: against('tardis'),
    timesTardisWithBook: against('tardisWithBook'),
    ofJsonParse: hundredths(1 / median(ratios('jsonParse'))),
    goals: { timesCcxt: 4, timesTardis: 1.5 },
    met: agree && against('ccxtPro') >= 4 && against('tardis') >= 1.5,
    finalTop: finals['heartline'],
    finalTopsAgree: agree,
    events,
  })}\n`,
);
// ccxt keeps timers of sockets it never opened.
process.exit(agree ? 0 : 1);

async function microsecondsPerFrame(from: RecordedSession, contestant: Contestant): Promise<number> {
  let spentMs = 0;
  let since = performance.now();
  for (const record of from.records) {
    if (record.kind === 'frame') {
      contestant.frame(record.bytes);
      continue;
    }
    // One snapshot in a session is set-up, not a frame.
    spentMs += performance.now() - since;
    await contestant.snapshot(record.text);
    since = performance.now();
  }
  spentMs += performance.now() - since;
  return (spentMs * 1_000) / from.frames;
}

/** How many times longer than ours it took, round by round. */
function ratios(key: string): readonly number[] {
  return (samples[key] ?? []).map((value, round) => value / (samples['heartline']?.[round] ?? Number.NaN));
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
