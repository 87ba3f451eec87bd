import { describe, expect, test } from 'vitest';
import type { Position } from './account.ts';
import { accountId } from './account.ts';
import type { ConnectionHealth, ConnectionState, StreamState } from './connection.ts';
import { type DeskFacts, type DeskSummary, summariseDesk } from './desk-summary.ts';
import { instrumentId, venueId } from './instrument.ts';
import type { SummarisedAccount } from './open-pnl.ts';
import { pnlLine, venueLines, wantedCount, worstLine } from './summary-text.ts';

const NOW = 1_700_000_000_000;
const CAUSE = { code: 'socket.silent', detail: '' } as const;

function connection(
  id: string,
  state: ConnectionState,
  streams: readonly StreamState[] = ['live'],
): ConnectionHealth {
  return {
    id,
    venue: venueId(id.split('/')[0] ?? ''),
    state,
    since: NOW - 10_000,
    epoch: 1,
    reconnects: 0,
    failedFrames: 0,
    streams: streams.map((kind, at) => ({
      stream: `s${at}`,
      state: kind,
      since: NOW - 38_000,
      perSecond: 1,
      gaps: 0,
      resyncs: 0,
    })),
  };
}

const ACCOUNT = accountId('binance#a1b2c3');
function account(otherwise: Partial<SummarisedAccount> = {}): SummarisedAccount {
  return { id: ACCOUNT, environment: 'mainnet', state: { kind: 'live' }, since: NOW - 60_000, ...otherwise };
}
function position(otherwise: Partial<Position> = {}): Position {
  return {
    account: ACCOUNT,
    instrument: instrumentId('binance:BTC-USDT-PERP'),
    leg: 'both',
    quantity: '1',
    entryPrice: '1',
    unrealisedPnl: '10.5',
    isEstimated: false,
    source: 'stream',
    receivedAt: NOW - 500,
    ...otherwise,
  };
}

const summary = (otherwise: Partial<DeskFacts> = {}): DeskSummary =>
  summariseDesk({
    now: NOW,
    engineSilentMs: 300,
    connections: [
      connection('binance/public', { kind: 'live' }),
      connection('upbit/public', { kind: 'live' }),
    ],
    venues: [
      { id: 'binance', name: 'Binance' },
      { id: 'upbit', name: 'Upbit' },
    ],
    accounts: [],
    positions: [],
    alarms: { active: 0, touchingMoney: 0 },
    trading: { halted: false, armed: [], unknown: 0 },
    ...otherwise,
  });
const clock = () => '14:02:11';
const told = (one: DeskSummary) => ({
  worst: one.worst,
  line: worstLine(one, 'en').text,
  venues: venueLines(one, 'en', clock).map(({ text }) => text),
  pnl: pnlLine(one, 'en'),
});

describe('the worst health', () => {
  test('is live when all is, and counts the venues', () => {
    expect(told(summary())).toEqual({
      worst: 'live',
      line: '● live 2',
      venues: ['● Binance · live', '● Upbit · live'],
      pnl: undefined,
    });
  });

  test('is that of the worst connection, of an account too, and says since when', () => {
    const one = summary({
      connections: [
        connection('binance/public', { kind: 'live' }, ['live', 'stale']),
        connection('upbit/public', { kind: 'live' }),
        connection('upbit/account:Main', {
          kind: 'waiting',
          attempt: 1,
          retryAt: NOW,
          cause: CAUSE,
          exhausted: true,
        }),
      ],
    });
    expect(told(one)).toMatchObject({
      worst: 'failed',
      line: '✕ failed 1 · ▲ stale 1',
      venues: ['▲ Binance · stale · 38 s', '✕ Upbit · failed · 10 s'],
    });
    // A menu must not change with every second.
    expect(venueLines(one, 'ko', clock).map(({ steady }) => steady)).toEqual([
      '▲ Binance · 멈춤 · 14:02:11부터',
      '✕ Upbit · 실패 · 14:02:11부터',
    ]);
  });

  test('is not made worse by a venue of which nothing is wanted', () => {
    expect(
      summary({
        connections: [
          connection('binance/public', { kind: 'live' }),
          connection('upbit/public', { kind: 'idle' }),
        ],
      }),
    ).toMatchObject({ worst: 'live', venues: [{ kind: 'live' }, { kind: 'idle' }] });
  });

  test('of an engine that fell silent is nobody’s last word', () => {
    expect(told(summary({ engineSilentMs: 38_000 }))).toMatchObject({
      worst: 'stale',
      line: '▲ engine not answering · 38 s',
      venues: ['▲ Binance · not known · 38 s', '▲ Upbit · not known · 38 s'],
    });
    expect(told(summary({ connections: undefined }))).toMatchObject({
      worst: 'connecting',
      line: '◌ starting',
    });
  });
});

describe('the open profit', () => {
  test('is summed exactly per currency, and paper money by itself', () => {
    const paper = accountId('paper#zzzzzz');
    const krw = instrumentId('upbit:BTC-KRW');
    expect(
      told(
        summary({
          accounts: [account(), account({ id: paper, environment: 'paper' })],
          positions: [
            position({ unrealisedPnl: '0.1' }),
            position({ unrealisedPnl: '1234.204', leg: 'short' }),
            position({ unrealisedPnl: '-2500000.4', instrument: krw, isEstimated: true }),
            position({ unrealisedPnl: '7', account: paper }),
          ],
        }),
      ).pnl,
    ).toBe('≈−2,500,000 KRW · +1,234.30 USDT · +7.00 USDT paper');
  });

  test('that is late says so, stale tells its age and no number, and of a silent engine nothing is left', () => {
    const of = (receivedAt: number, engineSilentMs = 0) =>
      told(
        summary({ engineSilentMs, accounts: [account()], positions: [position(), position({ receivedAt })] }),
      ).pnl;
    expect([of(NOW - 7_000), of(NOW - 38_000), of(Number.NaN), of(NOW - 600, 9_000)]).toEqual([
      '+21.00 (late) USDT',
      '▲ stale 38 s USDT',
      '— USDT',
      '▲ stale 0 s USDT',
    ]);
  });

  test.each([
    ['waiting', { kind: 'waiting', retryAt: NOW, attempt: 1, cause: CAUSE }, '▲ stale 0 s USDT'],
    ['degraded', { kind: 'degraded', cause: CAUSE }, '+10.50 (late) USDT'],
    ['resting', { kind: 'resting' }, undefined],
  ] as const)('of an account that is %s', (_word, state, expected) => {
    expect(told(summary({ accounts: [account({ state })], positions: [position()] })).pnl).toBe(expected);
  });

  test('is unknown, not smaller, while an account has not been read', () => {
    const other = account({ id: accountId('bybit#d4e5f6'), state: { kind: 'loading' } });
    expect(told(summary({ accounts: [account(), other], positions: [position()] })).pnl).toBe('— USDT');
    expect(told(summary({ accounts: [other] })).pnl).toBe('—');
  });

  test('that cannot be added up is unknown', () => {
    expect(
      told(summary({ accounts: [account()], positions: [position(), position({ unrealisedPnl: '1e3' })] }))
        .pnl,
    ).toBe('— USDT');
  });
});

test('what wants a person: unseen alarms and orders of unknown fate', () => {
  expect(
    wantedCount(
      summary({
        alarms: { active: 2, touchingMoney: 1 },
        trading: { halted: false, armed: [], unknown: 3 },
      }),
    ),
  ).toBe(5);
});
