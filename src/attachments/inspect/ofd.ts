import { walkXml } from '../xml.ts';
import type { Archive } from '../zip/archive.ts';
import type { Collector } from './collector.ts';

/** What OFD.xml says of a document besides its makers' program. */
const PROPERTIES = new Set(['Author', 'Title', 'Subject', 'Abstract', 'Keyword', 'CustomData', 'Cover']);

/** Text, properties, attachments, comments and what is not shown in a file of fixed layout (GB/T 33190—2016). */
export async function inspectOfd(archive: Archive, collector: Collector): Promise<void> {
  const before = collector.textLength;
  let hasPages = false;
  for (const name of archive.names) {
    if (!name.endsWith('.xml')) continue;
    if (/(?:^|\/)Attachs?(?:ments)?\//i.test(name)) collector.add('embedding', '', name);
    const isPage = /(?:^|\/)(?:Pages|Tpls)\//.test(name);
    hasPages ||= isPage;
    inspectPart(await archive.read(name), name, collector);
  }
  if (hasPages && collector.textLength === before) collector.add('scanned', '', '全文没有文字');
}

function inspectPart(bytes: Buffer, part: string, collector: Collector): void {
  const invisible: boolean[] = [];
  walkXml(bytes, part, {
    open({ name, attributes }) {
      invisible.push(attributes.Visible === 'false' || attributes.Alpha === '0');
      if (name === 'Annot') collector.add('comment', part, attributes.Type ?? '');
      if (name === 'Action' || name === 'Script') collector.add('external', part, name);
      if (name === 'TextObject' && Number(attributes.Size) < 1) collector.add('tinyText', part);
    },
    text(text, parents) {
      const holder = parents.at(-1) ?? '';
      if (text.trim() === '') return;
      if (PROPERTIES.has(holder)) collector.add('property', holder, text);
      if (holder === 'TextCode' && invisible.some(Boolean)) collector.add('invisibleText', part, text);
      if (holder === 'TextCode' || PROPERTIES.has(holder)) collector.addText(text);
    },
    close(name) {
      invisible.pop();
      if (name === 'TextObject' || PROPERTIES.has(name)) collector.addText('\n');
    },
  });
}
