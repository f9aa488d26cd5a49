/** Cells of an old workbook: texts, numbers, and days that a number format shows as such. */
export type XlsCell = string | number | { serial: number } | null;

const SECTOR = 512;
const END_OF_CHAIN = 0xfffffffe;
const FAT_SECTOR = 0xfffffffd;
const FREE = 0xffffffff;
/** Streams below it would stand in the small-sector stream. */
const SMALLEST_STREAM = 4_096;

/** A workbook as Excel 97–2003 wrote them (MS-XLS, BIFF8), of one sheet, in a compound file (MS-CFB). */
export function makeXls(rows: readonly (readonly XlsCell[])[]): Buffer {
  return compoundFile(workbook(rows));
}

function record(id: number, ...parts: Buffer[]): Buffer {
  const data = Buffer.concat(parts);
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

function numbers(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) buffer.writeUInt16LE(value, index * 2);
  return buffer;
}

function unicode(text: string): Buffer {
  return Buffer.concat([numbers(text.length), Buffer.from([1]), Buffer.from(text, 'utf16le')]);
}

function workbook(rows: readonly (readonly XlsCell[])[]): Buffer {
  const texts = [...new Set(rows.flat().filter((cell) => typeof cell === 'string'))];
  const start = (kind: number) => record(0x0809, numbers(0x0600, kind, 0x0dbb, 0x07cc, 0, 0, 0, 0));
  const end = record(0x000a);
  const format = (id: number) => record(0x00e0, numbers(0, id), Buffer.alloc(16));
  const table = Buffer.concat(texts.map(unicode));
  const counts = Buffer.alloc(8);
  counts.writeUInt32LE(texts.length, 0);
  counts.writeUInt32LE(texts.length, 4);
  const name = Buffer.concat([Buffer.from([2, 1]), Buffer.from('公告', 'utf16le')]);
  const before = [start(5), format(0), format(14)];
  const shared = record(0x00fc, counts, table);
  const place = Buffer.alloc(6);
  place.writeUInt32LE(Buffer.concat(before).length + 4 + 6 + name.length + shared.length + end.length, 0);
  const cells = rows.flatMap((row, at) => row.flatMap((cell, column) => cellRecord(at, column, cell, texts)));
  return Buffer.concat([...before, record(0x0085, place, name), shared, end, start(0x10), ...cells, end]);
}

function cellRecord(row: number, column: number, cell: XlsCell, texts: readonly string[]): Buffer[] {
  if (cell === null) return [];
  if (typeof cell === 'string') {
    const index = Buffer.alloc(4);
    index.writeUInt32LE(texts.indexOf(cell));
    return [record(0x00fd, numbers(row, column, 0), index)];
  }
  const value = Buffer.alloc(8);
  value.writeDoubleLE(typeof cell === 'number' ? cell : cell.serial);
  return [record(0x0203, numbers(row, column, typeof cell === 'number' ? 0 : 1), value)];
}

function compoundFile(content: Buffer): Buffer {
  const stream = Buffer.alloc(Math.max(SMALLEST_STREAM, Math.ceil(content.length / SECTOR) * SECTOR));
  content.copy(stream);
  const sectors = stream.length / SECTOR;
  const header = Buffer.alloc(SECTOR);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.writeUInt16LE(0x3e, 24);
  header.writeUInt16LE(3, 26);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(1, 48);
  header.writeUInt32LE(SMALLEST_STREAM, 56);
  header.writeUInt32LE(END_OF_CHAIN, 60);
  header.writeUInt32LE(END_OF_CHAIN, 68);
  for (let at = 76; at < SECTOR; at += 4) header.writeUInt32LE(at === 76 ? 0 : FREE, at);
  const fat = Buffer.alloc(SECTOR, 0xff);
  fat.writeUInt32LE(FAT_SECTOR, 0);
  fat.writeUInt32LE(END_OF_CHAIN, 4);
  for (let sector = 0; sector < sectors; sector += 1) {
    fat.writeUInt32LE(sector === sectors - 1 ? END_OF_CHAIN : sector + 3, (sector + 2) * 4);
  }
  const directory = Buffer.alloc(SECTOR);
  directoryEntry('Root Entry', 5, END_OF_CHAIN, 0, 1).copy(directory, 0);
  directoryEntry('Workbook', 2, 2, stream.length, FREE).copy(directory, 128);
  return Buffer.concat([header, fat, directory, stream]);
}

function directoryEntry(name: string, kind: number, start: number, size: number, child: number): Buffer {
  const entry = Buffer.alloc(128);
  entry.write(name, 0, 'utf16le');
  entry.writeUInt16LE((name.length + 1) * 2, 64);
  entry[66] = kind;
  entry[67] = 1;
  entry.writeUInt32LE(FREE, 68);
  entry.writeUInt32LE(FREE, 72);
  entry.writeUInt32LE(child, 76);
  entry.writeUInt32LE(start, 116);
  entry.writeUInt32LE(size, 120);
  return entry;
}
