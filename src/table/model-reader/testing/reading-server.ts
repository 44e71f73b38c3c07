import {
  createModelClient,
  type ModelClientOptions,
  type StoppableModelClient,
} from '../../../models/index.ts';
import { quoteOf, readExtractionPrompt, type ExtractionField } from '../../../models/prompts/index.ts';
import {
  startMisbehavingServer,
  type MisbehavingServer,
  type MisbehavingServerOptions,
} from '../../../models/testing/misbehaving-server.ts';
import { quickRetries, quickTimeLimits, serverModel } from '../../../models/testing/server-model.ts';

/** What the model behind the server makes of a field in a document's text. */
export type ReadField = (
  field: ExtractionField,
  text: string,
) => { readonly value: string | null; readonly quote?: string | null };

/** The documents and fields that were asked for, in the order of the requests. */
export interface AskedFor {
  readonly title: string;
  readonly fields: readonly string[];
}

export interface ReadingServer {
  readonly server: MisbehavingServer;
  readonly asked: readonly AskedFor[];
  /** @param name tells models of an ensemble apart. */
  client(name?: string, options?: Partial<ModelClientOptions>): Promise<StoppableModelClient>;
}

/** Starts a server on loopback whose model reads extraction prompts as told, unless it is told to answer otherwise. */
export async function startReadingServer(
  readField: ReadField,
  options: Partial<MisbehavingServerOptions> = {},
): Promise<ReadingServer> {
  const asked: AskedFor[] = [];
  const server = await startMisbehavingServer({
    answer: ({ messages }) => {
      const extraction = readExtractionPrompt(String(messages?.[0]?.content));
      if (extraction === null) return 'I can only extract.';
      const { fields, passage } = extraction;
      asked.push({ title: passage.title, fields: fields.map(({ name }) => name) });
      const entries = fields.flatMap((field) => {
        const { value, quote = null } = readField(field, passage.text);
        return [
          [field.name, value],
          [quoteOf(field.name), quote],
        ];
      });
      return JSON.stringify(Object.fromEntries(entries));
    },
    ...options,
  });
  return {
    server,
    asked,
    client: async (name = 'test', clientOptions = {}) => {
      const model = await serverModel(server, { id: `compatible:${name}`, identity: name });
      return createModelClient({
        retryPolicy: quickRetries,
        timeLimits: quickTimeLimits,
        ...clientOptions,
        model,
      });
    },
  };
}
