import type { Undo } from '#shared/base/emitter.ts';

/** The pop-out's document wears what the desk's does: language, theme, colours, and every style sheet there is or comes. */
export function dressPopout(popout: Document): Undo {
  const wearAttributes = () => {
    const { attributes, style } = document.documentElement;
    // As an attribute the policy of the page would refuse it.
    popout.documentElement.style.cssText = style.cssText;
    for (const { name, value } of attributes) {
      if (isWorn(name) && popout.documentElement.getAttribute(name) !== value)
        popout.documentElement.setAttribute(name, value);
    }
    for (const { name } of [...popout.documentElement.attributes])
      if (isWorn(name) && !document.documentElement.hasAttribute(name))
        popout.documentElement.removeAttribute(name);
  };
  const wearSheets = () => {
    const worn = new Set<string>();
    for (const link of sheets(popout)) {
      // The dock brings those it finds at the start, too: once is enough.
      if (worn.has(link.href)) link.remove();
      worn.add(link.href);
    }
    for (const { href } of sheets(document)) {
      if (worn.has(href)) continue;
      const link = popout.createElement('link');
      link.rel = 'stylesheet';
      link.href = href;
      popout.head.append(link);
    }
  };
  wearAttributes();
  wearSheets();
  const attributes = new MutationObserver(wearAttributes);
  attributes.observe(document.documentElement, { attributes: true });
  // A part of the desk that is opened later brings its own sheet.
  const heads = new MutationObserver(wearSheets);
  heads.observe(document.head, { childList: true });
  heads.observe(popout.head, { childList: true });
  return () => {
    attributes.disconnect();
    heads.disconnect();
  };
}

/** Not what tests and the first paint leave on the desk's own. */
function isWorn(name: string): boolean {
  return (
    (name === 'lang' || name === 'class' || name.startsWith('data-')) && name !== 'data-first-live-candle'
  );
}

function sheets(of: Document): HTMLLinkElement[] {
  return [...of.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
}
