/** What EXIF says that somebody may not want said. */
export interface Exif {
  /** What it is called, and what it says. */
  facts: [string, string][];
  hasPosition: boolean;
  /** 1: as it is stored; others have to be turned (TIFF 6.0, Orientation). */
  orientation: number;
}

const TAGS: Readonly<Record<number, string>> = {
  270: '说明',
  271: '相机厂商',
  272: '相机型号',
  305: '软件',
  306: '修改时间',
  315: '作者',
  316: '计算机',
  33432: '版权',
  36867: '拍摄时间',
  40091: '标题',
  40092: '备注',
  40093: '作者',
  37510: '备注',
  42032: '相机所有人',
  42033: '机身编号',
};
const SUB_DIRECTORIES = new Set([0x8769, 0xa005]);
const POSITION = 0x8825;
const ORIENTATION = 0x0112;
/** Bytes of a value by its type. */
const SIZES: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/** Reads the directories of EXIF (TIFF 6.0). What cannot be read is left out: it is taken off all the same. */
export function readExif(data: Buffer): Exif {
  const exif: Exif = { facts: [], hasPosition: false, orientation: 1 };
  const isLittle = data.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (isLittle ? data.readUInt16LE(at) : data.readUInt16BE(at));
  const long = (at: number) => (isLittle ? data.readUInt32LE(at) : data.readUInt32BE(at));
  const seen = new Set<number>();
  const readDirectory = (start: number): void => {
    if (seen.has(start)) return;
    seen.add(start);
    const count = Math.min(short(start), 500);
    for (let at = start + 2; at < start + 2 + count * 12; at += 12) {
      const [tag, type] = [short(at), short(at + 2)];
      if (SUB_DIRECTORIES.has(tag)) readDirectory(long(at + 8));
      if (tag === POSITION) exif.hasPosition = true;
      if (tag === ORIENTATION) exif.orientation = short(at + 8);
      const name = TAGS[tag];
      if (!name) continue;
      const length = (SIZES[type] ?? 1) * long(at + 4);
      const from = length > 4 ? long(at + 8) : at + 8;
      const value = toText(data.subarray(from, from + Math.min(length, 2_000)), tag);
      if (value !== '') exif.facts.push([name, value]);
    }
  };
  try {
    readDirectory(long(4));
  } catch {
    exif.facts.push(['EXIF', '无法读出']);
  }
  return exif;
}

/** Windows writes its own in UTF-16. */
function toText(value: Buffer, tag: number): string {
  const text = tag >= 0x9c9b && tag <= 0x9c9f ? value.toString('utf16le') : value.toString('utf8');
  return text.replace(/[\p{Cc}\ufffd]+/gu, ' ').trim();
}
