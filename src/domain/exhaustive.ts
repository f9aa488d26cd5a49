/** Where no case is left: a member added to the union does not compile here. @throws Error for a value from outside the union */
export function assertNever(value: never): never {
  throw new Error(`${String(value)} is no case here`);
}

/** Compiles only when nothing is left out: `NothingOf<Exclude<Stage, Named>>`. */
export type NothingOf<Left extends never> = Left;

/** A list that names every member of a union, in an order of its own: one left out does not compile. */
export function everyOf<Member extends string>() {
  return <const List extends readonly Member[]>(
    list: List &
      ([Exclude<Member, List[number]>] extends [never] ? unknown : { missing: Exclude<Member, List[number]> }),
  ): List => list;
}
