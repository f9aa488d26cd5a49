import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { dropProperties } from '#src/attachments/clean/office.ts';
import { blankPdf } from '#src/attachments/clean/pdf.ts';
import { ARCHIVE_LIMITS, openArchive } from '#src/attachments/zip/archive.ts';

export const MOST_FILES = 3;
export const MOST_BYTES = 10_000_000;
const MOST_PIXELS = 100_000_000;

/** A file without what it tells besides its content, and a word about that for the person. */
type Clean = (original: Buffer) => Promise<{ bytes: Buffer; remark: string }>;

const PROPERTIES_GONE = '已经清除文档属性（作者、单位、时间等）';
/** What an office file may hold, inflated. */
const OFFICE_LIMITS = { ...ARCHIVE_LIMITS, totalBytes: 128 * 1024 * 1024 };

const cleanPicture: Clean = async (original) => ({
  // Turned as the camera says, before that is forgotten with the rest.
  bytes: await sharp(original, { limitInputPixels: MOST_PIXELS }).rotate().toBuffer(),
  remark: '已经去掉拍摄时间、地点、设备等信息',
});

const cleanPdf: Clean = async (original) => {
  const bytes = blankPdf(original);
  return bytes
    ? { bytes, remark: PROPERTIES_GONE }
    : { bytes: original, remark: 'PDF 原样保存：其中可能写有作者、单位等信息，这个文件不能自动清除' };
};

const cleanOfficeFile: Clean = async (original) => {
  const archive = await openArchive(original, OFFICE_LIMITS);
  try {
    const remark = `${PROPERTIES_GONE}；批注和修订里写的名字还在，需要的话请自己删去`;
    return { bytes: await dropProperties(archive), remark };
  } finally {
    archive.close();
  }
};

/** What a file may be, by its content. */
const TYPES: Readonly<Record<string, Clean>> = {
  ...{ 'image/jpeg': cleanPicture, 'image/png': cleanPicture, 'image/webp': cleanPicture, 'application/pdf': cleanPdf },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': cleanOfficeFile,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': cleanOfficeFile,
};

/** A file as it will be kept. */
export interface KeptFile {
  name: string;
  mediaType: string;
  bytes: Buffer;
  sha256: string;
  /** What was done with what it tells besides its content, in a word for the person. */
  remark: string;
}

/** Why a file is not taken. */
export class FileFault extends Error {}

/**
 * Takes a file in: its type is what its bytes say, whatever its name. It loses everything but what is seen (place, time, camera; author,
 * company) unless the person wants the original. @throws FileFault
 */
export async function takeFile(given: File, keepOriginal: boolean): Promise<KeptFile> {
  if (given.size > MOST_BYTES) throw new FileFault(`“${given.name}”超过 10 MB`);
  const original = Buffer.from(await given.arrayBuffer());
  const mediaType = (await fileTypeFromBuffer(original))?.mime ?? '';
  const clean = TYPES[mediaType];
  if (!clean) throw new FileFault(`“${given.name}”不是图片（JPEG、PNG、WebP）、PDF、Word 或 Excel 文件`);
  const { bytes, remark } = keepOriginal ? asItIs(original) : await cleanOne(given.name, clean, original);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name: given.name.slice(0, 120), mediaType, bytes, sha256, remark };
}

const asItIs = (bytes: Buffer) => ({
  bytes,
  remark: '按您的要求保存原件，包括拍摄时间、地点、作者等信息',
});

async function cleanOne(name: string, clean: Clean, original: Buffer): ReturnType<Clean> {
  try {
    return await clean(original);
  } catch (error) {
    throw new FileFault(`“${name}”不能打开：文件损坏，或者不是它看上去的样子`, { cause: error });
  }
}
