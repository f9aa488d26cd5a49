/** What stands in place of every part of a document in turn. */
const REPLACEMENTS = [null, '', 'x', 0, 1.5, true, [], {}, [null], [''], ['x'], [{}]];

interface Mutant {
  /** Where the document was changed, and how. */
  change: string;
  value: unknown;
}

/** Every document that differs from the given one in a single place: another value, a missing field, an item twice. */
export function* mutate(value: unknown, path = ''): Generator<Mutant> {
  for (const replacement of REPLACEMENTS)
    yield { change: `${path} = ${JSON.stringify(replacement)}`, value: replacement };
  if (Array.isArray(value)) yield* mutateItems(value, path);
  else if (typeof value === 'object' && value !== null) yield* mutateFields(value, path);
}

function* mutateItems(items: readonly unknown[], path: string): Generator<Mutant> {
  yield { change: `${path} twice`, value: [...items, ...items] };
  for (const [index, item] of items.entries()) {
    for (const { change, value } of mutate(item, `${path}/${index}`)) yield { change, value: items.with(index, value) };
  }
}

function* mutateFields(fields: object, path: string): Generator<Mutant> {
  for (const [field, old] of Object.entries(fields)) {
    const { [field]: _, ...rest } = fields as Record<string, unknown>;
    yield { change: `${path}/${field} missing`, value: rest };
    for (const { change, value } of mutate(old, `${path}/${field}`))
      yield { change, value: { ...fields, [field]: value } };
  }
}
