import { z } from "zod";
import { defineTool } from "./define_tool.ts";
import { askApi, type PoseApiAddress } from "./pose_api.ts";

const MOST_CHARACTERS = 500;
const MOST_RESULTS = 10;

const answer = z.object({
  answered: z.boolean(),
  results: z.array(z.object({ id: z.string(), score: z.number(), description: z.string() })),
});

/** `search_poses`: the verified poses that a description means. */
export const searchPoses = (api: PoseApiAddress) =>
  defineTool({
    name: "search_poses",
    description: "Finds poses of the library by a description in English or Russian, best first",
    parameters: z.strictObject({
      query: z.string().min(1).max(MOST_CHARACTERS).describe("how the figure stands, as 'both arms up'"),
      k: z.int().min(1).max(MOST_RESULTS).optional().describe("how many; usually 5"),
    }),
    async run(args, { signal }) {
      const response = await askApi(api, "/poses/search", { body: { k: 5, ...args }, ...(signal && { signal }) });
      const { answered, results } = answer.parse(await response.json());
      const found = results.map(({ id, score, description }) => ({
        pose_id: id,
        score: Number(score.toFixed(2)),
        description,
      }));
      return answered ? { found } : { found: [], nearest: found };
    },
  });
