import { z } from 'zod';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { InputError } from '#src/domain/errors.ts';
import { feedsUrl } from '#src/domain/staff/urls.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { addDays, startOfDay } from '#src/domain/time/time.ts';
import type { FeedSource, ReviewKey, ReviewRow, TrustRow } from '#src/staff/feeds/desk.ts';
import type { Session } from '#src/staff/sessions.ts';
import { type Asked, type Moved, seeOther } from '../asked.ts';
import { parse } from './accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from './form.ts';
import { type Visit, visiting } from './visit.ts';

export interface FeedsPage {
  session: Session;
  items: ReviewRow[];
  total: number;
  page: number;
  sources: FeedSource[];
  rules: TrustRow[];
  form: SentForm;
}

const REASON = z.string().trim().max(500, '理由不能超过 500 个字').default('');
const DECIDE = z.object({ act: z.enum(['released', 'refused']), reason: REASON });
const MODE = z.object({ source: z.string(), release: z.enum(['automatic', 'review']), reason: REASON });
const TRUST = z.object({
  source: z.string(),
  category: z.enum(['', ...CATEGORY_SLUGS], '没有这种交易类别').transform((slug) => slug || null),
  stage: z.enum(['', ...STAGE_SLUGS], '没有这个环节').transform((slug) => slug || null),
  until: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '请填写到期日'),
  reason: REASON,
});
const REVOKE = z.object({ revoke: z.coerce.number('没有这条规则').int(), reason: REASON });
const PAGE = z.object({ page: z.coerce.number('页码有误').int().min(1).max(10_000).default(1) });

/** What sources brought and somebody has to look at, how sources are published, and which are trusted. @throws ForbiddenError */
export function loadFeeds(asked: Asked): Promise<FeedsPage | Moved> {
  return visiting(asked, async (visit) => {
    const { feeds, session } = visit;
    const { page } = parse(PAGE, Object.fromEntries(asked.url.searchParams));
    const toPage = (form: SentForm): FeedsPage => ({
      ...{ session, page, form, ...feeds.waiting(session, page) },
      ...{ sources: feeds.sources(session), rules: feeds.rules(session) },
    });
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, (values) => act(visit, values));
    return 'form' in result ? toPage(result.form) : seeOther(feedsUrl());
  });
}

async function act({ feeds, session }: Visit, values: Record<string, string>): Promise<void> {
  if ('revoke' in values) {
    const { revoke, reason } = parse(REVOKE, values);
    return feeds.revoke(session, revoke, reason);
  }
  if ('until' in values) {
    const { source, until, ...rest } = parse(TRUST, values);
    return feeds.trust(session, { ...rest, sourceKey: source, expiresAt: addDays(startOfDay(until), 1) });
  }
  if ('release' in values) {
    const { source, release, reason } = parse(MODE, values);
    return feeds.setRelease(session, source, release, reason);
  }
  const { act: state, reason } = parse(DECIDE, values);
  await feeds.decide(session, readKeys(values), { state, reason });
}

/** Boxes that were ticked: `item.0` and so on, each the JSON of what it is about. @throws InputError */
function readKeys(values: Record<string, string>): ReviewKey[] {
  const schema = z.tuple([z.string(), z.string(), z.string()]);
  return Object.entries(values)
    .filter(([name]) => name.startsWith('item.'))
    .map(([, text]) => {
      const read = schema.safeParse(parseJson(text));
      if (!read.success) throw new InputError([{ name: 'item', message: '选择的内容有误，请刷新后再选' }]);
      const [sourceKey, sourceItemId, contentHash] = read.data;
      return { sourceKey, sourceItemId, contentHash };
    });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
