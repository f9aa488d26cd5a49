import { posix } from 'node:path';
import { walkXml } from '../xml.ts';
import type { Archive } from '../zip/archive.ts';
import type { Collector } from './collector.ts';

interface Sheet {
  name: string;
  isHidden: boolean;
}

/** Sheets, rows and columns that are not shown, comments, and all text of a workbook (ECMA-376 part 1, clause 18). */
export async function inspectSpreadsheet(archive: Archive, collector: Collector): Promise<void> {
  const sheets = await readSheets(archive, collector);
  for (const name of archive.names) {
    if (/^xl\/(?:worksheets|chartsheets|dialogsheets)\/[^/]+\.xml$/.test(name))
      inspectSheet(await archive.read(name), sheets.get(name)?.name ?? posix.basename(name), collector);
    if (/^xl\/sharedStrings\.xml$/.test(name)) collectText(await archive.read(name), name, 'si', collector);
    if (/^xl\/(?:comments|threadedComments\/)[^/]*\.xml$/.test(name))
      inspectComments(await archive.read(name), name, collector);
    if (/^xl\/externalLinks\//.test(name) && name.endsWith('.xml')) collector.add('external', '', name);
    if (/^xl\/(?:connections|queryTables\/[^/]+)\.xml$/.test(name)) collector.add('external', '', '数据连接');
    if (/^xl\/pivotCache\/pivotCacheRecords/.test(name)) collector.add('hiddenText', name, '数据透视表带有全部源数据');
    if (/^xl\/drawings\/[^/]+\.xml$/.test(name)) collectText(await archive.read(name), name, 'p', collector);
  }
}

/** Sheets by the names of their parts; those that are hidden are told, and names that lead to them. */
async function readSheets(archive: Archive, collector: Collector): Promise<Map<string, Sheet>> {
  const targets = new Map<string, string>();
  walkXml(await archive.read('xl/_rels/workbook.xml.rels'), 'xl/_rels/workbook.xml.rels', {
    open({ attributes: { Id = '', Target = '' } }) {
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : posix.join('xl', Target));
    },
  });
  const sheets = new Map<string, Sheet>();
  const names: [name: string, formula: string][] = [];
  let defined = '';
  walkXml(await archive.read('xl/workbook.xml'), 'xl/workbook.xml', {
    open({ name, attributes }) {
      if (name === 'definedName') defined = attributes.name ?? '';
      if (name !== 'sheet') return;
      const sheet = { name: attributes.name ?? '', isHidden: /^(?:hidden|veryHidden)$/.test(attributes.state ?? '') };
      sheets.set(targets.get(attributes['r:id'] ?? attributes.id ?? '') ?? sheet.name, sheet);
      if (sheet.isHidden) collector.add('hiddenSheet', sheet.name, attributes.state === 'veryHidden' ? '深度隐藏' : '');
      collector.addText(`${sheet.name}\n`);
    },
    text(text, parents) {
      if (parents.at(-1) === 'definedName') names.push([defined, text]);
    },
  });
  const hidden = [...sheets.values()].filter(({ isHidden }) => isHidden);
  for (const [name, formula] of names)
    if (hidden.some((sheet) => formula.includes(sheet.name))) collector.add('hiddenName', name, formula);
  return sheets;
}

function inspectSheet(bytes: Buffer, place: string, collector: Collector): void {
  const isSet = (value: string | undefined) => value === '1' || value === 'true';
  let rows = '';
  let first = '';
  let last = 0;
  const tellRows = () => {
    if (first !== '') collector.add('hiddenRow', place, first === rows ? `第 ${first} 行` : `第 ${first}–${rows} 行`);
    first = '';
  };
  walkXml(bytes, place, {
    open({ name, attributes }) {
      if (name === 'col' && isSet(attributes.hidden))
        collector.add('hiddenColumn', place, `第 ${attributes.min}–${attributes.max} 列`);
      if (name !== 'row') return;
      const number = Number(attributes.r ?? last + 1);
      if (!isSet(attributes.hidden) || number !== last + 1) tellRows();
      if (isSet(attributes.hidden)) [first, rows] = [first === '' ? String(number) : first, String(number)];
      last = number;
    },
    text(text, parents) {
      const holder = parents.at(-1);
      if (
        holder === 't' ||
        holder === 'v' ||
        holder === 'f' ||
        /^(?:odd|even|first)(?:Header|Footer)$/.test(holder ?? '')
      )
        collector.addText(`${text}\n`);
    },
  });
  tellRows();
}

/** Text of the elements `t` of a part, with an end of line behind each block. */
function collectText(bytes: Buffer, part: string, block: string, collector: Collector): void {
  walkXml(bytes, part, {
    text(text, parents) {
      if (parents.at(-1) === 't') collector.addText(text);
    },
    close(name) {
      if (name === block) collector.addText('\n');
    },
  });
}

function inspectComments(bytes: Buffer, part: string, collector: Collector): void {
  let comment = '';
  walkXml(bytes, part, {
    open({ name }) {
      if (name === 'comment' || name === 'threadedComment') comment = '';
    },
    text(text, parents) {
      if (parents.at(-1) === 't' || parents.at(-1) === 'text') comment += text;
    },
    close(name) {
      if (name !== 'comment' && name !== 'threadedComment') return;
      collector.add('comment', '', comment);
      collector.addText(`${comment}\n`);
    },
  });
}
