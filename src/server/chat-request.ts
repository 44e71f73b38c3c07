import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Message,
  LanguageModelV4ToolCallPart,
} from '@ai-sdk/provider';
import { z } from 'zod';
import { invalidRequest } from './api-error.ts';

/** Parts of other types are refused later, by their names. */
const contentPart = z.object({
  type: z.string(),
  text: z.unknown().optional(),
  refusal: z.unknown().optional(),
});
const messageContent = z.union([z.string(), z.array(contentPart)]);

const message = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer']), content: messageContent }),
  z.object({ role: z.literal('user'), content: messageContent }),
  z.object({
    role: z.literal('assistant'),
    content: messageContent.nullish(),
    tool_calls: z
      .array(
        z.object({
          id: z.string(),
          type: z.literal('function').default('function'),
          function: z.object({ name: z.string(), arguments: z.string() }),
        }),
      )
      .nullish(),
  }),
  z.object({ role: z.literal('tool'), content: messageContent, tool_call_id: z.string() }),
]);

const tokens = z.int().positive().nullish();

/** The fields of a chat completion request that have a meaning here; all others are ignored. */
const chatRequest = z.object({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: tokens,
  max_completion_tokens: tokens,
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  frequency_penalty: z.number().nullish(),
  presence_penalty: z.number().nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  n: z.literal(1, { error: 'Only one choice can be had at a time.' }).nullish(),
  reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).nullish(),
  response_format: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('text') }),
      z.object({ type: z.literal('json_object') }),
      z.object({
        type: z.literal('json_schema'),
        json_schema: z.object({
          name: z.string(),
          description: z.string().nullish(),
          schema: z.record(z.string(), z.unknown()).nullish(),
        }),
      }),
    ])
    .nullish(),
  tools: z
    .array(
      z.object({
        type: z.literal('function'),
        function: z.object({
          name: z.string(),
          description: z.string().nullish(),
          parameters: z.record(z.string(), z.unknown()).nullish(),
          strict: z.boolean().nullish(),
        }),
      }),
    )
    .nullish(),
  tool_choice: z
    .union([
      z.enum(['none', 'auto', 'required']),
      z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) }),
    ])
    .nullish(),
  /** Ours: the name of a corpus to answer from. */
  corpus: z.string().min(1).nullish(),
});

type ParsedRequest = z.infer<typeof chatRequest>;

/** A chat completion request, with the call that it asks of a model. */
export interface ChatRequest {
  readonly model: string;
  readonly corpus: string | null;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly call: LanguageModelV4CallOptions;
}

/**
 * Reads the body of a chat completion request.
 *
 * @throws {ApiError} 400, which names the field that is wrong.
 */
export function parseChatRequest(body: unknown): ChatRequest {
  const parsed = chatRequest.safeParse(body);
  if (!parsed.success) throw describeIssue(parsed.error);
  const request = parsed.data;
  return {
    model: request.model,
    corpus: request.corpus ?? null,
    stream: request.stream === true,
    includeUsage: request.stream_options?.include_usage === true,
    call: toCall(request),
  };
}

function describeIssue(error: z.ZodError): Error {
  const issue = deepestIssue(error.issues);
  const param = pathText(issue?.path ?? []);
  const problem = issue?.message ?? 'It cannot be read.';
  return invalidRequest({
    message: param === null ? `The request is not a JSON object: ${problem}` : `${param}: ${problem}`,
    param,
  });
}

