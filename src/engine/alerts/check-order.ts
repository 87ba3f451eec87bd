import { assertNever } from '#shared/base/assert-never.ts';
import { plainNumber } from '#shared/base/decimal.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { AlertOrder, AlertRule } from '#shared/domain/alert.ts';
import { type Instrument, type InstrumentId, venueOf } from '#shared/domain/instrument.ts';

export interface OrderFacts {
  readonly now: number;
  /** Throws `instrument.unknown`, `venue.unknown`, what the venue's list throws. */
  readonly instrument: (id: InstrumentId) => Promise<Instrument>;
  /** Throws `venue.unknown`. */
  readonly venue: (id: string) => unknown;
  readonly hasAccount: (id: AccountId) => boolean;
}

interface Range {
  readonly least: number;
  readonly most: number;
}

const PRICE: Range = { least: 1e-12, most: 1e12 };
const MOVE: Range = { least: 0.01, most: 1000 };
/** Nothing falls by more than all of it. */
const FALL: Range = { least: 0.01, most: 99.99 };
const BPS: Range = { least: 0.01, most: 5000 };
const TICKS: Range = { least: 1, most: 100_000 };
const PREMIUM: Range = { least: -99, most: 1000 };
const FUNDING: Range = { least: -100, most: 100 };
const PROFIT: Range = { least: -1e15, most: 1e15 };
const RETURN: Range = { least: -100_000, most: 100_000 };
const DISTANCE: Range = { least: 0.01, most: 99.99 };
const WINDOW_MIN: Range = { least: 1, most: 1440 };
const SECONDS: Range = { least: 5, most: 86_400 };
const COOLDOWN_MS: Range = { least: 10_000, most: 7 * 86_400_000 };
const PLAIN = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;

/** The order with its level in plain decimal text. Throws the refusals of `alertRequestInputs`. */
export async function checkOrder<Part extends Partial<AlertOrder>>(
  order: Part,
  facts: OrderFacts,
): Promise<Part> {
  const { ways, repeatAfterMs, expiresAt } = order;
  if (ways?.length === 0) throw new HeartlineError('alert.ways', 'an alert has to go some way');
  if (repeatAfterMs !== undefined) within('alert.cooldown', repeatAfterMs, COOLDOWN_MS, 1000);
  if (expiresAt !== undefined && expiresAt <= facts.now) {
    throw new HeartlineError('alert.past', 'it would have expired already');
  }
  return order.rule ? { ...order, rule: await checkRule(order.rule, facts) } : order;
}

async function checkRule(rule: AlertRule, facts: OrderFacts): Promise<AlertRule> {
  switch (rule.kind) {
    case 'price': {
      const level = levelWithin(rule.level, PRICE);
      const listed = await facts.instrument(rule.instrument);
      if (rule.of === 'mark') needsMark(listed);
      return { ...rule, level };
    }
    case 'move': {
      const level = levelWithin(rule.level, rule.when === 'down' ? FALL : MOVE);
      within('alert.window', whole(rule.withinMin), WINDOW_MIN, 1);
      await facts.instrument(rule.instrument);
      return { ...rule, level };
    }
    case 'spread': {
      const level = levelWithin(rule.level, rule.unit === 'bps' ? BPS : TICKS);
      await facts.instrument(rule.instrument);
      return { ...rule, level };
    }
    case 'funding': {
      const level = levelWithin(rule.level, FUNDING);
      needsMark(await facts.instrument(rule.instrument), 'perpetual');
      return { ...rule, level };
    }
    case 'premium': {
      const level = levelWithin(rule.level, PREMIUM);
      const [krw, usdt] = [await facts.instrument(rule.krw), await facts.instrument(rule.usdt)];
      if (krw.quote !== 'KRW' || usdt.quote !== 'USDT') {
        throw new HeartlineError('alert.legs', `${rule.krw} and ${rule.usdt} make no premium`);
      }
      return { ...rule, level };
    }
    case 'pnl':
    case 'liquidation': {
      const isProfit = rule.kind === 'pnl';
      const level = levelWithin(
        rule.level,
        isProfit ? (rule.unit === 'percent' ? RETURN : PROFIT) : DISTANCE,
      );
      if (!facts.hasAccount(rule.account)) {
        throw new HeartlineError('account.unknown', `no such account: ${rule.account}`, {
          details: { account: rule.account },
        });
      }
      if (rule.instrument === undefined) return { ...rule, level };
      if (venueOf(rule.instrument) !== rule.account.slice(0, rule.account.indexOf('#'))) {
        throw new HeartlineError('instrument.unknown', `${rule.instrument} is not of ${rule.account}`, {
          details: { instrument: rule.instrument },
        });
      }
      const { quote } = await facts.instrument(rule.instrument);
      // Whoever names an instrument means its own currency.
      return isProfit ? { ...rule, level, currency: quote } : { ...rule, level };
    }
    case 'connection':
      within('alert.seconds', whole(rule.seconds), SECONDS, 1);
      facts.venue(rule.venue);
      return rule;
    default:
      return assertNever(rule);
  }
}

function levelWithin(text: string, range: Range): string {
  const plain = text.replaceAll(',', '');
  const value = PLAIN.test(plain) ? Number(plain) : Number.NaN;
  if (!Number.isFinite(value)) {
    throw new HeartlineError('alert.level', `not a number: ${text}`, { details: { level: text } });
  }
  within('alert.range', value, range, 1);
  return tidy(plain);
}

/** `+007.10` → `7.1`; not one digit of what was meant is lost. */
function tidy(plain: string): string {
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/.exec(plain) ?? [];
  const [before = '', after = ''] = rest.split('.');
  const digits = before.replace(/^0+(?=\d)/, '') || '0';
  const fraction = after.replace(/0+$/, '');
  const text = fraction === '' ? digits : `${digits}.${fraction}`;
  return sign === '-' && text !== '0' ? `-${text}` : text;
}

function within(code: string, value: number, { least, most }: Range, unit: number): void {
  if (value >= least && value <= most) return;
  throw new HeartlineError(code, `${value} is not within ${least} and ${most}`, {
    details: { least: plainNumber(least / unit), most: plainNumber(most / unit) },
  });
}

const whole = (value: number) => (Number.isInteger(value) ? value : Number.NaN);

function needsMark({ id, kind }: Instrument, needed?: Instrument['kind']): void {
  if (kind !== 'spot' && (needed === undefined || kind === needed)) return;
  throw new HeartlineError('alert.spot', `${id} has neither a mark price nor funding`, {
    details: { instrument: id },
  });
}
