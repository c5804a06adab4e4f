/** Whether anyone wrote into a generated notebook since it was generated: nothing of theirs is written over. */
import { createHash } from "node:crypto";
import { NAVIGATION } from "./course.ts";
import { type Notebook, SEAL, sourceOf } from "./notebook_file.ts";

/** What tells a notebook's texts and code from any others; outputs and navigation are nobody's answers. */
const sealOf = ({ cells }: Notebook): string =>
  createHash("sha256").update(JSON.stringify(cells.filter(({ id }) => id !== NAVIGATION).map(sourceOf))).digest("hex");

/** A generated notebook with what its cells hold now written down in its metadata; editors keep that. */
export const sealed = (notebook: Notebook): Notebook => ({
  ...notebook,
  metadata: { ...notebook.metadata, [SEAL]: sealOf(notebook) },
});

/** Whether a cell was changed, added or taken away since a notebook was sealed; so it counts where it never was. */
export const isWrittenInto = (notebook: Notebook): boolean => notebook.metadata[SEAL] !== sealOf(notebook);
