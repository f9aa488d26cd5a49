import { type LabelledNotice, labelled } from '../labelled.ts';
import { groupedYuan, plainYuan, type Truth, wanNumber } from '../truth.ts';
import { contacts, contactTable, parties } from './contacts.ts';

type Layout = (truth: Truth) => LabelledNotice;

/** The prescribed tender notice, all in labelled paragraphs. */
const prescribedTender: Layout = (truth) =>
  labelled({
    name: 'procurement tender, prescribed paragraphs',
    category: 'procurement',
    stage: 'tenderNotice',
    html: `<p>项目概况</p><p>${truth.name}招标项目的潜在投标人应在公共资源交易平台获取招标文件，并于${truth.opening.chinese}（北京时间）前递交投标文件。</p>
<p>一、项目基本情况</p><p>项目编号：${truth.code}</p><p>项目名称：${truth.name}</p><p>预算金额：${wanNumber(truth.budget)}万元</p><p>最高限价（如有）：${wanNumber(truth.ceiling)}万元</p>
<p>采购需求：详见附件</p><p>合同履行期限：${truth.bidders[0]?.days}</p><p>本项目（不接受）联合体投标。</p>
<p>二、申请人的资格要求：</p><p>1.满足《中华人民共和国政府采购法》第二十二条规定；</p><p>2.单项合同金额不低于100万元的类似业绩不少于3项。</p>
<p>三、获取招标文件</p><p>时间：${truth.documentsFrom}至${truth.documentsTo}，每天上午9:00至12:00，下午14:00至17:00（北京时间，法定节假日除外）</p><p>地点：公共资源交易平台</p><p>方式：在线下载</p><p>售价：0元</p>
<p>四、提交投标文件截止时间、开标时间和地点</p><p>${truth.opening.chinese}（北京时间）</p><p>地点：凫岭大道1号第三开标室</p>
<p>五、公告期限</p><p>自本公告发布之日起5个工作日。</p><p>六、其他补充事宜</p><p>投标保证金：本项目不收取投标保证金。</p>${contacts(truth)}`,
    facts: {
      ...parties(truth),
      projectCode: truth.code,
      projectName: truth.name,
      budget: truth.budget,
      ceilingPrice: truth.ceiling,
      deadline: truth.opening.instant,
      opening: truth.opening.instant,
      openingPlace: '凫岭大道1号第三开标室',
      contractPeriod: truth.bidders[0]?.days ?? '',
      publicityPeriod: '自本公告发布之日起5个工作日',
      documentPeriod: `${truth.documentsFrom}至${truth.documentsTo}，每天上午9:00至12:00，下午14:00至17:00（北京时间，法定节假日除外）`,
      deposit: null,
    },
  });

/** Broken lines and a table of one lot, as provincial platforms export them. */
const brokenLines: Layout = (truth) =>
  labelled({
    name: 'procurement tender, broken lines and a table of lots that lost its cells',
    category: 'procurement',
    stage: 'tenderNotice',
    html: `<p>${truth.name}公开招标公告</p><p>项目概况</p><p>招标项目的潜在投标人应在</p><p>(交易系统)</p><p>获取招标文件，并于</p><p>${truth.opening.chinese}(</p><p>北京时间)前递交投标</p><p>文件</p><p>。</p>
<p>一、项目基本情况</p><p>项目编号</p><p>：${truth.code}</p><p>项目名称：${truth.name}</p><p>包号</p><p>预算金额(万元)</p><p>最高限价(万元)</p><p>G</p><p>${(truth.budget / 1_000_000).toFixed(6)}</p><p>${(truth.ceiling / 1_000_000).toFixed(6)}</p>
<p>采购需求：</p><p>见附件</p><p>合同履行期限：详见采购文件</p><p>三、获取招标文件</p><p>时间：</p><p>${truth.documentsFrom}08:30</p><p>至</p><p>${truth.documentsTo}17:00</p><p>(节假日除外)。</p><p>地点：交易系统。</p>
<p>四、提交投标文件</p><p>截止时间、开标时间和地点</p><p>(1)提交(上传)投标文件时间：投标截止时间前均可自行上传投标文件。</p><p>(3)提交投标文件截止时间：${truth.opening.chinese}</p><p>(4)开标时间：${truth.opening.chinese}</p><p>(5)地点：采购中心开标室。</p>
<p>五、公告期限</p><p>自本公告发布之日起5个工作日。</p>${contacts(truth).replaceAll('：', '：</p><p>')}`,
    facts: {
      ...parties(truth),
      projectCode: truth.code,
      projectName: truth.name,
      lotCode: 'G',
      budget: truth.budget,
      ceilingPrice: truth.ceiling,
      deadline: truth.opening.instant,
      opening: truth.opening.instant,
      publicityPeriod: '自本公告发布之日起5个工作日',
    },
  });

