/** Arming, halting and the kill switch's door: what the engine throws and logs about them. */
export const halt = {
  'errors.arm.wait': 'Too many wrong phrases. Wait {{seconds}} s and type it again. Nothing was changed.',
  'errors.halt.unremovable':
    'Trading stays HALTED, because the halt on the disk cannot be removed: {{reason}}. Make the data folder writable, then type RESUME again.',

  'happened.trading.armed': '{{venue}} is ARMED: orders placed here move real money there.',
  'happened.trading.disarmed-person': '{{venue}} is disarmed: you did it. No order leaves for it.',
  'happened.trading.disarmed-idle': '{{venue}} is disarmed: no order went there for a while.',
  'happened.trading.disarmed-lock': '{{venue}} is disarmed: the screen was locked.',
  'happened.trading.disarmed-suspend': '{{venue}} is disarmed: this machine went to sleep.',
  'happened.trading.disarmed-resume': '{{venue}} is disarmed: this machine slept.',
  'happened.trading.disarmed-clock-step':
    '{{venue}} is disarmed: this machine’s clock jumped. Check the time, then arm it again.',
  'happened.trading.disarmed-halted': '{{venue}} is disarmed: trading is halted.',
  'happened.trading.disarmed-mainnet-off':
    '{{venue}} is disarmed: real money was switched off in the settings.',
  'happened.trading.disarmed-quit': '{{venue}} is disarmed: Heartline ends.',
  'happened.trading.halted':
    'Trading is HALTED ({{from}}). No order leaves until RESUME is typed; cancels still do. Positions stay as they are.',
  'happened.trading.resumed':
    'Trading is resumed ({{from}}). Real venues stay disarmed until they are armed.',
  'happened.halt.unwritable':
    'Trading is HALTED, but that cannot be written to the disk: {{reason}}. It holds while Heartline runs; a restart would forget it. It is tried again every second.',
  'happened.halt.written': 'The halt is on the disk now; a restart keeps it.',
  'happened.killdoor.refused':
    'A program asked for the kill switch without its token and was refused. Nothing was cancelled by it.',
  'happened.killdoor.elsewhere':
    'The kill switch for the command line could not be put in its usual place and is tried elsewhere: {{reason}}.',
  'happened.killdoor.none':
    'The kill switch cannot be reached from the command line: {{reason}}. The button and the shortcut work all the same.',
} as const;
