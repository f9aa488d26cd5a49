/** What the amount of a notice is: the figure that its stage is about. */
export type AmountKind = 'budget' | 'ceiling' | 'bid' | 'award' | 'contract' | 'start' | 'deal';
