import { z } from 'zod';
import { ARTICLE_KIND_KEYS, type ArticleKind } from '#src/domain/articles/kinds.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { editDraftUrl } from '#src/domain/staff/urls.ts';
import type { DocumentCheck, PublishedArticle } from '#src/staff/articles/desk.ts';
import type { Session } from '#src/staff/sessions.ts';
import { getConfig } from '../../config.ts';
import { type Asked, type Moved, seeOther } from '../asked.ts';
import { parse } from './accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from './form.ts';
import { visiting } from './visit.ts';

export interface ArticleDeskPage {
  session: Session;
  query: { kind?: ArticleKind | undefined; q: string; page: number };
  articles: PublishedArticle[];
  /** Documents that are not explained in time. */
  documents: DocumentCheck[];
  form: SentForm;
  /** Address of the public site. */
  publicSite: string;
}

const QUERY = z.object({
  kind: z.enum(['', ...ARTICLE_KIND_KEYS], '没有这个栏目').default(''),
  q: z.string().trim().max(100, '搜索的字太多').default(''),
  page: z.coerce.number().int().min(1).max(1_000).default(1),
});
const CHANGE = z.object({
  id: z.string().regex(/^[a-z2-7]{12}$/, '没有这篇文章'),
  act: z.enum(['correct', 'withdraw'], '请选择要做的操作'),
});
const BEGIN = z.object({
  kind: z.enum(ARTICLE_KIND_KEYS, '请选择栏目'),
  county: z.enum(COUNTY_SLUGS, '请选择县区'),
});

/** Published articles, and what is due about documents. @throws ForbiddenError, InputError */
export function loadArticleDesk(asked: Asked): Promise<ArticleDeskPage | Moved> {
  return visiting(asked, async ({ articles, session }) => {
    const { kind, q, page } = parse(QUERY, Object.fromEntries(asked.url.searchParams));
    const query = { kind: kind || undefined, q, page };
    const toPage = (form: SentForm): ArticleDeskPage => ({
      ...{ session, query, form, publicSite: getConfig().SITE_URL },
      articles: articles.list(session, query),
      documents: articles.documents(session),
    });
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      const { id, act } = parse(CHANGE, values);
      return (await articles.change(session, id, act)).id;
    });
    return 'form' in result ? toPage(result.form) : seeOther(editDraftUrl(result.made ?? ''));
  });
}

export interface NewArticlePage {
  session: Session;
  form: SentForm;
}

/** The page on which an article is begun. @throws ForbiddenError */
export function loadNewArticle(asked: Asked): Promise<NewArticlePage | Moved> {
  return visiting(asked, async ({ articles, beginnings, session }) => {
    beginnings.assertMayBegin(session);
    if (asked.request.method !== 'POST') return { session, form: EMPTY_FORM };
    const result = await takeForm(asked.request, async (values) => {
      const county = session.officer.county ?? values.county;
      const { kind, county: chosen } = parse(BEGIN, { ...values, ...(county === undefined ? {} : { county }) });
      return (await articles.begin(session, chosen, kind)).id;
    });
    return 'form' in result ? { session, form: result.form } : seeOther(editDraftUrl(result.made ?? ''));
  });
}
