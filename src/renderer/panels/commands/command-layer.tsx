import { useEffect, useRef } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { HeartlineError } from '#shared/base/errors.ts';
import { openSearch } from '../../commands/general-commands.ts';
import { IS_MAC } from '../../commands/is-mac.ts';
import { judgePress } from '../../commands/judge-press.ts';
import { readKeyLayout } from '../../commands/key-label.ts';
import { closeLayer, currentPage, layer, layerPage } from '../../commands/layer.ts';
import { pressOf } from '../../commands/press.ts';
import { runCommand } from '../../commands/run-command.ts';
import { attachHotkeys, onKeydown } from '../../commands/windows.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { CheatSheet } from './cheat-sheet.tsx';
import { OrderDialog } from './order-dialog.tsx';
import { Palette } from './palette.tsx';
import { useBindings } from './use-keys.ts';
import '../../styles/commands.css';

/** Everything that comes of keys: one listener, and over the desk what they open. Once for the page. */
export function CommandLayer() {
  const { t } = useTranslation();
  const desk = useDesk();
  const bindings = useBindings();
  const ordersOn = useStore(desk.settings.store, ({ trading }) => trading.hotkeys);
  const { shown, page } = useStore(layer);
  const rules = useRef({ bindings, ordersOn, isMac: IS_MAC });
  rules.current = { bindings, ordersOn, isMac: IS_MAC };

  useEffect(() => {
    const undoWindow = attachHotkeys(window);
    const undoKeys = onKeydown((event) => {
      const judged = judgePress(pressOf(event), rules.current);
      if (judged.kind === 'nothing') return;
      layerPage(event.view?.document ?? document);
      if (judged.kind === 'search') {
        // Drawn at once: the letter is written into the field that has the focus when this ends.
        flushSync(openSearch);
        return;
      }
      event.preventDefault();
      if (judged.kind === 'swallow') return;
      const { command } = judged;
      if (command.isOverDialogs) leaveDialogs(currentPage());
      flushSync(() => {
        const why = runCommand(command, desk);
        if (why !== undefined)
          desk.notices.show(new HeartlineError('command.barred', t(why), { details: { why: t(why) } }));
      });
    });
    void readKeyLayout();
    return () => {
      undoKeys();
      undoWindow();
      closeLayer();
    };
  }, [desk, t]);

  const isBroken = bindings.problems.length > 0;
  useEffect(() => {
    if (isBroken) desk.notices.show(new HeartlineError('hotkeys.ignored', 'some kept keys make no sense'));
  }, [isBroken, desk]);

  if (shown === undefined) return null;
  // The window may be gone by now.
  const body = page?.defaultView ? page.body : document.body;
  return createPortal(<Shown key={JSON.stringify(shown)} />, body);
}

function Shown() {
  const shown = useStore(layer, (state) => state.shown);
  if (shown === undefined) return null;
  switch (shown.kind) {
    case 'palette':
      return <Palette asked={shown} onClose={closeLayer} />;
    case 'cheat-sheet':
      return <CheatSheet onClose={closeLayer} />;
    default:
      return <OrderDialog shown={shown} onClose={closeLayer} />;
  }
}

/** What is obeyed over dialogs needs the window free: each is left as by Esc. */
function leaveDialogs(page: Document): void {
  for (const one of page.querySelectorAll<HTMLDialogElement>('dialog:modal')) one.close();
}
