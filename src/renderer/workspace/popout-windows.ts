import '../styles/popout.css';
import i18next from 'i18next';
import type { Undo } from '#shared/base/emitter.ts';
import { attachHotkeys } from '../commands/windows.ts';
import { borrowedBeat } from '../stores/borrowed-beat.ts';
import type { Desk } from '../stores/desk.ts';
import { addFrameWindow, lendFrames } from '../ui/window-frames.ts';
import { dressPopout } from './dress-popout.ts';
import { POPOUT_JOINS } from './popout-joins.ts';
import { popoutTrouble } from './popout-trouble.ts';

const BEAT_MS = 250;

/**
 * Looks after every window that is popped out of the desk: it wears what the desk wears, has its keys, its panel's name as its
 * title, and goes on painting when the desk's own window is covered. If nothing in it can be current, a strip in it says so.
 */
export function keepPopouts(desk: Pick<Desk, 'pulse'>): Undo {
  const open = new Map<Window, Undo>();
  let giveFramesBack: Undo | undefined;

  const leave = (popout: Window) => {
    open.get(popout)?.();
    open.delete(popout);
    if (open.size > 0) return;
    giveFramesBack?.();
    giveFramesBack = undefined;
  };
  const join = (event: Event) => {
    const popout = (event as CustomEvent<Window>).detail;
    event.preventDefault();
    leave(popout);
    giveFramesBack ??= lendFrames();
    open.set(popout, lookAfter(popout, desk));
    popout.addEventListener('pagehide', () => leave(popout), { once: true });
  };
  window.addEventListener(POPOUT_JOINS, join);
  return () => {
    window.removeEventListener(POPOUT_JOINS, join);
    for (const popout of [...open.keys()]) leave(popout);
  };
}

function lookAfter(popout: Window, { pulse }: Pick<Desk, 'pulse'>): Undo {
  const strip = popout.document.createElement('p');
  strip.className = 'popout-strip';
  strip.hidden = true;
  strip.setAttribute('role', 'alert');
  strip.dataset['testid'] = 'popout-strip';
  popout.document.body.append(strip);

  const beat = () => {
    borrowedBeat.emit();
    const trouble = popoutTrouble(pulse.getState(), document.visibilityState === 'hidden');
    const said = trouble === undefined ? '' : i18next.t(`popout.${trouble}`);
    if (strip.textContent !== said) strip.textContent = said;
    strip.hidden = said === '';
    const title = popoutTitle(popout.document, trouble !== undefined);
    if (popout.document.title !== title) popout.document.title = title;
  };
  // The pop-out's own: a browser slows the timers of a window nobody sees.
  const timer = popout.setInterval(beat, BEAT_MS);
  const undos = [
    dressPopout(popout.document),
    addFrameWindow(popout),
    attachHotkeys(popout),
    () => popout.clearInterval(timer),
  ];
  popout.addEventListener('load', beat, { once: true });
  return () => {
    for (const undo of undos) undo();
  };
}

/** `Chart · Heartline`, of the tabs in front; with a mark while nothing in it is current. */
function popoutTitle(popout: Document, isOld: boolean): string {
  const names = [...popout.querySelectorAll('.dv-active-tab .dock-title')].map(
    ({ textContent }) => textContent,
  );
  return [...(isOld ? [i18next.t('title.stale')] : []), ...names, i18next.t('app.name')].join(' · ');
}
