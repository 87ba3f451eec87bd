import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instrumentName } from '#shared/domain/instrument.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { HealthGlyph } from '../../../ui/health-glyph.tsx';
import { orderText } from '../orders/order-text.ts';
import { TONE_GLYPHS } from '../ticket/outcome-line.tsx';
import { orderWords } from '../ticket/outcome-words.ts';
import { usePlaceName } from '../use-place-name.ts';

/** What became of an order that was in the dark, for whoever watched it there. */
export function SettledOrder({ order }: { readonly order: OwnOrder }) {
  const { t } = useTranslation();
  const { instruments } = useDesk();
  const { request, state } = order;
  const about = useStore(instruments.store, ({ known }) => known.get(request.instrument));
  const { text, tone } = orderWords(order, usePlaceName(order.account), about);
  return (
    <li className="settled-order" data-state={state} data-testid="settled-order">
      <HealthGlyph kind={TONE_GLYPHS[tone]} />
      <div>
        <p>
          <strong className="side-word" data-side={request.side}>
            {t(`ticket.${request.side}`)}
          </strong>{' '}
          <strong>{instrumentName(request.instrument)}</strong> {orderText(request, about)}
        </p>
        <p>{text}</p>
      </div>
    </li>
  );
}
