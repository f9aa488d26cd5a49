import sharp from 'sharp';
import { readWhole } from '../decode-text.ts';
import { UnfitFileError } from '../errors.ts';
import { readExif } from '../picture/exif.ts';
import { readJpeg } from '../picture/jpeg.ts';
import { readPng } from '../picture/png.ts';
import type { Collector } from './collector.ts';

/** Pixels of the largest picture that is decoded: an A0 sheet at 300 dpi. */
export const MOST_PIXELS = 150_000_000;
const LONGEST = 100 * 1024 * 1024;

/**
 * What a picture tells of where and by whom it was taken. The picture itself has no words: a reviewer looks at it.
 * @throws UnfitFileError when it cannot be decoded
 */
export async function inspectPicture(path: string, type: 'jpg' | 'png', collector: Collector): Promise<void> {
  const bytes = await readWhole(path, LONGEST);
  if (!bytes) throw new UnfitFileError('bomb', '图片过大');
  const { metadata, trailing } = type === 'jpg' ? readJpeg(bytes) : readPng(bytes);
  for (const { name, data, isExif } of metadata) {
    const exif = isExif ? readExif(data) : undefined;
    for (const [key, value] of exif?.facts ?? []) {
      collector.add('exif', key, value);
      collector.addText(`${key}：${value}\n`);
    }
    if (exif?.hasPosition) collector.add('gps', '', '带有经纬度');
    if (!exif) collector.add('exif', name, printable(data));
    collector.addText(`${printable(data)}\n`);
  }
  if (trailing > 0) collector.add('trailing', '', `${trailing} 字节`);
  await assertDecodes(bytes);
  collector.add('scanned', '', '图片中的文字无法自动审查');
}

/** Words in data that is not all words. */
const printable = (data: Buffer): string =>
  (data.toString('utf8').match(/[\u0020-\u007e\u4e00-\u9fff]{4,}/gu) ?? []).join(' ').slice(0, 20_000);

async function assertDecodes(bytes: Buffer): Promise<void> {
  try {
    await sharp(bytes, { failOn: 'error', limitInputPixels: MOST_PIXELS }).stats();
  } catch (error) {
    const isLarge = error instanceof Error && /pixel limit/.test(error.message);
    throw new UnfitFileError(isLarge ? 'bomb' : 'damaged', isLarge ? '图片的像素过多' : '图片已损坏或不完整');
  }
}
