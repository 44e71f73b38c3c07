/** What a unit measures; units of the same dimension convert into each other. */
type Dimension = 'length' | 'area' | 'volume' | 'mass' | 'time' | 'energy' | 'power' | 'data' | 'frequency';

interface Measure {
  /** The canonical symbol. */
  readonly symbol: string;
  /** Null where the notation is ambiguous or does not convert by a factor. */
  readonly dimension: Dimension | null;
  /** How many base units (m, m², m³, kg, s, J, W, byte, Hz) one of it is. */
  readonly factor: number;
  /** Notations that mean it in exactly this case. */
  readonly symbols: readonly string[];
  /** Words that mean it in any case; plurals are listed. */
  readonly words: readonly string[];
}

const measure = (
  symbol: string,
  dimension: Dimension | null,
  factor: number,
  notations: { symbols?: string; words?: string },
): Measure => ({
  symbol,
  dimension,
  factor,
  symbols: (notations.symbols ?? '').split('|').filter((each) => each !== ''),
  words: (notations.words ?? '').split('|').filter((each) => each !== ''),
});

const year = 31_557_600;

const measures: readonly Measure[] = [
  measure('mm', 'length', 0.001, { words: 'millimetre|millimetres|millimeter|millimeters|毫米' }),
  measure('cm', 'length', 0.01, { words: 'centimetre|centimetres|centimeter|centimeters|厘米' }),
  measure('m', 'length', 1, { words: 'metre|metres|meter|meters|米' }),
  measure('km', 'length', 1000, { words: 'kilometre|kilometres|kilometer|kilometers|kms|公里|千米' }),
  measure('µm', 'length', 1e-6, {
    symbols: 'μm',
    words: 'micrometre|micrometres|micrometer|micrometers|microns',
  }),
  measure('nanometres', 'length', 1e-9, { words: 'nanometre|nanometer|nanometers|纳米' }),
  measure('nm', null, 1, {}),
  measure('nmi', 'length', 1852, { words: 'nautical mile|nautical miles|海里' }),
  measure('mi', 'length', 1609.344, { words: 'mile|miles|英里' }),
  measure('ft', 'length', 0.3048, { words: 'foot|feet|英尺' }),
  measure('in', 'length', 0.0254, { words: 'inch|inches|英寸' }),
  measure('yd', 'length', 0.9144, { words: 'yard|yards' }),
  measure('sq km', 'area', 1e6, {
    symbols: 'km²|km2|km^2|sq. km|sq.km|sqkm|Km2|Km²',
    words:
      'square kilometre|square kilometres|square kilometer|square kilometers|sq kilometers|平方公里|平方千米',
  }),
  measure('sq m', 'area', 1, {
    symbols: 'm²|m2|m^2|sq. m|sqm|sq.m|㎡',
    words: 'square metre|square metres|square meter|square meters|平方米',
  }),
  measure('sq cm', 'area', 1e-4, {
    symbols: 'cm²|cm2|cm^2',
    words: 'square centimetre|square centimetres|square centimeter|square centimeters|平方厘米',
  }),
  measure('sq mi', 'area', 2_589_988.110_336, {
    symbols: 'mi²|mi2|sq. mi',
    words: 'square mile|square miles|sq miles',
  }),
  measure('sq ft', 'area', 0.092_903_04, {
    symbols: 'ft²|ft2|sq. ft|sq.ft|sqft',
    words: 'square foot|square feet|sq feet|平方英尺',
  }),
  measure('ha', 'area', 1e4, { words: 'hectare|hectares|公顷' }),
  measure('acres', 'area', 4046.856_422_4, { words: 'acre|英亩' }),
  measure('亩', 'area', 10_000 / 15, { words: '' }),
  measure('cu m', 'volume', 1, {
    symbols: 'm³|m3|m^3|cu. m',
    words: 'cubic metre|cubic metres|cubic meter|cubic meters|立方米',
  }),
  measure('cu km', 'volume', 1e9, {
    symbols: 'km³|km3|cu. km',
    words: 'cubic kilometre|cubic kilometres|cubic kilometer|cubic kilometers',
  }),
  measure('cu ft', 'volume', 0.028_316_846_592, {
    symbols: 'ft³|ft3|cu. ft|cf',
    words: 'cubic foot|cubic feet',
  }),
  measure('cu in', 'volume', 1.6387064e-5, {
    symbols: 'in³|in3|cu. in',
    words: 'cubic inch|cubic inches',
  }),
  measure('cu cm', 'volume', 1e-6, {
    symbols: 'cm³|cm3|cc',
    words: 'cubic centimetre|cubic centimetres|cubic centimeter|cubic centimeters',
  }),
  measure('l', 'volume', 0.001, { symbols: 'L', words: 'litre|litres|liter|liters|升' }),
  measure('kl', 'volume', 1, { symbols: 'kL', words: 'kilolitre|kilolitres|kiloliter|kiloliters' }),
  measure('ML', 'volume', 1e3, { words: 'megalitre|megalitres|megaliter|megaliters' }),
  measure('GL', 'volume', 1e6, { words: 'gigalitre|gigalitres|gigaliter|gigaliters' }),
  measure('ml', 'volume', 1e-6, {
    symbols: 'mL',
    words: 'millilitre|millilitres|milliliter|milliliters|毫升',
  }),
  measure('dl', 'volume', 1e-4, { symbols: 'dL', words: 'decilitre|decilitres|deciliter|deciliters' }),
  measure('bbl', 'volume', 0.158_987_294_928, { words: 'barrel|barrels|桶' }),
  measure('gallons', 'volume', 0.003_785_411_784, {
    symbols: 'gal|US gal|U.S. gal',
    words: 'gallon|US gallon|US gallons',
  }),
  measure('mg', 'mass', 1e-6, { words: 'milligram|milligrams|毫克' }),
  measure('µg', 'mass', 1e-9, { symbols: 'μg|mcg|ug', words: 'microgram|micrograms|微克' }),
  measure('ng', 'mass', 1e-12, { words: 'nanogram|nanograms' }),
  measure('g', 'mass', 0.001, { words: 'gram|grams|gramme|grammes|克' }),
  measure('kg', 'mass', 1, { words: 'kilogram|kilograms|kilogramme|kilogrammes|kilo|kilos|kgs|公斤|千克' }),
  measure('t', 'mass', 1000, {
    symbols: 'MT|mt',
    words: 'tonne|tonnes|metric ton|metric tons|metric tonne|metric tonnes|吨',
  }),
  measure('kt', 'mass', 1e6, { words: 'kilotonne|kilotonnes|kiloton|kilotons' }),
  measure('Mt', 'mass', 1e9, { words: 'megatonne|megatonnes|megaton|megatons' }),
  measure('tons', null, 1, { words: 'ton' }),
  measure('lb', 'mass', 0.453_592_37, { symbols: 'lbs', words: 'pound|pounds' }),
  measure('oz', 'mass', 0.028_349_523_125, { words: 'ounce|ounces|盎司' }),
  measure('ms', 'time', 0.001, { words: 'millisecond|milliseconds|msec|毫秒' }),
  measure('µs', 'time', 1e-6, { symbols: 'μs', words: 'microsecond|microseconds' }),
  measure('s', 'time', 1, { words: 'second|seconds|sec|secs|秒' }),
  measure('min', 'time', 60, { words: 'minute|minutes|mins|分钟' }),
  measure('h', 'time', 3600, { symbols: 'hr|hrs', words: 'hour|hours|小时' }),
  measure('days', 'time', 86_400, { symbols: 'd', words: 'day|天' }),
  measure('weeks', 'time', 604_800, { symbols: 'wk|wks', words: 'week|周' }),
  measure('months', 'time', year / 12, { symbols: 'mo|mos', words: 'month|个月' }),
  measure('quarters', 'time', year / 4, { words: 'quarter' }),
  measure('years', 'time', year, { symbols: 'yr|yrs|y', words: 'year|年|岁' }),
  measure('J', 'energy', 1, { words: 'joule|joules' }),
  measure('kJ', 'energy', 1e3, { words: 'kilojoule|kilojoules' }),
  measure('MJ', 'energy', 1e6, { words: 'megajoule|megajoules' }),
  measure('GJ', 'energy', 1e9, { words: 'gigajoule|gigajoules' }),
  measure('PJ', 'energy', 1e15, { words: 'petajoule|petajoules' }),
  measure('kcal', 'energy', 4184, { words: 'kilocalorie|kilocalories' }),
  measure('Wh', 'energy', 3600, { words: 'watt-hour|watt-hours|watt hours' }),
  measure('kWh', 'energy', 3.6e6, {
    symbols: 'kwh|KWh|kW·h|kW h',
    words: 'kilowatt-hour|kilowatt-hours|kilowatt hours|千瓦时|度',
  }),
  measure('MWh', 'energy', 3.6e9, { words: 'megawatt-hour|megawatt-hours|megawatt hours|兆瓦时' }),
  measure('GWh', 'energy', 3.6e12, { words: 'gigawatt-hour|gigawatt-hours|gigawatt hours' }),
  measure('TWh', 'energy', 3.6e15, { words: 'terawatt-hour|terawatt-hours|terawatt hours' }),
  measure('Btu', 'energy', 1055.055_852_62, { symbols: 'BTU', words: '' }),
  measure('boe', null, 1, { symbols: 'BOE', words: 'barrels of oil equivalent|barrel of oil equivalent' }),
  measure('W', 'power', 1, { words: 'watt|watts|瓦' }),
  measure('kW', 'power', 1e3, { symbols: 'KW', words: 'kilowatt|kilowatts|千瓦' }),
  measure('MW', 'power', 1e6, { words: 'megawatt|megawatts|兆瓦' }),
  measure('GW', 'power', 1e9, { words: 'gigawatt|gigawatts' }),
  measure('TW', 'power', 1e12, { words: 'terawatt|terawatts' }),
  measure('hp', 'power', 745.699_871_582_27, { symbols: 'HP|bhp', words: 'horsepower' }),
  measure('bit', 'data', 0.125, { words: 'bits' }),
  measure('kbit', 'data', 125, { symbols: 'kb|Kb', words: 'kilobit|kilobits' }),
  measure('Mbit', 'data', 125e3, { symbols: 'Mb', words: 'megabit|megabits' }),
  measure('Gbit', 'data', 125e6, { symbols: 'Gb', words: 'gigabit|gigabits' }),
  measure('B', 'data', 1, { words: 'byte|bytes|字节' }),
  measure('kB', 'data', 1e3, { symbols: 'KB', words: 'kilobyte|kilobytes' }),
  measure('MB', 'data', 1e6, { words: 'megabyte|megabytes' }),
  measure('GB', 'data', 1e9, { words: 'gigabyte|gigabytes' }),
  measure('TB', 'data', 1e12, { words: 'terabyte|terabytes' }),
  measure('PB', 'data', 1e15, { words: 'petabyte|petabytes' }),
  measure('KiB', 'data', 1024, { words: 'kibibyte|kibibytes' }),
  measure('MiB', 'data', 1024 ** 2, { words: 'mebibyte|mebibytes' }),
  measure('GiB', 'data', 1024 ** 3, { words: 'gibibyte|gibibytes' }),
  measure('TiB', 'data', 1024 ** 4, { words: 'tebibyte|tebibytes' }),
  measure('°C', null, 1, {
    symbols: '℃|° C|ºC|degC|deg C',
    words: 'degrees celsius|degree celsius|degrees centigrade|摄氏度',
  }),
  measure('°F', null, 1, { symbols: '℉|° F|ºF|degF|deg F', words: 'degrees fahrenheit|degree fahrenheit' }),
  measure('°', null, 1, { symbols: 'º|deg', words: 'degree|degrees' }),
  measure('K', null, 1, { words: 'kelvin' }),
  measure('Pa', null, 1, { words: 'pascal|pascals' }),
  measure('kPa', null, 1, { words: '' }),
  measure('MPa', null, 1, { words: 'megapascal|megapascals' }),
  measure('GPa', null, 1, { words: 'gigapascal|gigapascals' }),
  measure('bar', null, 1, { words: 'bars' }),
  measure('hPa', null, 1, { words: 'hectopascal|hectopascals' }),
  measure('mb', null, 1, { symbols: 'mbar', words: 'millibar|millibars' }),
  measure('mmHg', null, 1, { symbols: 'mm Hg', words: '' }),
  measure('Hz', 'frequency', 1, { words: 'hertz' }),
  measure('kHz', 'frequency', 1e3, { words: 'kilohertz' }),
  measure('MHz', 'frequency', 1e6, { words: 'megahertz' }),
  measure('GHz', 'frequency', 1e9, { words: 'gigahertz' }),
  measure('V', null, 1, { words: 'volt|volts' }),
  measure('kV', null, 1, { words: 'kilovolt|kilovolts' }),
  measure('A', null, 1, { words: 'amp|amps|ampere|amperes' }),
  measure('mA', null, 1, { words: 'milliamps' }),
  measure('Ω', null, 1, { symbols: '\u2126', words: 'ohm|ohms|欧姆' }),
  measure('mΩ', null, 1, { symbols: 'm\u2126', words: 'milliohm|milliohms' }),
  measure('kΩ', null, 1, { symbols: 'k\u2126', words: 'kiloohm|kiloohms|kilohm|kilohms' }),
  measure('MΩ', null, 1, { symbols: 'M\u2126', words: 'megaohm|megaohms|megohm|megohms' }),
  measure('mAh', null, 1, { words: '' }),
  measure('Ah', null, 1, { words: '' }),
  measure('Nm', null, 1, { symbols: 'N·m', words: 'newton metres|newton meters' }),
  measure('N', null, 1, { words: 'newton|newtons' }),
  measure('kN', null, 1, { words: 'kilonewton|kilonewtons' }),
  measure('mol', null, 1, { words: 'moles' }),
  measure('mmol', null, 1, { words: 'millimole|millimoles' }),
  measure('µmol', null, 1, { symbols: 'μmol|umol', words: 'micromole|micromoles' }),
  measure('IU', null, 1, { words: 'international units' }),
  measure('dB', null, 1, { words: 'decibel|decibels' }),
  measure('ppm', null, 1, { words: 'parts per million' }),
  measure('ppb', null, 1, { words: 'parts per billion' }),
  measure('bps', null, 1, { symbols: 'bp', words: 'basis points|basis point|个基点|基点' }),
  measure('x', null, 1, { symbols: 'X|×', words: '' }),
  measure('rpm', null, 1, { words: 'revolutions per minute' }),
  measure('mph', null, 1, { words: 'miles per hour' }),
  measure('mpg', null, 1, { words: 'miles per gallon' }),
  measure('knots', null, 1, { symbols: 'kn', words: 'knot' }),
  measure('TEU', null, 1, { symbols: 'TEUs', words: '' }),
  measure('DWT', null, 1, { symbols: 'dwt', words: 'deadweight tonnes|deadweight tons' }),
  measure('carats', null, 1, { symbols: 'ct', words: 'carat|克拉' }),
];

