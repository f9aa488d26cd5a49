import type { FactKey } from '#src/domain/facts/facts.ts';

/** A name in a sentence: what ends like an organization, up to a mark. */
export const ORG = String.raw`[\p{Script=Han}A-Za-z0-9（）()·]{3,40}?(?:公司|集团|局|院|厅|委员会|中心|学校|大学|中学|小学|医院|政府|办事处|委员会|管理处|管委会|指挥部|研究所|学院|幼儿园|所|处|站|部|厂|馆|队|村民委员会|合作社|银行|分局|支队|联社|办公室|经营部|商行)`;
/** A date with what may stand between it and its clock, and the clock. */
const MOMENT = String.raw`(?:19|20)\d{2}[\s_]{0,3}[-/.年][\s_]{0,3}\d{1,2}[\s_]{0,3}[-/.月][\s_]{0,3}\d{1,2}[^，,。；;、前]{0,40}?`;
const MONEY = String.raw`(?:人民币)?\s*[:：]?\s*[¥￥]?\s*\d[\d,.]{0,20}\s*[万亿]?元(?:\s*[/／每][^，。；]{0,6})?`;
const FORMAL = `(?:人民币)?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,20}[元圆](?:整|正)?`;
const BRACKET = `(?:[（(][^（）()]{0,30}[）)])?`;
const FILE = '(?:投标|响应|申请|报价|应答|竞标|参选|磋商)';

export interface SentenceRule {
  key: FactKey;
  /** The first group is the value. Every repetition is bounded. */
  pattern: RegExp;
  /** Later rules of a fact count only where earlier ones found nothing. */
  tier: number;
}

const rule = (key: FactKey, tier: number, pattern: string): SentenceRule => ({
  key,
  tier,
  pattern: new RegExp(pattern, 'u'),
});

function stated(name: string): string {
  return String.raw`${name}(?:共计|合计|总计)?(?:为|是|：|:)\s*(${MONEY}|${FORMAL})`;
}

/** `控制价5万元`: the sum right behind its name. */
function bare(name: string): string {
  return String.raw`${name}(?:人民币)?\s*(${MONEY})(?=[，,。；;（(\s]|$)`;
}

