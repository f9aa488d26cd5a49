import type { ExposureContent } from './content.ts';
import { GRADES } from './grade.ts';
import { BLACKLISTS, PENALTY_TYPES } from './registry.ts';

/** An entry as `PushExposure`, by the names of 双公示. Natural persons are masked already. */
export function toPushed(content: ExposureContent) {
  const yuan = (fen: number | null) => (fen === null ? '' : `${fen / 100}元`);
  const fields = {
    行政相对人名称: content.subjectName,
    统一社会信用代码: content.subjectUscc ?? '',
    行政处罚决定书文号: content.decisionNo,
    违法行为类型: content.violation,
    违法事实: content.facts,
    处罚依据: content.legalBasis,
    处罚类别: content.penaltyTypes.map((type) => PENALTY_TYPES[type].label).join('、'),
    处罚内容: content.penaltyContent,
    罚款金额: yuan(content.fineFen),
    处罚决定日期: content.decisionDate,
    处罚有效期: content.validUntil ?? '',
    公示截止期: content.sourceDeadline ?? '',
    处罚机关: content.authority,
    失信程度: GRADES[content.grade].label,
    项目编号: content.projectCode ?? '',
    名单名称: content.list === null ? '' : BLACKLISTS[content.list].label,
  };
  const { id, board, kind, subjectType, county, publishedAt, documents } = content;
  return {
    ...{ id, board, kind, subjectType, county, publishedAt, title: `${content.subjectName}：${content.decisionNo}` },
    ...(content.list === null ? {} : { list: content.list }),
    ...(content.sourceUrl === null ? {} : { url: content.sourceUrl }),
    attachments: documents,
    fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
  };
}
