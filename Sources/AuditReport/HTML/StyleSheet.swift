/// The page's style: it needs no fonts, images or scripts, and shows one of two languages.
enum StyleSheet {
    static let text: StaticString = """
        :root{color-scheme:light dark;--ink:#1b1f24;--soft:#4d5660;--page:#fff;--card:#f5f6f8;
        --line:#c9ced6;--ok:#0b6b3a;--okback:#e3f4ea;--bad:#a3162b;--badback:#fbe7ea;--gap:#7a4b00;
        --gapback:#fdf1dc;--mark:#1f5fa8;--v0:#fff;--v1:#a9c9ec;--v2:#2f74bd;--v3:#0c3a6b;
        --miss:#c9ced6}
        @media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#b4bcc6;--page:#15181c;
        --card:#1f242a;--line:#47505b;--ok:#7fd6a4;--okback:#123323;--bad:#ff9aa8;
        --badback:#3d161d;--gap:#f3c577;--gapback:#37290f;--mark:#8dbdf2;--v0:#15181c;--v1:#274a70;
        --v2:#5b9be0;--v3:#cfe4fb;--miss:#47505b}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:1rem;max-width:72rem;background:var(--page);color:var(--ink);
        font:1rem/1.5 system-ui,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",
        sans-serif;overflow-wrap:anywhere}
        h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}
        h2{font-size:1.2rem;margin:2rem 0 .5rem;padding-top:.5rem;border-top:2px solid var(--line)}
        h3{font-size:1rem;margin:1rem 0 .25rem}
        p{margin:.25rem 0 .5rem}
        .choice{position:absolute;opacity:0;pointer-events:none}
        .languages{display:flex;gap:.5rem;justify-content:flex-end}
        .languages label{border:1px solid var(--line);border-radius:.4rem;padding:.3rem .8rem;
        cursor:pointer}
        #show-en:checked~.languages [for=show-en],#show-zh:checked~.languages [for=show-zh]
        {background:var(--ink);color:var(--page)}
        #show-en:focus-visible~.languages [for=show-en],
        #show-zh:focus-visible~.languages [for=show-zh]{outline:3px solid var(--mark)}
        #show-en:checked~main .t[lang=zh-Hans],#show-zh:checked~main .t[lang=en]{display:none}
        .verdict{border-radius:.6rem;padding:.75rem 1rem;border:2px solid;margin:1rem 0}
        .verdict.ok{color:var(--ok);background:var(--okback)}
        .verdict.found{color:var(--bad);background:var(--badback)}
        .verdict.incomplete{color:var(--gap);background:var(--gapback)}
        .verdict strong{font-size:1.35rem;display:block;line-height:1.3}
        .verdict p,.verdict li{color:var(--ink)}
        .ok-word{color:var(--ok);font-weight:600}.bad-word{color:var(--bad);font-weight:600}
        .gap-word{color:var(--gap);font-weight:600}
        .soft{color:var(--soft)}
        .code{font-family:ui-monospace,"Noto Sans Mono","DejaVu Sans Mono",monospace;
        font-size:.88em}
        .cards{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),
        1fr))}
        .card{background:var(--card);border:1px solid var(--line);border-radius:.6rem;
        padding:.75rem 1rem;min-width:0}
        .card h3{margin-top:0}
        dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.15rem .75rem;
        margin:0}
        dt{color:var(--soft)}dd{margin:0;min-width:0}
        .scroll{overflow-x:auto}
        .scroll:focus-visible{outline:3px solid var(--mark)}
        table{border-collapse:collapse;font-size:.92rem}
        th,td{padding:.3rem .6rem;border:1px solid var(--line);text-align:start;
        vertical-align:top}
        thead th{background:var(--card)}
        .n{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
        .c{min-width:4.8rem}.w{min-width:9rem}.v{min-width:15rem}.when{white-space:nowrap}td,tbody th{min-width:4.8rem}td.n{min-width:0}
        tfoot th,tfoot td{font-weight:700;border-top:2px solid var(--ink)}
        ul.checks{list-style:none;padding:0}ul.checks li{padding:.1rem 0 .1rem 1.6rem;
        text-indent:-1.6rem}
        .gone{text-decoration:line-through}
        pre{background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.6rem;
        white-space:pre-wrap;margin:.25rem 0}
        svg{display:block;max-width:100%;height:auto;margin:.5rem 0}
        .scroll svg{max-width:none}
        svg text{fill:var(--ink);font:11px system-ui,"Noto Sans","Noto Sans CJK SC",sans-serif;
        unicode-bidi:plaintext}
        svg .soft{fill:var(--soft)}
        svg .grid{stroke:var(--line);fill:none}
        svg .v0{fill:var(--v0)}svg .v1{fill:var(--v1)}svg .v2{fill:var(--v2)}
        svg .v3{fill:var(--v3)}svg .mark{fill:var(--mark)}
        svg .whisker{stroke:var(--mark);stroke-width:2;fill:none}
        svg .edge{fill:none;stroke:var(--line);stroke-width:1}
        .legend{display:flex;flex-wrap:wrap;gap:.25rem 1.2rem;list-style:none;padding:0;margin:0}
        .legend svg{display:inline-block;vertical-align:-2px;margin:0 .35rem 0 0}
        .label,.narrow{display:none}
        .why{display:block;color:var(--soft);text-indent:0;font-size:.92em}
        @media (max-width:34rem){body{padding:.75rem}dl{grid-template-columns:1fr;gap:0}
        dd{margin-bottom:.35rem}h1{font-size:1.3rem}.narrow{display:block}.broad{display:none}
        .scroll svg{max-width:100%}.lag text{font-size:18px}
        .c,.w,.v,td,tbody th{min-width:0}.n,.when{white-space:normal}
        table{width:100%}table.wide,.wide tbody,.wide tfoot,.wide tr,.wide td,.wide th{display:block}
        .wide thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .wide tr{border:1px solid var(--line);border-radius:.4rem;margin:0 0 .6rem;padding:.2rem 0}
        .wide td,.wide th{border:0;padding:.1rem .6rem;text-align:start}
        .label{display:inline;color:var(--soft)}.label::after{content:": "}}
        @media print{:root{color-scheme:light;--ink:#000;--soft:#333;--page:#fff;--card:#fff;
        --line:#888;--ok:#0b6b3a;--okback:#fff;--bad:#a3162b;--badback:#fff;--gap:#7a4b00;
        --gapback:#fff;--mark:#1f5fa8;--v0:#fff;--v1:#a9c9ec;--v2:#2f74bd;--v3:#0c3a6b}
        body{max-width:none;font-size:10pt;padding:0}.languages{display:none}
        .scroll{overflow:visible}.scroll svg{max-width:100%}
        .choice,.narrow,.label,.screen{display:none}
        @page{margin:10mm}body{font-size:8pt;line-height:1.25}h1{font-size:13pt;margin:0}
        h2{font-size:10pt;margin:.4rem 0 .15rem;padding-top:.2rem;border-top-width:1px}
        h3{font-size:9pt;margin:.4rem 0 .1rem}p{margin:.1rem 0}th,td{padding:.05rem .4rem}
        table{font-size:8pt}.c,.w,.v,td,tbody th{min-width:0}
        .verdict{padding:.3rem .6rem;margin:.4rem 0;border-width:1px}.verdict strong{font-size:11pt}
        .card{padding:.3rem .6rem}.halves{columns:2;column-gap:1.2rem}.halves>*{break-inside:avoid}
        .coverage svg{max-height:5.6cm}.lag svg{max-height:3cm}.cards{grid-template-columns:1fr}
        h2,h3{break-after:avoid}tr,svg,.card,.verdict{break-inside:avoid}
        svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}}

        """
}
