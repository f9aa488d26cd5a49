import { stableId } from '../identifiers/ids.ts';
import { type Stage, stageDefinition } from '../stages.ts';

/** What an organization is in a notice 角色. */
export const ORGANIZATION_ROLES = {
  buyer: '采购（招标、出让）人',
  agency: '代理机构',
  supplier: '中标（成交）供应商',
  candidate: '中标候选人',
  tenderer: '投标人',
} as const;

export type OrganizationRole = keyof typeof ORGANIZATION_ROLES;
export const ROLE_KEYS = Object.keys(ORGANIZATION_ROLES) as [OrganizationRole, ...OrganizationRole[]];

/** What a notice's tenderers are: ranked, or so far only known to have bid. */
export const tendererRole = (stage: Stage): 'candidate' | 'tenderer' =>
  stageDefinition(stage).effect === 'proposes' ? 'candidate' : 'tenderer';

/** How a party of a notice was recognised. `person`: a natural person, who gets no page. */
export const PARTY_MATCHES = {
  code: '统一社会信用代码相符',
  name: '仅名称相同，未经代码核实',
  reviewed: '经人工核实',
  person: '自然人',
} as const;

export type PartyMatch = keyof typeof PARTY_MATCHES;
export const PARTY_MATCH_KEYS = Object.keys(PARTY_MATCHES) as [PartyMatch, ...PartyMatch[]];

/** Is it certain whose name it is? */
export const IS_CERTAIN_MATCH: Record<PartyMatch, boolean> = { code: true, name: false, reviewed: true, person: false };

/** What a name is to its organization 名称类型. */
export const NAME_KINDS = { current: '现用名称', former: '曾用名或其他写法', branch: '分支机构' } as const;

/** What a public page says a name is. */
export type PublicNameKind = keyof typeof NAME_KINDS;
/** `doubtful`: it stood beside the organization's code and is unlike all its names; staff see it, the public does not. */
export type NameKind = PublicNameKind | 'doubtful';
export const NAME_KIND_KEYS = ['current', 'former', 'branch', 'doubtful'] as const satisfies readonly NameKind[];

/** The library blocks 资质、业绩、荣誉、人员, by the table that holds them. */
export const LIBRARY_BLOCKS = ['qualifications', 'achievements', 'honours', 'staff_certificates'] as const;

/** From where a name is known to be an organization's. */
export const NAME_SOURCES = ['notice', 'library', 'reviewed'] as const;
export type NameSource = (typeof NAME_SOURCES)[number];

/**
 * Public id of an organization: a function of its unified social credit code, else of its name key, so that a rebuild
 * gives the same id.
 */
export function organizationId(identity: { uscc: string } | { key: string }): string {
  return 'uscc' in identity ? stableId('organization', identity.uscc) : stableId('organization', 'name', identity.key);
}
