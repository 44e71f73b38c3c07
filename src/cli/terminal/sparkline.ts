const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Numbers as a row of bars, lowest to highest; more than `width` are averaged over equal stretches. */
export function sparkline(values: readonly number[], width: number): string {
  const columns = Math.min(width, values.length);
  const means = Array.from({ length: columns }, (_, column) => {
    const start = Math.floor((column * values.length) / columns);
    const stretch = values.slice(start, Math.floor(((column + 1) * values.length) / columns));
    return stretch.reduce((sum, value) => sum + value, 0) / stretch.length;
  });
  const lowest = Math.min(...means);
  const span = Math.max(...means) - lowest;
  return means
    .map(
      (value) => levels[span === 0 ? 0 : Math.round(((value - lowest) / span) * (levels.length - 1))] ?? '',
    )
    .join('');
}
