import type { ShellLanguage } from '#shared/domain/shell-words.ts';

/** The words of the application's menu. */
export interface MenuWords {
  readonly about: string;
  readonly hide: string;
  readonly hideOthers: string;
  readonly showAll: string;
  readonly quit: string;
  readonly edit: string;
  readonly undo: string;
  readonly redo: string;
  readonly cut: string;
  readonly copy: string;
  readonly paste: string;
  readonly selectAll: string;
  readonly view: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly zoomReset: string;
  readonly fullScreen: string;
  readonly reload: string;
  readonly tools: string;
  readonly window: string;
  readonly minimise: string;
  readonly desk: string;
  readonly closePopout: string;
  readonly help: string;
  readonly kill: string;
  readonly openLog: string;
  readonly version: (version: string) => string;
}

const en: MenuWords = {
  about: 'About Heartline',
  hide: 'Hide Heartline',
  hideOthers: 'Hide others',
  showAll: 'Show all',
  quit: 'Quit Heartline',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  view: 'View',
  zoomIn: 'Larger',
  zoomOut: 'Smaller',
  zoomReset: 'Actual size',
  fullScreen: 'Full screen',
  reload: 'Load the page again',
  tools: 'Developer tools',
  window: 'Window',
  minimise: 'Minimise',
  desk: 'Show the desk',
  closePopout: 'Put this window back into the desk',
  help: 'Help',
  kill: 'Kill switch: cancel everything',
  openLog: 'Show the log file',
  version: (version) => `Heartline ${version}`,
};

const ko: MenuWords = {
  about: 'Heartline 정보',
  hide: 'Heartline 가리기',
  hideOthers: '다른 앱 가리기',
  showAll: '모두 보기',
  quit: 'Heartline 종료',
  edit: '편집',
  undo: '실행 취소',
  redo: '다시 실행',
  cut: '잘라내기',
  copy: '복사',
  paste: '붙여넣기',
  selectAll: '전체 선택',
  view: '보기',
  zoomIn: '크게',
  zoomOut: '작게',
  zoomReset: '원래 크기',
  fullScreen: '전체 화면',
  reload: '페이지 다시 불러오기',
  tools: '개발자 도구',
  window: '창',
  minimise: '최소화',
  desk: '데스크 보기',
  closePopout: '이 창을 데스크로 되돌리기',
  help: '도움말',
  kill: '킬 스위치: 모두 취소',
  openLog: '로그 파일 보기',
  version: (version) => `Heartline ${version}`,
};

export const menuWords: Readonly<Record<ShellLanguage, MenuWords>> = { en, ko };
