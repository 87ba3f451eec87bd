type StoreState = 'open' | 'locked' | 'empty' | 'gone' | 'choose';

const LOOKS: Readonly<Record<StoreState, { readonly path: string; readonly colour: string }>> = {
  open: { path: 'M2 5.2h6v3.6H2zM3.4 5V3.2a1.6 1.6 0 0 1 3-.8', colour: 'text-ok' },
  locked: { path: 'M2 5.2h6v3.6H2zM3.4 5V3.2a1.6 1.6 0 0 1 3.2 0V5', colour: 'text-warn' },
  empty: { path: 'M2 5.2h6v3.6H2zM5 1v2.6', colour: 'text-planned' },
  gone: { path: 'm2 2 6 6M8 2 2 8', colour: 'text-bad' },
  choose: { path: 'M3.2 3.4a1.8 1.8 0 1 1 2.6 1.7c-.6.3-.8.7-.8 1.2M5 8.2v.3', colour: 'text-planned' },
};

/** A lock open or shut, a missing one, a question: the word stands beside it. */
export function StoreGlyph({ state }: { readonly state: StoreState }) {
  const { path, colour } = LOOKS[state];
  return (
    <svg aria-hidden="true" viewBox="0 0 10 10" className={`glyph ${colour}`} data-store={state}>
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" />
    </svg>
  );
}
