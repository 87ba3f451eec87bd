/** Id of the place in the top bar where the view shown puts its own buttons. */
export const VIEW_TOOLS = 'view-tools';
