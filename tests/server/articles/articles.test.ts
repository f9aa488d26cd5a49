import { createHash } from 'node:crypto';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { saveFile } from '#src/attachments/rows.ts';
import { GENERAL_ARTICLES } from '#src/content/general.ts';
import { type ArticleContent, emptyArticle } from '#src/domain/articles/content.ts';
import type { ArticleQuery } from '#src/domain/articles/urls.ts';
import type { FileType } from '#src/domain/attachments/types.ts';
import { GoneError, RemovedByLawError } from '#src/domain/errors.ts';
import type { FeedFormat } from '#src/domain/feeds/urls.ts';
import { parseLeaf } from '#src/domain/tlog/leaf.ts';
import { seedArticles, seededId } from '#src/publish/articles/seed.ts';
import { publishArticle, withdrawArticle } from '#src/publish/articles/store.ts';
import { RemovedItemError } from '#src/publish/removal/guard.ts';
import { listClarifications, listErrata } from '#src/server/articles/errata.ts';
import { listArticles } from '#src/server/articles/list.ts';
import { getArticle, listChanges } from '#src/server/articles/read.ts';
import { formatArticleFeed } from '#src/server/feeds/articles.ts';
import type { ListedRemoval } from '#src/server/removal/list.ts';
import { applyRemoval } from '#src/server/removal/remove.ts';
import { ArticleDesk } from '#src/staff/articles/desk.ts';
import { releaseDraft } from '#src/staff/drafts/release.ts';
import { getDraft } from '#src/staff/drafts/store.ts';
import { DRAFT_NOW, DraftRig, RELEASE_PARTS } from '#tests/support/draft-rig.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

let shared: ReturnType<typeof openTestDatabase>;
let rig: DraftRig;
beforeEach(() => {
  shared = openTestDatabase();
  rig = new DraftRig(shared.db);
});
afterEach(() => shared.close());

const SAID = {
  title: '虚构市某项通知',
  summary: '虚构的摘要。',
  source: '虚构市中心',
  bodyHtml: '<p>虚构的正文。</p>',
};

/** Takes an article through both reviewers to the public, and gives its id. */
async function publish(content: ArticleContent): Promise<string> {
  const row = await rig.desk.create(team.author, 'qufu', content);
  await rig.approve(row, team);
  expect(releaseDraft(shared.db, row.id, rig.now, RELEASE_PARTS)).toBe('released');
  return getDraft(shared.db, row.id).articleId ?? '';
}
let team: ReturnType<DraftRig['team']>;
beforeEach(() => {
  team = rig.team('qufu');
});

const leavesOf = (id: string) =>
  shared.db.$client.prepare(`SELECT entry FROM log_leaves WHERE type = 'article' AND subject_id = ?`).pluck().all(id);
const changesOf = (id: string) =>
  shared.db.$client
    .prepare(`SELECT kind FROM changes WHERE subject = 'article' AND subject_id = ? ORDER BY seq`)
    .pluck()
    .all(id);

