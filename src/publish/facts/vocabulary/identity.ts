import type { LabelLine } from './label-line.ts';

/** Names, codes and the way of buying. */
export const IDENTITY_LABELS: readonly LabelLine[] = [
  { key: 'projectName', tier: 0, source: 'mof', words: '采购项目名称 招标项目名称 项目名称 采购项目 项目名称及标段' },
  { key: 'projectName', tier: 0, source: 'ndrc', words: '工程名称 交易项目名称 工程项目名称 招标工程名称' },
  {
    key: 'projectName',
    tier: 1,
    source: 'seen',
    words:
      '标的名称 转让标的名称 转让项目名称 资产名称 标段名称 标段包名称 合同项目名称 公告名称 招标项目 项目标题 采购标题 合同名称 挂牌项目名称 竞价名称 竞价项目名称 询价名称 比选项目名称',
  },
  {
    key: 'projectCode',
    tier: 0,
    source: 'mof',
    words:
      '采购项目编号 项目编号 采购编号 政府采购项目编号 采购文件编号 磋商文件编号 谈判文件编号 询价文件编号 询价通知书编号 项目号 采购项目号',
  },
  {
    key: 'projectCode',
    tier: 0,
    source: 'ndrc',
    words:
      '招标项目编号 招标编号 招标采购编号 交易项目编号 招标采购项目编号 招标文件编号 标书编号 招标代码编号 招标登记编号 比选编号 询价编号 磋商编号 谈判编号 竞价编号 竞标编号 采购标书编号',
  },
  {
    key: 'projectCode',
    tier: 1,
    source: 'seen',
    words:
      '项目编码 项目代码编号 标的编号 转让项目编号 招标项目编码 公告编号 公告文号 招标公告编号 采购公告编号 标段编码 交易编号 招标代码 工程编号 招标备案编号 招标备案号 项目登记编号 挂牌编号 报建编号 标的编码 方案编号 采购项目编码 工程编码',
  },
  { key: 'projectCode', tier: 4, source: 'ndrc', words: '项目代码 投资项目代码 项目统一代码 投资项目统一代码' },
  { key: 'projectCode', tier: 2, source: 'seen', words: '采购计划编号 采购计划文号 采购计划备案号' },
  {
    key: 'lotName',
    tier: 0,
    source: 'seen',
    words:
      '标段名称 标段包名称 标包名称 包名称 包件名称 分包名称 标段包件名称 标项名称 采购包名称 合同包名称 包组名称 子包名称',
  },
  {
    key: 'lotCode',
    tier: 0,
    source: 'seen',
    words:
      '标段编号 标段包编号 标包编号 包号 标段号 标包号 标段编码 包件号 分包编号 包编号 包组号 合同包号 采购包号 包件编号 分包号 包段号 标段包号 标项号 标项编号 包组编号 标段标包编号',
  },
  { key: 'lotCode', tier: 1, source: 'seen', words: '标段 标包 合同包 采购包 包段 包 分包 标项 分标' },
  {
    key: 'procurementMethod',
    tier: 0,
    source: 'mof',
    words: '采购方式 招标方式 采购组织方式 招标采购方式 选取方式 比选方式 发包方式',
  },
  { key: 'procurementMethod', tier: 0, source: 'mnr', words: '出让方式 供应方式 供地方式 挂牌方式' },
  { key: 'procurementMethod', tier: 0, source: 'sasac', words: '交易方式 竞价方式' },
];
