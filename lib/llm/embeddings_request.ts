/** A client's wish for embeddings of the embedded runtime: read, checked, answered. */
import { z } from "zod";
import { ApiError } from "./api_error.ts";
import { invalid, parseJson } from "./chat_request.ts";
import type { Embeddings } from "./engine.ts";

const embeddingsRequest = z.object({
  model: z.string().min(1),
  input: z.union([z.string().min(1).transform((text) => [text]), z.array(z.string().min(1)).min(1).max(2048)], {
    error: "must be a text or a list of texts, none of them empty",
  }),
  encoding_format: z.enum(["float", "base64"]).nullish(),
});

/** A checked request for embeddings. */
export type EmbeddingsRequest = z.infer<typeof embeddingsRequest>;

/**
 * Checks the body of an embeddings request.
 *
 * @param text The body as it came.
 * @throws {ApiError} Status 400, naming the field and what it must be.
 */
export function parseEmbeddingsRequest(text: string): EmbeddingsRequest {
  const body = parseJson(text);
  if (body["dimensions"] !== undefined && body["dimensions"] !== null) {
    throw new ApiError(400, "The embedded runtime does not shorten embeddings", {
      code: "unsupported_parameter",
      param: "dimensions",
    });
  }
  const parsed = embeddingsRequest.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error);
}

/**
 * The answer in OpenAI's form.
 *
 * @param asked The request.
 * @param embeddings The vectors.
 */
export function embeddingsAnswer(asked: EmbeddingsRequest, { vectors, promptTokens }: Embeddings): Response {
  return Response.json({
    object: "list",
    data: vectors.map((vector, index) => ({
      object: "embedding",
      index,
      embedding: asked.encoding_format === "base64" ? base64(vector) : vector,
    })),
    model: asked.model,
    usage: { prompt_tokens: promptTokens, total_tokens: promptTokens },
  });
}

/** Numbers of 32 bits, the least significant byte first. */
function base64(vector: readonly number[]): string {
  const bytes = new DataView(new ArrayBuffer(vector.length * 4));
  vector.forEach((value, i) => bytes.setFloat32(i * 4, value, true));
  return new Uint8Array(bytes.buffer).toBase64();
}
