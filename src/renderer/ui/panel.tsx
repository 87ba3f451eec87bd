import type { ReactNode } from 'react';
import { PanelBoundary } from './panel-boundary.tsx';

interface PanelProps {
  readonly name: string;
  readonly title: string;
  /** Stands beside the title. */
  readonly head?: ReactNode;
  readonly children: ReactNode;
}

/** A framed part of the desk. What breaks inside stays inside and says so. */
export function Panel({ name, title, head, children }: PanelProps) {
  return (
    <section className="panel" style={{ gridArea: name }} data-testid={`panel-${name}`} aria-label={title}>
      <header className="panel-head">
        <h2>{title}</h2>
        {head}
      </header>
      <PanelBoundary>{children}</PanelBoundary>
    </section>
  );
}
