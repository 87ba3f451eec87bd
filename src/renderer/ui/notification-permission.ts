/** What the system says to notifications of this window. `missing`: it has none. */
export type NotificationRight = NotificationPermission | 'missing';

export function notificationRight(): NotificationRight {
  return 'Notification' in window ? Notification.permission : 'missing';
}

/** Asks the person, through the browser; only ever on a click. */
export async function askForNotifications(): Promise<NotificationRight> {
  return 'Notification' in window ? Notification.requestPermission() : 'missing';
}
