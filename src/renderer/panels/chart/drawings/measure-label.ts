import i18next from 'i18next';
import type { Instrument } from '#shared/domain/instrument.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { formatSigned } from '../../../ui/format-number.ts';
import { formatAge } from '../../../ui/format-time.ts';
import { plainPrice } from '../price-formats.ts';
import type { Measured } from './measure.ts';

/** What was measured, in two lines: how far the price went, and how long it took. */
export function measureLabel(found: Measured, about: Instrument | undefined): readonly string[] {
  const change = `${found.price < 0 ? '−' : '+'}${plainPrice(about, Math.abs(found.price))}`;
  const percent = Number.isFinite(found.percent) ? ` (${formatSigned(found.percent, 2)}%)` : '';
  const length = formatAge(Math.abs(found.ms), currentLanguage());
  return [change + percent, i18next.t('drawing.measured', { count: found.candles, length })];
}
