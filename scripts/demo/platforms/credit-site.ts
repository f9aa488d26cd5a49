import type { SourceConfig } from '#src/ingest/types.ts';
import type { DemoDecision } from '../generate/decisions.ts';
import { page } from './pages.ts';
import { escapeHtml, type Site, type SiteAnswer, type SiteRequest, slicePage } from './site.ts';

/** Path of the site below the city's. */
export const CREDIT_PATH = 'credit/';
const COLUMNS: Record<string, DemoDecision['list']> = { '300001': 'penalties', '300002': 'blacklist' };

/** Settings with which the 大汉 adapter reads the site: its columns hold entries of the exposure board and the blacklist. */
export function creditSettings(root: string): SourceConfig['settings'] {
  return {
    base: root,
    webId: '37',
    unitId: '300000',
    columns: {
      '300001': { label: '行政处罚', exposure: { board: 'exposure', kind: 'penalty' } },
      '300002': {
        label: '政府采购严重违法失信行为记录名单',
        exposure: { board: 'blacklist', kind: 'blacklist', list: 'govProcurementDebarment', subjectType: 'supplier' },
      },
    },
  };
}

/** The city's credit site, on the same software as county governments: lists of articles whose pages are tables. */
export function answerCredit({ path, query, body }: SiteRequest, site: Site): SiteAnswer | undefined {
  const asked = path.slice(CREDIT_PATH.length);
  if (asked === 'module/web/jpage/dataproxy.jsp')
    return list(query, new URLSearchParams(body).get('columnid') ?? '', site);
  const number = /^art\/\d+\/\d+\/\d+\/art_\d+_(\d+)\.html$/.exec(asked)?.[1];
  const decision = visible(site).find((candidate) => candidate.number === number);
  return decision && article(decision);
}

function visible({ decisions, now }: Site): DemoDecision[] {
  return decisions.filter(({ publishedOn }) => publishedOn <= now.slice(0, 10)).reverse();
}

function list(query: URLSearchParams, code: string, site: Site): SiteAnswer | undefined {
  const kind = COLUMNS[code];
  if (!kind) return undefined;
  const start = Number(query.get('startrecord'));
  const size = Number(query.get('endrecord')) - start + 1;
  const all = visible(site).filter((decision) => decision.list === kind);
  const { rows, total } = slicePage(all, Math.floor((start - 1) / size), size);
  const records = rows.map((decision) => `<record><![CDATA[${row(decision, code)}]]></record>`).join('\n');
  return {
    type: 'text/html;charset=utf-8',
    body: `<?xml version='1.0' encoding='utf-8'?>\n<datastore>\n<nextgroup></nextgroup><totalrecord>${total}</totalrecord><totalpage>1</totalpage><recordset>${records}</recordset>\n</datastore>`,
  };
}

function row({ number, title, publishedOn }: DemoDecision, code: string): string {
  const href = `art/${publishedOn.replaceAll('-', '/')}/art_${code}_${number}.html`;
  return `<li><a href="${href}" title="${escapeHtml(title)}">${escapeHtml(title)}</a><span>${publishedOn}</span></li>`;
}

function article({ title, fields }: DemoDecision): SiteAnswer {
  const rows = Object.entries(fields).map(
    ([label, value]) => `<tr><td>${escapeHtml(label)}</td><td>${escapeHtml(value)}</td></tr>`,
  );
  return page(
    title,
    `<div class="main"><h1>${escapeHtml(title)}</h1><div id="zoom"><table>${rows.join('')}</table></div></div>`,
  );
}
