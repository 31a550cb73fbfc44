import AuditReport
import CommandKit
import OutreachSchema
import SyncAudit

extension ReportCollector {
    private var words: AuditScopeMessages { Messages.auditScope }

    private mutating func add(_ finding: ReportFinding) { findings.append(finding) }

    /// What needs no translation.
    private func same(_ text: String) -> BilingualText { BilingualText(en: text, zh: text) }

    /// Takes over what a verification checked and found.
    mutating func take(_ report: VerifyReport, _ index: Int) {
        let letter = letter(index)
        let failed = Set(report.problems.map { ReportScope.check($0.kind) })
        for check in report.checked {
            let state: ReportCheck.State = failed.contains(check) ? .failed : .passed
            checks.append(.init(state, ReportScope.text(ReportScope.text(check), of: letter)))
        }
        for part in report.notChecked {
            checks.append(
                .init(
                    .notDone, ReportScope.text(ReportScope.text(part), of: letter),
                    why: ReportScope.why(part)))
        }
        for problem in report.problems { add(finding(problem, letter)) }
        for (kind, count) in report.omitted.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            add(
                ReportFinding(
                    code: kind.rawValue, title: VerifyWords.message(kind).inBothLanguages(),
                    place: same(letter ?? ""),
                    evidence: words.omitted.inBothLanguages(["n": count]),
                    mend: ReportScope.mend(kind)))
            findings.skip(count - 1)
        }
        noteUnreadable(index)
    }

    private func finding(_ problem: VerifyProblem, _ letter: String?) -> ReportFinding {
        ReportFinding(
            code: problem.kind.rawValue,
            title: VerifyWords.message(problem.kind).inBothLanguages(),
            place: ReportScope.text(
                inBothLanguages { VerifyWords.place(problem.place) }, of: letter),
            evidence: ReportScope.evidence(problem), mend: ReportScope.mend(problem.kind))
    }

    private mutating func noteUnreadable(_ index: Int) {
        let input = inputs[index]
        for (place, count) in [
            ("records", input.records.unreadable), ("log", input.figures.log.unreadable),
        ] where count > 0 {
            add(
                ReportFinding(
                    code: "unreadable_rows", title: words.unreadableRows.inBothLanguages(),
                    place: same(letter(index).map { "\($0) · \(place)" } ?? place),
                    evidence: same("\(count)"), mend: words.unreadableRowsMend.inBothLanguages()))
        }
    }

    /// Sums that differ are problems of their own.
    mutating func noteUnevenSums(_ tables: [CountTable]) {
        let uneven = tables.filter { !$0.addsUp }
        checks.append(
            .init(uneven.isEmpty ? .passed : .failed, words.quantity.inBothLanguages()))
        for table in uneven {
            let title = BilingualText(
                en: words.uneven.text(["title": table.title.en], in: .en),
                zh: words.uneven.text(["title": table.title.zh], in: .zhHans))
            add(
                ReportFinding(
                    code: "sums_differ", title: title, place: same(""),
                    evidence: same("\(table.sum) ≠ \(table.expected)"),
                    mend: words.unevenMend.inBothLanguages()))
        }
    }
}
