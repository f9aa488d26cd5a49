import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { FILE_TYPES, type FileType, fitsName } from '#src/domain/attachments/types.ts';
import { decodeText } from './decode-text.ts';
import { UnfitFileError } from './errors.ts';
import { listStreams } from './inspect/compound-file.ts';
import { beginsAsArchive, openArchive } from './zip/archive.ts';

const HEAD_BYTES = 4_096;
/** Where the end of an archive's directory stands at the latest: 22 bytes and the longest comment. */
const TAIL_BYTES = 65_557;
const END_OF_DIRECTORY = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
/** Formats of office files that hold macros, whatever their name says. */
const MACRO = new Set(['docm', 'dotm', 'xlsm', 'xltm', 'pptm', 'potm', 'ppsm']);
const TYPES: Readonly<Record<string, FileType>> = {
  pdf: 'pdf',
  jpg: 'jpg',
  png: 'png',
  docx: 'docx',
  xlsx: 'xlsx',
  pptx: 'pptx',
  mp4: 'mp4',
  m4v: 'mp4',
  webm: 'webm',
  mp3: 'mp3',
  wav: 'wav',
};

/**
 * What a file is, by its content, held against its name; `null` where the name is somebody else's and says nothing.
 * @throws UnfitFileError for what may not be attached, goes by a name that does not fit it, or holds another file
 */
export async function sniffFile(path: string, name: string | null): Promise<FileType> {
  const { head, tail, size } = await readEnds(path);
  if (size === 0) throw new UnfitFileError('damaged', '文件是空的');
  const type = await sniffContent(path, head);
  if (name !== null && !fitsName(type, name)) {
    const { label, extensions } = FILE_TYPES[type];
    throw new UnfitFileError('polyglot', `内容是${label}，名称应以 .${extensions[0]} 结尾`);
  }
  if (!isArchive(type) && hasArchive(tail)) throw new UnfitFileError('polyglot', '文件末尾藏有一个压缩包');
  return type;
}

const isArchive = (type: FileType): boolean => ['office', 'ofd', 'archive'].includes(FILE_TYPES[type].family);

async function sniffContent(path: string, head: Buffer): Promise<FileType> {
  const found = await fileTypeFromFile(path);
  const extension = found?.ext as string | undefined;
  if (extension !== undefined && MACRO.has(extension)) throw new UnfitFileError('macro', '含有宏的文件不能发布');
  const known = extension === undefined ? undefined : TYPES[extension];
  if (known) return known;
  if (extension === 'cfb') return sniffCompound(path);
  if (beginsAsArchive(head)) return sniffArchive(path);
  const isText = (extension === undefined || extension === 'vtt') && (await isPlainText(path, head));
  if (isText) return /^\ufeff?WEBVTT(?:\s|$)/.test(head.toString('utf8', 0, 16)) ? 'vtt' : 'txt';
  throw new UnfitFileError('unreadable', '这种文件不能作为附件');
}

/** OFD is an archive with a certain part in it (GB/T 33190); office files whose types stand late look like any archive. */
async function sniffArchive(path: string): Promise<FileType> {
  const archive = await openArchive(path);
  try {
    if (archive.entries.has('OFD.xml')) return 'ofd';
    if (archive.entries.has('word/document.xml')) return 'docx';
    if (archive.entries.has('xl/workbook.xml')) return 'xlsx';
    if (archive.entries.has('ppt/presentation.xml')) return 'pptx';
    return 'zip';
  } finally {
    archive.close();
  }
}

async function sniffCompound(path: string): Promise<FileType> {
  const names = await listStreams(path);
  if (names.some((name) => /^(?:Macros|_VBA_PROJECT|_VBA_PROJECT_CUR|VBA)$/i.test(name)))
    throw new UnfitFileError('macro', '含有宏的文件不能发布');
  if (names.includes('EncryptedPackage')) throw new UnfitFileError('damaged', '文件有密码，无法检查，请先去掉密码');
  if (names.includes('WordDocument')) return 'doc';
  if (names.includes('Workbook') || names.includes('Book')) return 'xls';
  if (names.includes('PowerPoint Document')) return 'ppt';
  throw new UnfitFileError('unreadable', '这种文件不能作为附件');
}

/** Text in an encoding that is one, without control characters, and no page or script. */
async function isPlainText(path: string, head: Buffer): Promise<boolean> {
  if (/^\s*(?:\ufeff)?\s*(?:<|%!|#!|\{\\rtf|MZ)/i.test(head.toString('utf8', 0, 512))) return false;
  return (await decodeText(path)) !== undefined;
}

/** Does an archive end here that other programs would open? */
function hasArchive(tail: Buffer): boolean {
  for (
    let at = tail.lastIndexOf(END_OF_DIRECTORY);
    at >= 0;
    at = at === 0 ? -1 : tail.lastIndexOf(END_OF_DIRECTORY, at - 1)
  ) {
    if (at + 22 > tail.length) continue;
    const [disk, entries, size] = [tail.readUInt16LE(at + 4), tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12)];
    if (disk === 0 && entries > 0 && size >= entries * 46) return true;
  }
  return false;
}

async function readEnds(path: string): Promise<{ head: Buffer; tail: Buffer; size: number }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const part = async (start: number, length: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
      return buffer.subarray(0, bytesRead);
    };
    const tailLength = Math.min(TAIL_BYTES, size);
    return { head: await part(0, Math.min(HEAD_BYTES, size)), tail: await part(size - tailLength, tailLength), size };
  } finally {
    await file.close();
  }
}
