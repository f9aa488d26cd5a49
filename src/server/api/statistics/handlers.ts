import { toPicture } from '#src/charts/standalone.ts';
import { InputError, NotFoundError } from '#src/domain/errors.ts';
import { absoluteUrl } from '#src/domain/site/urls.ts';
import {
  chartFilterSchema,
  type RowFilter,
  rowFilterSchema,
  statisticFilterSchema,
} from '#src/domain/statistics/filter.ts';
import { isMeasure, MEASURE_IDS, MEASURES, type MeasureId } from '#src/domain/statistics/registry.ts';
import { measureUrl } from '#src/domain/statistics/urls.ts';
import { formatDateTime } from '#src/domain/time/time.ts';
import { getConfig } from '../../config.ts';
import { fileDb, webDb } from '../../db.ts';
import { answerFile, parseExportFormat } from '../../exports/answer.ts';
import { parseParameters, refuseBlank, refuseParameters } from '../../parameters.ts';
import { toChart } from '../../statistics/charts.ts';
import { toPng } from '../../statistics/picture.ts';
import { findBreakdown, type MeasureView, readMeasure } from '../../statistics/read.ts';
import { figureTable, listFigures, observedTable, walkObserved } from '../../statistics/tables.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { presentDefinition, presentMeasure } from './present.ts';
import { measureListSchema, measureSchema } from './schema.ts';

/** Every measure with its definition. */
export const listMeasures: Handler = ({ parameters }) => {
  refuseParameters(parameters);
  return answer(measureListSchema, { items: MEASURE_IDS.map(presentDefinition) });
};

/** The figures of a measure. */
export const getMeasure: Handler<'measure'> = ({ parts, parameters }) =>
  answer(measureSchema, presentMeasure(viewOf(parts.measure, parameters)));

/** The figures of a measure as a file. */
export const exportMeasure: Handler<'measure' | 'format'> = ({ parts, parameters }) => {
  const format = parseExportFormat(parts.format);
  const view = viewOf(parts.measure, parameters);
  return answerFile(format, figureTable(view.measure, getConfig().SITE_URL), only(listFigures(view)), now());
};

/** The lots that a measure is about as a file. */
export const exportMeasureRows: Handler<'measure' | 'format'> = ({ parts, parameters }) => {
  const format = parseExportFormat(parts.format);
  const measure = toMeasure(parts.measure);
  if (!MEASURES[measure].observe) throw new NotFoundError('公告数量没有明细文件，请导出公告列表');
  refuseBlank(parameters);
  const asked: RowFilter = parseParameters(
    rowFilterSchema.omit({ cursor: true, limit: true, status: true }),
    parameters,
  );
  const filter = { ...asked, year: asked.year ?? readMeasure(webDb(), measure, asked).filter.year };
  return answerFile(
    format,
    observedTable(measure, getConfig().SITE_URL),
    walkObserved(fileDb(), measure, filter),
    now(),
  );
};

/** A chart of a measure as a picture. */
export const drawMeasure: Handler<'measure' | 'format'> = async ({ parts, parameters }) => {
  const measure = toMeasure(parts.measure);
  refuseBlank(parameters);
  const { by = 'county', ...filter } = parseParameters(chartFilterSchema, parameters);
  const view = readMeasure(webDb(), measure, filter);
  const breakdown = findBreakdown(view, by);
  if (!breakdown) throw new InputError([{ name: 'by', message: '这个指标在这些条件下不能这样分' }]);
  const { SITE_URL, SITE_NAME } = getConfig();
  const source = `来源：${SITE_NAME}，${absoluteUrl(SITE_URL, measureUrl(measure))}，数据截至 ${formatDateTime(view.asOf)}`;
  const svg = toPicture(toChart(view, breakdown, SITE_URL.replace(/\/$/, '')), source);
  const isPng = parts.format === 'png';
  const body = isPng ? new Uint8Array(await toPng(svg)) : svg;
  return new Response(body, {
    headers: {
      'content-type': isPng ? 'image/png' : 'image/svg+xml',
      'content-disposition': `attachment; filename="${measure}-${by}.${parts.format}"`,
    },
  });
};

function viewOf(text: string, parameters: URLSearchParams): MeasureView {
  const measure = toMeasure(text);
  refuseBlank(parameters);
  return readMeasure(webDb(), measure, parseParameters(statisticFilterSchema, parameters));
}

/** @throws NotFoundError when there is no such measure */
function toMeasure(text: string): MeasureId {
  if (!isMeasure(text)) throw new NotFoundError('没有这个指标');
  return text;
}

const now = (): string => new Date().toISOString();

async function* only<Item>(items: readonly Item[]): AsyncGenerator<readonly Item[]> {
  yield items;
}
