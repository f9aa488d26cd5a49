import { totalBudget, totalCeiling } from '#scripts/demo/generate/bodies/tender.ts';
import { makeDetails } from '#scripts/demo/generate/details.ts';
import type { DemoNotice, ProjectDetails, ProjectEvent } from '#scripts/demo/generate/model.ts';
import { Cast } from '#scripts/demo/generate/names.ts';
import { makeProject } from '#scripts/demo/generate/notices.ts';
import { planProject } from '#scripts/demo/generate/plan.ts';
import { Random } from '#scripts/demo/generate/random.ts';
import { Registry } from '#scripts/demo/generate/registry.ts';
import { fromShanghai } from '#src/domain/time/time.ts';
import { type LabelledNotice, labelled } from './labelled.ts';

const SEED = 5182;
const CATEGORIES = ['construction', 'procurement', 'medical', 'general', 'land', 'property'] as const;
const PROJECTS_EACH = 8;

function instant(time: string): string {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = time.split(/[- :]/).map(Number);
  return fromShanghai(year, month, day, hour, minute, 0);
}

type Facts = LabelledNotice['facts'];
type Labelling = (
  details: ProjectDetails,
  event: ProjectEvent,
) => { facts: Facts; entries?: LabelledNotice['entries'] };

const identity = ({ code, name, buyer }: ProjectDetails): Facts => ({
  projectCode: code,
  projectName: name,
  buyer: buyer.name,
});
const contacts = (details: ProjectDetails): Facts => ({ ...identity(details), agency: details.agency.name });
const winner = ({ lots }: ProjectDetails) => lots[0]?.bids[0];

const tender: Labelling = (details, { round }) => ({
  facts: {
    ...contacts(details),
    procurementMethod: details.plan.method,
    budget: totalBudget(details),
    ceilingPrice: totalCeiling(details),
    deadline: instant(round.deadline),
    opening: instant(round.deadline),
  },
});

const candidates: Labelling = (details) => {
  const shown = details.lots.flatMap(({ bids }) => bids.slice(0, 3));
  return {
    facts: {
      ...contacts(details),
      supplier: [...new Set(shown.map(({ company }) => company.name))],
      awardAmount: null,
    },
    entries: {
      candidates: shown.map(({ company, priceFen, score }) => ({
        supplier: company.name,
        awardAmount: priceFen,
        score,
      })),
    },
  };
};

const award: Labelling = (details) => {
  const winners = details.lots.flatMap(({ bids }) => bids.slice(0, 1));
  return {
    facts: {
      ...contacts(details),
      supplier: [...new Set(winners.map(({ company }) => company.name))],
      awardAmount: winners.reduce((sum, { priceFen }) => sum + priceFen, 0),
      ...(details.lots.length === 1 ? { supplierCode: winners[0]?.company.creditCode ?? '' } : {}),
    },
  };
};

const openingRecord: Labelling = (details, { round }) => ({
  facts: { ...identity(details), opening: instant(round.deadline), ceilingPrice: totalCeiling(details) },
  entries: {
    bids: details.lots.flatMap(({ bids }) =>
      bids.map(({ company, priceFen }) => ({
        supplier: company.name,
        supplierCode: company.creditCode,
        awardAmount: priceFen,
      })),
    ),
  },
});

const contract: Labelling = (details) => ({
  facts: {
    ...identity(details),
    contractCode: details.contractCode,
    contractAmount: winner(details)?.priceFen ?? 0,
    supplier: [winner(details)?.company.name ?? ''],
  },
});

const landDeal: Labelling = ({ parcels, buyer, code }) => ({
  facts: {
    projectCode: code,
    buyer: buyer.name,
    dealPrice: parcels.length === 1 ? (parcels[0]?.dealFen ?? 0) : null,
  },
});

const landOffering: Labelling = ({ parcels, buyer }, { round }) => ({
  facts: {
    buyer: buyer.name,
    startPrice: parcels.length === 1 ? (parcels[0]?.startFen ?? 0) : null,
    deadline: instant(round.deadline),
  },
});

/** How notices of a stage are labelled. */
const LABELLINGS: Partial<Record<DemoNotice['stage'], Labelling>> = {
  tenderNotice: tender,
  candidateNotice: candidates,
  awardNotice: award,
  openingRecord,
  contractNotice: contract,
  landDealNotice: landDeal,
  landOffering,
};

/** Notices of the demonstration with the values that they were written from. */
export function demoNotices(): LabelledNotice[] {
  const workshop = { cast: new Cast(SEED), registry: new Registry() };
  return CATEGORIES.flatMap((category) =>
    Array.from({ length: PROJECTS_EACH }, (_, index) => {
      const random = new Random(SEED, category, index);
      const plan = planProject(random, `${category}-${index}`, category, 'qufu', '2026-02-02', {
        depth: 1,
        patience: 3,
      });
      return labelProject(makeDetails(random, plan, workshop));
    }).flat(),
  );
}

function labelProject(details: ProjectDetails): LabelledNotice[] {
  const { notices } = makeProject(SEED, details);
  return details.plan.events.flatMap((event, index) => {
    const label = LABELLINGS[event.stage];
    const notice = notices[index];
    if (!label || !notice) return [];
    const { category, stage, title, body } = notice;
    const name = `demonstration ${stage}`;
    return [labelled({ name, category, stage, title, html: body, isComplete: false, ...label(details, event) })];
  });
}
