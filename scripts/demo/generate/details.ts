import { isDisposal } from '#src/domain/categories.ts';
import { type County, countyDefinition } from '#src/domain/counties/counties.ts';
import type { Fen } from '#src/domain/money/money.ts';
import type { Bid, Lot, Parcel, ProjectDetails, ProjectPlan } from './model.ts';
import { type Cast, type Company, makeAddress, makePerson, type Organisation } from './names.ts';
import type { Random } from './random.ts';
import type { Registry } from './registry.ts';
import { CONSTRUCTION_SUBJECTS, CONTRACT_TYPES } from './subjects/construction.ts';
import { LAND_USES, PROPERTY_SUBJECTS } from './subjects/disposals.ts';
import { GENERAL_SUBJECTS } from './subjects/general.ts';
import { MEDICAL_SUBJECTS } from './subjects/medical.ts';
import { PROCUREMENT_SUBJECTS } from './subjects/procurement.ts';
import type { Subject } from './subjects/subject.ts';

/** What a project that must exist for a walk-through is fixed to. */
export interface Brief {
  subject?: string;
  buyer?: string;
  winner?: string;
}

/** Where details come from. */
export interface Workshop {
  cast: Cast;
  registry: Registry;
}

const SUBJECTS = {
  construction: CONSTRUCTION_SUBJECTS,
  procurement: PROCUREMENT_SUBJECTS,
  medical: MEDICAL_SUBJECTS,
  general: GENERAL_SUBJECTS,
} as const;
const FUNDS = ['财政资金', '自筹资金', '财政资金及上级补助资金', '专项债券资金', '企业自有资金'];
const QUALIFIERS = ['', '', '', '{年}年', '{年}年度', '新区', '城东片区', '城西片区', '南部片区', '北部片区'];
const FEN_PER_WAN = 1_000_000;

/** Rounds to whole hundreds of yuan, as budgets are. */
const roundBudget = (fen: number): Fen => Math.max(1, Math.round(fen / 10_000)) * 10_000;

function makeBids(random: Random, workshop: Workshop, ceiling: Fen, trade: string, winner?: Company): Bid[] {
  const companies = random.sample(workshop.cast.suppliersFor(trade), random.integer(3, 5));
  if (winner) companies[0] = winner;
  let ratio = 0.84 + random.next() * 0.13;
  let score = 93 - random.next() * 6;
  return companies.map((company) => {
    const exact = random.chance(0.3) ? 1 : 10_000;
    const priceFen = Math.round((ceiling * ratio) / exact) * exact;
    ratio = Math.min(0.999, ratio + random.next() * 0.03);
    const text = score.toFixed(2);
    score -= 1 + random.next() * 5;
    return {
      company,
      priceFen,
      score: text,
      leader: makePerson(random),
      certificate: `鲁${random.digits(13)}`,
    };
  });
}

function makeLots(
  random: Random,
  workshop: Workshop,
  subject: Subject,
  contract: { share: number; trade?: string },
  code: string,
  brief: Brief,
): Lot[] {
  const trade = contract.trade ?? subject.trade;
  const count = random.weighted({ '1': 82, '2': 12, '3': 6 });
  const winner = brief.winner ? workshop.cast.company(brief.winner, 'jining') : undefined;
  const spread = random.next() ** 1.6;
  const total = (subject.low + (subject.high - subject.low) * spread) * contract.share * FEN_PER_WAN;
  return Array.from({ length: Number(count) }, (_, index): Lot => {
    const budgetFen = roundBudget((total / Number(count)) * (0.9 + random.next() * 0.2));
    const ceilingFen = random.chance(0.6) ? budgetFen : roundBudget(budgetFen * 0.97);
    return {
      code: `${code}-${index + 1}`,
      name: subject.items[index % subject.items.length] ?? subject.name,
      budgetFen,
      ceilingFen,
      bids: makeBids(random, workshop, ceilingFen, trade, winner),
      duration: `${random.pick([30, 45, 60, 90, 120, 180, 240, 365, 540])}日历天`,
    };
  });
}

