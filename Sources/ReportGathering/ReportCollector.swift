package import AuditReport
import CommandKit
import OutreachSchema
import SyncAudit
import SyncCore
package import SyncProtocol
import SyncStore

/// Gathers what a report says: verification, figures, history, and the comparison of two inputs.
///
/// What cannot be read to its end is a gap of the report, not the end of it: the rest is shown.
package struct ReportCollector {
    let request: ReportRequest
    private(set) var inputs: [AuditedInput] = []
    var checks: [ReportCheck] = []
    var findings = CappedList<ReportFinding>()
    var gaps: [BilingualText] = []
    private var verified: [VerifyReport?] = []

    private let words = Messages.auditScope

    /// - Throws: `StoreError` if an input cannot be read at all.
    package init(_ request: ReportRequest) throws {
        self.request = request
        inputs = try zip(request.readInputs, request.inputs).map {
            try AuditedInput($0, shown: $1)
        }
    }

    /// `A` or `B`; nil where there is one input only.
    func letter(_ index: Int) -> String? {
        inputs.count > 1 ? (index == 0 ? "A" : "B") : nil
    }

    /// - Throws: `StoreError`, `CommandFailure`.
    package mutating func page() async throws -> ReportPage {
        for index in inputs.indices { try verify(index) }
        let differences = try await compare()
        let counts = countTables()
        noteUnevenSums(counts)
        noteWritten()
        checks.append(
            .init(
                .notDone, words.contents.inBothLanguages(),
                why: words.whyContents.inBothLanguages()))
        let verdict = ReportVerdict(
            problems: findings.total, differences: differences?.records.total, gaps: gaps)
        var page = ReportPage(
            language: .current,
            zone: inputs[0].space.zone, version: ProgramVersion.current, command: request.command,
            verdict: verdict, inputs: try inputs.map { try $0.described() })
        page.checks = checks
        page.findings = findings
        page.differences = differences
        page.counts = counts
        page.figures = inputs[0].report.total
        page.coverage = inputs[0].coverage
        page.lagInput = inputs.firstIndex { $0.file.isHub } ?? 0
        page.lags = inputs[page.lagInput].lags
        page.listings = listings()
        page.verdict.gaps = gaps
        return page
    }

    private mutating func verify(_ index: Int) throws {
        let name = ReportScope.text(
            BilingualText(en: inputs[index].name, zh: inputs[index].name),
            of: letter(index))
        var options = Verifier.Options()
        options.views = StoreViews.all
        options.hubKey = try request.key()
        if inputs[index].file.isHub {
            options.against = request.against + request.since
        }
        do {
            let report = try Verifier(options).verify(inputs[index].file.name)
            verified.append(report)
            take(report, index)
            if !report.isComplete {
                gaps.append(
                    BilingualText(
                        en: words.gapVerify.text(["input": name.en], in: .en),
                        zh: words.gapVerify.text(["input": name.zh], in: .zhHans)))
            }
        } catch let error as StoreError where error.kind == .corrupt {
            verified.append(nil)
            noteGap(index, words.partVerification)
        }
    }

    private func countTables() -> [CountTable] {
        inputs.indices.flatMap { index in
            inputs[index].countTables(letter: letter(index), verified: verified[index])
        }
    }

    private mutating func listings() -> [ReportListing] {
        do {
            return try inputs[0].listings()
        } catch {
            noteGap(0, words.partHistory)
            return []
        }
    }

    mutating func noteGap(_ index: Int, _ part: Message) {
        let name = letter(index) ?? inputs[index].name
        gaps.append(
            inBothLanguages { words.gapRead.text(["input": name, "part": part.text()]) })
    }

    private mutating func noteWritten() {
        for input in inputs where (try? input.file.isUnchanged()) != true {
            gaps.append(words.gapWritten.inBothLanguages(["input": input.name]))
        }
    }
}

extension ReportRequest {
    /// - Throws: `CommandFailure` for what is no key.
    package func key() throws -> PublicKey? {
        guard let hubKey else { return nil }
        guard let key = PublicKey(hex: hubKey) else {
            throw CommandFailure(
                "bad_key", Messages.auditReport.badKey.text(),
                mend: Messages.auditReport.badKeyMend.text(), status: .usage)
        }
        return key
    }
}
