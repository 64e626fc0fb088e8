/** Deep equality of plain data; a property that is undefined counts as absent. */
export function sameValue(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return false;
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  const hasAllOf = Object.keys(before).every((key) => sameValue(Reflect.get(before, key), Reflect.get(after, key)));
  return hasAllOf && Object.keys(after).every((key) => key in before || Reflect.get(after, key) === undefined);
}
