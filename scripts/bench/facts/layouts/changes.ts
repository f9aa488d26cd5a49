import { type LabelledNotice, labelled } from '../labelled.ts';
import { type Truth, wanNumber } from '../truth.ts';

type Layout = (truth: Truth) => LabelledNotice;

const original = (truth: Truth) =>
  `<p>一、项目基本情况</p><p>原公告的采购项目编号：${truth.code}</p><p>原公告的采购项目名称：${truth.name}</p><p>首次公告日期：${truth.documentsFrom}</p>`;
const day = (text: string) =>
  new Date(`${text.replace(/[年月]/g, '-').replace('日', '')}T00:00:00+08:00`).toISOString();
const originalFacts = (truth: Truth) => ({
  projectCode: truth.code,
  projectName: truth.name,
  originalNoticeDate: day(truth.documentsFrom),
});

/** Old and new in a table. */
const table: Layout = (truth) =>
  labelled({
    name: 'correction, old and new in a table',
    category: 'procurement',
    stage: 'correctionNotice',
    html: `${original(truth)}<p>二、更正信息</p><p>更正事项：采购公告</p><table><tr><td>序号</td><td>更正项</td><td>更正前内容</td><td>更正后内容</td></tr><tr><td>1</td><td>提交投标文件截止时间</td><td>${truth.earlier.chinese}</td><td>${truth.opening.chinese}</td></tr><tr><td>2</td><td>开标时间</td><td>${truth.earlier.chinese}</td><td>${truth.opening.chinese}</td></tr><tr><td>3</td><td>预算金额</td><td>${wanNumber(truth.ceiling)}万元</td><td>${wanNumber(truth.budget)}万元</td></tr></table><p>更正日期：${truth.opening.day}</p><p>采购人信息</p><p>名称：${truth.buyer.name}</p>`,
    facts: {
      ...originalFacts(truth),
      buyer: truth.buyer.name,
      deadline: truth.opening.instant,
      opening: truth.opening.instant,
      budget: truth.budget,
    },
  });

/** Old and new in sentences. */
const sentences: Layout = (truth) =>
  labelled({
    name: 'correction, old and new in lines',
    category: 'procurement',
    stage: 'correctionNotice',
    html: `${original(truth)}<p>二、更正信息</p><p>更正内容：</p><p>原投标截止时间：${truth.earlier.chinese}</p><p>更正后投标截止时间：${truth.opening.chinese}</p><p>开标时间：由${truth.earlier.chinese}变更为${truth.opening.chinese}</p><p>其他内容不变。</p><p>采购人：${truth.buyer.name}</p>`,
    facts: {
      ...originalFacts(truth),
      buyer: truth.buyer.name,
      deadline: truth.opening.instant,
      opening: truth.opening.instant,
    },
  });

/** Why a tender failed, under its heading. */
const failureSection: Layout = (truth) =>
  labelled({
    name: 'failure, reason under its heading',
    category: 'procurement',
    stage: 'failureNotice',
    html: `<p>一、项目基本情况</p><p>采购项目编号：${truth.code}</p><p>采购项目名称：${truth.name}</p><p>二、项目终止的原因</p><p>有效投标人不足三家，作废标处理。</p><p>三、其他补充事宜</p><p>无</p><p>1.采购人信息</p><p>名 称：${truth.buyer.name}</p><p>2.采购代理机构信息</p><p>名 称：${truth.agency.name}</p>`,
    facts: {
      projectCode: truth.code,
      projectName: truth.name,
      terminationReason: '有效投标人不足三家，作废标处理',
      buyer: truth.buyer.name,
      agency: truth.agency.name,
    },
  });

/** Why a tender was ended, in a sentence. */
const terminationSentence: Layout = (truth) =>
  labelled({
    name: 'termination, reason in a sentence',
    category: 'construction',
    stage: 'terminationNotice',
    html: `<p>项目名称：${truth.name}</p><p>招标编号：${truth.code}</p><p>因建设方案发生重大调整，招标人决定终止本次招标活动。</p><p>招标人：${truth.buyer.name}</p><p>招标代理机构：${truth.agency.name}</p>`,
    facts: {
      projectCode: truth.code,
      projectName: truth.name,
      terminationReason: '因建设方案发生重大调整',
      buyer: truth.buyer.name,
      agency: truth.agency.name,
    },
  });

/** A clarification: questions, answers and a deadline that stays. */
const clarification: Layout = (truth) =>
  labelled({
    name: 'clarification, questions and answers',
    category: 'construction',
    stage: 'clarification',
    html: `<p>${truth.name}澄清文件（一）</p><p>招标编号：${truth.code}</p><p>各潜在投标人：</p><p>问1：招标控制价中材料价是否可调？答：按招标文件执行，暂列金额50万元不变。</p><p>招标文件澄清截止时间：${truth.earlier.chinese}</p><p>投标截止时间：${truth.opening.chinese}，不变。</p><p>招标人：${truth.buyer.name}（盖章）</p>`,
    facts: {
      projectCode: truth.code,
      buyer: truth.buyer.name,
      clarificationDeadline: truth.earlier.instant,
      deadline: truth.opening.instant,
    },
  });

/** Structures of notices that change or end a procedure. */
export const CHANGE_LAYOUTS: readonly Layout[] = [table, sentences, failureSection, terminationSentence, clarification];
