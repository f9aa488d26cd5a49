import { UnfitFileError } from '../errors.ts';
import type { Metadata, PictureParts } from './jpeg.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Chunks that the picture needs to look as it does; everything else is beside it. */
const NEEDED = new Set([
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'bKGD', 'pHYs', 'cICP'],
  ...['acTL', 'fcTL', 'fdAT'],
]);

/** Takes a PNG apart (ISO/IEC 15948). @throws UnfitFileError when it is damaged */
export function readPng(bytes: Buffer): PictureParts {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new UnfitFileError('damaged', '图片已损坏或不完整');
  const metadata: Metadata[] = [];
  const kept: Buffer[] = [SIGNATURE];
  for (let at = 8; ; ) {
    if (at + 12 > bytes.length) throw new UnfitFileError('damaged', '图片已损坏或不完整');
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 12 + length;
    if (end > bytes.length) throw new UnfitFileError('damaged', '图片已损坏或不完整');
    if (NEEDED.has(name)) kept.push(bytes.subarray(at, end));
    else metadata.push({ name, data: bytes.subarray(at + 8, at + 8 + length), isExif: name === 'eXIf' });
    if (name === 'IEND') return { metadata, trailing: bytes.length - end, clean: Buffer.concat(kept) };
    at = end;
  }
}
