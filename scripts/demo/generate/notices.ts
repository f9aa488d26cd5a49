import { BODIES } from './bodies/bodies.ts';
import { LAYOUT_COUNT, renderSections } from './document.ts';
import { makeFields, namesDeadline } from './fields.ts';
import type { DemoNotice, DemoProject, ProjectDetails, ProjectEvent } from './model.ts';
import { Random } from './random.ts';
import { makeTitle } from './titles.ts';

const FILES: Record<string, string> = {
  tenderNotice: '采购文件',
  correctionNotice: '更正后的文件',
  contractNotice: '合同文本',
  awardNotice: '中小企业声明函',
  landOffering: '宗地图',
};

function makeNotice(seed: number, details: ProjectDetails, event: ProjectEvent, index: number): DemoNotice {
  const build = BODIES[event.stage];
  if (!build) throw new Error(`no text for stage ${event.stage}`);
  const { plan } = details;
  const key = `${plan.key}-${index}`;
  const random = new Random(seed, 'notice', key);
  const file = FILES[event.stage];
  return {
    key,
    category: plan.category,
    stage: event.stage,
    county: plan.county,
    ...makeTitle(details, event),
    publishedAt: event.publishedAt,
    projectCode: details.code,
    body: renderSections(build(details, event), random.integer(0, LAYOUT_COUNT - 1)),
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
