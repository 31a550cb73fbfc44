#!/usr/bin/env python3
"""What check-metrics.sh asks of the monitoring files beside promtool: check_metrics.py MODE WORK

Run in packaging/prometheus. WORK holds `metrics`, the list of the hub's metrics, and for the mode
`scrape` the text of a hub's /metrics under that name. Prints a line a fault; ends with 1 if any.
"""

import json
import re
import sys

DATA_SOURCE = {"type": "prometheus", "uid": "${datasource}"}

mode, work = sys.argv[1:3]
kinds, labels = {}, {}
for line in open(f"{work}/metrics"):
    name, kind, *rest = line.split()
    kinds[name], labels[name] = kind, set(rest)

faults = []
dashboard = json.load(open("dashboard.json"))
alerts = open("alerts.yml").read()


def metric(series):
    """The metric of a series' name: a histogram's series have a suffix."""
    base = re.sub(r"_(bucket|count|sum)$", "", series)
    return base if kinds.get(base) == "histogram" and base != series else series


def panels():
    for panel in dashboard["panels"]:
        yield panel
        yield from panel.get("panels", [])


def queries():
    return [target["expr"] for panel in panels() for target in panel.get("targets", [])]


def texts():
    """Where metrics are named: rules, their tests, the dashboard's queries and variables."""
    variables = json.dumps(dashboard["templating"])
    tests = [open(name).read() for name in ("alerts.test.yml", "alerts-days.test.yml")]
    return {"alerts": alerts, "tests": "\n".join(tests),
            "dashboard": "\n".join(queries() + [variables])}


def used():
    return {where: set(re.findall(r"\bfieldsync_[a-z0-9_]+", text))
            for where, text in texts().items()}


def look_at_alerts():
    """Each rule has its words, a test in which it fires, and one in which its alert does not."""
    rules = re.split(r"(?m)^\s*- alert: ", alerts)[1:]
    for rule in rules:
        name = rule.split()[0]
        for key in ("severity", "summary", "description", "summary_zh"):
            if not re.search(rf"(?m)^\s+{key}: \S", rule):
                faults.append(f"{name} has no {key}")
    cases = re.findall(
        r"alertname: (\w+)\n\s+exp_alerts:( \[\])?((?:\n +(?:- exp_labels|exp_a|sum|desc).*)*)",
        texts()["tests"])
    names = {rule.split()[0] for rule in rules}
    for name in sorted({case[0] for case in cases} - names):
        faults.append(f"a test names {name}, which is no alert")
    for rule in rules:
        name, severity = rule.split()[0], re.search(r"severity: (\w+)", rule)[1]
        mine = [case for case in cases if case[0] == name]
        if not any(f"severity: {severity}," in case[2] for case in mine):
            faults.append(f"no test in which {name} fires as {severity}")
        if not any(case[1] for case in mine):
            faults.append(f"no test in which {name} does not fire")


def look_at_dashboard():
    ids = [panel["id"] for panel in panels()]
    faults.extend(f"panel id {i} is there twice" for i in sorted(set(ids)) if ids.count(i) > 1)
    variables = {variable["name"] for variable in dashboard["templating"]["list"]}
    for panel in panels():
        sources = [panel, *panel.get("targets", [])] if panel["type"] != "row" else []
        if any(part.get("datasource") != DATA_SOURCE for part in sources):
            faults.append(f"{panel['title']}: not the datasource variable")
        if panel["type"] not in ("row", "stat", "timeseries"):
            faults.append(f"{panel['title']}: {panel['type']} may need a plugin")
    for name in set(re.findall(r"\$\{?(\w+)", "\n".join(queries()))) - variables:
        if name != "__rate_interval":
            faults.append(f"the variable {name} is not defined")
    spans = sorted((*(panel["gridPos"][key] for key in "yxw"), panel["title"])
                   for panel in panels())
    for (y, x, width, title), (next_y, next_x, *_) in zip(spans, spans[1:]):
        if x + width > (next_x if next_y == y else 24):
            faults.append(f"{title} lies over another panel or the edge")


def look_at_names():
    for where, series in used().items():
        faults.extend(f"{where}: {name} is not in the list"
                      for name in sorted(series) if metric(name) not in kinds)
    for where, text in texts().items():
        for name, inside in re.findall(r"\b(fieldsync_[a-z0-9_]+)\{([^}]*)\}", text):
            allowed = labels.get(metric(name), set()) | {"job", "instance", "le"}
            for label in re.findall(r"(\w+)(?:=~|!~|!=|=)\"", inside):
                if label not in allowed:
                    faults.append(f"{where}: {name} has no label {label}")


def write_queries():
    """The dashboard's queries as recording rules, so that promtool parses them."""
    with open(f"{work}/queries.yml", "w") as file:
        rules = [{"record": f"query_{i}", "expr": re.sub(r"\$__rate_interval", "5m", query)}
                 for i, query in enumerate(queries())]
        json.dump({"groups": [{"name": "dashboard", "rules": rules}]}, file)


def look_at_scrape():
    """What the files use and the list holds is in the scrape, in the kind and with the labels."""
    scrape = open(f"{work}/scrape").read()
    types = dict(re.findall(r"(?m)^# TYPE (\S+) (\S+)$", scrape))
    series = set(re.findall(r"(?m)^(fieldsync_[a-z0-9_]+)", scrape))
    there = {metric(name) for name in series}
    needed = {metric(name) for names in used().values() for name in names}
    for name in sorted(needed | set(kinds)):
        if name not in there:
            by = "used, but " if name in needed else ""
            faults.append(f"{name} is {by}not in the scrape")
        elif types.get(name) != kinds.get(name):
            faults.append(f"{name} is a {types.get(name)}, not a {kinds.get(name)}")
    faults.extend(f"{name} is in the scrape, but not in the list"
                  for name in sorted(there - set(kinds)))
    for name, inside in re.findall(r"(?m)^(fieldsync_[a-z0-9_]+)(?:\{(.*)\})? ", scrape):
        found = set(re.findall(r'(\w+)="', inside)) - {"le"}
        wanted = labels.get(metric(name), found)
        if found != wanted:
            faults.append(f"{name} has the labels {sorted(found)}, not {sorted(wanted)}")
    # A rule that asks for a call by another name than the hub's would never fire.
    asked = re.findall(r'call="([^"]+)"', texts()["alerts"] + texts()["dashboard"])
    for call in sorted(set(asked)):
        for name in ("fieldsync_requests_total", "fieldsync_request_duration_seconds_count"):
            if not re.search(rf'(?m)^{name}\{{(.*,)?call="{re.escape(call)}"', scrape):
                faults.append(f'{name}{{call="{call}"}} is used, but not in the scrape')


{"alerts": look_at_alerts, "dashboard": look_at_dashboard, "names": look_at_names,
 "queries": write_queries, "scrape": look_at_scrape}[mode]()
print("\n".join(dict.fromkeys(faults)))
sys.exit(1 if faults else 0)
