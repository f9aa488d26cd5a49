import { readWhole } from '../decode-text.ts';
import { UnfitFileError } from '../errors.ts';

/** Old office files larger than this are refused: they are read whole. */
const LONGEST = 128 * 1024 * 1024;
const MAGIC = 'd0cf11e0a1b11ae1';
const ENTRY = 128;
const END_OF_CHAIN = 0xfffffffa;

/**
 * Names of the streams and storages of an OLE compound file (MS-CFB, clause 2.6), in which office programs kept their files until 2007.
 * @throws UnfitFileError when it is damaged
 */
export async function listStreams(path: string): Promise<string[]> {
  const bytes = await readWhole(path, LONGEST);
  if (!bytes) throw new UnfitFileError('bomb', '旧格式的文件过大，请另存为新格式');
  try {
    return readNames(bytes);
  } catch (error) {
    if (error instanceof UnfitFileError) throw error;
    throw new UnfitFileError('damaged', '文件已损坏或不完整');
  }
}

function readNames(bytes: Buffer): string[] {
  if (bytes.toString('hex', 0, 8) !== MAGIC) throw new UnfitFileError('damaged', '文件已损坏或不完整');
  const sectorSize = 1 << bytes.readUInt16LE(30);
  const sectorAt = (sector: number) => (sector + 1) * sectorSize;
  const table = readAllocation(bytes, sectorSize);
  const names: string[] = [];
  const seen = new Set<number>();
  for (let sector = bytes.readUInt32LE(48); sector < END_OF_CHAIN; sector = table[sector] ?? END_OF_CHAIN) {
    if (seen.has(sector)) throw new UnfitFileError('damaged', '文件的目录成环');
    seen.add(sector);
    for (let at = sectorAt(sector); at < sectorAt(sector) + sectorSize; at += ENTRY) {
      const length = bytes.readUInt16LE(at + 64);
      if (bytes[at + 66] !== 0 && length >= 2 && length <= 64)
        names.push(bytes.toString('utf16le', at, at + length - 2));
    }
  }
  return names;
}

/** The allocation table: which sector follows which. The first 109 sectors of it stand in the header, others in a chain behind. */
function readAllocation(bytes: Buffer, sectorSize: number): number[] {
  const perSector = sectorSize / 4;
  const sectors: number[] = [];
  for (let index = 0; index < 109; index++) sectors.push(bytes.readUInt32LE(76 + index * 4));
  const seen = new Set<number>();
  for (let next = bytes.readUInt32LE(68); next < END_OF_CHAIN && !seen.has(next); ) {
    seen.add(next);
    const at = (next + 1) * sectorSize;
    for (let index = 0; index < perSector - 1; index++) sectors.push(bytes.readUInt32LE(at + index * 4));
    next = bytes.readUInt32LE(at + sectorSize - 4);
  }
  const table: number[] = [];
  for (const sector of sectors.filter((number) => number < END_OF_CHAIN)) {
    const at = (sector + 1) * sectorSize;
    for (let index = 0; index < perSector; index++) table.push(bytes.readUInt32LE(at + index * 4));
  }
  return table;
}
