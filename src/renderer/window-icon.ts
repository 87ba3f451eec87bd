import { HEALTH_SHAPES, type HealthKind, type HealthShape } from '#shared/domain/health-kind.ts';

/** The page's icon: the worst health's shape, on a ground of its own, as a tab may be light or dark. */
export function iconAddress(kind: HealthKind): string {
  return `data:image/svg+xml,${encodeURIComponent(iconPicture(HEALTH_SHAPES[kind]))}`;
}

const GROUND = '#141920';
const COLOURS: Readonly<Record<HealthShape, string>> = {
  disc: '#3fb68b',
  half: '#e0a33b',
  triangle: '#f0655d',
  cross: '#f0655d',
  dashes: '#5b9dff',
  diamond: '#5b9dff',
  ring: '#8b96a5',
  pause: '#8b96a5',
};
const DRAWINGS: Readonly<Record<HealthShape, string>> = {
  disc: '<circle cx="8" cy="8" r="4.5" fill="COLOUR"/>',
  ring: '<circle cx="8" cy="8" r="4" fill="none" stroke="COLOUR" stroke-width="1.8"/>',
  half: '<circle cx="8" cy="8" r="4.2" fill="none" stroke="COLOUR" stroke-width="1.4"/><path d="M8 3.8a4.2 4.2 0 0 0 0 8.4z" fill="COLOUR"/>',
  triangle: '<path d="M8 2.6 13.4 12.4H2.6z" fill="COLOUR"/>',
  dashes:
    '<circle cx="8" cy="8" r="4.2" fill="none" stroke="COLOUR" stroke-width="1.9" stroke-dasharray="2.4 2"/>',
  diamond: '<path d="M8 3 13 8 8 13 3 8z" fill="none" stroke="COLOUR" stroke-width="1.8"/>',
  pause: '<path d="M4.6 3.6h2.4v8.8H4.6zM9 3.6h2.4v8.8H9z" fill="COLOUR"/>',
  cross: '<path d="m4 4 8 8M12 4l-8 8" stroke="COLOUR" stroke-width="2.4" stroke-linecap="round"/>',
};

function iconPicture(shape: HealthShape): string {
  const drawing = DRAWINGS[shape].replaceAll('COLOUR', COLOURS[shape]);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="${GROUND}"/>${drawing}</svg>`;
}
