import type { OrderRequest } from './order-draft.ts';

/** Languages a shell speaks of its own: it has no window to ask for the person's choice. */
export type ShellLanguage = 'en' | 'ko';

/** From what the system prefers: `ko-KR`, `ko_KR.UTF-8`. Anything else: English. */
export function shellLanguage(locale: string | undefined): ShellLanguage {
  return /^ko\b|^ko[_-]/i.test(locale ?? '') ? 'ko' : 'en';
}

/** Everything the shells say by themselves about orders. The window has its own words. */
export interface ShellWords {
  readonly fields: Readonly<Record<keyof OrderRequest | 'venue' | 'environment', string>>;
  readonly sides: Readonly<Record<OrderRequest['side'], string>>;
  readonly types: Readonly<Record<OrderRequest['type'], string>>;
  /** A market order leaves as a limit that lives for an instant. */
  readonly asMarket: string;
  readonly timesInForce: Readonly<Record<OrderRequest['timeInForce'], string>>;
  readonly legs: Readonly<Record<OrderRequest['leg'], string>>;
  readonly triggers: Readonly<Record<NonNullable<OrderRequest['triggerBy']>, string>>;
  readonly yes: string;
  readonly no: string;
  readonly none: string;
  readonly wholePosition: string;
  readonly orderTitle: string;
  readonly orderQuestion: string;
  readonly armTitle: (venue: string) => string;
  readonly armQuestion: string;
  readonly changeTitle: string;
  /** Of money, shown before a venue is armed. */
  readonly limits: Readonly<Record<'maxNotional' | 'dailyNotional' | 'confirmAbove', string>>;
  readonly place: string;
  readonly change: string;
  readonly arm: string;
  readonly leave: string;
}

const en: ShellWords = {
  fields: {
    venue: 'Exchange',
    environment: 'Environment',
    account: 'Account',
    instrument: 'Market',
    side: 'Side',
    type: 'Type',
    isMarket: 'Market order',
    quantity: 'Quantity',
    price: 'Price',
    triggerPrice: 'Trigger price',
    triggerBy: 'Triggered by',
    timeInForce: 'Time in force',
    reduceOnly: 'Reduce only',
    closePosition: 'Close position',
    leg: 'Position',
    notional: 'Value',
    clientOrderId: 'Order id',
  },
  sides: { buy: 'BUY', sell: 'SELL' },
  types: {
    limit: 'Limit',
    market: 'Market',
    stop: 'Stop limit',
    'stop-market': 'Stop market',
    'take-profit': 'Take profit limit',
    'take-profit-market': 'Take profit market',
  },
  asMarket: 'yes: takes what is there at once, at this price or better',
  timesInForce: {
    GTC: 'GTC: until cancelled',
    IOC: 'IOC: at once, the rest is cancelled',
    FOK: 'FOK: all at once or nothing',
    GTX: 'Post-only: never takes',
  },
  legs: { both: 'one per market', long: 'long', short: 'short' },
  triggers: { mark: 'mark price', last: 'last price' },
  yes: 'yes',
  no: 'no',
  none: 'none',
  wholePosition: 'yes: all of it, whatever it is then',
  orderTitle: 'Place this order?',
  orderQuestion: 'Exactly this leaves for the exchange. If you did not ask for it, answer no.',
  armTitle: (venue) => `Arm ${venue} for real money?`,
  armQuestion:
    'From then on orders placed in Heartline move real money there. If you did not ask for it, answer no.',
  changeTitle: 'Change the standing order into this?',
  limits: {
    maxNotional: 'One order at most',
    dailyNotional: 'A day at most',
    confirmAbove: 'Asked about again from',
  },
  place: 'Place the order',
  change: 'Change the order',
  arm: 'Arm',
  leave: 'No',
};

const ko: ShellWords = {
  fields: {
    venue: '거래소',
    environment: '환경',
    account: '계좌',
    instrument: '마켓',
    side: '구분',
    type: '주문 유형',
    isMarket: '시장가 주문',
    quantity: '수량',
    price: '가격',
    triggerPrice: '트리거가',
    triggerBy: '기준가',
    timeInForce: '유효 조건',
    reduceOnly: '감소 전용(Reduce Only)',
    closePosition: '전량 청산',
    leg: '포지션',
    notional: '주문 금액',
    clientOrderId: '주문 번호',
  },
  sides: { buy: '매수', sell: '매도' },
  types: {
    limit: '지정가',
    market: '시장가',
    stop: '스탑 지정가',
    'stop-market': '스탑 시장가',
    'take-profit': '익절 지정가',
    'take-profit-market': '익절 시장가',
  },
  asMarket: '예: 이 가격 또는 더 유리한 가격에 즉시 체결',
  timesInForce: {
    GTC: 'GTC: 취소할 때까지',
    IOC: 'IOC: 즉시 체결하고 나머지는 취소',
    FOK: 'FOK: 전량 즉시 체결 아니면 취소',
    GTX: 'Post Only: 메이커로만',
  },
  legs: { both: '마켓당 하나', long: '롱', short: '숏' },
  triggers: { mark: '시장평균가', last: '현재가' },
  yes: '예',
  no: '아니요',
  none: '없음',
  wholePosition: '예: 발동 시점의 포지션 전부',
  orderTitle: '이 주문을 낼까요?',
  orderQuestion: '아래 내용 그대로 거래소에 전송됩니다. 직접 요청하지 않았다면 아니요를 고르세요.',
  armTitle: (venue) => `${venue} 실거래 잠금을 해제할까요?`,
  armQuestion:
    '잠금을 해제하면 Heartline에서 낸 주문이 그 거래소의 실제 자금을 움직입니다. 직접 요청하지 않았다면 아니요를 고르세요.',
  changeTitle: '걸려 있는 주문을 이렇게 바꿀까요?',
  limits: {
    maxNotional: '주문 한 건 한도',
    dailyNotional: '하루 한도',
    confirmAbove: '이 금액부터 다시 확인',
  },
  place: '주문 내기',
  change: '주문 바꾸기',
  arm: '잠금 해제',
  leave: '아니요',
};

export const shellWords: Readonly<Record<ShellLanguage, ShellWords>> = { en, ko };
