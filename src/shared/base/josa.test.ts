import { expect, it } from 'vitest';
import { josa } from './josa.ts';

it('chooses the particle by the sound before it, and keeps both where nobody can tell', () => {
  const said = [
    '업비트이(가) 닫았습니다',
    '빗썸이(가) 닫았습니다',
    'Binance이(가) 거부했습니다',
    'Bybit은(는) 거부했습니다',
    'Upbit을(를) 확인',
    'Bithumb과(와) 비교',
    '“서울”(으)로 등록',
    '“부산”(으)로 등록',
    '3을(를) 넘음',
    '12,000을(를) 넘음',
    '100을(를) 넘음',
    '20,000,000을(를) 넘음',
    '1000000000000을(를) 넘음',
    '2.5%을(를) 넘음',
    'BTC(무기한)이(가) 없음',
    'ATOM은(는) 없음',
    'Main을(를) 삭제할까요?',
    '데모(이)라는 이름',
    '아무 표시 없음 (괄호)',
  ].map(josa);
  expect(said).toEqual([
    '업비트가 닫았습니다',
    '빗썸이 닫았습니다',
    'Binance가 거부했습니다',
    'Bybit은 거부했습니다',
    'Upbit를 확인',
    'Bithumb과 비교',
    '“서울”로 등록',
    '“부산”으로 등록',
    '3을 넘음',
    '12,000을 넘음',
    '100을 넘음',
    '20,000,000을 넘음',
    '1000000000000를 넘음',
    '2.5%를 넘음',
    'BTC(무기한)가 없음',
    'ATOM은 없음',
    'Main을(를) 삭제할까요?',
    '데모라는 이름',
    '아무 표시 없음 (괄호)',
  ]);
});
