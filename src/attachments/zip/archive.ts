import { buffer } from 'node:stream/consumers';
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl';
import { UnfitFileError } from '../errors.ts';

/** How much an archive may hold: what is larger was made to be. */
export interface ArchiveLimits {
  entries: number;
  /** Bytes of all entries together, inflated. */
  totalBytes: number;
  /** Inflated bytes to packed ones, beyond the first megabytes. */
  ratio: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = { entries: 10_000, totalBytes: 512 * 1024 * 1024, ratio: 200 };
const RATIO_FREE_BYTES = 16 * 1024 * 1024;
/** A part that is read whole. */
const LARGEST_PART = 64 * 1024 * 1024;
const LOCAL_HEADER = 0x04034b50;

/** A checked archive: every name once, none that leads outside, no entry longer than it says. */
export class Archive {
  readonly #zip: ZipFile;
  readonly entries: ReadonlyMap<string, Entry>;

  constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.entries = entries;
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  /** A part, whole. @throws UnfitFileError when it is not there, or not as long as it says */
  async read(name: string): Promise<Buffer> {
    const entry = this.entries.get(name);
    if (!entry) throw new UnfitFileError('damaged', `缺少 ${name.slice(0, 80)}`);
    if (entry.uncompressedSize > LARGEST_PART) throw new UnfitFileError('bomb', `${name.slice(0, 80)} 过大`);
    return guarded(name, async () => buffer(await this.#zip.openReadStreamPromise(entry)));
  }

  /** Reads an entry to its end and keeps nothing: what says that it is short and is long fails here. */
  async drain(entry: Entry): Promise<void> {
    await guarded(entry.fileName, async () => {
      for await (const _chunk of await this.#zip.openReadStreamPromise(entry)) {
        // Only the length counts.
      }
    });
  }

  /** @throws UnfitFileError when what stands before an entry's bytes gives it another name than the directory does */
  async assertSameName(entry: Entry): Promise<void> {
    const { fileName } = await guarded(entry.fileName, () => this.#zip.readLocalFileHeaderPromise(entry, {}));
    if (!fileName.equals(entry.fileNameRaw))
      throw new UnfitFileError('hostileName', `${entry.fileName.slice(0, 80)} 有两个名称`);
  }

  close(): void {
    this.#zip.close();
  }
}

/**
 * Opens an archive, by its path or in memory, and looks at every entry of it.
 * @throws UnfitFileError for bombs, names that are there twice or lead outside, entries that are encrypted, damaged, or longer than they say
 */
export async function openArchive(file: string | Buffer, limits: ArchiveLimits = ARCHIVE_LIMITS): Promise<Archive> {
  const options = { autoClose: false, strictFileNames: true };
  const zip = await guarded('', () =>
    typeof file === 'string' ? openPromise(file, options) : fromBufferPromise(file, options),
  );
  try {
    if (zip.entryCount > limits.entries) throw new UnfitFileError('bomb', `内含超过 ${limits.entries} 个部分`);
    const archive = new Archive(zip, await listEntries(zip, limits));
    for (const entry of archive.entries.values()) {
      await archive.assertSameName(entry);
      await archive.drain(entry);
    }
    return archive;
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function listEntries(zip: ZipFile, { totalBytes, ratio }: ArchiveLimits): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const seen = new Set<string>();
  let total = 0;
  let packed = 0;
  await guarded('', async () => {
    for await (const entry of zip.eachEntry()) {
      const { fileName } = entry;
      const folded = fileName.normalize('NFC').toLowerCase();
      if (seen.has(folded)) throw new UnfitFileError('doubleName', `${fileName.slice(0, 80)} 出现两次`);
      seen.add(folded);
      if (entry.isEncrypted()) throw new UnfitFileError('damaged', '文件有密码，无法检查，请先去掉密码');
      if (isLink(entry)) throw new UnfitFileError('hostileName', `${fileName.slice(0, 80)} 是链接`);
      total += entry.uncompressedSize;
      packed += entry.compressedSize;
      if (total > totalBytes || (total > RATIO_FREE_BYTES && total > packed * ratio))
        throw new UnfitFileError(
          'bomb',
          `解压后至少 ${Math.round(total / 1048576)} MB，原文件 ${Math.ceil(packed / 1024)} KB`,
        );
      if (!fileName.endsWith('/')) entries.set(fileName, entry);
    }
  });
  return entries;
}

/** A symbolic link, as Unix writes it into the attributes. */
const isLink = ({ externalFileAttributes, versionMadeBy }: Entry): boolean =>
  versionMadeBy >> 8 === 3 && ((externalFileAttributes >>> 16) & 0o170000) === 0o120000;

/** Tells what the library says of a file as what it means for whoever sent it. */
async function guarded<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnfitFileError) throw error;
    const said = error instanceof Error ? error.message : '';
    if (/too many bytes|not enough bytes/.test(said))
      throw new UnfitFileError('bomb', `${name.slice(0, 80)} 的实际长度与所写的不符`);
    if (/relative path|absolute path|invalid characters/.test(said))
      throw new UnfitFileError('hostileName', '内含指向文件之外的路径');
    throw new UnfitFileError('damaged', '压缩结构已损坏');
  }
}

/** Does a file begin with an entry, as office programs write them? What stands before one belongs to another file. */
export const beginsAsArchive = (head: Uint8Array): boolean =>
  head.length >= 4 && Buffer.from(head.buffer, head.byteOffset, 4).readUInt32LE(0) === LOCAL_HEADER;
