/// The examples that stand first in each `--help`, by the words of the command.
enum FieldExamples {
    static let all: [String: [String]] = setup.merging(records) { $1 }.merging(files) { $1 }

    private static let setup: [String: [String]] = [
        "": ["sync-field", "sync-field stop add 14 -p2 灯箱松动", "sync-field sync"],
        "init": ["sync-field init --name 红袖标一队"],
        "token": ["sync-field token renew"], "token renew": ["sync-field token renew"],
        "join": [
            "sync-field join fsi1_…", "sync-field join fsi1_… --take-over",
            "sync-field join - < invite.txt",
        ],
        "home": ["sync-field"],
        "sync": [
            "sync-field sync", "sync-field sync --watch --every 5m", "sync-field sync --dry-run",
        ],
        "status": ["sync-field status", "sync-field status --json"],
        "check": ["sync-field check", "sync-field check --heal"],
        "backup": ["sync-field backup ~/backup/tonight.sqlite"],
        "restore": ["sync-field restore ~/backup/tonight.sqlite --replica lead1.sqlite"],
        "doctor": ["sync-field doctor", "sync-field doctor --json"],
        "history": ["sync-field history last", "sync-field history 3 --json"],
        "why": ["sync-field why last", "sync-field why 3"],
        "undo": [
            "sync-field undo", "sync-field undo 3 --dry-run", "sync-field undo --import old.csv",
            "sync-field undo --redo",
        ],
        "conflict": ["sync-field conflict list"],
        "conflict list": ["sync-field conflict list --all"],
        "conflict show": ["sync-field conflict show d0a85f5e"],
        "conflict resolve": [
            "sync-field conflict resolve d0a85f5e --use lost",
            "sync-field conflict resolve d0a85f5e --value 4",
        ],
        "bundle": ["sync-field bundle export tonight.fsb"],
        "bundle export": ["sync-field bundle export tonight.fsb"],
        "bundle import": ["sync-field bundle import tonight.answer.fsb"],
    ]

    private static let records: [String: [String]] = [
        "stop": ["sync-field stop add 14 -p2 灯箱松动", "sync-field stop list --shift tonight"],
        "stop add": [
            "sync-field stop add", "sync-field stop add 14 -p2 灯箱松动",
            "sync-field stop add 南大街14 -m b -t3 --arrived-at 21:40 --left-at 21:55",
        ],
        "stop leave": ["sync-field stop leave last", "sync-field stop leave 3 --at 22:10"],
        "activity": ["sync-field activity add 巡逻 JC05 -v6"],
        "activity add": ["sync-field activity add", "sync-field activity add 巡逻 JC05 -v6 一切正常"],
        "education": ["sync-field education add 反诈 传单 JC05 -a12 -l30"],
        "education add": [
            "sync-field education add", "sync-field education add 反诈 传单 JC05 -a12 -l30",
        ],
        "hazard": ["sync-field hazard add 14 消防 通道堵了", "sync-field hazard assign last 消防"],
        "hazard add": ["sync-field hazard add", "sync-field hazard add 14 消防 通道堵了 -s high"],
        "hazard assign": ["sync-field hazard assign last 消防", "sync-field hazard assign 2 urban"],
        "hazard resolve": [
            "sync-field hazard resolve 2 已清理", "sync-field hazard resolve 2 --at 22:10",
        ],
        "hazard dismiss": ["sync-field hazard dismiss 2 属正常施工"],
        "point": ["sync-field point list", "sync-field point show 14"],
        "point list": ["sync-field point list", "sync-field point list --where grid=JC05"],
        "point show": ["sync-field point show 14"],
        "record": ["sync-field record collections"],
        "record collections": ["sync-field record collections"],
        "record list": ["sync-field record list imports"],
        "record show": ["sync-field record show imports last"],
    ].merging(verbs) { $1 }

    /// The verbs that every noun has; points are read only.
    private static let verbs: [String: [String]] = {
        var examples: [String: [String]] = [:]
        for noun in ["stop", "activity", "education", "hazard"] {
            let time =
                ["stop": "--left-at 22:10", "activity": "--ended-at 22:10"][noun] ?? "-g JC05"
            examples["\(noun) list"] = [
                "sync-field \(noun) list --shift tonight", "sync-field \(noun) list --limit 20",
                "sync-field \(noun) list --where grid=JC05",
            ]
            examples["\(noun) show"] = [
                "sync-field \(noun) show last", "sync-field \(noun) show 3",
            ]
            examples["\(noun) edit"] = [
                "sync-field \(noun) edit 3 \(time)", "sync-field \(noun) edit last --clear note",
            ]
            examples["\(noun) delete"] = ["sync-field \(noun) delete 3"]
            examples["\(noun) restore"] = ["sync-field \(noun) restore last"]
        }
        return examples
    }()

    private static let files: [String: [String]] = [
        "handover": ["sync-field handover", "sync-field handover --shift yesterday"],
        "report": [
            "sync-field report --from 2026-11-01 --to 2026-11-30 --by grid",
            "sync-field report --from 2026-11-01 --to 2026-11-30 --html november.html",
        ],
        "export": [
            "sync-field export --collection stops -o stops.xlsx",
            "sync-field export --collection hazards -o hazards.geojson",
        ],
        "import": [
            "sync-field import stops.xlsx --into stops --dry-run",
            "sync-field import old.csv --into stops --map 地方=point --dates dmy",
        ],
    ]
}
