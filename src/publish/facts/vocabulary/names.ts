/** What names of organizations end in. */
export const ORGANIZATION_END =
  /(?:公司|集团|院|厂|中心|所|店|社|局|委|会|联合体|大学|学校|中学|小学|[一二三四五六七八九十]中|[一二三四五六七八九十]小|医院|银行|部|站|处|行|场|馆|户|坊|队|室|政府|乡|镇|村|街道|厅|署|团|库|园|校|本级|本部|机关|联社|农场|林场|牧场|开发区|管理区|新区|高新区|矿|港|台|军|庄|铺|屋|企业|超市|宾馆|工会|妇联|公安|人大|政协|科|股|组|社区|供电|寺|党校|集团（有限）|CO\.,?LTD\.?|Ltd\.?|Inc\.?)$/i;

/** Ends of names of companies and institutes, behind which another name may follow. */
export const COMPANY_END = /(?:公司|研究院|设计院|院|事务所|中心|厂|集团|经营部|商行)$/;

/** Words that name no body, whatever they end in. */
export const NO_NAME =
  /^(?:各|本|我|该|贵|某|全体|其他|上述)?(?:(?:评标|评审|磋商|谈判|询价|定标)(?:委员会|小组)|有限公司|分公司|(?:招标|采购|代理|建设|监督|主管|施工|监理|设计|行政|投标)?(?:单位|部门|公司|机构|企业)|投标人|供应商|招标人|采购人|甲方|乙方|组长|办公室|会议室|开标室)$|(?:标段|采购项目|工程项目|会议室|开标厅|评标室|开标室)$/;

/** Short words that stand where a winner's name would: they are no person's. */
export const NO_PERSON =
  /^(?:未|无|不|见|详|略|本|该|各|第|暂|待|已|拟|另|其)|(?:标|包|段|项|止|败|格|过|附件|公告|文件|其他|个人|法人|人士|自然人|以上|以下|合计|总计|小计|数量|名称|联合体|候选人|弃权|空缺|缺席|无效|有效|成交|中标|中选|流拍|撤回|同上|一致|推荐|供应商)$/;

/** Words that stand in rules and sentences, never in names. */
export const SENTENCE_WORD =
  /[。！？!?]|应当|必须|不得|视为|可以|如有|是否|不予|须提供|按照|根据|已由|现对|进行|符合|承诺|盖章的|详见|人民币/;
