import type { Enum } from '../../kinds/enums.ts';
import type { SchemaObject } from '../../kinds/kind.ts';
import type { MaterializedView } from '../../kinds/materializedViews.ts';
import type { SchemaSnapshot } from '../../kinds/snapshot.ts';
import type { View } from '../../kinds/views.ts';
import { stringLiteral } from '../../seed/code.ts';
import { nameLiteral, objectLiteral, stringList } from './code.ts';
import type { ModelFile } from './modelFile.ts';
import { commentOn, type SaidPart } from './tableContext.ts';

/** Adds the comment, if there is one. */
function commented(object: SchemaObject, code: string, live: SchemaSnapshot): SaidPart {
  const comment = commentOn(live, object);
  if (comment === undefined) return { code, objects: [object] };
  return { code: `${code}.comment(${stringLiteral(comment.text)})`, objects: [object, comment] };
}

/** An enum in TypeScript. */
export const enumCode = (object: Enum, file: ModelFile, live: SchemaSnapshot): SaidPart =>
  commented(object, `${file.use('enumType')}(${nameLiteral(object.schema, object.type)}, ${stringList(object.labels)})`, live);

const VIEW_OPTIONS: Readonly<Record<string, string>> = {
  'security_barrier=true': 'securityBarrier: true',
  'security_barrier=false': 'securityBarrier: false',
  'security_invoker=true': 'securityInvoker: true',
  'security_invoker=false': 'securityInvoker: false',
  'check_option=local': "checkOption: 'local'",
  'check_option=cascaded': "checkOption: 'cascaded'",
};

/** Can builders say the view? */
export const isViewSayable = (object: SchemaObject): object is View | MaterializedView =>
  object.kind === 'view'
    ? (object as View).options.every((option) => VIEW_OPTIONS[option] !== undefined)
    : object.kind === 'materialized view' && (object as MaterializedView).accessMethod === null;

/** A view in TypeScript; the storage parameters of a materialized one, and of its columns, are left to SQL. */
export function viewCode(object: View | MaterializedView, file: ModelFile, live: SchemaSnapshot): SaidPart {
  const builder = file.use(object.kind === 'view' ? 'view' : 'materializedView');
  const given = object.kind === 'view' ? object.options.map((option) => (VIEW_OPTIONS[option] ?? '').split(': ')) : [];
  const options = objectLiteral(Object.fromEntries(given));
  const query = file.sql(`\n${object.definition.replace(/^\n+/, '')}\n`);
  const bare: SchemaObject = object.kind === 'view' ? object : ({ ...object, options: [], columns: [] } as MaterializedView);
  const { code, objects } = commented(
    object,
    `${builder}(${nameLiteral(object.schema, object.view)}, ${query}${options === '' ? '' : `, ${options}`})`,
    live,
  );
  return { code, objects: [bare, ...objects.slice(1)] };
}
