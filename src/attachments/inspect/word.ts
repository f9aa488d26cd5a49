import { walkXml, type XmlElement } from '../xml.ts';
import type { Archive } from '../zip/archive.ts';
import type { Collector } from './collector.ts';

const STORY = /^word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments\w*|glossary\/document)\.xml$/;
const COMMENTS = /comments\w*\.xml$/;
/** Somebody's change that is not accepted yet: of text, and of how it looks. */
const CHANGES = new Set(['ins', 'del', 'moveFrom', 'moveTo', 'cellIns', 'cellDel', 'cellMerge']);
const FORMAT_CHANGE = /^(?:r|p|tbl|tr|tc|sect|tblGrid|numbering)(?:Pr)?(?:Ex)?Change$/;
/** Half points: below this nobody reads it. */
const TINY_SIZE = 6;
const isOn = (value: string | undefined) => !['0', 'false', 'off'].includes(value ?? '1');

/** Text, changes, comments and what is set to be unseen in a text document (ECMA-376 part 1, clause 17). */
export async function inspectWordParts(archive: Archive, collector: Collector): Promise<void> {
  for (const name of archive.names) {
    if (STORY.test(name)) inspectStory(await archive.read(name), name, collector);
  }
}

/** What a run is set to, until it ends. */
interface Run {
  isVanished: boolean;
  isTiny: boolean;
  isWhite: boolean;
  isShaded: boolean;
  text: string;
}
const plainRun = (): Run => ({ isVanished: false, isTiny: false, isWhite: false, isShaded: false, text: '' });

function inspectStory(bytes: Buffer, part: string, collector: Collector): void {
  let run = plainRun();
  let change = '';
  let changed = '';
  let comment = '';
  const isComments = COMMENTS.test(part);
  walkXml(bytes, part, {
    open(element, parents) {
      const { name, attributes } = element;
      if (name === 'r') run = plainRun();
      if (CHANGES.has(name))
        [change, changed] = [
          `${name === 'del' || name === 'moveFrom' ? '删除' : '插入'} ${attributes.author ?? ''}`,
          '',
        ];
      if (CHANGES.has(name) && parents.at(-1) === 'rPr') collector.add('trackedChange', part, '段落标记');
      if (FORMAT_CHANGE.test(name)) collector.add('trackedChange', part, `格式 ${attributes.author ?? ''}`);
      if (name === 'comment') comment = `${attributes.author ?? ''}：`;
      if (parents.at(-1) === 'rPr') setRun(run, element);
      if (name === 'tab' || name === 'br') collector.addText('\n');
      if (name === 'docPr' && attributes.descr) collector.addText(`${attributes.descr}\n`);
    },
    text(text, parents) {
      const holder = parents.at(-1);
      if (holder !== 't' && holder !== 'delText' && holder !== 'instrText' && holder !== 'delInstrText') return;
      run.text += text;
      changed += text;
      comment += text;
      collector.addText(text);
    },
    close(name) {
      if (name === 'r') tellRun(run, part, collector);
      if (name === 'p' || name === 'tc') collector.addText('\n');
      if (CHANGES.has(name) && changed.trim() !== '') collector.add('trackedChange', part, `${change}：${changed}`);
      if (isComments && name === 'comment') collector.add('comment', '', comment);
    },
  });
}

function setRun(run: Run, { name, attributes: { val, fill } }: XmlElement): void {
  if (name === 'vanish' || name === 'specVanish' || name === 'webHidden') run.isVanished ||= isOn(val);
  if (name === 'sz') run.isTiny ||= Number(val) > 0 && Number(val) < TINY_SIZE;
  if (name === 'color') run.isWhite ||= /^F[A-F0-9]F[A-F0-9]F[A-F0-9]$/i.test(val ?? '');
  if (name === 'shd' || name === 'highlight')
    run.isShaded ||= !['FFFFFF', 'auto', 'none', undefined].includes(fill ?? val);
}

function tellRun({ isVanished, isTiny, isWhite, isShaded, text }: Run, part: string, collector: Collector): void {
  if (text.trim() === '') return;
  if (isVanished) collector.add('hiddenText', part, text);
  if (isTiny) collector.add('tinyText', part, text);
  if (isWhite && !isShaded) collector.add('whiteText', part, text);
}
