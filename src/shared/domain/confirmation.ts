import { assertNever } from '../base/assert-never.ts';
import { cleanText } from '../base/clean-text.ts';
import { plainNumber } from '../base/decimal.ts';
import { instrumentName } from './instrument.ts';
import type { OrderRequest } from './order-draft.ts';
import type { Question } from './question.ts';
import { type ShellLanguage, shellWords } from './shell-words.ts';

/** What a person is shown before they answer: plain lines, safe to print as they are. */
export interface Confirmation {
  readonly title: string;
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  readonly question: string;
  /** What answers yes and no. */
  readonly yes: string;
  readonly no: string;
}

/** The same question always makes the same text, and another order another one. */
export function confirmationOf(question: Question, language: ShellLanguage): Confirmation {
  const words = shellWords[language];
  switch (question.kind) {
    case 'order':
      return {
        title: question.isChange ? words.changeTitle : words.orderTitle,
        lines: orderLines(question, language),
        question: words.orderQuestion,
        yes: question.isChange ? words.change : words.place,
        no: words.leave,
      };
    case 'arm':
      return {
        title: words.armTitle(cleanText(question.venueName)),
        lines: [
          { label: words.fields.venue, value: cleanText(question.venue) },
          ...limitLines(question.limits, words.limits),
        ],
        question: words.armQuestion,
        yes: words.arm,
        no: words.leave,
      };
    default:
      return assertNever(question);
  }
}

/** The lines as one text, a field a line. */
export function confirmationText({ lines }: Confirmation): string {
  return lines.map(({ label, value }) => `${label}: ${value}`).join('\n');
}

function limitLines(
  limits: Extract<Question, { readonly kind: 'arm' }>['limits'],
  words: Readonly<Record<keyof typeof limits, string>>,
): Confirmation['lines'] {
  return (['maxNotional', 'dailyNotional', 'confirmAbove'] as const).map((name) => {
    const { USDT, KRW } = limits[name];
    return {
      label: words[name],
      value: `${decimal(plainNumber(USDT), 'USDT')} · ${decimal(plainNumber(KRW), 'KRW')}`,
    };
  });
}

function orderLines(
  { order, venueName, accountLabel, environment }: Extract<Question, { readonly kind: 'order' }>,
  language: ShellLanguage,
): Confirmation['lines'] {
  const words = shellWords[language];
  const name = cleanText(instrumentName(order.instrument));
  const [base = '', quote = ''] = name.split('-');
  const flag = (value: boolean) => (value ? words.yes : words.no);
  const price = (value: string | undefined) => (value === undefined ? words.none : decimal(value, quote));
  // Every field of what leaves, whatever it is: one that is added and not here does not compile.
  const values = {
    account: `“${cleanText(accountLabel.replace(/[“”]/g, '"'))}” (${cleanText(order.account)})`,
    instrument: name,
    side: words.sides[order.side],
    type: words.types[order.type],
    isMarket: order.isMarket ? words.asMarket : words.no,
    quantity: decimal(order.quantity, base),
    price: price(order.price),
    triggerPrice: price(order.triggerPrice),
    triggerBy: order.triggerBy === undefined ? words.none : words.triggers[order.triggerBy],
    timeInForce: words.timesInForce[order.timeInForce],
    reduceOnly: flag(order.reduceOnly),
    closePosition: order.closePosition ? words.wholePosition : words.no,
    leg: words.legs[order.leg],
    notional: decimal(order.notional, quote),
    clientOrderId: cleanText(order.clientOrderId),
  } satisfies Record<keyof OrderRequest, string>;
  const fields = Object.keys(values) as (keyof OrderRequest)[];
  return [
    { label: words.fields.venue, value: cleanText(venueName) },
    { label: words.fields.environment, value: cleanText(environment) },
    ...fields.map((field) => ({ label: words.fields[field], value: values[field] })),
  ];
}

/** As it leaves, digit by digit; long ones once more with their thousands, because zeros are hard to count. */
function decimal(value: string, unit: string): string {
  const text = cleanText(value);
  const [whole = '', rest] = text.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',') + (rest === undefined ? '' : `.${rest}`);
  return whole.length > 4 ? `${text} ${unit} (${grouped})` : `${text} ${unit}`;
}
