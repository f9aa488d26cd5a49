import type { Db } from '#db/client.ts';
import { readKeyValue } from '#db/key-values.ts';
import { takeIn } from '#src/attachments/intake.ts';
import { saveFile } from '#src/attachments/rows.ts';
import { FileStore } from '#src/attachments/store.ts';
import { paragraphs, type SeedArticle, seed } from '#src/content/seed.ts';
import { addDays, formatDate, type Instant } from '#src/domain/time/time.ts';
import { seedArticles } from '#src/publish/articles/seed.ts';
import { makeFilm, type Slide, toPoster } from './film.ts';

const CAPTIONS: readonly (readonly [seconds: number, text: string])[] = [
  [4, '大家好，这段演示视频说明政府采购意向公开。'],
  [4, '采购意向原则上在采购活动开始前三十日公开。'],
  [4, '意向只供参考，实际内容以采购公告为准。'],
  [4, '在本站订阅采购意向，有新的意向会收到提醒。'],
];
const COLOURS = ['#0a58a6', '#00766a', '#9c4a86', '#4f5966'];
const KEY = 'articles.seeded.demo';

interface Media {
  content: NonNullable<SeedArticle['content']['media']>;
  attachments: { sha256: string; name: string }[];
}

/** Fictional articles, a film among them, once. Everything in them is marked as made up. */
export async function loadDemoArticles(db: Db, dataDirectory: string, now: Instant): Promise<void> {
  if (readKeyValue(db, KEY, '') !== '') return;
  const media = await keepFilm(db, dataDirectory, now);
  seedArticles(db, listArticles(media, now), now, 'demo');
}

async function keepFilm(db: Db, dataDirectory: string, now: Instant): Promise<Media> {
  const slides = CAPTIONS.map(([seconds], index): Slide => ({ seconds, colour: COLOURS[index] ?? '#0a58a6' }));
  const starts = CAPTIONS.map((_, index) => CAPTIONS.slice(0, index).reduce((sum, [seconds]) => sum + seconds, 0));
  const clock = (seconds: number) => `00:00:${String(seconds).padStart(2, '0')}.000`;
  const cues = CAPTIONS.map(
    ([seconds, text], index) => `${clock(starts[index] ?? 0)} --> ${clock((starts[index] ?? 0) + seconds)}\n${text}\n`,
  );
  const poster = slides[0] ? await toPoster(slides[0]) : Buffer.alloc(0);
  const given = [
    ['采购意向公开（演示）.webm', await makeFilm(slides)],
    ['采购意向公开（演示）.vtt', Buffer.from(`WEBVTT\n\n${cues.join('\n')}`)],
    ['封面.png', poster],
  ] as const;
  const store = new FileStore(dataDirectory);
  const attachments: Media['attachments'] = [];
  for (const [name, bytes] of given) {
    const received = await store.receive(one(bytes), bytes.length + 1);
    const file = await takeIn({ store, scanner: undefined }, received, name);
    db.$client.transaction(() => saveFile(db, file, now)).immediate();
    attachments.push({ sha256: file.sha256, name });
  }
  const [film, captions, picture] = attachments.map(({ sha256 }) => sha256);
  const transcript = CAPTIONS.map(([, text]) => text).join('\n');
  return {
    content: { sha256: film ?? '', captions: captions ?? '', poster: picture ?? null, transcript },
    attachments,
  };
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function listArticles({ content: media, attachments }: Media, now: Instant): SeedArticle[] {
  const day = (days: number) => formatDate(addDays(now, -days));
  const made = { nature: 'fictional', source: '虚构的演示中心' } as const;
  const dated = (raised: number, answered: number) => ({ raisedOn: day(raised), answeredOn: day(answered) });
  return [
    seed(
      'demo-film',
      'media',
      {
        ...made,
        title: '采购意向公开讲解（演示视频）',
        summary: '十六秒，无声，有字幕和文字稿。',
        ...{ category: 'procurement', media, attachments },
      },
      ['law-ck10', 'explain-intention'],
    ),
    seed('demo-news', 'news', {
      ...made,
      title: '演示中心举办开放日活动',
      summary: '市民代表参观开标区，了解远程异地评标。',
      bodyHtml: paragraphs('演示中心邀请市民代表参观开标区和专家抽取终端，听取对信息公开的意见。'),
    }),
    seed('demo-notice', 'announcement', {
      ...made,
      title: '关于系统维护的通知（演示）',
      summary: '本周六 8 时至 12 时系统维护，期间不能上传投标文件。',
      bodyHtml: paragraphs('请投标人提前上传。维护期间的开标活动已经改期，改期公告另行发布。'),
    }),
    seed('demo-document', 'document', {
      ...made,
      ...{
        title: '演示市公共资源交易信息公开工作办法',
        issuer: '虚构的演示市政府办公室',
        number: '演政办发〔2026〕1号',
      },
      ...{ issuedOn: day(20), effectiveOn: day(10), validity: 'inForce' },
      summary: '规定公开的责任分工和时限。没有配套解读，用来演示“三同步”提醒。',
      bodyHtml: paragraphs('各单位按职责分工，在信息形成之日起规定时限内公开。'),
    }),
    seed('demo-hotline', 'hotline', {
      ...made,
      ...{ title: '热线：保证金什么时候能退（演示）', summary: '合同签订后五日内退还，已督促办理。', ...dated(12, 9) },
      bodyHtml: paragraphs(
        '来电反映某项目结束后保证金没有退还。经核实，合同已于三日前签订，已督促招标人在期限内退还。',
      ),
    }),
    seed('demo-proposal', 'proposal', {
      ...made,
      ...{ title: '关于推广远程异地评标的提案答复（演示）', summary: '已在三个县区试点。', ...dated(60, 30) },
      ...{ issuer: '虚构的演示中心', number: '演示提案第 1 号', issuedOn: day(30) },
      bodyHtml: paragraphs('所提建议已经采纳，远程异地评标已在三个县区试点，下一步扩大范围。'),
    }),
    seed('demo-response', 'response', {
      ...made,
      ...{ title: '关于某项目资格条件的回应（演示）', summary: '资格条件已更正，投标截止时间顺延。', ...dated(8, 6) },
      bodyHtml: paragraphs('有市民反映某项目资格条件过高。经核查，条件确有不当，已发布更正公告并顺延截止时间。'),
    }),
    seed('demo-obstacle', 'obstacle', {
      ...made,
      ...{ title: '堵点：办理证书要跑两次（演示）', summary: '改为网上办理、邮寄送达。', ...dated(40, 25) },
      bodyHtml: paragraphs('堵点：办理数字证书要到窗口两次。措施：网上提交材料，证书邮寄送达。'),
    }),
    seed('demo-clarification', 'clarification', {
      ...made,
      title: '关于“关于本站”页面的更正说明（演示）',
      summary: '页面曾把县（市、区）站点的数量写为 13 个，正确的是 14 个。',
      ...{ page: '/about', raisedOn: day(15) },
      bodyHtml: paragraphs('“关于本站”页面曾把县（市、区）站点写为 13 个，经核对应为 14 个，现予更正。'),
    }),
  ];
}
