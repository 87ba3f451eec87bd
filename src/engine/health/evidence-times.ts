/** Wall times as people read them, in the three zones a report needs. */
export interface ReportTimes {
  /** `2026-07-01 22:58:21.250` each. */
  inZones(at: number): { readonly kst: string; readonly local: string; readonly utc: string };
  readonly localZone: string;
}

export function createReportTimes(localZone: string): ReportTimes {
  const kst = wordsIn('Asia/Seoul');
  const local = wordsIn(localZone);
  const utc = wordsIn('UTC');
  return { localZone, inZones: (at) => ({ kst: kst(at), local: local(at), utc: utc(at) }) };
}

/** `20260701-135821`, UTC: for a file name. */
export function fileStamp(at: number): string {
  return wordsIn('UTC')(at).slice(0, 19).replaceAll(/[-:]/g, '').replace(' ', '-');
}

function wordsIn(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  });
  return (at) => {
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
    for (const { type, value } of format.formatToParts(at)) parts[type] = value;
    const { year, month, day, hour, minute, second, fractionalSecond } = parts;
    return `${year}-${month}-${day} ${hour}:${minute}:${second}.${fractionalSecond}`;
  };
}