const bySymbol = new Map<string, Measure>();
const byWord = new Map<string, Measure>();
for (const each of measures) {
  for (const symbol of [each.symbol, ...each.symbols]) bySymbol.set(symbol, each);
  for (const word of each.words) byWord.set(word, each);
}
// "66 KM" in a text in capitals: a symbol of two letters and more whose capitals mean nothing else.
for (const each of measures) {
  for (const symbol of [each.symbol, ...each.symbols]) {
    const upper = symbol.toUpperCase();
    if (symbol.length > 1 && !bySymbol.has(upper) && !byWord.has(upper.toLowerCase()))
      bySymbol.set(upper, each);
  }
}

const knownMeasure = (notation: string): Measure | undefined =>
  bySymbol.get(notation) ?? byWord.get(notation.toLowerCase());

/** The canonical symbol of a measure (`km²`, `square kilometres` → `sq km`), or null for what is none. */
export function measureSymbol(notation: string): string | null {
  return knownMeasure(notation.trim())?.symbol ?? null;
}

/** Names of spans of time stand in the singular after a stroke: `km/year`. */
const perForms: ReadonlyMap<string, string> = new Map([
  ['days', 'day'],
  ['weeks', 'week'],
  ['months', 'month'],
  ['quarters', 'quarter'],
  ['years', 'year'],
]);

