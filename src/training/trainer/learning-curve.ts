import { join } from 'node:path';
import { writeTextAtomically } from '../checkpoint/atomic-write.ts';
import { metricsFileName, readMetrics } from './metrics-log.ts';
import type { MetricsRecord } from './metrics-log.ts';

export const curveFileName = 'curve.svg';

/** Draws the metrics of a run as `curve.svg` beside them. */
export async function writeLearningCurve(folder: string): Promise<void> {
  const records = await readMetrics(join(folder, metricsFileName));
  await writeTextAtomically(join(folder, curveFileName), drawLearningCurve(records));
}

/** What is drawn: a chart for rewards, where there are any, and one for the loss. */
const charts = [
  {
    title: 'reward',
    lines: [
      { metric: 'reward', label: 'of rollouts', colour: '#9ecae1', width: 1 },
      { metric: 'evaluationReward', label: 'on held-out examples, greedily', colour: '#08519c', width: 2 },
    ],
  },
  { title: 'loss', lines: [{ metric: 'loss', label: 'of each step', colour: '#a63603', width: 1 }] },
];

const width = 860;
const margin = { left: 60, right: 20, top: 46, bottom: 26 };
const chartHeight = 220;
const plotHeight = chartHeight - margin.top - margin.bottom;

interface Point {
  /** Steps of the run that were done by then. */
  readonly step: number;
  readonly value: number;
}

/** A picture (SVG) of a run's metrics against its steps, the stages one after the other. */
export function drawLearningCurve(records: readonly MetricsRecord[]): string {
  const placed = placeInRun(records);
  const steps = Math.max(1, ...placed.map(({ step }) => step));
  const drawn = charts
    .map(({ title, lines }) => ({
      title,
      lines: lines
        .map((line) => ({ ...line, points: pointsOf(placed, line.metric) }))
        .filter(({ points }) => points.length > 0),
    }))
    .filter(({ lines }) => lines.length > 0);
  const body = drawn.map((chart, index) => drawChart(chart, { steps, top: index * chartHeight }));
  const height = chartHeight * Math.max(1, drawn.length);
  const stages = stagesOf(placed).map((stage) => drawStage(stage, { steps, height }));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...stages,
    ...body,
    '</svg>\n',
  ].join('\n');
}

type Placed = MetricsRecord & { readonly stageStart: number };

/** Steps of a stage come after those of the stages before it. */
function placeInRun(records: readonly MetricsRecord[]): Placed[] {
  const starts = new Map<string, number>();
  let steps = 0;
  for (const record of records) {
    if (starts.has(record.stage)) continue;
    starts.set(record.stage, steps);
    steps += record.steps;
  }
  return records.map((record) => {
    const stageStart = starts.get(record.stage) ?? 0;
    return { ...record, stageStart, step: record.step + stageStart };
  });
}

function pointsOf(records: readonly Placed[], metric: string): Point[] {
  return records.flatMap((record) => {
    const value = record[metric];
    return typeof value === 'number' && Number.isFinite(value) ? [{ step: record.step, value }] : [];
  });
}

interface DrawnLine {
  readonly label: string;
  readonly colour: string;
  readonly width: number;
  readonly points: readonly Point[];
}

function drawChart(
  { title, lines }: { readonly title: string; readonly lines: readonly DrawnLine[] },
  { steps, top }: { readonly steps: number; readonly top: number },
): string {
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value));
  const [low, high] = [Math.min(0, ...values), Math.max(...values, 1e-9)];
  const y = (value: number) => round(top + margin.top + (1 - (value - low) / (high - low)) * plotHeight);
  const ticks = [low, (low + high) / 2, high].map(
    (value) =>
      `<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(value)}" y2="${y(value)}" stroke="#ddd"/>` +
      `<text x="${margin.left - 6}" y="${y(value) + 4}" text-anchor="end">${tickLabel(value, high - low)}</text>`,
  );
  const drawn = lines.map(({ label, colour, width: stroke, points }, index) => {
    const path = points.map(({ step, value }) => `${xOf(step, steps)},${y(value)}`).join(' ');
    const [first, last] = [points[0]?.value ?? 0, points.at(-1)?.value ?? 0];
    const legend = `${title} ${label}: ${figure(first)} → ${figure(last)}`;
    return (
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="${stroke}"/>` +
      `<text x="${margin.left + index * 240}" y="${top + 34}" fill="${colour}">${legend}</text>`
    );
  });
  const end = `<text x="${width - margin.right}" y="${top + chartHeight - 8}" text-anchor="end">step ${steps}</text>`;
  return [...ticks, ...drawn, end].join('\n');
}

/** The stages with the steps that were done before them. */
function stagesOf(records: readonly Placed[]): { readonly name: string; readonly start: number }[] {
  const starts = new Map(records.map(({ stage, stageStart }) => [stage, stageStart]));
  return [...starts].map(([name, start]) => ({ name, start }));
}

function drawStage(
  { name, start }: { readonly name: string; readonly start: number },
  { steps, height }: { readonly steps: number; readonly height: number },
): string {
  const x = xOf(start, steps);
  return (
    `<line x1="${x}" x2="${x}" y1="4" y2="${height - margin.bottom}" stroke="#bbb" stroke-dasharray="3 3"/>` +
    `<text x="${x + 4}" y="14" fill="#555">${name}</text>`
  );
}

function xOf(step: number, steps: number): number {
  return round(margin.left + (step / steps) * (width - margin.left - margin.right));
}

function figure(value: number): string {
  return value.toFixed(3).replace(/^-(0\.0+)$/, '$1');
}

/** Two digits of a number; what is nothing beside the span of the axis is 0. */
function tickLabel(value: number, span: number): string {
  return Math.abs(value) < span / 1000 ? '0' : value.toPrecision(2);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
