import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../ui/desk-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Pending } from '../ui/pending.tsx';
import { useLoaded } from '../ui/use-loaded.ts';

const load = async () => (await import('./flight/flight-dialog.tsx')).FlightDialog;

/** The flight recorder over whatever is shown, while an order is chosen for it. */
export function FlightDoor() {
  const { flightChoice } = useDesk();
  const clientOrderId = useStore(flightChoice.store, (state) => state.clientOrderId);
  return clientOrderId === undefined ? null : <Opened key={clientOrderId} clientOrderId={clientOrderId} />;
}

/** Its code comes when it is first wanted. */
function Opened({ clientOrderId }: { readonly clientOrderId: string }) {
  const { t } = useTranslation();
  const { flightChoice } = useDesk();
  const { part: Shown, error, retry } = useLoaded(load);
  if (Shown !== undefined) return <Shown clientOrderId={clientOrderId} onClose={flightChoice.close} />;
  return (
    <Dialog title={t('flight.title')} testId="flight-loading" onClose={flightChoice.close}>
      <Pending error={error} waiting={t('view.loading')} onRetry={retry} />
    </Dialog>
  );
}
