import { SPARK_POINTS } from '#shared/domain/scanner.ts';
import { mark } from '../../ui/painter.ts';
import { sparkPath } from '../../ui/spark-path.ts';

/** CSS px. */
export const SPARK_WIDTH = 46;
export const SPARK_HEIGHT = 18;
/** Half of the line's own width on each side stays within the box. */
const INSET = 0.5;
/** Narrower movements than this share of the price are drawn as small as they are. */
const LEAST_SHARE = 0.002;

/**
 * A day of closes as a line in an `<svg>` with one `<path>`, in the colour of its direction (`data-move`, given by the
 * stylesheet). A stretch that is not known is a gap in it. Not a canvas: each of those is a layer of its own to the browser,
 * and a list full of them made every frame of the desk dearer than all its figures together.
 */
export function paintSpark(line: SVGSVGElement, points: Float64Array | undefined): void {
  const path = line.firstElementChild;
  if (path === null) return;
  const values = [...(points ?? [])];
  const known = values.filter((value) => !Number.isNaN(value));
  const [first] = known;
  const last = known.at(-1);
  const isKnown = first !== undefined && last !== undefined && known.length > 1;
  mark(line, 'move', !isKnown || last === first ? 'flat' : last > first ? 'up' : 'down');
  const d = isKnown ? sparkPath(values, boxFor(known)).d : '';
  if (path.getAttribute('d') !== d) path.setAttribute('d', d);
}

function boxFor(known: readonly number[]) {
  return {
    slots: SPARK_POINTS,
    width: SPARK_WIDTH - 2 * INSET,
    height: SPARK_HEIGHT - 2 * INSET,
    leastSpan: Math.max(...known) * LEAST_SHARE,
  };
}

/** What the `<svg>` shows: the box with the line's own width around it. */
export const SPARK_VIEW = `${-INSET} ${-INSET} ${SPARK_WIDTH} ${SPARK_HEIGHT}`;
