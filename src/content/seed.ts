import { type ArticleContent, type ArticleStep, emptyArticle } from '#src/domain/articles/content.ts';
import type { ArticleKind } from '#src/domain/articles/kinds.ts';

/** An article that comes with the software: found by its slug, linked to others by theirs. */
export interface SeedArticle {
  /** Stays: the article's id is made of it. */
  slug: string;
  content: ArticleContent;
  /** Slugs of what belongs to it. */
  related: readonly string[];
}

type Given = Partial<ArticleContent> & Pick<ArticleContent, 'title' | 'summary'>;

/** An article of a kind, marked as a general explanation. */
export function seed(slug: string, kind: ArticleKind, given: Given, related: readonly string[] = []): SeedArticle {
  const content = emptyArticle(kind, { nature: 'general', source: '通明编写组', ...given });
  return { slug, content, related };
}

/** A step: what, who, by when, by which rule, the risk and what keeps it, and how it is done. */
export const step = (
  title: string,
  holder: string,
  limit: string,
  rule: string,
  risk: string,
  note: string,
): ArticleStep => ({ title, holder, limit, rule, risk, note });

const toText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Paragraphs as a body. */
export const paragraphs = (...texts: readonly string[]): string =>
  texts.map((text) => `<p>${toText(text)}</p>`).join('');

/** Questions with their answers as a body. */
export const questions = (...pairs: readonly (readonly [question: string, answer: string])[]): string =>
  pairs.map(([question, answer]) => `<h2>${toText(question)}</h2><p>${toText(answer)}</p>`).join('');

/** Headings with what stands below them. */
export const sections = (...parts: readonly (readonly [heading: string, ...texts: string[]])[]): string =>
  parts.map(([heading, ...texts]) => `<h2>${toText(heading)}</h2>${paragraphs(...texts)}`).join('');
