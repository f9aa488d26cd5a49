import { ARTICLE_CONTENT, type ArticleContent } from '../articles/content.ts';
import { DRAFT_CONTENT, type DraftContent } from './content.ts';

/** What a draft says, whatever it is to become: a notice or an article. */
export type AnyContent = DraftContent | ArticleContent;

export const isArticle = (content: AnyContent): content is ArticleContent => 'subject' in content;

/** The schema by which what was typed into a draft is read. */
export const schemaOf = (content: AnyContent) => (isArticle(content) ? ARTICLE_CONTENT : DRAFT_CONTENT);
