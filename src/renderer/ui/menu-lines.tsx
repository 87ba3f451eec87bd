import { Menu } from '@base-ui/react/menu';
import type { MenuEntry, MenuItem, Submenu } from './menu-entry.ts';

interface MenuLinesProps {
  readonly items: readonly MenuEntry[] | (() => readonly MenuEntry[]);
  readonly testId: string;
  /** Where submenus are put: see `floatingHost`. */
  readonly host: HTMLElement | undefined;
}

/** What a menu shows, whether a button or the right mouse button opened it. */
export function MenuLines({ items, testId, host }: MenuLinesProps) {
  const shown = typeof items === 'function' ? items() : items;
  return shown.map((entry, at) => {
    if (entry === 'separator') {
      const before = shown[at - 1];
      const name = typeof before === 'object' ? before.id : '';
      return <Menu.Separator key={`after ${name}`} className="menu-rule" />;
    }
    if ('submenu' in entry) return <Further key={entry.id} entry={entry} testId={testId} host={host} />;
    return <Line key={entry.id} entry={entry} testId={testId} />;
  });
}

function Line({ entry, testId }: { readonly entry: MenuItem; readonly testId: string }) {
  const shared = {
    className: 'menu-item',
    disabled: entry.disabled ?? false,
    label: entry.label,
    closeOnClick: entry.staysOpen !== true,
    'data-danger': entry.danger === true ? '' : undefined,
    'data-testid': `${testId}-${entry.id}`,
  };
  const shown = (
    <>
      {entry.icon}
      <span className="menu-label">{entry.label}</span>
      {entry.hint !== undefined && <span className="menu-hint">{entry.hint}</span>}
    </>
  );
  if (entry.checked === undefined) {
    return (
      <Menu.Item {...shared} onClick={entry.onSelect}>
        {shown}
      </Menu.Item>
    );
  }
  return (
    <Menu.CheckboxItem {...shared} checked={entry.checked} onCheckedChange={entry.onSelect}>
      <span className="menu-check" aria-hidden="true">
        {entry.checked ? '✓' : ''}
      </span>
      {shown}
    </Menu.CheckboxItem>
  );
}

interface FurtherProps {
  readonly entry: Submenu;
  readonly testId: string;
  readonly host: HTMLElement | undefined;
}

function Further({ entry, testId, host }: FurtherProps) {
  return (
    <Menu.SubmenuRoot>
      <Menu.SubmenuTrigger
        className="menu-item"
        label={entry.label}
        disabled={entry.disabled ?? false}
        data-testid={`${testId}-${entry.id}`}
      >
        {entry.icon}
        <span className="menu-label">{entry.label}</span>
        <span className="menu-hint" aria-hidden="true">
          ›
        </span>
      </Menu.SubmenuTrigger>
      <Menu.Portal container={host}>
        <Menu.Positioner className="floating" positionMethod="fixed" collisionPadding={6}>
          <Menu.Popup className="menu">
            <MenuLines items={entry.submenu} testId={`${testId}-${entry.id}`} host={host} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  );
}