/** Of the alternatives of a union, the one that came farthest says what is wrong. */
function deepestIssue(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue | undefined {
  const [issue] = issues;
  if (issue === undefined || issue.code !== 'invalid_union') return issue;
  const alternatives = issue.errors.map(deepestIssue).filter((found) => found !== undefined);
  const [deepest] = alternatives.sort((left, right) => right.path.length - left.path.length);
  if (deepest === undefined || deepest.path.length === 0) return issue;
  return { ...deepest, path: [...issue.path, ...deepest.path] };
}

function pathText(path: readonly PropertyKey[]): string | null {
  if (path.length === 0) return null;
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${String(step)}`))
    .join('');
}

function toCall(request: ParsedRequest): LanguageModelV4CallOptions {
  const { temperature, top_p, frequency_penalty, presence_penalty, seed, stop, reasoning_effort } = request;
  const maximum = request.max_completion_tokens ?? request.max_tokens;
  return {
    prompt: toPrompt(request.messages),
    ...(maximum != null && { maxOutputTokens: maximum }),
    ...(temperature != null && { temperature }),
    ...(top_p != null && { topP: top_p }),
    ...(frequency_penalty != null && { frequencyPenalty: frequency_penalty }),
    ...(presence_penalty != null && { presencePenalty: presence_penalty }),
    ...(seed != null && { seed }),
    ...(stop != null && { stopSequences: typeof stop === 'string' ? [stop] : stop }),
    ...(reasoning_effort != null && { reasoning: reasoning_effort }),
    ...toFormat(request.response_format),
    ...toTools(request),
  };
}

function toFormat(format: ParsedRequest['response_format']): Partial<LanguageModelV4CallOptions> {
  if (format == null || format.type === 'text') return {};
  if (format.type === 'json_object') return { responseFormat: { type: 'json' } };
  const { name, description, schema } = format.json_schema;
  return {
    responseFormat: {
      type: 'json',
      name,
      ...(description != null && { description }),
      ...(schema != null && { schema }),
    },
  };
}

function toTools({ tools, tool_choice }: ParsedRequest): Partial<LanguageModelV4CallOptions> {
  if (tools == null || tools.length === 0) return {};
  return {
    tools: tools.map(({ function: { name, description, parameters, strict } }) => ({
      type: 'function',
      name,
      inputSchema: parameters ?? { type: 'object', properties: {} },
      ...(description != null && { description }),
      ...(strict != null && { strict }),
    })),
    ...(tool_choice != null && {
      toolChoice:
        typeof tool_choice === 'string'
          ? { type: tool_choice }
          : { type: 'tool', toolName: tool_choice.function.name },
    }),
  };
}

function toPrompt(messages: ParsedRequest['messages']): LanguageModelV4Message[] {
  const toolNames = new Map<string, string>();
  return messages.map((message, index): LanguageModelV4Message => {
    const text = joinText(message.content ?? '', `messages[${index}].content`);
    switch (message.role) {
      case 'system':
      case 'developer':
        return { role: 'system', content: text };
      case 'user':
        return { role: 'user', content: [{ type: 'text', text }] };
      case 'assistant': {
        const calls = (message.tool_calls ?? []).map((call): LanguageModelV4ToolCallPart => {
          toolNames.set(call.id, call.function.name);
          const { name, arguments: input } = call.function;
          return {
            type: 'tool-call',
            toolCallId: call.id,
            toolName: name,
            input: parseArguments(input, index),
          };
        });
        return {
          role: 'assistant',
          content: [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...calls],
        };
      }
      case 'tool': {
        const toolName = toolNames.get(message.tool_call_id);
        if (toolName === undefined) {
          const param = `messages[${index}].tool_call_id`;
          throw invalidRequest({
            message: `${param}: No message before it calls a tool with this id.`,
            param,
          });
        }
        const output = { type: 'text' as const, value: text };
        return {
          role: 'tool',
          content: [{ type: 'tool-result', toolCallId: message.tool_call_id, toolName, output }],
        };
      }
    }
  });
}

function parseArguments(input: string, index: number): unknown {
  try {
    return input.trim() === '' ? {} : JSON.parse(input);
  } catch {
    const param = `messages[${index}].tool_calls`;
    throw invalidRequest({ message: `${param}: The arguments of a call are no JSON.`, param });
  }
}

function joinText(content: z.infer<typeof messageContent>, path: string): string {
  if (typeof content === 'string') return content;
  return content
    .map(({ type, text, refusal }, index) => {
      const param = `${path}[${index}]`;
      if (type !== 'text' && type !== 'refusal') {
        throw invalidRequest({
          message: `${param}: A part of type ${JSON.stringify(type)} is not supported; this server takes text parts only.`,
          code: 'unsupported_content',
          param,
        });
      }
      const given = type === 'text' ? text : refusal;
      if (typeof given === 'string') return given;
      throw invalidRequest({ message: `${param}.${type}: It must be a string.`, param: `${param}.${type}` });
    })
    .join('');
}
