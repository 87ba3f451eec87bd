import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import { defaultSettings } from '../default-settings.ts';
import { packEvidence } from './evidence-file.ts';
import { secretsIn } from './evidence-redaction.ts';
import type { EvidenceInput } from './evidence-report.ts';
import { evidenceWordsEn } from './evidence-words-en.ts';
import { evidenceWordsKo } from './evidence-words-ko.ts';
import { VERDICT_EVIDENCE } from './verdict-evidence.ts';

const T0 = Date.UTC(2026, 6, 1, 13, 58, 21, 250);
const settings = defaultSettings([{ favourites: [instrumentId('binance:BTC-USDT-PERP')] }]);
const incident: Incident = {
  id: 'bithumb/public@1',
  venue: venueId('bithumb'),
  connection: 'bithumb/public',
  worst: 'waiting',
  cause: { code: 'socket.silent', detail: 'no data on any stream' },
  startedAt: T0 - 5000,
  noticedAt: T0,
  endedAt: T0 + 30_000,
  attempts: 3,
  tradesMissed: 0,
  tradesRecovered: 12,
  candlesRepaired: 2,
  booksResynced: 1,
  ordersInFlight: 0,
  verdict: {
    side: 'theirs',
    kind: 'socket',
    confidence: 0.88,
    evidence: [
      { code: 'venues.fine', details: { venues: 'upbit', count: 1 } },
      { code: 'rest.answers', details: { ms: 2100 } },
    ],
  },
  others: [{ venue: venueId('upbit'), worst: 'live' }],
  transitions: [{ at: T0, kind: 'stale', cause: { code: 'socket.silent', detail: 'x' } }],
};
const input: EvidenceInput = {
  exportedAt: T0 + 60_000,
  incident,
  from: T0 - 300_000,
  to: T0 + 60_000,
  language: 'en',
  localZone: 'America/New_York',
  app: { version: '0.3.0', mode: 'live', environment: 'mainnet', shell: 'desktop' },
  machine: { platform: 'linux', architecture: 'x64', node: '24.0.0' },
  home: '/home/somebody',
  secrets: [],
  settings,
  incidents: [incident],
  timeline: [
    {
      venue: venueId('bithumb'),
      connection: 'bithumb/public',
      uptime: 0.9,
      spans: [{ from: T0 - 300_000, to: T0, kind: 'live' }],
    },
  ],
  transitions: [
    {
      at: T0,
      venue: venueId('bithumb'),
      connection: 'bithumb/public',
      state: { kind: 'stale', cause: { code: 'socket.silent', detail: 'no data' } },
    },
  ],
  transitionsAreCut: false,
  log: [
    {
      at: T0,
      level: 'warn',
      code: 'connection.stale',
      details: { connection: 'bithumb/public' },
      message: 'stale',
    },
  ],
  logFrom: T0 - 1000,
  clockOffsetMs: { bithumb: 3.2 },
};
const now = () => Promise.resolve();

async function unpacked(change: Partial<EvidenceInput> = {}) {
  const file = await packEvidence({ ...input, ...change }, now);
  const parts = Object.fromEntries(
    Object.entries(unzipSync(file.bytes)).map(([name, bytes]) => [name, strFromU8(bytes)]),
  );
  const part = (name: string) => parts[name] ?? '';
  return { file, parts, html: part('report.html'), report: JSON.parse(part('report.json')), part };
}

