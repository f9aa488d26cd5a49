import { getArticle, listArticles } from '../api/articles/endpoints.ts';
import { listChanges } from '../api/changes/endpoints.ts';
import { getAnnualReport, getDisclosureCatalogue, listAnnualReports } from '../api/disclosure/endpoints.ts';
import { getDisposalSchema, listDisposals } from '../api/disposals/endpoints.ts';
import type { Endpoint } from '../api/endpoint.ts';
import { exportExposures, getExposure, listExposures, matchExposures } from '../api/exposures/endpoints.ts';
import { subscribeArticles, subscribeDeadlines, subscribeNotices } from '../api/feeds/endpoints.ts';
import { exportFlags, listFlags } from '../api/flags/endpoints.ts';
import { checkHealth, checkReadiness } from '../api/health/endpoints.ts';
import { LOG_ENDPOINTS } from '../api/log/endpoints.ts';
import { listMappings } from '../api/mappings/endpoints.ts';
import { exportLots, exportNotices, getNotice, listNotices, listNoticeVersions } from '../api/notices/endpoints.ts';
import { getRecord, listReleases } from '../api/ocds/endpoints.ts';
import { exportOrganizations, getOrganization, listOrganizations } from '../api/organizations/endpoints.ts';
import { getProject } from '../api/projects/endpoints.ts';
import { exportScore, getScore } from '../api/score/endpoints.ts';
import { searchNotices } from '../api/search/endpoints.ts';
import { listSources } from '../api/sources/endpoints.ts';
import {
  drawMeasure,
  exportMeasure,
  exportMeasureRows,
  getMeasure,
  listMeasures,
} from '../api/statistics/endpoints.ts';
import { push } from '../api/sync/endpoints.ts';

/** Every address of the API, in the order of its document. */
export const API_ROUTES: readonly Endpoint[] = [
  listNotices,
  getNotice,
  listNoticeVersions,
  getProject,
  searchNotices,
  listArticles,
  getArticle,
  listFlags,
  getScore,
  listSources,
  listMappings,
  getDisclosureCatalogue,
  listAnnualReports,
  getAnnualReport,
  listOrganizations,
  getOrganization,
  listExposures,
  getExposure,
  matchExposures,
  listMeasures,
  exportMeasure,
  exportMeasureRows,
  drawMeasure,
  getMeasure,
  listChanges,
  ...LOG_ENDPOINTS,
  listReleases,
  getRecord,
  listDisposals,
  checkHealth,
  checkReadiness,
  exportNotices,
  exportLots,
  exportOrganizations,
  exportExposures,
  exportFlags,
  exportScore,
  getDisposalSchema,
  subscribeNotices,
  subscribeArticles,
  subscribeDeadlines,
  push,
];
