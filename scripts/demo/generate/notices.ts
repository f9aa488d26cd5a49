import { BODIES } from './bodies/bodies.ts';
import { LAYOUT_COUNT, renderSections } from './document.ts';
import { makeFields, namesDeadline } from './fields.ts';
import type { DemoNotice, DemoProject, DemoStage, ProjectDetails, ProjectEvent } from './model.ts';
import { Random } from './random.ts';
import { makeTitle } from './titles.ts';

/** The file that is attached to a notice; none where the text is all. */
function fileOf(stage: DemoStage): string | undefined {
  return FILES.find(([, ...stages]) => stages.includes(stage))?.[0];
}

const FILES: readonly (readonly [name: string, ...stages: DemoStage[]])[] = [
  ['采购文件', 'tenderNotice'],
  ['更正后的文件', 'correctionNotice'],
  ['合同文本', 'contractNotice'],
  ['中小企业声明函', 'awardNotice'],
  ['宗地图', 'landOffering'],
];

function makeNotice(seed: number, details: ProjectDetails, event: ProjectEvent, index: number): DemoNotice {
  const { plan } = details;
  const key = `${plan.key}-${index}`;
  const random = new Random(seed, 'notice', key);
  const file = fileOf(event.stage);
  return {
    key,
    category: plan.category,
    stage: event.stage,
    county: plan.county,
    ...makeTitle(details, event),
    publishedAt: event.publishedAt,
    projectCode: details.code,
    body: renderSections(BODIES[event.stage](details, event), random.integer(0, LAYOUT_COUNT - 1)),
    fields: makeFields(details, event),
    attachments: file && random.chance(0.4) ? [{ name: `${file}.pdf`, path: `/files/${key}.pdf` }] : [],
    alsoOnCity: plan.county !== 'jining' && random.chance(0.045),
    deadline: namesDeadline(event.stage) ? event.round.deadline : undefined,
  };
}

/** Writes every notice of a project. */
export function makeProject(seed: number, details: ProjectDetails): DemoProject {
  const { plan } = details;
  return {
    key: plan.key,
    code: details.code,
    name: details.name,
    category: plan.category,
    county: plan.county,
    notices: plan.events.map((event, index) => makeNotice(seed, details, event, index)),
  };
}
