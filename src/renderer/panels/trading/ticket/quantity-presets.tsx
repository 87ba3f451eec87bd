import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../ui/desk-context.ts';
import { readPreset } from './read-preset.ts';

/**
 * The quantities of the settings as buttons: one press puts quantity and unit into the ticket, which then closes no whole
 * position. Nothing where there are none.
 */
export function QuantityPresets({ testId }: { readonly testId: string }) {
  const { t } = useTranslation();
  const { settings, ticket } = useDesk();
  const { quantity, unit } = useStore(ticket.store, (state) => state.form);
  const presets = useStore(settings.store, ({ trading }) => trading.presets);
  if (presets.length === 0) return null;
  return (
    <div className="ticket-quick" role="group" aria-label={t('ticket.presets')}>
      {presets.map((preset) => {
        const meant = readPreset(preset, unit);
        return (
          <button
            key={preset}
            type="button"
            className="button"
            aria-pressed={meant !== undefined && meant.unit === unit && meant.quantity === quantity}
            disabled={meant === undefined}
            title={t('ticket.preset', { value: preset })}
            data-testid={testId}
            onClick={() => meant && ticket.change({ ...meant, closePosition: false })}
          >
            {preset}
          </button>
        );
      })}
    </div>
  );
}
