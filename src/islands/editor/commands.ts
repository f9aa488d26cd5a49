import { setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import type { MarkType, Node, NodeType } from 'prosemirror-model';
import { liftListItem, sinkListItem, wrapInList } from 'prosemirror-schema-list';
import type { Command, EditorState } from 'prosemirror-state';
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
  mergeCells,
  splitCell,
  toggleHeaderRow,
} from 'prosemirror-tables';
import { bodySchema } from './schema.ts';

/** A button of the toolbar. */
export interface Tool {
  label: string;
  /** What stands on the button. */
  face: string;
  run: Command;
  /** Whether what it makes is there at the selection; absent where it only does something. */
  isOn?: (state: EditorState) => boolean;
}

const { nodes, marks } = bodySchema;

function hasMark({ selection, storedMarks, doc }: EditorState, type: MarkType): boolean {
  const { from, to, $from, empty } = selection;
  return empty ? type.isInSet(storedMarks ?? $from.marks()) !== undefined : doc.rangeHasMark(from, to, type);
}

function isInside({ selection }: EditorState, type: NodeType, attrs: Readonly<Record<string, unknown>> = {}): boolean {
  const { $from } = selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    if (node.type === type && Object.entries(attrs).every(([name, value]) => node.attrs[name] === value)) return true;
  }
  return false;
}

const mark = (label: string, face: string, type: MarkType): Tool => ({
  label,
  face,
  run: toggleMark(type),
  isOn: (state) => hasMark(state, type),
});

const heading = (level: number, label: string): Tool => ({
  label,
  face: `标题${level}`,
  run: (state, dispatch, view) =>
    isInside(state, nodes.heading, { level })
      ? setBlockType(nodes.paragraph)(state, dispatch, view)
      : setBlockType(nodes.heading, { level })(state, dispatch, view),
  isOn: (state) => isInside(state, nodes.heading, { level }),
});

const list = (label: string, face: string, type: NodeType): Tool => ({
  label,
  face,
  run: (state, dispatch, view) =>
    isInside(state, type)
      ? liftListItem(nodes.listItem)(state, dispatch, view)
      : wrapInList(type)(state, dispatch, view),
  isOn: (state) => isInside(state, type),
});

const SIZE = 3;

/** A table of three by three, the first row of headings. */
const insertTable: Command = (state, dispatch) => {
  if (isInTable(state)) return false;
  const cells = (type: NodeType): Node[] =>
    Array.from({ length: SIZE }, () => type.create(null, nodes.paragraph.create()));
  const rows = [nodes.table_header, nodes.table_cell, nodes.table_cell].map((type) =>
    nodes.table_row.create(null, cells(type)),
  );
  dispatch?.(state.tr.replaceSelectionWith(nodes.table.create(null, rows)).scrollIntoView());
  return true;
};

const insertRule: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.rule.create()).scrollIntoView());
  return true;
};

const clear: Command = (state, dispatch) => {
  const { from, to, empty } = state.selection;
  if (empty) return false;
  dispatch?.(state.tr.removeMark(from, to));
  return true;
};

/** The toolbar, in groups. */
export const TOOLS: readonly (readonly Tool[])[] = [
  [
    { label: '撤销（Ctrl+Z）', face: '撤销', run: undo },
    { label: '重做（Ctrl+Y）', face: '重做', run: redo },
  ],
  [heading(1, '一级标题'), heading(2, '二级标题'), heading(3, '三级标题')],
  [
    mark('加粗（Ctrl+B）', '加粗', marks.strong),
    mark('下划线（Ctrl+U）', '下划线', marks.u),
    mark('上标', '上标', marks.sup),
    mark('下标', '下标', marks.sub),
    { label: '清除文字格式', face: '清除格式', run: clear },
  ],
  [
    list('编号列表', '编号', nodes.orderedList),
    list('符号列表', '符号', nodes.bulletList),
    { label: '列表项降一级（Tab）', face: '降级', run: sinkListItem(nodes.listItem) },
    { label: '列表项升一级（Shift+Tab）', face: '升级', run: liftListItem(nodes.listItem) },
    {
      label: '引用段落',
      face: '引用',
      run: wrapIn(nodes.blockquote),
      isOn: (state) => isInside(state, nodes.blockquote),
    },
    { label: '分隔线', face: '分隔线', run: insertRule },
  ],
  [
    { label: '插入三行三列的表格', face: '表格', run: insertTable },
    { label: '在下面加一行', face: '加行', run: addRowAfter },
    { label: '在右边加一列', face: '加列', run: addColumnAfter },
    { label: '删除这一行', face: '删行', run: deleteRow },
    { label: '删除这一列', face: '删列', run: deleteColumn },
    { label: '合并选中的单元格', face: '合并', run: mergeCells },
    { label: '拆分单元格', face: '拆分', run: splitCell },
    { label: '首行作表头', face: '表头', run: toggleHeaderRow },
    { label: '删除表格', face: '删表', run: deleteTable },
  ],
];
