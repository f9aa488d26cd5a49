import { CATEGORIES } from '../categories.ts';
import type { ArticleContent, ArticleStep } from './content.ts';
import { ARTICLE_NATURES, articleKind, VALIDITY } from './kinds.ts';

/** A place of an article and what stands there, in words. */
interface Place {
  place: string;
  label: string;
  text: string;
}

/** What stands at each place of an article but its body, files and time, in the order in which it is read. */
export function articlePlaces(content: ArticleContent): Place[] {
  const { kind, category, validity, nature, original, media } = content;
  return [
    { place: 'kind', label: '栏目', text: articleKind(kind).label },
    { place: 'category', label: '交易类别', text: category ? CATEGORIES[category].label : '' },
    { place: 'title', label: '标题', text: content.title },
    { place: 'original', label: '原文章', text: original ?? '' },
    { place: 'reason', label: '更正说明（原因）', text: content.reason },
    { place: 'summary', label: '摘要', text: content.summary },
    { place: 'source', label: '来源', text: content.source },
    { place: 'issuer', label: '发布机构', text: content.issuer },
    { place: 'number', label: '文号', text: content.number },
    { place: 'issuedOn', label: '发布日期', text: content.issuedOn ?? '' },
    { place: 'effectiveOn', label: '施行日期', text: content.effectiveOn ?? '' },
    { place: 'validity', label: '有效性', text: validity ? VALIDITY[validity] : '' },
    { place: 'raisedOn', label: '提出日期', text: content.raisedOn ?? '' },
    { place: 'answeredOn', label: '答复日期', text: content.answeredOn ?? '' },
    { place: 'keywords', label: '关键词', text: content.keywords },
    { place: 'page', label: '更正的页面', text: content.page },
    { place: 'nature', label: '性质', text: ARTICLE_NATURES[nature].label },
    { place: 'related', label: '相关文章', text: content.related.join('，') },
    ...content.steps.map((step, index) => ({
      ...{ place: `steps.${index}`, label: `第 ${index + 1} 步`, text: stepText(step) },
    })),
    { place: 'media', label: '音视频文字稿', text: media?.transcript ?? '' },
  ];
}

/** A step in words, for those who read and for comparing. */
export const stepText = ({ title, holder, limit, rule, risk, note }: ArticleStep): string =>
  [
    title,
    holder && `责任主体：${holder}`,
    limit && `时限：${limit}`,
    rule && `依据：${rule}`,
    risk && `廉政风险点：${risk}`,
    note,
  ]
    .filter(Boolean)
    .join('\n');
