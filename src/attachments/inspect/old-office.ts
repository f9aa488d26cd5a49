import { readWhole } from '../decode-text.ts';
import type { Collector } from './collector.ts';
import { listStreams } from './compound-file.ts';

const LONGEST = 128 * 1024 * 1024;
/** Han characters and ASCII as they lie in the file, two bytes each: at least so many in a row are words. */
const WORDS = /[\u0020-\u007e\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\r\n\t]{4,}/gu;

/**
 * Old office files keep text in pieces that only their programs put together: what lies in them as words is screened, and a reviewer
 * has to look at the file itself.
 */
export async function inspectOldOffice(path: string, collector: Collector): Promise<void> {
  const names = await listStreams(path);
  collector.add('unreadable', '', '旧格式文件，只能审查其中一部分文字，请审核人打开查看');
  if (names.some((name) => name.includes('SummaryInformation'))) collector.add('property', '', '旧格式的文档属性');
  if (names.includes('ObjectPool') || names.some((name) => /^MBD/.test(name)))
    collector.add('embedding', '', '内嵌对象');
  const bytes = await readWhole(path, LONGEST);
  if (!bytes) return;
  for (const from of [0, 1]) {
    const text = bytes.subarray(from, bytes.length - ((bytes.length - from) % 2)).toString('utf16le');
    for (const [words] of text.matchAll(WORDS)) collector.addText(`${words}\n`);
  }
  const ascii = bytes.toString('latin1');
  for (const [words] of ascii.matchAll(/[\x20-\x7e]{8,}/g)) collector.addText(`${words}\n`);
}
