import { josa } from '#shared/base/josa.ts';
import type { ShellLanguage } from '#shared/domain/shell-words.ts';

/** What the server's terminal says besides the question itself. */
export interface TerminalWords {
  /** `act`: what yes does, as the question names it. */
  readonly type: (code: string, seconds: number, act: string) => string;
  /** Words that answer no, in small letters. */
  readonly noWords: readonly string[];
  readonly wrong: string;
  readonly yes: string;
  readonly no: string;
  readonly nobody: string;
  readonly killing: string;
  readonly killed: string;
  readonly killFailed: (reason: string) => string;
}

const en: TerminalWords = {
  type: (code, seconds, act) =>
    `${act}: type ${code} and Enter within ${seconds} seconds. No: type no, or wait.`,
  noWords: ['no', 'n'],
  wrong: 'That is not the number.',
  yes: 'Confirmed.',
  no: 'Not done.',
  nobody: 'Not done: nobody answered.',
  killing: 'Kill switch: trading is HALTED; cancelling every open order.',
  killed: 'Kill switch: done, nothing is open any more. Typing RESUME in the window lets orders leave again.',
  killFailed: (reason) =>
    `Kill switch: trading is HALTED, but not everything could be cancelled (${reason}). Look at the exchanges themselves.`,
};

const ko: TerminalWords = {
  type: (code, seconds, act) =>
    josa(
      `${act}: ${seconds}초 안에 ${code}을(를) 입력하고 Enter를 누르세요. 거절: no를 입력하거나 기다리세요.`,
    ),
  noWords: ['no', 'n', '아니요', '아니오'],
  wrong: '번호가 다릅니다.',
  yes: '확인했습니다.',
  no: '실행하지 않았습니다.',
  nobody: '실행하지 않았습니다. 아무도 답하지 않았습니다.',
  killing: '킬 스위치: 거래를 정지했고 미체결 주문을 모두 취소하는 중입니다.',
  killed: '킬 스위치: 끝났습니다. 열린 주문이 없습니다. 창에서 RESUME을 입력하면 다시 주문할 수 있습니다.',
  killFailed: (reason) =>
    `킬 스위치: 거래는 정지했지만 모두 취소하지는 못했습니다(${reason}). 거래소에서 직접 확인하세요.`,
};

export const terminalWords: Readonly<Record<ShellLanguage, TerminalWords>> = { en, ko };
