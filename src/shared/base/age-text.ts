/** How long ago, never finer than a second: `38 s`, `3 m 05 s`, `2 h 04 m`, `3 d 02 h`; in Korean `38초`. For text outside of the window. */
export function ageText(ms: number, language: 'en' | 'ko'): string {
  if (!Number.isFinite(ms)) return '—';
  const [second, minute, hour, day] =
    language === 'ko' ? ['초', '분', '시간', '일'] : [' s', ' m', ' h', ' d'];
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return `${seconds}${second}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}${minute} ${two(seconds % 60)}${second}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}${hour} ${two(minutes % 60)}${minute}`;
  return `${Math.floor(hours / 24)}${day} ${two(hours % 24)}${hour}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
