extension DeskTemplates {
    /// The markup of reports, health and log.
    static let reportTexts: [String: String] = [
        "reports": """
        {{<layout}}{{$content}}<h1>{{t.reports}}</h1>
        <form method="get" action="/reports" class="row">
        <label>{{t.from}} <input type="date" name="from" value="{{from}}"></label>
        <label>{{t.to}} <input type="date" name="to" value="{{to}}"></label>
        <button class="primary">{{t.show}}</button> <a href="/reports?from=&amp;to=">{{t.all_nights}}</a></form>
        <p class="soft">{{t.period_means}}</p>
        <section><h2>{{t.handover}}</h2><p class="soft">{{t.handover_means}}</p>
        <pre>{{handover}}</pre><p><a href="/reports/handover.txt?{{query}}">{{t.save_text}}</a></p></section>
        <section><h2>{{t.pages_to_read}}</h2><ul class="list">
        <li><a href="/reports/period.html?{{query}}">{{t.lead_page}}</a> · <a href="/reports/period.html?{{query}}&amp;save=1">{{t.save}}<span class="hide"> {{t.lead_page}}</span></a><br><span class="soft">{{t.lead_page_means}}</span></li>
        <li><a href="/reports/audit.html">{{t.audit_page}}</a> · <a href="/reports/audit.html?save=1">{{t.save}}<span class="hide"> {{t.audit_page}}</span></a><br><span class="soft">{{t.audit_page_means}}</span></li></ul></section>
        <section aria-labelledby="h-files"><h2 id="h-files">{{t.files}}</h2><p class="soft">{{t.files_mean}}</p>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="h-files"><table><thead><tr><th scope="col">{{t.collection}}</th><th scope="col">{{t.download}}</th></tr></thead>
        <tbody>{{#collections}}<tr><th scope="row">{{label}}{{#whole}} <span class="soft">{{t.whole}}</span>{{/whole}}</th><td>{{#forms}}<a href="/export/{{name}}.{{ending}}?{{query}}">{{label}}<span class="hide"> {{name}}</span></a> {{/forms}}</td></tr>{{/collections}}</tbody></table></div></section>
        {{/content}}{{/layout}}
        """,
        "health": """
        {{<layout}}{{$content}}<h1>{{t.health}}</h1>
        <ul class="list">{{#lines}}<li><strong class="{{level}}">{{word}}</strong> {{text}}{{#mend}}<br><span class="soft">{{.}}</span>{{/mend}}</li>{{/lines}}</ul>
        <section aria-labelledby="h-backups"><h2 id="h-backups">{{t.backups}}</h2>
        <dl><dt>{{t.backed_up}}</dt><dd>{{backed_up}} ({{backed_up_position}})</dd><dt>{{t.backup_age}}</dt><dd>{{backup_age}}</dd><dt>{{t.backup_missing}}</dt><dd>{{backup_missing}}</dd>{{#shelf}}<dt>{{t.shelf}}</dt><dd class="code">{{folder}}</dd>{{/shelf}}</dl>
        {{^shelf}}<p>{{t.no_shelf}}</p>{{/shelf}}
        {{#shelf}}{{#unreadable}}<p class="warn">{{t.shelf_unreadable}}</p>{{/unreadable}}{{#empty}}<p class="warn">{{t.shelf_empty}}</p>{{/empty}}
        {{#has_backups}}<div class="scroll" tabindex="0" role="region" aria-labelledby="h-backups"><table><thead><tr><th scope="col">{{t.made}}</th><th scope="col" class="n">{{t.size}}</th><th scope="col">{{t.file}}</th></tr></thead>
        <tbody>{{#backups}}<tr><td>{{made}}</td><td class="n">{{size}}</td><td class="code">{{name}}</td></tr>{{/backups}}</tbody></table></div>{{/has_backups}}{{/shelf}}</section>
        <section><h2>{{t.journal}}</h2>
        <dl><dt>{{t.position}}</dt><dd>{{position}}</dd><dt>{{t.data_size}}</dt><dd>{{data_size}}</dd><dt>{{t.wal_size}}</dt><dd>{{wal_size}}</dd><dt>{{t.free}}</dt><dd>{{free}}</dd><dt>{{t.digest}}</dt><dd class="code">{{digest}}</dd></dl></section>
        <section aria-labelledby="h-heads"><h2 id="h-heads">{{t.heads}}</h2><p class="soft">{{t.heads_mean}}</p>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="h-heads"><table><thead><tr><th scope="col" class="n">#</th><th scope="col">{{t.time}}</th><th scope="col">{{t.download}}</th><th scope="col">{{t.root}}</th></tr></thead>
        <tbody>{{#heads}}<tr><td class="n">{{size}}</td><td>{{time}}</td><td><a href="/checkpoint/{{size}}.json">{{t.checkpoint}}<span class="hide"> {{size}}</span></a> <a href="/checkpoint/{{size}}.note">{{t.note}}<span class="hide"> {{size}}</span></a></td><td class="code">{{root}}</td></tr>{{/heads}}</tbody></table></div></section>
        <section aria-labelledby="h-epochs"><h2 id="h-epochs">{{t.epochs}}</h2>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="h-epochs"><table><thead><tr><th scope="col" class="n">{{t.began_at}}</th><th scope="col">{{t.opened}}</th><th scope="col">{{t.cause}}</th><th scope="col">{{t.epoch}}</th></tr></thead>
        <tbody>{{#epochs}}<tr><td class="n">{{size}}</td><td>{{opened}}</td><td>{{cause}}</td><td class="code">{{id}}</td></tr>{{/epochs}}</tbody></table></div></section>
        <section><h2>{{t.followers}}</h2>{{^followers}}<p>{{t.none}}</p>{{/followers}}
        <ul class="list">{{#followers}}<li>{{name}} <span class="soft">{{t.seen}}: {{seen}} · {{t.behind}}: {{behind}}</span></li>{{/followers}}</ul></section>
        <section><h2>{{t.sessions}}</h2><ul class="list">{{#sessions}}<li>{{rights}} <span class="soft">{{made}} – {{expires}} · {{t.session}} <span class="code">{{mark}}</span></span></li>{{/sessions}}</ul></section>
        {{/content}}{{/layout}}
        """,
        "log": """
        {{<layout}}{{$content}}<h1>{{t.log}}</h1><p>{{t.log_means}}</p>
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.log}}"><table><thead><tr><th scope="col" class="n">#</th><th scope="col">{{t.received}}</th><th scope="col">{{t.who}}</th><th scope="col">{{t.what}}</th></tr></thead>
        <tbody>{{#acts}}<tr><td class="n">{{position}}</td><td>{{when}}</td><td>{{who}}</td><td>{{#changes}}{{#link}}<a href="{{.}}">{{/link}}{{text}}{{#link}}</a>{{/link}}<br>{{/changes}}{{rest}}</td></tr>{{/acts}}</tbody></table></div>
        {{/content}}{{/layout}}
        """,
    ]
}
