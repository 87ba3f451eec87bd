import type { Means } from '#shared/domain/capability.ts';

/** Full, half, made, none: a shape for how something is had. The word always stands beside it. */
export function MeansGlyph({ means }: { readonly means: Means }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 10 10" className="glyph means" data-means={means}>
      {drawing(means)}
    </svg>
  );
}

function drawing(means: Means) {
  switch (means) {
    case 'native':
      return <path d="M1 5.2 4 8l5-6" fill="none" stroke="currentColor" strokeWidth="1.6" />;
    case 'polled':
      return (
        <>
          <circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.1" />
          <path d="M5 2.6V5l1.8 1.2" fill="none" stroke="currentColor" strokeWidth="1.1" />
        </>
      );
    case 'synthesised':
      return <path d="M5 1 9 5 5 9 1 5z" fill="none" stroke="currentColor" strokeWidth="1.3" />;
    case 'missing':
      return <path d="M1.5 5h7" stroke="currentColor" strokeWidth="1.4" />;
  }
}
