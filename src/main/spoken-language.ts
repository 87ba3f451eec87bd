import type { Engine } from '#engine/engine.ts';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { ShellLanguage } from '#shared/domain/shell-words.ts';
import type { Log } from './log.ts';

const ASK_EVERY_MS = 2_000;

export interface SpokenLanguage {
  /** What the shell says at this moment it says in this language. */
  readonly now: () => ShellLanguage;
  /** From here on the person's own choice in the settings counts, and each change of it. */
  follow(wish: LanguageWish): Undo;
}

export interface LanguageWish {
  readonly engine: Pick<Engine, 'api'>;
  readonly clock: Pick<Clock, 'every'>;
  readonly log: Pick<Log, 'error'>;
  /** Called after each change: what stands on the screen is said anew. */
  changed(): void;
}

/** The language of tray, menus and the shell's own questions: the system's, until the person has chosen another. */
export function createSpokenLanguage(system: ShellLanguage): SpokenLanguage {
  let spoken = system;
  return {
    now: () => spoken,
    follow({ engine, clock, log, changed }) {
      let complained = false;
      let isOver = false;
      const ask = async () => {
        try {
          const { language } = await engine.api.request('settings.read', {});
          const wanted = language === 'system' ? system : language;
          if (isOver || wanted === spoken) return;
          spoken = wanted;
          changed();
        } catch (fault) {
          if (!complained && !isOver) log.error(`the shell cannot know its language: ${messageOf(fault)}`);
          complained = true;
        }
      };
      void ask();
      const stop = clock.every(ASK_EVERY_MS, () => void ask());
      return () => {
        isOver = true;
        stop();
      };
    },
  };
}
