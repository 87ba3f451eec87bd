import type { ReactNode } from 'react';
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

/** A framed part of the desk. What breaks inside stays inside and says so. */
export function Panel({ name, title, titleHidden = false, head, children }: PanelProps) {
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
