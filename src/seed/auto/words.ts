import { faker } from '@faker-js/faker/locale/en';
import type { Random } from './random.ts';

/** faker's lists, taken once: picking from them is all that a million rows have time for. */
const { person, location, lorem, company, internet } = faker.definitions;
const list = (words: unknown): readonly string[] =>
  Array.isArray(words) ? (words as readonly string[]) : Object.values(words as object).flat();
const FIRST = list(person.first_name);
const LAST = list((person.last_name as { readonly generic?: unknown }).generic ?? person.last_name);
const CITIES = list(location.city_name);
const STREETS = list(location.street_suffix);
const COUNTRIES = list(location.country);
const JOBS = list(person.job_type);
const WORDS = list(lorem.word);
const COMPANY = list(company.legal_entity_type);
const DOMAINS = list(internet.free_email);
const COUNTRY_CODES = ['DE', 'FR', 'GB', 'US', 'ES', 'IT', 'JP', 'BR', 'IN', 'CA'];
const COLOURS = ['red', 'green', 'blue', 'yellow', 'black', 'white', 'orange', 'purple', 'brown', 'grey'];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Some words, with a blank between them. */
export function words(random: Random, count: number): string {
  let text = random.pick(WORDS);
  for (let done = 1; done < count; done++) text += ` ${random.pick(WORDS)}`;
  return text;
}

const sentence = (random: Random): string => `${capital(words(random, random.whole(4, 9)))}.`;
const digits = (random: Random, count: number): string => String(random.whole(0, 10 ** count - 1)).padStart(count, '0');

type Make = (random: Random) => string;

/** What the name of a column says of its values. */
const BY_NAME: readonly (readonly [RegExp, Make])[] = [
  [/e_?mail/, (random) => `${plain(random.pick(FIRST))}.${plain(random.pick(LAST))}@${random.pick(DOMAINS)}`],
  [/first_?name|given_?name/, (random) => random.pick(FIRST)],
  [/last_?name|family_?name|surname/, (random) => random.pick(LAST)],
  [/user_?name|login|handle|nick/, (random) => `${plain(random.pick(FIRST))}${random.whole(1, 999)}`],
  [/company|organi[sz]ation|vendor|supplier/, (random) => `${random.pick(LAST)} ${random.pick(COMPANY)}`],
  [/phone|mobile|fax/, (random) => `+1${digits(random, 9)}`],
  [/url|uri|link|website|homepage|avatar|image|photo/, (random) => `https://example.com/${random.pick(WORDS)}`],
  [/slug|path/, (random) => words(random, 3).replaceAll(' ', '-')],
  [/password|hash|token|secret/, (random) => digits(random, 9) + digits(random, 9)],
  [/zip|postal/, (random) => digits(random, 5)],
  [/country_?code/, (random) => random.pick(COUNTRY_CODES)],
  [/country/, (random) => random.pick(COUNTRIES)],
  [/city|town/, (random) => random.pick(CITIES)],
  [/street|address/, (random) => `${random.whole(1, 999)} ${random.pick(LAST)} ${random.pick(STREETS)}`],
  [/job|position/, (random) => random.pick(JOBS)],
  [/colou?r/, (random) => random.pick(COLOURS)],
  [/full_?name|contact|author|person/, (random) => `${random.pick(FIRST)} ${random.pick(LAST)}`],
  [/title|subject|headline/, (random) => capital(words(random, random.whole(2, 5)))],
  [/body|content|description|text|comment|note|message|bio|summary/, sentence],
  [/name|label/, (random) => capital(words(random, 2))],
];

/** How plausible texts for a column are made. */
export const textMaker = (column: string): Make =>
  BY_NAME.find(([pattern]) => pattern.test(column.toLowerCase()))?.[1] ?? ((random) => words(random, 2));
