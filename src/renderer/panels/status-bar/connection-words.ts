import i18next from 'i18next';
import { assertNever } from '#shared/base/assert-never.ts';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import { instrumentName } from '#shared/domain/instrument.ts';
import type { en } from '../../i18n/en.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { causeText } from '../../i18n/text-for.ts';
import { splitStreamKey } from '../../stores/health-index.ts';
import { formatClock, formatSeconds } from '../../ui/format-time.ts';

type Key = keyof typeof en;

/** The whole state in one sentence: what, since how long, why, and what happens next. */
export function stateSentence(connection: Pick<ConnectionHealth, 'state' | 'streams'>, now: number): string {
  const t = i18next.t;
  const { state, streams } = connection;
  switch (state.kind) {
    case 'idle':
    case 'authenticating':
    case 'subscribing':
      return t(`state.${state.kind}`);
    case 'live': {
      const silent = streams.filter((stream) => stream.state !== 'live').length;
      return silent === 0
        ? t('state.live', { total: streams.length })
        : t('state.live-but', { silent, total: streams.length });
    }
    case 'connecting':
      // The first attempt is the 0th: nothing has failed yet.
      return state.attempt === 0
        ? t('state.connecting-first')
        : t('state.connecting', { attempt: state.attempt });
    case 'degraded':
    case 'stale':
    case 'failed':
      return t(`state.${state.kind}`, { cause: causeText(state.cause) });
    case 'paused':
      return state.until === undefined
        ? t('state.paused', { cause: causeText(state.cause) })
        : t('state.paused-until', { cause: causeText(state.cause), time: formatClock(state.until) });
    case 'rotating':
      return t(`state.rotating-${state.reason}`);
    case 'waiting': {
      const wait = formatSeconds(Math.ceil((state.retryAt - now) / 1_000), currentLanguage());
      const details = { attempt: state.attempt, wait, cause: causeText(state.cause) };
      return state.exhausted ? t('state.exhausted', details) : t('state.waiting', details);
    }
    default:
      return assertNever(state);
  }
}

/** `candle:1m binance:BTC-USDT-PERP` → `Candles 1m · BTC-USDT-PERP`. */
export function streamName(keyText: string): string {
  const { kind, instrument } = splitStreamKey(keyText);
  const [name = kind, interval] = kind.split(':');
  const key = `stream.${name}`;
  const word = i18next.exists(key) ? i18next.t(key as Key) : name;
  return `${interval ? `${word} ${interval}` : word} · ${instrumentName(instrument)}`;
}
