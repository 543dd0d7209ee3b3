// Drives a gateway with the official client: node drive.mjs STEP URL [CONTROL]
// Prints one JSON line with what it saw; what must not happen ends with exit code 1.
import OpenAI, { APIUserAbortError } from 'openai';

const [step, url, control] = process.argv.slice(2);
const client = new OpenAI({ baseURL: url, apiKey: 'unused', maxRetries: 0 });
const messages = [{ role: 'user', content: 'What is the capital of France?' }];
const tools = [
  {
    type: 'function',
    function: {
      name: 'weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } } },
    },
  },
];

async function collect(model, more = {}) {
  const stream = await client.chat.completions.create({ model, messages, stream: true, ...more });
  let text = '';
  let call = '';
  let finish = null;
  for await (const chunk of stream) {
    const choice = chunk.choices[0];
    text += choice?.delta?.content ?? '';
    call += choice?.delta?.tool_calls?.[0]?.function?.arguments ?? '';
    finish = choice?.finish_reason ?? finish;
  }
  return { text, call, finish };
}

const steps = {
  async chat(model) {
    const { data, response } = await client.chat.completions
      .create({ model, messages })
      .withResponse();
    return {
      text: data.choices[0].message.content,
      finish: data.choices[0].finish_reason,
      model: response.headers.get('x-tierwise-model'),
    };
  },

  async stream(model) {
    return collect(model);
  },

  async tools(model) {
    const answer = await client.chat.completions.create({ model, messages, tools });
    const streamed = await collect(model, { tools });
    const call = answer.choices[0].message.tool_calls[0].function;
    return {
      name: call.name,
      arguments: call.arguments,
      finish: answer.choices[0].finish_reason,
      streamed,
    };
  },

  async abort(model) {
    const abort = new AbortController();
    const stream = await client.chat.completions.create(
      { model, messages, stream: true },
      { signal: abort.signal },
    );
    let chunks = 0;
    try {
      for await (const _ of stream) {
        chunks++;
        abort.abort();
      }
    } catch (error) {
      if (!(error instanceof APIUserAbortError)) throw error;
    }
    // the gateway must let go of the upstream while this process still lives
    const deadline = Date.now() + 1000;
    let active = -1;
    while (active !== 0 && Date.now() < deadline) {
      active = (await (await fetch(`${control}/_fake/state`)).json()).active;
    }
    return { chunks, active };
  },

  async cut(model) {
    try {
      const whole = await collect(model);
      return { threw: false, whole };
    } catch (error) {
      return { threw: true, message: String(error.message), code: error.code ?? null };
    }
  },
};

const seen = {};
for (const model of ['openai', 'ollama']) {
  seen[model] = await steps[step](model);
}
console.log(JSON.stringify(seen));
