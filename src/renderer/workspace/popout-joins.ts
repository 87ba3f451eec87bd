/** Event on the desk's window with which a pop-out (its `detail`) asks to be looked after; prevented by who does. */
export const POPOUT_JOINS = 'heartline:popout-joins';
