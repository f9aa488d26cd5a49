import { cellsOf } from '#src/domain/annual-report/cells.ts';
import { type ReportContent, reportTitle } from '#src/domain/annual-report/content.ts';
import { type Narrative, writeNarrative } from '#src/domain/annual-report/narrative.ts';
import { type Block, heading, type PrintedDocument, paragraph } from '../model.ts';
import { tableFour, tableThree, tableTwo } from './tables.ts';

/** Parts of 总体情况 in each form, with what of the text stands in them. */
const GENERAL = {
  '2020': [
    ['（一）概述', ['overview']],
    ['（二）组织领导和制度建设情况', ['organization']],
    ['（三）发布解读、回应社会关切以及互动交流情况', ['interpretation']],
    ['（四）推进公共资源配置信息公开工作情况', ['allocation']],
    ['（五）重点领域政府信息公开工作推进情况', ['keyAreas']],
    ['（六）公开平台建设情况', ['platform']],
    ['（七）依申请公开', ['requests']],
    ['（八）政府信息管理', ['management']],
    ['（九）监督保障', ['supervision']],
  ],
  '2021': [
    ['（一）主动公开', ['overview', 'interpretation', 'allocation', 'keyAreas']],
    ['（二）依申请公开', ['requests']],
    ['（三）政府信息管理', ['management']],
    ['（四）政府信息公开平台建设', ['platform']],
    ['（五）监督保障', ['organization', 'supervision']],
  ],
} as const satisfies Record<string, readonly (readonly [string, readonly (keyof Narrative)[]])[]>;

/** An annual report as a document: the six parts of its form, its tables, and where figures come from that people filled in. */
export function toReportDocument(content: ReportContent): PrintedDocument {
  const { form, cells, issuer, on } = content;
  const text = writeNarrative(content);
  const say = (...parts: (keyof Narrative)[]) => parts.flatMap((part) => text[part].map(paragraph));
  const general = GENERAL[form].flatMap(([title, parts]): Block[] => [heading(title, 2), ...say(...parts)]);
  const blocks: Block[] = [
    paragraph(
      `根据《中华人民共和国政府信息公开条例》第四十九条、第五十条的规定，现公布${issuer}${content.year}年政府信息公开工作情况。`,
    ),
    ...[heading('一、总体情况'), ...general],
    ...[heading('二、主动公开政府信息情况'), ...tableTwo(form, cells)],
    ...[heading('三、收到和处理政府信息公开申请情况'), tableThree(form, cells)],
    ...[heading('四、政府信息公开行政复议、行政诉讼情况'), tableFour(cells)],
    ...[heading('五、存在的主要问题及改进情况'), ...say('problems')],
    ...[heading('六、其他需要报告的事项'), ...say('other')],
  ];
  return {
    ...{ title: reportTitle(content), issuer, blocks, notes: listSources(content) },
    signature: { name: issuer, date: toPrintedDay(on), sealPlace: false },
  };
}

/** `2021年1月20日`. */
function toPrintedDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** A line for each source of figures that people filled in, with the cells that have theirs from it. */
function listSources({ form, input }: ReportContent): string[] {
  const filled = cellsOf(form).flatMap(({ key, label }) => {
    const manual = input.cells[key];
    return manual ? [{ label, source: manual.source }] : [];
  });
  const lines = [...Map.groupBy(filled, ({ source }) => source)].map(
    ([source, cells]) => `${source}：${cells.map(({ label }) => label).join('；')}。`,
  );
  return lines.length === 0 ? [] : ['由人工填报的数字，来源如下；其余数字由系统从公开的公告和办理台账计算。', ...lines];
}
