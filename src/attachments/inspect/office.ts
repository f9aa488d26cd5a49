import { UnfitFileError } from '../errors.ts';
import { walkXml } from '../xml.ts';
import type { Archive } from '../zip/archive.ts';
import type { Collector } from './collector.ts';
import { inspectPresentation } from './presentation.ts';
import { inspectSpreadsheet } from './spreadsheet.ts';
import { inspectWordParts } from './word.ts';

/** Properties that every office program writes and that tell nothing of anybody. */
const HARMLESS = new Set([
  ...['Template', 'TotalTime', 'Pages', 'Words', 'Characters', 'Application', 'DocSecurity', 'Lines', 'Paragraphs'],
  ...['ScaleCrop', 'HeadingPairs', 'TitlesOfParts', 'LinksUpToDate', 'CharactersWithSpaces', 'SharedDoc', 'AppVersion'],
  ...['HyperlinksChanged', 'PresentationFormat', 'Slides', 'Notes', 'HiddenSlides', 'MMClips', 'created', 'modified'],
  ...['revision', 'language', 'version', 'KSOProductBuildVer', 'ICV', 'lpstr', 'i4', 'vector', 'variant'],
]);
const MACRO_PART = /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml|attachedToolbars\.bin|macrosheets\/|activeX\/)/i;
const EMBEDDING = /(?:^|\/)(?:embeddings|oleObjects)\//i;
/** Relations to the outside that are loaded by themselves; links that a reader follows are words like others. */
const FOLLOWED = /\/hyperlink$/;

/**
 * Looks into a file of OOXML (ECMA-376): what its words say, and what somebody who opens it does not see.
 * @throws UnfitFileError for macros, and for parts that cannot be read
 */
export async function inspectOffice(archive: Archive, collector: Collector): Promise<void> {
  const { names } = archive;
  const macro = names.find((name) => MACRO_PART.test(name));
  if (macro) throw new UnfitFileError('macro', `含有宏：${macro.slice(0, 80)}`);
  await assertNoMacroType(archive);
  for (const name of names) {
    if (EMBEDDING.test(name)) collector.add('embedding', '', name);
    if (/\.rels$/.test(name)) await inspectRelations(archive, name, collector);
    if (/^docProps\/\w+\.xml$/.test(name)) await inspectProperties(archive, name, collector);
    if (/^customXml\/item\d*\.xml$/.test(name)) await inspectCustomData(archive, name, collector);
  }
  if (names.includes('word/document.xml')) await inspectWordParts(archive, collector);
  else if (names.includes('xl/workbook.xml')) await inspectSpreadsheet(archive, collector);
  else if (names.includes('ppt/presentation.xml')) await inspectPresentation(archive, collector);
}

/** A file may say that it has macros by its types alone: programs believe these, not the name. */
async function assertNoMacroType(archive: Archive): Promise<void> {
  walkXml(await archive.read('[Content_Types].xml'), '[Content_Types].xml', {
    open({ attributes: { ContentType = '' } }) {
      if (/macroEnabled|vbaProject/i.test(ContentType)) throw new UnfitFileError('macro', '含有宏的文件不能发布');
    },
  });
}

async function inspectRelations(archive: Archive, name: string, collector: Collector): Promise<void> {
  walkXml(await archive.read(name), name, {
    open({ attributes: { TargetMode, Type = '', Target = '' } }) {
      if (TargetMode !== 'External') return;
      const isLocal = /^(?:file:|\\\\|[a-z]:\\)/i.test(Target);
      if (isLocal || !FOLLOWED.test(Type)) collector.add('external', '', Target);
      else collector.addText(`${Target}\n`);
    },
  });
}

async function inspectProperties(archive: Archive, name: string, collector: Collector): Promise<void> {
  const values = new Map<string, string>();
  let property = '';
  walkXml(await archive.read(name), name, {
    open(element) {
      if (element.name === 'property') property = element.attributes.name ?? '';
    },
    text(text, parents) {
      const key = property === '' ? (parents.at(-1) ?? '') : property;
      if (
        text.trim() !== '' &&
        !parents.some((parent) => HARMLESS.has(parent) && property === '') &&
        !HARMLESS.has(key)
      )
        values.set(key, `${values.get(key) ?? ''}${text}`);
    },
    close(closed) {
      if (closed === 'property') property = '';
    },
  });
  for (const [key, value] of values) {
    collector.add('property', key, value);
    collector.addText(`${key}：${value}\n`);
  }
}

/** Data that programs keep beside the text; sources of references are theirs alone. */
async function inspectCustomData(archive: Archive, name: string, collector: Collector): Promise<void> {
  let text = '';
  walkXml(await archive.read(name), name, { text: (said) => (text += said) });
  if (text.trim() === '') return;
  collector.add('customData', name, text);
  collector.addText(`${text}\n`);
}
