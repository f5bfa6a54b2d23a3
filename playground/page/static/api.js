// Calls of the local Slack: what a person does there, and what only this page asks for.

export class CallError extends Error {}

async function post(path, given) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(given),
    });
  } catch {
    throw new CallError("The local Slack does not answer. Does `pipeline-bot try` still run?");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new CallError(answer.error ?? `The local Slack answered ${response.status}.`);
  return answer;
}

export const control = (name, given = {}) => post(`/_control/${name}`, given);
export const ask = (name, given = {}) => post(`/page/${name}`, given);

/** Whether something is offered at all: without a program around it, this Slack cannot start a bot. */
export async function offered(name, given = {}) {
  try {
    return await ask(name, given);
  } catch (error) {
    if (error instanceof CallError) return null;
    throw error;
  }
}
