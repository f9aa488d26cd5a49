import {
  contacts,
  ITEMS,
  LOTS_AWARDED,
  OTHER_MATTERS,
  PARCELS_SOLD,
  type SectionSpec,
  type StageForms,
  section,
} from './sections.ts';

const sold = (rule: SectionSpec['rule']): readonly SectionSpec[] => [
  section(
    '成交宗地',
    rule,
    [
      'projectName',
      'parcelNo!',
      'investmentCode',
      'location!',
      'landArea!',
      'landUse!',
      'grantTerm!',
      'procurementMethod!',
      'supplier!',
      'dealPrice!',
      'parcels',
    ],
    PARCELS_SOLD,
  ),
  section('公示', ['OWN', ''], ['publicityPeriod', 'objectionChannel']),
  section('出让人', ['OWN', ''], ['buyer!', 'buyerAddress', 'buyerPhone!']),
  OTHER_MATTERS,
];
const PERFORMED: readonly SectionSpec[] = [
  section(
    '合同履行',
    ['STD752', '合同履行及变更信息'],
    [
      'projectName!',
      'projectCode!',
      'lotCode',
      'contractCode',
      'contractName!',
      'buyer!',
      'supplier!',
      'contractAmount',
      'performed!',
    ],
  ),
  OTHER_MATTERS,
];
const decided = (rule: SectionSpec['rule']): readonly SectionSpec[] => [
  section('处理结果', rule, [
    'caseNumber!',
    'projectName!',
    'projectCode',
    'parties!',
    'caseFacts!',
    'caseBasis!',
    'decision!',
    'authority!',
    'decidedOn!',
  ]),
  OTHER_MATTERS,
];

