import type { FieldFault } from '../errors.ts';

/** What every field of a form of the console is given: its name, what stands in it, and what is wrong with the form. */
export interface FieldProps {
  name: string;
  value: string | undefined;
  faults: readonly FieldFault[];
}

/** Gives the fields of a form what is theirs, by their names. */
export const fieldOf =
  ({ values, faults }: { values: Readonly<Record<string, string>>; faults: readonly FieldFault[] }) =>
  (name: string): FieldProps => ({ name, value: values[name], faults });

/** Keys with their labels, as a field of choices takes them. */
export const optionsOf = <Key extends string>(
  labels: Readonly<Record<Key, string | { label: string }>>,
): readonly (readonly [Key, string])[] =>
  (Object.entries(labels) as [Key, string | { label: string }][]).map(([key, of]) => [
    key,
    typeof of === 'string' ? of : of.label,
  ]);
