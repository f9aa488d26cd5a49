import { CATEGORY_SLUGS, type Category } from '#src/domain/categories.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { ExposureSummary } from '#src/domain/exposures/views.ts';
import { KIOSK_TOPIC_KEYS, type KioskTopic, RESULT_STAGES } from '#src/domain/site/screens.ts';
import { absoluteUrl, noticeUrl } from '#src/domain/site/urls.ts';
import type { NoticeSummary, NoticeView } from '#src/domain/site/views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { getConfig } from '../config.ts';
import { webDb } from '../db.ts';
import { listExposures } from '../exposures/list.ts';
import { getNotice } from '../notices/get.ts';
import { listNotices } from '../notices/list.ts';
import type { Asked } from './asked.ts';

/** Cards on a screen of the touch screen. */
const CARDS = 5;
/** Whoever wants more is better off with a phone. */
const PAGES = 20;

export interface KioskPage {
  topic: KioskTopic;
  category: Category | null;
  page: number;
  hasMore: boolean;
  notices: NoticeSummary[];
  exposures: ExposureSummary[];
  now: Instant;
}

/** A topic of the touch screen. @throws NotFoundError for one that is none */
export function loadKioskTopic({ params, url }: Pick<Asked, 'params' | 'url'>): KioskPage {
  const topic = KIOSK_TOPIC_KEYS.find((key) => key === params.topic);
  if (!topic) throw new NotFoundError('没有这一栏');
  const asked = url.searchParams;
  const category = CATEGORY_SLUGS.find((slug) => slug === asked.get('category')) ?? null;
  const page = Math.min(PAGES, Math.max(1, Math.trunc(Number(asked.get('page'))) || 1));
  const now = new Date().toISOString();
  const wanted = { topic, category, until: page * CARDS + 1, now };
  const notices = listTopic(wanted);
  const exposures = topic === 'exposure' ? listExposures(webDb(), { limit: wanted.until }, now).items : [];
  const from = (page - 1) * CARDS;
  return {
    ...{ topic, category, page, now },
    hasMore: page < PAGES && Math.max(notices.length, exposures.length) > page * CARDS,
    notices: notices.slice(from, from + CARDS),
    exposures: exposures.slice(from, from + CARDS),
  };
}

interface Wanted {
  topic: KioskTopic;
  category: Category | null;
  until: number;
  now: Instant;
}

function listTopic({ topic, category, until, now }: Wanted): NoticeSummary[] {
  const narrowed = { ...(category ? { category } : {}), limit: until };
  if (topic === 'open') return listNotices(webDb(), { ...narrowed, status: 'open', sort: 'deadline' }, now).items;
  if (topic !== 'results') return [];
  return RESULT_STAGES.flatMap((stage) => listNotices(webDb(), { ...narrowed, stage }, now).items)
    .sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1))
    .slice(0, until);
}

/** A notice on the touch screen, with its address for phones. @throws NotFoundError */
export function loadKioskNotice({ params }: Pick<Asked, 'params'>): { notice: NoticeView; address: string } {
  const notice = getNotice(webDb(), params.id ?? '');
  return { notice, address: absoluteUrl(getConfig().SITE_URL, noticeUrl(notice.id)) };
}
