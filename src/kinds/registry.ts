import { accessMethods } from './accessMethods.ts';
import { aggregates } from './aggregates.ts';
import { baseTypes } from './baseTypes.ts';
import { casts } from './casts.ts';
import { collations } from './collations.ts';
import { columns } from './columns.ts';
import { comments } from './comments.ts';
import { compositeTypes } from './compositeTypes.ts';
import { constraints } from './constraints.ts';
import { conversions } from './conversions.ts';
import { defaultPrivileges } from './defaultPrivileges.ts';
import { defaults } from './defaults.ts';
import { domains } from './domains.ts';
import { enums } from './enums.ts';
import { eventTriggers } from './eventTriggers.ts';
import { extensions } from './extensions.ts';
import { foreignDataWrappers } from './foreignDataWrappers.ts';
import { foreignServers } from './foreignServers.ts';
import { foreignTables } from './foreignTables.ts';
import { indexAttachments } from './indexAttachments.ts';
import { indexes } from './indexes.ts';
import { internalTriggers } from './internalTriggers.ts';
import type { SchemaKind, SchemaObject } from './kind.ts';
import { languages } from './languages.ts';
import { materializedViews } from './materializedViews.ts';
import { memberships } from './memberships.ts';
import { operatorClasses } from './operatorClasses.ts';
import { operatorFamilies } from './operatorFamilies.ts';
import { operators } from './operators.ts';
import { owners } from './owners.ts';
import { partitions } from './partitions.ts';
import { partitionTriggers } from './partitionTriggers.ts';
import { policies } from './policies.ts';
import { privileges } from './privileges.ts';
import { publicationSchemas } from './publicationSchemas.ts';
import { publications } from './publications.ts';
import { publicationTables } from './publicationTables.ts';
import { ranges } from './ranges.ts';
import { replicaIdentities } from './replicaIdentities.ts';
import { roles } from './roles.ts';
import { routines } from './routines.ts';
import { rules } from './rules.ts';
import { schemas } from './schemas.ts';
import { sequences } from './sequences.ts';
import { statistics } from './statistics.ts';
import { tables } from './tables.ts';
import { textSearchConfigurations } from './textSearchConfigurations.ts';
import { textSearchDictionaries } from './textSearchDictionaries.ts';
import { textSearchParsers } from './textSearchParsers.ts';
import { textSearchTemplates } from './textSearchTemplates.ts';
import { transforms } from './transforms.ts';
import { triggers } from './triggers.ts';
import { userMappings } from './userMappings.ts';
import { views } from './views.ts';

/** The name of every kind that is modelled. */
export type KindName = string;

const registered = [
  schemas,
  tables,
  columns,
  defaults,
  constraints,
  indexes,
  partitions,
  indexAttachments,
  replicaIdentities,
  comments,
  domains,
  enums,
  extensions,
  materializedViews,
  routines,
  sequences,
  triggers,
  partitionTriggers,
  internalTriggers,
  views,
  accessMethods,
  aggregates,
  baseTypes,
  casts,
  collations,
  compositeTypes,
  conversions,
  defaultPrivileges,
  eventTriggers,
  foreignDataWrappers,
  foreignServers,
  foreignTables,
  languages,
  operatorClasses,
  operatorFamilies,
  operators,
  owners,
  policies,
  privileges,
  publications,
  publicationSchemas,
  publicationTables,
  ranges,
  rules,
  roles,
  memberships,
  statistics,
  textSearchConfigurations,
  textSearchDictionaries,
  textSearchParsers,
  textSearchTemplates,
  transforms,
  userMappings,
];

/** Every kind that is modelled, by name; a new kind is one line here. */
export const registry: ReadonlyMap<string, SchemaKind<any>> = new Map(registered.map((kind) => [kind.name, kind as SchemaKind<any>]));

/** The kind of an object. */
export const kindOf = (object: SchemaObject): SchemaKind<any> => {
  const kind = registry.get(object.kind);
  if (kind === undefined) throw new Error(`no kind "${object.kind}" is registered`);
  return kind;
};
