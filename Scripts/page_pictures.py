"""Pictures of the hub's page for the documentation: of a hub that is filled for them."""
import json
import os
import subprocess

from PIL import Image

# Of one picture, in bytes: they are kept in the repository.
LIMIT = 120_000
HEIGHT = 1_250
NAMES = {
    "en-GB": ["red armbands 1", "red armbands 2", "office", "red armbands 3"],
    "zh-CN": ["红袖章一队", "红袖章二队", "办公室", "红袖章三队"],
}
NOTES = {
    "en-GB": ["cleared the fire exit", "asked a stall to move in", "lamp out, told the community", ""],
    "zh-CN": ["已清理消防通道", "劝导摊位入店经营", "路灯不亮，已告知社区", ""],
}
# Which of them the pages show: `docs/pictures/LANGUAGE/NAME.png`.
SHOWN = {"tonight": "/", "conflicts": "/conflicts", "reports": "/reports", "health": "/health"}
FOLDERS = {"en-GB": "en", "zh-CN": "zh-Hans"}


class Filled:
    """A hub with a night's work, in one language."""

    def __init__(self, programs, folder, locale):
        self.programs, self.locale = programs, locale
        self.folder = os.path.join(folder, "pictures-" + locale)
        os.mkdir(self.folder)
        sample = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Tests", "SampleData")
        self.run("sync-hub", "init", "--data", "hub", "--space", "南大街" if locale == "zh-CN" else "South Street")
        self.run("sync-hub", "point", "import", os.path.join(sample, "points.csv"), "--data", "hub")
        with open(os.path.join(self.folder, "served.json"), "w") as out, open(os.path.join(self.folder, "hub.log"), "w") as log:
            self.hub = subprocess.Popen(
                [f"{programs}/sync-hub", "serve", "--data", "hub", "--listen", "127.0.0.1:0", "--json"],
                cwd=self.folder, stdout=out, stderr=log)
        try:
            self.url = self.served()
            self.fill()
        except BaseException:
            self.end()
            raise

    def end(self):
        self.hub.terminate()
        self.hub.wait()

    def run(self, program, *arguments):
        done = subprocess.run(
            [f"{self.programs}/{program}", *arguments], cwd=self.folder, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{program} {arguments}: {done.stdout}{done.stderr}")
        return done.stdout

    def served(self):
        for _ in range(200):
            with open(os.path.join(self.folder, "served.json")) as file:
                text = file.read()
            if text.strip():
                return json.loads(text)["url"]
            try:
                self.hub.wait(0.1)
                raise SystemExit("the hub for pictures ended")
            except subprocess.TimeoutExpired:
                pass
        raise SystemExit("the hub for pictures does not start")

    def field(self, device, *arguments):
        return self.run("sync-field", *arguments, "--replica", f"{device}.sqlite")

    def fill(self):
        for device, name in enumerate(NAMES[self.locale][:2]):
            made = self.run("sync-hub", "invite", "--name", name, "--url", self.url, "--data", "hub", "--json")
            self.field(device, "init", "--name", name)
            self.field(device, "join", json.loads(made)["invite"])
            self.field(device, "sync")
        for number in range(1, 120):
            if number % 3 == 0 or 40 < number < 60:
                continue
            note = NOTES[self.locale][number % 4]
            more = ["--note", note] if note else []
            self.field(
                number % 2, "stop", "add", "--point", f"NDJ-{number:03d}", "--mode", "foot", "--team-size", "3",
                "--people-helped", str(number % 3), *more)
        for point, category in [("NDJ-012", "extinguisher_expired"), ("NDJ-047", "fire_lane_blocked"), ("NDJ-071", "noise")]:
            self.field(0, "hazard", "add", "--category", category, "--point", point)
        hazard = json.loads(self.field(0, "hazard", "list", "--json"))[0]["id"]
        self.field(0, "hazard", "assign", hazard, "urban_management")
        for device in [0, 1, 0]:
            self.field(device, "sync")
        # A conflict to decide.
        stop = json.loads(self.field(0, "stop", "list", "--json"))[-1]["id"]
        for device in [0, 1]:
            self.field(device, "stop", "edit", stop, "--note", NOTES[self.locale][device])
        for device in [0, 1]:
            self.field(device, "sync")
        self.hazard = hazard
        self.run("sync-hub", "invite", "--name", NAMES[self.locale][2], "--role", "auditor", "--data", "hub", "--json")
        self.run("sync-hub", "backup", "--into", "shelf", "--keep", "7d", "--data", "hub")

    def link(self):
        made = json.loads(self.run("sync-hub", "page", "--data", "hub", "--json"))["link"]
        return self.url + "/in/" + made.rsplit("/", 1)[1]


def reduced(path):
    """Fewer colours: a page has few. Returns the size in bytes."""
    image = Image.open(path).convert("RGB")
    for colours in [64, 32, 16]:
        image.quantize(colors=colours, method=Image.Quantize.MEDIANCUT).save(path, optimize=True)
        if os.path.getsize(path) < LIMIT:
            break
    return os.path.getsize(path)


def take(browser, programs, folder, target):
    """Yields each picture's name and size: `en/PAGE.png`, `zh-Hans/PAGE.png`."""
    for locale in NAMES:
        hub = Filled(programs, folder, locale)
        os.makedirs(os.path.join(target, FOLDERS[locale]), exist_ok=True)

        def kept(page, name, width):
            # Where this hub's files lie is of no interest.
            page.evaluate(
                "folder => { for (const e of document.querySelectorAll('dd.code'))"
                " if (e.textContent.startsWith(folder)) e.textContent = '/var/backups/fieldsync'; }", hub.folder)
            file = f"{FOLDERS[locale]}/{name}.png"
            height = page.evaluate("document.documentElement.scrollHeight")
            page.screenshot(
                path=os.path.join(target, file), full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": min(height, HEIGHT)})
            return file, reduced(os.path.join(target, file))

        def signed_in(width):
            page = browser.new_context(
                viewport={"width": width, "height": 780}, locale=locale, color_scheme="light").new_page()
            page.goto(hub.link())
            page.click("main button")
            page.wait_for_url(hub.url + "/")
            return page

        try:
            page = signed_in(1_280)
            for name, path in dict(SHOWN, record=f"/records/hazards/{hub.hazard}").items():
                page.goto(hub.url + path)
                yield kept(page, name, 1_280)
            # An invite that was just made, with its code to scan.
            page.goto(hub.url + "/devices")
            page.fill("form[action='/invite'] input[name=name]", NAMES[locale][3])
            page.click("form[action='/invite'] button")
            page.locator("pre.invite").wait_for()
            yield kept(page, "devices", 1_280)
            page.context.close()
            page = signed_in(360)
            yield kept(page, "phone", 360)
            page.context.close()
        finally:
            hub.end()
