import { CATEGORIES } from '#src/domain/categories.ts';
import { COUNTIES } from '#src/domain/counties/counties.ts';
import { DUTY_ITEMS } from '#src/domain/disclosure-score/items.ts';
import { DUTY_STATES } from '#src/domain/disclosure-score/states.ts';
import { PUBLIC_STATE } from '#src/domain/flags/decisions.ts';
import { flagDefinition } from '#src/domain/flags/registry.ts';
import type { FlaggedLotView } from '#src/domain/flags/views.ts';
import { absoluteUrl, projectUrl } from '#src/domain/site/urls.ts';
import type { DutyView } from '../score/list.ts';
import { countColumn, dayColumn, type Table, textColumn } from './table.ts';

const numbersText = (numbers: FlaggedLotView['numbers']): string =>
  Object.entries(numbers)
    .map(([label, value]) => `${label} ${value}`)
    .join('；');

/** The columns of lots that indicators point at. `site` is the configured address. */
export const flagTable = (site: string): Table<FlaggedLotView> => ({
  name: '公开提示',
  columns: [
    textColumn('编号', 8, ({ code }) => code),
    textColumn('提示', 24, ({ code }) => flagDefinition(code).title),
    textColumn('项目', 50, ({ title }) => title),
    textColumn('标段（包）', 16, ({ lotName }) => lotName),
    textColumn('县（市、区）', 12, ({ county }) => COUNTIES[county].label),
    textColumn('类别', 12, ({ category }) => CATEGORIES[category].label),
    textColumn('月份', 10, ({ month }) => month),
    textColumn('数值', 60, ({ numbers }) => numbersText(numbers)),
    textColumn('状态', 18, ({ isChecked }) => (isChecked ? PUBLIC_STATE.decided : PUBLIC_STATE.open)),
    textColumn('所涉单位的说明', 40, ({ replies }) => replies.map(({ party, text }) => `${party}：${text}`).join('；')),
    textColumn('网址', 40, ({ projectId }) => absoluteUrl(site, projectUrl(projectId))),
  ],
});

/** The columns of disclosure duties. */
export const dutyTable = (site: string): Table<DutyView> => ({
  name: '信息公开事项',
  columns: [
    textColumn('项目', 50, ({ title }) => title),
    textColumn('标段（包）', 16, ({ lots }) => lots.join('、')),
    textColumn('县（市、区）', 12, ({ county }) => COUNTIES[county].label),
    textColumn('类别', 12, ({ category }) => CATEGORIES[category].label),
    countColumn('第几次', ({ round }) => round),
    countColumn('目录序号', ({ item }) => item),
    textColumn('事项', 24, ({ item }) => DUTY_ITEMS[item]?.title ?? null),
    textColumn('责任主体', 20, ({ item }) => DUTY_ITEMS[item]?.holder ?? null),
    textColumn('依据', 30, ({ item }) => DUTY_ITEMS[item]?.basis ?? null),
    textColumn('状态', 16, ({ state }) => DUTY_STATES[state].label),
    dayColumn('到期日', ({ dueOn }) => dueOn),
    dayColumn('公开日', ({ doneOn }) => doneOn),
    textColumn('说明', 50, ({ reason }) => reason),
    textColumn('网址', 40, ({ projectId }) => absoluteUrl(site, projectUrl(projectId))),
  ],
});
