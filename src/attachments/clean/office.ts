import { type Zippable, zipSync } from 'fflate';
import type { ChangeChoice } from '#src/domain/attachments/cleaning.ts';
import { walkXml } from '../xml.ts';
import type { Archive } from '../zip/archive.ts';
import { type Judge, rewriteXml } from './rewrite-xml.ts';

const STORY = /^word\/(?:document|header\d*|footer\d*|footnotes|endnotes|glossary\/document)\.xml$/;
const PROPERTIES = /^docProps\/(?:core|app|custom)\.xml$/;
const COMMENTS =
  /^(?:word\/(?:comments\w*|people)|xl\/comments[^/]*|xl\/(?:threadedComments|persons)\/[^/]+|ppt\/comments\/[^/]+|ppt\/(?:commentAuthors|authors))\.xml$/;
const COMMENT_PARTS = new Set([
  'comment',
  'commentEx',
  'commentId',
  'commentExtensible',
  'person',
  'author',
  'threadedComment',
  'cm',
  'cmAuthor',
]);
const COMMENT_MARKS = new Set(['commentRangeStart', 'commentRangeEnd', 'commentReference']);
const NEW = new Set(['ins', 'moveTo']);
const OLD = new Set(['del', 'moveFrom']);
const CHANGE = /Change$|^(?:moveFrom|moveTo)Range(?:Start|End)$|^cell(?:Ins|Del|Merge)$/;
/** Where a mark of a change stands alone, and says it of what is around. */
const PROPERTY_HOLDERS = new Set(['rPr', 'trPr', 'numPr']);

/**
 * A file of OOXML without properties, comments and tracked changes, whose words are accepted or refused; changes of looks alone are
 * always accepted. Everything else stays byte for byte. @throws UnfitFileError when a part cannot be read
 */
export const cleanOffice = (archive: Archive, changes: ChangeChoice): Promise<Buffer> =>
  rewrite(archive, (name, bytes) => cleanPart(name, bytes, changes));

/** The same without properties alone: what somebody wrote in comments and changes is theirs to keep. @throws UnfitFileError likewise */
export const dropProperties = (archive: Archive): Promise<Buffer> =>
  rewrite(archive, (name, bytes) => (PROPERTIES.test(name) ? emptied(name, bytes) : bytes));

async function rewrite(archive: Archive, clean: (name: string, bytes: Buffer) => Buffer): Promise<Buffer> {
  const parts: Zippable = {};
  for (const name of archive.names) parts[name] = clean(name, await archive.read(name));
  // A fixed time: when it was cleaned is nobody's business either.
  return Buffer.from(zipSync(parts, { level: 6, mtime: new Date(1980, 0, 1) }));
}

const emptied = (name: string, bytes: Buffer): Buffer =>
  rewriteXml(bytes, name, (_name, parents) => (parents.length === 0 ? 'keep' : 'drop'));

function cleanPart(name: string, bytes: Buffer, changes: ChangeChoice): Buffer {
  if (PROPERTIES.test(name)) return emptied(name, bytes);
  if (COMMENTS.test(name)) return rewriteXml(bytes, name, (element) => (COMMENT_PARTS.has(element) ? 'drop' : 'keep'));
  if (STORY.test(name)) return rewriteXml(bytes, name, storyJudge(bytes, name, changes));
  if (name === 'word/settings.xml')
    return rewriteXml(bytes, name, (element) =>
      element === 'trackRevisions' || element === 'rsids' ? 'drop' : 'keep',
    );
  if (/^xl\/worksheets\/[^/]+\.xml$/.test(name))
    return rewriteXml(bytes, name, (element) => (element === 'legacyDrawing' ? 'drop' : 'keep'));
  return bytes;
}

function storyJudge(bytes: Buffer, part: string, changes: ChangeChoice): Judge {
  const [kept, gone] = changes === 'accept' ? [NEW, OLD] : [OLD, NEW];
  const goneRows = rowsWith(bytes, part, gone);
  let row = -1;
  return (name, parents) => {
    if (name === 'tr') {
      row += 1;
      if (goneRows.has(row)) return 'drop';
    }
    if (COMMENT_MARKS.has(name) || CHANGE.test(name)) return 'drop';
    if (gone.has(name)) return 'drop';
    if (kept.has(name)) return PROPERTY_HOLDERS.has(parents.at(-1) ?? '') ? 'drop' : 'unwrap';
    if (name === 'delText') return { as: 't' };
    return name === 'delInstrText' ? { as: 'instrText' } : 'keep';
  };
}

/** Numbers of the rows, from the first of the part, that are marked as a change of this kind. */
function rowsWith(bytes: Buffer, part: string, marks: ReadonlySet<string>): Set<number> {
  const found = new Set<number>();
  const open: number[] = [];
  let count = 0;
  walkXml(bytes, part, {
    open({ name }, parents) {
      if (name === 'tr') open.push(count++);
      if (parents.at(-1) === 'trPr' && marks.has(name)) found.add(open.at(-1) ?? -1);
    },
    close(name) {
      if (name === 'tr') open.pop();
    },
  });
  return found;
}
