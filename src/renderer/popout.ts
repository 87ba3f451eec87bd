import { POPOUT_JOINS } from './workspace/popout-joins.ts';

// The page of a pop-out window. It shows what the desk's page draws into it and knows nothing itself: it only asks to be
// dressed and looked after (`workspace/popout-windows.ts`), before it has finished loading, so that it never shows
// anything undressed.
const desk = window.opener as Window | null;
const isHeard =
  desk !== null && !desk.dispatchEvent(new CustomEvent(POPOUT_JOINS, { detail: window, cancelable: true }));
if (!isHeard) {
  // Opened by its address, or loaded again after the desk has gone. Nobody has told it the person's language.
  const isKorean = navigator.language.startsWith('ko');
  document.documentElement.lang = isKorean ? 'ko' : 'en';
  const said = document.createElement('p');
  said.dataset['testid'] = 'popout-alone';
  said.style.cssText = 'margin:16px;font:12px/16px system-ui';
  said.textContent = isKorean
    ? '이 창은 Heartline 데스크의 일부를 보여 주는 창입니다. 데스크가 없으면 아무것도 표시되지 않습니다. 이 창을 닫고 데스크에서 다시 여세요.'
    : 'This window shows a part of Heartline’s desk, and there is no desk behind it. Close it, and open it again from the desk.';
  document.body.append(said);
}
