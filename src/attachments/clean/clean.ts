import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { ChangeChoice } from '#src/domain/attachments/cleaning.ts';
import { FILE_TYPES, type FileType } from '#src/domain/attachments/types.ts';
import { readWhole } from '../decode-text.ts';
import { UnfitFileError } from '../errors.ts';
import { MOST_PIXELS } from '../inspect/picture.ts';
import { readExif } from '../picture/exif.ts';
import { readJpeg } from '../picture/jpeg.ts';
import { readPng } from '../picture/png.ts';
import { ARCHIVE_LIMITS, openArchive } from '../zip/archive.ts';
import { cleanOffice } from './office.ts';

/** What is rewritten lies in memory twice. */
const LIMITS = { ...ARCHIVE_LIMITS, totalBytes: 256 * 1024 * 1024 };
const LONGEST = 100 * 1024 * 1024;
const TURNED_QUALITY = 95;

/** Writes a file without what can be taken out of it. @throws UnfitFileError when nothing can, or it cannot be read */
export async function cleanFile(path: string, type: FileType, target: string, changes: ChangeChoice): Promise<void> {
  await writeFile(target, await cleanBytes(path, type, changes), { flush: true });
}

async function cleanBytes(path: string, type: FileType, changes: ChangeChoice): Promise<Buffer> {
  if (FILE_TYPES[type].family === 'office') {
    const archive = await openArchive(path, LIMITS);
    try {
      return await cleanOffice(archive, changes);
    } finally {
      archive.close();
    }
  }
  const bytes = await readWhole(path, LONGEST);
  if (!bytes) throw new UnfitFileError('bomb', '文件过大，不能清理');
  if (type === 'jpg') return cleanJpeg(bytes);
  if (type === 'png') return readPng(bytes).clean;
  throw new UnfitFileError('unreadable', '这种文件不能自动清理');
}

/** Without loss, unless the picture stands on its side and only the metadata say so. */
async function cleanJpeg(bytes: Buffer): Promise<Buffer> {
  const { metadata, clean } = readJpeg(bytes);
  const exif = metadata.find(({ isExif }) => isExif);
  if (!exif || readExif(exif.data).orientation === 1) return clean;
  const upright = sharp(bytes, { failOn: 'error', limitInputPixels: MOST_PIXELS }).autoOrient().keepIccProfile();
  return upright.jpeg({ quality: TURNED_QUALITY, chromaSubsampling: '4:4:4' }).toBuffer();
}
