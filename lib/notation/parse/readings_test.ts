import assert from "node:assert/strict";
import { parse } from "./parse.ts";

const said = (text: string) =>
  parse(text).slots.map(({ kind, ...rest }) =>
    [kind, ...Object.entries(rest).map(([k, v]) => v === true ? k : v)].join(" ")
  )
    .sort();

/** What is read of each text, one class of readings a test. */
const READINGS: Record<string, Record<string, readonly string[]>> = {
  "takes no other word for a misspelt one": {
    "привет правой рукой": [],
    "читаю сказку, держу её": [],
    "three checks, hands on the iliac crests": ["contact left hip", "contact right hip"],
    "превет, рукох вверх": ["limb arm left high", "limb arm right high"],
  },
  "hears what is denied, and no more": {
    "левая рука в сторону, другую не поднимает": ["limb arm left side", "limb arm right raised not"],
    "правая рука в сторону, выше плеч не поднимает": ["limb arm right side"],
    "right arm to the side without raising it": ["limb arm right side"],
    "hands on hips, nothing raised": ["contact left hip", "contact right hip"],
    "she doesn't raise the right hand": ["limb arm right raised not"],
    "not the right one - the other hand goes behind the head": ["contact left head_back"],
    "can't hear - left hand at the ear": ["contact left ear near"],
    "ноги не расставлять": [],
  },
  "leaves to others that they sit, lie and bend": {
    "a dog that sits in front of me, arms forward": ["limb arm left forward", "limb arm right forward"],
    "на плече сидит попугай, правая рука вперёд": ["limb arm right forward"],
    "рука там, где сидит котёнок": [],
    "крыша лежит на голове": [],
    "the left hand sits on the hip": ["contact left hip"],
    "a monk sits on the floor": ["posture floor"],
    "a bow on my head, the tree bends over my head": [],
    "берёзка гнётся, руки вверх": ["limb arm left high", "limb arm right high"],
  },
  "tells how one stands from how an arm is": {
    "left arm bent, stand straight": ["bend elbow left bent", "posture standing"],
    "stands up straight with the left hand on the hip": ["contact left hip", "posture standing"],
    "right arm bends over my head": ["bend elbow right bent", "limb arm right place high"],
    "both arms straight": ["bend elbow left straight", "bend elbow right straight"],
  },
  "claps on what is named": {
    "хлопает себя правой рукой по левому плечу": ["contact right shoulder left"],
    "хлопает в ладоши": ["clasp"],
    "slaps the knee with the right hand": ["contact right knee"],
  },
  "knows the movements of joints": {
    "full flexion of both shoulders": ["limb arm left place high", "limb arm right place high"],
    "right shoulder abducted to 90°, elbow flexed": ["bend elbow any bent", "limb upper_arm right side middle"],
    "right shoulder abducted about 35°, neutral rotation": ["limb arm right side low"],
    "right upper arm vertical, forearm forward": ["limb forearm right forward"],
    "both shoulders flexed to the ears": ["limb arm left place high", "limb arm right place high"],
    "right hip flexed and externally rotated": [],
    "slight neck extension": ["head up"],
    "lateral flexion of the neck to the right": ["head tilt-right"],
    "приведение левой руки за среднюю линию": ["limb arm left across"],
    "сгибание в плечевом суставе правой руки": ["limb arm right forward"],
    "отведение правой ноги назад": ["limb leg right back"],
    "супинация правого предплечья": ["palm right up"],
    "сгибание в локтевых суставах на 90°": ["bend elbow left right_angle", "bend elbow right right_angle"],
    "left hip flexion to 90°, knee flexion": ["bend knee left bent", "limb leg left forward middle"],
    "knee flexion on the right": ["bend knee right bent"],
  },
  "tells above and below from level": {
    "right arm to the side below the horizontal": ["limb arm right side low"],
    "правая рука в сторону чуть выше горизонтали": ["limb arm right side"],
    "right palm parallel to the floor": [],
    "прямые руки держит над ними горизонтально": [
      "bend elbow left straight",
      "bend elbow right straight",
      "limb arm left middle",
      "limb arm right middle",
    ],
    "back horizontal": ["lean forward"],
    "right arm forward, between waist height and shoulder height": ["limb arm right forward"],
  },
  "finds whose side or part it is": {
    "одна рука вертикально вверх — левая, а правая точно в сторону": [
      "limb arm left place high",
      "limb arm right side",
    ],
    "one arm up, the left one": ["limb arm left high"],
    "only the left foot steps out to the side": ["step left side"],
    "в выпаде, впереди правая": ["limb leg right forward", "posture lunge"],
    "батман левой вперёд": ["limb leg left forward"],
    "правая рука вперёд, ладонь «стоп», левая вбок": ["limb arm left side", "limb arm right forward"],
    "корпус отклоняется влево": ["lean left"],
    "brings the left knee to the belt and lifts both hands to the ceiling": [
      "limb arm left high",
      "limb arm right high",
      "limb thigh left raised",
    ],
    "wings out": ["limb arm left side", "limb arm right side"],
  },
  "kneels and sits by set phrases, and lays hands on knees": {
    "hands on one knee": ["contact left knee", "contact right knee"],
    "ладонь почти на колене": ["contact any knee near"],
    "стоит на коленке, руки в стороны": ["limb arm left side", "limb arm right side", "posture half_kneeling"],
    "стоит на правом колене, обе ладони положил на левое, которое поднято": [
      "contact left knee left",
      "contact right knee left",
      "posture half_kneeling right",
    ],
    "сидит по-турецки": ["crossed legs", "posture floor"],
    "criss cross applesauce": ["crossed legs", "posture floor"],
    "лёжа на животе, кисть под лбом": ["contact any forehead", "posture lying_front"],
    "ноги подкосились": ["bend knee left bent", "bend knee right bent"],
  },
};

for (const [what, readings] of Object.entries(READINGS)) {
  Deno.test(`parse() ${what}`, () => {
    for (const [text, slots] of Object.entries(readings)) assert.deepEqual(said(text), [...slots].sort(), text);
  });
}
