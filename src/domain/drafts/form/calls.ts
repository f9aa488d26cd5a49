import {
  contacts,
  LOTS_CALLED,
  OTHER_MATTERS,
  PARCELS_OFFERED,
  type SectionSpec,
  type StageForms,
  section,
} from './sections.ts';

const WORKS_CALL: readonly SectionSpec[] = [
  section(
    '项目概况和招标范围',
    ['ND10', '第五条第（一）项'],
    [
      'projectName!',
      'projectCode!',
      'procurementMethod!',
      'overview!',
      'scope!',
      'fundingSource!',
      'location!',
      'contractPeriod',
      'budget',
      'ceilingPrice',
      'lots',
    ],
    LOTS_CALLED,
  ),
  section('资格要求', ['ND10', '第五条第（二）项'], ['eligibility!', 'consortium!']),
  section('文件获取', ['ND10', '第五条第（三）项'], ['documentPeriod!', 'documentMethod!']),
  section(
    '递交',
    ['ND10', '第五条第（四）项'],
    ['deadline!', 'submissionMethod!', 'opening', 'openingPlace', 'deposit', 'clarificationDeadline'],
  ),
  contacts(['ND10', '第五条第（五）项']),
  section('电子招标投标', ['ND10', '第五条第（六）项'], ['submissionUrl']),
  section('其他', ['ND10', '第五条第（七）项'], ['otherMatters']),
];

const PURCHASE_CALL: readonly SectionSpec[] = [
  section(
    '项目基本情况',
    ['CBK50', '采购公告格式一'],
    [
      'projectCode!',
      'projectName!',
      'procurementMethod!',
      'budget!',
      'ceilingPrice',
      'requirement!',
      'contractPeriod!',
      'consortium!',
      'location',
      'lots',
    ],
    LOTS_CALLED,
  ),
  section('申请人的资格要求', ['CBK50', '采购公告格式二'], ['eligibility!', 'policyEligibility!']),
  section(
    '获取文件',
    ['CBK50', '采购公告格式三'],
    ['documentPeriod!', 'documentPlace!', 'documentMethod!', 'documentPrice!'],
  ),
  section(
    '提交文件',
    ['CBK50', '采购公告格式四'],
    ['deadline!', 'opening!', 'openingPlace!', 'submissionMethod', 'deposit', 'clarificationDeadline'],
  ),
  section('公告期限', ['CBK50', '采购公告格式五'], ['publicityPeriod!']),
  section('其他补充事宜', ['CBK50', '采购公告格式六'], ['otherMatters']),
  contacts(['CBK50', '采购公告格式七']),
];