/** The canonical form of what stands after "per" or a stroke: `yr` → `year`, `hour` → `h`, `woman` → `woman`. */
export function perSymbol(notation: string): string {
  const trimmed = notation.trim().replaceAll(/\s+/g, ' ');
  const symbol = measureSymbol(trimmed);
  return symbol === null ? trimmed : (perForms.get(symbol) ?? symbol);
}

/**
 * The canonical form of a unit: known measures by their symbol, "A per B" as `A/B`, other units as they are
 * but for white space and the brackets of "item(s)".
 */
export function canonicalUnit(notation: string): string {
  const trimmed = notation.trim().replaceAll(/\s+/g, ' ').replaceAll('(s)', 's').replaceAll('(es)', 'es');
  const whole = measureSymbol(trimmed);
  if (whole !== null) return whole;
  const split =
    /^(.{1,60}?)(?:\s?\/\s?|\s+per\s+|\s+an?\s+(?=(?:second|minute|hour|day|week|month|quarter|year)$))(.{1,60})$/i.exec(
      trimmed,
    );
  if (split?.[1] === undefined || split[2] === undefined) return trimmed;
  return `${measureSymbol(split[1]) ?? split[1]}/${perSymbol(split[2])}`;
}

/** Whether the one says "/sq km" and the other of what it is so many, "people/sq km". */
function isBareRateOf(bare: string, full: string): boolean {
  if (!bare.startsWith('/') || !full.endsWith(bare)) return false;
  const counted = full.slice(0, -bare.length);
  return /^\p{Ll}{3,}$/u.test(counted) && measureSymbol(counted) === null;
}

