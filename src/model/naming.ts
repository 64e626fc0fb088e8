/** How property names become column names: `snake_case` turns `authorId` into `author_id`; `verbatim` keeps them. */
export type Naming = 'snake_case' | 'verbatim';

let current: Naming = 'snake_case';

/** Sets the naming of the project for this process; whoever imports models calls it before. */
export function useNaming(naming: Naming): void {
  current = naming;
}

const toSnakeCase = (property: string): string =>
  property
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** The column name of a property under a naming. */
export const columnNameUnder = (naming: Naming, property: string): string => (naming === 'verbatim' ? property : toSnakeCase(property));

/** The column name of a property under the naming in use. */
export const columnName = (property: string): string => columnNameUnder(current, property);