/** Sentences that state a fact. */
export const SENTENCE_RULES: readonly SentenceRule[] = [
  rule(
    'deadline',
    0,
    String.raw`于\s*(${MOMENT})${BRACKET}\s*(?:之|以)?前\s*(?:将[^，。；]{0,20})?(?:提交|递交|上传|送达|密封送交)`,
  ),
  rule(
    'deadline',
    0,
    String.raw`(?:截止时间|截止日期|截标时间)${BRACKET}[^：:。；，\d]{0,20}(?:为|是)\s*[:：]?\s*[_\s]*(${MOMENT})(?=[，,。；;（(]|$|前|投标人|地点|\d\.\d|逾期|止)`,
  ),
  rule(
    'deadline',
    0,
    String.raw`${FILE}[^，。；\d]{0,12}(?:应|须|必须|应当|请)?(?:在|于)\s*(${MOMENT})${BRACKET}\s*(?:之?前|之间|止)\s*[^，。；]{0,20}(?:递交|送达|送到|提交|上传|送交)`,
  ),
  rule(
    'opening',
    0,
    String.raw`(?:于|在)\s*(${MOMENT})${BRACKET}\s*(?:在[^，。；]{2,50}?)?(?:准时|公开|组织|进行|进行了|举行|统一)*开标`,
  ),
  rule(
    'opening',
    1,
    String.raw`(?:开标会议?|采购会议|本次招标|磋商会议?|谈判会议?|开标仪式)[^，。；\d]{0,12}(?:于|在)\s*(${MOMENT})${BRACKET}\s*(?:在[^。；]{2,80}?)?(?:举行|召开|开标|进行|开启)`,
  ),
  rule('opening', 1, String.raw`(?:定于|兹定于)\s*(${MOMENT})(?=在|于|，|,|至|起)[^。；]{0,60}?(?:拍卖|公开拍卖)`),
  rule(
    'opening',
    0,
    String.raw`开标时间(?:及地点)?${BRACKET}(?:为|是|定于)\s*[:：]?\s*(${MOMENT})(?=[，,。；;（(]|$|地点|在)`,
  ),
  rule('deadline', 1, String.raw`挂牌(?:报价|交易)?(?:时间|期限|期)[^，。；\d]{0,6}((?:19|20)\d{2}[^，,。；;]{8,60})`),
  rule(
    'buyer',
    0,
    String.raw`(?:招标人|采购人|建设单位|项目业主|业主)${BRACKET}为\s*[:：]?\s*(${ORG})(?=[，,。；;（(\s]|$)`,
  ),
  rule('buyer', 1, String.raw`受\s*(${ORG})${BRACKET}\s*(?:的)?\s*委托`),
  rule(
    'agency',
    0,
    String.raw`(?:招标代理机构|采购代理机构|代理机构|招标代理)${BRACKET}(?:为|是)\s*[:：]?\s*(${ORG})(?=[，,。；;（(\s]|$)`,
  ),
  rule('agency', 1, String.raw`^\s*(${ORG})\s*(?:[（(][^（）()]{0,20}[）)])?(?:接?受).{2,40}委托`),
  rule('agency', 1, String.raw`[，,]\s*(${ORG})\s*(?:[（(][^（）()]{0,20}[）)])?(?:接?受).{2,40}委托`),
  rule('agency', 1, String.raw`委托[，,]\s*(?:由)?(${ORG})(?:作为[^，。]{0,12})?(?:就|对|组织|于)`),
  rule(
    'supplier',
    0,
    String.raw`(?:中标人|中标单位|中标供应商|成交供应商|成交人|竞得人|成交候选人|中标候选人|受让方|中选人)(?:确定)?为\s*[:：]?\s*(${ORG})(?=[，,。；;（(\s]|$)`,
  ),
  rule(
    'supplier',
    1,
    String.raw`(?:评定|评审|评议|研究|审定|确认)[，,]\s*(?:由|确定)?\s*(${ORG})\s*(?:中标|成交|中选)(?=[，,。；;]|$)`,
  ),
  rule('supplier', 1, String.raw`^\s*致\s*[:：]\s*(?:[（(][^（）()]{0,10}[）)])?\s*(${ORG})\s*[:：]?\s*$`),
  rule('supplier', 0, String.raw`确定\s*(${ORG})\s*为(?:本项目(?:的)?|该项目(?:的)?)?(?:中标|成交|中选)`),
  rule(
    'supplier',
    1,
    String.raw`^\s*(${ORG})\s*(?:[（(](?:中标人|成交人|中标单位)名称[）)])?\s*[:：](?:[^。]{0,120})?你(?:单位|方|公司)(?:[^。]{0,60})?(?:被确定|为|确定为)[^。]{0,20}(?:中标|成交)`,
  ),
  rule('awardAmount', 0, stated('(?:中标|成交|中选)(?:总?价格?|总?金额|总报价|报价)')),
  rule('dealPrice', 0, stated('(?:成交|竞得)(?:总?价款?|总?金额|总?价格)')),
  rule('budget', 0, stated('(?:预算金额|采购预算|项目预算|预算总?价|预算)')),
  rule('ceilingPrice', 0, stated('(?:招标控制价|最高限价|最高投标限价|控制价)')),
  rule('ceilingPrice', 1, bare('(?:招标控制价|最高限价|最高投标限价|控制价|拦标价)')),
  rule('budget', 1, bare('(?:预算金额|采购预算|项目预算)')),
  rule(
    'budget',
    2,
    String.raw`(?:本次招标(?:工程|项目)?|本标段|本工程|本次发包)(?:的)?(?:合同)?(?:估算价|估算金额|估算投资|投资估算|估算造价)(?:约|约为|为)?\s*(${MONEY})`,
  ),
  rule('contractAmount', 0, stated('(?:合同(?:总?价款?|总?金额|总?价格)|签约合同价)')),
  rule(
    'deposit',
    0,
    String.raw`(?<!履约|质量|质保|工资|诚信|结构)保证金(?:[^。；\d壹贰叁肆伍陆柒捌玖每]|\d[.、．](?!\d)){0,30}?(?:金额|应[交缴]|缴纳|交纳|为|：|:)\s*(${MONEY}|${FORMAL}(?:[（(]\s*[¥￥]?\s*\d[\d,.]{0,20}\s*[万]?元?\s*[）)])?)`,
  ),
  rule(
    'deposit',
    1,
    String.raw`(?:投标|磋商|谈判|询价|竞买|竞价|比选|响应|报名)保证金(?:人民币)?\s*(${MONEY})(?=[，,。；;（(\s]|$)`,
  ),
  rule(
    'buyer',
    3,
    String.raw`^联系单位\s*[：:]\s*(\p{Script=Han}{2,20}(?:自然资源|国土资源|规划)\p{Script=Han}{0,12}局(?:\p{Script=Han}{2,8}分局)?)$`,
  ),
  rule(
    'procurementMethod',
    0,
    String.raw`(?:招标|采购|招标组织|选取)方式为\s*[:：]?\s*(公开招标|邀请招标|竞争性磋商|竞争性谈判|询价|单一来源采购|公开比选|比选)`,
  ),
  rule(
    'procurementMethod',
    1,
    String.raw`(?:进行|组织|采用|采取|以)\s*(?:了)?\s*(公开招标|邀请招标|竞争性磋商|竞争性谈判|询价采购|单一来源采购|公开比选)`,
  ),
  rule(
    'documentPeriod',
    0,
    String.raw`于\s*((?:19|20)\d{2}[^，,。；;（(]{5,30}?(?:至|到|~|—|-)\s*(?:19|20)\d{2}[^，,。；;（(]{3,25}?)\s*[（(，,][^。]{0,160}?(?:获取|购买|下载|领取|报名)`,
  ),
  rule(
    'projectName',
    0,
    String.raw`^(?:\d\.\d?\s*)?本(?:次)?招标项目\s*[为：:]?\s*([^，。；：（(\s][^，。；：]{3,60}?)\s*(?:[（(](?:项目|招标项目)名称[）)])?\s*已(?:由|经)`,
  ),
  rule(
    'projectName',
    2,
    String.raw`(?:^|[，,。：:就对]|关于|委托)\s*[“"《]?([^，,。；;：:“”"《》（）()\s就对]{4,60}(?:项目|工程|采购|服务|标段|施工|监理|设备|系统|总承包|设计|勘察|维修|改造))(?:[”"》](?:项目)?)?\s*[（(](?:项目|招标|采购|标段|比选|询价|磋商|招标项目|采购项目)?(?:编号|编码|标号)`,
  ),
  ...(
    [
      ['ceilingPrice', '(?:招标控制价|最高限价|最高投标限价|控制价|拦标价)'],
      ['budget', '(?:预算金额|采购预算|项目预算)'],
    ] as const
  ).map(([key, name]) =>
    rule(
      key,
      0,
      String.raw`${name}[^。；;]{0,40}?(?:变更|更改|更正|修改|调整|改)(?:为|至|到)\s*[:：“"]{0,2}\s*(\d[\d,.]{0,20}\s*[万亿]?元)(?=[，,。；;”"）)（(]|$)`,
    ),
  ),
  ...(['deadline', 'opening'] as const).map((key) =>
    rule(
      key,
      0,
      String.raw`${key === 'deadline' ? '(?:截止|截标)(?:时间|日期)' : '(?:开标|开启)(?:时间|日期)'}[^。；]{0,60}?(?:变更|更改|更正|修改|调整|延期|延长|顺延|推迟|改)(?:为|至|到)\s*[:：“"]{0,2}\s*(${MOMENT})(?=[，,。；;”"）)（(]|$)`,
    ),
  ),
  rule(
    'terminationReason',
    0,
    `((?:因|由于|鉴于)[^。；;]{4,100}?)[，,](?:[^。；;，,]{0,30}[，,])?[^。；;，,]{0,30}(?:流标|废标|终止|招标失败|采购失败)`,
  ),
  rule(
    'publicityPeriod',
    0,
    String.raw`公示(?:期|时间)为?\s*[:：]?\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日[^，。；]{0,12}(?:至|到|-|—)\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日[^，。；]{0,10})`,
  ),
];

