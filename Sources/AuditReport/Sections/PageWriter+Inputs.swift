import OutreachSchema

extension PageWriter {
    func writeInputs(to html: inout HTMLText) {
        html.heading(ReportTexts.inputs)
        html.paragraph(ReportTexts.inputsNote, ["zone": page.zone.name], style: "soft")
        html.element("div", ["class": "cards"]) { html in
            for (index, input) in page.inputs.enumerated() {
                html.element("section", ["class": "card"]) { html in
                    write(input, letter: index == 0 ? "A" : "B", to: &html)
                }
            }
        }
    }

    private func write(_ input: ReportInput, letter: String, to html: inout HTMLText) {
        html.element("h3") { html in
            if isComparison { html.text(letter + " · ") }
            html.words(input.kind.label)
        }
        html.element("dl") { html in
            line(ReportTexts.path, to: &html) { $0.code(input.name) }
            for fact in input.facts {
                line(fact.label.text, to: &html) { write(fact.value, to: &$0) }
            }
        }
        guard let head = input.heads.first else {
            return html.paragraph(ReportTexts.noHead, style: "soft")
        }
        html.subheading(ReportTexts.head)
        write(head, to: &html)
        writeEarlier(input.heads.dropFirst(), to: &html)
    }

    private func write(_ value: ReportInput.Fact.Value, to html: inout HTMLText) {
        switch value {
        case .text(let text): html.value(text)
        case .code(let text): html.code(text)
        case .count(let number): html.text(NumberWords.grouped(number))
        case .time(let milliseconds): html.text(time(milliseconds))
        }
    }

    private func write(_ head: ReportInput.Head, to html: inout HTMLText) {
        html.element("dl") { html in
            line(ReportTexts.headSize, to: &html) { $0.text(NumberWords.grouped(head.size)) }
            line(ReportTexts.headTime, to: &html) { $0.text(time(head.time)) }
            line(ReportTexts.epoch, to: &html) { $0.code(head.epoch) }
            line(ReportTexts.root, to: &html) { $0.code(head.root) }
            line(ReportTexts.digest, to: &html) { $0.code(head.digest) }
        }
    }

    /// The last head of each epoch before the present one.
    private func writeEarlier(_ heads: some Collection<ReportInput.Head>, to html: inout HTMLText) {
        guard !heads.isEmpty else { return }
        html.subheading(ReportTexts.earlierHeads)
        html.element("ul") { html in
            for head in heads {
                html.element("li") { html in
                    html.words(
                        ReportTexts.earlierHead,
                        ["size": NumberWords.grouped(head.size), "time": time(head.time)])
                    html.text(" ")
                    html.code(head.epoch)
                }
            }
        }
    }

    private func line(
        _ label: BilingualText, to html: inout HTMLText, _ value: (inout HTMLText) -> Void
    ) {
        html.element("dt") { $0.words(label) }
        html.element("dd", [:], value)
    }
}

extension ReportInput.Kind {
    var label: BilingualText {
        switch self {
        case .replica: ReportTexts.kindReplica
        case .hub: ReportTexts.kindHub
        case .bundle: ReportTexts.kindBundle
        case .hubAddress: ReportTexts.kindHubAddress
        }
    }
}

extension ReportInput.Fact.Label {
    var text: BilingualText {
        switch self {
        case .fileHash: ReportTexts.fileHash
        case .logHash: ReportTexts.logHash
        case .space: ReportTexts.space
        case .spaceName: ReportTexts.spaceName
        case .device: ReportTexts.device
        case .deviceName: ReportTexts.deviceName
        case .role: ReportTexts.role
        case .hub: ReportTexts.hub
        case .hubKey: ReportTexts.hubKey
        case .digest: ReportTexts.digest
        case .batches: ReportTexts.batches
        case .lastSync: ReportTexts.lastSync
        }
    }
}
