const spaces = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/gu;
const invisible = /[\u200b-\u200f\u2060\ufeff]/gu;
const fullWidth = /[\uff01-\uff5e]/gu;
const minus = /[\u2212\u2012\ufe63]/gu;

const superscripts = '⁻⁰¹²³⁴⁵⁶⁷⁸⁹';
const powerOfTen = /10⁻?[⁰¹²³⁴-⁹]+/gu;

/**
 * The text with full-width letters and digits, other spaces and other minus signs as their ASCII counterparts, so
 * that patterns need to know one of each. Not NFKC, which makes the digit 2 of a superscript.
 */
export function plainCharacters(text: string): string {
  return text
    .replace(invisible, '')
    .replace(spaces, ' ')
    .replace(fullWidth, (char) => String.fromCodePoint(char.charCodeAt(0) - 0xfee0))
    .replace(minus, '-')
    .replace(powerOfTen, (power) => `10^${Array.from(power.slice(2), plainDigit).join('')}`);
}

function plainDigit(superscript: string): string {
  const place = superscripts.indexOf(superscript);
  return place === 0 ? '-' : String(place - 1);
}