/** Who sells, as the lead of an offer says: `甲自然资源局决定公开挂牌出让`. */
export const SELLER = new RegExp(
  String.raw`(?:^|[，,])\s*(${ORG})(?:决定|拟|定于|现|对|以)[^，。]{0,70}(?:出让|拍卖|挂牌|转让)`,
  'u',
);
/** Who bought, or who did so for another: `甲学院对某某项目进行了竞争性磋商`. */
export const ORGANIZER = new RegExp(
  String.raw`^\s*(${ORG})(?:对|就)[^。]{2,80}进行了?(?:公开|竞争性|邀请|询价|单一|比选)`,
  'u',
);
/** Who sells, as the heading says: `甲自然资源局国有土地使用权挂牌出让公告`. */
export const SELLER_HEADING = new RegExp(String.raw`^\s*(${ORG})(?:关于|国有|公开|挂牌|拍卖|协议)`, 'u');
/** Candidates in sentences, with the groups of what is told of them. */
export const CANDIDATES: readonly { pattern: RegExp; rank: number; name: number; money: number }[] = [
  // `排名第一的甲为第一中标候选人，中标金额为5元`
  {
    pattern: new RegExp(
      String.raw`(?:排名第[一二三四五]的?(?:中标候选人|供应商|投标人)?)(${ORG})为(第[一二三四五])(?:中标|成交)?候选人[，,][^。；\d]{0,20}?(?:金额|报价|价)(?:为|：|:)\s*(${MONEY})`,
      'gu',
    ),
    rank: 2,
    name: 1,
    money: 3,
  },
  // `推荐第一中标候选人为：甲，投标报价为5元`
  {
    pattern: new RegExp(
      String.raw`(第[一二三四五])(?:名|名?(?:中标|成交|中选)?候选(?:人|供应商|单位))(?:为|是|：|:){1,2}\s*(${ORG})\s*[，,；;（(][^。；;第\d]{0,16}?(?:金额|报价|价)(?:为|是|：|:)?\s*(${MONEY})`,
      'gu',
    ),
    rank: 1,
    name: 2,
    money: 3,
  },
];
/** A name and a date at the end: the publisher's signature. */
export const SIGNATURE_DATE =
  /^[\d○〇零一二三四五六七八九十]{4}\s*[-年./]\s*[\d一二三四五六七八九十]{1,3}\s*[-月./]\s*[\d一二三四五六七八九十]{1,3}\s*日?$/;
/** Names of those who act for others. */
export const AGENT =
  /(?:招标|代理|采购|咨询|拍卖|交易|造价|项目管理|工程管理|建设管理|监理)[^，]{0,12}(?:公司|中心|所|院)|公共资源交易|政府采购中心|产权/;
