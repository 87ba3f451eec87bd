// What one recorded frame costs from its bytes to a normalised event and an up-to-date book, against others on the same
// frames: µs per frame, medians of interleaved rounds, each with fresh state. Prints one JSON. Without a session, one of
// each venue, each in a process of its own.
// `node bench/decode.ts [btcusdt-20240808|bybit-btcusdt-20260809|upbit-ten-markets-20210405|…] [rounds]`
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ccxtPro } from './kit/contestant-ccxt.ts';
import { tardis } from './kit/contestant-tardis.ts';
import { bareParse, type Contestant, type MakeContestant, parsing, scanning } from './kit/contestants.ts';
import {
  findSession,
  type RecordedSession,
  type SessionRecord,
  type SessionVenue,
} from './kit/recorded-session.ts';
import { median } from './kit/statistics.ts';

const SESSIONS = ['btcusdt-20240808', 'bybit-btcusdt-20260809', 'upbit-ten-markets-20210405'];
const GOALS: Readonly<Record<SessionVenue, { readonly timesCcxt: number; readonly timesTardis: number }>> = {
  binance: { timesCcxt: 4, timesTardis: 1.5 },
  bybit: { timesCcxt: 3, timesTardis: 1.3 },
  upbit: { timesCcxt: 3, timesTardis: 1.1 },
};
/** Those that keep books: one that lost a book on the way would be fast for nothing. */
const WITH_BOOKS = ['heartline', 'heartlineParsing', 'tardisWithBook', 'ccxtPro'];

const [name, roundsText = '5'] = process.argv.slice(2);
if (name === undefined) await measureEach();
else await measure(name, Number(roundsText));

async function measureEach(): Promise<void> {
  const results: Record<string, { readonly met?: boolean; readonly skipped?: string }> = {};
  for (const session of SESSIONS) {
    const args = ['--expose-gc', import.meta.filename, session, roundsText];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    results[session] = JSON.parse(stdout);
  }
  const measured = Object.values(results).filter(({ skipped }) => skipped === undefined);
  const met = measured.every((result) => result.met === true);
  process.stdout.write(`${JSON.stringify({ bench: 'decode', met, sessions: results })}\n`);
}

async function measure(sessionName: string, rounds: number): Promise<void> {
  const session = findSession(sessionName);
  if (!session) {
    const skipped =
      'its recording is under a licence that keeps it out of this repository, and it is not beside it';
    process.stdout.write(`${JSON.stringify({ bench: 'decode', session: sessionName, skipped })}\n`);
    return;
  }
  const { venue } = session;
  // Its first run tells which markets there are, as an instrument list would.
  const probe = scanning(venue);
  await play(session.records, probe);
  const symbols = Object.keys(probe.tops).sort();
  const contestants: Readonly<Record<string, MakeContestant>> = {
    heartline: () => scanning(venue),
    heartlineParsing: () => parsing(venue),
    tardis: () => tardis(venue, symbols, false),
    tardisWithBook: () => tardis(venue, symbols, true),
    ccxtPro: () => ccxtPro(venue, symbols),
    jsonParse: bareParse,
  };
  const samples: Record<string, number[]> = Object.fromEntries(
    Object.keys(contestants).map((key) => [key, []]),
  );
  const finals: Record<string, string> = {};
  const events: Record<string, number> = {};
  // Held to the end: with the last closure of a function the collector throws its compiled code away too, and the next
  // round would measure the compiler. A decoder in use lives as long as its connection.
  const held: Contestant[] = [];
  // The first round warms up and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const [key, make] of Object.entries(contestants)) {
      globalThis.gc?.();
      const us = await microsecondsPerFrame(session, key, make, held);
      const last = held.at(-1);
      if (round > 0) samples[key]?.push(us);
      finals[key] = JSON.stringify(Object.entries(last?.tops ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
      events[key] = last?.events ?? 0;
    }
  }

  const agree = symbols.length > 0 && WITH_BOOKS.every((key) => finals[key] === finals['heartline']);
  const ratios = (key: string) =>
    (samples[key] ?? []).map((value, round) => value / (samples['heartline']?.[round] ?? Number.NaN));
  const against = (key: string) => hundredths(median(ratios(key)));
  const goals = GOALS[venue];
  const met = agree && against('ccxtPro') >= goals.timesCcxt && against('tardis') >= goals.timesTardis;
  process.stdout.write(
    `${JSON.stringify({
      bench: 'decode',
      session: session.name,
      venue,
      whole: session.isWhole,
      frames: session.frames,
      repeats: session.repeats,
      rounds,
      usPerFrame: Object.fromEntries(
        Object.entries(samples).map(([key, list]) => [key, hundredths(median(list))]),
      ),
      timesCcxt: against('ccxtPro'),
      timesTardis: against('tardis'),
      timesTardisWithBook: against('tardisWithBook'),
      ofJsonParse: hundredths(1 / median(ratios('jsonParse'))),
      goals,
      met,
      books: symbols.length,
      finalTopsAgree: agree,
      ...(!agree && { finals }),
      events,
    })}\n`,
  );
  // ccxt keeps timers of sockets it never opened.
  process.exit(agree ? 0 : 1);
}

async function microsecondsPerFrame(
  session: RecordedSession,
  key: string,
  make: MakeContestant,
  held: Contestant[],
): Promise<number> {
  const isOurs = key.startsWith('heartline') || key === 'jsonParse';
  let spentMs = 0;
  for (let repeat = 0; repeat < session.repeats; repeat++) {
    const contestant = make();
    held.push(contestant);
    spentMs += await play(isOurs ? session.records : session.respelled, contestant);
  }
  return (spentMs * 1_000) / (session.frames * session.repeats);
}

/** Milliseconds spent on the frames. */
async function play(records: readonly SessionRecord[], contestant: Contestant): Promise<number> {
  let spentMs = 0;
  let since = performance.now();
  for (const record of records) {
    if (record.kind === 'frame') {
      contestant.frame(record.bytes);
      continue;
    }
    // One snapshot in a session is set-up, not a frame.
    spentMs += performance.now() - since;
    await contestant.snapshot(record.text);
    since = performance.now();
  }
  return spentMs + performance.now() - since;
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
