import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { DRAWING_KINDS } from '#shared/domain/drawing.ts';
import { type ChartCommands, chartTools } from '../../commands/chart-commands.ts';
import type { Desk } from '../../stores/desk.ts';
import type { ChartHome } from './chart-home.ts';
import { CHART_TYPES, type ChartLook, SCALE_MODES } from './chart-look.ts';
import type { ChartSession } from './chart-session.ts';
import { INDICATOR_KINDS, MOST_INDICATORS, newIndicator } from './indicators/indicator-kinds.ts';
import { takePicture } from './take-picture.ts';

interface Offered {
  readonly desk: Desk;
  readonly home: ChartHome;
  readonly session: ChartSession;
  readonly look: ChartLook;
  readonly changeLook: (change: Partial<ChartLook>) => void;
}

/** Offers this chart's tools to the commands. */
export function useOfferedTools(given: Offered): void {
  const { t } = useTranslation();
  const latest = useRef({ ...given, t });
  latest.current = { ...given, t };
  useEffect(() => {
    const now = () => latest.current;
    const commands: ChartCommands & { isLeading(): boolean } = {
      isLeading: () => now().home.isLeading(),
      listTools: () => DRAWING_KINDS.map((id) => ({ id, title: now().t(`drawing.${id}`) })),
      chooseTool(id) {
        const tool = DRAWING_KINDS.find((kind) => kind === id);
        if (tool !== undefined) now().session.store.setState({ tool, selected: undefined });
      },
      listIndicators: () =>
        INDICATOR_KINDS.map((id) => ({
          id,
          title: now().t(`indicator.${id}`),
          isCurrent: now().look.indicators.some(({ kind }) => kind === id),
        })),
      toggleIndicator(id) {
        const { look, changeLook } = now();
        const kind = INDICATOR_KINDS.find((one) => one === id);
        if (kind === undefined) return;
        const kept = look.indicators.filter((one) => one.kind !== kind);
        if (kept.length < look.indicators.length) changeLook({ indicators: kept });
        else if (kept.length < MOST_INDICATORS) {
          changeLook({ indicators: [...kept, newIndicator(kind, kept)] });
        }
      },
      listScales: () =>
        SCALE_MODES.map((id) => ({
          id,
          title: now().t(`scalemode.${id}`),
          isCurrent: now().look.scale === id,
        })),
      chooseScale(id) {
        const scale = SCALE_MODES.find((mode) => mode === id);
        if (scale !== undefined) now().changeLook({ scale });
      },
      listTypes: () =>
        CHART_TYPES.map((id) => ({
          id,
          title: now().t(`charttype.${id}`),
          isCurrent: now().look.type === id,
        })),
      chooseType(id) {
        const type = CHART_TYPES.find((one) => one === id);
        if (type !== undefined) now().changeLook({ type });
      },
      goToDate: () => now().session.store.setState({ dialog: 'go-to' }),
      takePicture: () => void takePicture(now().desk, now().session, 'file'),
      compare: () => now().session.store.setState({ dialog: 'compare' }),
    };
    return chartTools.offer(commands);
  }, []);
}
