// Some settings have a spelling of their own, https://www.postgresql.org/docs/current/sql-set.html
const spellings: Readonly<Record<string, string>> = { time: 'timezone', schema: 'search_path', xml: 'xmloption' };

/** The parameter that a `SET`, a `RESET` or a `set_config` call is about, in lower case, as RESET takes it. */
export function parameterOf(setting: string): string {
  if (/^(?:re)?set\s+(?:local\s+)?session\s+authorization\b/i.test(setting)) return 'session authorization';
  const named = /set_config\s*\(\s*'([^']*)'/i.exec(setting) ?? /^(?:re)?set\s+(?:session\s+|local\s+)?("?[\w.]+"?)/i.exec(setting);
  const name = (named?.[1] ?? setting).toLowerCase();
  return spellings[name] ?? name;
}
