import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { readWhole } from '../decode-text.ts';
import { UnfitFileError } from '../errors.ts';
import type { Collector } from './collector.ts';
import { readPage } from './pdf-page.ts';

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;
type Page = Awaited<ReturnType<Document['getPage']>>;

/** Larger files are looked at by a reviewer alone: they are read whole. */
const LONGEST = 120 * 1024 * 1024;
const MOST_PAGES = 600;
/** What programs say of themselves. */
const HARMLESS = new Set([
  ...['PDFFormatVersion', 'Language', 'EncryptFilterName', 'IsLinearized', 'IsAcroFormPresent', 'IsXFAPresent'],
  ...['IsCollectionPresent', 'IsSignaturesPresent', 'Producer', 'Creator', 'CreationDate', 'ModDate', 'Trapped'],
]);
const WORDS_OF_SCANS = 8;

/**
 * Text of a PDF by what it paints (ISO 32000-1): what is covered, white, tiny, off the page or not shown is read like the rest, and told.
 * @throws UnfitFileError when it cannot be read, has a password, or runs scripts
 */
export async function inspectPdf(path: string, collector: Collector): Promise<void> {
  const bytes = await readWhole(path, LONGEST);
  if (!bytes) return collector.add('unreadable', '', '文件过大，无法自动审查');
  tellVersions(bytes, collector);
  const document = await openPdf(bytes);
  try {
    if ((await document.getJSActions()) !== null) throw new UnfitFileError('script', 'PDF 含有脚本');
    await tellProperties(document, collector);
    const files = Object.values((await document.getAttachments()) ?? {});
    for (const { filename } of files as { filename?: string }[]) collector.add('embedding', '', filename ?? '');
    await readPages(document, collector);
  } finally {
    await document.loadingTask.destroy();
  }
}

async function openPdf(bytes: Buffer): Promise<Document> {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), {
      disableFontFace: true,
      verbosity: 0,
    });
  } catch (error) {
    const hasPassword = error instanceof Error && error.name === 'PasswordException';
    throw new UnfitFileError('damaged', hasPassword ? '文件有密码，无法检查，请先去掉密码' : '文件已损坏或不完整');
  }
}

/** Programs that add to a file leave in it what it was before. A file that is made for the web ends twice by itself. */
function tellVersions(bytes: Buffer, collector: Collector): void {
  const text = bytes.toString('latin1');
  const ends = text.match(/%%EOF/g)?.length ?? 0;
  const isLinear = text.slice(0, 2_048).includes('/Linearized');
  if (ends > (isLinear ? 2 : 1)) collector.add('earlierVersion', '', `${ends - (isLinear ? 1 : 0)} 个版本`);
}

async function tellProperties(document: Document, collector: Collector): Promise<void> {
  const { info } = await document.getMetadata();
  for (const [key, value] of Object.entries(info as Record<string, unknown>)) {
    if (HARMLESS.has(key)) continue;
    const said = typeof value === 'object' ? JSON.stringify(value) : String(value);
    if (said.trim() === '' || said === '{}') continue;
    collector.add('property', key, said);
    collector.addText(`${key}：${said}\n`);
  }
}

async function readPages(document: Document, collector: Collector): Promise<void> {
  const { OPS } = await getResolvedPDFJS();
  const names = new Map(Object.entries(OPS).map(([name, number]) => [Number(number), name]));
  const layers = await document.getOptionalContentConfig();
  const isShown = (group: unknown) => group === null || group === undefined || layers.isVisible(group);
  const scans: number[] = [];
  const count = Math.min(document.numPages, MOST_PAGES);
  for (let number = 1; number <= count; number++) {
    const page = await document.getPage(number);
    const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
    const reading = readPage(await page.getOperatorList(), names, { left, bottom, right, top }, isShown);
    collector.addText(reading.text);
    for (const [kind, text] of reading.hidden) collector.add(kind, `第 ${number} 页`, text);
    if (reading.hasPicture && reading.text.replace(/\s/g, '').length < WORDS_OF_SCANS) scans.push(number);
    await tellAnnotations(page, number, collector);
    page.cleanup();
  }
  if (document.numPages > MOST_PAGES)
    collector.add('unreadable', '', `共 ${document.numPages} 页，只审查了前 ${MOST_PAGES} 页`);
  if (scans.length > 0)
    collector.add(
      'scanned',
      '',
      `第 ${scans.slice(0, 20).join('、')} 页${scans.length > 20 ? '等' : ''}，共 ${scans.length} 页`,
    );
}

async function tellAnnotations(page: Page, number: number, collector: Collector): Promise<void> {
  for (const annotation of await page.getAnnotations()) {
    const { subtype, contentsObj, url, fieldValue, titleObj } = annotation as {
      subtype: string;
      contentsObj?: { str: string };
      titleObj?: { str: string };
      url?: string;
      fieldValue?: unknown;
    };
    if (url) collector.addText(`${url}\n`);
    if (typeof fieldValue === 'string') collector.addText(`${fieldValue}\n`);
    const words = contentsObj?.str ?? '';
    if (words === '' || subtype === 'Link' || subtype === 'Widget') continue;
    collector.add('comment', `第 ${number} 页`, [titleObj?.str, words].filter(Boolean).join('：'));
    collector.addText(`${words}\n`);
  }
}
