/** Whether ⌘ is this keyboard's main modifier. */
export const IS_MAC: boolean = typeof navigator !== 'undefined' && /^(?:Mac|iP)/.test(navigator.platform);
