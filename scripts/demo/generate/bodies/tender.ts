import { price, wan, yuan } from '../amounts.ts';
import { formatChineseDay, formatChineseTime } from '../calendar.ts';
import { type Block, facts, type Section, section, table, text } from '../document.ts';
import type { ProjectDetails, ProjectEvent } from '../model.ts';
import { contactsSection, identitySection, wordingOf } from './contacts.ts';

/** Sum of the lots' budgets, in fen. */
export function totalBudget(details: ProjectDetails): number {
  return details.lots.reduce((sum, lot) => sum + lot.budgetFen, 0);
}

/** Sum of the lots' ceiling prices, in fen. */
export function totalCeiling(details: ProjectDetails): number {
  return details.lots.reduce((sum, lot) => sum + lot.ceilingFen, 0);
}

/** 招标计划: what will be tendered, and when. */
export function tenderPlan(details: ProjectDetails, event: ProjectEvent): Section[] {
  return [
    identitySection(details, '项目概况'),
    section(
      '招标计划内容',
      facts(
        ['建设地点', details.location],
        ['建设规模及内容', details.scope],
        ['资金来源', details.funds],
        ['投资估算', wan(totalBudget(details))],
        ['招标方式', details.plan.method],
        ['预计招标时间', formatChineseDay(event.round.documentsFrom)],
      ),
      text('本招标计划为初步安排，具体内容以最终发布的招标公告和招标文件为准。'),
    ),
    contactsSection(details),
  ];
}

/** 采购意向: the procurement the buyer intends. */
export function procurementIntention(details: ProjectDetails, event: ProjectEvent): Section[] {
  const month = formatChineseDay(event.round.documentsFrom).slice(0, 8);
  return [
    section(
      '',
      text(`为便于供应商及时了解政府采购信息，现将${details.buyer.name}采购意向公开如下：`),
      table(
        ['序号', '采购项目名称', '采购需求概况', '预算金额（万元）', '预计采购时间', '备注'],
        [['1', details.name, details.scope, wan(totalBudget(details)).replace('万元', ''), month, '面向中小企业采购']],
      ),
      facts(['采购单位', details.buyer.name], ['采购预算', wan(totalBudget(details))], ['预计采购时间', month]),
      text('本次公开的采购意向是本单位采购工作的初步安排，具体采购项目情况以相关采购公告和采购文件为准。'),
    ),
  ];
}

function moneyBlock(details: ProjectDetails): Block[] {
  const budget = price(totalBudget(details), details.style);
  const ceiling = price(totalCeiling(details), details.style);
  const works = details.plan.category === 'construction';
  const rows = facts([works ? '合同估算价' : '预算金额', budget], [works ? '招标控制价' : '最高限价', ceiling]);
  if (details.lots.length === 1) return [rows];
  const lots = details.lots.map((lot, index) => [`第${index + 1}包`, lot.name, yuan(lot.budgetFen), lot.duration]);
  return [rows, table(['包号', '采购内容', '预算金额（元）', '期限'], lots)];
}

function requirements(details: ProjectDetails): Section {
  const works = details.plan.category === 'construction';
  return section(
    works ? '投标人资格要求' : '申请人的资格要求',
    text(
      works
        ? '1.投标人须具备独立法人资格，具有与本工程相应的资质，并具有有效的安全生产许可证。'
        : '1.满足《中华人民共和国政府采购法》第二十二条规定；',
    ),
    text('2.未被“信用中国”网站列入失信被执行人、重大税收违法失信主体名单；'),
    text(
      works ? '3.拟派项目负责人须具备相应专业注册执业资格，且无在建工程。' : '3.落实政府采购政策需满足的资格要求：无；',
    ),
    text(details.style % 2 === 0 ? '4.本项目不接受联合体投标。' : '4.本项目接受联合体投标，成员不超过2家。'),
  );
}

/** 招标公告, 采购公告, 磋商、谈判、询价公告. */
export function tenderNotice(details: ProjectDetails, event: ProjectEvent): Section[] {
  const { round } = event;
  const words = wordingOf(details);
  const period = `${formatChineseDay(round.documentsFrom)}至${formatChineseDay(round.documentsTo)}`;
  const deadline = formatChineseTime(round.deadline);
  const works = details.plan.category === 'construction';
  const overview = identitySection(details);
  overview.blocks.push(
    facts([works ? '招标方式' : '采购方式', details.plan.method], ['资金来源', details.funds]),
    ...moneyBlock(details),
    facts(
      [works ? '建设地点' : '交付地点', details.location],
      [works ? '招标范围' : '采购需求', details.scope],
      [works ? '工期' : '合同履行期限', details.lots[0]?.duration ?? ''],
    ),
  );
  return [
    overview,
    requirements(details),
    section(
      `获取${words.document}`,
      facts(
        [`获取${words.document}时间`, `${period}，每天9:00至17:00（北京时间）`],
        ['获取方式', '登录公共资源交易平台在线免费下载'],
        ['售价', '0元'],
      ),
    ),
    section(
      `提交${words.response}截止时间、开标时间和地点`,
      facts(
        [`${words.response}递交截止时间`, deadline],
        ['开标时间', deadline],
        ['开标地点', `公共资源交易中心第${(details.style % 4) + 1}开标室（不见面开标）`],
      ),
    ),
    section('公告期限', text('自本公告发布之日起5个工作日。')),
    section('其他补充事宜', text('投标人应通过电子交易系统上传加密的电子文件，逾期送达的不予受理。')),
    contactsSection(details),
  ];
}

/** 单一来源公示: why only one supplier is asked. */
export function singleSourceNotice(details: ProjectDetails, event: ProjectEvent): Section[] {
  const supplier = details.lots[0]?.bids[0]?.company;
  const experts = details.experts.slice(0, 3);
  return [
    identitySection(details),
    section(
      '拟采购内容及原因',
      facts(['采购方式', '单一来源'], ['预算金额', price(totalBudget(details), details.style)]),
      text(`拟采购${details.scope}。因需与原有系统保持一致并保证服务配套，只能从唯一供应商处采购。`),
    ),
    section('拟定供应商信息', facts(['拟定供应商', supplier?.name ?? ''], ['供应商地址', supplier?.address ?? ''])),
    section(
      '专业人员论证意见',
      table(
        ['姓名', '职称', '论证意见'],
        experts.map((name) => [name, '高级工程师', '同意采用单一来源方式采购']),
      ),
    ),
    section('公示期限', text(`自${formatChineseDay(event.publishedAt.slice(0, 10))}起5个工作日。`)),
    contactsSection(details),
  ];
}
