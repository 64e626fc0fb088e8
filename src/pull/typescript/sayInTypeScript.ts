import type { ObjectId, SchemaObject } from '../../kinds/kind.ts';
import type { Source } from '../draft.ts';
import type { Said } from './said.ts';

export interface Places {
  readonly unsayable: ReadonlySet<ObjectId>;
  readonly pathOf: (object: SchemaObject) => string;
}

export function sayInTypeScript(_source: Source, _places: Places): readonly Said[] {
  return [];
}