describe('an article', () => {
  test('is published by two reviewers, corrected with a note, taken back with a reason: each told to the log and to followers', async () => {
    const desk = new ArticleDesk({ db: shared.db, calendar: RELEASE_PARTS.calendar }, rig.desk);
    const id = await publish(emptyArticle('announcement', SAID));
    expect(getArticle(shared.db, id)).toMatchObject({ title: SAID.title, version: 1 });
    const correction = await desk.change(team.author, id, 'correct');
    const corrected = {
      ...emptyArticle('announcement', SAID),
      original: id,
      reason: '日期写错，应为三月三日',
      summary: '改好的摘要。',
    };
    await rig.desk.save(team.author, correction, corrected);
    await rig.approve(getDraft(shared.db, correction.id), team);
    expect(releaseDraft(shared.db, correction.id, rig.now, RELEASE_PARTS)).toBe('released');
    expect(getArticle(shared.db, id)).toMatchObject({ summary: '改好的摘要。', version: 2 });
    expect(listErrata(shared.db)).toMatchObject([{ page: `/article/${id}`, note: corrected.reason, what: 'article' }]);
    const taken = await desk.change(team.author, id, 'withdraw');
    await rig.desk.save(team.author, taken, {
      ...emptyArticle('announcement', SAID),
      action: 'withdraw',
      original: id,
      reason: '重复发布',
    });
    await rig.approve(getDraft(shared.db, taken.id), team);
    expect(releaseDraft(shared.db, taken.id, rig.now, RELEASE_PARTS)).toBe('released');
    expect(() => getArticle(shared.db, id)).toThrow(GoneError);
    expect(() => getArticle(shared.db, id)).toThrow('重复发布');
    expect(listArticles(shared.db, {}).total).toBe(0);
    expect(changesOf(id)).toEqual(['upsert', 'upsert', 'remove']);
    expect(leavesOf(id)).toHaveLength(3);
  });

  test('is not sent on while its kind lacks something, or while it holds the number of a person', async () => {
    const submit = async (given: Partial<ArticleContent>) => {
      const row = await rig.desk.create(team.author, 'qufu', emptyArticle('hotline', { ...SAID, ...given }));
      return rig.desk.act(team.author, row, { event: 'submit', reason: '' });
    };
    await expect(submit({})).rejects.toThrow('提出日期');
    const dated = { raisedOn: '2026-02-20', answeredOn: '2026-02-25' };
    await expect(submit({ ...dated, bodyHtml: '<p>来电人 13800138000</p>' })).rejects.toThrow('保密筛查');
    await expect(submit(dated)).resolves.toMatchObject({ state: 'attributeReview' });
  });

  test('with a film goes out only where the transcript says what the captions say', async () => {
    const file = (name: string, type: FileType, text: string) => {
      const sha256 = createHash('sha256').update(name).digest('hex');
      const row = { sha256, size: 10, type, scan: 'unscanned' as const, scanDetail: '', findings: [], text };
      saveFile(shared.db, row, DRAFT_NOW);
      return { sha256, name };
    };
    const film = file('讲解.webm', 'webm', '');
    const words = file('讲解.vtt', 'vtt', 'WEBVTT\n\n00:00.000 --> 00:02.000\n采购意向提前三十日公开。\n');
    const media = { sha256: film.sha256, captions: words.sha256, poster: null, transcript: '采购意向提前公开。' };
    const content = emptyArticle('media', { ...SAID, media, attachments: [film, words] });
    const row = await rig.desk.create(team.author, 'qufu', content);
    await expect(rig.desk.act(team.author, row, { event: 'submit', reason: '' })).rejects.toThrow('文字稿与字幕不一致');
    const desk = new ArticleDesk({ db: shared.db, calendar: RELEASE_PARTS.calendar }, rig.desk);
    const blank = { ...content, media: { ...media, transcript: '' } };
    const filled = desk.withTranscript(blank);
    expect(filled.media?.transcript).toBe('采购意向提前三十日公开。');
    const id = await publish(filled);
    expect(getArticle(shared.db, id).files).toHaveLength(2);
  });

  test('is removed by law with all that it said, here, in the log and in its drafts; it does not come again', async () => {
    const secret = '绝密字样甲乙丙丁';
    // Not in its title: the audit is a chain, and keeps what drafts were called.
    const content = emptyArticle('announcement', { ...SAID, summary: secret, bodyHtml: `<p>${secret}</p>` });
    const id = await publish(content);
    const holds = () => shared.db.$client.serialize().includes(secret);
    expect(holds()).toBe(true);
    const order = {
      subject: 'article',
      id,
      reason: '法院裁定',
      actor: 'job:seed-articles',
      at: rig.now,
      closed: [],
    } satisfies ListedRemoval;
    const [done, again] = [applyRemoval(shared.db, { ...order }), applyRemoval(shared.db, { ...order })];
    expect(again).toEqual(done);
    shared.db.$client.exec('VACUUM');
    expect(holds()).toBe(false);
    expect(() => getArticle(shared.db, id)).toThrow(RemovedByLawError);
    expect(leavesOf(id).map((entry) => parseLeaf(String(entry)).kind)).toEqual(['publish', 'remove']);
    expect(changesOf(id)).toEqual(['upsert', 'remove']);
    const context = { actor: 'job:seed-articles', now: rig.now } as const;
    expect(() => publishArticle(shared.db, { id, county: 'qufu', content }, context)).toThrow(RemovedItemError);
    expect(listArticles(shared.db, {}).total).toBe(0);
    expect(() => shared.db.$client.exec('DELETE FROM log_leaves')).toThrow('append-only');
    const other = await publish(emptyArticle('announcement', SAID));
    expect(() => shared.db.$client.prepare('DELETE FROM article_versions WHERE article_id = ?').run(other)).toThrow(
      'append-only',
    );
  });

  test('shows what each of its versions changed', async () => {
    const id = await publish(emptyArticle('announcement', SAID));
    const context = { actor: 'job:seed-articles', now: rig.now } as const;
    const corrected = emptyArticle('announcement', { ...SAID, bodyHtml: '<p>改好的正文。</p>' });
    publishArticle(shared.db, { id, county: 'qufu', content: corrected, note: '正文写错' }, context);
    expect([...listChanges(shared.db, id)]).toEqual([
      [2, [{ place: 'body', label: '正文', before: '虚构的正文。', after: '改好的正文。' }]],
    ]);
  });

  test('that clarifies a page stands on that page and on the board, with both dates', async () => {
    const id = await publish(emptyArticle('clarification', { ...SAID, page: '/about', raisedOn: '2026-02-01' }));
    expect(listClarifications(shared.db, '/about')).toMatchObject([{ id, wrongOn: '2026-02-01' }]);
    expect(listClarifications(shared.db, '/contact')).toEqual([]);
    expect(listErrata(shared.db)).toMatchObject([{ page: '/about', what: 'clarification' }]);
  });

  test('and what explains it show each other; a document that nothing explains is told to staff', async () => {
    const desk = new ArticleDesk({ db: shared.db, calendar: RELEASE_PARTS.calendar }, rig.desk);
    const law = { issuer: '虚构市', number: '虚〔2026〕1号', issuedOn: '2026-03-01', validity: 'inForce' } as const;
    const document = await publish(emptyArticle('document', { ...SAID, ...law }));
    expect(desk.documents(team.editor)).toMatchObject([{ id: document, state: 'waiting' }]);
    rig.now = '2026-03-10T01:00:00.000Z';
    expect(desk.documents(team.editor)).toMatchObject([{ id: document, state: 'missing' }]);
    const explained = await publish(emptyArticle('interpretation', { ...SAID, related: [document] }));
    expect(desk.documents(team.editor)).toMatchObject([{ id: document, state: 'late' }]);
    expect(getArticle(shared.db, document).related.map(({ id }) => id)).toEqual([explained]);
    expect(getArticle(shared.db, explained).related.map(({ id }) => id)).toEqual([document]);
  });
});

