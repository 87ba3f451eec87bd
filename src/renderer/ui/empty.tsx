import '../styles/welcome.css';
import type { ReactNode } from 'react';

interface EmptyProps {
  /** What will stand here. */
  readonly what: string;
  /** Why nothing does now. */
  readonly why: string;
  /** The one next action. Nothing where there is none to take: then `why` says what it waits for. */
  readonly next?: { readonly label: string; readonly onDo: () => void } | undefined;
  readonly testId?: string;
  /** Beside the next action: a second way, never a third. */
  readonly children?: ReactNode;
}

/** In the place of rows that are not there: what will be here, why it is empty, what to do about it. */
export function Empty({ what, why, next, testId, children }: EmptyProps) {
  return (
    <div className="empty" data-testid={testId ?? 'empty'}>
      <p>
        <strong>{what}</strong>
      </p>
      <p className="empty-why">{why}</p>
      {(next !== undefined || children !== undefined) && (
        <p className="empty-next">
          {next && (
            <button type="button" className="button" onClick={next.onDo}>
              {next.label}
            </button>
          )}
          {children}
        </p>
      )}
    </div>
  );
}
