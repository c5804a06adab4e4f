/**
 * Opens a player of two figures in Chromium and uses it as a person does: `deno run --allow-all drive_player.ts FILE CHROMIUM`. A
 * process of its own, as Playwright asks for all permissions. Prints what was seen, as JSON.
 */
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [file = "", executablePath = ""] = Deno.args;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 480, height: 640 } });
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => faults.push(message.text()));
  page.on("request", (request) => {
    if (!/^(data|file):/.test(request.url())) faults.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  const time = async () => Number(await page.locator("#scrub").inputValue());
  const picture = async () => (await page.locator("#figure").screenshot()).toString("base64");
  // The page's own policy forbids the browser to evaluate what Playwright would wait for.
  const until = async (holds: () => Promise<boolean>) => {
    for (let i = 0; i < 100 && !await holds(); i++) await page.waitForTimeout(50);
  };
  await until(async () => await time() > 0.1);
  await page.keyboard.press("Space");
  const paused = await time();
  await page.keyboard.press("ArrowRight");
  await until(async () => await time() !== paused);
  const step = await time() - paused;
  const caption = () => page.locator("#caption").textContent();
  const first = await caption();
  await page.locator("#scrub").fill("3.5");
  await until(async () => await caption() !== first);
  const scrubbed = await caption();
  const box = await page.locator("#figure").boundingBox() ?? { x: 0, y: 0, width: 0, height: 0 };
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const before = await picture();
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 120, y + 30);
  await page.mouse.up();
  await page.mouse.move(0, 0);
  const turned = await picture() !== before;
  await page.locator("#usual").click();
  const tips: (string | null)[][] = [];
  for (const middle of [0.25, 0.75]) {
    const seen = new Set<string | null>();
    for (let i = 5; i < 45; i++) {
      await page.mouse.move(box.x + box.width * middle, box.y + box.height * i / 50);
      if (await page.locator("#tip").isVisible()) seen.add(await page.locator("#tip").textContent());
    }
    tips.push([...seen]);
  }
  await page.locator("#language").click();
  const side = await page.locator("#side").textContent();
  console.log(JSON.stringify({ faults, step, caption: scrubbed, turned, tips, side }));
} finally {
  await browser.close();
}
