// Run in .cache/tensorflow by `make native`: whether TensorFlow is there, seen by what it computes.
import { openNative } from "../adapter/open_native.ts";

const tf = await openNative(Deno.cwd());
const [sum] = await tf.sum(tf.matMul(tf.ones([3, 4]), tf.ones([4, 5]))).data();
if (sum !== 60 || tf.getBackend() !== "tensorflow") throw new Error(`${tf.getBackend()} gives ${sum}, not 60`);
