/**
 * Our TF-IDF over the library's descriptions, a query at a time: beside `lib/dev/peers/sklearn_tfidf.py`.
 *
 * @module
 */
import { describedPoses, loadLibrary } from "../../library/mod.ts";
import { createRetriever } from "../../retrieve/mod.ts";
import { answerRounds } from "./answer_rounds.ts";

const { queries } = JSON.parse(await Deno.readTextFile(".cache/bench/tfidf.json")) as { queries: string[] };
await using retriever = await createRetriever("tfidf", describedPoses(await loadLibrary()));

await answerRounds({
  "one": async () => {
    const scores: number[] = [];
    for (const query of queries) scores.push((await retriever.search(query, 5))[0]?.score ?? 0);
    return () => ({ queries: scores.length, scores });
  },
});
