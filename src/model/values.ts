/** What a driver is given for a value: only what every driver passes on unchanged. */
export type Parameter = string | number | bigint | boolean | Buffer | null;

/** How a column's values are written. */
export interface ValueShape {
  readonly isJson: boolean;
  /** 0 for a value, 1 for an array of values, and so on. */
  readonly dimensions: number;
}

const arrayElement = (element: Parameter): string => {
  if (element === null) return 'NULL';
  const text = Buffer.isBuffer(element) ? `\\x${element.toString('hex')}` : String(element);
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
};

function toArray(values: readonly unknown[], shape: ValueShape): string {
  const inner = { ...shape, dimensions: shape.dimensions - 1 };
  const elements = values.map((value) =>
    inner.dimensions > 0 && Array.isArray(value) ? toArray(value, inner) : arrayElement(toParameter(value, inner)),
  );
  return `{${elements.join(',')}}`;
}

/** A value as it is bound to a statement, in PostgreSQL's own text form where JavaScript has a type of its own for it. */
export function toParameter(value: unknown, shape: ValueShape): Parameter {
  if (value === null || value === undefined) return null;
  if (shape.dimensions > 0 && Array.isArray(value)) return toArray(value, shape);
  if (shape.isJson) return JSON.stringify(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value === 'object') return JSON.stringify(value);
  return value as Parameter;
}