/** Forms of what announces and calls, before and in the tender. */
export const CALLS = {
  tenderPlan: {
    all: [
      section(
        '招标计划',
        ['OWN', ''],
        ['projectName!', 'projectCode', 'overview!', 'scope!', 'fundingSource', 'budget!', 'location', 'plannedMonth!'],
      ),
      section('联系方式', ['OWN', ''], ['buyer!', 'buyerContact', 'buyerPhone']),
      OTHER_MATTERS,
    ],
  },
  procurementIntention: {
    all: [
      section('采购意向', ['CK10', ''], ['buyer!', 'projectName!', 'budget', 'intentions!'], {
        intentions: ['intentionName!', 'intentionNeed!', 'intentionBudget!', 'intentionMonth!', 'intentionRemark'],
      }),
      OTHER_MATTERS,
    ],
  },
  prequalificationNotice: { works: WORKS_CALL, all: PURCHASE_CALL },
  prequalificationResult: {
    all: [
      section(
        '资格预审结果',
        ['DATA', '资格预审结果信息'],
        ['projectName!', 'projectCode!', 'lotCode', 'prequalified!'],
      ),
      contacts(['OWN', '']),
    ],
  },
  tenderNotice: { works: WORKS_CALL, all: PURCHASE_CALL },
  singleSourceNotice: {
    all: [
      section(
        '项目信息',
        ['CBK50', '单一来源采购公示格式一'],
        ['buyer!', 'projectName!', 'projectCode', 'requirement!', 'budget!', 'singleSourceReason!'],
      ),
      section('拟定供应商信息', ['CBK50', '单一来源采购公示格式二'], ['intendedSupplier!', 'intendedAddress!']),
      section('公示期限', ['GPR', '第三十八条'], ['publicityPeriod!']),
      section(
        '联系方式',
        ['CBK50', '单一来源采购公示格式五'],
        [
          'buyerAddress!',
          'buyerContact!',
          'buyerPhone!',
          'financeContact!',
          'agency',
          'agencyAddress',
          'agencyContact',
          'agencyPhone',
        ],
      ),
      section('专业人员论证意见', ['GPR', '第三十八条'], ['expertOpinions!']),
      OTHER_MATTERS,
    ],
  },
  landSupplyPlan: {
    all: [section('供应计划', ['LAR', '第十六条'], ['projectName!', 'buyer!', 'supplyPlan!']), OTHER_MATTERS],
  },
  landOffering: {
    all: [
      section('出让人', ['ML39', '第九条第（一）项'], ['buyer!', 'buyerAddress!', 'buyerContact', 'buyerPhone!']),
      section(
        '宗地',
        ['ML39', '第九条第（二）项'],
        [
          'projectName',
          'procurementMethod!',
          'parcelNo!',
          'location!',
          'landArea!',
          'landUse!',
          'grantTerm!',
          'plotRatio',
          'startPrice!',
          'parcelState!',
          'planning!',
          'parcels',
        ],
        PARCELS_OFFERED,
      ),
      section('资格要求', ['ML39', '第九条第（三）项'], ['eligibility!', 'consortium']),
      section('文件获取', ['ML39', '第九条第（四）项'], ['documentPeriod!', 'documentMethod!']),
      section(
        '时间、地点和竞价方式',
        ['ML39', '第九条第（五）项'],
        ['opening!', 'openingPlace!', 'deadline!', 'bidding!'],
      ),
      section('竞得人的确定', ['ML39', '第九条第（六）项'], ['winnerRule!']),
      section('竞买保证金', ['ML39', '第九条第（七）项'], ['deposit!']),
      section('其他', ['ML39', '第九条第（八）项'], ['otherMatters']),
    ],
  },
  miningOffering: {
    all: [
      section(
        '矿业权基本情况',
        ['MRL', '第十九条'],
        ['buyer!', 'projectName!', 'parcelNo', 'mineral!', 'location!', 'landArea!', 'grantTerm!', 'miningRight!'],
      ),
      section(
        '竞争规则',
        ['MRL', '第十九条'],
        [
          'procurementMethod!',
          'startPrice',
          'deposit',
          'documentPeriod',
          'opening',
          'openingPlace',
          'deadline!',
          'bidding!',
          'winnerRule!',
        ],
      ),
      section('技术能力等条件', ['MRL', '第十九条'], ['eligibility!']),
      section('权利和义务', ['MRL', '第十九条'], ['miningRights!']),
      section('联系方式', ['OWN', ''], ['buyerAddress!', 'buyerContact', 'buyerPhone!']),
      OTHER_MATTERS,
    ],
  },
  propertyPreDisclosure: {
    all: [
      section(
        '标的',
        ['SA32', '信息预披露'],
        [
          'projectName!',
          'projectCode',
          'buyer!',
          'location',
          'objectState!',
          'shareholders!',
          'approvals!',
          'auditFigures!',
          'buyerConditions!',
        ],
      ),
      section('披露期', ['SA32', '信息预披露'], ['listingPeriod!']),
      section('联系方式', ['OWN', ''], ['agency', 'buyerContact', 'buyerPhone!']),
      OTHER_MATTERS,
    ],
  },
  propertyListing: {
    all: [
      section(
        '标的',
        ['SA32', '信息正式披露'],
        [
          'projectName!',
          'projectCode!',
          'buyer!',
          'location!',
          'objectState!',
          'shareholders!',
          'approvals!',
          'auditFigures!',
          'appraisedValue',
        ],
      ),
      section(
        '条件和底价',
        ['SA32', '信息正式披露'],
        ['buyerConditions!', 'dealTerms!', 'listingPrice!', 'deposit', 'preemption!'],
      ),
      section('竞价', ['SA32', '信息正式披露'], ['procurementMethod!', 'winnerRule!', 'opening', 'openingPlace']),
      section('披露期', ['SA32', '信息正式披露'], ['listingPeriod!', 'deadline!', 'documentPeriod']),
      section('联系方式', ['OWN', ''], ['agency', 'buyerContact', 'buyerPhone!']),
      OTHER_MATTERS,
    ],
  },
} as const satisfies Record<string, StageForms>;