describe('lists of articles', () => {
  const PUBLIC = { url: 'https://example.gov.cn', name: '某市公共资源交易网' };

  test('are feeds in three formats that say the same, of what is asked for, without what was taken back', async () => {
    const odd = '通知 <b>一</b> & ]]>';
    const first = await publish(emptyArticle('announcement', { ...SAID, title: odd }));
    const second = await publish(emptyArticle('news', SAID));
    await publish(emptyArticle('service', SAID));
    const gone = await publish(emptyArticle('news', { ...SAID, title: '误发的消息' }));
    withdrawArticle(
      shared.db,
      { id: gone, county: 'qufu', note: '误发' },
      { actor: 'job:seed-articles', now: rig.now },
    );
    const write = (format: FeedFormat, query: ArticleQuery) =>
      formatArticleFeed(shared.db, { format, site: PUBLIC, query, asOf: DRAFT_NOW });
    const link = (id: string) => `${PUBLIC.url}/article/${id}`;
    const rss = parseRssFeed(write('rss', { section: 'news' })).items?.map((item) => [item.title, item.link]);
    const atom = parseAtomFeed(write('atom', { section: 'news' })).entries?.map((entry) => entry.links?.[0]?.href);
    const json = parseJsonFeed(write('json', { section: 'news' })).items?.map((item) => [item.title, item.url]);
    expect(new Set(rss)).toEqual(
      new Set([
        [odd, link(first)],
        [SAID.title, link(second)],
      ]),
    );
    expect(json).toEqual(rss);
    expect(atom).toEqual(rss?.map(([, url]) => url));
    expect(parseRssFeed(write('rss', { kind: 'hotline' })).items ?? []).toEqual([]);
  });

  test('have those that are called so before those that only speak of it', async () => {
    const named = await publish(emptyArticle('service', { ...SAID, title: '保证金怎么退' }));
    rig.now = '2026-03-10T01:00:00.000Z';
    const speaking = await publish(emptyArticle('service', { ...SAID, bodyHtml: '<p>保证金的事见另一篇。</p>' }));
    expect(listArticles(shared.db, { q: '保证金' }).items.map(({ id }) => id)).toEqual([named, speaking]);
    expect(listArticles(shared.db, {}).items.map(({ id }) => id)).toEqual([speaking, named]);
  });
});

describe('the articles of the software', () => {
  test('are there once, found by their words, and stay as staff left them', () => {
    expect(seedArticles(shared.db, GENERAL_ARTICLES, DRAFT_NOW)).toBe(GENERAL_ARTICLES.length);
    expect(seedArticles(shared.db, GENERAL_ARTICLES, DRAFT_NOW)).toBe(0);
    expect(listArticles(shared.db, {}).total).toBe(GENERAL_ARTICLES.length);
    const found = listArticles(shared.db, { q: '采购意向 30 日' }).items.map(({ id }) => id);
    expect(found).toContain(seededId('explain-intention'));
    const links = getArticle(shared.db, seededId('law-ck10')).related.map(({ id }) => id);
    expect(links).toEqual(expect.arrayContaining([seededId('explain-intention'), seededId('guide-procurement')]));
  });
});
