import { createHash } from 'node:crypto';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { EvidenceFile } from '#shared/contract/api.ts';
import { evidencePage } from './evidence-page.ts';
import { type EvidenceInput, reportOf } from './evidence-report.ts';
import { createReportTimes, fileStamp } from './evidence-times.ts';

/** Compressed at a go, bytes: the event loop gets its turn in between. */
const CHUNK = 256 * 1024;

/**
 * One zip: `report.json`, `report.html`, `log.ndjson`, and `hashes.txt` with the SHA-256 of each, as `sha256sum -c` reads
 * it. The same input makes the same bytes. `pause` lets others run.
 */
export async function packEvidence(input: EvidenceInput, pause: () => Promise<void>): Promise<EvidenceFile> {
  const { report, log } = reportOf(input);
  await pause();
  const parts: [string, Uint8Array][] = [
    ['report.json', strToU8(`${JSON.stringify(report, undefined, 1)}\n`)],
    ['report.html', strToU8(evidencePage(report, log))],
    ['log.ndjson', strToU8(log.map((entry) => `${JSON.stringify(entry)}\n`).join(''))],
  ];
  await pause();
  const hashes = parts.map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`).join('');
  const bytes = await zipped([...parts, ['hashes.txt', strToU8(hashes)]], input.exportedAt, pause);
  return { fileName: fileNameOf(input), bytes, sha256: sha256(bytes) };
}

function fileNameOf({ exportedAt, incident }: EvidenceInput): string {
  const what =
    incident === undefined ? 'range' : incident.connection.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return `heartline-evidence-${fileStamp(exportedAt)}-${what.slice(0, 60)}.zip`;
}

async function zipped(
  parts: readonly (readonly [string, Uint8Array])[],
  at: number,
  pause: () => Promise<void>,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const faults: Error[] = [];
  const zip = new Zip((fault, piece) => {
    if (fault) faults.push(fault);
    else pieces.push(piece);
  });
  // A zip knows no zones: given as the UTC's own digits, every machine writes the same.
  const modifiedAt = createReportTimes('UTC').inZones(at).utc.slice(0, 19).replace(' ', 'T');
  for (const [name, bytes] of parts) {
    const entry = new ZipDeflate(name, { level: 6 });
    entry.mtime = modifiedAt;
    zip.add(entry);
    for (let from = 0; from === 0 || from < bytes.length; from += CHUNK) {
      entry.push(bytes.subarray(from, from + CHUNK), from + CHUNK >= bytes.length);
      await pause();
    }
  }
  zip.end();
  const [fault] = faults;
  if (fault) throw fault;
  return new Uint8Array(Buffer.concat(pieces));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
