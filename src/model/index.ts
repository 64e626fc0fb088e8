/** The public API `fastpyd/model`: what model files import. */

export { accessMethod } from './accessMethod.ts';
export type { Attached, Target } from './attached.ts';
export { type CastOptions, cast } from './cast.ts';
export { type CollationOptions, collation } from './collation.ts';
export type { Column, ColumnReference, ColumnStorage, IdentityOptions, Presence, ReferenceOptions, ReferentialAction } from './column.ts';
export { column, type EnumReference, type Json } from './columnTypes.ts';
export { type ConversionOptions, conversion } from './conversion.ts';
export type { Declaration } from './declaration.ts';
export { type MembershipOptions, type RoleOptions, role } from './declaredRole.ts';
export { type DefaultPrivilegesOptions, defaultPrivileges } from './defaultPrivileges.ts';
export { type DomainOptions, domain } from './domain.ts';
export { type EnumType, enumType } from './enumType.ts';
export { type ExtensionOptions, extension } from './extension.ts';
export type { Extra } from './extra.ts';
export {
  type ForeignDataWrapperOptions,
  type ForeignServerOptions,
  foreignDataWrapper,
  foreignServer,
  type UserMappingOptions,
  userMapping,
} from './foreign.ts';
export { type ForeignTableOptions, foreignTable } from './foreignTable.ts';
export { comment, statement } from './freeStatement.ts';
export { type GrantOptions, grant, revoke } from './grant.ts';
export { type Index, type IndexItem, index, uniqueIndex } from './indexes.ts';
export { type LanguageOptions, language } from './language.ts';
export type { Name } from './name.ts';
export type { Named } from './named.ts';
export { type OperatorClassOptions, type OperatorOptions, operator, operatorClass, operatorFamily } from './operator.ts';
export type { ForeignOptions } from './options.ts';
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
export {
  check,
  type ExcludeOptions,
  exclude,
  foreignKey,
  primaryKey,
  type TableConstraint,
  temporalPrimaryKey,
  temporalUnique,
  unique,
  uniqueNullsNotDistinct,
} from './tableConstraints.ts';
export { inherits, owner, replicaIdentity, storage, unlogged } from './tableOptions.ts';
export {
  type TextSearchConfigurationOptions,
  type TextSearchDictionaryOptions,
  type TextSearchParserOptions,
  textSearchConfiguration,
  textSearchDictionary,
  textSearchParser,
  textSearchTemplate,
} from './textSearch.ts';
export { type TransformOptions, transform } from './transform.ts';
export { type EventTriggerOptions, eventTrigger, type TriggerEvent, type TriggerOptions, trigger } from './trigger.ts';
export { type BaseTypeOptions, baseType, compositeType, type RangeOptions, rangeType } from './types.ts';
export { type MaterializedViewOptions, materializedView, type ViewOptions, view } from './view.ts';
