import { OTHER_MATTERS, type SectionSpec, type StageForms, section } from './sections.ts';

const CORRECTED = ['deadline', 'opening', 'openingPlace', 'documentPeriod', 'budget', 'ceilingPrice'] as const;
const ASK = section(
  '联系方式',
  ['OWN', ''],
  ['buyer!', 'buyerContact', 'buyerPhone!', 'agency', 'agencyContact', 'agencyPhone'],
);
const SALE = section('联系方式', ['OWN', ''], ['buyer!', 'buyerContact', 'buyerPhone!']);

const stopped = (title: string, rule: SectionSpec['rule']): readonly SectionSpec[] => [
  section(title, rule, ['projectName!', 'projectCode!', 'lotCode', 'terminationReason!']),
  section('联系方式', rule, [
    'buyer!',
    'buyerAddress',
    'buyerContact',
    'buyerPhone!',
    'agency',
    'agencyAddress',
    'agencyContact',
    'agencyPhone',
  ]),
  OTHER_MATTERS,
];
const stoppedSale = (title: string, rule: SectionSpec['rule']): readonly SectionSpec[] => [
  section(title, rule, ['projectName!', 'parcelNo', 'terminationReason!']),
  SALE,
  OTHER_MATTERS,
];
const stoppedProperty = (title: string): readonly SectionSpec[] => [
  section(title, ['OWN', ''], ['projectName!', 'projectCode!', 'terminationReason!']),
  SALE,
  OTHER_MATTERS,
];

const suspension = (rule: SectionSpec['rule']): readonly SectionSpec[] => [
  section('暂停', rule, ['projectName!', 'projectCode', 'lotCode', 'terminationReason!', 'suspendedUntil!']),
  ASK,
  OTHER_MATTERS,
];

/** Forms of what changes, explains, suspends or ends what was announced. */
export const CHANGES = {
  clarification: {
    works: [
      section(
        '澄清或者修改',
        ['BLR', '第二十一条'],
        ['projectName!', 'projectCode!', 'lotCode', 'clarified!', 'affectsBids!', 'deadline', 'opening'],
      ),
      ASK,
      OTHER_MATTERS,
    ],
    all: [
      section(
        '澄清或者修改',
        ['GPR', '第三十一条'],
        ['projectName!', 'projectCode!', 'lotCode', 'clarified!', 'affectsBids!', 'deadline', 'opening'],
      ),
      ASK,
      OTHER_MATTERS,
    ],
  },
  correctionNotice: {
    works: [
      section('项目', ['BLR', '第二十一条'], ['projectName!', 'projectCode!', 'lotCode', 'originalNoticeDate!']),
      section(
        '更正信息',
        ['BLR', '第二十一条'],
        ['correctedMatter!', 'correctedContent!', 'correctedOn!', 'affectsBids!', ...CORRECTED],
      ),
      ASK,
      OTHER_MATTERS,
    ],
    purchases: [
      section(
        '项目基本情况',
        ['CBK50', '更正公告格式一'],
        ['projectCode!', 'projectName!', 'lotCode', 'originalNoticeDate!'],
      ),
      section(
        '更正信息',
        ['CBK50', '更正公告格式二'],
        ['correctedMatter!', 'correctedContent!', 'correctedOn!', 'affectsBids', ...CORRECTED],
      ),
      section('其他补充事宜', ['CBK50', '更正公告格式三'], ['otherMatters']),
      section(
        '联系方式',
        ['CBK50', '更正公告格式四'],
        [
          'buyer!',
          'buyerAddress!',
          'buyerContact!',
          'buyerPhone!',
          'agency',
          'agencyAddress',
          'agencyContact',
          'agencyPhone',
          'projectContact',
        ],
      ),
    ],
    all: [
      section(
        '更正',
        ['OWN', ''],
        [
          'projectName!',
          'projectCode',
          'parcelNo',
          'originalNoticeDate!',
          'correctedContent!',
          'correctedOn!',
          'deadline',
          'opening',
          'startPrice',
          'deposit',
        ],
      ),
      SALE,
      OTHER_MATTERS,
    ],
    property: [
      section(
        '更正',
        ['OWN', ''],
        [
          'projectName!',
          'projectCode!',
          'originalNoticeDate!',
          'correctedContent!',
          'correctedOn!',
          'deadline',
          'listingPeriod',
          'listingPrice',
          'deposit',
        ],
      ),
      SALE,
      OTHER_MATTERS,
    ],
  },
  landOfferingSupplement: {
    all: [
      section(
        '补充',
        ['OWN', ''],
        [
          'projectName',
          'parcelNo!',
          'originalNoticeDate!',
          'correctedContent!',
          'correctedOn!',
          'deadline',
          'opening',
          'startPrice',
          'deposit',
          'documentPeriod',
        ],
      ),
      SALE,
      OTHER_MATTERS,
    ],
  },
  propertyListingChange: {
    all: [
      section(
        '变更',
        ['SA32', ''],
        ['projectName!', 'projectCode!', 'changedTerms!', 'listingPeriod', 'deadline', 'listingPrice', 'deposit'],
      ),
      SALE,
      OTHER_MATTERS,
    ],
  },
  failureNotice: {
    works: stopped('流标', ['BLR', '第四十四条']),
    purchases: stopped('废标、终止', ['GPL', '第三十六条']),
    property: stoppedProperty('流标'),
    all: stoppedSale('流标', ['OWN', '']),
  },
  terminationNotice: {
    works: stopped('终止', ['BLR', '第三十一条']),
    purchases: stopped('终止', ['CBK50', '终止公告格式']),
    property: stoppedProperty('终止'),
    all: stoppedSale('终止', ['OWN', '']),
  },
  suspensionNotice: { all: suspension(['OWN', '']) },
  resumptionNotice: {
    all: [
      section(
        '恢复',
        ['OWN', ''],
        ['projectName!', 'projectCode', 'lotCode', 'resumption!', 'deadline', 'opening', 'openingPlace'],
      ),
      ASK,
      OTHER_MATTERS,
    ],
  },
} as const satisfies Record<string, StageForms>;
