/// Which sheets a workbook has, and where they are in the archive.
struct WorkbookIndex {
    struct Sheet {
        let name: String
        let relation: String
    }

    private(set) var sheets: [Sheet] = []
    private(set) var isEpoch1904 = false
    private var targetsByRelation: [String: String] = [:]

    /// False for an archive that is no workbook.
    mutating func read(_ archive: ZipArchive) throws -> Bool {
        var sheets: [Sheet] = []
        var is1904 = false
        let isThere = try archive.readXML(
            "xl/workbook.xml",
            begin: { name, attributes in
                if name == "workbookPr" {
                    is1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
                }
                guard name == "sheet", attributes["state"] ?? "visible" == "visible" else {
                    return
                }
                let relation = attributes.first { $0.key.hasSuffix(":id") }?.value ?? ""
                sheets.append(Sheet(name: attributes["name"] ?? "", relation: relation))
            }, end: { _, _ in })
        var targets: [String: String] = [:]
        _ = try archive.readXML(
            "xl/_rels/workbook.xml.rels",
            begin: { name, attributes in
                guard name == "Relationship", let id = attributes["Id"] else { return }
                targets[id] = attributes["Target"]
            }, end: { _, _ in })
        self.sheets = sheets
        isEpoch1904 = is1904
        targetsByRelation = targets
        return isThere
    }

    /// Targets are relative to `xl/`, or begin at the root.
    func path(of sheet: Sheet) -> String? {
        guard let target = targetsByRelation[sheet.relation] else { return nil }
        return target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
    }
}

/// The texts that cells name by number.
struct SharedStrings {
    private(set) var strings: [String] = []

    init(_ archive: ZipArchive) throws {
        var strings: [String] = []
        var current = ""
        var phonetic = 0
        _ = try archive.readXML(
            "xl/sharedStrings.xml",
            begin: { name, _ in
                if name == "si" { current = "" }
                if name == "rPh" { phonetic += 1 }
            },
            end: { name, text in
                // Readings of ideographs stand beside the text, not in it.
                if name == "t" && phonetic == 0 { current += text }
                if name == "rPh" { phonetic -= 1 }
                if name == "si" { strings.append(current) }
            })
        self.strings = strings
    }
}
