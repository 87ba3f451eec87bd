import i18next from 'i18next';
import type { Freshness } from '#shared/domain/freshness.ts';
import { type InstrumentId, instrumentName, venueOf } from '#shared/domain/instrument.ts';
import type { CandleSeries } from '../../stores/candle-series.ts';
import { formatDecimal, formatSigned, UNKNOWN } from '../../ui/format-number.ts';
import { createLine, type Line, mark } from '../../ui/painter.ts';
import type { StatusPalette } from '../../ui/palette.ts';
import { indexAt, placesOf } from './hole-places.ts';
import { INDICATOR_SHAPES, type IndicatorChoice, numberOf } from './indicators/indicator-kinds.ts';
import { colourOf, type IndicatorLines } from './indicators/indicator-lines.ts';
import { isAcrossHole } from './indicators/indicator-track.ts';
import type { InkName, Inks } from './inks.ts';

export interface ComparedReading {
  readonly instrument: InstrumentId;
  readonly ink: InkName;
  readonly percent: number;
  readonly fresh: Freshness;
  /** Why it has no candles. */
  readonly fault: string | undefined;
  readonly missing: number;
}

export interface SideReading {
  readonly series: CandleSeries;
  readonly hovered: number | undefined;
  readonly indicators: readonly IndicatorLines[];
  readonly compared: readonly ComparedReading[];
  readonly colours: { readonly palette: StatusPalette; readonly inks: Inks };
  priceText(price: number): string;
}

interface Row {
  readonly element: HTMLElement;
  readonly name: Line;
  readonly values: readonly { readonly element: HTMLElement; readonly line: Line }[];
}

/** `EMA 20`, `MACD 12 26 9`: what an indicator is called. */
export function indicatorName(choice: IndicatorChoice): string {
  const numbers = INDICATOR_SHAPES[choice.kind].numbers.map(({ name }) => numberOf(choice, name));
  const session = choice.kind === 'vwap' ? [i18next.t(`session.${choice.session}`)] : [];
  return [i18next.t(`indicator.${choice.kind}`), ...numbers, ...session].join(' ');
}

/** The values of indicators and compared instruments under the crosshair, else the newest. A press on one opens its dialog. */
export function createSideLegend(root: HTMLElement, onOpen: (what: 'indicators' | 'compare') => void) {
  let rows = new Map<string, Row>();
  const rowOf = (id: string, count: number, what: 'indicators' | 'compare'): Row => {
    const known = rows.get(id);
    if (known !== undefined && known.values.length === count) return known;
    known?.element.remove();
    const element = root.ownerDocument.createElement('button');
    element.type = 'button';
    element.className = 'side-row';
    element.dataset['testid'] = `legend-${id}`;
    element.addEventListener('click', () => onOpen(what));
    const name = root.ownerDocument.createElement('span');
    element.append(name);
    const values = Array.from({ length: count }, () => {
      const value = root.ownerDocument.createElement('span');
      value.className = 'value';
      element.append(value);
      return { element: value, line: createLine(value) };
    });
    root.append(element);
    const row = { element, name: createLine(name), values };
    rows.set(id, row);
    return row;
  };
  return {
    paint(reading: SideReading) {
      const wanted = new Set<string>();
      for (const lines of reading.indicators) {
        const { choice, track } = lines;
        wanted.add(choice.id);
        const row = rowOf(choice.id, track.values.length, 'indicators');
        row.name.set(indicatorName(choice));
        paintValues(row, lines, reading);
      }
      for (const one of reading.compared) {
        const id = `compare-${one.instrument}`;
        wanted.add(id);
        const row = rowOf(id, 1, 'compare');
        row.name.set(`${instrumentName(one.instrument)} · ${venueOf(one.instrument)}`);
        const [value] = row.values;
        const known = Number.isNaN(one.percent) ? UNKNOWN : `${formatSigned(one.percent, 2)}%`;
        const missing =
          one.missing > 0 ? ` · ${i18next.t('provenance.missing', { count: one.missing })}` : '';
        value?.line.set(`${known}${missing}`);
        if (value) mark(value.element, 'fresh', one.fresh);
        row.element.style.color = reading.colours.inks[one.ink];
        row.element.title = one.fault ?? '';
        mark(row.element, 'failed', one.fault === undefined ? undefined : 'true');
      }
      for (const [id, row] of rows) {
        if (wanted.has(id)) continue;
        row.element.remove();
        rows.delete(id);
      }
    },
    clear() {
      rows = new Map();
      root.replaceChildren();
    },
  };
}

function paintValues(row: Row, { choice, track }: IndicatorLines, reading: SideReading): void {
  const { candles } = reading.series;
  const { hovered, colours } = reading;
  const index = hovered === undefined ? candles.length - 1 : indexAt(candles, hovered);
  const candle = candles[index];
  const isThere = candle !== undefined && (hovered === undefined || candle.openTime === hovered);
  const before = isThere ? placesOf(reading.series).before(index) : undefined;
  const isAcross =
    isThere && before !== undefined && isAcrossHole(choice, candle.openTime, before.hole, before.ago);
  for (const [line, { element, line: text }] of row.values.entries()) {
    const value = isThere ? (track.values[line]?.[index] ?? Number.NaN) : Number.NaN;
    const isShare = choice.kind === 'rsi' || choice.kind === 'stochastic';
    const told = isShare ? formatDecimal(value, 2) : reading.priceText(value);
    text.set(Number.isNaN(value) ? UNKNOWN : `${isAcross ? '≈ ' : ''}${told}`);
    const name = INDICATOR_SHAPES[choice.kind].lines[line] ?? 'main';
    element.style.color = colourOf(name, choice, colours, value).slice(0, 7);
    mark(element, 'value', Number.isNaN(value) ? undefined : String(value));
  }
  row.element.title = isAcross ? i18next.t('indicator.across') : '';
}
