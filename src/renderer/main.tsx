import '@fontsource-variable/inter';
import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css';
import './styles/desk.css';
import { createRoot } from 'react-dom/client';
import { systemClock } from '#shared/base/system-clock.ts';
import { createClient } from '#shared/contract/client.ts';
import { Boot } from './boot.tsx';
import { connectHost } from './host.ts';
import { startLanguages } from './i18n/i18n.ts';

startLanguages();
// A new login link pasted into this tab changes only the fragment: the host's login page has to see it.
window.addEventListener('hashchange', () => {
  if (window.location.hash.startsWith('#token=')) window.location.reload();
});
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<Boot client={createClient({ connect: connectHost, clock: systemClock })} />);
