/// Style and script of the page: all of it is in the program.
enum DeskAssets {
    static let style = """
        :root{color-scheme:light dark;--ink:#1b1f24;--soft:#4d5660;--page:#fff;--card:#f5f6f8;--line:#c9ced6;--mark:#1f5fa8;--ok:#0b6b3a;--bad:#a3162b;--warn:#7a4b00;--on:#fff}
        @media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#b4bcc6;--page:#15181c;--card:#1f242a;--line:#47505b;--mark:#8dbdf2;--ok:#7fd6a4;--bad:#ff9aa8;--warn:#f3c577;--on:#15181c}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:.75rem;max-width:76rem;background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;overflow-wrap:anywhere}
        header{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;border-bottom:2px solid var(--line);padding-bottom:.5rem}
        header p{margin:0}.space{font-weight:700;font-size:1.15rem}
        nav,.tabs{display:flex;flex-wrap:wrap;gap:.25rem .9rem}nav{flex:1 1 20rem}
        a{color:var(--mark)}nav a,.tabs a{padding:.35rem 0;text-decoration:none;border-bottom:3px solid transparent}
        [aria-current=page]{border-bottom-color:var(--mark);font-weight:700;color:var(--ink)}
        a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--mark);outline-offset:2px}
        .skip{position:absolute;left:-99rem}.skip:focus{left:.5rem;top:.5rem;background:var(--page);padding:.5rem}
        .hide{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        h1{font-size:1.5rem;line-height:1.25;margin:1rem 0 .5rem}h2{font-size:1.15rem;margin:1.5rem 0 .5rem}h3{font-size:1rem;margin:0 0 .25rem}
        .soft{color:var(--soft);font-weight:400}.code,pre{font-family:ui-monospace,"Noto Sans Mono","DejaVu Sans Mono",monospace;font-size:.9em}
        pre{background:var(--card);border:1px solid var(--line);padding:.6rem;white-space:pre-wrap}
        .bad,.bad-word{color:var(--bad)}.ok{color:var(--ok)}.warn{color:var(--warn)}
        td a+a,p a+a{margin-inline-start:.75rem}
        .call{border:2px solid var(--mark);border-radius:.5rem;padding:.5rem .75rem}
        .scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.93rem}th,td{padding:.3rem .6rem;border:1px solid var(--line);text-align:start;vertical-align:top}
        th{overflow-wrap:normal}thead th{background:var(--card)}.n{text-align:end;font-variant-numeric:tabular-nums}
        .list{list-style:none;padding:0}.list li{padding:.35rem 0;border-bottom:1px solid var(--line)}
        .cards{list-style:none;padding:0;display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr))}
        .card{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem;min-width:0;margin-bottom:.75rem}
        .card h2{margin-top:0}.sides{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr))}
        .value{font-size:1.15rem;margin:.25rem 0}
        dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.15rem .75rem;margin:.5rem 0}dt{color:var(--soft)}dd{margin:0;min-width:0}
        .row{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:end}.inline{display:inline}
        input,select,button{font:inherit;color:inherit;background:var(--page);border:1px solid var(--soft);border-radius:.35rem;padding:.4rem .6rem;min-height:2.6rem;max-width:100%}
        label{min-width:0;max-width:100%}input[type=checkbox]{min-height:0}button{cursor:pointer;background:var(--card)}
        .primary{background:var(--mark);color:var(--on);border-color:var(--mark)}.danger{border-color:var(--bad);color:var(--bad)}
        svg{display:block;width:100%;max-width:40rem;height:auto;border:1px solid var(--line);border-radius:.5rem;background:var(--card)}
        svg.code-picture{max-width:18rem;border:0}svg .code-back{fill:#fff}svg .code-ink{fill:#000}
        svg .done{fill:var(--ok)}svg .left{fill:var(--bad)}
        svg text{fill:var(--ink);stroke:var(--card);stroke-width:3px;paint-order:stroke;text-anchor:middle;font-size:13px;font-weight:600}
        @media (max-width:34rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.35rem}}
        @media print{header,form,.skip{display:none}body{max-width:none}}
        """

    /// Says that something is new; nothing else needs a script.
    static let script = """
        "use strict";
        (function(){
          var news=document.getElementById("news"),at=document.body.getAttribute("data-position");
          if(!news||!at||!window.fetch)return;
          function look(){
            if(document.hidden)return;
            fetch("/position",{credentials:"same-origin"}).then(function(r){return r.ok?r.text():at;}).then(function(now){
              if(now!==at){
                var busy=document.activeElement&&/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName);
                if(busy){news.hidden=false;}else{location.reload();}
              }
            }).catch(function(){});
          }
          setInterval(look,3000);
        })();
        """
}
