import { facts, type Section, section } from '../document.ts';
import type { ProjectDetails } from '../model.ts';

/** Words that differ between works and purchases. */
export interface Wording {
  buyer: string;
  agency: string;
  tender: string;
  document: string;
  response: string;
}

/** The words a project's notices use. */
export function wordingOf(details: ProjectDetails): Wording {
  if (details.plan.category === 'construction') {
    return { buyer: '招标人', agency: '招标代理机构', tender: '招标', document: '招标文件', response: '投标文件' };
  }
  const open = details.plan.method === '公开招标';
  return {
    buyer: '采购人',
    agency: '采购代理机构',
    tender: '采购',
    document: open ? '招标文件' : '采购文件',
    response: open ? '投标文件' : '响应文件',
  };
}

/** Who to ask: names, addresses and office numbers of the buyer and its agency. */
export function contactsSection(details: ProjectDetails, extra: readonly (readonly [string, string])[] = []): Section {
  const { buyer, agency } = details;
  const words = wordingOf(details);
  return section(
    '联系方式',
    facts(
      [words.buyer, buyer.name],
      ['地址', buyer.address],
      ['联系人', buyer.contact],
      ['联系电话', buyer.phone],
      [words.agency, agency.name],
      ['代理机构地址', agency.address],
      ['项目联系人', agency.contact],
      ['项目联系电话', agency.phone],
      ...extra,
    ),
  );
}

/** The facts that identify a project, at the head of every notice. */
export function identitySection(details: ProjectDetails, heading = '项目基本情况'): Section {
  const works = details.plan.category === 'construction';
  return section(
    heading,
    facts(
      [works ? '招标项目编号' : '项目编号', details.code],
      [works ? '工程名称' : '项目名称', details.name],
      [wordingOf(details).buyer, details.buyer.name],
    ),
  );
}
