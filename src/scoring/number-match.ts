/*
 * Whether two numbers are the same answer, as DocMath publishes it.
 *
 * Source: the code released with QwenLong-L1 (arXiv 2505.17667), which takes it from DocMath-Eval. The rule
 * forgives units and percentages: numbers that differ by a power of ten are equal, and so are 5 and −5.
 *
 * Differences: the released code asks whether a logarithm is exactly an integer, so that 120 equals 12 in
 * evaluation but not in training, depending on how the logarithm rounds. Here it is an integer within 1e-9,
 * in both. `sameNumberStrictly` is ours: the sign counts and nothing is rescaled.
 */

/** Relative difference up to which two numbers are equal. */
const tolerance = 0.0015;
/** A factor of rescaling, and by how much the numbers must differ at least for it to be tried. */
const rescalings = [
  { factor: 100, guard: 50 },
  { factor: 1000, guard: 500 },
  { factor: 100_000, guard: 50_000 },
];

const ignoredSigns = /[£€¥`%$°]/gu;
const pythonNumber = /^-?(?:0+|[1-9]\d*|\d*\.\d+|\d+\.)$/u;

/**
 * The value of an extracted number ("$1234.50", "=-3"); null for what Python does not read as a number, such
 * as "007" or "1.2.3". (The released code takes 0 for those.)
 */
export function parseExtractedNumber(text: string): number | null {
  const [tail = ''] = text.split(/[=≈]/u).slice(-1);
  const digits = tail.replaceAll(ignoredSigns, '').trim();
  return pythonNumber.test(digits) ? Number(digits) : null;
}

/**
 * The published rule.
 *
 * @param decimals Magnitudes that are equal when rounded up to so many decimals are equal: 3 in training, 2 in
 *   evaluation.
 */
export function sameNumberAsPublished(prediction: number, gold: number, decimals: 2 | 3 = 3): boolean {
  const larger = Math.max(Math.abs(prediction), Math.abs(gold));
  const smaller = Math.min(Math.abs(prediction), Math.abs(gold));
  const roundUp = (value: number) => Math.ceil(value * 10 ** decimals);
  return (
    differByPowerOfTen(larger, smaller) ||
    rescalings.some(
      ({ factor, guard }) => smaller <= larger / guard && isWithinTolerance(smaller * factor, larger),
    ) ||
    roundUp(larger) === roundUp(smaller) ||
    isWithinTolerance(prediction, gold)
  );
}

/** Whether a number is within 0.15 % of the gold number, sign included. */
export function sameNumberStrictly(prediction: number, gold: number): boolean {
  return isWithinTolerance(prediction, gold);
}

function differByPowerOfTen(larger: number, smaller: number): boolean {
  if (smaller === 0) return false;
  const exponent = Math.log10(larger / smaller);
  return Math.abs(exponent - Math.round(exponent)) < 1e-9;
}

function isWithinTolerance(value: number, gold: number): boolean {
  return Math.abs(value - gold) <= Math.abs(gold) * tolerance;
}
