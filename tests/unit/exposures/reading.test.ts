import { describe, expect, test } from 'vitest';
import { normaliseDecisionNo } from '#src/domain/exposures/decision-number.ts';
import { maskName, maskNameIn } from '#src/domain/exposures/masking.ts';
import {
  MISCONDUCT_KEYS,
  MISCONDUCT_TYPES,
  type MisconductType,
  readMisconduct,
} from '#src/domain/exposures/misconduct.ts';
import { type PenaltyType, readPenaltyTypes } from '#src/domain/exposures/registry.ts';

/** Masked as 山东省社会信用条例 第二十条 asks. Names are invented. */
const NAMES: [string, string][] = [
  ['甲乙', '甲*'],
  ['甲乙丙', '甲**'],
  ['欧阳甲', '欧阳*'],
  ['欧阳', '欧*'],
  ['东野甲乙', '东***'],
  ['亓官甲乙', '亓官**'],
  ['甲 乙', '甲*'],
  ['甲\u200b乙', '甲*'],
  ['阿甲·乙丙', '阿****'],
  ['甲', '*'],
  ['', ''],
];

describe('maskName', () => {
  test.each(NAMES)('%s → %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  test('masks the name wherever a text holds it, spaced or not', () => {
    expect(maskNameIn('评标专家甲乙丙（甲 乙 丙）私下接触投标人', '甲乙丙')).toBe('评标专家甲**（甲**）私下接触投标人');
    expect(maskNameIn('甲在场', '甲')).toBe('甲在场');
    expect(maskNameIn('a.c abc', 'a.c')).toBe('a** abc');
  });
});

/** 招标投标法实施条例 第三十九条至第四十二条, 第六十四条至第七十七条; 政府采购法 第七十七条: words of decisions → type. */
const MISCONDUCT: [string, MisconductType][] = [
  ['投标人之间相互串通投标', 'bidRiggingAmongBidders'],
  ['围标', 'bidRiggingAmongBidders'],
  ['与采购人恶意串通', 'collusionWithBuyer'],
  ['提供虚假材料谋取中标、成交', 'fraud'],
  ['弄虚作假，骗取中标', 'fraud'],
  ['以他人名义投标', 'borrowedQualification'],
  ['出借资质证书', 'lendingQualification'],
  ['无正当理由不与采购人签订合同', 'refuseContract'],
  ['将中标项目转包给他人', 'illegalSubcontract'],
  ['擅自终止合同', 'breachOfContract'],
  ['捏造事实进行投诉', 'maliciousComplaint'],
  ['必须进行招标的项目化整为零规避招标', 'avoidTendering'],
  ['以不合理的条件限制、排斥潜在投标人', 'restrictCompetition'],
  ['超过规定比例收取投标保证金', 'bondViolation'],
  ['未按照规定确定中标人', 'illegalAward'],
  ['代理机构在所代理的项目中为投标人提供咨询', 'agencyMisconduct'],
  ['应当回避而不回避', 'expertNotRecused'],
  ['评标期间擅离职守', 'expertAbsent'],
  ['不按照招标文件规定的评标标准和方法评标', 'expertBiasedScoring'],
  ['私下接触投标人', 'expertPrivateContact'],
  ['评标委员会成员收受投标人财物', 'expertBribe'],
  ['泄露评标情况', 'expertLeak'],
  ['串通 投标', 'bidRiggingAmongBidders'],
  ['fraud', 'fraud'],
  ['未安装在线监测设备', 'other'],
];

describe('readMisconduct', () => {
  test.each(MISCONDUCT)('%s → %s', (text, type) => {
    expect(readMisconduct(text)).toBe(type);
  });

  test('knows every type by its own label and code', () => {
    for (const key of MISCONDUCT_KEYS) {
      expect(readMisconduct(key)).toBe(key);
      expect(readMisconduct(MISCONDUCT_TYPES[key].label)).toBe(key);
    }
  });
});

const PENALTIES: [string, PenaltyType[]][] = [
  ['罚款', ['fine']],
  ['警告;罚款', ['warning', 'fine']],
  ['没收违法所得、吊销许可证件', ['confiscation', 'permitRevocation']],
  ['禁止参加政府采购活动一年', ['businessRestriction']],
  ['责令改正', ['other']],
  [' ', []],
];

describe('readPenaltyTypes', () => {
  test.each(PENALTIES)('%s', (text, types) => {
    expect(readPenaltyTypes(text)).toEqual(types);
  });
});

describe('normaliseDecisionNo', () => {
  test('takes all spellings of one number for one', () => {
    const spellings = [
      '演财罚〔2026〕3号',
      '演财罚[2026]第3号',
      '演财罚（2026）3号',
      '演财罚【2026】 第 003 号',
      '演财罚〔２０２６〕３号',
    ];
    expect(new Set(spellings.map(normaliseDecisionNo)).size).toBe(1);
  });

  test('keeps different numbers apart, and knows what is none', () => {
    expect(normaliseDecisionNo('演财罚〔2026〕3号')).not.toBe(normaliseDecisionNo('演财罚〔2026〕30号'));
    expect(normaliseDecisionNo('演财罚〔2026〕3号')).not.toBe(normaliseDecisionNo('演财罚〔2025〕3号'));
    expect(normaliseDecisionNo('无')).toBe('');
  });
});
