import { type ComponentType, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { offerAct } from '../../commands/offers.ts';
import { asError } from '../../stores/as-error.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { guide, startTour } from './guide.ts';

interface Fetched {
  readonly Tour: ComponentType;
  readonly ConnectWizard: ComponentType;
}

/** The tour and the wizard: their code comes when one of them is first asked for. */
export function GuideDoor() {
  const desk = useDesk();
  const { notices } = desk;
  const { tour, connecting } = useStore(guide);
  const [fetched, setFetched] = useState<Fetched>();
  // The palette asks for it by name.
  useEffect(() => offerAct('tour', () => startTour(desk)), [desk]);
  const isWanted = tour !== undefined || connecting;
  useEffect(() => {
    if (!isWanted || fetched !== undefined) return;
    let ended = false;
    Promise.all([import('./tour/tour.tsx'), import('./connect/connect-wizard.tsx')]).then(
      ([{ Tour }, { ConnectWizard }]) => {
        if (!ended) setFetched({ Tour, ConnectWizard });
      },
      (fault: unknown) => {
        guide.setState({ tour: undefined, connecting: false });
        notices.show(asError(fault));
      },
    );
    return () => {
      ended = true;
    };
  }, [isWanted, fetched, notices]);
  if (fetched === undefined) return null;
  if (tour !== undefined) return <fetched.Tour />;
  return connecting ? <fetched.ConnectWizard /> : null;
}