/** Forms of what came of it: openings, awards, contracts, performance, decisions. */
export const RESULTS = {
  openingRecord: {
    all: [
      section(
        '开标记录',
        ['BL', '第三十六条'],
        [
          'projectName!',
          'projectCode!',
          'lotCode',
          'buyer!',
          'opening!',
          'openingPlace',
          'ceilingPrice',
          'bids!',
          'openingNotes',
        ],
        { bids: ['lotCode', 'supplier!', 'awardAmount!', 'contractPeriod', 'deposit'] },
      ),
      OTHER_MATTERS,
    ],
  },
  candidateNotice: {
    works: [
      section('项目', ['ND10', '第六条'], ['projectName!', 'projectCode!', 'lotCode', 'opening', 'publicityPeriod!']),
      section('中标候选人', ['ND10', '第六条第（一）项、第（二）项'], ['candidates!', 'evaluation!'], {
        candidates: [
          'lotCode',
          'rank!',
          'supplier!',
          'awardAmount!',
          'quality!',
          'contractPeriod!',
          'score',
          'projectLeader!',
          'leaderCertificate!',
        ],
      }),
      section('资格条件', ['ND10', '第六条第（三）项'], ['qualificationResponse!']),
      section('异议', ['ND10', '第六条第（四）项'], ['objectionChannel!']),
      section('其他', ['ND10', '第六条第（五）项'], ['promisedMatters']),
      contacts(['OWN', '']),
    ],
    all: [
      section(
        '成交候选人',
        ['OWN', ''],
        ['projectName!', 'projectCode!', 'lotCode', 'publicityPeriod!', 'candidates!', 'evaluation'],
        {
          candidates: ['lotCode', 'rank!', 'supplier!', 'awardAmount!', 'contractPeriod', 'score'],
        },
      ),
      section('异议', ['OWN', ''], ['objectionChannel!']),
      contacts(['OWN', '']),
    ],
  },
  awardNotice: {
    works: [
      section(
        '中标结果',
        ['ND10', '第六条'],
        ['projectName!', 'projectCode!', 'lotCode', 'supplier!', 'awardAmount', 'contractPeriod', 'lots'],
        LOTS_AWARDED,
      ),
      contacts(['OWN', '']),
      OTHER_MATTERS,
    ],
    all: [
      section(
        '项目',
        ['CBK50', '中标（成交）结果公告格式一、二'],
        ['projectCode!', 'projectName!', 'procurementMethod'],
      ),
      section(
        '中标（成交）信息',
        ['GPR', '第四十三条'],
        ['supplier!', 'supplierAddress!', 'awardAmount!', 'lots'],
        LOTS_AWARDED,
      ),
      section('主要标的信息', ['GPR', '第四十三条'], ['items!'], ITEMS),
      section('评审专家', ['GPR', '第四十三条'], ['experts!']),
      section('代理服务收费', ['CBK50', '中标（成交）结果公告格式六'], ['agencyFee!']),
      section('公告期限', ['CBK50', '中标（成交）结果公告格式七'], ['publicityPeriod!']),
      section('其他补充事宜', ['CBK50', '中标（成交）结果公告格式八'], ['otherMatters']),
      contacts(['CBK50', '中标（成交）结果公告格式九']),
    ],
  },
  contractNotice: {
    works: [
      section(
        '合同',
        ['STD752', '合同订立信息'],
        [
          'contractCode',
          'contractName!',
          'projectCode!',
          'projectName!',
          'lotCode',
          'buyer!',
          'supplier!',
          'contractAmount!',
          'contractPeriod!',
          'contractDate!',
        ],
      ),
      OTHER_MATTERS,
    ],
    all: [
      section(
        '合同',
        ['CBK50', '合同公告格式'],
        ['contractCode!', 'contractName!', 'projectCode!', 'projectName!', 'lotCode'],
      ),
      section(
        '合同主体',
        ['CBK50', '合同公告格式'],
        ['buyer!', 'buyerAddress!', 'buyerPhone!', 'supplier!', 'supplierAddress!', 'supplierContact!'],
      ),
      section(
        '合同主要信息',
        ['CBK50', '合同公告格式'],
        [
          'contractContent!',
          'items',
          'contractAmount!',
          'contractPeriod!',
          'location!',
          'procurementMethod!',
          'contractDate!',
        ],
        ITEMS,
      ),
      OTHER_MATTERS,
    ],
  },
  performanceNotice: { all: PERFORMED },
  acceptanceNotice: {
    all: [
      section(
        '验收',
        ['GPR', '第四十五条'],
        [
          'contractCode!',
          'contractName!',
          'projectCode!',
          'projectName!',
          'buyer!',
          'supplier!',
          'acceptanceOn!',
          'acceptanceGroup!',
          'acceptanceOpinion!',
        ],
      ),
      OTHER_MATTERS,
    ],
  },
  complaintDecision: { works: decided(['BLR', '第六十一条']), all: decided(['GPR', '第五十八条']) },
  supervisionDecision: { all: decided(['CBK50', '监督检查处理结果公告格式']) },
  landDealNotice: { all: sold(['DATA', '成交宗地信息']) },
  landResult: { all: sold(['DATA', '成交宗地信息']) },
  miningDealNotice: {
    all: [
      section(
        '成交',
        ['OWN', ''],
        [
          'projectName!',
          'parcelNo',
          'mineral!',
          'location!',
          'landArea',
          'procurementMethod',
          'supplier!',
          'dealPrice!',
          'publicityPeriod',
          'objectionChannel',
        ],
      ),
      section('出让人', ['OWN', ''], ['buyer!', 'buyerPhone!']),
      OTHER_MATTERS,
    ],
  },
  miningRegistration: {
    all: [
      section(
        '登记',
        ['OWN', ''],
        ['projectName!', 'buyer!', 'supplier!', 'mineral', 'location', 'landArea', 'registration!'],
      ),
      OTHER_MATTERS,
    ],
  },
  propertyDeal: {
    all: [
      section(
        '交易结果',
        ['SA32', '交易结果公告'],
        [
          'projectName!',
          'projectCode!',
          'buyer!',
          'appraisedValue!',
          'listingPrice!',
          'dealPrice!',
          'supplier!',
          'procurementMethod',
          'publicityPeriod',
        ],
      ),
      OTHER_MATTERS,
    ],
  },
} as const satisfies Record<string, StageForms>;
