import { price, yuan } from '../amounts.ts';
import { addDays, formatChineseDay } from '../calendar.ts';
import { facts, type Section, section, table, text } from '../document.ts';
import type { ProjectDetails, ProjectEvent } from '../model.ts';
import { identitySection } from './contacts.ts';

const published = (event: ProjectEvent): string => event.publishedAt.slice(0, 10);

/** The winner of the first lot. */
function winnerOf(details: ProjectDetails): { name: string; address: string; priceFen: number } {
  const bid = details.lots[0]?.bids[0];
  return { name: bid?.company.name ?? '', address: bid?.company.address ?? '', priceFen: bid?.priceFen ?? 0 };
}

/** 合同公告. */
export function contractNotice(details: ProjectDetails, event: ProjectEvent): Section[] {
  const winner = winnerOf(details);
  return [
    identitySection(details),
    section(
      '合同主体',
      facts(
        ['合同编号', details.contractCode],
        ['合同名称', `${details.name}合同`],
        ['采购人（甲方）', details.buyer.name],
        ['供应商（乙方）', winner.name],
        ['供应商名称', winner.name],
      ),
    ),
    section(
      '合同主要信息',
      facts(
        ['合同金额', price(winner.priceFen, details.style)],
        ['合同履行期限', details.lots[0]?.duration ?? ''],
        ['履约地点', details.location],
        ['合同签订日期', formatChineseDay(addDays(published(event), -1))],
      ),
      table(
        ['主要标的名称', '规格型号（服务要求）', '数量'],
        details.items.map((item) => [item, '按采购文件要求', '1批']),
      ),
    ),
    section('其他', text('合同文本已隐去涉及商业秘密的内容。')),
  ];
}

/** 合同履约及变更信息. */
export function performanceNotice(details: ProjectDetails, event: ProjectEvent): Section[] {
  const winner = winnerOf(details);
  return [
    identitySection(details),
    section(
      '履约情况',
      facts(
        ['合同编号', details.contractCode],
        ['施工单位', winner.name],
        ['合同总价', yuan(winner.priceFen)],
        ['实际完工日期', formatChineseDay(published(event))],
      ),
      text(`${details.items[0] ?? '主体'}等内容已按合同约定完成，无合同变更。`),
    ),
  ];
}

/** 履约验收公告. */
export function acceptanceNotice(details: ProjectDetails, event: ProjectEvent): Section[] {
  const winner = winnerOf(details);
  return [
    identitySection(details),
    section(
      '验收情况',
      facts(
        ['合同编号', details.contractCode],
        ['供应商名称', winner.name],
        ['合同金额', yuan(winner.priceFen)],
        ['验收日期', formatChineseDay(addDays(published(event), -2))],
        ['验收小组成员', details.experts.slice(0, 3).join('、')],
        ['验收意见', '合格'],
      ),
    ),
  ];
}

/** 投诉处理结果公告. */
export function complaintDecision(details: ProjectDetails, event: ProjectEvent): Section[] {
  const complainant = details.lots[0]?.bids[1]?.company;
  return [
    identitySection(details),
    section(
      '投诉基本情况',
      facts(['投诉人', complainant?.name ?? ''], ['被投诉人', details.buyer.name]),
      text('投诉人认为评审过程中对其业绩得分认定有误，向监督部门提起投诉。'),
    ),
    section('处理依据及结果', text('经查，评审委员会按照招标文件规定的标准评审，投诉事项缺乏事实依据，驳回投诉。')),
    section('处理日期', text(formatChineseDay(published(event)))),
  ];
}

/** 监督检查处理结果公告. */
export function supervisionDecision(details: ProjectDetails, event: ProjectEvent): Section[] {
  return [
    identitySection(details),
    section('监督检查基本情况', text(`对${details.agency.name}代理的本项目开展监督检查，发现采购文件保存不完整。`)),
    section(
      '处理结果',
      text('责令限期改正，并对代理机构进行约谈。'),
      facts(['处理日期', formatChineseDay(published(event))]),
    ),
  ];
}
