import { pascalCase } from '../schema/case.ts';
import { indexName } from '../schema/sqlTables.ts';
import { type ColumnSpec, type ColumnType, NOW, type TableNames, type TableSpec } from '../schema/tables.ts';
import { ENUMS } from '../schema/words.ts';

/** The same tables as SQLAlchemy has them, one module for each, and what Alembic needs around them. */
export function alembicProject(tables: readonly TableSpec[], databaseUrl: string): Readonly<Record<string, string>> {
  return {
    'alembic.ini': `[alembic]\nscript_location = %(here)s/alembic\npath_separator = os\n`,
    'alembic/env.py': environmentModule(databaseUrl),
    'alembic/script.py.mako': REVISION,
    'alembic/versions/.keep': '',
    'models/__init__.py': tables.map(({ row }) => `from . import ${row}\n`).join(''),
    'models/base.py': baseModule(),
    ...Object.fromEntries(tables.map((table) => [alembicFile(table), alembicModel(table)])),
  };
}

/** Where a table's module lies. */
export const alembicFile = ({ row }: TableNames): string => `models/${row}.py`;

function environmentModule(databaseUrl: string): string {
  const url = databaseUrl.replace(/^postgres(ql)?:/, 'postgresql+psycopg:');
  return `import sys, pathlib
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from alembic import context
from sqlalchemy import create_engine, pool
import models
from models.base import Base

with create_engine(${JSON.stringify(url)}, poolclass=pool.NullPool).connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        context.run_migrations()
`;
}

// As Alembic's own template has it.
const REVISION = `"""\${message}"""
from alembic import op
import sqlalchemy as sa
\${imports if imports else ""}
revision = \${repr(up_revision)}
down_revision = \${repr(down_revision)}
branch_labels = \${repr(branch_labels)}
depends_on = \${repr(depends_on)}


def upgrade() -> None:
    \${upgrades if upgrades else "pass"}


def downgrade() -> None:
    \${downgrades if downgrades else "pass"}
`;

function baseModule(): string {
  const enums = Object.entries(ENUMS).map(
    ([name, values]) =>
      `${pascalCase(name)} = Enum(${values.map((value) => `'${value}'`).join(', ')}, name='${name}', metadata=Base.metadata)`,
  );
  return `from sqlalchemy import Enum\nfrom sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase):\n    pass\n\n\n${enums.join('\n')}\n`;
}

/** One table's module. */
export function alembicModel(table: TableSpec): string {
  const indexes = table.indexes.map((names) => `Index('${indexName(table, names)}', ${names.map((name) => `'${name}'`).join(', ')})`);
  const check = `CheckConstraint('${table.notNegative} >= 0', name='${table.table}_${table.notNegative}_not_negative')`;
  return `from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Date, DateTime, ForeignKey, Identity, Index, Numeric, String, Text, func
from sqlalchemy.dialects.postgresql import JSONB, UUID
from . import base


class ${pascalCase(table.row)}(base.Base):
    __tablename__ = '${table.table}'
${table.columns.map((column) => `    ${column.name} = ${writeColumn(column)}`).join('\n')}
    __table_args__ = (${[...indexes, check].join(', ')})
`;
}

function writeColumn({ name, type, isNullable, default: value }: ColumnSpec): string {
  if (type.kind === 'id') return `Column('${name}', BigInteger, Identity(), primary_key=True)`;
  const text = value === NOW ? 'func.now()' : `'${String(value)}'`;
  return `Column('${name}', ${writeType(type)}, nullable=${isNullable ? 'True' : 'False'}${value === undefined ? '' : `, server_default=${text}`})`;
}

function writeType(type: ColumnType): string {
  if (type.kind === 'varchar') return `String(${type.length})`;
  if (type.kind === 'enum') return `base.${pascalCase(type.name)}`;
  if (type.kind === 'reference') return `BigInteger, ForeignKey('${type.to.table}.id', ondelete='${type.onDelete.toUpperCase()}')`;
  return SIMPLE_TYPES[type.kind];
}

const SIMPLE_TYPES = {
  id: 'BigInteger',
  text: 'Text',
  boolean: 'Boolean',
  jsonb: 'JSONB',
  date: 'Date',
  uuid: 'UUID',
  timestamptz: 'DateTime(timezone=True)',
  numeric: 'Numeric(12, 2)',
} as const;
