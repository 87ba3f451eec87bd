export const popout = {
  'popout.asleep':
    '▲ Heartline 메인 창이 뒤에 가려져 데이터를 받지 못하고 있습니다. 여기의 숫자는 현재 값이 아닙니다. 메인 창을 앞으로 가져오세요.',
  'popout.silent': '▲ 엔진이 응답하지 않습니다. 여기의 숫자는 현재 값이 아닙니다.',
} as const;
