import OutreachSchema

extension PageWriter {
    func writeVerdict(to html: inout HTMLText) {
        html.element("h1") { $0.words(title) }
        html.element("p", ["class": "soft"]) { html in
            for (index, input) in page.inputs.enumerated() {
                if index > 0 { html.text(" ↔ ") }
                if isComparison { html.text(index == 0 ? "A " : "B ") }
                html.code(input.name)
            }
        }
        html.element("div", ["class": "verdict \(outcome.style)", "role": "status"]) { html in
            html.element("strong") { html in
                html.text(outcome.sign + " ")
                html.words(outcome.headline)
            }
            html.element("p") { $0.words(lead.text, lead.values) }
            guard !page.verdict.gaps.isEmpty else { return }
            html.element("ul") { html in
                for gap in page.verdict.gaps { html.element("li") { $0.words(gap) } }
            }
        }
    }

    private var outcome: (style: String, sign: String, headline: BilingualText) {
        switch page.verdict.outcome {
        case .ok:
            ("ok", "✓", isComparison ? ReportTexts.identical : ReportTexts.allInOrder)
        case .found:
            (
                "found", "✗",
                page.verdict.problems > 0 ? ReportTexts.problemsFound : ReportTexts.differ
            )
        case .incomplete: ("incomplete", "?", ReportTexts.notCompleted)
        }
    }

    private var lead: (text: BilingualText, values: KeyValuePairs<String, String>) {
        let problems = NumberWords.grouped(page.verdict.problems)
        let passed = NumberWords.grouped(page.checks.count { $0.state == .passed })
        let open = NumberWords.grouped(page.checks.count { $0.state == .notDone })
        guard let differences = page.verdict.differences else {
            return (
                ReportTexts.leadSingle, ["problems": problems, "passed": passed, "open": open]
            )
        }
        return (
            ReportTexts.leadComparison,
            [
                "differences": NumberWords.grouped(differences), "problems": problems,
                "passed": passed, "open": open,
            ]
        )
    }
}
