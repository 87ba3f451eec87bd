/** Windows popped out of the desk. */
export const popout = {
  'popout.asleep':
    '▲ Heartline’s main window is in the background and hears nothing: no number here is current. Bring it to the front.',
  'popout.silent': '▲ The engine does not answer: no number here is current.',
} as const;
