/** `PostTag`, `post tag` and `post-tag` as `post_tag`. */
export const snakeCase = (name: string): string =>
  name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();

/** `post_tag` as `PostTag`. */
export const pascalCase = (name: string): string =>
  snakeCase(name)
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** `post_tag` as `postTag`. */
export const camelCase = (name: string): string => {
  const pascal = pascalCase(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
};

const IRREGULAR: Readonly<Record<string, string>> = { people: 'person', children: 'child', men: 'man', women: 'woman', news: 'news' };

/** The last word of a name in the singular, as far as rules go. */
export function singular(name: string): string {
  const [last = ''] = name.split('_').slice(-1);
  const irregular = IRREGULAR[last];
  if (irregular !== undefined) return name.slice(0, -last.length) + irregular;
  if (/[^aeiou]ies$/.test(name)) return name.replace(/ies$/, 'y');
  if (/(?:ss|x|z|ch|sh|us)es$/.test(name)) return name.slice(0, -2);
  return /(?:ss|us|is)$/.test(name) ? name : name.replace(/s$/, '');
}

/** The last word of a name in the plural, as far as rules go. */
export function plural(name: string): string {
  const [last = ''] = name.split('_').slice(-1);
  const irregular = Object.entries(IRREGULAR).find(([, one]) => one === last)?.[0];
  if (irregular !== undefined) return name.slice(0, -last.length) + irregular;
  if (singular(name) !== name) return name;
  if (/[^aeiou]y$/.test(name)) return name.replace(/y$/, 'ies');
  return /(?:s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}
