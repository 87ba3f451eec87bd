import Big from 'big.js';
import { PrivateRefusal } from '../korean/private-call.ts';
import type { PrivateManner } from '../korean/private-half.ts';
import type { DraftWords, OrderFault } from '../korean/read-draft.ts';
import { BITHUMB_BANDS } from '../krw-ticks.ts';

const UNVERIFIED = ['jwt_verification', 'JWT 토큰 검증에 실패했습니다.'] as const;

/**
 * Why nobody is let in, as Bithumb says it. It has no name of its own for a key it does not know, nor for a nonce it has
 * seen before.
 */
export const GATE_WORDS: PrivateManner['gateWords'] = {
  'no-token': UNVERIFIED,
  malformed: UNVERIFIED,
  'unknown-key': UNVERIFIED,
  'wrong-signature': UNVERIFIED,
  'expired-key': ['jwt_verification', '만료된 API Key 입니다.'],
  address: ['NotAllowIP', '허용되지 않은 IP 입니다.'],
  'stale-token': ['expired_jwt', '만료된 JWT 입니다.'],
  'nonce-used': UNVERIFIED,
  'query-hash': ['invalid_query_payload', 'query_hash 가 올바르지 않습니다.'],
};

export const OUT_OF_SCOPE = ['out_of_scope', '권한이 부족합니다.'] as const;
export const BAD_BODY = ['invalid_parameter', '잘못된 요청입니다.'] as const;
export const MIN_TOTAL = new Big(5000);
export const MAX_TOTAL = new Big(1_000_000_000);

export function invalid(detail: string): PrivateRefusal {
  return new PrivateRefusal(400, 'invalid_parameter', `잘못된 파라미터입니다: ${detail}`);
}

export function notFound(): PrivateRefusal {
  return new PrivateRefusal(404, 'order_not_found', '주문을 찾을 수 없습니다.');
}

/** The order exists; it is only not registered everywhere yet. */
export function notReady(): PrivateRefusal {
  return new PrivateRefusal(422, 'order_not_ready', '주문이 처리 중입니다. 잠시 후 다시 시도해주세요.');
}

/** How Bithumb takes an order: its ticks, its totals, and its names for what is wrong. */
export const DRAFT_WORDS: DraftWords = {
  typeKey: 'order_type',
  bands: BITHUMB_BANDS,
  minTotal: MIN_TOTAL,
  maxTotal: MAX_TOTAL,
  refusal: orderRefusal,
};

function orderRefusal(fault: OrderFault, side: 'bid' | 'ask', detail: string): PrivateRefusal {
  const bad = (name: string, message: string) => new PrivateRefusal(400, `${name}_${side}`, message);
  switch (fault) {
    case 'tick':
      return bad('invalid_price', '주문가격 단위가 올바르지 않습니다.');
    case 'price':
      return new PrivateRefusal(400, 'invalid_price', '주문가격이 올바르지 않습니다.');
    case 'price-range':
      return bad('under_price_limit', '주문 가능한 가격 범위를 벗어났습니다.');
    case 'total-min':
      return bad('under_min_total', '최소 주문금액 이상으로 주문해주세요.');
    case 'total-max':
      return bad('over_max_total', '최대 주문금액 이하로 주문해주세요.');
    case 'insufficient':
      return bad('insufficient_funds', '주문 가능한 금액이 부족합니다.');
    case 'not-found':
    case 'already-ended':
      return notFound();
    default:
      return invalid(`${fault} ${detail}`);
  }
}
