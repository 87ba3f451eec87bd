/** Where keys are kept, and what is said when something of keys or accounts fails. */
export const keys = {
  'store.title': 'Where keys are kept',
  'store.keychain': 'in the system’s keychain: {{name}}',
  'store.vault': 'in a vault with a passphrase',
  'store.memory': 'in memory only',
  'store.keychain-means': 'The operating system guards them.',
  'store.vault-means': 'An encrypted file in Heartline’s data folder.',
  'store.memory-means': 'Nothing is written: they are gone when Heartline ends.',
  'store.choose-means': 'There is no keychain here. Choose what happens to the keys you add:',
  'store.change': 'Keep them elsewhere…',
  'store.keychain-fault': 'Why not the system’s keychain: {{reason}}',
  'store.lock': 'Lock',
  'store.lock-explained':
    'Nothing is signed until it is unlocked: accounts go out and their figures keep their age',
  'store.unlock': 'Unlock',
  'store.look-again': 'Look for it again',
  'store.passphrase': 'Passphrase',
  'store.passphrase-again': 'Once more',
  'store.busy': 'A moment…',
  'storestate.open': 'Keys are open',
  'storestate.locked': 'Keys are locked',
  'storestate.empty': 'The vault has no passphrase yet',
  'storestate.gone': 'The key store is gone',
  'storestate.choose': 'Where should keys be kept?',
  'storestate.locked-means':
    'Nothing can be signed: accounts are out, and what is shown of them is as old as it says.',
  'storestate.locked-do': 'Unlock to go on. Orders at the venues stand as they are.',
  'storestate.empty-means': 'Keys can be kept once it has one.',
  'storestate.empty-do': 'Choose a passphrase. It is stored nowhere and cannot be recovered.',
  'storestate.gone-means':
    'The keychain or the vault’s file cannot be reached, so no account can connect. Positions and orders at the venues stand as they are.',
  'storestate.gone-do':
    'Start the system’s keychain service, or bring the data folder back, and look again. Lost keys can be added anew.',
  'passphrase.missing': 'Type the passphrase first.',
  'passphrase.short': 'At least 8 characters. Nothing was changed.',
  'passphrase.differs': 'The two differ. Nothing was changed.',
  'choose.keychain': 'The system’s keychain',
  'choose.keychain-means':
    'Guarded by the operating system and unlocked with your session. The best place, where there is one.',
  'choose.keychain-do': 'Use the keychain',
  'choose.vault': 'A vault with a passphrase',
  'choose.vault-means':
    'An encrypted file. You type the passphrase after every start. Whoever forgets it adds the keys anew: nobody can recover it.',
  'choose.vault-do': 'Make the vault',
  'choose.memory': 'Memory only',
  'choose.memory-means':
    'Nothing is written anywhere. Keys are gone when Heartline ends and are pasted anew each time.',
  'choose.memory-do': 'Keep nothing',

  'errors.account.none': 'A recording is nobody’s account: keys are not used here. Nothing was touched.',
  'errors.account.unknown': 'This account is not there any more. Nothing was changed.',
  'errors.account.wrong-key':
    'The venue does not know this key. Nothing on your account was touched. Check that it was copied whole and is of this environment.',
  'errors.account.wrong-secret':
    'The venue refuses the signature: the secret does not belong to this key. Nothing on your account was touched. Put a new key in its place.',
  'errors.account.expired':
    'This key has expired. Nothing on your account was touched. Put a new key in its place.',
  'errors.account.address':
    'The venue does not accept this key from this computer’s address. Nothing on your account was touched. Add the address to the key at the venue.',
  'errors.account.permission':
    'The key may not do this. Nothing on your account was touched. Look at its rights at the venue.',
  'errors.account.clock':
    'The venue says that this computer’s clock is off, so it refuses what is signed. Nothing on your account was touched. Set the clock to automatic.',
  'errors.account.rate-limit':
    'The venue asked us to slow down. Nothing on your account was touched. Try again in a moment.',
  'errors.account.ban':
    'The venue has banned this address for a while. Nothing on your account was touched. What was asked waits until the ban ends.',
  'errors.account.geo':
    'The venue does not serve accounts from this place. Nothing on your account was touched. Check any VPN or proxy.',
  'errors.account.maintenance':
    'The venue is under maintenance. Nothing on your account was touched. Try again when it is back.',
  'errors.account.not-found':
    'The venue does not know what was asked for. Nothing on your account was touched.',
  'errors.account.listen-key':
    'The venue did not give out the token that opens its private stream. Nothing on your account was touched; figures are read over REST meanwhile.',
  'errors.account.venue.error':
    'The venue answered with an error. Nothing on your account was touched. Try again in a moment.',
  'errors.keys.locked': 'The key store is locked, so this was not done. Unlock it and try again.',
  'errors.keys.gone':
    'The key store cannot be reached, so nothing was changed. Start the system’s keychain service, or bring the data folder back.',
  'errors.keys.too-long':
    'The keychain takes no key as long as this, so nothing was kept. Choose a vault instead.',
  'errors.keys.unreadable':
    'The list of keys {{file}} cannot be read ({{reason}}), so nothing was kept and nothing in it was touched. Make it readable, or use the newer Heartline that wrote it, and start again.',
  'errors.keys.unwritable':
    'The key could not be written, so nothing was kept. Check that the data folder can be written and the disk is not full.',
  'errors.keys.fault':
    'The key store refused and did not say why. Nothing was kept or changed. Try again, or choose a vault.',
  'errors.keys.wrong-passphrase': 'This passphrase does not open the vault. Nothing was changed.',
  'errors.keys.too-many-guesses':
    'Too many wrong passphrases: wait a moment before the next. Nothing was changed.',
  'errors.keys.vault-damaged':
    'The vault’s file is damaged and cannot be read. It was kept beside the new one. Add the keys again, or bring the file back from a copy.',
  'errors.keys.vault-newer':
    'The vault was made by a newer Heartline. It was not touched. Use that version, or a data folder of its own.',
  'errors.account.changed':
    'The account was changed while its key was checked, so the answer was thrown away. Nothing on your account was touched. Check it again.',
  'errors.account.closed':
    '{{label}} is not connected now, so this could not be asked. Nothing on your account was touched. Its line among the accounts says why.',
  'errors.account.duplicate': 'This key is here already, as {{label}}. Nothing was changed.',
  'errors.account.not-offered':
    'A key of {{environment}} at {{venue}} cannot be used here. Nothing was kept.',
  'errors.account.too-many':
    '{{limit}} keys of {{venue}} are kept already, which is the most. Remove one first.',
  'errors.keys.empty': 'The vault has no passphrase yet, so nothing can be kept. Choose one first.',
  'errors.keys.missing':
    'The key store has no key for {{label}} any more. Put a new one in its place, or remove the account.',
  'errors.keys.not-chosen':
    'It is not chosen yet where keys are kept, so nothing was kept. Choose that first.',

  'happened.account.connected': '{{label}} at {{venue}}: the key works.',
  'happened.account.restored': '{{label}} at {{venue}}: the key works again.',
  'happened.account.lost':
    '{{label}} at {{venue}}: the key is refused: {{reason}}. Nothing is ordered with it; its figures are not live.',
  'happened.account.dangerous':
    '{{label}} at {{venue}}: {{reason}}. The key is not used any more. Take that right away at the venue, or put another key in its place.',
  'happened.account.refused': 'A key of {{venue}} was refused: {{reason}}. Nothing of it was kept.',
  'happened.account.recheck-failed':
    'The rights of {{label}} could not be checked: {{reason}}. What was known stands; asked again later.',
  'happened.account.mode': '{{label}} at {{venue}}: {{mode}} from now on.',
  'happened.account.rotated': '{{label}} at {{venue}} has a new key.',
  'happened.account.removed':
    '{{label}} at {{venue}} was removed, with its key. At the venue nothing changed.',
  'happened.account.not-ip-bound':
    '{{label}} at {{venue}} works from every address: bind it to this computer’s.',
  'happened.account.live': '{{label}} at {{venue}}: figures are live.',
  'happened.account.down':
    '{{label}} at {{venue}} is not live: {{state}}. Its figures are as old as they say.',
  'happened.account.mended':
    '{{label}} at {{venue}}: {{count}} figures differed from the venue and were put right ({{first}}).',
  'happened.account.mute':
    '{{label}} at {{venue}}: the private stream kept back what REST knows ({{first}}). A new one is opened.',
  'happened.account.unreadable': '{{label}} at {{venue}} sent what nobody can read: {{reason}}.',
  'happened.keys.locked': 'The keys are locked: nothing is signed until they are unlocked.',
  'happened.keys.gone':
    'The place where keys lie cannot be reached: {{reason}}. No account can connect until it is back.',
  'happened.keys.missing': 'The key store has no key for {{label}} any more. Put a new one in its place.',
  'happened.keys.partly':
    '{{count}} accounts in the list of keys could not be read and were left out. Add them again.',
  'happened.keys.unreadable':
    'The list of keys {{file}} cannot be read: {{reason}}. It was not touched; its accounts are not shown, and positions and orders at the venues stand as they are. Make it readable, or use the newer Heartline that wrote it, and start again.',
  'happened.keys.unwritable':
    'What was found out of the keys could not be written. Check that the data folder can be written and the disk is not full.',
  'happened.keys.broken':
    'The list of keys could not be read and was set aside as {{file}}. Add the keys again.',
  'happened.keys.left-behind':
    'A deleted key could not yet be taken out of its place ({{store}}). Tried again later.',
  'happened.keys.fault': 'The keychain refused: {{reason}}.',
  'happened.keys.vault-damaged':
    'The vault is damaged and cannot be read; it was set aside. Add the keys again, or bring it back from a copy.',
  'happened.account.expires':
    'The key of {{label}} at {{venue}} ends in {{days}} days. Make a new one before then.',

  'why.withdraw': 'it may withdraw money',
  'why.transfer': 'it may move money to other accounts',
  'why.no-read': 'it may not read',
  'why.wrong-key': 'the venue does not know it',
  'why.wrong-secret': 'the secret does not belong to it',
  'why.wrong-environment': 'it is of another environment',
  'why.expired': 'it has expired',
  'why.address': 'it is not accepted from this address',
  'why.clock': 'this computer’s clock is off',
  'why.unreachable': 'the venue cannot be reached',
  'why.venue': 'the venue refused in a way we do not know',
} as const;
