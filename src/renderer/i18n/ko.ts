import type { en } from './en.ts';
import { account } from './ko/account.ts';
import { alerts } from './ko/alerts.ts';
import { chart } from './ko/chart.ts';
import { cockpit } from './ko/cockpit.ts';
import { commands } from './ko/commands.ts';
import { connections } from './ko/connections.ts';
import { drill } from './ko/drill.ts';
import { flight } from './ko/flight.ts';
import { halt } from './ko/halt.ts';
import { holdings } from './ko/holdings.ts';
import { incidents } from './ko/incidents.ts';
import { keys } from './ko/keys.ts';
import { ladder } from './ko/ladder.ts';
import { limits } from './ko/limits.ts';
import { popout } from './ko/popout.ts';
import { premium } from './ko/premium.ts';
import { settings } from './ko/settings.ts';
import { ticket } from './ko/ticket.ts';
import { trading } from './ko/trading.ts';
import { tradingLog } from './ko/trading-log.ts';
import { ui } from './ko/ui.ts';
import { venueErrors } from './ko/venue-errors.ts';
import { venues } from './ko/venues.ts';
import { watch } from './ko/watch.ts';
import { welcome } from './ko/welcome.ts';
import { workspace } from './ko/workspace.ts';

/** 화면의 모든 한국어 문구. */
export const ko: Record<keyof typeof en, string> = {
  ...connections,
  ...chart,
  ...alerts,
  ...cockpit,
  ...commands,
  ...incidents,
  ...drill,
  ...premium,
  ...popout,
  ...venues,
  ...watch,
  ...workspace,
  ...ui,
  ...account,
  ...keys,
  ...holdings,
  ...ticket,
  ...trading,
  ...tradingLog,
  ...halt,
  ...ladder,
  ...flight,
  ...limits,
  ...settings,
  ...venueErrors,
  ...welcome,

  'app.name': 'Heartline',
  'demo.badge': 'DEMO — 모의 시장',
  'demo.explained': '이 화면의 모든 숫자는 내장 시뮬레이터에서 나옵니다. 실제 시장이 아닙니다.',
  'demo.badge-mixed': 'DEMO — 모의 시장 ({{names}} 제외)',
  'demo.explained-mixed':
    '{{names}}을(를) 뺀 모든 숫자는 내장 시뮬레이터에서 나옵니다. 그것은 실제 시장입니다.',
  'replay.badge': '기록 재생 · {{date}} · {{speed}}×',
  'replay.explained':
    '이 화면의 모든 내용은 {{date}}에 기록된 것({{file}})을 {{speed}}배속으로 재생한 것입니다. 시각과 경과 시간은 기록 당시의 것입니다.',
  'title.demo': 'DEMO',
  'title.replay': '기록 재생',
  'title.stale': '▲ 멈춘 데이터',

  'boot.connecting': '엔진에 연결하는 중…',
  'boot.refused':
    '이 창은 로그인되어 있지 않습니다. 링크가 이미 쓰였거나 만료되었거나 호스트가 다시 시작되었습니다. 믿을 수 없는 값은 보여 드리지 않습니다. Heartline이 실행 중인 터미널에서 Enter를 누르고 새 링크를 여세요.',
  'boot.again': '1초마다 다시 시도합니다.',

  'banner.silent': '엔진이 {{age}} 동안 응답하지 않습니다 — 이 화면의 어떤 값도 실시간이 아닙니다.',
  'banner.announced': '엔진이 응답하지 않습니다. 이 화면의 어떤 값도 실시간이 아닙니다.',
  'banner.quiet': '연결은 살아 있지만 아무것도 오지 않습니다.',
  'banner.retrying': '다시 연결하는 중입니다.',
  'banner.refused':
    '호스트가 이 창을 더 이상 알지 못합니다. Heartline이 실행 중인 터미널에서 Enter를 누르고 새 링크를 여세요.',

  'boundary.what': '이 패널을 그리지 못했습니다',
  'boundary.means': '오래된 값을 보여 주는 대신 비워 두었습니다. 다른 패널과 연결에는 영향이 없습니다.',
  'boundary.again': '다시 그리기',
  'notice.dismiss': '닫기',

  'errors.unknown': '문제가 생겼습니다: {{message}}. 계좌에는 아무 변화가 없습니다.',
  'errors.internal':
    '엔진 내부의 오류로 실행하지 못했습니다. 계좌에는 아무 변화가 없습니다. 자세한 내용은 연결 기록에 있습니다.',
  'errors.instrument.unknown':
    '{{instrument}}은(는) 거래소에 상장되어 있지 않아 표시할 것이 없습니다. 다른 종목을 고르세요.',
  'errors.interval.unknown':
    '이 거래소에는 {{interval}} 봉이 없어 표시할 것이 없습니다. 다른 주기를 고르세요.',
  'errors.venue.unknown': '{{venue}}(이)라는 거래소는 없습니다. 아무것도 바뀌지 않았습니다.',
  'errors.venue.answer':
    '거래소의 답을 이해하지 못해, 틀린 값 대신 비워 두었습니다. 잠시 후 다시 시도하세요.',
  'errors.rest.timeout':
    '거래소가 제때 답하지 않았습니다. 답이 올 때까지 빠진 데이터는 빈 채로 둡니다. 계좌에는 아무 변화가 없습니다. 다시 시도하는 중입니다.',
  'errors.rest.unreachable':
    '거래소에 닿지 않습니다. 계좌에는 아무 변화가 없습니다. 네트워크를 확인하세요. 다시 시도하는 중입니다.',
  'errors.rest.rate-limit':
    '거래소가 속도를 줄이라고 했습니다. 계좌에는 아무 변화가 없습니다. 곧 다시 시도합니다.',
  'errors.rest.ban':
    '거래소가 이 주소를 잠시 차단했습니다. 실시간 데이터는 이어질 수 있지만 요청은 기다립니다. 나중에 다시 시도합니다.',
  'errors.rest.refused':
    '거래소가 요청을 거부했습니다. 계좌에는 아무 변화가 없습니다. 다시 시도하거나 다른 것을 고르세요.',
  'errors.rest.geo':
    '거래소가 이 지역의 요청에 답하지 않습니다. 계좌에는 아무 변화가 없습니다. 이용 가능 지역과 VPN·프록시를 확인하세요.',
  'errors.rest.auth':
    '거래소가 누구의 요청인지 확인하려 합니다. 계좌에는 아무 변화가 없으며, 이 내용은 표시할 수 없습니다.',
  'errors.rest.clock':
    '거래소가 이 컴퓨터의 시계가 맞지 않는다고 합니다. 계좌에는 아무 변화가 없습니다. 시계를 맞추세요. 다시 시도하는 중입니다.',
  'errors.rest.maintenance':
    '거래소가 점검 중입니다. 끝날 때까지 빠진 데이터는 빈 채로 둡니다. 계좌에는 아무 변화가 없습니다. 다시 시도하는 중입니다.',
  'errors.rest.stopped': '엔진이 종료되는 중이라 실행되지 않았습니다.',
  'errors.rest.circuit':
    '실패가 되풀이되어 잠시 뒤 거래소에 다시 묻습니다. 그때까지 빠진 데이터는 빈 채로 둡니다. 계좌에는 아무 변화가 없습니다.',
  'errors.rest.silent':
    '거래소가 {{until}}까지 요청을 멈추라고 했습니다. 그때까지 빠진 데이터는 빈 채로 둡니다. 계좌에는 아무 변화가 없습니다.',
  'errors.alarm.unknown': '이 알람은 더 이상 없습니다. 아무것도 바뀌지 않았습니다.',
  'errors.drill.unavailable':
    '이 엔진 옆에 시뮬레이터가 없어 훈련을 할 수 없습니다. 아무것도 건드리지 않았습니다.',
  'errors.limit.invalid': '그만큼의 캔들을 한 번에 요청할 수 없습니다. 아무것도 바뀌지 않았습니다.',
  'errors.contract.closed': '엔진에 닿지 않아 실행되지 않았습니다. 엔진이 응답하면 다시 시도하세요.',
  'errors.contract.refused': '호스트가 이 창을 알지 못해 실행되지 않았습니다. 터미널에 표시된 링크를 여세요.',
  'errors.contract.unreachable':
    '호스트가 응답하지 않아 실행되지 않았습니다. Heartline이 실행 중인지 확인하세요.',
  'errors.input.invalid': '엔진이 이 입력을 받아들이지 않아 아무것도 바뀌지 않았습니다.',
  'errors.rate-limit': '한 번에 너무 많은 요청을 보내 실행되지 않았습니다. 잠시 후 다시 시도하세요.',
  'errors.settings.unwritable':
    '설정을 저장하지 못해 창을 닫을 때까지만 유지됩니다. 데이터 폴더에 쓸 수 있는지 확인하세요.',

  'search.placeholder': '종목 검색 — 바로 입력하세요',
  'search.label': '종목 검색',
  'search.results': '찾은 종목',
  'search.hint': 'Enter: 보기 · Shift+Enter: 관심 종목에 넣기/빼기',
  'search.nothing': '“{{typed}}”에 맞는 종목이 없습니다.',
  'search.loading': '종목 목록을 불러오는 중…',
  'search.unavailable': '종목 목록을 아직 받지 못했습니다. {{why}}',
  'search.watch': '+ 관심',
  'search.watched': '✓ 관심',
  'standing.halted': '거래 정지',
  'standing.halted-explained': '상장되어 있지만 거래되지 않습니다. 가격이 멈춰 있습니다.',
  'standing.warned': '유의',
  'standing.warned-explained':
    '거래되지만 거래소가 유의·주의 종목으로 지정했습니다. 거래 전에 공지를 확인하세요.',
  'standing.unlisted': '미상장',
  'standing.unlisted-explained': '거래소에 상장되어 있지 않거나 상장 폐지되어 표시할 것이 없습니다.',

  'settings.open': '설정',
  'settings.title': '설정',
  'settings.theme': '테마',
  'settings.colours': '상승·하락 색',
  'settings.language': '언어',
  'theme.dark': '어둡게',
  'theme.light': '밝게',
  'theme.system': '시스템',
  'colours.western': '서양식',
  'colours.korean': '한국식',
  'colours.colour-blind': '색각 배려',
  'colours.inverted': '반전',
  'language.en': 'English',
  'language.ko': '한국어',
  'language.system': '시스템',
  'shell.desktop': '데스크톱',
  'shell.headless': '브라우저',
  'about.charts': '차트: Lightweight Charts™, 제공',
  'about.tradingview': 'TradingView',
  'about.licences':
    'Lightweight Charts: Apache License 2.0, © 2025 TradingView, Inc. Inter·Pretendard: SIL Open Font License 1.1.',

  'watchlist.title': '관심 종목',
  'watchlist.keys': '화살표 키로 이동, Enter로 보기, Delete로 빼기, Alt+화살표로 순서 바꾸기.',
  'watchlist.add': '관심 종목에 추가',
  'watchlist.remove': '관심 종목에서 빼기',
  'watchlist.remove-named': '{{name}} 관심 종목에서 빼기',

  'column.price': '가격 {{unit}}',
  'column.quantity': '수량 {{unit}}',
  'column.total': '누적',

  'book.title': '호가',
  'book.mark': '마크',
  'book.spread': '스프레드',
  'book.age-explained': '호가가 마지막으로 바뀐 뒤 지난 시간',
  'book.first': '첫 호가를 기다리는 중…',
  'book.syncing': '동기화 중 — 이 호가는 실시간이 아닙니다',
  'book.invalid': '{{age}} 동안 순번이 끊김 — 실시간 아님, 다시 읽는 중',
  'book.stale': '{{age}} 동안 멈춤 — 실시간 아님',
  'book.engine-silent': '엔진 무응답 — {{age}} 지난 호가',

  'tape.title': '체결',
  'tape.first': '첫 체결을 기다리는 중…',
  'tape.stale': '멈춤 — 새 체결이 빠져 있습니다',
  'tape.break': '▲ 체결 누락 가능',
  'tape.break-explained':
    '여기서 체결 수신이 끊겼습니다. 거래소가 답하는 대로 놓친 체결을 읽어 채웁니다. 그때까지 이 목록에는 빠진 체결이 있을 수 있습니다.',
  'tape.dropped_one': '체결 {{shown}}건 건너뜀',
  'tape.dropped_other': '체결 {{shown}}건 건너뜀',
  'tape.dropped-explained': '창이 느려 표시하지 못했습니다. 캔들과 가격에는 영향이 없습니다.',

  'chart.title': '차트',
  'chart.described':
    '{{instrument}} {{interval}} 캔들 차트. 화살표 키로 이동, 더하기·빼기 키로 확대·축소합니다.',
  'chart.loading': '{{instrument}} 캔들을 불러오는 중…',
  'chart.empty': '이 종목과 주기의 캔들이 거래소에 없습니다.',
  'chart.retry': '다시 시도',
  'chart.older': '이전 캔들을 불러오는 중…',
  'chart.oldest': '거래소에 이보다 이전 데이터가 없습니다',
  'chart.stale': '{{time}}부터 멈춤 ({{age}}) — 이 차트는 실시간이 아닙니다',
  'chart.countdown': '이 캔들이 닫힐 때까지',
  'chart.hole_one': '{{count}}개 없음 · {{length}}',
  'chart.hole_other': '{{count}}개 없음 · {{length}}',
  'legend.open': '시',
  'legend.high': '고',
  'legend.low': '저',
  'legend.close': '종',
  'legend.volume': '량',
  'legend.missing': '캔들 빠짐',
  'legend.none': '캔들 없음',
  'legend.live': '실시간으로 봄',
  'legend.built': '체결로 직접 만듦',
  'legend.backfilled': '나중에 복구됨',
  'legend.verified': '거래소와 대조함',
  'legend.corrected': '정정됨',
  'provenance.missing_one': '{{count}}개 없음',
  'provenance.missing_other': '{{count}}개 없음',
  'provenance.repaired_one': '{{count}}개 복구됨',
  'provenance.repaired_other': '{{count}}개 복구됨',
  'provenance.built_one': '{{count}}개 직접 만듦',
  'provenance.built_other': '{{count}}개 직접 만듦',
  'provenance.explained':
    '채워진 캔들: 실시간으로 보았거나 과거 데이터로 불러옴. 위에 얇은 선: 체결이나 거래 공백으로 직접 만들었고 아직 거래소와 대조하지 않음. 빈 캔들: 실시간으로 놓쳐 나중에 거래소에서 읽음. 아래 눈금: 마감 뒤 정정됨. 빗금: 없음.',
  'day.high': '24시간 고가',
  'day.low': '24시간 저가',
  'day.volume': '24시간 거래대금',
  'day.funding': '펀딩',

  'interval.title': '주기',
  'interval.more': '다른 주기',
  'interval.hint': '어디서든 숫자를 입력하세요: 15, 60, 4h, 1d',
  'interval.none': '이 거래소에는 “{{typed}}” 봉이 없습니다',
  'interval.1s': '1초',
  'interval.1m': '1분',
  'interval.3m': '3분',
  'interval.5m': '5분',
  'interval.10m': '10분',
  'interval.15m': '15분',
  'interval.30m': '30분',
  'interval.1h': '1시간',
  'interval.2h': '2시간',
  'interval.4h': '4시간',
  'interval.6h': '6시간',
  'interval.8h': '8시간',
  'interval.12h': '12시간',
  'interval.1d': '1일',
  'interval.3d': '3일',
  'interval.1w': '1주',
  'interval.1M': '1개월',
};