describe('the evidence file', () => {
  test('holds the report twice, the log, and the hashes of all three', async () => {
    const { file, parts, part, report } = await unpacked();
    const sums = part('hashes.txt')
      .trimEnd()
      .split('\n')
      .map((line) => line.split('  '));
    expect([file.fileName, Object.keys(parts), report.format, report.about, report.incidents]).toEqual([
      'heartline-evidence-20260701-135921-bithumb-public.zip',
      ['report.json', 'report.html', 'log.ndjson', 'hashes.txt'],
      'heartline-evidence/1',
      'incident',
      [incident],
    ]);
    expect(sums).toEqual(
      ['report.json', 'report.html', 'log.ndjson'].map((name) => [
        createHash('sha256').update(part(name)).digest('hex'),
        name,
      ]),
    );
    expect(file.sha256).toBe(createHash('sha256').update(file.bytes).digest('hex'));
    expect(JSON.parse(part('log.ndjson'))).toEqual(input.log[0]);
  });

  test('a range says so in its name', async () => {
    const { incident: _none, ...range } = input;
    const file = await packEvidence(range, now);
    expect(file.fileName).toBe('heartline-evidence-20260701-135921-range.zip');
  });

  test('is the same, byte for byte, for the same input', async () => {
    const [first, second, other] = await Promise.all([
      packEvidence(input, now),
      packEvidence(structuredClone(input), now),
      packEvidence({ ...input, exportedAt: input.exportedAt + 2000 }, now),
    ]);
    expect([first.sha256 === second.sha256, first.sha256 === other.sha256]).toEqual([true, false]);
  });

  test('is the same wherever the machine stands', () => {
    // The zone of a process cannot be changed once it runs.
    const folder = mkdtempSync(join(tmpdir(), 'heartline-evidence-'));
    const module = new URL('./evidence-file.ts', import.meta.url).href;
    const program = join(folder, 'pack.mjs');
    writeFileSync(join(folder, 'input.json'), JSON.stringify(input));
    writeFileSync(
      program,
      `import { readFileSync } from 'node:fs';
       const { packEvidence } = await import('${module}');
       const input = JSON.parse(readFileSync(new URL('./input.json', import.meta.url), 'utf8'));
       console.log((await packEvidence(input, async () => undefined)).sha256);`,
    );
    const hashes = ['UTC', 'Asia/Seoul'].map((TZ) =>
      execFileSync(process.execPath, [program], { encoding: 'utf8', env: { ...process.env, TZ } }),
    );
    rmSync(folder, { recursive: true });
    expect(hashes[0]).toBe(hashes[1]);
  });

  test('tells every time in KST, local and UTC', async () => {
    const { html, report } = await unpacked();
    const noticed = report.times.find(({ what }: { what: string }) => what.endsWith('noticedAt'));
    const zones = ['2026-07-01 22:58:21.250', '2026-07-01 09:58:21.250', '2026-07-01 13:58:21.250'];
    expect([noticed.kst, noticed.local, noticed.utc]).toEqual(zones);
    expect(html).toContain(zones.map((time) => `<td>${time}</td>`).join('\n'));
    expect(html).toContain('Local (America/New_York)');
  });

  test('speaks both languages, with a text for every piece of evidence', async () => {
    const [en, ko] = [await unpacked(), await unpacked({ language: 'ko' })];
    expect([
      en.html.includes('The venue’s REST answered in 2100 ms.'),
      ko.html.includes('거래소 REST가 2100 ms 만에 응답했습니다.'),
      ko.html.includes('<html lang="ko">'),
    ]).toEqual([true, true, true]);
    const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).toSorted();
    for (const code of VERDICT_EVIDENCE) {
      expect([code, holes(evidenceWordsKo.evidence[code])]).toEqual([
        code,
        holes(evidenceWordsEn.evidence[code]),
      ]);
    }
  });

  test('a long log is cut in the page and whole beside it, and others get their turn', async () => {
    let pauses = 0;
    const entry = input.log[0];
    if (!entry) throw new Error('no entry');
    const log = Array.from({ length: 5000 }, (_, index) => ({
      ...entry,
      message: `entry ${index} ${'x'.repeat(200)}`,
    }));
    const file = await packEvidence({ ...input, log }, async () => {
      pauses += 1;
    });
    const parts = unzipSync(file.bytes);
    const html = strFromU8(parts['report.html'] ?? new Uint8Array());
    const lines = strFromU8(parts['log.ndjson'] ?? new Uint8Array())
      .trimEnd()
      .split('\n');
    expect([
      lines.length,
      html.includes('entry 3999 '),
      html.includes('entry 4000 '),
      html.includes('Only the latest are shown here'),
      pauses > 8,
    ]).toEqual([5000, false, true, true, true]);
  });
});

