import AuditReport
import OutreachSchema
import SyncCore

/// A page with something in every section. All of it is made up.
enum SamplePage {
    static let hostile = #"<script>alert(1)</script>"#
    static let formula = "=1+1"
    static let turned = "gate \u{202E}txt.exe\u{202C} \u{2066}x\u{2069}"

    static func twice(_ text: String) -> BilingualText { BilingualText(en: text, zh: text) }

    static func single(_ language: LabelLanguage = .english) -> ReportPage {
        var page = ReportPage(
            language: language, zone: .shanghai, version: "0.0.0",
            command: "sync-audit report 'hub <1>' --html report.html --lang en",
            verdict: ReportVerdict(problems: 2), inputs: [hub])
        page.checks = [
            ReportCheck(.passed, BilingualText(en: "Every batch is signed.", zh: "每个批次都已签名。")),
            ReportCheck(.failed, BilingualText(en: "Every leaf fits.", zh: "每个叶子都吻合。")),
            ReportCheck(.notDone, BilingualText(en: "Heads of others.", zh: "他人持有的日志头。")),
        ]
        page.findings = CappedList([finding(hostile), finding(turned), finding(formula)])
        page.counts = [table]
        page.coverage = coverage(points: 30, nights: 20)
        page.figures = ReportFigures()
        page.lags = [
            lag("red armbands 1", 120_000, 9 * 86_400_000), lag(turned, 4_000, 60_000),
            lag("红袖标二队", -30_000, 3_600_000),
        ]
        page.listings = [listing]
        return page
    }

    static func comparison(_ language: LabelLanguage = .english) -> ReportPage {
        var page = single(language)
        var other = hub
        other.name = "b.sqlite"
        other.kind = .replica
        other.heads = []
        page.inputs.append(other)
        page.verdict = ReportVerdict(differences: 7)
        page.differences = differences(records: 7)
        return page
    }

    static var hub: ReportInput {
        var input = ReportInput(name: "hub <1>", kind: .hub)
        let hash = String(repeating: "0123456789abcdef", count: 4)
        input.facts = [
            .init(.fileHash, .code(hash)), .init(.spaceName, .text(turned)),
            .init(.batches, .count(12_345)), .init(.lastSync, .time(1_610_000_000_000)),
        ]
        input.heads = ["a", "b"].map { letter in
            .init(
                size: 12_345, epoch: String(repeating: letter, count: 32), root: hash,
                digest: hash, time: 1_610_000_000_000)
        }
        return input
    }

    static func finding(_ evidence: String) -> ReportFinding {
        ReportFinding(
            code: "record_altered",
            title: BilingualText(en: "A record was altered", zh: "记录被改动"),
            place: BilingualText(en: "journal/7", zh: "位置 7"), evidence: twice(evidence),
            mend: BilingualText(en: "Restore the file from a backup.", zh: "请从备份恢复文件。"))
    }

    static var table: CountTable {
        CountTable(
            title: BilingualText(en: "Records", zh: "记录"),
            rowLabel: BilingualText(en: "Collection", zh: "类别"),
            columns: [
                BilingualText(en: "live", zh: "现有"), BilingualText(en: "deleted", zh: "已删除"),
            ],
            rows: [
                .init(.words(BilingualText(en: "Patrol stops", zh: "巡逻停留")), [2_651, 2]),
                .init(.value(hostile), [5, 0]),
            ],
            expected: 2_658, expectation: BilingualText(en: "rows in the file", zh: "文件中的行数"))
    }

    static var listing: ReportListing {
        ReportListing(
            title: BilingualText(en: "Entered late", zh: "补录"),
            note: BilingualText(en: "Far from their events.", zh: "与事件时间相差较远。"),
            columns: [twice("a"), twice("b"), twice("c")],
            rows: CappedList(
                (0..<3).map { [.value(hostile), .time(1_610_000_000_000), .span($0 * 90_000)] },
                limit: 2))
    }

    static func lag(_ name: String, _ median: Int64, _ largest: Int64) -> DeviceLag {
        DeviceLag(
            device: String(repeating: "d", count: 32), name: name, isRevoked: median < 0,
            changes: 20, median: median, largest: largest, lastPosition: 7,
            lastSeen: 1_610_000_000_000)
    }

    /// Each point is visited in some nights, by a rule without chance.
    static func coverage(points: Int, nights: Int) -> CoverageMap {
        var tally = CoverageTally(zone: .shanghai)
        let first: Int64 = 1_610_000_000
        for point in 0..<points {
            let code = "P-\(1_000 + point)"
            let fields: [String: Value] = [
                "code": .text(code), "name": .text(point == 0 ? hostile : "点位 \(point)"),
                "required_per_shift": .number(Double(point % 3)),
            ]
            tally.add(collection: "points") { fields[$0] }
            for night in 0..<nights {
                let visits = point * 7 % 5 == night % 5 ? 0 : (point + night * night) % 4
                for _ in 0..<visits {
                    let time = RFC3339.text(utcSeconds: first + Int64(night) * 86_400)
                    let stop: [String: Value] = ["point": .text(code), "arrived_at": .text(time)]
                    tally.add(collection: "stops") { stop[$0] }
                }
            }
        }
        return tally.map(newest: 1_900_000_000_000)
    }

    static func differences(records: Int) -> DifferenceList {
        let cause = BilingualText(en: "Not pulled yet on B", zh: "B 尚未拉取")
        let all = (0..<records).map { index in
            DifferenceList.Record(
                collection: BilingualText(en: "Patrol stops", zh: "巡逻停留"),
                id: String(repeating: "\(index % 10)", count: 32),
                side: index % 3 == 0 ? .onlyA : index % 3 == 1 ? .onlyB : .both, cause: cause,
                fields: index == 0
                    ? []
                    : [
                        .init(
                            name: BilingualText(en: "Note", zh: "备注"), a: "cafe\u{301}",
                            b: "caf\u{E9}", aWritten: turned, bWritten: "b"),
                        .init(name: twice("mode"), a: nil, b: hostile),
                    ], fieldsLeftOut: index == 1 ? 3 : 0)
        }
        let causes = [
            DifferenceList.Cause(
                code: "not_pulled_b", title: cause,
                note: BilingualText(en: "Sync B.", zh: "请同步 B。"), count: records - 2),
            DifferenceList.Cause(
                code: "unexplained", title: BilingualText(en: "Unexplained", zh: "原因不明"),
                note: BilingualText(en: "Look into it.", zh: "请调查。"), count: 2),
        ]
        return DifferenceList(causes: causes, records: CappedList(all, limit: 300))
    }
}
