import { NotFoundError } from '#src/domain/errors.ts';
import { assertNever } from '#src/domain/exhaustive.ts';
import { exposureUrl } from '#src/domain/exposures/urls.ts';
import { noticeUrl } from '#src/domain/site/urls.ts';
import { fromUtf8 } from '#src/domain/tlog/bytes.ts';
import { type Checkpoint, parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { type Leaf, parseLeaf } from '#src/domain/tlog/leaf.ts';
import { parseNote } from '#src/domain/tlog/note.ts';
import { VERIFIABLE, type Verifiable } from '#src/domain/tlog/subjects.ts';
import { listLeavesOf } from '#src/tlog/read/leaves.ts';
import { getConfig } from '../config.ts';
import { webDb } from '../db.ts';
import { readLogFile } from '../publication-log/files.ts';
import type { Asked } from './asked.ts';

export interface VerifyPage {
  /** What is to be verified, and where it stands; null on the page that only explains. */
  about: { type: Verifiable; id: string; url: string | null; leaves: { index: number; leaf: Leaf }[] } | null;
  /** Null before the first one. */
  checkpoint: Checkpoint | null;
  vkey: string;
}

/** What the log tells about something, and what it is. @throws NotFoundError when the log does not know it */
export async function loadVerify({ url }: Pick<Asked, 'url'>): Promise<VerifyPage> {
  const { DATA_DIR } = getConfig();
  const [checkpoint, vkey] = await Promise.all(['checkpoint', 'vkey'].map((name) => readLogFile(DATA_DIR, name)));
  return {
    about: readAbout(url.searchParams),
    checkpoint: checkpoint ? parseCheckpoint(parseNote(fromUtf8(checkpoint)).text) : null,
    vkey: vkey ? fromUtf8(vkey).trim() : '',
  };
}

function readAbout(parameters: URLSearchParams): VerifyPage['about'] {
  const type = VERIFIABLE.find((each) => parameters.has(each));
  const id = (type && parameters.get(type)?.trim()) ?? '';
  if (!type || id === '') return null;
  const leaves = listLeavesOf(webDb(), { type, id }).map(({ leafIndex, entry }) => ({
    index: leafIndex,
    leaf: parseLeaf(entry),
  }));
  if (leaves.length === 0) throw new NotFoundError('发布日志里没有这项内容的记录');
  return { type, id, url: urlOf(type, id), leaves };
}

/** The page of what is verified; null of what has none. */
function urlOf(type: Verifiable, id: string): string | null {
  switch (type) {
    case 'notice':
      return noticeUrl(id);
    case 'exposure':
      return exposureUrl(id);
    case 'article':
    case 'report':
    case 'statistics':
    case 'submission':
    case 'audit':
      return null;
    default:
      return assertNever(type);
  }
}
