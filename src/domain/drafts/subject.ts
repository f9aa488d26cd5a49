import { ARTICLE_KINDS } from '../articles/kinds.ts';
import { CATEGORIES } from '../categories.ts';
import { stageLabel } from '../notices/stage-label.ts';
import { type AnyContent, isArticle } from './any-content.ts';

/** What a draft is to become, in words: the category and stage of a notice, the kind of an article. */
export function subjectLabel(content: AnyContent): string {
  if (!isArticle(content))
    return `${CATEGORIES[content.category].label} · ${stageLabel(content.stage, content.category)}`;
  const { kind, category } = content;
  return [ARTICLE_KINDS[kind].label, ...(category ? [CATEGORIES[category].label] : [])].join(' · ');
}
