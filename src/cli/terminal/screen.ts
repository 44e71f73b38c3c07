import { styleText } from 'node:util';

export type Paint = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';

/** Where text is shown: how wide it is, and how to colour it. */
export interface Screen {
  /** In terminal columns. */
  readonly width: number;
  /** Colours text where the stream is a terminal; NO_COLOR and FORCE_COLOR are honoured. */
  readonly paint: (style: Paint, text: string) => string;
}

const widthWithoutTerminal = 120;
const smallestWidth = 40;

export function screenOf(stream: NodeJS.WriteStream): Screen {
  const columns = stream.columns ?? Number(process.env['COLUMNS'] ?? '');
  return {
    width: Math.max(columns > 0 ? columns : widthWithoutTerminal, smallestWidth),
    paint: (style, text) => styleText(style, text, { stream }),
  };
}
