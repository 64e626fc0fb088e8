/** The public API `fastpyd/model`: what model files import. */
export type { Attached, Target } from './attached.ts';
export { type CollationOptions, collation } from './collation.ts';
export type { Column, ColumnReference, IdentityOptions, Presence, ReferenceOptions, ReferentialAction } from './column.ts';
export { column, type EnumReference, type Json } from './columnTypes.ts';
export type { Declaration } from './declaration.ts';
export { type DomainOptions, domain } from './domain.ts';
export { type EnumType, enumType } from './enumType.ts';
export { type ExtensionOptions, extension } from './extension.ts';
export type { Extra } from './extra.ts';
export { comment, role, statement } from './freeStatement.ts';
export { type GrantOptions, grant, revoke } from './grant.ts';
export { type Index, type IndexItem, index, uniqueIndex } from './indexes.ts';
export type { Name } from './name.ts';
export type { Named } from './named.ts';
export { type PartitionOptions, partition, partitionBy } from './partition.ts';
export { type PolicyOptions, policy, rowLevelSecurity } from './policy.ts';
export { type PublicationOptions, publication } from './publication.ts';
export {
  type AggregateOptions,
  aggregate,
  type FunctionOptions,
  func,
  func as routine,
  type ProcedureOptions,
  procedure,
} from './routine.ts';
export { type RuleOptions, rule } from './rule.ts';
export { schema } from './schema.ts';
export { type OwnSequenceOptions, type Sequence, sequence } from './sequence.ts';
export type { SequenceOptions } from './sequenceOptions.ts';
export { Sql, type SqlReference, sql } from './sql.ts';
export { type StatisticsOptions, statistics } from './statistics.ts';
export type { StorageParameters } from './storage.ts';
export { type Columns, type NewRow, type Row, type Table, table } from './table.ts';
export { check, type ExcludeOptions, exclude, foreignKey, primaryKey, type TableConstraint, unique } from './tableConstraints.ts';
export { inherits, owner, replicaIdentity, storage, unlogged } from './tableOptions.ts';
export { type EventTriggerOptions, eventTrigger, type TriggerEvent, type TriggerOptions, trigger } from './trigger.ts';
export { compositeType, type RangeOptions, rangeType } from './types.ts';
export { type MaterializedViewOptions, materializedView, type ViewOptions, view } from './view.ts';
