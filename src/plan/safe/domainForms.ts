import type { Domain } from '../../kinds/domains.ts';
import { qualify } from '../../kinds/identifier.ts';
import type { SafeForm } from './safeForm.ts';

/** A new check of a domain that is there: values that come are checked at once, those that are there afterwards. */
export const domainForm: SafeForm = ({ sql, object }, { from }) => {
  const { id, schema, domain } = object as Domain;
  const alter = `ALTER DOMAIN ${qualify(schema, domain)}`;
  const name = from.objects.has(id) && sql.startsWith(alter) ? /ADD CONSTRAINT ("(?:[^"]|"")*") CHECK/.exec(sql)?.[1] : undefined;
  if (name === undefined || / NOT VALID$/.test(sql)) return undefined;
  return [`${sql} NOT VALID`, `${alter} VALIDATE CONSTRAINT ${name}`];
};
