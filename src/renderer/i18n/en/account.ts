/** The accounts view: where keys lie, the wizard, what a key may do, how an account fares. */
export const account = {
  'view.accounts': 'Accounts',

  'accounts.title': 'Keys and accounts',
  'accounts.list': 'Key store and accounts',
  'accounts.add': 'Add a key…',
  'accounts.add-closed': 'Keys can be added once the key store is open',
  'accounts.waiting': 'Asking the engine which accounts there are…',
  'accounts.none': 'No account yet.',
  'accounts.none-once':
    'Paste a key once. It is kept by this computer and never shown again, not even to you.',
  'accounts.none-rights':
    'Before it is kept, the venue is asked what the key may do. One that may withdraw or transfer money is refused.',
  'accounts.none-live':
    'From then on balances, positions, open orders and fills stand here live, each with its age and where it came from.',
  'accounts.tail-explained': 'The last four characters of the key’s public half',
  'accounts.hedged': 'hedged',
  'accounts.since': 'since {{time}} · {{age}}',
  'accounts.next': 'Next:',
  'accounts.detail': 'The venue’s words: {{detail}}',
  'accounts.unknown': 'Order statuses nobody knows: {{words}}',
  'accounts.unknown-explained':
    'The venue sent these words for orders and Heartline does not guess what they mean. Look at those orders at the venue.',
  'accounts.retry': 'attempt {{attempt}} · again in {{left}}',
  'accounts.reconciled': 'compared {{age}} ago',
  'accounts.reconciled-explained': 'Everything was read from the venue and compared with what stands here.',
  'accounts.never-reconciled': 'not compared yet',
  'accounts.mended_one': '{{count}} difference mended',
  'accounts.mended_other': '{{count}} differences mended',
  'accounts.mended-explained':
    'What comparisons have found different from the venue so far. It was put right; the stream had not told it, or told it late.',
  'accounts.heard': 'stream heard {{age}} ago',
  'accounts.actions': 'What can be done with {{label}}',
  'accounts.reconcile': 'Compare now',
  'accounts.reconcile-explained': 'Reads everything from the venue again and puts right what differs',
  'accounts.recheck': 'Check rights',
  'accounts.recheck-explained': 'Asks the venue again what this key may do; done daily by itself',
  'accounts.rename': 'Rename…',
  'accounts.rotate': 'New key…',
  'accounts.remove': 'Remove…',
  'accounts.rename-title': 'Rename {{label}}',
  'accounts.rename-save': 'Save',
  'accounts.rotate-title': 'A new key for {{label}}',
  'accounts.rotate-explained':
    'It takes the old key’s place: same venue, environment and label. If it is refused, the old key stays in use.',
  'accounts.rotate-send': 'Check and replace',
  'accounts.rotate-kept': 'The old key is still in use; nothing was changed.',
  'accounts.rotate-done': 'The new key is in use. Delete the old one at the venue.',
  'accounts.remove-title': 'Remove {{label}}?',
  'accounts.remove-explained':
    'The key is deleted from this computer, and everything shown of the account goes. It can be added again with its key.',
  'accounts.remove-venue':
    'At the venue nothing changes: positions and open orders stay, and the key works until you delete it there.',
  'accounts.keep': 'Keep it',
  'accounts.remove-sure': 'Remove the key',

  'paper.rules':
    'Filled here against the live book and public trades, never kinder than the market: leverage 10, fees of the venue’s basic tier, liquidation at mark, no funding.',
  'paper.reset': 'Begin anew…',
  'paper.reset-title': 'Begin {{label}} anew?',
  'paper.reset-explained':
    'Open paper orders are cancelled, and positions, balances and history of this account go. It has the starting money again.',
  'paper.reset-sure': 'Begin anew',
  'paper.remove-title': 'Remove {{label}}?',
  'paper.remove-explained':
    'Open paper orders are cancelled, and everything of this account goes. No money is involved; another can be added any time.',
  'paper.remove-sure': 'Remove the paper account',

  'accountstate.live': 'live',
  'accountstate.resting': 'resting',
  'accountstate.locked': 'locked',
  'accountstate.connecting': 'connecting',
  'accountstate.loading': 'reading',
  'accountstate.degraded': 'degraded',
  'accountstate.waiting': 'disconnected',
  'accountstate.refused': 'refused',
  'accountstate.live-means': 'Every change is told by the venue as it happens.',
  'accountstate.connecting-means': 'Connecting to {{venue}}.',
  'accountstate.loading-means': 'Reading everything from {{venue}}.',
  'accountstate.resting-means':
    'This key is of another environment than the desk, so it is kept and not used.',
  'accountstate.resting-do': 'Start Heartline for its environment to use it.',
  'accountstate.locked-means':
    'The key store is locked, so nothing can be signed. Figures are as old as they say.',
  'accountstate.locked-do':
    'Unlock the key store above. If it is open, it has no key for this account any more: put a new one in its place.',
  'accountstate.degraded-means': 'Figures are read over REST every few seconds meanwhile.',
  'accountstate.degraded-do':
    'Figures may be seconds late: look twice before acting. Heartline goes back to the stream by itself.',
  'accountstate.waiting-do':
    'Figures are as old as they say; orders at the venue stand as they are. Heartline tries again by itself.',

  'private.socket.silent': 'The private stream of {{venue}} is connected and says nothing.',
  'private.socket.closed': '{{venue}} closed the private stream.',
  'private.socket.reset': 'The connection to the private stream of {{venue}} broke.',
  'private.socket.refused': '{{venue}} does not accept a connection to its private stream.',
  'private.socket.slow': 'The private stream of {{venue}} arrives late.',
  'private.timeout': '{{venue}} did not answer about this account in time.',
  'private.auth': '{{venue}} did not accept the login of the private stream.',
  'private.auth-do': 'Check the rights of this key. If that is refused too, replace the key.',
  'private.clock': 'This computer’s clock and that of {{venue}} differ too much for signed requests.',
  'private.clock-do': 'Set this computer’s clock to automatic. Heartline tries again by itself.',
  'private.ban': '{{venue}} has banned this address for a while.',
  'private.venue.error': '{{venue}} answers about this account with an error.',
  'private.listen-key': '{{venue}} does not give out the token that opens its private stream.',
  'private.listen-key-do':
    'The key itself works. Figures may be seconds late until the venue gives tokens again; Heartline keeps asking.',

  'connection.account': 'account {{label}}',

  'environment.mainnet': 'REAL MONEY',
  'environment.demo': 'venue demo',
  'environment.testnet': 'testnet',
  'environment.simulator': 'simulator',
  'environment.mainnet-means': 'A key of the real market: what it shows is real money.',
  'environment.demo-means': 'The venue’s own demo: real prices, play money.',
  'environment.testnet-means': 'The venue’s test network: its own prices, play money.',
  'environment.simulator-means': 'Heartline’s built-in simulator: nothing here is real.',
  'mode.read-only': 'read-only',
  'mode.trade': 'may trade',
  'mode.read-only-means': 'Heartline never orders anything with this key.',
  'mode.trade-means': 'The key may place orders.',

  'right.title': 'What the key may do',
  'right.read': 'read',
  'right.trade': 'trade',
  'right.withdraw': 'withdraw',
  'right.transfer': 'transfer',
  'right.ipBound': 'bound to an address',
  'right.read-means': 'Balances, positions, orders and fills.',
  'right.trade-means': 'Placing and cancelling orders.',
  'right.withdraw-means': 'Sending money away: a key that may is refused.',
  'right.transfer-means': 'Moving money between accounts: a key that may is refused.',
  'right.ipBound-means': 'Works from named addresses only: stolen, it is of no use elsewhere.',
  'right.is-yes': 'yes',
  'right.is-no': 'no',
  'right.is-unknown': 'not told',
  'right.expires_one': 'expires in {{count}} day',
  'right.expires_other': 'expires in {{count}} days',
  'right.expired': 'expired',

  'verdict.trade': 'This key can be used',
  'verdict.read-only': 'This key can be used for reading',
  'verdict.refused': 'This key is refused',
  'verdict.trade-means': 'It may read and trade, and cannot take money away.',
  'verdict.no-trade': 'It may read and not trade.',
  'verdict.no-trade-do': 'To order with it later, tick trading at {{venue}} and check its rights again.',
  'verdict.rights-unknown':
    '{{venue}} does not tell everything this key may do, so nothing is ever ordered with it.',
  'verdict.rights-unknown-do':
    'Look at the key’s rights at {{venue}}. If it may withdraw, make one that may not and use that.',
  'verdict.nothing-kept': 'Nothing of it was kept.',

  'refusal.withdraw': 'This key may withdraw money. Whoever gets hold of it can empty the account.',
  'refusal.withdraw-do':
    'Untick withdrawals for this key at {{venue}}, or make a key without them, and paste that.',
  'refusal.transfer': 'This key may move money to other accounts.',
  'refusal.transfer-do':
    'Untick transfers for this key at {{venue}}, or make a key without them, and paste that.',
  'refusal.no-read': 'This key may not read balances and orders, so there would be nothing to show.',
  'refusal.no-read-do': 'Tick reading for this key at {{venue}} and check it again.',
  'refusal.wrong-key': '{{venue}} does not know this key.',
  'refusal.wrong-key-do':
    'Was it copied whole? Is it of this environment? Was it deleted at {{venue}}? If so, make a new one and paste that.',
  'refusal.wrong-secret': 'The secret does not belong to this key.',
  'refusal.wrong-secret-do':
    'Paste both halves again. {{venue}} shows a secret once: if it is lost, make a new key.',
  'refusal.wrong-environment': 'This key is of another environment of {{venue}}.',
  'refusal.wrong-environment-do': 'Choose the environment the key was made in, or make a key in this one.',
  'refusal.expired': 'This key has expired.',
  'refusal.expired-do': 'Make a new key at {{venue}} and put it in this one’s place.',
  'refusal.address': '{{venue}} does not accept this key from this computer’s address.',
  'refusal.address-do':
    'Add this computer’s address to the key at {{venue}}. A VPN or a new line changes it.',
  'refusal.clock': 'This computer’s clock is off, so {{venue}} refuses what it signs.',
  'refusal.clock-do': 'Set the clock to automatic in the system’s settings and check again.',
  'refusal.unreachable': '{{venue}} cannot be reached, so the key could not be checked.',
  'refusal.unreachable-do': 'Check your network, then try again: an unchecked key is not kept.',
  'refusal.venue': '{{venue}} refused in a way we do not know, so the key could not be judged.',
  'refusal.venue-do': 'Try again in a few minutes. If it stays, look at the key at {{venue}}.',

  'wizard.title': 'Add a key',
  'wizard.venue': 'Venue',
  'wizard.environment': 'Environment',
  'wizard.demo': 'Just looking? Play money at one click:',
  'wizard.demo-key': 'Try {{venue}} with a demo key',
  'wizard.apiKey': 'Key',
  'wizard.secret': 'Secret',
  'wizard.apiKey-hint': 'The public half; also called API key or access key',
  'wizard.secret-hint': 'The half the venue shows once',
  'wizard.length_one': '{{count}} character',
  'wizard.length_other': '{{count}} characters',
  'wizard.wrong':
    'Both halves are needed: at least 8 letters, digits and signs each, without spaces. Nothing was sent.',
  'wizard.check': 'Check what it may do',
  'wizard.checking': 'Asking the venue…',
  'wizard.promise':
    'The venue is asked what the key may do before anything is kept. The fields are emptied as soon as they are sent, and nothing shows the key again.',
  'wizard.forgotten': 'The key waited too long and was forgotten. Paste it again.',
  'wizard.label': 'Label',
  'wizard.label-hint': 'Stands beside every figure of this account',
  'wizard.label-taken': 'Another account has this label: telling them apart will be hard',
  'wizard.add': 'Keep this key',
  'wizard.adding': 'Checking once more and keeping it…',
  'wizard.added': 'The account is there. Its figures come as soon as the venue has told them.',
  'wizard.other-key': 'Another key instead',
  'wizard.another': 'Add another',
  'wizard.done': 'Done',

  'hint.title': 'When you make the key at {{venue}}',
  'hint.never': 'Never tick withdrawals or transfers. Heartline refuses such a key.',
  'hint.address': 'Bind it to this computer’s address where the venue offers that.',
  'hint.binance':
    'Tick “Enable Reading”, and “Enable Futures” if you want to order later. Leave “Enable Withdrawals” and every transfer off.',
  'hint.bybit':
    'A system-generated key. “Read-Only”, or “Read-Write” with Orders and Positions of Contract and Spot. Leave everything under Wallet off. Unbound keys end after 90 days.',
  'hint.upbit':
    'Tick “View assets” and “View orders”, and “Make orders” if you want to order later. Upbit wants the address of this computer. Keys end after a year.',
  'hint.bithumb':
    'API 2.0. Tick “View assets” and “View orders”, and “Orders” if you want to order later. Leave withdrawals off.',
} as const;
