import type { keys as english } from '../en/keys.ts';

/** 키 보관소, 그리고 키와 계좌의 일이 실패했을 때의 말. */
export const keys: Record<keyof typeof english, string> = {
  'store.title': '키를 보관하는 곳',
  'store.keychain': '시스템 키체인: {{name}}',
  'store.vault': '암호 금고',
  'store.memory': '메모리에만',
  'store.keychain-means': '운영 체제가 지킵니다.',
  'store.vault-means': 'Heartline 데이터 폴더의 암호화된 파일입니다.',
  'store.memory-means': '어디에도 쓰지 않습니다. Heartline이 끝나면 사라집니다.',
  'store.choose-means': '여기에는 키체인이 없습니다. 추가할 키를 어떻게 할지 고르세요:',
  'store.change': '다른 곳에 보관…',
  'store.keychain-fault': '시스템 키체인을 쓰지 않는 이유: {{reason}}',
  'store.lock': '잠그기',
  'store.lock-explained':
    '열 때까지 아무것도 서명하지 않습니다. 계좌 연결이 끊기고 값은 경과 시간과 함께 남습니다',
  'store.unlock': '열기',
  'store.look-again': '다시 찾기',
  'store.passphrase': '암호',
  'store.passphrase-again': '한 번 더',
  'store.busy': '잠시만요…',
  'storestate.open': '키 사용 가능',
  'storestate.locked': '키가 잠겨 있습니다',
  'storestate.empty': '금고에 아직 암호가 없습니다',
  'storestate.gone': '키 보관소가 없어졌습니다',
  'storestate.choose': '키를 어디에 보관할까요?',
  'storestate.locked-means':
    '서명할 수 없어 계좌 연결이 끊겼습니다. 보이는 값은 표시된 시간만큼 오래되었습니다.',
  'storestate.locked-do': '계속하려면 여세요. 거래소의 주문은 그대로입니다.',
  'storestate.empty-means': '암호가 있어야 키를 보관할 수 있습니다.',
  'storestate.empty-do': '암호를 정하세요. 어디에도 저장되지 않으며 되찾을 수 없습니다.',
  'storestate.gone-means':
    '키체인이나 금고 파일에 닿지 않아 어떤 계좌도 연결할 수 없습니다. 거래소의 포지션과 주문은 그대로입니다.',
  'storestate.gone-do':
    '시스템의 키체인 서비스를 시작하거나 데이터 폴더를 되돌린 뒤 다시 찾으세요. 잃은 키는 새로 추가할 수 있습니다.',
  'passphrase.missing': '먼저 암호를 입력하세요.',
  'passphrase.short': '8글자 이상이어야 합니다. 아무것도 바뀌지 않았습니다.',
  'passphrase.differs': '둘이 다릅니다. 아무것도 바뀌지 않았습니다.',
  'choose.keychain': '시스템 키체인',
  'choose.keychain-means': '운영 체제가 지키고 로그인과 함께 열립니다. 있다면 가장 좋은 곳입니다.',
  'choose.keychain-do': '키체인 쓰기',
  'choose.vault': '암호 금고',
  'choose.vault-means':
    '암호화된 파일입니다. 시작할 때마다 암호를 입력합니다. 잊으면 키를 새로 추가해야 하며, 누구도 되찾을 수 없습니다.',
  'choose.vault-do': '금고 만들기',
  'choose.memory': '메모리에만',
  'choose.memory-means': '어디에도 쓰지 않습니다. Heartline이 끝나면 키가 사라져 매번 새로 붙여 넣습니다.',
  'choose.memory-do': '보관하지 않기',

  'errors.account.none': '기록 재생에는 계좌가 없어 키를 쓰지 않습니다. 아무것도 바뀌지 않았습니다.',
  'errors.account.unknown': '이 계좌는 더 이상 없습니다. 아무것도 바뀌지 않았습니다.',
  'errors.account.wrong-key':
    '거래소가 모르는 키입니다. 계좌에는 아무 변화가 없습니다. 전부 복사했는지, 이 환경의 키인지 확인하세요.',
  'errors.account.wrong-secret':
    '거래소가 서명을 거부합니다. 시크릿이 이 키의 것이 아닙니다. 계좌에는 아무 변화가 없습니다. 새 키로 교체하세요.',
  'errors.account.expired': '만료된 키입니다. 계좌에는 아무 변화가 없습니다. 새 키로 교체하세요.',
  'errors.account.address':
    '거래소가 이 컴퓨터의 주소에서는 이 키를 받지 않습니다. 계좌에는 아무 변화가 없습니다. 거래소에서 키에 주소를 추가하세요.',
  'errors.account.permission':
    '이 키에는 그 권한이 없습니다. 계좌에는 아무 변화가 없습니다. 거래소에서 키의 권한을 확인하세요.',
  'errors.account.clock':
    '이 컴퓨터의 시계가 맞지 않아 거래소가 서명을 거부합니다. 계좌에는 아무 변화가 없습니다. 시계를 자동으로 맞추세요.',
  'errors.account.rate-limit':
    '거래소가 속도를 줄이라고 했습니다. 계좌에는 아무 변화가 없습니다. 잠시 후 다시 시도하세요.',
  'errors.account.ban':
    '거래소가 이 주소를 한동안 차단했습니다. 계좌에는 아무 변화가 없습니다. 차단이 풀릴 때까지 기다립니다.',
  'errors.account.geo':
    '거래소가 이 지역의 계좌를 받지 않습니다. 계좌에는 아무 변화가 없습니다. VPN이나 프록시를 확인하세요.',
  'errors.account.maintenance':
    '거래소가 점검 중입니다. 계좌에는 아무 변화가 없습니다. 끝난 뒤 다시 시도하세요.',
  'errors.account.not-found': '거래소가 모르는 것을 물었습니다. 계좌에는 아무 변화가 없습니다.',
  'errors.account.listen-key':
    '거래소가 개인 스트림을 여는 토큰을 내주지 않았습니다. 계좌에는 아무 변화가 없으며, 그동안 REST로 값을 읽습니다.',
  'errors.account.venue.error':
    '거래소가 오류로 답했습니다. 계좌에는 아무 변화가 없습니다. 잠시 후 다시 시도하세요.',
  'errors.keys.locked': '키 보관소가 잠겨 실행하지 않았습니다. 열고 다시 시도하세요.',
  'errors.keys.gone':
    '키 보관소에 닿지 않아 아무것도 바꾸지 않았습니다. 시스템의 키체인 서비스를 시작하거나 데이터 폴더를 되돌리세요.',
  'errors.keys.too-long': '키체인이 이렇게 긴 키를 받지 않아 보관하지 않았습니다. 금고를 고르세요.',
  'errors.keys.unreadable':
    '키 목록 {{file}}을(를) 읽을 수 없어({{reason}}) 아무것도 보관하지 않았고 목록도 건드리지 않았습니다. 읽을 수 있게 하거나, 이 목록을 쓴 더 새로운 Heartline으로 다시 시작하세요.',
  'errors.keys.unwritable':
    '키를 쓰지 못해 보관하지 않았습니다. 데이터 폴더에 쓸 수 있는지, 디스크가 가득 차지 않았는지 확인하세요.',
  'errors.keys.fault':
    '키 보관소가 이유를 말하지 않고 거부했습니다. 보관하거나 바꾼 것이 없습니다. 다시 시도하거나 금고를 고르세요.',
  'errors.keys.wrong-passphrase': '이 암호로는 금고가 열리지 않습니다. 아무것도 바뀌지 않았습니다.',
  'errors.keys.too-many-guesses':
    '틀린 암호가 너무 많습니다. 잠시 기다린 뒤 다시 시도하세요. 아무것도 바뀌지 않았습니다.',
  'errors.keys.vault-damaged':
    '금고 파일이 손상되어 읽을 수 없습니다. 파일은 따로 남겨 두었습니다. 키를 다시 추가하거나 사본을 되돌리세요.',
  'errors.keys.vault-newer':
    '더 새로운 Heartline이 만든 금고입니다. 건드리지 않았습니다. 그 버전을 쓰거나 데이터 폴더를 따로 쓰세요.',
  'errors.account.changed':
    '확인하는 동안 계좌가 바뀌어 답을 버렸습니다. 계좌에는 아무 변화가 없습니다. 다시 확인하세요.',
  'errors.account.closed':
    '{{label}}이(가) 지금 연결되어 있지 않아 묻지 못했습니다. 계좌에는 아무 변화가 없습니다. 이유는 계좌 목록에 있습니다.',
  'errors.account.duplicate': '이미 {{label}}(으)로 등록된 키입니다. 아무것도 바뀌지 않았습니다.',
  'errors.account.not-offered':
    '{{venue}}의 {{environment}} 키는 여기에서 쓸 수 없습니다. 아무것도 보관하지 않았습니다.',
  'errors.account.too-many': '{{venue}} 키가 이미 최대 {{limit}}개 있습니다. 먼저 하나를 삭제하세요.',
  'errors.keys.empty': '금고에 아직 암호가 없어 보관할 수 없습니다. 먼저 암호를 정하세요.',
  'errors.keys.missing':
    '키 보관소에 {{label}}의 키가 더 이상 없습니다. 새 키로 교체하거나 계좌를 삭제하세요.',
  'errors.keys.not-chosen': '키를 보관할 곳을 아직 고르지 않아 보관하지 않았습니다. 먼저 고르세요.',

  'happened.account.connected': '{{venue}} {{label}}: 키가 정상입니다.',
  'happened.account.restored': '{{venue}} {{label}}: 키가 다시 정상입니다.',
  'happened.account.lost':
    '{{venue}} {{label}}: 키가 거부되었습니다: {{reason}}. 이 키로 주문하지 않으며 값은 실시간이 아닙니다.',
  'happened.account.dangerous':
    '{{venue}} {{label}}: {{reason}}. 이 키를 더 이상 쓰지 않습니다. 거래소에서 그 권한을 끄거나 다른 키로 교체하세요.',
  'happened.account.refused': '{{venue}}의 키를 거부했습니다: {{reason}}. 아무것도 보관하지 않았습니다.',
  'happened.account.recheck-failed':
    '{{label}}의 권한을 확인하지 못했습니다: {{reason}}. 알던 것을 그대로 두고 나중에 다시 묻습니다.',
  'happened.account.mode': '{{venue}} {{label}}: 이제부터 {{mode}}.',
  'happened.account.rotated': '{{venue}} {{label}}의 키를 교체했습니다.',
  'happened.account.removed':
    '{{venue}} {{label}}을(를) 키와 함께 삭제했습니다. 거래소에서는 아무것도 바뀌지 않았습니다.',
  'happened.account.not-ip-bound':
    '{{venue}} {{label}}은(는) 모든 주소에서 쓸 수 있습니다. 이 컴퓨터의 주소로 제한하세요.',
  'happened.account.live': '{{venue}} {{label}}: 값이 실시간입니다.',
  'happened.account.down':
    '{{venue}} {{label}}: 실시간이 아닙니다 ({{state}}). 값은 표시된 시간만큼 오래되었습니다.',
  'happened.account.mended':
    '{{venue}} {{label}}: 거래소와 다르던 값 {{count}}개를 바로잡았습니다 ({{first}}).',
  'happened.account.mute':
    '{{venue}} {{label}}: 개인 스트림이 REST에는 있는 것을 알리지 않았습니다 ({{first}}). 새로 엽니다.',
  'happened.account.unreadable': '{{venue}} {{label}}이(가) 읽을 수 없는 것을 보냈습니다: {{reason}}.',
  'happened.keys.locked': '키가 잠겼습니다. 열 때까지 아무것도 서명하지 않습니다.',
  'happened.keys.gone':
    '키를 보관한 곳에 닿지 않습니다: {{reason}}. 돌아올 때까지 어떤 계좌도 연결할 수 없습니다.',
  'happened.keys.missing': '키 보관소에 {{label}}의 키가 더 이상 없습니다. 새 키로 교체하세요.',
  'happened.keys.partly': '키 목록에서 계좌 {{count}}개를 읽지 못해 뺐습니다. 다시 추가하세요.',
  'happened.keys.unreadable':
    '키 목록 {{file}}을(를) 읽을 수 없습니다: {{reason}}. 목록은 건드리지 않았습니다. 그 안의 계좌는 표시되지 않으며, 거래소의 포지션과 주문은 그대로입니다. 읽을 수 있게 하거나, 이 목록을 쓴 더 새로운 Heartline으로 다시 시작하세요.',
  'happened.keys.unwritable':
    '키에 대해 알아낸 것을 쓰지 못했습니다. 데이터 폴더에 쓸 수 있는지, 디스크가 가득 차지 않았는지 확인하세요.',
  'happened.keys.broken': '키 목록을 읽지 못해 {{file}}(으)로 따로 두었습니다. 키를 다시 추가하세요.',
  'happened.keys.left-behind':
    '삭제한 키를 아직 제자리에서 지우지 못했습니다 ({{store}}). 나중에 다시 시도합니다.',
  'happened.keys.fault': '키체인이 거부했습니다: {{reason}}.',
  'happened.keys.vault-damaged':
    '금고가 손상되어 읽을 수 없어 따로 두었습니다. 키를 다시 추가하거나 사본을 되돌리세요.',
  'happened.account.expires': '{{venue}} {{label}}의 키가 {{days}}일 뒤 끝납니다. 그 전에 새로 만드세요.',

  'why.withdraw': '출금이 가능합니다',
  'why.transfer': '다른 계좌로 돈을 옮길 수 있습니다',
  'why.no-read': '조회할 수 없습니다',
  'why.wrong-key': '거래소가 모르는 키입니다',
  'why.wrong-secret': '시크릿이 이 키의 것이 아닙니다',
  'why.wrong-environment': '다른 환경의 키입니다',
  'why.expired': '만료되었습니다',
  'why.address': '이 주소에서는 받지 않습니다',
  'why.clock': '이 컴퓨터의 시계가 맞지 않습니다',
  'why.unreachable': '거래소에 닿지 않습니다',
  'why.venue': '거래소가 알 수 없는 방식으로 거부했습니다',
};
