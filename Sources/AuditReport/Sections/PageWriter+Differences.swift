import OutreachSchema

extension PageWriter {
    func writeDifferences(to html: inout HTMLText) {
        guard let differences = page.differences else { return }
        html.heading(ReportTexts.differences)
        guard !differences.records.isEmpty else {
            return html.paragraph(ReportTexts.noDifferences)
        }
        writeCauses(differences, to: &html)
        html.subheading(ReportTexts.differingRecords)
        let columns = [
            ReportTexts.record, ReportTexts.side, ReportTexts.cause, ReportTexts.field,
            BilingualText(en: "A", zh: "A"), BilingualText(en: "B", zh: "B"),
        ]
        html.table(label: ReportTexts.differingRecords, columns: columns) { html in
            for record in differences.records.items {
                html.element("tbody") { write(record, to: &$0) }
            }
        }
        html.andMore(differences.records.rest)
    }

    /// Picture and table by cause; the sum is that of the records that differ.
    private func writeCauses(_ differences: DifferenceList, to html: inout HTMLText) {
        let causes = differences.causes.filter { $0.count > 0 }
        BarPicture(
            title: ReportTexts.causePicture,
            bars: causes.map { .init(label: $0.title, count: $0.count) }
        ).write(to: &html)
        let columns = [ReportTexts.cause, ReportTexts.records, ReportTexts.meaning]
        html.table(label: ReportTexts.causePicture, columns: columns, numeric: [1]) { html in
            html.element("tbody") { html in
                for cause in causes {
                    html.element("tr") { html in
                        html.element("th", ["scope": "row"]) { html in
                            html.words(cause.title)
                            html.text(" ")
                            html.code(cause.code)
                        }
                        html.numberCell(cause.count)
                        html.element("td", ["class": "w"]) { $0.words(cause.note) }
                    }
                }
            }
            html.element("tfoot") { html in
                html.element("tr") { html in
                    html.element("th", ["scope": "row"]) { $0.words(ReportTexts.sum) }
                    html.numberCell(causes.reduce(0) { $0 + $1.count })
                    html.element("td") { html in
                        writeEquality(
                            causes.reduce(0) { $0 + $1.count }, differences.records.total,
                            ReportTexts.differingRecords, to: &html)
                    }
                }
            }
        }
    }

    private func write(_ record: DifferenceList.Record, to html: inout HTMLText) {
        let rows = max(record.fields.count, 1) + (record.fieldsLeftOut > 0 ? 1 : 0)
        html.element("tr") { html in
            html.element("th", ["scope": "rowgroup", "rowspan": "\(rows)", "class": "w"]) { html in
                html.words(record.collection)
                html.element("br")
                html.code(record.id)
            }
            html.element("td", ["rowspan": "\(rows)"]) { $0.words(record.side.label) }
            html.element("td", ["rowspan": "\(rows)"]) { $0.words(record.cause) }
            guard let field = record.fields.first else {
                return html.element("td", ["colspan": "3"])
            }
            write(field, to: &html)
        }
        for field in record.fields.dropFirst() { html.element("tr") { write(field, to: &$0) } }
        guard record.fieldsLeftOut > 0 else { return }
        html.element("tr") { html in
            html.element("td", ["colspan": "3"]) { $0.andMore(record.fieldsLeftOut) }
        }
    }

    private func write(_ field: DifferenceList.Field, to html: inout HTMLText) {
        html.element("td") { $0.words(field.name) }
        let looksEqual = field.looksEqual
        for (value, written) in [(field.a, field.aWritten), (field.b, field.bWritten)] {
            html.element("td", ["class": "v"]) { html in
                if let value {
                    html.value(value.clipped())
                } else {
                    html.element("span", ["class": "soft"]) { $0.words(ReportTexts.absent) }
                }
                if let value, looksEqual {
                    html.element("br")
                    html.code(value.scalarNumbers)
                }
                guard let written else { return }
                html.element("br")
                html.element("span", ["class": "soft"]) { $0.value(written) }
            }
        }
    }
}

extension DifferenceList.Record.Side {
    var label: BilingualText {
        switch self {
        case .onlyA: ReportTexts.onlyA
        case .onlyB: ReportTexts.onlyB
        case .both: ReportTexts.inBoth
        }
    }
}

extension DifferenceList.Field {
    /// Two spellings of one text in Unicode (NFC and NFD) that no eye can tell apart.
    var looksEqual: Bool {
        guard let a, let b else { return false }
        return a == b && Array(a.unicodeScalars) != Array(b.unicodeScalars)
    }
}

extension String {
    /// The numbers of the characters beyond ASCII, at most twelve.
    var scalarNumbers: String {
        let wide = unicodeScalars.filter { !$0.isASCII }
        let numbers = wide.prefix(12).map { "U+" + String($0.value, radix: 16, uppercase: true) }
        return numbers.joined(separator: " ") + (wide.count > 12 ? " …" : "")
    }
}
