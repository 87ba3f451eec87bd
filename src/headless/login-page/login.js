// Swaps the one-time token of the link for a session, or says what is wrong and what to do about it.

const newLink = {
  en: 'Press Enter in the terminal where Heartline runs: it prints a new link. Open that within a minute.',
  ko: 'Heartline이 실행 중인 터미널에서 Enter를 누르면 새 링크가 나옵니다. 1분 안에 그 링크를 여세요.',
};

const texts = {
  'link.absent': {
    en: ['This address needs a link', newLink.en],
    ko: ['링크가 있어야 열 수 있습니다', newLink.ko],
  },
  'login.unknown': {
    en: ['This link is not from the Heartline running here', newLink.en],
    ko: ['지금 실행 중인 Heartline의 링크가 아닙니다', newLink.ko],
  },
  'login.used': {
    en: ['This link was used already', newLink.en],
    ko: ['이미 사용한 링크입니다', newLink.ko],
  },
  'login.expired': {
    en: ['This link has expired', `A link works for one minute. ${newLink.en}`],
    ko: ['만료된 링크입니다', `링크는 1분 동안만 쓸 수 있습니다. ${newLink.ko}`],
  },
  'login.locked': {
    en: ['Too many wrong links', `Nobody can sign in for a minute. Then: ${newLink.en}`],
    ko: ['잘못된 링크를 너무 많이 열었습니다', `1분 동안 로그인할 수 없습니다. 그 뒤에는: ${newLink.ko}`],
  },
  'login.malformed': {
    en: ['This link is not complete', newLink.en],
    ko: ['링크가 온전하지 않습니다', newLink.ko],
  },
  'host.gone': {
    en: [
      'Heartline does not answer',
      'It may have been stopped. Start it again and open the link it prints.',
    ],
    ko: [
      'Heartline이 응답하지 않습니다',
      '종료되었을 수 있습니다. 다시 시작한 뒤 새로 나오는 링크를 여세요.',
    ],
  },
};

const language = navigator.language.startsWith('ko') ? 'ko' : 'en';

function say(code) {
  const [what, todo] = (texts[code] ?? texts['login.unknown'])[language];
  document.querySelector('#what').textContent = what;
  document.querySelector('#todo').textContent = todo;
}

async function logIn(token) {
  const answer = await fetch('/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (answer.status === 204) location.replace('/');
  else say((await answer.json()).code);
}

function open() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  // The token must not stay in the address bar or the history.
  history.replaceState(null, '', '/');
  if (token === null) say('link.absent');
  else logIn(token).catch(() => say('host.gone'));
}

document.documentElement.lang = language;
// A new link pasted into this very tab changes only the part after the #, and loads nothing.
addEventListener('hashchange', open);
open();
