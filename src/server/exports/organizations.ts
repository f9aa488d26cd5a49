import type { Db } from '#db/client.ts';
import { COUNTIES } from '#src/domain/counties/counties.ts';
import type { OrganizationFilter } from '#src/domain/organizations/filter.ts';
import { ORGANIZATION_ROLES } from '#src/domain/organizations/organization.ts';
import type { OrganizationSummary } from '#src/domain/organizations/views.ts';
import { absoluteUrl, companyUrl } from '#src/domain/site/urls.ts';
import { listOrganizations } from '../organizations/list.ts';
import { countColumn, type Table, textColumn } from './table.ts';
import { walkPages } from './walk-pages.ts';

const BATCH = 200;

/** The columns of organizations. `site` is the configured address. */
export const organizationTable = (site: string): Table<OrganizationSummary> => ({
  name: '交易单位',
  columns: [
    textColumn('单位名称', 40, ({ name }) => name),
    textColumn('统一社会信用代码', 22, ({ uscc }) => uscc),
    countColumn('公告数', ({ notices }) => notices),
    textColumn('角色（公告数）', 40, ({ roles }) =>
      roles.map(({ role, notices }) => `${ORGANIZATION_ROLES[role]}（${notices}）`).join('、'),
    ),
    textColumn('县（市、区）（公告数）', 40, ({ counties }) =>
      counties.map(({ county, notices }) => `${COUNTIES[county].label}（${notices}）`).join('、'),
    ),
    textColumn('单位编号', 14, ({ id }) => id),
    textColumn('网址', 40, ({ id }) => absoluteUrl(site, companyUrl(id))),
  ],
});

/** All organizations of a list in its order, in batches. */
export const walkOrganizations = (db: Db, filter: OrganizationFilter): AsyncGenerator<OrganizationSummary[]> =>
  walkPages((cursor) => listOrganizations(db, { ...filter, limit: BATCH, cursor }));
