import { unzipSync } from 'fflate';
import { parse } from 'parse5';
import { adapter, type Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';
import { SaxesParser } from 'saxes';
import { getDocumentProxy } from 'unpdf';

/** What a PDF holds, read by pdf.js: its words without blanks, without page numbers and headers that a table repeats. */
export interface PdfContent {
  words: string;
  title: string | null;
  language: string | null;
  isTagged: boolean;
  pages: number;
  /** Roles of its structure tree, each once. */
  roles: Set<string>;
}

interface StructureNode {
  role?: string;
  /** Of a piece of content. */
  id?: string;
  children?: StructureNode[];
}

/** `between` stands between any two blocks: numbers of neighbouring cells do not run together. */
export async function readPdf(bytes: Uint8Array, between = ''): Promise<PdfContent> {
  const pdf = await getDocumentProxy(Uint8Array.from(bytes));
  const { info, metadata } = await pdf.getMetadata();
  const marks = await pdf.getMarkInfo();
  const roles = new Set<string>();
  let words = '';
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const pieces = readPieces((await page.getTextContent({ includeMarkedContent: true })).items);
    words += readStructure((await page.getStructTree()) as StructureNode | null, pieces, roles, between);
  }
  const facts = info as { Title?: string; Language?: string };
  return {
    words: strip(words),
    title: facts.Title ?? (metadata?.get('dc:title') as string | undefined) ?? null,
    language: facts.Language ?? null,
    isTagged: (marks as { Marked?: boolean } | null)?.Marked === true,
    pages: pdf.numPages,
    roles,
  };
}

type TextItems = Awaited<
  ReturnType<Awaited<ReturnType<Awaited<ReturnType<typeof getDocumentProxy>>['getPage']>>['getTextContent']>
>['items'];

/** The words of each marked piece of a page, by its id. What is marked as no content has none. */
function readPieces(items: TextItems): Map<string, string> {
  const pieces = new Map<string, string>();
  const open: string[] = [];
  for (const item of items) {
    if ('str' in item) {
      const id = open.findLast((name) => name !== '');
      if (id !== undefined) pieces.set(id, (pieces.get(id) ?? '') + item.str);
    } else if (item.type === 'endMarkedContent') open.pop();
    else open.push('id' in item ? String(item.id) : '');
  }
  return pieces;
}

const BLOCK_ROLES = new Set(['P', 'TD', 'TH', 'LBody', 'Caption', 'H1', 'H2', 'H3', 'H4', 'Title']);

/** The words in the order of the structure, which is the one that a screen reader takes. */
function readStructure(
  node: StructureNode | null,
  pieces: Map<string, string>,
  roles: Set<string>,
  between: string,
): string {
  if (!node) return '';
  if (node.role) roles.add(node.role);
  if (node.id !== undefined) return pieces.get(node.id) ?? '';
  const inner = (node.children ?? []).map((child) => readStructure(child, pieces, roles, between)).join('');
  return BLOCK_ROLES.has(node.role ?? '') ? inner + between : inner;
}

/** The words of a DOCX without blanks, read from its zip and XML. */
export function readDocx(bytes: Uint8Array, between = ''): string {
  const xml = unzipSync(bytes)['word/document.xml'];
  if (!xml) throw new Error('no document in this file');
  const parser = new SaxesParser();
  let depth = 0;
  let words = '';
  parser.on('opentag', ({ name }) => {
    if (name === 'w:t') depth++;
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'w:t') depth--;
    if (name === 'w:p') words += between;
  });
  parser.on('text', (text) => {
    if (depth > 0) words += text;
  });
  parser.write(new TextDecoder().decode(xml)).close();
  return strip(words);
}

/** The words of HTML without blanks, read by a parser of HTML. */
export function readHtml(html: string, between = ''): string {
  const words: string[] = [];
  const walk = (nodes: readonly Htmlparser2TreeAdapterMap['childNode'][]): void => {
    for (const node of nodes) {
      if (node.type === 'text') words.push(node.data);
      else if ('children' in node) {
        walk(node.children);
        if (!('name' in node) || !['span', 'a', 'strong'].includes(node.name)) words.push(between);
      }
    }
  };
  walk(parse<Htmlparser2TreeAdapterMap>(html, { treeAdapter: adapter }).childNodes);
  return strip(words.join(''));
}

/** Every number of a text in its order. */
export const numbersOf = (words: string): string[] => words.match(/\d+(?:\.\d+)?/g) ?? [];

const strip = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');
