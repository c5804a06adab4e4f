/** Looks up an environment variable; empty and blank count as absent. */
export type Environment = (name: string) => string | undefined;

/**
 * This process's environment. The only place in `lib/llm` that reads it, so that a test gives its own.
 *
 * @param name The variable.
 */
export function processEnvironment(name: string): string | undefined {
  return Deno.env.get(name);
}

/**
 * An environment given as an object, in the place of this process's own.
 *
 * @param variables All of it.
 */
export function environmentOf(variables: Readonly<Record<string, string>>): Environment {
  return (name) => variables[name];
}

/** A variable's value without the blanks around it, or nothing. */
export function read(environment: Environment, name: string): string | undefined {
  return environment(name)?.trim() || undefined;
}
