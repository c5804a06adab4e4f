/** What the player says, in English and Russian. */
export const WORDS = {
  en: {
    play: "Play",
    pause: "Pause",
    time: "Time",
    speed: "Speed",
    loop: "Loop",
    views: { front: "Front", usual: "Three-quarter", side: "Side" },
    help:
      "Drag the figure to turn it; point at a joint for its name. Keys: space plays, ← → step, ↑ ↓ speed, L loop, R view.",
    other: "Русский",
    joints: {
      pelvis: "pelvis",
      spine: "spine",
      neck: "neck",
      head: "head",
      shoulder: "shoulder",
      elbow: "elbow",
      wrist: "wrist",
      hip: "hip",
      knee: "knee",
      ankle: "ankle",
      foot: "ball of the foot",
    },
    side: (side, joint) => `${side} ${joint}`,
  },
  ru: {
    play: "Играть",
    pause: "Пауза",
    time: "Время",
    speed: "Скорость",
    loop: "По кругу",
    views: { front: "Спереди", usual: "Вполоборота", side: "Сбоку" },
    help:
      "Тяните фигуру, чтобы повернуть; наведите на сустав, чтобы узнать имя. Клавиши: пробел играет, ← → по кадру, ↑ ↓ скорость, L по кругу, R вид.",
    other: "English",
    joints: {
      pelvis: "таз",
      spine: "поясница",
      neck: "шея",
      head: "голова",
      shoulder: ["плечо", "ое"],
      elbow: ["локоть", "ый"],
      wrist: ["запястье", "ое"],
      hip: ["бедро", "ое"],
      knee: ["колено", "ое"],
      ankle: ["лодыжка", "ая"],
      foot: ["носок", "ый"],
    },
    side: (side, [joint, ending]) => `${side === "left" ? "лев" : "прав"}${ending} ${joint}`,
  },
};

/** A joint's name in a language. */
export function jointName(joint, words) {
  const [, side, part] = /^(left|right)_(.*)$/.exec(joint) ?? [];
  return side ? words.side(side, words.joints[part]) : words.joints[joint];
}