describe('nothing private', () => {
  const CANARY = 'canary7f3a9c';
  const secretive = {
    ...settings,
    alarms: {
      ...settings.alarms,
      webhookUrl: `https://me:pw-${CANARY}@hooks.example/services/T00${CANARY}/x?token=q-${CANARY}&live=1#h-${CANARY}`,
    },
  };

  test('a secret planted in the settings, the log, a cause or the environment is in no part', async () => {
    const url = secretive.alarms.webhookUrl;
    process.env['HEARTLINE_CANARY'] = `env-${CANARY}`;
    const file = await packEvidence(
      {
        ...input,
        settings: secretive,
        secrets: [`given-${CANARY}`],
        app: { ...input.app, environment: `https://user:${CANARY}@rest.example` },
        log: [
          { at: T0, level: 'warn', code: 'webhook.failed', details: { url }, message: `sent to ${url}` },
          {
            at: T0,
            level: 'warn',
            code: 'x',
            details: { file: '/home/somebody/x' },
            message: `given-${CANARY}`,
          },
          { at: T0, level: 'warn', code: 'x', details: {}, message: `X-API-KEY: ${CANARY}` },
          { at: T0, level: 'warn', code: 'x', details: {}, message: `GET /order?signature=${CANARY}&a=1` },
          { at: T0, level: 'warn', code: 'x', details: {}, message: `{"secret":"${CANARY}"}` },
          { at: T0, level: 'warn', code: 'x', details: {}, message: `Authorization: Bearer ${CANARY}` },
        ],
        incidents: [{ ...incident, cause: { code: 'unknown', detail: `token=${CANARY}` } }],
      },
      now,
    );
    delete process.env['HEARTLINE_CANARY'];
    const whole = Object.values(unzipSync(file.bytes))
      .map((bytes) => strFromU8(bytes))
      .join('\n');
    expect([
      whole.includes(CANARY),
      whole.includes('somebody'),
      whole.includes('https://hooks.example/…'),
    ]).toEqual([false, false, true]);
  });

  test('masks no ordinary word: states stay readable whatever the address holds', async () => {
    const webhookUrl = 'https://hooks.example/live/alarms/bithumb?mode=stale';
    const { report } = await unpacked({
      settings: { ...settings, alarms: { ...settings.alarms, webhookUrl } },
    });
    expect([report.timeline[0].spans[0].kind, report.transitions[0].state.kind, report.incidents]).toEqual([
      'live',
      'stale',
      [incident],
    ]);
  });

  test('an address with a lone % or none at all is no trouble', () => {
    const of = (webhookUrl: string) => secretsIn({ ...settings, alarms: { ...settings.alarms, webhookUrl } });
    expect([of(''), of('https://h.example/a%zz123456').includes('a%zz123456')]).toEqual([[], true]);
  });
});

describe('hostile names', () => {
  test('are text: no tag, no entity, no turned direction', async () => {
    const hostile = '<script>alert(1)</script>"\'&\u202Egnp.exe\u0000\u2066';
    const { html } = await unpacked({
      log: [{ at: T0, level: 'info', code: hostile, details: {}, message: hostile }],
      transitions: [
        {
          at: T0,
          venue: venueId('bithumb'),
          connection: hostile,
          state: { kind: 'failed', cause: { code: 'unknown', detail: hostile } },
        },
      ],
      incidents: [{ ...incident, id: 'other', connection: hostile }],
      app: { ...input.app, environment: hostile },
    });
    expect([
      html.includes('<script'),
      ['\u0000', '\u202e', '\u2066'].some((unseen) => html.includes(unseen)),
      html.includes('&lt;script&gt;'),
    ]).toEqual([false, false, true]);
    expect(html).toContain("default-src 'none'");
  });

  test('whatever the text, the page has only its own tags', async () => {
    const tagsOf = (html: string) =>
      new Set([...html.matchAll(/<\/?([a-z!][a-z0-9]*)/gi)].map(([, tag]) => tag));
    const own = tagsOf((await unpacked()).html);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const { html } = await unpacked({
          log: [{ at: T0, level: 'info', code: text, details: {}, message: `<${text}` }],
        });
        expect(tagsOf(html)).toEqual(own);
      }),
      { numRuns: 50 },
    );
  });
});