function factorOf(unit: string): { readonly dimension: string; readonly factor: number } | null {
  const stroke = unit.indexOf('/');
  if (stroke > 0) {
    const above = factorOf(unit.slice(0, stroke));
    const below = factorOf(unit.slice(stroke + 1));
    if (above === null || below === null) return null;
    return { dimension: `${above.dimension}/${below.dimension}`, factor: above.factor / below.factor };
  }
  if (unit === 'mph') return { dimension: 'length/time', factor: 1609.344 / 3600 };
  if (unit === 'knots') return { dimension: 'length/time', factor: 1852 / 3600 };
  const known = knownMeasure(unit);
  if (known === undefined || known.dimension === null) return null;
  return { dimension: known.dimension, factor: known.factor };
}

/**
 * The number in another unit of the same dimension (length, area, volume, mass, time, energy, power, data, and
 * quotients of these such as speed), or null where the two do not convert. Currencies never do.
 */
export function convertUnit(options: {
  readonly number: number;
  readonly from: string;
  readonly to: string;
}): number | null {
  const { number, from, to } = options;
  if (canonicalUnit(from) === canonicalUnit(to)) return number;
  if (isBareRateOf(from, to) || isBareRateOf(to, from)) return number;
  const source = factorOf(canonicalUnit(from));
  const target = factorOf(canonicalUnit(to));
  if (source === null || target === null || source.dimension !== target.dimension) return null;
  return Number(((number * source.factor) / target.factor).toPrecision(15));
}
