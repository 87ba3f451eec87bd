/** Hands bytes to the browser to be saved under a name. */
export function saveFile(name: string, bytes: Uint8Array, type: string): void {
  const address = URL.createObjectURL(new Blob([bytes.slice().buffer], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the bytes over by the time this task is done; a minute is for slow disks.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
