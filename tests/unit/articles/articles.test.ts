import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GENERAL_ARTICLES } from '#src/content/general.ts';
import { type Cue, parseCaptions, toTranscript, transcriptFault } from '#src/domain/articles/captions.ts';
import { ARTICLE_CONTENT, emptyArticle } from '#src/domain/articles/content.ts';
import { articleFaults } from '#src/domain/articles/faults.ts';
import { ARTICLE_KIND_KEYS, ARTICLE_SECTION_KEYS, kindsOf } from '#src/domain/articles/kinds.ts';
import { toRatingResults } from '#src/domain/articles/rating.ts';
import { judgeTogether } from '#src/domain/articles/together.ts';
import { createWorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { prepareArticle } from '#src/publish/articles/prepare.ts';

const clock = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 23);
const toVtt = (cues: readonly Cue[]) =>
  `WEBVTT\n\n${cues.map(({ from, to, text }, index) => `${index + 1}\n${clock(from)} --> ${clock(to)}\n${text}\n`).join('\n')}`;

describe('kinds', () => {
  test('each stand in one section, and all sections have some', () => {
    expect(ARTICLE_SECTION_KEYS.flatMap((section) => kindsOf(section)).toSorted()).toEqual(
      [...ARTICLE_KIND_KEYS].toSorted(),
    );
    for (const section of ARTICLE_SECTION_KEYS) expect(kindsOf(section).length).toBeGreaterThan(0);
  });
});

describe('captions', () => {
  test('say what the transcript says, however lines break; one word else is found', () => {
    const text = fc.array(fc.constantFrom('公', '告', '截', '止', 'A', '1'), { minLength: 1, maxLength: 12 });
    const cues = fc
      .array(text, { minLength: 1, maxLength: 8 })
      .map((texts) =>
        texts.map((letters, index): Cue => ({ from: index * 2, to: index * 2 + 1.5, text: letters.join('') })),
      );
    fc.assert(
      fc.property(cues, fc.nat(), (given, at) => {
        const read = parseCaptions(toVtt(given));
        expect(read).toEqual(given);
        const transcript = toTranscript(read);
        expect(transcriptFault(transcript.replaceAll('\n', '\r\n'), read)).toBeNull();
        const letters = [...transcript.replaceAll('\n', '')];
        letters[at % letters.length] = '误';
        expect(transcriptFault(letters.join(''), read)).toContain('误');
        expect(transcriptFault(`${transcript}多`, read)).not.toBeNull();
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['1\n00:00:00.000 --> 00:00:01.000\n没有文件头', 'WEBVTT'],
    ['WEBVTT\n\nNOTE 没有一条', '没有字幕'],
    ['WEBVTT\n\n00:00:02.000 --> 00:00:01.000\n倒着', '早于开始'],
    ['WEBVTT\n\n00:00:05.000 --> 00:00:06.000\n后\n\n00:00:01.000 --> 00:00:02.000\n先', '早于前一条'],
    ['WEBVTT\n\n00:61.000 --> 01:62.000\n没有这个时间', '时间写得不对'],
    ['WEBVTT\n\n00:01.000 --> 00:02.000\n', '没有文字'],
  ])('that cannot be used are refused: %j', (vtt, words) => {
    expect(() => parseCaptions(vtt)).toThrow(words);
  });

  test('are read without their tags, with what is escaped', () => {
    const [cue] = parseCaptions(
      '\ufeffWEBVTT 标题\r\n\r\n00:01.000 --> 00:02.500 align:start\r\n<v 讲解>甲 &amp; 乙</v>\r\n',
    );
    expect(cue).toEqual({ from: 1, to: 2.5, text: '甲 & 乙' });
  });
});

describe('the articles that come with the software', () => {
  test('are complete by the rules that staff are held to, and link to what is there', () => {
    const slugs = new Set(GENERAL_ARTICLES.map(({ slug }) => slug));
    expect(slugs.size).toBe(GENERAL_ARTICLES.length);
    for (const { slug, content, related } of GENERAL_ARTICLES) {
      const whole = { ...content, related: related.map(() => 'aaaaaaaaaaaa') };
      expect(ARTICLE_CONTENT.safeParse(whole).success, slug).toBe(true);
      expect(articleFaults(whole), slug).toEqual([]);
      expect(prepareArticle('aaaaaaaaaaaa', whole).isMasked, slug).toBe(false);
      expect(content.nature, slug).toBe('general');
      for (const other of related) expect(slugs, `${slug} → ${other}`).toContain(other);
    }
  });

  test('guide through every category, step by step', () => {
    for (const category of CATEGORY_SLUGS) {
      const guides = GENERAL_ARTICLES.filter(
        ({ content }) => content.kind === 'guide' && content.category === category,
      );
      expect(guides, category).toHaveLength(1);
      expect(guides[0]?.content.steps.length, category).toBeGreaterThanOrEqual(6);
    }
  });
});

describe('an article', () => {
  test('is held back until its kind is satisfied', () => {
    const names = (given: Parameters<typeof emptyArticle>) =>
      articleFaults(emptyArticle(...given)).map(({ name }) => name);
    const said = { title: '虚构市某项通知', summary: '摘要', source: '虚构市', bodyHtml: '<p>正文</p>' };
    expect(names(['announcement', said])).toEqual([]);
    expect(names(['law', said])).toEqual(['issuer', 'number', 'issuedOn', 'validity']);
    expect(names(['hotline', { ...said, raisedOn: '2026-03-02', answeredOn: '2026-03-01' }])).toEqual(['answeredOn']);
    expect(names(['interpretation', said])).toEqual(['related']);
    expect(names(['media', said])).toEqual(['media']);
    expect(names(['clarification', said])).toEqual(['page', 'raisedOn']);
    expect(names(['announcement', { ...said, original: 'aaaaaaaaaaaa' }])).toEqual(['reason']);
  });

  test('goes out sanitized, with numbers of persons masked', () => {
    const { record, isMasked } = prepareArticle(
      'aaaaaaaaaaaa',
      emptyArticle('news', {
        title: '联系人手机 13800138000',
        bodyHtml: '<p onclick="x()">正文<script>x()</script></p>',
      }),
    );
    expect(isMasked).toBe(true);
    expect(record.title).not.toContain('13800138000');
    expect(record.bodyHtml).toBe('<p>正文</p>');
  });
});

test('a document is explained with it, late, or not at all', () => {
  const calendar = createWorkingCalendar();
  const publishedAt = '2026-03-02T01:00:00.000Z';
  const judge = (explainedAt: string | null, now: string) => judgeTogether(calendar, { publishedAt, explainedAt }, now);
  expect(judge('2026-03-05T10:00:00.000Z', publishedAt)).toBe('together');
  expect(judge('2026-03-06T01:00:00.000Z', publishedAt)).toBe('late');
  expect(judge(null, '2026-03-05T10:00:00.000Z')).toBe('waiting');
  expect(judge(null, '2026-03-06T01:00:00.000Z')).toBe('missing');
});

test('ratings come to counts and a mean of each axis', () => {
  const [content, timeliness] = toRatingResults([
    { axis: 'content', grade: 5, people: 2 },
    { axis: 'content', grade: 2, people: 1 },
  ]);
  expect(content).toMatchObject({ mean: 4, counts: { 5: 2, 2: 1, 1: 0 } });
  expect(timeliness?.mean).toBeNull();
});
