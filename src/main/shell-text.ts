import type { ShellLanguage } from '#shared/domain/shell-words.ts';

/** What the desktop shell says by itself, outside of the window. */
export interface ShellText {
  readonly halted: string;
  readonly armed: (venues: string) => string;
  readonly disarmed: string;
  readonly kill: string;
  readonly shortcutTaken: (shortcut: string) => string;
  readonly show: string;
  readonly quit: string;
  readonly killFailedTitle: string;
  readonly killFailed: (reason: string) => string;
  readonly quitTitle: (count: number) => string;
  readonly quitDetail: string;
  readonly stay: string;
  /** The window's page does not answer. */
  readonly hung: string;
}

const en: ShellText = {
  halted: 'HALTED: no order leaves',
  armed: (venues) => `ARMED: ${venues}`,
  disarmed: 'No real exchange is armed',
  kill: 'Kill switch: cancel everything',
  shortcutTaken: (shortcut) => `${shortcut} belongs to another program: use this menu`,
  show: 'Show Heartline',
  quit: 'Quit',
  killFailedTitle: 'The kill switch could not cancel everything',
  killFailed: (reason) =>
    `Trading is halted, so no new order leaves. But some orders may still be open: ${reason}. Look at the exchanges themselves and cancel there.`,
  quitTitle: (count) =>
    count === 1
      ? 'Quit while the fate of 1 order is unknown?'
      : `Quit while the fate of ${count} orders is unknown?`,
  quitDetail:
    'They may be open at the exchange. Quitting cancels nothing, and nobody looks for them until Heartline starts again; it then goes on where it stopped.',
  stay: 'Stay',
  hung: 'window not answering: what it shows is old',
};

const ko: ShellText = {
  halted: '거래 정지: 주문이 나가지 않습니다',
  armed: (venues) => `실거래 가능: ${venues}`,
  disarmed: '실거래 모두 잠김',
  kill: '킬 스위치: 모두 취소',
  shortcutTaken: (shortcut) => `${shortcut}은(는) 다른 프로그램이 쓰고 있습니다. 이 메뉴를 쓰세요`,
  show: 'Heartline 보기',
  quit: '종료',
  killFailedTitle: '킬 스위치가 모두 취소하지 못했습니다',
  killFailed: (reason) =>
    `거래를 정지했으므로 새 주문은 나가지 않습니다. 그러나 아직 열려 있는 주문이 있을 수 있습니다: ${reason}. 거래소에서 직접 확인하고 취소하세요.`,
  quitTitle: (count) => `결과를 모르는 주문 ${count}건이 있는데 종료할까요?`,
  quitDetail:
    '거래소에 주문이 열려 있을 수 있습니다. 종료해도 취소되는 것은 없으며, 다시 시작할 때까지 아무도 찾지 않습니다. 다시 시작하면 이어서 찾습니다.',
  stay: '종료하지 않기',
  hung: '창이 응답하지 않음: 화면의 값은 이전 값',
};

export const shellText: Readonly<Record<ShellLanguage, ShellText>> = { en, ko };
