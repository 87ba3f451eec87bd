import { useTranslation } from 'react-i18next';
import { DRAWING_KINDS } from '#shared/domain/drawing.ts';
import type { Desk } from '../../stores/desk.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import { nearestPrice } from '../trading/step-decimal.ts';
import { chartAlertsOf } from './chart-alerts.ts';
import { CHART_TYPES, type ChartLook, SCALE_MODES } from './chart-look.ts';
import type { ChartDialog, ChartSession } from './chart-session.ts';
import { plainPrice } from './price-formats.ts';
import { takePicture } from './take-picture.ts';

interface ChartMenuGiven {
  readonly desk: Desk;
  readonly session: ChartSession;
  readonly look: ChartLook;
  readonly changeLook: (change: Partial<ChartLook>) => void;
}

/** Everything that can be done with a chart, as one menu; with a price under the pointer, what can be done there. */
export function useChartMenu(given: ChartMenuGiven): (price: number | undefined) => readonly MenuEntry[] {
  const groups = useChartMenus(given);
  const { t } = useTranslation();
  const { desk } = given;
  return (point) => {
    const { instrument } = desk.focus.store.getState();
    const about = desk.instruments.get(instrument);
    const price = point === undefined ? undefined : about && nearestPrice(about, point);
    const alerts = chartAlertsOf(desk);
    const here: readonly MenuEntry[] =
      price === undefined || alerts === undefined
        ? []
        : [
            {
              id: 'alert-here',
              label: t('chartmenu.alert-at', { price: plainPrice(about, Number(price)) }),
              onSelect: () => alerts.addPrice(instrument, price),
            },
            'separator',
          ];
    return [
      ...here,
      { id: 'type', label: t('chartmenu.type'), submenu: groups.type() },
      { id: 'scale', label: t('chartmenu.scale'), submenu: groups.scale() },
      { id: 'draw', label: t('chartmenu.draw'), submenu: groups.draw() },
      'separator',
      ...groups.more(),
    ];
  };
}

/** Each made only when it is opened. */
export interface ChartMenus {
  type(): readonly MenuEntry[];
  scale(): readonly MenuEntry[];
  draw(): readonly MenuEntry[];
  more(): readonly MenuEntry[];
}

export function useChartMenus({ desk, session, look, changeLook }: ChartMenuGiven): ChartMenus {
  const { t } = useTranslation();
  const open = (dialog: ChartDialog) => () => session.store.setState({ dialog });
  const flag = (name: 'volume' | 'auto' | 'inverted' | 'magnet' | 'drawings'): MenuEntry => ({
    id: name,
    label: t(`chartmenu.${name}`),
    checked: look[name],
    staysOpen: true,
    onSelect: () => changeLook({ [name]: !look[name] }),
  });
  const hasAlerts = chartAlertsOf(desk) !== undefined;
  return {
    type: () => [
      ...CHART_TYPES.map((type) => ({
        id: type,
        label: t(`charttype.${type}`),
        checked: look.type === type,
        onSelect: () => changeLook({ type }),
      })),
      'separator',
      flag('volume'),
    ],
    scale: () => [
      ...SCALE_MODES.map((scale) => ({
        id: scale,
        label: t(`scalemode.${scale}`),
        checked: look.scale === scale,
        onSelect: () => changeLook({ scale }),
      })),
      'separator',
      flag('auto'),
      flag('inverted'),
      'separator',
      {
        id: 'reset',
        label: t('chartmenu.reset'),
        onSelect: () => {
          changeLook({ auto: true, inverted: false });
          session.view?.reset();
        },
      },
    ],
    draw: () => [
      ...DRAWING_KINDS.map((kind) => ({
        id: kind,
        label: t(`drawing.${kind}`),
        onSelect: () => session.store.setState({ tool: kind, selected: undefined }),
      })),
      ...(hasAlerts
        ? ([
            {
              id: 'alert',
              label: t('chartmenu.alert'),
              onSelect: () => session.store.setState({ tool: 'alert', selected: undefined }),
            },
          ] as const)
        : []),
      'separator',
      flag('magnet'),
      flag('drawings'),
      { id: 'list', label: t('chartmenu.list'), onSelect: open('drawings') },
    ],
    more: () => [
      { id: 'indicators', label: t('chartmenu.indicators'), onSelect: open('indicators') },
      { id: 'compare', label: t('chartmenu.compare'), onSelect: open('compare') },
      { id: 'go-to', label: t('chartmenu.go-to'), onSelect: open('go-to') },
      { id: 'table', label: t('chartmenu.table'), onSelect: open('table') },
      'separator',
      {
        id: 'picture-file',
        label: t('chartmenu.picture-file'),
        onSelect: () => void takePicture(desk, session, 'file'),
      },
      {
        id: 'picture-clipboard',
        label: t('chartmenu.picture-clipboard'),
        onSelect: () => void takePicture(desk, session, 'clipboard'),
      },
    ],
  };
}
