const LITERAL = `'(?:[^']|'')*'`;
const QUOTED = `"(?:[^"]|"")*"`;
const ITEM = `(?:${LITERAL}|NULL)::character varying`;
const VARCHARS = `\\(ARRAY\\[((?:${ITEM}(?:, )?)+)\\]\\)::text\\[\\]`;
const UNSTABLE = new RegExp(`${VARCHARS}|\\(VALUES \\(|${LITERAL}|${QUOTED}`, 'g');

/**
 * What PostgreSQL prints of an expression is not always what it prints once that text was run in its turn. Turns the two common
 * cases into the form that stays: a list of varchars (`status IN ('a', 'b')`) and a view of VALUES. Quoted text is left as it is.
 */
export const settled = (text: string): string =>
  text.replace(UNSTABLE, (match: string, varchars: string | undefined) => {
    if (match === '(VALUES (') return '( VALUES (';
    if (varchars === undefined) return match;
    return `ARRAY[${varchars.replace(new RegExp(ITEM, 'g'), (item) => `(${item})::text`)}]`;
  });
