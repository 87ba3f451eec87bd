import { useTranslation } from 'react-i18next';
import { LINK_COLOURS } from '#shared/domain/link-colour.ts';
import type { PanelLink } from './panel-params.ts';

/** A panel's colour, and its number for whoever cannot tell colours apart. */
export function LinkDot({ link }: { readonly link: PanelLink }) {
  const { t } = useTranslation();
  return (
    <span className="link-dot" data-link={link} title={t(`link.${link}`)}>
      {link === 'none' ? '·' : LINK_COLOURS.indexOf(link) + 1}
    </span>
  );
}