function makeParcels(random: Random, county: County, year: string): Parcel[] {
  return Array.from({ length: Number(random.weighted({ '1': 60, '2': 25, '3': 15 })) }, () => {
    const kind = random.pick(LAND_USES);
    const area = random.integer(3_000, 90_000) + random.integer(0, 99) / 100;
    const perMu = kind.low + random.next() * (kind.high - kind.low);
    const startFen = Math.round((area / 666.6667) * perMu) * FEN_PER_WAN;
    return {
      no: `${year}-${random.integer(1, 98)}号`,
      location: `${makeAddress(random, county).replace(/\d+号$/, '')}以${random.pick('东西南北'.split(''))}`,
      area,
      use: kind.use,
      years: kind.years,
      plotRatio: kind.ratio,
      startFen,
      depositFen: Math.round((startFen * 0.2) / FEN_PER_WAN) * FEN_PER_WAN,
      dealFen: Math.round((startFen * (random.chance(0.6) ? 1 : 1 + random.next() * 0.5)) / FEN_PER_WAN) * FEN_PER_WAN,
    };
  });
}

/** What only a tender has. */
function tenderParts(random: Random, plan: ProjectPlan, workshop: Workshop, year: string, code: string, brief: Brief) {
  const category = plan.category as keyof typeof SUBJECTS;
  const subjects: readonly Subject[] = SUBJECTS[category];
  const named = subjects.find((candidate) => candidate.name === brief.subject);
  const subject = named ?? random.pick(subjects);
  const buyer = brief.buyer
    ? workshop.cast.named(brief.buyer, plan.county)
    : workshop.cast.buyer(random, plan.county, subject.buyer);
  const contract = category === 'construction' ? random.pick(CONTRACT_TYPES) : { suffix: '', share: 1 };
  const head = category === 'construction' && random.chance(0.35) ? placeHead(random, plan.county) : buyer.name;
  return {
    name: `${head}${random.pick(QUALIFIERS).replace('{年}', year)}${subject.name.replace('{年}', year)}${contract.suffix}`,
    buyer,
    lots: makeLots(random, workshop, subject, contract, code, brief),
    items: subject.items,
    parcels: [],
  };
}

/** `邹城市凫岭大道`: where a work lies, at the head of its title. */
function placeHead(random: Random, county: County): string {
  return makeAddress(random, county).replace(/\d+号$/, '');
}

/** What only a disposal has. */
function disposalParts(
  random: Random,
  plan: ProjectPlan,
  workshop: Workshop,
  year: string,
  code: string,
  brief: Brief,
) {
  const unit = plan.county === 'jining' ? '济宁市' : countyDefinition(plan.county).label;
  if (plan.category === 'land') {
    const buyer: Organisation = workshop.cast.named(`${unit}泗滨岚自然资源交易服务中心`, plan.county);
    const parcels = makeParcels(random, plan.county, year);
    return { name: `${unit}国有建设用地使用权${plan.method}`, buyer, lots: [], items: [], parcels };
  }
  const object = PROPERTY_SUBJECTS.find(({ name }) => name === brief.subject) ?? random.pick(PROPERTY_SUBJECTS);
  const buyer = brief.buyer
    ? workshop.cast.named(brief.buyer, plan.county)
    : workshop.cast.buyer(random, plan.county, 'enterprise');
  const low = roundBudget((object.low + (object.high - object.low) * random.next() ** 1.8) * FEN_PER_WAN);
  const winner = brief.winner ? workshop.cast.company(brief.winner, plan.county) : undefined;
  const bids = makeBids(random, workshop, Math.round(low * 1.3), '商贸', winner);
  const lot = { code, name: object.kind, budgetFen: low, ceilingFen: low, bids, duration: `${random.integer(1, 5)}年` };
  return { name: `${buyer.name}${object.name}`, buyer, lots: [lot], items: [object.unit], parcels: [] };
}

/** Fills a plan with a name, a code, parties, lots and money. */
export function makeDetails(random: Random, plan: ProjectPlan, workshop: Workshop, brief: Brief = {}): ProjectDetails {
  const year = plan.events[0]?.publishedAt.slice(0, 4) ?? '2020';
  const code = workshop.registry.claimCode(random, plan.category, plan.county, year);
  const make = isDisposal(plan.category) ? disposalParts : tenderParts;
  const parts = make(random, plan, workshop, year, code, brief);
  return {
    ...parts,
    plan,
    code,
    name: plan.category === 'land' ? parts.name : workshop.registry.claimName(parts.name),
    agency: random.pick(workshop.cast.agencies),
    funds: random.pick(FUNDS),
    location: makeAddress(random, plan.county),
    scope: parts.items.join('、'),
    experts: Array.from({ length: 5 }, () => makePerson(random)),
    contractCode: `HT-${year}-${random.digits(5)}`,
    style: random.integer(0, 4),
  };
}