/** Numbered lines and a table of several lots with amounts and their total. */
const lotsWithTotal: Layout = (truth) => {
  const parts = [truth.budget, truth.ceiling, truth.deposit];
  const total = parts.reduce((sum, part) => sum + part, 0);
  return labelled({
    name: 'procurement tender, table of three lots and their total',
    category: 'procurement',
    stage: 'tenderNotice',
    html: `<h4>1．项目基本情况</h4><p>1、采购项目编号：${truth.code}；2、采购项目名称：${truth.name}；3、采购方式：竞争性磋商</p>
<table><tr><th>序号</th><th>包号</th><th>包名称</th><th>包预算（元）</th><th>包最高限价（元）</th></tr>${parts.map((part, index) => `<tr><td>${index + 1}</td><td>${truth.lotCodes[index]}</td><td>第${'一二三'[index]}包</td><td>${plainYuan(part)}</td><td>${plainYuan(part)}</td></tr>`).join('')}</table>
<p>4、预算金额：${groupedYuan(total)}元</p><p>最高限价：${plainYuan(total)}元，超过最高限价的报价为无效报价。</p>
<p>四、响应文件提交</p><p>截止时间：${truth.opening.plain}</p><p>地点：不见面开标大厅</p><p>五、开启</p><p>时间：${truth.opening.plain}</p><p>地点：不见面开标大厅</p>${contactTable(truth)}`,
    facts: {
      ...parties(truth),
      projectCode: truth.code,
      projectName: truth.name,
      procurementMethod: '竞争性磋商',
      budget: total,
      ceilingPrice: total,
      deadline: truth.opening.instant,
      opening: truth.opening.instant,
      openingPlace: '不见面开标大厅',
    },
    entries: {
      lots: parts.map((part, index) => ({ lot: truth.lotCodes[index] ?? '', budget: part, ceilingPrice: part })),
    },
  });
};

/** Budgets of two lots without a total: none is the notice's. */
const lotsWithoutTotal: Layout = (truth) =>
  labelled({
    name: 'procurement tender, lots in words without a total',
    category: 'procurement',
    stage: 'tenderNotice',
    html: `<p>项目编号：${truth.code}</p><p>项目名称：${truth.name}</p><p>采购人：${truth.buyer.name}；采购代理机构：${truth.agency.name}</p><p>第一包预算金额：${wanNumber(truth.budget)}万元</p><p>第二包预算金额：${wanNumber(truth.deposit)}万元</p><p>响应文件提交截止时间：${truth.opening.day}上午9:30</p>`,
    facts: {
      ...parties(truth),
      projectCode: truth.code,
      projectName: truth.name,
      budget: null,
      deadline: morning(truth),
    },
  });

/** The instant of half past nine on the day of opening. */
function morning(truth: Truth): string {
  return new Date(Date.parse(`${truth.opening.plain.slice(0, 10)}T09:30:00+08:00`)).toISOString();
}

/** An intention in the prescribed table. */
const intention: Layout = (truth) =>
  labelled({
    name: 'procurement intention, table with 万元 in the header',
    category: 'procurement',
    stage: 'procurementIntention',
    html: `<p>为便于供应商及时了解政府采购信息，现将${truth.buyer.name}采购意向公开如下：</p><table><thead><tr><th>序号</th><th>采购项目名称</th><th>采购需求概况</th><th>预算金额(万元)</th><th>预计采购时间</th><th>备注</th></tr></thead><tbody><tr><td>1</td><td>${truth.name}</td><td>采购一批，含安装调试，约200平方米</td><td>${(truth.budget / 1_000_000).toFixed(6)}</td><td>2026年03月</td><td></td></tr></tbody></table><p>${truth.buyer.name}</p>`,
    facts: { projectName: truth.name, budget: truth.budget },
  });

/** Structures of procurement notices before the award. */
export const PROCUREMENT_TENDERS: readonly Layout[] = [
  prescribedTender,
  brokenLines,
  lotsWithTotal,
  lotsWithoutTotal,
  intention,
];
