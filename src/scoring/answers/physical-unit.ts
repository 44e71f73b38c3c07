/** A unit of measurement as a power of ten of the basic unit of its kind. */
export interface PhysicalUnit {
  readonly kind: string;
  readonly power: number;
}

const kinds: readonly (readonly [kind: string, units: readonly (readonly [string, number])[]])[] = [
  [
    'mass',
    [
      ['mg', -3],
      ['g', 0],
      ['grams?', 0],
      ['kg', 3],
      ['kilograms?', 3],
      ['公斤|千克', 3],
      ['t', 6],
      ['tonnes?', 6],
      ['metric tons?', 6],
      ['吨', 6],
      ['kt', 9],
      ['Mt', 12],
    ],
  ],
  [
    'length',
    [
      ['mm', -3],
      ['cm', -2],
      ['厘米', -2],
      ['m', 0],
      ['met(?:er|re)s?', 0],
      ['米', 0],
      ['km', 3],
      ['kilomet(?:er|re)s?', 3],
      ['公里|千米', 3],
    ],
  ],
  [
    'area',
    [
      ['m²|m2', 0],
      ['平方米', 0],
      ['ha', 4],
      ['hectares?', 4],
      ['公顷', 4],
      ['km²|km2', 6],
      ['平方公里', 6],
    ],
  ],
  [
    'power',
    [
      ['W', 0],
      ['kW', 3],
      ['千瓦', 3],
      ['MW', 6],
      ['兆瓦', 6],
      ['GW', 9],
      ['TW', 12],
    ],
  ],
  [
    'energy',
    [
      ['Wh', 0],
      ['kWh', 3],
      ['千瓦时', 3],
      ['MWh', 6],
      ['GWh', 9],
      ['TWh', 12],
    ],
  ],
];

const units = kinds.flatMap(([kind, own]) =>
  own.map(([name, power]) => ({
    pattern: new RegExp(`^\\s*(?:${name})(?![\\p{Script=Latin}\\d²³/])`, 'u'),
    kind,
    power,
  })),
);

/** The unit that a text begins with, after blanks; null where it is none of these, or a rate such as kg/ha. */
export function readPhysicalUnit(text: string): PhysicalUnit | null {
  const found = units.find(({ pattern }) => pattern.test(text));
  return found === undefined ? null : { kind: found.kind, power: found.power };
}
