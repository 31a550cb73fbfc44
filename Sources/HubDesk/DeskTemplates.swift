/// The pages' markup. `{{…}}` is escaped; the only `{{{…}}}` are the pictures, which are made here.
enum DeskTemplates {
    static func library() throws -> DeskTemplateSet {
        DeskTemplateSet(
            try texts.merging(reportTexts) { text, _ in text }.mapValues { try DeskTemplate($0) })
    }

    private static let texts: [String: String] = [
        "layout": """
        <!doctype html>
        <html lang="{{lang}}">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <title>{{space}} – FieldSync</title><link rel="stylesheet" href="/page.css">
        <link rel="icon" href="data:,"><script src="/page.js" defer></script></head>
        <body data-position="{{position}}">
        <a class="skip" href="#main">{{t.skip}}</a>
        <header><p class="space">{{space}}</p>
        {{#signed_in}}<nav aria-label="{{t.pages}}">
        <a href="/"{{#here_tonight}} aria-current="page"{{/here_tonight}}>{{t.tonight}}</a>
        <a href="/devices"{{#here_devices}} aria-current="page"{{/here_devices}}>{{t.devices}}</a>
        <a href="/records"{{#here_records}} aria-current="page"{{/here_records}}>{{t.records}}</a>
        <a href="/conflicts"{{#here_conflicts}} aria-current="page"{{/here_conflicts}}>{{t.conflicts}}</a>
        <a href="/reports"{{#here_reports}} aria-current="page"{{/here_reports}}>{{t.reports}}</a>
        <a href="/health"{{#here_health}} aria-current="page"{{/here_health}}>{{t.health}}</a>
        <a href="/log"{{#here_log}} aria-current="page"{{/here_log}}>{{t.log}}</a>
        </nav>{{/signed_in}}
        <p class="aside"><a href="?lang=en" lang="en">English</a> <a href="?lang=zh-Hans" lang="zh-Hans">中文</a></p>
        {{#signed_in}}<form method="post" action="/out" class="aside"><input type="hidden" name="csrf" value="{{csrf}}"><button>{{t.sign_out}}</button></form>{{/signed_in}}
        </header>
        <main id="main">{{$content}}{{/content}}</main>
        </body></html>
        """,
        "in": """
        {{<layout}}{{$content}}<h1>{{t.sign_in}}</h1><p>{{t.sign_in_once}}</p>
        <form method="post" action="/in"><input type="hidden" name="secret" value="{{secret}}">
        <button class="primary">{{t.sign_in}}</button></form>{{/content}}{{/layout}}
        """,
        "out": """
        {{<layout}}{{$content}}<h1>{{t.signed_out}}</h1><p>{{t.how_to_sign_in}}</p>
        <pre>sync-hub page --data DIR</pre>{{/content}}{{/layout}}
        """,
        "problem": """
        {{<layout}}{{$content}}<h1>{{t.not_done}}</h1><p role="alert">{{text}}</p>
        <p><a href="/">{{t.tonight}}</a></p>{{/content}}{{/layout}}
        """,
        "tonight": """
        {{<layout}}{{$content}}<h1>{{t.tonight}} <span class="soft">{{shift}}</span></h1>
        <p id="news" role="status" hidden><a href="/">{{t.news}}</a></p>
        {{#waiting}}<p class="call"><a href="/conflicts">{{t.conflicts_wait}}: {{.}}</a></p>{{/waiting}}
        <section aria-labelledby="h-figures"><h2 id="h-figures">{{t.figures}}</h2>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="h-figures"><table><thead><tr><th scope="col">{{t.figure}}</th><th scope="col" class="n">{{t.tonight}}</th><th scope="col" class="n">{{t.average}}</th></tr></thead>
        <tbody>{{#figures}}<tr><th scope="row">{{label}}</th><td class="n">{{count}}</td><td class="n">{{average}}</td></tr>{{/figures}}</tbody></table></div></section>
        <section aria-labelledby="h-points"><h2 id="h-points">{{t.coverage}}</h2>
        <p>{{t.points}}: {{points}}. {{t.left}}: {{left}}.</p>
        {{{map}}}
        <div class="scroll" tabindex="0" role="region" aria-labelledby="h-points"><table><thead><tr><th scope="col">{{t.grid}}</th><th scope="col" class="n">{{t.reached}}</th><th scope="col" class="n">{{t.points}}</th><th scope="col">{{t.left}}</th></tr></thead>
        <tbody>{{#grids}}<tr><th scope="row">{{name}}</th><td class="n">{{done}}</td><td class="n">{{points}}</td><td>{{left}}</td></tr>{{/grids}}</tbody></table></div></section>
        <section aria-labelledby="h-hazards"><h2 id="h-hazards">{{t.open_hazards}}</h2>
        {{^hazards}}<p>{{t.none}}</p>{{/hazards}}
        {{#has_waiting}}<div class="scroll" tabindex="0" role="region" aria-label="{{t.by_age}}"><table><thead><tr><th scope="col">{{t.department}}</th>{{#ages}}<th scope="col" class="n">{{.}}</th>{{/ages}}</tr></thead>
        <tbody>{{#waiting_hazards}}<tr><th scope="row">{{department}}</th>{{#counts}}<td class="n">{{.}}</td>{{/counts}}</tr>{{/waiting_hazards}}</tbody></table></div>{{/has_waiting}}
        <ul class="list">{{#hazards}}<li><a href="/records/hazards/{{id}}">{{category}}, {{place}}</a> <span class="soft">{{department}} · {{days}} {{t.days}}</span></li>{{/hazards}}</ul></section>
        <section aria-labelledby="h-stops"><h2 id="h-stops">{{t.last_stops}}</h2>
        {{^stops}}<p>{{t.none}}</p>{{/stops}}
        <ul class="list">{{#stops}}<li><a href="/records/{{collection}}/{{id}}">{{#cells}}{{.}} {{/cells}}</a> <span class="soft">{{who}}</span></li>{{/stops}}</ul></section>
        {{/content}}{{/layout}}
        """,
        "devices": """
        {{<layout}}{{$content}}<h1>{{t.devices}}</h1>
        {{#invite}}<section class="call" role="status"><h2>{{t.new_invite}}</h2><p>{{t.invite_once}} {{invite_expires}}</p>{{{code}}}<pre class="invite">{{invite}}</pre></section>{{/invite}}
        {{#is_operator}}<section><h2>{{t.invite}}</h2>
        <form method="post" action="/invite" class="row"><input type="hidden" name="csrf" value="{{csrf}}">
        <label>{{t.name}} <input name="name" required maxlength="100"></label>
        <label>{{t.role}} <select name="role"><option value="lead">{{t.role_lead}}</option><option value="auditor">{{t.role_auditor}}</option><option value="operator">{{t.role_operator}}</option></select></label>
        <label>{{t.valid}} <select name="hours"><option value="24">{{t.day}}</option><option value="1">{{t.hour}}</option><option value="168">{{t.week}}</option></select></label>
        <button class="primary">{{t.make_invite}}</button></form></section>{{/is_operator}}
        <section aria-labelledby="h-devices"><h2 id="h-devices">{{t.devices}}</h2>
        {{^devices}}<p>{{t.none}}</p>{{/devices}}
        <ul class="cards">{{#devices}}<li class="card"><h3>{{name}} {{#revoked}}<span class="bad">{{t.revoked}}</span>{{/revoked}}</h3>
        <dl><dt>{{t.role}}</dt><dd>{{role}}</dd><dt>{{t.seen}}</dt><dd>{{seen}}</dd><dt>{{t.behind}}</dt><dd>{{behind}}</dd><dt>{{t.delivered}}</dt><dd>{{position}}</dd><dt>{{t.version}}</dt><dd>{{version}}</dd><dt>{{t.clock}}</dt><dd>{{clock}}</dd><dt>{{t.quota}}</dt><dd>{{quota}}</dd></dl>
        {{#is_operator}}<details><summary>{{t.change}}</summary>
        <form method="post" action="/devices/{{id}}" class="row"><input type="hidden" name="csrf" value="{{csrf}}"><label>{{t.name}} <input name="name" value="{{name}}" required maxlength="100"></label><button name="act" value="rename">{{t.rename}}</button></form>
        {{^revoked}}{{^is_desk}}<p>{{t.revoke_means}}{{#heirs}} {{t.heirs}}: {{.}}.{{/heirs}}</p><form method="post" action="/devices/{{id}}"><input type="hidden" name="csrf" value="{{csrf}}"><button class="danger" name="act" value="revoke">{{t.revoke}}</button></form>{{/is_desk}}{{/revoked}}
        {{#revoked}}<form method="post" action="/devices/{{id}}"><input type="hidden" name="csrf" value="{{csrf}}"><button name="act" value="restore">{{t.restore_device}}</button></form>{{/revoked}}
        </details>{{/is_operator}}</li>{{/devices}}</ul></section>
        <section aria-labelledby="h-invites"><h2 id="h-invites">{{t.open_invites}}</h2>
        {{^invites}}<p>{{t.none}}</p>{{/invites}}
        <ul class="list">{{#invites}}<li>{{name}} <span class="soft">{{role}} · {{t.until}} {{expires}}{{#over}} · {{t.over}}{{/over}}</span>
        {{#is_operator}}<form method="post" action="/invites/{{id}}" class="inline"><input type="hidden" name="csrf" value="{{csrf}}"><button>{{t.withdraw}}<span class="hide"> {{name}}</span></button></form>{{/is_operator}}</li>{{/invites}}</ul></section>
        {{/content}}{{/layout}}
        """,
        "records": """
        {{<layout}}{{$content}}<h1>{{t.records}}: {{label}}</h1>
        <p class="tabs">{{#collections}}<a href="/records?collection={{name}}"{{#here}} aria-current="page"{{/here}}>{{label}}</a> {{/collections}}</p>
        <form method="get" action="/records" class="row" role="search"><input type="hidden" name="collection" value="{{collection}}">
        <label>{{t.search}} <input type="search" name="q" value="{{q}}"></label>
        {{#has_time}}<label>{{t.from}} <input type="date" name="from" value="{{from}}"></label>
        <label>{{t.to}} <input type="date" name="to" value="{{to}}"></label>{{/has_time}}
        <label>{{t.who}} <select name="device"><option value="">{{t.any_device}}</option>{{#writers}}<option value="{{id}}"{{#here}} selected{{/here}}>{{name}}</option>{{/writers}}</select></label>
        <label><input type="checkbox" name="deleted" value="1"{{#deleted}} checked{{/deleted}}> {{t.deleted}}</label>
        <button>{{t.search}}</button></form>
        <p>{{t.download}}: {{#forms}}<a href="/export/{{collection}}.{{ending}}?{{query}}">{{label}}</a> {{/forms}}</p>
        {{^rows}}<p>{{t.none}}</p>{{/rows}}
        {{#more}}<p>{{t.more}}</p>{{/more}}
        <div class="scroll" tabindex="0" role="region" aria-label="{{label}}"><table><thead><tr><th scope="col">{{t.record}}</th>{{#columns}}<th scope="col">{{.}}</th>{{/columns}}<th scope="col">{{t.who}}</th></tr></thead>
        <tbody>{{#rows}}<tr><td><a href="/records/{{collection}}/{{id}}">{{t.open}}<span class="hide"> {{id}}</span></a></td>{{#cells}}<td>{{.}}</td>{{/cells}}<td>{{who}}</td></tr>{{/rows}}</tbody></table></div>
        {{/content}}{{/layout}}
        """,
        "record": """
        {{<layout}}{{$content}}<h1>{{label}} {{#is_deleted}}<span class="bad">{{t.deleted}}</span>{{/is_deleted}}</h1>
        <p class="soft code">{{id}}</p>
        <dl>{{#fields}}<dt>{{label}}</dt><dd>{{value}}</dd>{{/fields}}</dl>
        {{#is_operator}}<section><h2>{{t.change}}</h2>
        {{#can_assign}}<form method="post" action="/records/{{collection}}/{{id}}" class="row"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="seen" value="{{seen}}"><label>{{t.department}} <input name="department" list="departments" required></label><datalist id="departments">{{#departments}}<option value="{{label}}"></option>{{/departments}}</datalist><button name="act" value="assign">{{t.assign}}</button></form>{{/can_assign}}
        {{#can_resolve}}<form method="post" action="/records/{{collection}}/{{id}}" class="row"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="seen" value="{{seen}}"><label>{{t.resolution}} <input name="resolution"></label><button name="act" value="resolve">{{t.resolve}}</button> <button name="act" value="dismiss">{{t.dismiss}}</button></form>{{/can_resolve}}
        <form method="post" action="/records/{{collection}}/{{id}}"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="seen" value="{{seen}}">{{^is_deleted}}<button class="danger" name="act" value="delete">{{t.delete}}</button>{{/is_deleted}}{{#is_deleted}}<button name="act" value="restore">{{t.restore}}</button>{{/is_deleted}}</form></section>{{/is_operator}}
        <section aria-labelledby="h-history"><h2 id="h-history">{{t.history}}</h2>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="h-history"><table><thead><tr><th scope="col">{{t.field}}</th><th scope="col">{{t.value}}</th><th scope="col">{{t.who}}</th><th scope="col">{{t.written}}</th><th scope="col">{{t.received}}</th><th scope="col" class="n">#</th><th scope="col">{{t.against}}</th></tr></thead>
        <tbody>{{#history}}<tr><th scope="row">{{field}}</th><td>{{value}}{{#lost}} <span class="bad">{{t.lost}}</span>{{/lost}}</td><td>{{who}}</td><td>{{when}}</td><td>{{received}}</td><td class="n">{{position}}</td><td>{{against}}</td></tr>{{/history}}</tbody></table></div>
        {{^is_whole}}<p>{{t.history_means}} <a href="?history=all">{{t.whole_history}}</a></p>{{/is_whole}}</section>
        {{/content}}{{/layout}}
        """,
        "conflicts": """
        {{<layout}}{{$content}}<h1>{{t.conflicts}}</h1>
        {{^conflicts}}<p>{{t.no_conflicts}}</p>{{/conflicts}}
        {{#conflicts}}<section class="card"><h2>{{collection}}: {{field}}</h2><p><a href="/records/{{name}}/{{record}}">{{t.record}}</a></p>
        {{#now}}<p class="call">{{t.now}}: <strong>{{value}}</strong> <span class="soft">{{who}}, {{when}}</span></p>{{/now}}
        <div class="sides"><div><h3>{{t.stands}}</h3><p class="value">{{kept.value}}</p><p class="soft">{{kept.who}}, {{kept.when}}</p>
        {{#is_operator}}<form method="post" action="/conflicts/{{id}}"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="seen" value="{{seen}}"><button name="use" value="kept">{{t.use_this}}</button></form>{{/is_operator}}</div>
        <div><h3>{{t.other}}</h3><p class="value">{{lost.value}}</p><p class="soft">{{lost.who}}, {{lost.when}}</p>
        {{#is_operator}}<form method="post" action="/conflicts/{{id}}"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="seen" value="{{seen}}"><button name="use" value="lost">{{t.use_this}}</button></form>{{/is_operator}}</div></div>
        {{#is_operator}}{{#can_edit}}<form method="post" action="/conflicts/{{id}}" class="row"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="seen" value="{{seen}}"><label>{{t.write_other}} <input name="value"></label><button name="use" value="value">{{t.save}}</button></form>{{/can_edit}}{{/is_operator}}
        </section>{{/conflicts}}{{/content}}{{/layout}}
        """,
    ]
}
