/**
 * Loaded before a script (`node --import`): the process lives at the instant in COMPARE_NOW (ISO 8601), so that two of them say the
 * same of "today" and "in three hours". Timers and `performance.now()` run on.
 */
const instant = Date.parse(process.env.COMPARE_NOW ?? '');
if (Number.isNaN(instant)) throw new Error('COMPARE_NOW must be an instant');

globalThis.Date = new Proxy(Date, {
  construct: (real, parameters, self) => Reflect.construct(real, parameters.length > 0 ? parameters : [instant], self),
  apply: (real) => new real(instant).toString(),
  get: (real, key) => (key === 'now' ? () => instant : Reflect.get(real, key)),
});
