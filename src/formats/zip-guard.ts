import { inflateRawSync } from 'node:zlib';
import { FeedFormatError } from './format-error.ts';

const MAX_ENTRIES = 500;
/** Of all entries together, uncompressed. */
const MAX_TOTAL_BYTES = 64 * 1024 * 1024;
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const DEFLATED = 8;

/**
 * Refuses archives that are larger than they look: entries are really inflated, what they declare is not believed.
 * @throws FeedFormatError
 */
export function assertSafeZip(bytes: Uint8Array): void {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = MAX_TOTAL_BYTES;
  try {
    for (const [offset, size, method] of listEntries(data)) left -= inflatedSize(data, offset, size, method, left);
  } catch (error) {
    if (error instanceof FeedFormatError) throw error;
    throw new FeedFormatError('表格文件已损坏，或解压后超过 64 MB');
  }
  if (left < 0) throw new FeedFormatError('表格文件解压后超过 64 MB');
}

/** Offset, compressed size and method of each entry. */
function listEntries(data: Buffer): [number, number, number][] {
  const end = data.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || data.readUInt32LE(end) !== END_OF_DIRECTORY) throw new FeedFormatError('表格文件已损坏');
  const count = data.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw new FeedFormatError(`表格文件内含超过 ${MAX_ENTRIES} 个部分`);
  const entries: [number, number, number][] = [];
  let at = data.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (data.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new FeedFormatError('表格文件已损坏');
    entries.push([data.readUInt32LE(at + 42), data.readUInt32LE(at + 20), data.readUInt16LE(at + 10)]);
    at += 46 + data.readUInt16LE(at + 28) + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
  }
  return entries;
}

function inflatedSize(data: Buffer, offset: number, size: number, method: number, limit: number): number {
  if (data.readUInt32LE(offset) !== LOCAL_ENTRY) throw new FeedFormatError('表格文件已损坏');
  const start = offset + 30 + data.readUInt16LE(offset + 26) + data.readUInt16LE(offset + 28);
  if (method !== DEFLATED) return size;
  return inflateRawSync(data.subarray(start, start + size), { maxOutputLength: Math.max(1, limit) }).length;
}
