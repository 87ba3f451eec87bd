import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { errorText } from '../../i18n/text-for.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Menu } from '../../ui/menu.tsx';
import type { ChartLook } from './chart-look.ts';
import type { ChartSession } from './chart-session.ts';
import { DrawingBar } from './drawings/drawing-bar.tsx';
import { useChartMenus } from './use-chart-menu.ts';

interface ChartToolsProps {
  readonly session: ChartSession;
  readonly look: ChartLook;
  readonly changeLook: (change: Partial<ChartLook>) => void;
  readonly isCompact: boolean;
}

const SAID_MS = 6_000;

/** The row of menus above a chart; one menu where there is little room. */
export function ChartTools({ session, look, changeLook, isCompact }: ChartToolsProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const menus = useChartMenus({ desk, session, look, changeLook });
  const { tool, said, drawingFault } = useStore(session.store);
  useEffect(() => {
    if (said === undefined) return undefined;
    return desk.clock.after(SAID_MS, () => session.store.setState({ said: undefined }));
  }, [said, desk, session]);
  const status = (
    <span className="chart-said" role="status" data-testid="chart-said">
      {tool !== undefined && t(`toolhint.${tool}`)}
      {tool === undefined && drawingFault !== undefined && errorText(drawingFault)}
      {tool === undefined && drawingFault === undefined && said}
    </span>
  );
  if (isCompact) {
    return (
      <div className="chart-tools chart-tools-compact">
        <Menu
          button="⋯"
          buttonClass="interval"
          label={t('chartmenu.all')}
          testId="chart-all"
          items={() => [
            { id: 'type', label: t('chartmenu.type'), submenu: menus.type() },
            { id: 'scale', label: t('chartmenu.scale'), submenu: menus.scale() },
            { id: 'draw', label: t('chartmenu.draw'), submenu: menus.draw() },
            'separator',
            ...menus.more(),
          ]}
        />
        {status}
        <DrawingBar session={session} />
      </div>
    );
  }
  const count = look.indicators.length;
  return (
    <div className="chart-tools" role="toolbar" aria-label={t('chartmenu.all')} data-testid="chart-tools">
      <Menu
        button={t(`charttype.${look.type}`)}
        buttonClass="interval"
        label={t('chartmenu.type')}
        testId="chart-type"
        items={menus.type}
      />
      <button
        type="button"
        className="interval"
        data-testid="chart-indicators"
        onClick={() => session.store.setState({ dialog: 'indicators' })}
      >
        {count === 0 ? t('chartmenu.indicators') : `${t('chartmenu.indicators')} ${count}`}
      </button>
      <Menu
        button={t('chartmenu.draw')}
        buttonClass={tool === undefined ? 'interval' : 'interval interval-current'}
        label={t('chartmenu.draw')}
        testId="chart-draw"
        items={menus.draw}
      />
      <Menu
        button={t(`scalemode.${look.scale}`)}
        buttonClass="interval"
        label={t('chartmenu.scale')}
        testId="chart-scale"
        items={menus.scale}
      />
      <Menu
        button="⋯"
        buttonClass="interval"
        label={t('chartmenu.more')}
        testId="chart-more"
        items={menus.more}
      />
      {status}
      <DrawingBar session={session} />
    </div>
  );
}
