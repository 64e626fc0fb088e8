import { parameterOf } from './parameterOf.ts';

/** The schemas in which a name without one is looked for, PostgreSQL's own left out; the first is where CREATE puts it. */
export function searchPath(settings: readonly string[]): readonly string[] {
  const setting = settings.findLast((text) => parameterOf(text) === 'search_path');
  const value = setting?.replace(/^.*?(?:=|\bto\b|search_path',)/is, '') ?? 'public';
  const names = (value.match(/"(?:[^"]|"")+"|[\w$]+/g) ?? []).map((name) => name.replace(/^"|"$/g, ''));
  const schemas = names.filter((name) => !/^(?:\$user|pg_catalog|false|true)$/.test(name));
  return schemas.length > 0 ? schemas : ['public'];
}
