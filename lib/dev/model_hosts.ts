/**
 * Prints the hosts that a task may talk to, for its `--allow-net`: this machine, the model server that the environment
 * names, and the address that it is to listen at.
 *
 * @module
 */

/**
 * The hosts of the model servers that the environment names and the HOST to listen at, beside this machine.
 *
 * @param env Gives an environment variable's value.
 * @returns Host names or addresses, without ports; each once.
 */
export function modelHosts(env: (name: string) => string | undefined): string[] {
  const hosts = ["127.0.0.1", "localhost"];
  for (const name of ["OPENAI_BASE_URL", "OLLAMA_HOST"]) {
    const value = env(name)?.trim() ?? "";
    // Ollama takes "host:port" without a scheme.
    const address = value.includes("://") ? value : `http://${value}`;
    if (value !== "" && URL.canParse(address)) hosts.push(new URL(address).hostname);
  }
  const listen = env("HOST")?.trim() ?? "";
  if (/^[\w.-]+$/.test(listen)) hosts.push(listen);
  else if (/^[\da-f:]+$/i.test(listen)) hosts.push(`[${listen}]`);
  return [...new Set(hosts)];
}

if (import.meta.main) console.log(modelHosts((name) => Deno.env.get(name)).join(","));
