import { loadLibrary, describedPoses } from "../library/mod.ts";
import { createHybridRetriever } from "../retrieve/mod.ts";
const lib = await loadLibrary();
const docs = describedPoses(lib);
await using r = createHybridRetriever(docs, {embeddings:false});
for (const m of lib.choreography("squats")!.moves) for (const h of await r.search(m.describe.en,2)) console.log(m.pose, "|", m.describe.en, "|", h.id, h.score);
for (const q of ["x".repeat(20),"y".repeat(20)]) console.log(await r.search(q,1));
