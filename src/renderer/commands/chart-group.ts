import i18next from 'i18next';
import { INTERVALS, type Interval } from '#shared/domain/interval.ts';
import type { Desk } from '../stores/desk.ts';
import { type ChartChoice, type ChartCommands, charts, chartTools } from './chart-commands.ts';
import type { Command, CommandChoice } from './command.ts';
import type { TextKey } from './text-key.ts';

/** What the chart last worked on is about; where none is shown, what the next one begins with. */
function shown(desk: Desk): {
  interval: Interval;
  choose: (interval: Interval) => void;
  list: readonly Interval[];
} {
  const chart = charts.leading();
  const focus = chart?.focus ?? desk.focus;
  const known = chart?.intervals();
  return {
    interval: focus.store.getState().interval,
    choose: focus.chooseInterval,
    list: known === undefined ? INTERVALS : INTERVALS.filter((one) => known.includes(one)),
  };
}

function step(desk: Desk, by: 1 | -1): void {
  const { interval, choose, list } = shown(desk);
  const next = list[list.indexOf(interval) + by];
  if (next !== undefined) choose(next);
}

const noChart = (): TextKey | undefined =>
  charts.leading() === undefined ? 'barredcommand.no-chart' : undefined;
const noTools = (): TextKey | undefined =>
  chartTools.leading() === undefined ? 'barredcommand.no-chart' : undefined;

function choicesOf(
  list: (chart: ChartCommands) => readonly ChartChoice[],
  choose: (chart: ChartCommands, id: string) => void,
): readonly CommandChoice[] {
  const chart = chartTools.leading();
  return chart === undefined ? [] : list(chart).map((one) => ({ ...one, run: () => choose(chart, one.id) }));
}

export const CHART_COMMANDS: readonly Command[] = [
  {
    id: 'chart.interval',
    titleKey: 'command.chart.interval',
    group: 'chart',
    keywords: 'timeframe minutes candle 분봉 시간봉 일봉 봉 주기',
    chord: 'Alt+KeyI',
    choices: (desk) => {
      const { interval, choose, list } = shown(desk);
      return list.map((one) => ({
        id: one,
        title: i18next.t(`interval.${one}`),
        isCurrent: one === interval,
        run: () => choose(one),
      }));
    },
  },
  {
    id: 'chart.shorter',
    titleKey: 'command.chart.shorter',
    group: 'chart',
    keywords: 'interval timeframe 주기 간격',
    chord: 'Alt+BracketLeft',
    isRepeatable: true,
    run: (desk) => step(desk, -1),
  },
  {
    id: 'chart.longer',
    titleKey: 'command.chart.longer',
    group: 'chart',
    keywords: 'interval timeframe 주기 간격',
    chord: 'Alt+BracketRight',
    isRepeatable: true,
    run: (desk) => step(desk, 1),
  },
  {
    id: 'chart.type',
    titleKey: 'command.chart.type',
    group: 'chart',
    keywords: 'candles heikin ashi line 캔들 하이킨 라인',
    barred: noTools,
    choices: () =>
      choicesOf(
        (chart) => chart.listTypes(),
        (chart, id) => chart.chooseType(id),
      ),
  },
  {
    id: 'chart.indicator',
    titleKey: 'command.chart.indicator',
    group: 'chart',
    keywords: 'study ema sma vwap bollinger rsi macd 지표 이동평균 볼린저',
    barred: noTools,
    choices: () =>
      choicesOf(
        (chart) => chart.listIndicators(),
        (chart, id) => chart.toggleIndicator(id),
      ),
  },
  {
    id: 'chart.tool',
    titleKey: 'command.chart.tool',
    group: 'chart',
    keywords: 'draw line trend horizontal measure fibonacci 그리기 추세선 수평선 측정 피보나치',
    barred: noTools,
    choices: () =>
      choicesOf(
        (chart) => chart.listTools(),
        (chart, id) => chart.chooseTool(id),
      ),
  },
  {
    id: 'chart.scale',
    titleKey: 'command.chart.scale',
    group: 'chart',
    keywords: 'log logarithmic percent linear 로그 퍼센트 눈금',
    barred: noTools,
    choices: () =>
      choicesOf(
        (chart) => chart.listScales(),
        (chart, id) => chart.chooseScale(id),
      ),
  },
  {
    id: 'chart.compare',
    titleKey: 'command.chart.compare',
    group: 'chart',
    keywords: 'overlay 겹치기',
    barred: noTools,
    run: () => chartTools.leading()?.compare(),
  },
  {
    id: 'chart.date',
    titleKey: 'command.chart.date',
    group: 'chart',
    keywords: 'go to day time jump 이동 시각',
    chord: 'Alt+KeyG',
    barred: noTools,
    run: () => chartTools.leading()?.goToDate(),
  },
  {
    id: 'chart.picture',
    titleKey: 'command.chart.picture',
    group: 'chart',
    keywords: 'screenshot image save 스크린샷 저장',
    barred: noTools,
    run: () => chartTools.leading()?.takePicture(),
  },
  {
    id: 'chart.lines',
    titleKey: 'command.chart.lines',
    group: 'chart',
    keywords: 'orders positions show hide 주문 포지션 표시 숨김',
    barred: noChart,
    run: ({ holdingsChoice }) => holdingsChoice.setState(({ drawsLines }) => ({ drawsLines: !drawsLines })),
  },
];
