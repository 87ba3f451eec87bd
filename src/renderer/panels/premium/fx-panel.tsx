import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instrumentId } from '#shared/domain/instrument.ts';
import { type FxRate, isFxStale, type PremiumView } from '#shared/domain/premium.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { Premium } from '../../stores/premium.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { formatDecimal } from '../../ui/format-number.ts';
import { formatPrice } from '../../ui/format-price.ts';
import { formatAge, formatMoment } from '../../ui/format-time.ts';
import { HealthGlyph } from '../../ui/health-glyph.tsx';
import { LiveText } from '../../ui/live-text.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Popover } from '../../ui/popover.tsx';
import { FxForm } from './fx-form.tsx';

/** What every figure below rests on: the official dollar with its source and age, and tether's price here. */
export function FxPanel({ premium }: { readonly premium: Premium }) {
  const { t } = useTranslation();
  const view = useStore(premium.store, (state) => state.view);
  return (
    <Panel name="fx" title={t('fx.title')} titleHidden>
      <div className="fx" data-testid="fx">
        {view === undefined ? (
          <p className="text-dim">{t('fx.waiting')}</p>
        ) : (
          <>
            <Official fx={view.fx} />
            <FxButton view={view} />
            <Tethers view={view} />
          </>
        )}
      </div>
    </Panel>
  );
}

function Official({ fx }: { readonly fx: FxRate }) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const isStale = useStore(pulse, ({ now, answering }) => !answering || isFxStale(fx, now));
  if (fx.source === 'none') {
    return (
      <p className="fx-part" data-testid="fx-none">
        <HealthGlyph kind="degraded" />
        <strong>{t('fx.none')}</strong>
        <span className="text-dim">{t('fx.none-means')}</span>
      </p>
    );
  }
  return (
    <p className="fx-part" data-fresh={isStale ? 'stale' : 'fresh'}>
      <span className="text-dim">{t('fx.official')}</span>
      <strong className="value fx-rate" data-testid="fx-rate">
        {formatDecimal(fx.krwPerUsd, 2)}
      </strong>
      <span data-testid="fx-source">{t(`fx.from-${fx.source}`)}</span>
      <LiveText
        className="text-dim"
        testId="fx-age"
        wake={[pulse]}
        read={() => ({
          text: t('fx.age', { age: formatAge(pulse.getState().now - fx.asOf, currentLanguage()) }),
          title: formatMoment(fx.asOf),
        })}
      />
      {isStale && (
        <span className="text-bad stream-state">
          <HealthGlyph kind="stale" />
          {t('fx.stale')}
        </span>
      )}
    </p>
  );
}

function FxButton({ view }: { readonly view: PremiumView }) {
  const { t } = useTranslation();
  return (
    <Popover button={t('fx.type')} buttonClass="button" label={t('fx.type')} testId="fx-type">
      {(close) => <FxForm view={view} onDone={close} />}
    </Popover>
  );
}

/** One dollar of tether, on each KRW venue. */
function Tethers({ view }: { readonly view: PremiumView }) {
  const { t } = useTranslation();
  const { app, instruments } = useDesk();
  const venues = Object.entries(view.krwPerUsdt);
  return (
    <div className="fx-part fx-tethers" data-testid="fx-tethers">
      <span className="text-dim" title={t('fx.tether-explained')}>
        {t('fx.tether')}
      </span>
      {venues.map(([venue, price]) => (
        <span key={venue}>
          {app.venues.find(({ id }) => id === venue)?.name ?? venue}{' '}
          <span className="value">
            {formatPrice(instruments.get(instrumentId(`${venue}:USDT-KRW`)), price)}
          </span>
        </span>
      ))}
    </div>
  );
}
