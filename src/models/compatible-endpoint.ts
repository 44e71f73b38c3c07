import { ModelError } from './model-error.ts';

/** Where an OpenAI-compatible server is, and what it is greeted with. */
export interface CompatibleEndpoint {
  readonly baseUrl: string;
  /** Null for servers that want none. */
  readonly apiKey: string | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Services that need nothing but their key. Each key goes to its own service and nowhere else. */
const services = [
  { name: 'DASHSCOPE', baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1' },
  { name: 'DEEPSEEK', baseUrl: 'https://api.deepseek.com/v1' },
  { name: 'FIREWORKS', baseUrl: 'https://api.fireworks.ai/inference/v1' },
  { name: 'GROQ', baseUrl: 'https://api.groq.com/openai/v1' },
  { name: 'MISTRAL', baseUrl: 'https://api.mistral.ai/v1' },
  { name: 'MOONSHOT', baseUrl: 'https://api.moonshot.ai/v1' },
  { name: 'OPENAI', baseUrl: 'https://api.openai.com/v1' },
  { name: 'OPENROUTER', baseUrl: 'https://openrouter.ai/api/v1' },
  { name: 'SILICONFLOW', baseUrl: 'https://api.siliconflow.cn/v1' },
  { name: 'TOGETHER', baseUrl: 'https://api.together.xyz/v1' },
] as const;

/**
 * Finds the server of `compatible:` models in the environment: a base URL that is stated
 * (`COMPATIBLE_BASE_URL`, `OPENAI_BASE_URL`, `DASHSCOPE_BASE_URL`, …) with the key of the same name, else the
 * service of the only key that is there (`DASHSCOPE_API_KEY`, …).
 *
 * @throws {ModelError} of kind `unavailable` when there is none, or more than one.
 */
export function findCompatibleEndpoint(environment: Environment): CompatibleEndpoint {
  const read = (name: string): string | null => environment[name]?.trim() || null;
  for (const name of ['COMPATIBLE', ...services.map((service) => service.name)]) {
    const baseUrl = read(`${name}_BASE_URL`);
    if (baseUrl !== null) {
      return { baseUrl: checkedUrl(baseUrl, `${name}_BASE_URL`), apiKey: read(`${name}_API_KEY`) };
    }
  }
  const withKey = services.filter(({ name }) => read(`${name}_API_KEY`) !== null);
  const [only] = withKey;
  if (only === undefined || withKey.length > 1) {
    const found = withKey.map(({ name }) => `${name}_API_KEY`).join(', ');
    throw new ModelError({
      kind: 'unavailable',
      message:
        only === undefined
          ? 'It is not known where the OpenAI-compatible server is.'
          : `There are keys of several services (${found}), and no base URL says which is meant.`,
      remedy:
        'Set COMPATIBLE_BASE_URL (http://127.0.0.1:8000/v1) in the environment or in .env, and COMPATIBLE_API_KEY ' +
        'where the server wants a key.',
    });
  }
  return { baseUrl: only.baseUrl, apiKey: read(`${only.name}_API_KEY`) };
}

function checkedUrl(text: string, name: string): string {
  const url = URL.parse(text);
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:'))
    return text.replace(/\/+$/, '');
  throw new ModelError({
    kind: 'unavailable',
    message: `${name} is no URL of a server.`,
    remedy: 'It begins with http:// or https:// and mostly ends in /v1: http://127.0.0.1:8000/v1',
  });
}
