"""Drives the hub's page in Chromium; called by check-page.sh."""
import argparse
import json
import os
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile

from playwright.sync_api import sync_playwright


parser = argparse.ArgumentParser()
for name in ["bin", "url", "folder"]:
    parser.add_argument(name)
parser.add_argument("--pictures", help="a folder for pictures of the pages, in both languages")
options = parser.parse_args()
BIN, URL, FOLDER = options.bin, options.url, options.folder
checks = 0


def check(what, holds):
    global checks
    checks += 1
    print(("ok    " if holds else "FAILED ") + what)
    if not holds:
        sys.exit(1)


def run(program, *arguments):
    done = subprocess.run([f"{BIN}/{program}", *arguments], cwd=FOLDER, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{program} {arguments}: {done.stdout}{done.stderr}")
    return done.stdout


def field(name, *arguments):
    return run("sync-field", *arguments, "--replica", f"{name}.sqlite")


def link(*options):
    return json.loads(run("sync-hub", "page", "--data", "hub", "--json", *options))["link"]


def call(path, data=None, headers=None):
    """Without a browser: status and text."""
    body = None if data is None else urllib.parse.urlencode(data).encode()

    class Still(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    request = urllib.request.Request(URL + path, body, headers or {})
    try:
        with urllib.request.build_opener(Still).open(request) as answer:
            return answer.status, answer.read().decode(errors="replace"), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace"), error.headers


MARKUP = "<script>document.title='x'</script><b>&\"'"
SCAN = """() => {
  const bad = [];
  for (const e of document.querySelectorAll('input:not([type=hidden]),select')) {
    const named = e.labels && e.labels.length || e.getAttribute('aria-label');
    if (!named) bad.push('no label: ' + e.outerHTML);
  }
  for (const e of document.querySelectorAll('a,button,summary'))
    if (!(e.textContent || '').trim() && !e.getAttribute('aria-label')) bad.push('no name: ' + e.outerHTML);
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  for (const id of ids) if (ids.filter(i => i === id).length > 1) bad.push('twice: ' + id);
  if (!document.documentElement.lang) bad.push('no language');
  if (document.querySelectorAll('h1').length !== 1) bad.push('not one h1');
  if (!document.querySelector('main')) bad.push('no main');
  const rgb = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
  const back = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  for (const e of document.querySelectorAll('main *, header *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || e.closest('svg') || e.matches('option,title')) continue;
    const box = e.getBoundingClientRect(); if (box.width < 2) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(back(e))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.push('contrast ' + ratio.toFixed(2) + ': ' + e.outerHTML.slice(0, 80));
  }
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) bad.push('wider than the window by ' + wide);
  return bad;
}"""

PAGES = [
    "/", "/devices", "/records", "/records?collection=hazards", "/conflicts", "/reports",
    "/reports?from=&to=", "/reports?from=x", "/health", "/log",
]
FILES = [
    "/export/stops.csv", "/export/stops.xlsx", "/export/stops.geojson", "/reports/handover.txt",
    "/reports/period.html", "/reports/audit.html", "/checkpoint/1.json", "/checkpoint/1.note",
]


def sign_in(context, *options):
    page = context.new_page()
    page.goto(link(*options).replace(json.load(open(f"{FOLDER}/served.json"))["url"], URL))
    page.click("main button")
    page.wait_for_url(URL + "/")
    return page


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    complaints = []

    def context(width, height, locale, scheme="light"):
        made = browser.new_context(
            viewport={"width": width, "height": height}, locale=locale, color_scheme=scheme,
            accept_downloads=True)
        # A wrong date is asked for on purpose.
        made.on("console", lambda m: complaints.append(m.text) if m.type == "error" and "422" not in m.text else None)
        made.on("weberror", lambda e: complaints.append(str(e.error)))
        return made

    # Signed out, a link twice, a link that nobody made.
    desk = context(1280, 900, "en-GB")
    page = desk.new_page()
    page.goto(URL + "/")
    check("signed out: only how to sign in", "sync-hub page" in page.content() and page.locator("nav").count() == 0)
    complaints.clear()
    first = link()
    page.goto(first)
    page.click("main button")
    page.wait_for_url(URL + "/")
    secret = first.rsplit("/", 1)[1]
    check("a link works once", call("/in", {"secret": secret})[0] == 401)
    check("an invented link does not work", call("/in", {"secret": "0" * 32})[0] == 401)
    cookie = [c for c in desk.cookies() if c["name"] == "fieldsync_desk"][0]
    check("the cookie is HttpOnly and SameSite=Strict", cookie["httpOnly"] and cookie["sameSite"] == "Strict")

    # A stop arrives while the page is open.
    check("nobody has reached a point yet", "Not reached yet: 24" in page.locator("main").inner_text())
    field("a", "stop", "add", "14", "-p2", f"note {MARKUP}")
    field("a", "sync")
    page.get_by_text("Not reached yet: 23").wait_for(timeout=15000)
    check("a stop arrives by itself", True)
    check("markup in a note is text", page.title() != "x")

    # Invite, withdraw, rename, shut out.
    page.goto(URL + "/devices")
    page.fill("form[action='/invite'] input[name=name]", f"hand {MARKUP}"[:90])
    page.click("form[action='/invite'] button")
    invite = page.locator("pre.invite").inner_text().strip()
    check("an invite is shown", invite.startswith("fsi1_"))
    page.goto(URL + "/devices")
    check("and only once", page.locator("pre.invite").count() == 0)
    field("c", "init", "--name", "c")
    field("c", "join", invite)
    page.reload()
    page.fill("form[action='/invite'] input[name=name]", "another")
    page.click("form[action='/invite'] button")
    unused = page.locator("pre.invite").inner_text().strip()
    page.goto(URL + "/devices")
    page.locator("form[action^='/invites/'] button").first.click()
    done = subprocess.run([f"{BIN}/sync-field", "init", "--name", "d", "--replica", "d.sqlite"], cwd=FOLDER, capture_output=True)
    done = subprocess.run([f"{BIN}/sync-field", "join", unused, "--replica", "d.sqlite"], cwd=FOLDER, capture_output=True)
    check("a withdrawn invite lets nobody in", done.returncode == 4)
    card = page.locator(".card", has_text="red armbands b")
    card.locator("summary").click()
    card.locator("input[name=name]").fill("红袖章二号")
    card.get_by_text("Rename", exact=True).click()
    check("a device is renamed", "红袖章二号" in page.locator("main").inner_text())
    card = page.locator(".card", has_text="<script>")
    card.locator("summary").click()
    card.get_by_role("button", name="Shut out").click()
    check("a device is shut out", page.get_by_text("shut out", exact=True).count() == 1)
    done = subprocess.run([f"{BIN}/sync-field", "sync", "--replica", "c.sqlite"], cwd=FOLDER, capture_output=True)
    check("and can no longer sync", done.returncode == 4)

    # A conflict.
    stop = json.loads(field("a", "stop", "list", "--json"))[0]["id"]
    field("b", "sync")
    field("a", "stop", "edit", stop, "--note", "from a")
    field("b", "stop", "edit", stop, "--note", "from b")
    for name in ["a", "b", "a"]:
        field(name, "sync")
    page.goto(URL + "/conflicts")
    check("a conflict shows both", all(t in page.locator("main").inner_text() for t in ["from a", "from b"]))
    page.get_by_label("Or write another").fill("both were there")
    page.get_by_role("button", name="Save").click()
    check("it is settled", "Nothing to decide" in page.locator("main").inner_text())
    field("a", "sync")
    check("a device has the value", "both were there" in field("a", "stop", "list", "--json"))

    # A hazard, followed to its end; a record deleted and restored.
    field("a", "hazard", "add", "--category", "noise", "--point", "NDJ-003", "--note", "loud")
    field("a", "sync")
    page.goto(URL + "/records?collection=hazards")
    page.get_by_role("link", name="Open").first.click()
    page.get_by_label("Department").fill("city management")
    page.get_by_role("button", name="Assign").click()
    check("a hazard is assigned", "assigned" in page.locator("main dl").first.inner_text())
    page.get_by_label("Resolution").fill("turned down")
    page.get_by_role("button", name="Resolved").click()
    check("and resolved", "turned down" in page.locator("main dl").first.inner_text())
    check("its history tells who", "desk" in page.locator("main table").inner_text())
    page.goto(URL + f"/records/stops/{stop}")
    page.get_by_role("button", name="Delete").click()
    check("a record is deleted", page.get_by_role("button", name="Restore").count() == 1)
    page.get_by_role("button", name="Restore").click()
    check("and restored", page.get_by_role("button", name="Delete").count() == 1)
    page.goto(URL + "/records")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    check("CSV comes down", "both were there" in open(download.value.path(), encoding="utf-8-sig").read())
    everybodys = page.locator("tbody tr").count()
    page.get_by_label("Device").select_option(label="red armbands a")
    page.get_by_role("button", name="Search").click()
    # The desk wrote the stop last.
    ones = page.locator("tbody tr").count()
    page.get_by_label("Device").select_option(index=0)
    page.get_by_role("button", name="Search").click()
    again = page.locator("tbody tr").count()
    check(f"records are filtered ({ones} of {everybodys}, {again} again)", ones < everybodys == again)

    # What leaves the shift.
    page.get_by_role("link", name="Reports").click()
    check("the hand-over is shown", "Hazards found: 1" in page.locator("main pre").inner_text())

    def saved(link):
        with page.expect_download() as download:
            link.click()
        name = download.value.suggested_filename
        check(f"{name}: a plain name", name.isascii() and "/" not in name)
        return download.value.path()

    def file(collection, form):
        return page.locator(f"a[href^='/export/{collection}.{form}']")

    book = zipfile.ZipFile(saved(file("stops", "xlsx")))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    check("a workbook is whole, and has the note", book.testzip() is None and "both were there" in sheet)
    check("it has dates as dates, and no formula", "<f>" not in sheet and 's="2"' in sheet)
    for collection, count in [("points", 24), ("stops", 1), ("hazards", 1)]:
        features = json.load(open(saved(file(collection, "geojson"))))["features"]
        check(f"{count} {collection} on the map", len(features) == count)
        places = [f["geometry"]["coordinates"] for f in features]
        check("longitude comes first", all(119.95 <= x < 119.96 and 31.77 <= y < 31.78 for x, y in places))
    check("nothing to place, no map", file("education", "geojson").count() == 0)
    page.goto(URL + "/reports?from=2021-13-01")
    check("a wrong date is said", "2021-13-01" in page.get_by_role("alert").inner_text())
    for path in ["/reports/audit.html", "/reports/period.html"]:
        page.goto(URL + path)
        edge = page.evaluate("getComputedStyle(document.querySelector('h2')).borderTopWidth")
        check(f"{path} has its style", edge == "2px")
        page.locator("label[for=show-zh]").click()
        check("and its other language", page.locator("main .t[lang=zh-Hans]").first.is_visible())
        check("markup in it is text", page.title() != "x")

    # A checkpoint, and a verification that it binds.
    page.goto(URL + "/health")
    check("health has the doctor's lines", "The file is whole." in page.locator("main").inner_text())
    kept = saved(page.get_by_role("link", name="Checkpoint").first)
    note = open(saved(page.get_by_role("link", name="Signed note").first)).read()
    check("a signed note comes down", note.startswith("fieldsync.log/") and "\u2014 fieldsync.log/" in note)
    field("a", "stop", "add", "15")
    field("a", "sync")
    verified = json.loads(run("sync-audit", "verify", "hub", "--since", str(kept), "--json"))
    check("the auditor takes the checkpoint", verified["ok"] and not verified["problems"])
    run("sync-hub", "backup", "--into", "shelf", "--keep", "7d", "--data", "hub")
    page.reload()
    check("a backup is listed", ".fsbackup" in page.locator("main").inner_text())
    page.goto(URL + "/log")
    check("the log has the hub's acts", page.locator("main tbody tr").count() > 3)
    said = page.locator("main tbody").inner_text()
    check("and who did what", "the hub" in said and "desk" in said and "shut out" in said)
    check("a device's name is text", MARKUP[:8] in said and page.title() != "x")
    acts = [json.loads(line) for line in open(f"{FOLDER}/hub.log") if '"page"' in line]
    check("acts are in the program's log", {"invite", "rename", "revoke", "settle", "assign", "resolve", "delete", "download"} <= {a["act"] for a in acts})
    check("without secrets", not any(t in json.dumps(acts) for t in [secret, cookie["value"], invite]))

    # What must be refused.
    jar = {"Cookie": f"fieldsync_desk={cookie['value']}"}
    check("without the form's token: refused", call("/devices/" + "0" * 32, {"act": "revoke"}, jar)[0] == 403)
    other = dict(jar, Origin="https://elsewhere.example")
    check("from another origin: refused", call("/out", {"csrf": "x"}, other)[0] == 403)
    check("signed out: refused", call("/devices/" + "0" * 32, {"act": "revoke"})[0] == 401)
    viewer = sign_in(context(1280, 900, "en-GB"), "--viewer")
    viewer.goto(URL + "/devices")
    check("a viewer has no forms", viewer.locator("main form").count() == 0)
    token = viewer.locator("header input[name=csrf]").get_attribute("value")
    key = [c for c in viewer.context.cookies() if c["name"] == "fieldsync_desk"][0]["value"]
    refused = call("/invite", {"csrf": token, "name": "x", "role": "lead", "hours": "24"}, {"Cookie": f"fieldsync_desk={key}"})
    check("nor rights", refused[0] == 403)
    for path in FILES:
        check(f"{path}: signed out refused", call(path)[0] == 401)
        answers = [call(path, headers={"Cookie": f"fieldsync_desk={k}"}) for k in [key, cookie["value"]]]
        check(f"{path}: viewer and operator read it", [a[0] for a in answers] == [200, 200])
    check("nothing that was made is left", not any(os.scandir(f"{FOLDER}/hub/desk-files")))
    headers = call("/page.css")[2]
    check("a strict policy", "default-src 'none'" in headers["Content-Security-Policy"])
    check("the protocol is where it was", call("/v1")[0] == 200 and call("/v1/nothing")[0] == 404)

    # Every page, both languages, phone and desk, light and dark.
    complaints.clear()
    for locale in ["en-GB", "zh-CN"]:
        for width, height, scheme in [(360, 780, "light"), (1280, 900, "light"), (360, 780, "dark")]:
            one = sign_in(context(width, height, locale, scheme))
            for path in PAGES + [f"/records/stops/{stop}", f"/records/stops/{stop}?history=all"]:
                one.goto(URL + path)
                bad = one.evaluate(SCAN)
                check(f"{path} {locale} {width} {scheme}: no fault" + "".join("\n  " + b for b in bad), not bad)
            check(f"{locale}: its own language", one.locator("html").get_attribute("lang").startswith(locale[:2]))
            one.context.close()

    # Without scripts.
    plain = browser.new_context(java_script_enabled=False, locale="en-GB")
    one = sign_in(plain)
    one.goto(URL + "/reports?from=&to=")
    one.get_by_label("From").fill("2021-01-08")
    one.get_by_label("To").fill("2021-01-09")
    one.get_by_role("button", name="Show").click()
    check("without scripts: a range is shown", "2021-01-08 to 2021-01-09" in one.locator("main pre").inner_text())
    with one.expect_download() as download:
        one.locator("a[href^='/export/points.xlsx']").click()
    check("and a workbook comes down", zipfile.ZipFile(download.value.path()).testzip() is None)
    plain.close()

    # By the keyboard alone: the first stop of Tab is the way to the content.
    page.goto(URL + "/")
    page.keyboard.press("Tab")
    check("Tab reaches the content first", page.evaluate("document.activeElement.className") == "skip")
    check("nothing was complained of: " + "; ".join(complaints[:3]), not complaints)
    page.goto(URL + "/")
    page.locator("form[action='/out'] button").click()
    check("signed out again", page.locator("nav").count() == 0)
    if options.pictures:
        import page_pictures  # needs Pillow, as nothing else here does

        for path, size in page_pictures.take(browser, BIN, FOLDER, options.pictures):
            check(f"{path}: {size} bytes", size < page_pictures.LIMIT)
    browser.close()
print(f"{checks} checks hold")
