import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { accountId } from '#shared/domain/account.ts';
import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import type { Question } from '#shared/domain/question.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createTerminalConfirm } from './terminal-confirm.ts';
import { readLines } from './terminal-lines.ts';

const MONEY = { USDT: 1, KRW: 1000 };
const limits = { maxNotional: MONEY, dailyNotional: MONEY, confirmAbove: MONEY };
const ARM: Question = { kind: 'arm', venue: venueId('bybit'), venueName: 'Bybit', limits };
const ORDER: Question = {
  kind: 'order',
  venueName: 'Bybit',
  accountLabel: 'main\u001b[2J\nQuantity: 0.001 BTC\u202e',
  environment: 'mainnet',
  order: {
    account: accountId('bybit#k3f9a2'),
    instrument: instrumentId('bybit:BTC-USDT-PERP'),
    clientOrderId: 'hl0123456789abcdefghij',
    side: 'sell',
    type: 'stop',
    isMarket: false,
    timeInForce: 'GTC',
    quantity: '1.5',
    price: '64000.5',
    triggerPrice: '64100',
    triggerBy: 'mark',
    reduceOnly: true,
    closePosition: false,
    leg: 'both',
    notional: '96000.75',
  },
};

function desk(language: 'en' | 'ko' = 'en') {
  const clock = createVirtualClock();
  const input = new PassThrough();
  const lines = readLines(input);
  const others: string[] = [];
  lines.onLine((line) => others.push(line) > 0);
  const set = { isOurs: true };
  let printed = '';
  let last = 1000;
  const { ask } = createTerminalConfirm({
    clock,
    lines,
    canAnswer: () => set.isOurs,
    language,
    code: () => String(++last),
    write: (text) => {
      printed += text;
    },
  });
  /** A stream tells of what was written a turn later. */
  const type = async (text: string | Buffer) => {
    input.write(text);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { clock, input, others, set, ask, type, printed: () => printed };
}
const never = () => new AbortController().signal;

test('an order is shown in plain words as it leaves, the label made harmless, and the number confirms it', async () => {
  const { ask, type, printed } = desk();
  const answer = ask(ORDER, never());
  const shown = printed();
  await type('1001\n');
  expect([await answer, shown, printed().slice(shown.length)]).toEqual([
    'yes',
    `
Place this order?
  Exchange: Bybit
  Environment: mainnet
  Account: “main [2J Quantity: 0.001 BTC” (bybit#k3f9a2)
  Market: BTC-USDT-PERP
  Side: SELL
  Type: Stop limit
  Market order: no
  Quantity: 1.5 BTC
  Price: 64000.5 USDT (64,000.5)
  Trigger price: 64100 USDT (64,100)
  Triggered by: mark price
  Time in force: GTC: until cancelled
  Reduce only: yes
  Close position: no
  Position: one per market
  Value: 96000.75 USDT (96,000.75)
  Order id: hl0123456789abcdefghij
Exactly this leaves for the exchange. If you did not ask for it, answer no.
Place the order: type 1001 and Enter within 60 seconds. No: type no, or wait.
`,
    'Confirmed.\n',
  ]);
});

test('it asks in Korean where the server speaks it', async () => {
  const { ask, type, printed } = desk('ko');
  const answer = ask(ARM, never());
  await type('아니요\n');
  expect([await answer, printed()]).toEqual([
    'no',
    `
Bybit 실거래 잠금을 해제할까요?
  거래소: bybit
  주문 한 건 한도: 1 USDT · 1000 KRW
  하루 한도: 1 USDT · 1000 KRW
  이 금액부터 다시 확인: 1 USDT · 1000 KRW
잠금을 해제하면 Heartline에서 낸 주문이 그 거래소의 실제 자금을 움직입니다. 직접 요청하지 않았다면 아니요를 고르세요.
잠금 해제: 60초 안에 1001을 입력하고 Enter를 누르세요. 거절: no를 입력하거나 기다리세요.
실행하지 않았습니다.
`,
  ]);
});

describe('what counts as an answer', () => {
  test.each<readonly [string, string | Buffer, string]>([
    ['the number, as Windows ends its lines', '1001\r\n', 'yes'],
    ['the number with blanks around it', '  1001 \n', 'yes'],
    ['no', 'NO\n', 'no'],
    ['three wrong numbers', '1\n2\n3\n1001\n', 'no'],
    ['the number after a wrong one', '1111\n1001\n', 'yes'],
    ['an answer in pieces', '', 'yes'],
  ])('%s', async (what, typed, reply) => {
    const { ask, type } = desk();
    const answer = ask(ARM, never());
    if (what === 'an answer in pieces') for (const piece of ['1', '00', '1', '\n']) await type(piece);
    else await type(typed);
    expect(await answer).toBe(reply);
  });

  test.each<readonly [string, string | Buffer]>([
    ['an empty line, a word, a command: those are for others', '\nyes\nkill\ny\n'],
    ['the number without Enter', '1001'],
    ['the number inside of something longer', `1001${'0'.repeat(300)}\n x 1001\n`],
    ['no text at all', Buffer.from([0xff, 0xfe, 0x00, 0x0a])],
  ])('not %s', async (_what, typed) => {
    const { ask, type, clock } = desk();
    const answer = ask(ARM, never());
    await type(typed);
    clock.advance(60_000);
    expect(await answer).toBe('nobody');
  });

  test('what is not for the question goes to the others, and after it everything does', async () => {
    const { ask, type, others } = desk();
    const answer = ask(ARM, never());
    await type('\nkill\n1001\n1001\n');
    await answer;
    expect(others).toEqual(['', 'kill', '1001']);
  });

  test('the number of one question is not that of the next', async () => {
    const { ask, type } = desk();
    const first = ask(ARM, never());
    const second = ask(ARM, never());
    await type('1001\n1001\n1002\n');
    expect([await first, await second]).toEqual(['yes', 'yes']);
  });
});

describe('nobody', () => {
  test('is there when a minute passes, and it says so', async () => {
    const { ask, clock, printed } = desk();
    const answer = ask(ARM, never());
    clock.advance(60_000);
    expect([await answer, printed().endsWith('Not done: nobody answered.\n')]).toEqual(['nobody', true]);
  });

  test('is there at once when standard input is closed, and nothing is printed', async () => {
    const { ask, input, printed } = desk();
    input.resume().end();
    await new Promise((resolve) => input.once('close', resolve));
    expect([await ask(ARM, never()), printed()]).toEqual(['nobody', '']);
  });

  test('is there at once while another program has the terminal', async () => {
    const { ask, set, printed } = desk();
    set.isOurs = false;
    expect([await ask(ARM, never()), printed()]).toEqual(['nobody', '']);
  });

  test('is there any more when it closes in the middle, for those who wait as well', async () => {
    const { ask, input } = desk();
    const answers = [ask(ARM, never()), ask(ARM, never())];
    input.end();
    expect(await Promise.all(answers)).toEqual(['nobody', 'nobody']);
  });

  test('is asked any more when the question was taken back', async () => {
    const { ask, printed, type } = desk();
    const abort = new AbortController();
    const answer = ask(ARM, abort.signal);
    abort.abort();
    await type('1001\n');
    expect([await answer, printed().endsWith('nobody answered.\n')]).toEqual(['nobody', true]);
  });
});

test('the number has four digits and is not the same each time', async () => {
  const codes = new Set<string>();
  for (let asked = 0; asked < 20; asked += 1) {
    let printed = '';
    const { ask } = createTerminalConfirm({
      clock: createVirtualClock(),
      lines: readLines(new PassThrough()),
      canAnswer: () => true,
      language: 'en',
      write: (text) => {
        printed += text;
      },
    });
    void ask(ARM, never());
    codes.add(/type (\d{4}) and/.exec(printed)?.[1] ?? 'none');
  }
  expect([codes.has('none'), codes.size > 10]).toEqual([false, true]);
});
