const eraYear = /^(?:c(?:a|irca)?\.? )?(\d{1,5})\s?(BCE|B\.C\.E\.|BC|B\.C\.|CE|C\.E\.|AD|A\.D\.)$/iu;

/** The year of "1302 CE", and of "550 BCE" as a negative number; null for any other text. */
export function readEraYear(text: string): number | null {
  const [, year, era] = eraYear.exec(text.trim()) ?? [];
  if (year === undefined || era === undefined) return null;
  return /^b/i.test(era) ? -Number(year) : Number(year);
}
