import type { tradingLog as english } from '../en/trading-log.ts';

/** 거래에 관한 기록과 엔진이 거절하는 말. */
export const tradingLog: Record<keyof typeof english, string> = {
  'happened.trading.disarmed-loosened':
    '{{venue}} 실거래가 잠겼습니다: 한도가 넓어졌습니다. 동의하면 잠금을 다시 해제하세요.',
  'happened.order.buy': '매수 {{quantity}} {{instrument}} ({{venue}}): {{words}} · 체결 {{filled}}',
  'happened.order.sell': '매도 {{quantity}} {{instrument}} ({{venue}}): {{words}} · 체결 {{filled}}',
  'happened.sweep.left-over': '{{label}}: {{left}}건이 아직 열려 있을 수 있습니다. 거래소에서 취소하세요.',

  'happened.paper.liquidated':
    '{{label}}: 시장평균가로 청산되었습니다. 모의 계좌라 돈은 움직이지 않았습니다.',
  'happened.paper.hole':
    '{{label}}: 놓친 체결이 있습니다. 짐작하지 않으므로 그 체결로는 주문이 체결되지 않았습니다.',
  'happened.paper.blind':
    '{{label}}: {{instrument}} 시세를 {{seconds}}초 동안 받지 못했습니다. 그 뒤에 받아 온 체결만 대기 주문에 반영합니다.',
  'happened.paper.restored': '{{label}}: 다시 시작했습니다. Heartline이 꺼진 동안 체결된 것은 없습니다.',
  'happened.paper.unreadable': '모의 계좌를 읽지 못해 지금은 없습니다. 돈과는 관계없습니다.',
  'happened.paper.broken': '맞지 않는 모의 계좌를 따로 옮겨 두었습니다: {{accounts}}. 돈과는 관계없습니다.',
  'happened.paper.unwritable': '모의 계좌를 저장할 수 없습니다. 지금의 모의 거래는 재실행 뒤 사라집니다.',

  'errors.position.none': '{{instrument}}의 포지션이 이미 없어 보내지 않았습니다.',
  'errors.sweep.unknown': '이미 끝난 작업입니다.',
  'errors.sweep.unstoppable': '킬 스위치는 멈출 수 없습니다. 열린 것이 없을 때까지 계속합니다.',
  'errors.order.halted': '그 순간 모두 정지되어 보내지 않았습니다.',
  'errors.order.untrusted': '그 순간 주문의 근거가 바뀌어 보내지 않았습니다.',
  'errors.rest.crowded': '{{venue}} 호출이 밀려 있어 이 주문은 전송되지 않았습니다. 잠시 후 다시 시도하세요.',
  'errors.order.shape': '여기서 바꿀 수 없는 종류의 주문입니다. 주문은 그대로입니다.',
  'errors.journal.gone':
    'Heartline이 실행되는 동안 주문 일지가 옮겨지거나 지워져 보내지 않았습니다. 되돌려 놓거나 Heartline을 다시 시작하세요.',
};
