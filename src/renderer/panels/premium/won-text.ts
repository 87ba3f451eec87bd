import type { Language } from '../../i18n/language.ts';
import { formatCompact } from '../../ui/format-number.ts';

/** A round sum in won, as short as it is exact: `10M`, `1.5B`; in Korean `1,000만`, `1.5억`. */
export function wonText(sum: number, language: Language): string {
  return formatCompact(sum, language)
    .replace(/(\.\d*?)0+(?=\D*$)/, '$1')
    .replace(/\.(?=\D*$)/, '');
}
