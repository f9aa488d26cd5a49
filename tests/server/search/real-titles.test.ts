import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRealSet } from '#scripts/bench/facts/real-set.ts';
import type { CorpusNotice } from '#scripts/bench/search-quality/corpus.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import { normaliseText } from '#src/domain/search/fold.ts';
import { ftsBackend } from '#src/server/search/fts-search.ts';
import { meiliBackend } from '#src/server/search/meili-search.ts';
import { searchWith } from '#src/server/search/search.ts';
import { openRig, type Rig, withTitle } from './rig.ts';

/** Titles and names that nobody here chose: of real notices, where a folder has them. */
const FOLDER = join(import.meta.dirname, '../../../../shared/feeds/real');

/** Ways in which people type what stands in a title; each gives the notice that is meant. */
const WAYS: Record<string, (title: string) => string> = {
  whole: (title) => title,
  pasted: (title) => `#招标信息# ${title}.pdf 附链接`,
  beginning: (title) => [...title].slice(0, 16).join(''),
  middle: (title) => [...title].slice(6, 20).join(''),
  'without a character': (title) => [...title].toSpliced(Math.floor([...title].length / 2), 1).join(''),
};

const han = (text: string) => text.replace(/[^\p{Script=Han}\p{L}\p{N}]/gu, '');

describe.runIf(existsSync(FOLDER))('real titles', () => {
  let rig: Rig;
  let real: CorpusNotice[];

  beforeAll(async () => {
    rig = await openRig(300, (corpus) =>
      readRealSet(FOLDER)
        .filter(({ title }) => [...han(title)].length >= 14)
        .map(({ title, html, category, stage }, index) =>
          withTitle(corpus, index, {
            id: noticeId('real', String(index)),
            ...{ title, category, stage, body: load(html).text(), code: `REAL-2026-${1000 + index}` },
            ...{ buyer: `某单位${index}`, supplier: `某公司${index}`, agency: '某代理' },
          }),
        ),
    );
    real = rig.corpus.slice(300);
  }, 240_000);
  afterAll(() => rig.close());

  it.each(['meilisearch', 'fts5'] as const)('are found by %s however they are typed', async (name) => {
    const missed: string[] = [];
    let [asked, first, empty] = [0, 0, 0];
    for (const { title } of real) {
      for (const [way, type] of Object.entries(WAYS)) {
        const q = type(title);
        const backend = name === 'fts5' ? ftsBackend(rig.db) : meiliBackend(rig.engine.client);
        const { items } = await searchWith(rig.db, backend, { q: q.slice(0, 500), limit: 3 });
        asked++;
        // Several notices may have one title, or hold the piece.
        const wanted = way === 'beginning' || way === 'middle' ? normaliseText(q) : normaliseText(title);
        if (items.length === 0) empty++;
        if (items[0] && normaliseText(items[0].title).includes(wanted)) first++;
        else missed.push(`${way}: ${q} → ${items[0]?.title}`);
      }
    }
    expect(asked).toBeGreaterThan(200);
    expect(empty / asked, missed.join('\n')).toBeLessThanOrEqual(0.01);
    expect(first / asked, missed.join('\n')).toBeGreaterThanOrEqual(0.97);
  });
});
