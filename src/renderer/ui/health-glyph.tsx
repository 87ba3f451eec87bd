import { useTranslation } from 'react-i18next';
import { HEALTH_SHAPES, type HealthKind, type HealthShape } from '#shared/domain/health-kind.ts';

const COLOURS: Readonly<Record<HealthKind, string>> = {
  live: 'text-ok',
  rotating: 'text-planned',
  idle: 'text-idle',
  connecting: 'text-planned',
  authenticating: 'text-planned',
  subscribing: 'text-planned',
  late: 'text-warn',
  degraded: 'text-warn',
  paused: 'text-idle',
  stale: 'text-bad',
  waiting: 'text-bad',
  failed: 'text-bad',
};

/** Shape and colour of a health. Without a word beside it (`alone`) it carries the word as its name. */
export function HealthGlyph({
  kind,
  alone = false,
}: {
  readonly kind: HealthKind;
  readonly alone?: boolean;
}) {
  const { t } = useTranslation();
  const word = t(`health.${kind}`);
  const look = { viewBox: '0 0 10 10', className: `glyph ${COLOURS[kind]}`, 'data-health': kind };
  if (!alone) {
    return (
      <svg aria-hidden="true" {...look}>
        {drawing(HEALTH_SHAPES[kind])}
      </svg>
    );
  }
  return (
    <svg role="img" aria-label={word} {...look}>
      <title>{word}</title>
      {drawing(HEALTH_SHAPES[kind])}
    </svg>
  );
}

/** Colour class of the word beside a glyph; the quiet ones stay in plain text colour. */
export function healthWordClass(kind: HealthKind): string {
  return kind === 'idle' || kind === 'paused' ? 'text-dim' : COLOURS[kind];
}

function drawing(shape: HealthShape) {
  switch (shape) {
    case 'disc':
      return <circle cx="5" cy="5" r="4" fill="currentColor" />;
    case 'ring':
      return <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.2" />;
    case 'half':
      return (
        <>
          <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1" />
          <path d="M5 1.5a3.5 3.5 0 0 0 0 7z" fill="currentColor" />
        </>
      );
    case 'triangle':
      return <path d="M5 .8 9.4 9H.6z" fill="currentColor" />;
    case 'dashes':
      return (
        <circle
          cx="5"
          cy="5"
          r="3.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeDasharray="2 1.665"
        />
      );
    case 'diamond':
      return <path d="M5 1 9 5 5 9 1 5z" fill="none" stroke="currentColor" strokeWidth="1.3" />;
    case 'pause':
      return <path d="M2.4 1.5h1.7v7H2.4zM5.9 1.5h1.7v7H5.9z" fill="currentColor" />;
    case 'cross':
      return <path d="m2 2 6 6M8 2 2 8" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />;
  }
}
