import { quoteIdentifier, quoteLiteral } from '../database/quote.ts';
import { STAGES } from './declaration.ts';
import { dotted, type Name, qualified, writeName } from './name.ts';
import { Named } from './named.ts';
import { writeDefinition } from './options.ts';

type Part = 'CONFIGURATION' | 'DICTIONARY' | 'PARSER' | 'TEMPLATE';

/** What follows CREATE TEXT SEARCH … for the object. */
interface Made {
  readonly definition: Readonly<Record<string, string | undefined>>;
  readonly further?: ((reference: string) => readonly string[]) | undefined;
  readonly stage: number;
}

function textSearch(part: Part, name: Name, { definition, further = () => [], stage }: Made): Named {
  const full = qualified(name);
  const reference = (): string => writeName(full);
  const create = (): string[] => [`CREATE TEXT SEARCH ${part} ${reference()} (${writeDefinition(definition)})`, ...further(reference())];
  return new Named({ kind: `TEXT SEARCH ${part}`, path: dotted(full), reference, stage, create });
}

export interface TextSearchDictionaryOptions {
  /** The template, by name as SQL writes it: `simple`, `snowball`. */
  readonly template: string;
  /** What the template takes: `{ language: 'english', stopwords: 'english' }`. */
  readonly options?: Readonly<Record<string, string>> | undefined;
}

/** Declares a text search dictionary, which turns words into lexemes. */
export function textSearchDictionary(name: Name, { template, options = {} }: TextSearchDictionaryOptions): Named {
  const given = Object.entries(options).map(([key, value]) => [quoteIdentifier(key), quoteLiteral(value)] as const);
  return textSearch('DICTIONARY', name, { definition: { TEMPLATE: template, ...Object.fromEntries(given) }, stage: STAGES.extension });
}

export interface TextSearchConfigurationOptions {
  /** The parser, by name as SQL writes it; `default` unless said. */
  readonly parser?: string | undefined;
  /** The dictionaries that are tried in turn, by the kind of word: `{ asciiword: ['public.mine', 'english_stem'] }`. */
  readonly mappings: Readonly<Record<string, readonly string[]>>;
}

/** Declares a text search configuration: `to_tsvector('public.mine', …)` uses it. */
export function textSearchConfiguration(name: Name, { parser = '"default"', mappings }: TextSearchConfigurationOptions): Named {
  const map = (reference: string): string[] =>
    Object.entries(mappings).map(
      ([token, dictionaries]) =>
        `ALTER TEXT SEARCH CONFIGURATION ${reference} ADD MAPPING FOR ${quoteIdentifier(token)} WITH ${dictionaries.join(', ')}`,
    );
  return textSearch('CONFIGURATION', name, { definition: { PARSER: parser }, further: map, stage: STAGES.extension });
}

export interface TextSearchParserOptions {
  /** Functions, by name as SQL writes them. */
  readonly start: string;
  readonly gettoken: string;
  readonly end: string;
  readonly lextypes: string;
  readonly headline?: string | undefined;
}

/** Declares a text search parser, which takes text apart. */
export const textSearchParser = (name: Name, { start, gettoken, end, lextypes, headline }: TextSearchParserOptions): Named =>
  textSearch('PARSER', name, {
    definition: { START: start, GETTOKEN: gettoken, END: end, LEXTYPES: lextypes, HEADLINE: headline },
    stage: STAGES.extension,
  });

/** Declares a text search template, of which dictionaries are made. */
export const textSearchTemplate = (name: Name, { init, lexize }: { readonly init?: string; readonly lexize: string }): Named =>
  textSearch('TEMPLATE', name, { definition: { INIT: init, LEXIZE: lexize }, stage: STAGES.extension });
