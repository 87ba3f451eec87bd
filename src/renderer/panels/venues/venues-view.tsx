import '../../styles/venues.css';
import { CapabilityPanel } from './capability-panel.tsx';
import { RecorderPanel } from './recorder-panel.tsx';

/** What each venue can and cannot do, exchanges to add, and the recorder. */
export function VenuesView() {
  return (
    <>
      <CapabilityPanel />
      <RecorderPanel />
    </>
  );
}
