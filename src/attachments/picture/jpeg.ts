import { UnfitFileError } from '../errors.ts';

/** Data beside the picture itself. */
export interface Metadata {
  name: string;
  data: Buffer;
  isExif: boolean;
}

/** A picture taken apart. */
export interface PictureParts {
  metadata: Metadata[];
  /** Bytes behind the picture's end. */
  trailing: number;
  /** The same picture without any of these: every pixel as it was. */
  clean: Buffer;
}

const START = 0xd8;
const SCAN = 0xda;
const END = 0xd9;
const COMMENT = 0xfe;
/** JFIF, colour profile, Adobe's colour transform: without them colours change. */
const KEPT_APPLICATION = new Set([0xe0, 0xe2, 0xee]);
const isApplication = (marker: number) => marker >= 0xe0 && marker <= 0xef;
const isRestart = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** Takes a JPEG apart (ITU-T T.81, annex B). @throws UnfitFileError when it is damaged */
export function readJpeg(bytes: Buffer): PictureParts {
  const damaged = () => new UnfitFileError('damaged', '图片已损坏或不完整');
  if (bytes[0] !== 0xff || bytes[1] !== START) throw damaged();
  const metadata: Metadata[] = [];
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let at = 2;
  for (;;) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === undefined) throw damaged();
    if (marker === END) break;
    const length = isRestart(marker) ? 0 : at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 0;
    const end = at + 2 + length;
    if (end > bytes.length || (length < 2 && !isRestart(marker))) throw damaged();
    if (marker === COMMENT || (isApplication(marker) && !KEPT_APPLICATION.has(marker)))
      metadata.push(toMetadata(marker, bytes.subarray(at + 4, end)));
    else if (isForeign(marker, bytes.subarray(at + 4, end)))
      metadata.push({ name: `APP${marker - 0xe0}`, data: bytes.subarray(at + 4, end), isExif: false });
    else kept.push(bytes.subarray(at, end));
    at = end;
    if (marker !== SCAN) continue;
    const next = endOfScan(bytes, at);
    kept.push(bytes.subarray(at, next));
    at = next;
  }
  kept.push(bytes.subarray(at, at + 2));
  return { metadata, trailing: bytes.length - at - 2, clean: Buffer.concat(kept) };
}

/** APP2 holds the colour profile, and in some cameras' files a list of further pictures. */
const isForeign = (marker: number, data: Buffer): boolean =>
  marker === 0xe2 && !data.toString('latin1', 0, 12).startsWith('ICC_PROFILE\0');

function toMetadata(marker: number, data: Buffer): Metadata {
  const isExif = marker === 0xe1 && data.toString('latin1', 0, 6) === 'Exif\0\0';
  const name = marker === COMMENT ? '注释' : isExif ? 'EXIF' : `APP${marker - 0xe0}`;
  return { name, data: isExif ? data.subarray(6) : data, isExif };
}

/** Where coded data ends: at the next marker that is no restart, and no escaped byte. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !isRestart(next)) return at;
  }
  throw new UnfitFileError('damaged', '图片已损坏或不完整');
}
