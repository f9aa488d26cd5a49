import { mapFactTexts } from '#src/domain/facts/given-facts.ts';
import { legibleLine, withoutInvisible } from '#src/domain/notices/legible.ts';
import type { NoticeDraft } from '../draft.ts';

/**
 * A draft whose title, names, codes and labelled values show all that they hold, wherever it comes from: pulled, pushed or from
 * a file. Bodies are cleaned with their markup; ids stay, byte for byte.
 */
export function legibleDraft(draft: NoticeDraft): NoticeDraft {
  const { title, attachments, fields, facts, projectCode, lotCode, countyText } = draft;
  return {
    ...draft,
    title: legibleLine(title),
    attachments: attachments.map((file) => ({ ...file, name: legibleLine(file.name) })),
    fields: Object.fromEntries(
      Object.entries(fields).map(([label, value]) => [legibleLine(label), withoutInvisible(value)]),
    ),
    ...(facts === undefined ? {} : { facts: mapFactTexts(facts, withoutInvisible) }),
    ...(projectCode === undefined ? {} : { projectCode: legibleLine(projectCode) }),
    ...(lotCode === undefined ? {} : { lotCode: legibleLine(lotCode) }),
    ...(countyText === undefined ? {} : { countyText: legibleLine(countyText) }),
  };
}
