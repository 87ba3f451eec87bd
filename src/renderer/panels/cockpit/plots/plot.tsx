import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { useStore } from 'zustand';
import { currentLanguage } from '../../../i18n/i18n.ts';
import type { PlotColumns } from '../../../stores/metrics-history.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatDecimal } from '../../../ui/format-number.ts';
import { formatAge, formatMinute } from '../../../ui/format-time.ts';
import { createPainter } from '../../../ui/painter.ts';
import { readStatusPalette, type StatusPalette } from '../../../ui/palette.ts';
import { usePanelFault } from '../../../ui/panel-fault.ts';

interface PlotProps {
  /** What each line is called; the first is drawn full, the second dashed. */
  readonly lines: readonly string[];
  /** The whole plot in words: what it shows and where it stands now. */
  readonly said: string;
  readonly read: () => PlotColumns;
  /** Tells that there is something new to read. */
  readonly wake: (listener: () => void) => () => void;
}

/** Lines over time. The picture is for the eye; `said` says the same in words. */
export function Plot({ lines, said, read, wake }: PlotProps) {
  const { settings } = useDesk();
  const holder = useRef<HTMLDivElement>(null);
  const reader = useRef(read);
  reader.current = read;
  const onFault = usePanelFault();
  const look = useStore(settings.store, ({ theme, language }) => `${theme} ${language}`);
  const names = lines.join('\n');

  // biome-ignore lint/correctness/useExhaustiveDependencies: another look has other colours and words.
  useEffect(() => {
    const part = holder.current;
    if (!part) return undefined;
    const plot = new uPlot(
      plotOptions(names.split('\n'), readStatusPalette(), part.clientWidth, part.clientHeight),
      reader.current() as unknown as uPlot.AlignedData,
      part,
    );
    const painter = createPainter(
      () => plot.setData(reader.current() as unknown as uPlot.AlignedData),
      onFault,
    );
    const observer = new ResizeObserver(() => {
      plot.setSize({ width: part.clientWidth, height: part.clientHeight });
    });
    observer.observe(part);
    const undo = wake(painter.request);
    return () => {
      undo();
      observer.disconnect();
      painter.dispose();
      plot.destroy();
    };
  }, [look, names, wake, onFault]);
  return <div ref={holder} className="plot" role="img" aria-label={said} />;
}

/** Ticks lie closer together than whole milliseconds where everything is fast. */
function tickText(ms: number): string {
  return ms > 0 && ms < 10
    ? `${formatDecimal(ms, ms % 1 === 0 ? 0 : 1)} ms`
    : formatAge(ms, currentLanguage());
}

function plotOptions(
  lines: readonly string[],
  palette: StatusPalette,
  width: number,
  height: number,
): uPlot.Options {
  const axis = {
    stroke: palette.dim,
    font: "10px 'Inter Variable', 'Pretendard Variable', system-ui, sans-serif",
    ticks: { show: false },
  };
  const grid = { stroke: palette.line, width: 1 };
  const dashed = [palette.accent, palette.warn];
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [6, 8, 0, 0],
    scales: { y: { range: (_, __, most) => [0, Math.max(most ?? 1, 1) * 1.1] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 18,
        space: 60,
        values: (_, at) => at.map((s) => formatMinute(s * 1_000)),
      },
      {
        ...axis,
        grid,
        size: 52,
        space: 24,
        values: (_, at) => at.map((ms) => tickText(ms)),
      },
    ],
    series: [
      {},
      ...lines.map((label, index) => ({
        label,
        stroke: dashed[index] ?? palette.text,
        width: 1.2,
        points: { size: 3 },
        ...(index === 0 ? {} : { dash: [4, 3] }),
      })),
    ],
  };
}
