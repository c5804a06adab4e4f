/** A linear map on embeddings that learns what they miss: left from right, and what people call a pose. */
export { adapt, type Adapter } from "./adapter.ts";
export { type AdapterPose, type AdapterTraining, trainAdapter } from "./train_adapter.ts";
export { type EmbeddedQuery, embedPoses, rightFirst } from "./embed_poses.ts";
export { E5_ADAPTER, readAdapter, writeAdapter } from "./stored_adapter.ts";
export { openTensors, TENSOR_BACKENDS, type TensorBackend, type TensorFlow, type Tensors } from "./tensors.ts";
