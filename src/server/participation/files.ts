import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';

export const MOST_FILES = 3;
export const MOST_BYTES = 10_000_000;
const MOST_PIXELS = 100_000_000;

/** What a file may be, by its content; `isPicture`: its metadata can be taken out. */
const TYPES: Readonly<Record<string, { label: string; isPicture: boolean }>> = {
  'image/jpeg': { label: '图片', isPicture: true },
  'image/png': { label: '图片', isPicture: true },
  'image/webp': { label: '图片', isPicture: true },
  'application/pdf': { label: 'PDF', isPicture: false },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { label: 'Word 文档', isPicture: false },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { label: '电子表格', isPicture: false },
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
 * Takes a file in: its type is what its bytes say, whatever its name. Pictures lose everything but what is seen (place, time, camera)
 * unless the person wants the original. @throws FileFault
 */
export async function takeFile(given: File, keepOriginal: boolean): Promise<KeptFile> {
  if (given.size > MOST_BYTES) throw new FileFault(`“${given.name}”超过 10 MB`);
  const original = Buffer.from(await given.arrayBuffer());
  const mediaType = (await fileTypeFromBuffer(original))?.mime ?? '';
  const type = TYPES[mediaType];
  if (!type) throw new FileFault(`“${given.name}”不是图片（JPEG、PNG、WebP）、PDF、Word 或 Excel 文件`);
  const bytes = type.isPicture && !keepOriginal ? await stripPicture(given.name, original) : original;
  return {
    ...{ name: given.name.slice(0, 120), mediaType, bytes },
    sha256: createHash('sha256').update(bytes).digest('hex'),
    remark: remarkOn(type, keepOriginal),
  };
}

function remarkOn({ label, isPicture }: { label: string; isPicture: boolean }, keepOriginal: boolean): string {
  if (!isPicture) return `${label}原样保存：其中可能写有作者、单位等信息，本平台不能自动清除`;
  return keepOriginal ? '按您的要求保存原图，包括拍摄时间、地点等信息' : '已经去掉拍摄时间、地点、设备等信息';
}

async function stripPicture(name: string, original: Buffer): Promise<Buffer> {
  try {
    // Turned as the camera says, before that is forgotten with the rest.
    return await sharp(original, { limitInputPixels: MOST_PIXELS }).rotate().toBuffer();
  } catch (error) {
    throw new FileFault(`“${name}”不能作为图片打开`, { cause: error });
  }
}
