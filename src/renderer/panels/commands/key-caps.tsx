import { useStore } from 'zustand';
import type { Chord } from '../../commands/chord.ts';
import { IS_MAC } from '../../commands/is-mac.ts';
import { chordKeys, keyLayout } from '../../commands/key-label.ts';

/** A chord as keys to be seen; for those who hear it, its text is one word after another. */
export function KeyCaps({ chord }: { readonly chord: Chord }) {
  const printed = useStore(keyLayout, (state) => state.printed);
  return (
    <span className="key-caps">
      {chordKeys(chord, IS_MAC, printed).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
