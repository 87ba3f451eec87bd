import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instrumentName } from '#shared/domain/instrument.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { type AlertFormState, whensOf } from './alert-form-state.ts';
import { ChoiceRow, InstrumentRow, TextRow } from './form-parts.tsx';

interface FieldsProps {
  readonly form: AlertFormState;
  readonly change: (change: Partial<AlertFormState>) => void;
}

/** The fields of one kind of alert. */
export function KindFields({ form, change }: FieldsProps) {
  const { t } = useTranslation();
  const { kind } = form;
  const whens = whensOf(kind);
  const level = (label: string) => (
    <TextRow
      label={label}
      testId="alert-level"
      isNumber
      value={form.level}
      onType={(typed) => change({ level: typed })}
    />
  );
  const when = whens.length > 0 && (
    <ChoiceRow
      label={t('alertform.when')}
      testId="alert-when"
      value={form.when}
      options={whens.map((value) => ({ value, label: t(`alertwhen.${value}`) }))}
      onChoose={(value) => change({ when: value })}
    />
  );
  const hasInstrument = kind === 'price' || kind === 'move' || kind === 'spread' || kind === 'funding';
  return (
    <>
      {hasInstrument && (
        <InstrumentRow
          label={t('alertform.instrument')}
          testId="alert-instrument"
          value={form.instrument}
          onType={(instrument) => change({ instrument })}
        />
      )}
      {kind === 'premium' && <PremiumFields form={form} change={change} />}
      {(kind === 'pnl' || kind === 'liquidation') && <PositionFields form={form} change={change} />}
      {kind === 'price' && (
        <ChoiceRow
          label={t('alertform.of')}
          testId="alert-of"
          value={form.of}
          options={(['last', 'mark'] as const).map((value) => ({ value, label: t(`alertof.${value}`) }))}
          onChoose={(of) => change({ of })}
        />
      )}
      {kind === 'spread' && (
        <ChoiceRow
          label={t('alertform.unit')}
          testId="alert-unit"
          value={form.spreadUnit}
          options={(['bps', 'ticks'] as const).map((value) => ({ value, label: t(`alertunit.${value}`) }))}
          onChoose={(spreadUnit) => change({ spreadUnit })}
        />
      )}
      {kind === 'connection' && <VenueFields form={form} change={change} />}
      {when}
      {kind === 'price' && level(t('alertform.level-price'))}
      {kind === 'spread' && level(t('alertform.level-spread'))}
      {kind === 'pnl' && level(t('alertform.level-profit'))}
      {(kind === 'move' || kind === 'premium' || kind === 'funding' || kind === 'liquidation') &&
        level(t('alertform.level-percent'))}
      {kind === 'move' && (
        <TextRow
          label={t('alertform.within')}
          hint={t('alertform.move-hint')}
          testId="alert-within"
          isNumber
          value={form.within}
          onType={(within) => change({ within })}
        />
      )}
    </>
  );
}

function PremiumFields({ form, change }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <InstrumentRow
        label={t('alertform.krw')}
        testId="alert-krw"
        quote="KRW"
        value={form.krw}
        onType={(krw) => change({ krw })}
      />
      <InstrumentRow
        label={t('alertform.usdt')}
        testId="alert-usdt"
        quote="USDT"
        value={form.usdt}
        onType={(usdt) => change({ usdt })}
      />
      <ChoiceRow
        label={t('alertform.basis')}
        testId="alert-basis"
        value={form.basis}
        options={(['official', 'tether'] as const).map((value) => ({
          value,
          label: t(`alertbasis.${value}`),
        }))}
        onChoose={(basis) => change({ basis })}
      />
    </>
  );
}

function PositionFields({ form, change }: FieldsProps) {
  const { t } = useTranslation();
  const { holdings } = useDesk();
  const accounts = useStore(holdings.accounts.store, ({ view }) => view?.accounts) ?? [];
  const positions = useStore(holdings.positions.store, ({ view }) => view);
  const held = [...(positions?.values() ?? [])].filter(({ account }) => account === form.account);
  const named = new Set(
    [...held.map(({ instrument }) => instrument as string), form.position].filter(Boolean),
  );
  if (accounts.length === 0) return <p role="note">{t('alertform.no-account')}</p>;
  return (
    <>
      <ChoiceRow
        label={t('alertform.account')}
        testId="alert-account"
        value={form.account}
        options={accounts.map(({ id, label }) => ({ value: id, label }))}
        onChoose={(account) => change({ account, position: '' })}
      />
      <ChoiceRow
        label={t('alertform.position')}
        testId="alert-position"
        value={form.position}
        options={[
          { value: '', label: t('alertform.all') },
          ...[...named].map((value) => ({ value, label: instrumentName(value as never) })),
        ]}
        onChoose={(position) => change({ position })}
      />
      {form.kind === 'pnl' && (
        <ChoiceRow
          label={t('alertform.unit')}
          testId="alert-unit"
          value={form.profitUnit}
          options={(['currency', 'percent'] as const).map((value) => ({
            value,
            label: t(`alertunit.${value}`),
          }))}
          onChoose={(profitUnit) => change({ profitUnit })}
        />
      )}
      {form.kind === 'pnl' && form.position === '' && (
        <TextRow
          label={t('alertform.currency')}
          testId="alert-currency"
          value={form.currency}
          onType={(currency) => change({ currency: currency.toUpperCase() })}
        />
      )}
    </>
  );
}

function VenueFields({ form, change }: FieldsProps) {
  const { t } = useTranslation();
  const { description } = useDesk();
  const venues = useStore(description.store, (state) => state.venues);
  return (
    <>
      <ChoiceRow
        label={t('alertform.venue')}
        testId="alert-venue"
        value={form.venue}
        options={venues.map(({ id, name }) => ({ value: id as string, label: name }))}
        onChoose={(venue) => change({ venue })}
      />
      <TextRow
        label={t('alertform.seconds')}
        testId="alert-seconds"
        isNumber
        value={form.seconds}
        onType={(seconds) => change({ seconds })}
      />
    </>
  );
}
