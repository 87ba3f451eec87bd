import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AppDescription } from '#shared/contract/api.ts';
import { CAPABILITIES, type Capability, type Means } from '#shared/domain/capability.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { formatDecimal } from '../../ui/format-number.ts';
import { Panel } from '../../ui/panel.tsx';
import { AddDialog } from './add-dialog.tsx';
import { MeansGlyph } from './means-glyph.tsx';
import { VenueColumnHead } from './venue-column-head.tsx';
import { VenueMarkets } from './venue-markets.tsx';

type TheVenue = AppDescription['venues'][number];

const MEANS: readonly Means[] = ['native', 'polled', 'synthesised', 'missing'];

/** Venue beside venue: how each thing is had, how fresh it is at worst, and what may be relied on. */
export function CapabilityPanel() {
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  return (
    <Panel
      name="capabilities"
      title={t('venues.title')}
      head={
        <button
          type="button"
          className="button ml-auto"
          data-testid="venue-add"
          onClick={() => setAdding(true)}
        >
          {t('venues.add')}
        </button>
      }
    >
      <Sheet />
      <Legend />
      {isAdding && <AddDialog onClose={() => setAdding(false)} />}
    </Panel>
  );
}

function Sheet() {
  const { t } = useTranslation();
  const { description, view } = useDesk();
  const venues = useStore(description.store, (state) => state.venues);
  const subject = useStore(view.store, (state) => state.subject);
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => {
    table.current?.querySelector('[data-subject]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, []);
  return (
    // A scrolling part must be reachable without a mouse.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
    <div className="sheet-scroll" tabIndex={0} role="region" aria-label={t('venues.table')}>
      <table ref={table} className="sheet" data-testid="capabilities">
        <thead>
          <tr>
            <td />
            {venues.map((venue) => (
              <VenueColumnHead key={venue.id} venue={venue} isSubject={venue.id === subject} />
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('venues.markets')}</th>
            {venues.map(({ id }) => (
              <td key={id}>
                <VenueMarkets venue={id} />
              </td>
            ))}
          </tr>
          {CAPABILITIES.map((capability) => (
            <tr key={capability} data-capability={capability}>
              <th scope="row">{t(`capability.${capability}`)}</th>
              {venues.map((venue) => (
                <MeansCell key={venue.id} venue={venue} capability={capability} />
              ))}
            </tr>
          ))}
          <tr data-capability="proof">
            <th scope="row">{t('venues.proof')}</th>
            {venues.map(({ id, sheet: { bookProof } }) => (
              <td key={id} data-of={id}>
                <strong>{t(`proof.${bookProof}`)}</strong>
                <span className="sheet-means">{t(`proof.${bookProof}-means`)}</span>
              </td>
            ))}
          </tr>
          <tr data-capability="safety">
            <th scope="row">{t('venues.safety')}</th>
            {venues.map(({ id, sheet: { orderSafety } }) => (
              <td key={id} data-of={id}>
                <strong>{t(`safety.${orderSafety}`)}</strong>
                <span className="sheet-means">{t(`safety.${orderSafety}-means`)}</span>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function MeansCell({ venue, capability }: { readonly venue: TheVenue; readonly capability: Capability }) {
  const { t } = useTranslation();
  const means = venue.sheet.means[capability];
  const bound = venue.sheet.freshnessBoundMs[capability];
  return (
    <td data-of={venue.id} data-means={means}>
      <span className="sheet-word" title={t(`means.${means}-means`)}>
        <MeansGlyph means={means} />
        {t(`means.${means}`)}
      </span>
      {capability === 'candle' && venue.intervals.length > 0 && (
        <span className="text-dim" title={venue.intervals.join(' ')}>
          {t('venues.intervals', {
            count: venue.intervals.length,
            first: venue.intervals[0],
            last: venue.intervals.at(-1),
          })}
        </span>
      )}
      {bound !== undefined && means !== 'missing' && (
        <span className="text-dim whitespace-nowrap" title={t('venues.bound-explained')}>
          {t('venues.bound', { seconds: formatDecimal(bound / 1_000, bound % 1_000 === 0 ? 0 : 1) })}
        </span>
      )}
    </td>
  );
}

function Legend() {
  const { t } = useTranslation();
  return (
    <dl className="sheet-legend">
      {MEANS.map((means) => (
        <div key={means}>
          <dt className="sheet-word">
            <MeansGlyph means={means} />
            {t(`means.${means}`)}
          </dt>
          <dd>{t(`means.${means}-means`)}</dd>
        </div>
      ))}
    </dl>
  );
}
