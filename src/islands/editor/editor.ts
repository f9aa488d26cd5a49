import { baseKeymap, chainCommands, exitCode, toggleMark } from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import { inputRules, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { DOMParser as BodyParser, type Node } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import { type Command, EditorState } from 'prosemirror-state';
import { goToNextCell, tableEditing } from 'prosemirror-tables';
import { EditorView } from 'prosemirror-view';
import { parseInert } from './inert.ts';
import { cleanPasted } from './paste.ts';
import { bodySchema } from './schema.ts';
import { serialize } from './serialize.ts';
import { Toolbar } from './toolbar.ts';

const { nodes, marks } = bodySchema;

const breakLine: Command = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.lineBreak.create()).scrollIntoView());
  return true;
});

const KEYS: Record<string, Command> = {
  'Mod-z': undo,
  'Shift-Mod-z': redo,
  'Mod-y': redo,
  'Mod-b': toggleMark(marks.strong),
  'Mod-u': toggleMark(marks.u),
  Enter: splitListItem(nodes.listItem),
  'Shift-Enter': breakLine,
  // Outside of lists and tables the Tab key goes on to the next field.
  Tab: chainCommands(goToNextCell(1), sinkListItem(nodes.listItem)),
  'Shift-Tab': chainCommands(goToNextCell(-1), liftListItem(nodes.listItem)),
};

const RULES = inputRules({
  rules: [
    wrappingInputRule(/^[-*]\s$/, nodes.bulletList),
    wrappingInputRule(/^(\d{1,3})[.、]\s$/, nodes.orderedList, (match) => ({ start: Number(match[1]) })),
  ],
});

/** A stored body as a document: what the schema does not know leaves what stands in it. Nothing of it loads or runs meanwhile. */
export function parseBody(html: string): Node {
  return BodyParser.fromSchema(bodySchema).parse(parseInert(html));
}

export interface EditorOptions {
  /** The field that the body is sent in; it stands aside for the editor. */
  field: HTMLTextAreaElement;
  label: string;
  /** Ids of what describes the field. */
  describedBy: string | null;
  onChange: () => void;
  /** What people should know of what they pasted. */
  onRemarks: (remarks: string[]) => void;
}

/** Puts an editor in the place of a field that holds HTML; the field always holds what the editor shows. */
export function mountEditor({ field, label, describedBy, onChange, onRemarks }: EditorOptions): EditorView {
  const place = document.createElement('div');
  place.className = 'editor';
  field.before(place);
  let toolbar: Toolbar | undefined;
  const view: EditorView = new EditorView(place, {
    state: EditorState.create({
      doc: parseBody(field.value),
      plugins: [RULES, keymap(KEYS), keymap(baseKeymap), history(), tableEditing()],
    }),
    attributes: {
      id: `${field.id}-editor`,
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': label,
      class: 'prose editor-text',
      ...(describedBy ? { 'aria-describedby': describedBy } : {}),
    },
    transformPastedHTML(html) {
      const { html: clean, remarks } = cleanPasted(html);
      onRemarks(remarks);
      return clean;
    },
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      toolbar?.update();
      if (!transaction.docChanged) return;
      field.value = serialize(view.state.doc);
      onChange();
    },
  });
  toolbar = new Toolbar(view);
  place.prepend(toolbar.element);
  field.hidden = true;
  return view;
}
