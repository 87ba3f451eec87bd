import type { halt as english } from '../en/halt.ts';

export const halt: Readonly<Record<keyof typeof english, string>> = {
  'errors.arm.wait':
    '문구를 너무 여러 번 틀렸습니다. {{seconds}}초 뒤에 다시 입력하세요. 바뀐 것은 없습니다.',
  'errors.halt.unremovable':
    '디스크의 정지 표시를 지울 수 없어 거래는 계속 정지 상태입니다: {{reason}}. 데이터 폴더에 쓸 수 있게 한 뒤 RESUME을 다시 입력하세요.',

  'happened.trading.armed':
    '{{venue}}의 실거래 잠금이 해제되었습니다. 여기서 낸 주문은 그 거래소의 실제 돈을 움직입니다.',
  'happened.trading.disarmed-person':
    '{{venue}} 실거래를 직접 잠갔습니다. 그 거래소로는 주문이 나가지 않습니다.',
  'happened.trading.disarmed-idle': '{{venue}} 실거래가 잠겼습니다: 한동안 주문이 없었습니다.',
  'happened.trading.disarmed-lock': '{{venue}} 실거래가 잠겼습니다: 화면이 잠겼습니다.',
  'happened.trading.disarmed-suspend': '{{venue}} 실거래가 잠겼습니다: 컴퓨터가 절전 상태로 들어갔습니다.',
  'happened.trading.disarmed-resume': '{{venue}} 실거래가 잠겼습니다: 컴퓨터가 절전 상태에서 깨어났습니다.',
  'happened.trading.disarmed-clock-step':
    '{{venue}} 실거래가 잠겼습니다: 컴퓨터의 시계가 갑자기 바뀌었습니다. 시각을 확인한 뒤 다시 잠금을 해제하세요.',
  'happened.trading.disarmed-halted': '{{venue}} 실거래가 잠겼습니다: 거래가 정지되었습니다.',
  'happened.trading.disarmed-mainnet-off': '{{venue}} 실거래가 잠겼습니다: 설정에서 실제 자금을 껐습니다.',
  'happened.trading.disarmed-quit': '{{venue}} 실거래가 잠겼습니다: Heartline이 종료됩니다.',
  'happened.trading.halted':
    '거래가 정지되었습니다({{from}}). RESUME을 입력할 때까지 주문은 나가지 않고 취소만 됩니다. 포지션은 그대로입니다.',
  'happened.trading.resumed':
    '거래를 다시 시작했습니다({{from}}). 실제 거래소는 다시 잠금을 해제할 때까지 주문이 나가지 않습니다.',
  'happened.halt.unwritable':
    '거래는 정지되었지만 디스크에 기록할 수 없습니다: {{reason}}. Heartline이 실행되는 동안만 유지되며 다시 시작하면 풀립니다. 1초마다 다시 시도합니다.',
  'happened.halt.written': '정지 상태를 디스크에 기록했습니다. 다시 시작해도 유지됩니다.',
  'happened.killdoor.refused':
    '어떤 프로그램이 토큰 없이 킬 스위치를 요청해 거부했습니다. 이 요청으로 취소된 것은 없습니다.',
  'happened.killdoor.elsewhere':
    '명령줄용 킬 스위치를 평소 위치에 둘 수 없어 다른 곳에 시도합니다: {{reason}}.',
  'happened.killdoor.none':
    '명령줄에서 킬 스위치를 쓸 수 없습니다: {{reason}}. 버튼과 단축키는 그대로 작동합니다.',
};
