import type { Fen } from './money.ts';
import type { Instant } from './time.ts';

/** A fact read from a notice: what the source says, and the typed value when a rule could read it without doubt. */
export interface FactValue {
  /** The source's own words, trimmed. Always shown. */
  text: string;
  fen?: Fen;
  /** m². */
  squareMetres?: number;
  instant?: Instant;
}

interface FactDefinition {
  label: string;
  kind: 'text' | 'money' | 'instant' | 'area';
  /** Labels that stand before the value in notices and feeds, most specific first. */
  sourceLabels: readonly string[];
}

/** Facts a notice can carry (domain reference §1.6, §1.8). Order is the order of the facts table. */
export const FACTS = {
  projectName: {
    label: '项目名称',
    kind: 'text',
    sourceLabels: ['采购项目名称', '招标项目名称', '工程名称', '标段名称', '项目名称', '标的名称'],
  },
  projectCode: {
    label: '项目编号',
    kind: 'text',
    sourceLabels: ['采购项目编号', '招标项目编号', '招标编号', '采购编号', '项目编号', '项目编码', '标的编号'],
  },
  lotCode: { label: '标段（包）编号', kind: 'text', sourceLabels: ['标段编号', '标段（包）编号', '包号', '标包编号'] },
  buyer: {
    label: '招标（采购）人',
    kind: 'text',
    sourceLabels: [
      '采购单位',
      '采购人名称',
      '招标人名称',
      '采购人',
      '招标人',
      '招标单位',
      '建设单位',
      '出让人',
      '转让方',
      '委托方',
    ],
  },
  agency: {
    label: '代理机构',
    kind: 'text',
    sourceLabels: ['采购代理机构', '招标代理机构', '代理机构名称', '代理机构', '招标代理'],
  },
  procurementMethod: {
    label: '采购（招标）方式',
    kind: 'text',
    sourceLabels: ['采购方式', '招标方式', '出让方式', '交易方式'],
  },
  budget: {
    label: '预算金额',
    kind: 'money',
    sourceLabels: ['采购预算', '预算金额', '项目预算', '合同估算价', '投资估算'],
  },
  ceilingPrice: {
    label: '最高限价',
    kind: 'money',
    sourceLabels: ['招标控制价', '最高投标限价', '最高限价', '控制价'],
  },
  deposit: { label: '保证金', kind: 'money', sourceLabels: ['投标保证金', '竞买保证金', '交易保证金', '保证金'] },
  documentPeriod: {
    label: '文件获取时间',
    kind: 'text',
    sourceLabels: ['获取采购文件时间', '获取招标文件时间', '招标文件获取时间'],
  },
  deadline: {
    label: '截止时间',
    kind: 'instant',
    sourceLabels: [
      '投标截止时间',
      '提交投标文件截止时间',
      '递交投标文件截止时间',
      '投标文件递交截止时间',
      '响应文件提交截止时间',
      '响应文件递交截止时间',
      '报名截止时间',
      '挂牌截止时间',
      '信息披露截止时间',
      '截止时间',
    ],
  },
  opening: { label: '开标时间', kind: 'instant', sourceLabels: ['开标时间', '开启时间', '拍卖时间'] },
  publicityPeriod: { label: '公示期', kind: 'text', sourceLabels: ['公示期限', '公示期', '公示时间', '公告期限'] },
  supplier: {
    label: '中标（成交）人',
    kind: 'text',
    sourceLabels: [
      '中标供应商',
      '成交供应商',
      '中标人名称',
      '中标人',
      '成交人',
      '中标单位',
      '竞得人',
      '受让方',
      '受让人',
      '供应商名称',
    ],
  },
  awardAmount: {
    label: '中标（成交）金额',
    kind: 'money',
    sourceLabels: [
      '总中标金额',
      '中标（成交）金额',
      '中标金额',
      '成交金额',
      '中标价',
      '成交价格',
      '成交价',
      '投标报价',
    ],
  },
  contractCode: { label: '合同编号', kind: 'text', sourceLabels: ['合同编号'] },
  contractAmount: { label: '合同金额', kind: 'money', sourceLabels: ['合同金额', '合同总价'] },
  contractPeriod: {
    label: '合同期限',
    kind: 'text',
    sourceLabels: ['合同履行期限', '合同期限', '工期', '服务期限', '交货期'],
  },
  parcelNo: { label: '宗地编号', kind: 'text', sourceLabels: ['宗地编号', '地块编号'] },
  location: {
    label: '位置',
    kind: 'text',
    sourceLabels: ['土地坐落', '宗地位置', '土地位置', '建设地点', '项目地点', '矿区位置'],
  },
  landArea: { label: '面积', kind: 'area', sourceLabels: ['土地面积', '出让面积', '宗地面积', '矿区面积', '面积'] },
  landUse: { label: '用途', kind: 'text', sourceLabels: ['土地用途', '规划用途', '用途'] },
  grantTerm: { label: '年限', kind: 'text', sourceLabels: ['出让年限', '使用年限', '年限'] },
  plotRatio: { label: '容积率', kind: 'text', sourceLabels: ['容积率'] },
  startPrice: { label: '起始价', kind: 'money', sourceLabels: ['起始价', '挂牌起始价', '起拍价'] },
  dealPrice: { label: '成交价', kind: 'money', sourceLabels: ['成交价（万元）', '土地成交价', '交易价格'] },
  mineral: { label: '矿种', kind: 'text', sourceLabels: ['开采矿种', '勘查矿种', '矿种'] },
  appraisedValue: { label: '评估值', kind: 'money', sourceLabels: ['评估值', '评估价值', '评估结果'] },
  listingPrice: { label: '挂牌价', kind: 'money', sourceLabels: ['挂牌价格', '挂牌价', '转让底价', '转让参考价'] },
  listingPeriod: { label: '挂牌期', kind: 'text', sourceLabels: ['信息披露期', '挂牌期限', '挂牌期', '挂牌时间'] },
  terminationReason: { label: '终止（流标）原因', kind: 'text', sourceLabels: ['终止原因', '流标原因', '废标原因'] },
} as const satisfies Record<string, FactDefinition>;

export type FactKey = keyof typeof FACTS;
export const FACT_KEYS = Object.keys(FACTS) as FactKey[];

/** The definition of a fact, with its widened type. */
export function factDefinition(key: FactKey): FactDefinition {
  return FACTS[key];
}
