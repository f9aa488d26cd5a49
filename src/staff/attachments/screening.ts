import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eq, inArray } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { draftJustifications, files } from '#db/schema/files.ts';
import { staffAccounts } from '#db/schema/staff.ts';
import type { FileRow } from '#src/attachments/rows.ts';
import { FINDING_RULES, type Finding, type FindingLevel, findingKey } from '#src/domain/attachments/findings.ts';
import { type AnyContent, isArticle } from '#src/domain/drafts/any-content.ts';
import { placesOf } from '#src/domain/drafts/difference.ts';
import { stableId } from '#src/domain/identifiers/ids.ts';
import { type ListedWord, parseListedWords } from '#src/domain/screening/listed-words.ts';
import { type Find, screenDraft } from '#src/domain/screening/screen-draft.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { contentOf, type DraftRow } from '../drafts/store.ts';

/** File of the words that an installation looks for, beside the database. */
const WORDS_FILE = 'screening-words.txt';

/** Why something may be published all the same, and who says so. */
export interface Justification {
  reason: string;
  who: string;
  at: Instant;
}

/** Something found in a file, and whether it was settled. */
export interface FileFinding extends Finding {
  key: string;
  level: FindingLevel;
  justification: Justification | null;
}

export interface ScreenedFile extends Pick<FileRow, 'sha256' | 'size' | 'type' | 'scan' | 'scanDetail'> {
  name: string;
  findings: FileFinding[];
}

/** What the screening of a draft found, and what was said of it. */
export interface Screening {
  finds: (Find & { justification: Justification | null })[];
  files: ScreenedFile[];
  /** Files that the draft names and that are not there. */
  missing: string[];
}

/** The words of an installation, read anew when their file has changed. */
export function listedWords(db: Db): { words: readonly ListedWord[]; stamp: string } {
  const path = join(dirname(db.$client.name), WORDS_FILE);
  const found = statSync(path, { throwIfNoEntry: false });
  const stamp = found ? `${found.mtimeMs} ${found.size}` : '';
  if (known?.path !== path || known.stamp !== stamp)
    known = { path, stamp, words: found ? parseListedWords(readFileSync(path, 'utf8')) : [] };
  return known;
}
let known: { path: string; stamp: string; words: readonly ListedWord[] } | undefined;

/** Parts of a draft that are screened by themselves, or are not words. */
const OWN_PLACES = new Set([
  'title',
  'body',
  'category',
  'stage',
  'kind',
  'nature',
  'publishAt',
  'original',
  'related',
]);

/** Finds by what was screened: a page asks several times for the same, and long attachments take long. */
const kept = new Map<string, Find[]>();
const MOST_KEPT = 40;

function findsOf(db: Db, hash: string, content: AnyContent, rows: ReadonlyMap<string, FileRow>): Find[] {
  const { words, stamp } = listedWords(db);
  const key = `${hash} ${stamp}`;
  const before = kept.get(key);
  if (before) return before;
  const places = placesOf(content).filter(({ place }) => !OWN_PLACES.has(place) && !place.startsWith('attachments.'));
  const finds = screenDraft(
    {
      stage: isArticle(content) ? null : content.stage,
      title: content.title,
      bodyHtml: content.bodyHtml,
      fields: Object.fromEntries(places.map(({ label, text }) => [label, text])),
      attachments: content.attachments.map((file) => ({ ...file, text: rows.get(file.sha256)?.text ?? '' })),
    },
    words,
  );
  if (rows.size < new Set(content.attachments.map(({ sha256 }) => sha256)).size) return finds;
  kept.set(key, finds);
  for (const old of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(old);
  return finds;
}

/** Everything that the screening of a draft finds, with what was said of it. */
export function readScreening(db: Db, row: DraftRow): Screening {
  const content = contentOf(row);
  const hashes = content.attachments.map(({ sha256 }) => sha256);
  const rows = new Map(
    db
      .select()
      .from(files)
      .where(inArray(files.sha256, hashes))
      .all()
      .map((file) => [file.sha256, file]),
  );
  const said = readJustifications(db, row.id);
  return {
    finds: findsOf(db, row.hash, content, rows).map((find) => ({ ...find, justification: said.get(find.key) ?? null })),
    files: content.attachments.flatMap(({ sha256, name }): ScreenedFile[] => {
      const file = rows.get(sha256);
      return file ? [toScreened(file, name, said)] : [];
    }),
    missing: content.attachments.filter(({ sha256 }) => !rows.has(sha256)).map(({ name }) => name),
  };
}

function toScreened(
  { sha256, size, type, scan, scanDetail, findings }: FileRow,
  name: string,
  said: ReadonlyMap<string, Justification>,
): ScreenedFile {
  const told = findings.map((finding): FileFinding => {
    const key = stableId('finding', sha256, findingKey(finding));
    return { ...finding, key, level: FINDING_RULES[finding.kind].level, justification: said.get(key) ?? null };
  });
  return { sha256, size, type, scan, scanDetail, name, findings: told };
}

function readJustifications(db: Db, draftId: string): Map<string, Justification> {
  const rows = db
    .select({ row: draftJustifications, who: staffAccounts.displayName })
    .from(draftJustifications)
    .innerJoin(staffAccounts, eq(staffAccounts.id, draftJustifications.accountId))
    .where(eq(draftJustifications.draftId, draftId))
    .all();
  return new Map(rows.map(({ row: { find, reason, at }, who }) => [find, { reason, at, who }]));
}

/**
 * How many things a draft still has that hold it up: finds nobody masked or justified, files that are missing or that the scanner
 * could not look at. What a reviewer has to see with their own eyes counts once it is with the reviewers.
 */
export function countOpenFinds(db: Db, row: DraftRow): number {
  const { finds, files: screened, missing } = readScreening(db, row);
  const withReviewers = row.state === 'firstReview' || row.state === 'finalReview';
  const holds = (level: FindingLevel) => level === 'settle' || (level === 'tick' && withReviewers);
  const findings = screened.flatMap((file) => file.findings);
  return (
    finds.filter(({ justification }) => justification === null).length +
    findings.filter(({ justification, level }) => justification === null && holds(level)).length +
    screened.filter(({ scan }) => scan === 'error' || scan === 'infected').length +
    missing.length
  );
}
