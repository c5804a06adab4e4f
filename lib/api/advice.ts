/** How to mend what is wrong with a pose, a sentence a fault, in English and Russian. */
import { BONE_LENGTH, distance, type Joint, type OutsideFault, PARENT, type Pose } from "../skeleton/mod.ts";

/** A sentence in both languages. Joints are named as in the pose. */
export interface Advice {
  /** The joint that the fault is told of, by the name that the client gave it. */
  readonly joint: string;
  /** In English. */
  readonly en: string;
  /** In Russian. */
  readonly ru: string;
}

const centimetres = (metres: number) => Math.max(1, Math.round(Math.abs(metres) * 100));

function boneAdvice(joint: Joint, { joints }: Pose): Omit<Advice, "joint"> {
  const parent = PARENT[joint] ?? joint;
  const [found, wanted] = [distance(joints[joint], joints[parent]), BONE_LENGTH[joint]];
  const [cm, whole] = [centimetres(found - wanted), (wanted * 100).toFixed(1)];
  return found > wanted
    ? {
      en: `Move ${joint} ${cm} cm nearer to ${parent}: that bone is ${whole} cm long`,
      ru: `Придвиньте ${joint} на ${cm} см к ${parent}: длина этой кости ${whole} см`,
    }
    : {
      en: `Move ${joint} ${cm} cm away from ${parent}: that bone is ${whole} cm long`,
      ru: `Отодвиньте ${joint} на ${cm} см от ${parent}: длина этой кости ${whole} см`,
    };
}

/** The number in a fault's message that is before a unit. */
const amountIn = (message: string, unit: "cm" | "°") =>
  message.match(unit === "cm" ? /(\d+(?:\.\d+)?) cm/ : /(-?\d+)° is outside (-?\d+)…(-?\d+)°/);

function limitAdvice(joint: string, message: string): Omit<Advice, "joint"> {
  const [, value = "", min = "", max = ""] = amountIn(message, "°") ?? [];
  const over = Number(value) > Number(max);
  const by = Math.round(over ? Number(value) - Number(max) : Number(min) - Number(value));
  const motion = message.replace(/^.*?: /, "").replace(/ -?\d+°.*$/, "");
  return {
    en: `Turn or bend ${joint} ${by}° ${over ? "less" : "the other way"} (${motion}, ${min}° to ${max}°)`,
    ru: `Согните или поверните ${joint} на ${by}° ${
      over ? "меньше" : "в другую сторону"
    } (${motion}, от ${min}° до ${max}°)`,
  };
}

/**
 * Advice for each fault that `validate` found, in their order.
 *
 * @param pose the pose that was checked.
 */
export function adviceFor(faults: readonly OutsideFault[], pose: Pose): Advice[] {
  return faults.map(({ code, joint, message }): Advice => {
    const cm = Math.max(1, Math.round(Number(amountIn(message, "cm")?.[1] ?? 1)));
    switch (code) {
      case "bone_length":
        return { joint, ...boneAdvice(joint as Joint, pose) };
      case "range_of_motion":
        return { joint, ...limitAdvice(joint, message) };
      case "floor":
        return {
          joint,
          en: `Lift ${joint} by ${cm} cm, or the whole figure: the floor is y = 0`,
          ru: `Поднимите ${joint} или всю фигуру на ${cm} см: пол на высоте y = 0`,
        };
      case "floating":
        return {
          joint,
          en: `Lower the whole figure by ${cm} cm, or say "airborne": true if it is meant to be in the air`,
          ru: `Опустите всю фигуру на ${cm} см или укажите "airborne": true, если она в прыжке`,
        };
      default:
        return { joint, en: message, ru: message };
    }
  });
}
