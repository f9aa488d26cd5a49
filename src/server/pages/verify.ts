import { articleUrl } from '#src/domain/articles/urls.ts';
import { reportUrl } from '#src/domain/disclosure/urls.ts';
import { assertNever } from '#src/domain/exhaustive.ts';
import { exposureUrl } from '#src/domain/exposures/urls.ts';
import { noticeUrl } from '#src/domain/site/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { fromUtf8 } from '#src/domain/tlog/bytes.ts';
import { type Checkpoint, parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { type Leaf, parseLeaf } from '#src/domain/tlog/leaf.ts';
import { parseNote } from '#src/domain/tlog/note.ts';
import { parseVerifyCode } from '#src/domain/tlog/print-code.ts';
import { VERIFIABLE, type Verifiable } from '#src/domain/tlog/subjects.ts';
import { verifyNote } from '#src/domain/tlog/verify-note.ts';
import { listLeavesOf } from '#src/tlog/read/leaves.ts';
import { getConfig } from '../config.ts';
import { webDb } from '../db.ts';
import { readLogFile } from '../publication-log/files.ts';
import type { Asked } from './asked.ts';

interface About {
  type: Verifiable;
  id: string;
  /** Its page; null of what has none. */
  url: string | null;
  leaves: { index: number; leaf: Leaf }[];
}

/** What a printed code was held against. */
interface Printed {
  version: number;
  seal: string;
  /** Index of the leaf that it is of; null when no version was printed like that. */
  index: number | null;
}

export interface VerifyPage {
  /** What was typed. */
  typed: string;
  /** Why it leads to nothing; null when it does not, or nothing was typed. */
  fault: string | null;
  /** Null where no printed code was typed. */
  printed: Printed | null;
  /** Null on the page that only explains. */
  about: About | null;
  /** Null before the first one. */
  checkpoint: Checkpoint | null;
  vkey: string;
  /** Key of the second line; null where there is none. */
  second: string | null;
  /** Witnesses that have signed the checkpoint, and when they saw it. */
  witnesses: { name: string; at: Instant }[];
}

/** What the log tells about something, and what it is. What leads to nothing is a fault to be shown beside the field. */
export async function loadVerify({ url }: Pick<Asked, 'url'>): Promise<VerifyPage> {
  const { DATA_DIR } = getConfig();
  const [checkpoint, vkey, second] = await Promise.all(
    ['checkpoint', 'vkey', 'vkey-sm2'].map((name) => readLogFile(DATA_DIR, name)),
  );
  return {
    ...readAsked(url.searchParams),
    checkpoint: checkpoint ? parseCheckpoint(parseNote(fromUtf8(checkpoint)).text) : null,
    vkey: vkey ? fromUtf8(vkey).trim() : '',
    second: second ? fromUtf8(second).trim() : null,
    witnesses: checkpoint ? listWitnesses(fromUtf8(checkpoint)) : [],
  };
}

function listWitnesses(checkpoint: string): VerifyPage['witnesses'] {
  const keys = getConfig().LOG_WITNESSES.map(({ key }) => key);
  return verifyNote(parseNote(checkpoint), keys).flatMap(({ key: { name }, time }) =>
    time === null ? [] : [{ name, at: new Date(time * 1_000).toISOString() }],
  );
}

type AskedFor = Pick<VerifyPage, 'typed' | 'fault' | 'printed' | 'about'>;
const NOTHING: AskedFor = { typed: '', fault: null, printed: null, about: null };

function readAsked(parameters: URLSearchParams): AskedFor {
  const typed = parameters.get('code')?.trim() ?? '';
  if (typed !== '') return readTyped(typed);
  const type = VERIFIABLE.find((each) => parameters.has(each));
  const id = (type && parameters.get(type)?.trim()) ?? '';
  if (!type || id === '') return NOTHING;
  const about = findAbout(type, id);
  return { ...NOTHING, typed: id, about, fault: about ? null : '发布日志里没有这项内容的记录，请核对编号' };
}

/** A number that people type is a notice's, an entry's, or another's. */
function readTyped(typed: string): AskedFor {
  const code = parseVerifyCode(typed);
  const found = VERIFIABLE.map((type) => findAbout(type, code?.id ?? typed)).find((about) => about !== null);
  if (!found) {
    const isFormed = code !== null;
    const fault = isFormed
      ? '发布日志里没有这个编号的记录，请对照公告网址或打印件再输入一次'
      : '这不是公告编号或核验码：编号是 12 位小写字母和数字，核验码在打印件末尾';
    return { ...NOTHING, typed, fault };
  }
  return { typed, fault: null, about: found, printed: code?.printed ? comparePrinted(code.printed, found) : null };
}

function comparePrinted({ version, seal }: Omit<Printed, 'index'>, { leaves }: About): Printed {
  const same = leaves.find(({ leaf }) => leaf.version === version && leaf.sha256?.startsWith(seal));
  return { version, seal, index: same?.index ?? null };
}

function findAbout(type: Verifiable, id: string): About | null {
  const leaves = listLeavesOf(webDb(), { type, id }).map(({ leafIndex, entry }) => ({
    index: leafIndex,
    leaf: parseLeaf(entry),
  }));
  return leaves.length === 0 ? null : { type, id, url: urlOf(type, id), leaves };
}

/** The page of what is verified; null of what has none. */
function urlOf(type: Verifiable, id: string): string | null {
  switch (type) {
    case 'notice':
      return noticeUrl(id);
    case 'exposure':
      return exposureUrl(id);
    case 'article':
      return articleUrl(id);
    // `2025-city`: the year begins it.
    case 'report':
      return reportUrl(Number(id.slice(0, 4)));
    case 'statistics':
    case 'submission':
    case 'audit':
      return null;
    default:
      return assertNever(type);
  }
}
