import { type Inspection, refusals } from '#src/domain/attachments/findings.ts';
import { scanFile } from './clamav.ts';
import { UnfitFileError } from './errors.ts';
import { lookInto } from './look/look.ts';
import type { FileRow } from './rows.ts';
import type { FileStore, Received } from './store.ts';

/** Where files go, and who looks for viruses in them. */
export interface Intake {
  store: FileStore;
  /** Socket of ClamAV; undefined where there is none. */
  scanner: string | undefined;
}

/**
 * Looks into a received file and keeps it, unless it is refused, or `judge` finds something against it: then nothing is left of it.
 * @throws UnfitFileError with the reason
 */
export async function takeIn(
  { store, scanner }: Intake,
  received: Received,
  name: string | null,
  judge: (inspection: Inspection) => void = () => undefined,
): Promise<Omit<FileRow, 'storedAt'>> {
  try {
    const { type, inspection } = await lookInto(received.path, name);
    const [refused] = refusals(inspection);
    if (refused) throw new UnfitFileError(refused.kind, refused.detail);
    judge(inspection);
    const { scan, detail } = await scanFile(scanner, received.path);
    if (scan === 'infected') throw new UnfitFileError('polyglot', `发现病毒：${detail}`);
    await store.keep(received);
    const { sha256, size } = received;
    return { sha256, size, type, scan, scanDetail: detail, ...inspection };
  } catch (error) {
    await store.drop(received);
    throw error;
  }
}
