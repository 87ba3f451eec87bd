import Big from 'big.js';
import { PrivateRefusal } from '../korean/private-call.ts';
import type { PrivateManner } from '../korean/private-half.ts';
import type { DraftWords, OrderFault } from '../korean/read-draft.ts';
import { UPBIT_BANDS } from '../krw-ticks.ts';

/** Why nobody is let in, as Upbit says it. */
export const GATE_WORDS: PrivateManner['gateWords'] = {
  'no-token': ['no_authorization_token', '인증 토큰이 존재하지 않습니다.'],
  malformed: ['jwt_verification', 'JWT 토큰 검증에 실패했습니다.'],
  'unknown-key': ['invalid_access_key', '잘못된 엑세스 키입니다.'],
  'wrong-signature': ['jwt_verification', 'JWT 토큰 검증에 실패했습니다.'],
  'expired-key': ['expired_access_key', 'API 키가 만료되었습니다.'],
  address: ['no_authorization_ip', '허용되지 않은 IP 주소입니다.'],
  // Tokens tell no time here.
  'stale-token': ['jwt_verification', 'JWT 토큰 검증에 실패했습니다.'],
  'nonce-used': ['nonce_used', '이미 요청한 nonce값이 다시 사용되었습니다.'],
  'query-hash': ['invalid_query_payload', 'JWT 토큰의 페이로드를 확인해주세요.'],
};

export const OUT_OF_SCOPE = ['out_of_scope', '권한이 부족합니다.'] as const;
export const BAD_BODY = ['validation_error', '잘못된 API 요청입니다.'] as const;
export const MIN_TOTAL = new Big(5000);
export const MAX_TOTAL = new Big(1_000_000_000);

export function invalid(detail: string): PrivateRefusal {
  return new PrivateRefusal(400, 'validation_error', `잘못된 API 요청입니다: ${detail}`);
}

export function notFound(): PrivateRefusal {
  return new PrivateRefusal(404, 'order_not_found', '주문을 찾지 못했습니다.');
}

/** The real name of this one is not known; what is known is that there is such a refusal. */
export function identifierUsed(): PrivateRefusal {
  return new PrivateRefusal(400, 'duplicate_identifier', '이미 사용된 identifier 입니다.');
}

/** How Upbit takes an order: its ticks, its totals, and its names for what is wrong. */
export const DRAFT_WORDS: DraftWords = {
  typeKey: 'ord_type',
  bands: UPBIT_BANDS,
  minTotal: MIN_TOTAL,
  maxTotal: MAX_TOTAL,
  refusal: orderRefusal,
};

function orderRefusal(fault: OrderFault, side: 'bid' | 'ask', detail: string): PrivateRefusal {
  const bad = (name: string, message: string) => new PrivateRefusal(400, `${name}_${side}`, message);
  switch (fault) {
    case 'price':
    case 'tick':
    case 'price-range':
      return bad('invalid_price', '주문가격 단위를 잘못 입력하셨습니다.');
    case 'volume':
    case 'quantity-max':
      return bad('invalid_volume', `주문수량을 확인해주세요: ${detail}`);
    case 'total-min':
      return bad('under_min_total', '최소주문금액 이상으로 주문해주세요.');
    case 'total-max':
      return bad('over_max_total', '최대주문금액 이하로 주문해주세요.');
    case 'insufficient':
      return bad('insufficient_funds', '주문가능한 금액이 부족합니다.');
    case 'duplicate-id':
      return identifierUsed();
    case 'not-found':
    case 'already-ended':
      return notFound();
    case 'missing':
    case 'side':
    case 'type':
    case 'time-in-force':
    case 'invalid':
    case 'unknown-symbol':
      return invalid(detail);
    default:
      // What has no name of its own.
      return new PrivateRefusal(400, `create_${side}_error`, `주문을 접수하지 못했습니다: ${detail}`);
  }
}
