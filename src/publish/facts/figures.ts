import { type Category, isDisposal } from '#src/domain/categories.ts';
import type { AmountKind } from '#src/domain/facts/amount-kind.ts';
import type { FactKey, Facts } from '#src/domain/facts/facts.ts';
import type { NoticeReading } from '#src/domain/notices/notice-content.ts';
import { listsBidders, type Stage, type StagePhase, stageDefinition } from '#src/domain/stages.ts';

type Choice = readonly [FactKey, AmountKind];

const PURCHASE: Record<StagePhase, readonly Choice[]> = {
  planning: [
    ['budget', 'budget'],
    ['ceilingPrice', 'ceiling'],
  ],
  tender: [
    ['budget', 'budget'],
    ['ceilingPrice', 'ceiling'],
  ],
  opening: [],
  award: [['awardAmount', 'award']],
  contract: [['contractAmount', 'contract']],
  performance: [['contractAmount', 'contract']],
  ended: [],
  decision: [],
};

const DISPOSAL: Record<StagePhase, readonly Choice[]> = {
  planning: [
    ['listingPrice', 'start'],
    ['startPrice', 'start'],
  ],
  tender: [
    ['listingPrice', 'start'],
    ['startPrice', 'start'],
  ],
  opening: [],
  award: [
    ['dealPrice', 'deal'],
    ['awardAmount', 'deal'],
  ],
  contract: [
    ['dealPrice', 'deal'],
    ['awardAmount', 'deal'],
  ],
  performance: [],
  ended: [],
  decision: [],
};

/** Phases whose notices say who won or signed; candidates of an award have not. */
const NAMES_SUPPLIERS: Record<StagePhase, boolean> = {
  planning: false,
  tender: false,
  opening: false,
  award: true,
  contract: true,
  performance: false,
  ended: false,
  decision: false,
};
const MISSING = /^(?:无|暂无|未提供|详见.*|见附件|[-/—]+)$/;
const MAXIMUM_NAMES = 20;

export type Figures = Omit<NoticeReading, 'facts' | 'projectCode' | 'lotCode'>;

/** The figures that lists show and filters use, chosen from the facts by what the stage is about. */
export function chooseFigures(category: Category, stage: Stage, facts: Facts): Figures {
  const { phase } = stageDefinition(stage);
  const named = NAMES_SUPPLIERS[phase] ? splitNames(facts.supplier?.text) : [];
  const [suppliers, tenderers] = listsBidders(stage) ? [[], named.length > 0 ? named : listed(facts)] : [named, []];
  const [kind, fen] = chooseAmount(category, stage, facts, tenderers);
  const isOpenable = phase === 'tender';
  const { deadline, opening } = isOpenable ? facts : {};
  return {
    amountFen: fen,
    amountKind: kind,
    deadlineAt: deadline?.instant ?? null,
    deadlinePrecision: deadline?.precision ?? null,
    openingAt: opening?.instant ?? null,
    openingPrecision: opening?.precision ?? null,
    buyer: splitNames(facts.buyer?.text)[0] ?? null,
    agency: splitNames(facts.agency?.text)[0] ?? null,
    suppliers,
    tenderers,
  };
}

/** Who is named row by row: the bidders of an opening. */
function listed({ bids, candidates }: Facts): string[] {
  const rows = [bids, candidates].flatMap((list) => (list && !list.doubt ? (list.entries ?? []) : []));
  return [...new Set(rows.flatMap(({ supplier }) => splitNames(supplier?.text)))];
}

function chooseAmount(
  category: Category,
  stage: Stage,
  facts: Facts,
  tenderers: string[],
): [AmountKind | null, number | null] {
  if (stage === 'candidateNotice') {
    // Several candidates have several bids: none of them is the notice's amount.
    const fen = tenderers.length === 1 ? facts.awardAmount?.fen : undefined;
    return fen === undefined ? [null, null] : ['bid', fen];
  }
  const choices = (isDisposal(category) ? DISPOSAL : PURCHASE)[stageDefinition(stage).phase];
  for (const [key, kind] of choices) {
    const fen = facts[key]?.fen;
    if (fen !== undefined) return [kind, fen];
  }
  return [null, null];
}

/** Names of organizations in one value: separated by 、 ； or line breaks, ranks and roles stripped, placeholders dropped. */
export function splitNames(text: string | undefined): string[] {
  const names = (text ?? '')
    .split(/[、；;\n]/)
    .map((part) =>
      part
        .replace(/^.*?(?:候选人|供应商|中标人|成交人|第[一二三四五六七八九十\d]+名?)\s*[:：]/, '')
        .replace(/[（(](?:牵头人?|联合体(?:牵头人|成员|牵头方)?|成员|主体|盖章|公章)[）)]/g, '')
        .trim(),
    )
    .filter((name) => name.length >= 2 && name.length <= 100 && !MISSING.test(name));
  return [...new Set(names)].slice(0, MAXIMUM_NAMES);
}
