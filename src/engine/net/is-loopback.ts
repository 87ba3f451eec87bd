/** Whether the address leads to this machine itself. Throws `TypeError` for what is no URL. */
export function isLoopback(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
