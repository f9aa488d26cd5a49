import { type Candidate, candidate, type Labels } from './candidates.ts';
import { normaliseLabel } from './labels.ts';

const HEADER_WORD =
  /^(?:序号|包号|包组|标段号?|标包|品目.*|名称|单位|数量|规格.*|型号.*|品牌|备注|地址|.*地址|.*得分|排名|排序|名次|单价.*|总价|.*期限?|.*时间|.*概况|.*内容|.*要求|.*方式|.*等级|.*负责人|.*编号|.*名称|.*金额|.*价.*|.*面积|.*用途|.*年限|.*比例|.*标准|.*人|质量.*|是否.*|评审.*|结果)$/;
const TOTAL = /^(?:合计|总计|共计)$/;

/** Columns of tables that set what was against what is. */
const BEFORE = /^(?:原|更正前|变更前|修改前|调整前)/;
const AFTER = /^(?:更正后|变更后|修改后|调整后|现(?:内容|公告|文件|更)|更正为|变更为)/;

interface Header {
  cells: string[];
  size: number;
}

/** Values of table rows (cells parted by tabs): beside their labels, or below their headers. */
export class RowReader {
  private readonly labels: Labels;
  private header: Header | undefined;
  /** Column that holds what is valid, in a table of changes. */
  private valid: number | undefined;

  constructor(labels: Labels) {
    this.labels = labels;
  }

  /** A line that is no row ends the table. */
  endTable(): void {
    this.header = undefined;
    this.valid = undefined;
  }

  /** Candidates of a row; `next` is the row below, which tells headers from labels. */
  read(row: string, next: string | undefined): Candidate[] {
    const cells = row.split('\t').map((cell) => cell.trim());
    if (cells.some((cell) => BEFORE.test(cell)) && cells.some((cell) => AFTER.test(cell))) {
      this.valid = cells.findIndex((cell) => AFTER.test(cell));
      return [];
    }
    if (this.valid !== undefined) return this.readChange(cells, this.valid);
    if (this.isHeader(cells, next)) {
      this.header = { cells, size: cells.length };
      return [];
    }
    const pairs = this.readPairs(cells);
    if (pairs.length > 0) return pairs;
    return this.header ? this.readBelow(cells, this.header) : [];
  }

  private isKnown(cell: string): boolean {
    return this.labels.has(normaliseLabel(cell));
  }

  private isLabelLike(cell: string): boolean {
    return (
      this.isKnown(cell) || (cell.length <= 16 && HEADER_WORD.test(normaliseLabel(cell)) && !/[：:]\s*\S/.test(cell))
    );
  }

  /** Headers: at least one known, all of them words for columns, and a row of the same shape with values below. */
  private isHeader(cells: string[], next: string | undefined): boolean {
    const below = next?.split('\t').map((cell) => cell.trim()) ?? [];
    if (cells.length < 2 || below.length < 2 || !cells.some((cell) => this.isKnown(cell))) return false;
    if (!cells.every((cell) => cell === '' || this.isLabelLike(cell))) return false;
    const values = below.filter((cell, index) => cells[index] && cell !== '' && !this.isKnown(cell));
    return values.length * 2 > below.filter((cell) => cell !== '').length;
  }

  private readPairs(cells: string[]): Candidate[] {
    const found: Candidate[] = [];
    for (let index = 0; index + 1 < cells.length; index += 1) {
      const label = cells[index] ?? '';
      const value = cells[index + 1] ?? '';
      if (this.isKnown(label) && this.isKnown(value)) continue;
      const read = candidate(label, value, this.labels);
      if (!read) continue;
      found.push(read);
      index += 1;
    }
    return found;
  }

  private readChange(cells: string[], valid: number): Candidate[] {
    const label = cells.slice(0, valid).find((cell) => this.isKnown(cell));
    const read = label && candidate(label, cells[valid] ?? '', this.labels);
    return read ? [read] : [];
  }

  /** A row of another size does not stand below its headers: cells were merged or left out. */
  private readBelow(cells: string[], header: Header): Candidate[] {
    if (cells.length > header.size || cells.length < header.size - 1) return [];
    const isTotal = cells.some((cell) => TOTAL.test(cell.replace(/\s|[:：]/g, '')));
    return cells.flatMap((value, index) => {
      const read = candidate(header.cells[index] ?? '', value, this.labels);
      return read ? { ...read, isTotal, isPart: !isTotal } : [];
    });
  }
}
