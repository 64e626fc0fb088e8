/** The public API `fastpyd/model`: what model files import. */
export type { Column, ColumnReference, IdentityOptions, Presence, ReferenceOptions, ReferentialAction } from './column.ts';
export { column, type EnumReference, type Json } from './columnTypes.ts';
export type { Declaration } from './declaration.ts';
export type { Extra } from './extra.ts';
export { index, uniqueIndex } from './indexes.ts';
export type { Name } from './name.ts';
export { Sql, type SqlReference, sql } from './sql.ts';
export { type Columns, type NewRow, type Row, type Table, table } from './table.ts';
export { check, exclude, foreignKey, primaryKey, unique } from './tableConstraints.ts';
