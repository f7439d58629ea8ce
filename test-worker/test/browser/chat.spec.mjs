// Drives the chat page in a real browser, against a server of its own or the one at LUNORA_URL.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, skip } from "../../../js-client/test/browser/chromium.mjs";
import { secret, STORAGE_VARIABLE } from "../../tools/token.mjs";
import { DevServer, freePort } from "../support/dev-server.mjs";
import { root } from "../support/harness.mjs";

const LIVE_MS = 10_000;
const SCREENSHOTS = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));
const COME_BACK_MS = 60_000;
const given = process.env.LUNORA_URL;

/** A picture of one pixel. */
const DOT = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64");

// Made before wrangler reads the file that it is in.
secret(root, STORAGE_VARIABLE);

describe("the chat page", { skip, timeout: 300_000 }, () => {
  let browser;
  let url = given;
  let server;
  let port;
  let directory;
  const tabs = [];
  const complaints = [];
  // A channel of its own per run, so that a server with old data does not matter.
  const channel = `browser-${Date.now().toString(36)}`;

  before(async () => {
    if (given === undefined) {
      port = await freePort();
      directory = mkdtempSync(join(tmpdir(), "lunora-browser-"));
      server = await DevServer.start(port, directory);
      url = server.url;
    }
    mkdirSync(SCREENSHOTS, { recursive: true });
    browser = await launch();
  });

  afterEach(async () => {
    for (const tab of tabs.splice(0)) await tab.context().close();
    assert.deepEqual(complaints.splice(0), [], "the browser reported errors, or the page broke its own policy");
  });

  after(async () => {
    await browser?.close();
    await server?.kill();
    if (directory) rmSync(directory, { recursive: true, force: true });
  });

  /** A tab of a reader of its own: nothing is shared with other tabs, as between two machines. */
  async function open(name, options = {}) {
    const context = await browser.newContext(options.context);
    context.setDefaultTimeout(LIVE_MS);
    const tab = await context.newPage();
    tabs.push(tab);
    tab.on("pageerror", (error) => complaints.push(`${name}: ${error}`));
    tab.on("console", (line) => {
      // Refused calls are logged by the browser itself; the tests that cause them look at the toast.
      if (line.type() === "error" && !/Failed to load resource|WebSocket connection to/.test(line.text())) complaints.push(`${name}: ${line.text()}`);
    });
    await tab.goto(`${url.replace(/\/$/, "")}/#${options.channel ?? channel}`);
    await tab.getByTestId("connection").and(tab.locator('[data-status="open"]')).waitFor();
    await tab.getByTestId("author-input").fill(name);
    await tab.getByTestId("author-input").press("Tab");
    return tab;
  }

  const send = async (tab, body) => {
    await tab.getByTestId("composer-input").fill(body);
    await tab.getByTestId("composer-input").press("Enter");
  };
  const message = (tab, body) => tab.getByTestId("message").filter({ hasText: body });
  const bodies = (tab) => tab.getByTestId("message-body").allTextContents();

  test("two tabs chat live; edits and deletes show in both", async () => {
    const ada = await open("Ada");
    const grace = await open("Grace");
    await ada.getByTestId("empty").waitFor();

    await send(ada, "Hello from Ada");
    await message(grace, "Hello from Ada").waitFor();
    await send(grace, "Hello from Grace");
    await message(ada, "Hello from Grace").waitFor();
    await send(ada, "A third <b>message</b>");
    await message(grace, "A third <b>message</b>").waitFor();
    const expected = ["Hello from Ada", "Hello from Grace", "A third <b>message</b>"];
    await message(ada, "A third").waitFor();
    assert.deepEqual(await bodies(ada), expected);
    assert.deepEqual(await bodies(grace), expected);
    assert.equal(await ada.getByTestId("pending-message").count(), 0);
    assert.equal(await ada.getByTestId("empty").isVisible(), false);

    assert.equal(await message(grace, "Hello from Ada").getByTestId("edit").isVisible(), false, "only own messages");
    const own = message(ada, "Hello from Ada");
    await own.hover();
    await own.getByTestId("edit").click();
    await ada.getByTestId("edit-input").fill("Edited by Ada");
    await ada.getByTestId("save-edit").click();
    await message(grace, "Edited by Ada").waitFor();
    await message(ada, "Edited by Ada").waitFor();

    const theirs = message(grace, "Hello from Grace");
    await theirs.hover();
    await theirs.getByTestId("remove").click();
    await theirs.getByTestId("remove").click();
    await message(ada, "Hello from Grace").waitFor({ state: "detached" });
    await theirs.waitFor({ state: "detached" });
    assert.deepEqual(await bodies(ada), ["Edited by Ada", "A third <b>message</b>"]);
    assert.deepEqual(await bodies(grace), await bodies(ada));
    await ada.screenshot({ path: join(SCREENSHOTS, "chat.png") });
  });

  const ownServer = given === undefined ? false : "the server at LUNORA_URL is not ours to kill";
  test("the server is killed and started again: history is there, both tabs come back", { skip: ownServer }, async () => {
    const ada = await open("Ada", { channel: `${channel}-kill` });
    const grace = await open("Grace", { channel: `${channel}-kill` });
    await send(ada, "before the crash");
    await message(grace, "before the crash").waitFor();
    const status = (tab, value) => tab.locator(`[data-testid="connection"][data-status="${value}"]`);
    await server.kill();
    await Promise.all([ada, grace].map((tab) => tab.locator('[data-testid="connection"]:not([data-status="open"])').waitFor()));
    await ada.screenshot({ path: join(SCREENSHOTS, "chat-server-gone.png") });
    server = await DevServer.start(port, directory);
    await Promise.all([ada, grace].map((tab) => status(tab, "open").waitFor({ timeout: COME_BACK_MS })));
    // Nobody reloads: what comes now comes over the sockets that the tabs opened again.
    await send(grace, "after the crash");
    await message(ada, "after the crash").waitFor();
    await message(grace, "after the crash").waitFor();
    const expected = ["before the crash", "after the crash"];
    assert.deepEqual(await bodies(ada), expected);
    assert.deepEqual(await bodies(grace), expected);
    const late = await open("Late", { channel: `${channel}-kill` });
    await message(late, "after the crash").waitFor();
    assert.deepEqual(await bodies(late), expected);
    await grace.screenshot({ path: join(SCREENSHOTS, "chat-after-restart.png") });
  });

  test("a picture goes from one browser to the bucket and to the other", async () => {
    const ada = await open("Ada", { channel: `${channel}-pictures` });
    const grace = await open("Grace", { channel: `${channel}-pictures` });
    await ada.getByTestId("picture-input").setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: DOT });
    for (const tab of [ada, grace]) {
      await tab.getByTestId("message-picture").waitFor();
      await tab.waitForFunction(() => document.querySelector('[data-testid="message-picture"]').naturalWidth === 1);
    }
    await ada.getByTestId("picture-input").setInputFiles({ name: "none.png", mimeType: "image/png", buffer: Buffer.alloc(0) });
    await ada.getByTestId("error").filter({ hasText: "Choose another picture." }).waitFor();
    await ada.getByTestId("message").hover();
    assert.equal(await ada.getByTestId("edit").isVisible(), false, "a picture has no text to edit");
    assert.equal(await ada.getByTestId("remove").isVisible(), true);
    const src = await grace.getByTestId("message-picture").getAttribute("src");
    assert.deepEqual(Buffer.from(await (await fetch(src)).arrayBuffer()), DOT);
  });

  test("likes count up in every tab", async () => {
    const ada = await open("Ada");
    const grace = await open("Grace");
    const count = (tab) => tab.getByTestId("likes-count");
    await count(ada).filter({ hasText: /^0$/ }).waitFor();
    await ada.getByTestId("likes").click();
    await count(grace).filter({ hasText: /^1$/ }).waitFor();
    await grace.getByTestId("likes").click();
    await count(ada).filter({ hasText: /^2$/ }).waitFor();
  });

  test("channels are apart, and a reader can type the name of another one", async () => {
    const ada = await open("Ada", { channel: `${channel}-a` });
    const grace = await open("Grace", { channel: `${channel}-a` });
    await send(ada, "only in a");
    await message(grace, "only in a").waitFor();
    await grace.getByTestId("channel-select").fill(`${channel}-b`);
    await grace.getByTestId("channel-select").press("Enter");
    await grace.getByTestId("empty").waitFor();
    assert.equal(await grace.getByTestId("room-title").textContent(), `#${channel}-b`);
    await send(grace, "only in b");
    await message(grace, "only in b").waitFor();
    await grace.goBack();
    await message(grace, "only in a").waitFor();
    assert.deepEqual(await bodies(ada), ["only in a"]);
  });

  test("what is written in a channel goes there, however late it is sent, and each has its draft", async () => {
    const [here, there] = [`${channel}-here`, `${channel}-there`];
    const ada = await open("Ada", { channel: here });
    const input = ada.getByTestId("composer-input");
    const go = async (name) => {
      await ada.getByTestId("channel-select").fill(name);
      await ada.getByTestId("channel-select").press("Enter");
      await ada.getByTestId("room-title").filter({ hasText: `#${name}` }).waitFor();
    };
    let letGo;
    const held = new Promise((resolve) => (letGo = resolve));
    await ada.route("**/_lunora/rpc", async (route) => {
      await held;
      await route.continue();
    });
    await send(ada, "first");
    // Its turn comes when the first is answered, and by then another channel is on screen.
    await send(ada, "second");
    await input.fill("a draft");
    await go(there);
    assert.equal(await input.inputValue(), "");
    letGo();
    await go(here);
    await message(ada, "second").waitFor();
    assert.deepEqual(await bodies(ada), ["first", "second"]);
    assert.equal(await input.inputValue(), "a draft");
    await go(there);
    await ada.getByTestId("empty").waitFor();
    assert.deepEqual(await bodies(ada), []);
  });

  test("a reader who scrolled up stays there and is told of news; others stay at the end", async () => {
    const context = { viewport: { width: 900, height: 520 } };
    const ada = await open("Ada", { channel: `${channel}-long`, context });
    const grace = await open("Grace", { channel: `${channel}-long`, context });
    for (let n = 1; n <= 20; n++) {
      await send(ada, `line ${n}.`);
      await message(ada, `line ${n}.`).waitFor();
    }
    await message(grace, "line 20.").waitFor();
    const fromEnd = (tab) => tab.locator("#scroll").evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);
    assert.ok((await fromEnd(grace)) < 5);
    await grace.locator("#scroll").evaluate((box) => box.scrollTo(0, 0));
    await send(ada, "the news");
    await message(grace, "the news").waitFor();
    await grace.locator("#newer").click();
    assert.ok((await fromEnd(grace)) < 5);
    assert.ok((await fromEnd(ada)) < 5);
  });

  test("everything works from the keyboard", async () => {
    const ada = await open("Ada", { channel: `${channel}-keys` });
    await ada.reload();
    await ada.getByTestId("empty").waitFor();
    assert.equal(await ada.getByTestId("author-input").inputValue(), "Ada", "the name is kept");
    await ada.keyboard.press("Tab");
    await ada.keyboard.press("Enter");
    await ada.keyboard.type("one");
    await ada.keyboard.press("Shift+Enter");
    await ada.keyboard.type("two");
    await ada.keyboard.press("Enter");
    await message(ada, "one").waitFor();
    assert.deepEqual(await bodies(ada), ["one\ntwo"]);
    await ada.keyboard.press("Shift+Tab");
    await ada.keyboard.press("Enter");
    assert.equal(await ada.locator(".armed").count(), 1, "Delete is the nearest button, and asks again");
    await ada.keyboard.press("Enter");
    await ada.getByTestId("empty").waitFor();
    await ada.keyboard.press("Tab");
    await ada.keyboard.type("next");
    assert.equal(await ada.getByTestId("composer-input").inputValue(), "next", "focus stayed near the deleted message");
  });

  test("a failure says its code and what to do, and gives the text back", async () => {
    const ada = await open("Ada", { channel: `${channel}-fail` });
    await ada.route("**/_lunora/rpc", (route) => route.abort());
    await send(ada, "lost?");
    const toast = ada.getByTestId("error");
    await toast.waitFor();
    assert.match(await toast.textContent(), /Could not send your message.*NETWORK_ERROR.*Check your network/);
    assert.equal(await ada.getByTestId("composer-input").inputValue(), "lost?");
    await ada.unroute("**/_lunora/rpc");
    await ada.getByTestId("send").click();
    await message(ada, "lost?").waitFor();
    await ada.screenshot({ path: join(SCREENSHOTS, "chat-error.png") });
  });

  test("it fits a phone and the dark", async () => {
    const context = { viewport: { width: 360, height: 720 }, colorScheme: "dark", hasTouch: true, isMobile: true };
    const ada = await open("Ada", { channel: `${channel}-phone`, context });
    await send(ada, `a long word ${"x".repeat(200)}`);
    await message(ada, "a long word").waitFor();
    const overflow = await ada.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
    await ada.screenshot({ path: join(SCREENSHOTS, "chat-phone-dark.png") });
  });
});
