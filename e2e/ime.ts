import type { CDPSession, Page } from '@playwright/test';

/** Keys of the two-set Korean layout by the consonant or vowel they give. */
const KEYS: Readonly<Record<string, string>> = {
  ㅂ: 'KeyQ',
  ㅣ: 'KeyL',
  ㅌ: 'KeyX',
  ㅡ: 'KeyM',
  ㅋ: 'KeyZ',
  ㅇ: 'KeyD',
};

export interface HangulInput {
  /** A key as it comes with the input method on: taken (229), with what is composed so far. */
  press(letter: string, composed: string): Promise<void>;
  /** The syllable is done and the next begins. */
  commit(text: string): Promise<void>;
  /** A key that the input method takes, by its physical name, where nothing is composed. */
  take(code: string, modifiers?: number): Promise<void>;
}

/** A Korean input method as the browser hears it from the system. Chromium only. */
export async function hangulInput(page: Page): Promise<HangulInput> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  const take = async (code: string, modifiers = 0) => {
    const key = { code, key: 'Process', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229, modifiers };
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
  };
  return {
    take,
    async press(letter, composed) {
      await take(KEYS[letter] ?? '');
      await cdp.send('Input.imeSetComposition', {
        text: composed,
        selectionStart: composed.length,
        selectionEnd: composed.length,
      });
    },
    commit: async (text) => {
      await cdp.send('Input.insertText', { text });
    },
  };
}
