/** What the log says of trading, and what the engine refuses there. */
export const tradingLog = {
  'happened.trading.disarmed-loosened':
    '{{venue}} was disarmed: limits were widened. Arm it again to agree to them.',
  'happened.order.buy': 'Buy {{quantity}} {{instrument}} at {{venue}}: {{words}} (filled {{filled}}).',
  'happened.order.sell': 'Sell {{quantity}} {{instrument}} at {{venue}}: {{words}} (filled {{filled}}).',
  'happened.sweep.left-over': '{{label}}: {{left}} orders may still be open. Cancel them at the venue.',

  'happened.paper.liquidated': '{{label}}: liquidated at the mark price. On paper; no money moved.',
  'happened.paper.hole':
    '{{label}}: trades were missed. Nothing is assumed of them: what rested was not filled by them.',
  'happened.paper.blind':
    '{{label}}: {{instrument}} was not followed for {{seconds}} seconds. Only trades that were fetched since count for what rested.',
  'happened.paper.restored': '{{label}}: taken up again. Nothing was filled while Heartline was off.',
  'happened.paper.unreadable':
    'The paper accounts could not be read: they are not there now. No money is involved.',
  'happened.paper.broken':
    'Paper accounts that make no sense were put aside: {{accounts}}. No money is involved.',
  'happened.paper.unwritable':
    'The paper accounts cannot be saved: what happens on paper now is gone after a restart.',

  'errors.position.none': 'There is no position in {{instrument}} any more, so nothing was sent.',
  'errors.sweep.unknown': 'This work has ended already.',
  'errors.sweep.unstoppable': 'The kill switch cannot be stopped: it goes on until nothing is open.',
  'errors.order.halted': 'Everything was halted in that moment, so nothing was sent.',
  'errors.order.untrusted': 'What this order relied on changed in that moment, so nothing was sent.',
  'errors.rest.crowded':
    'Too many calls to {{venue}} were waiting, so this order was not sent. Try again in a moment.',
  'errors.order.shape': 'This order is of a kind that cannot be changed from here. It stands as it was.',
  'errors.journal.gone':
    'The journal was moved or deleted while Heartline runs, so nothing was sent. Put it back or start Heartline anew.',
} as const;
