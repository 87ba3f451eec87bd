import { useStore } from 'zustand';
import { assertNever } from '#shared/base/assert-never.ts';
import { CandleTable } from './candle-table.tsx';
import type { ChartLook } from './chart-look.ts';
import type { ChartSession } from './chart-session.ts';
import { CompareDialog } from './compare-dialog.tsx';
import { DrawingsDialog } from './drawings/drawings-dialog.tsx';
import { GoToDialog } from './go-to-dialog.tsx';
import { IndicatorsDialog } from './indicators/indicators-dialog.tsx';

interface ChartDialogsProps {
  readonly session: ChartSession;
  readonly look: ChartLook;
  readonly changeLook: (change: Partial<ChartLook>) => void;
}

/** The dialog that is open over a chart, if one is. */
export function ChartDialogs({ session, look, changeLook }: ChartDialogsProps) {
  const dialog = useStore(session.store, (state) => state.dialog);
  const close = () => session.store.setState({ dialog: undefined });
  switch (dialog) {
    case undefined:
      return null;
    case 'indicators':
      return <IndicatorsDialog look={look} changeLook={changeLook} onClose={close} />;
    case 'drawings':
      return <DrawingsDialog session={session} onClose={close} />;
    case 'compare':
      return <CompareDialog look={look} changeLook={changeLook} onClose={close} />;
    case 'go-to':
      return <GoToDialog session={session} onClose={close} />;
    case 'table':
      return <CandleTable onClose={close} />;
    default:
      return assertNever(dialog);
  }
}
