"""`data FOLDER` writes a quiet month as CSV; `look FILE…` measures reports in Chromium. Used by check-report.sh."""
import csv
import pathlib
import random
import re
import sys

PHONE = {"width": 360, "height": 780}
PAGES = 2
# Elements that reach beyond the screen; what is hidden for screen readers only does not count.
BEYOND = """() => [...document.querySelectorAll('body *')].filter(e => {
    const box = e.getBoundingClientRect()
    return box.width > 0 && box.right > innerWidth + 1 && !e.closest('.wide thead')
}).map(e => `${e.tagName} ${Math.round(e.getBoundingClientRect().right)} ${e.textContent.slice(0, 40)}`)"""


def data(folder):
    generator = random.Random(4)
    with open(folder / "points.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["code", "name", "grid", "category", "required_per_shift", "active"])
        rows.writerows([f"NDJ-{n:03}", f"南大街{n}号", f"JC{(n + 1) // 2:02}", "business", 1, "true"] for n in range(1, 13))
    with open(folder / "stops.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["point", "mode", "arrived_at", "team_size", "people_helped", "note"])
        for day in (day for day in range(1, 31) if day % 7 != 3):
            for point in generator.sample(range(1, 13), 4):
                time = f"2026-11-{day:02}T{generator.randint(12, 15)}:{generator.randint(0, 59):02}:00Z"
                rows.writerow([f"NDJ-{point:03}", "foot", time, 2, 0, "路灯已修"])


def look(files):
    from playwright.sync_api import sync_playwright
    faults = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for file in files:
            for choice in ("show-en", "show-zh"):
                page = browser.new_page(viewport=PHONE)
                page.goto(pathlib.Path(file).resolve().as_uri())
                page.evaluate("id => document.getElementById(id).checked = true", choice)
                beyond = page.evaluate(BEYOND)
                pages = len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4")))
                page.close()
                # A comparison of two files says twice as much.
                limit = PAGES + 1 if file.startswith("both") else PAGES
                good = not beyond and pages <= limit
                faults += not good
                print(f"{'ok' if good else 'FAULT'}  {file} {choice}: {len(beyond)} elements beyond {PHONE['width']} px, {pages} pages", *beyond[:5], sep="\n      ")
        browser.close()
    return faults


if __name__ == "__main__":
    if sys.argv[1] == "data":
        data(pathlib.Path(sys.argv[2]))
    else:
        sys.exit(1 if look(sys.argv[2:]) else 0)
