import { posix } from 'node:path';
import { walkXml } from '../xml.ts';
import type { Archive } from '../zip/archive.ts';
import type { Collector } from './collector.ts';

/** Hidden slides, notes of the speaker, comments, and all text of a presentation (ECMA-376 part 1, clause 19). */
export async function inspectPresentation(archive: Archive, collector: Collector): Promise<void> {
  for (const name of archive.names) {
    if (!/^ppt\/(?:slides|notesSlides|comments|slideMasters|slideLayouts)\/[^/]+\.xml$/.test(name)) continue;
    const place = posix.basename(name, '.xml');
    const text = inspectPart(await archive.read(name), name, () => collector.add('hiddenSlide', place));
    collector.addText(text);
    if (name.startsWith('ppt/notesSlides/') && /[^\s\d]/.test(text)) collector.add('speakerNotes', place, text);
    if (name.startsWith('ppt/comments/')) collector.add('comment', place, text);
  }
}

function inspectPart(bytes: Buffer, part: string, onHidden: () => void): string {
  let text = '';
  walkXml(bytes, part, {
    open({ name, attributes }) {
      if (name === 'sld' && (attributes.show === '0' || attributes.show === 'false')) onHidden();
    },
    text(said, parents) {
      if (parents.at(-1) === 't' || parents.at(-1) === 'text') text += said;
    },
    close(name) {
      if (name === 'p' || name === 'cm') text += '\n';
    },
  });
  return text;
}
