import type { HealthKind } from './health-kind.ts';
import type { ShellLanguage } from './shell-words.ts';

/** The words of tray, badge and title. Those of health are the page's own. */
export interface SummaryWords {
  readonly health: Readonly<Record<HealthKind, string>>;
  readonly notKnown: string;
  readonly engineSilent: string;
  readonly engineUnheard: string;
  readonly since: (clock: string) => string;
  readonly asOf: (clock: string) => string;
  readonly paper: string;
  readonly openPnl: string;
  readonly unknown: (count: number) => string;
  readonly alarms: (count: number) => string;
}

const en: SummaryWords = {
  health: {
    live: 'live',
    rotating: 'rotating',
    idle: 'idle',
    connecting: 'connecting',
    authenticating: 'signing in',
    subscribing: 'subscribing',
    late: 'late',
    degraded: 'degraded',
    paused: 'paused',
    stale: 'stale',
    waiting: 'down',
    failed: 'failed',
  },
  notKnown: 'not known',
  engineSilent: 'engine not answering',
  engineUnheard: 'starting',
  since: (clock) => `since ${clock}`,
  asOf: (clock) => `at ${clock}`,
  paper: 'paper',
  openPnl: 'Open PnL',
  unknown: (count) => `Orders of unknown fate: ${count}`,
  alarms: (count) => `Alarms not seen yet: ${count}`,
};

const ko: SummaryWords = {
  health: {
    live: '실시간',
    rotating: '교체 중',
    idle: '대기',
    connecting: '연결 중',
    authenticating: '인증 중',
    subscribing: '구독 중',
    late: '지연',
    degraded: '저하',
    paused: '일시 정지',
    stale: '멈춤',
    waiting: '연결 끊김',
    failed: '실패',
  },
  notKnown: '알 수 없음',
  engineSilent: '엔진 응답 없음',
  engineUnheard: '시작하는 중',
  since: (clock) => `${clock}부터`,
  asOf: (clock) => `${clock} 기준`,
  paper: '모의',
  openPnl: '미실현 손익',
  unknown: (count) => `결과를 모르는 주문: ${count}건`,
  alarms: (count) => `확인하지 않은 알람: ${count}건`,
};

export const summaryWords: Readonly<Record<ShellLanguage, SummaryWords>> = { en, ko };
