/** SQL that names the objects of kinds that no file here models: `kind`, `name`. */
export const UNMODELLED = `select ''::text as kind, ''::text as name where false`;
