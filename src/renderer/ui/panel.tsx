import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { usePanel } from '../workspace/panel-context.ts';
import { PanelBoundary } from './panel-boundary.tsx';

interface PanelProps {
  readonly name: string;
  readonly title: string;
  /** The title names the panel without standing there, where tabs say it already. */
  readonly titleHidden?: boolean;
  /** Stands beside the title. */
  readonly head?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the desk. What breaks inside stays inside and says so. In the dock its tab is its title. */
export function Panel({ name, title, titleHidden = false, head, children }: PanelProps) {
  const docked = usePanel();
  if (docked !== undefined) {
    return (
      <section className="panel panel-docked" data-testid={`panel-${name}`}>
        <h2 className="sr-only">{title}</h2>
        {docked.head && createPortal(<div className="docked-head">{head}</div>, docked.head)}
        <PanelBoundary>{children}</PanelBoundary>
      </section>
    );
  }
  return (
    <section className="panel" style={{ gridArea: name }} data-testid={`panel-${name}`} aria-label={title}>
      <header className="panel-head">
        <h2 className={titleHidden ? 'sr-only' : ''}>{title}</h2>
        {head}
      </header>
      <PanelBoundary>{children}</PanelBoundary>
    </section>
  );
}
