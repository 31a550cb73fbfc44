/// Which formats of a workbook show dates.
struct CellStyles {
    enum Kind {
        case plain, date, dateTime
    }

    private var kinds: [Kind] = []

    init(_ archive: ZipArchive) throws {
        var formats: [Int: String] = [:]
        var ids: [Int] = []
        var isInCells = false
        _ = try archive.readXML(
            "xl/styles.xml",
            begin: { name, attributes in
                switch name {
                case "numFmt":
                    if let id = attributes["numFmtId"].flatMap({ Int($0) }) {
                        formats[id] = attributes["formatCode"]
                    }
                case "cellXfs": isInCells = true
                case "xf" where isInCells:
                    ids.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
                default: break
                }
            },
            end: { name, _ in
                if name == "cellXfs" { isInCells = false }
            })
        kinds = ids.map { id in formats[id].map(Self.kind) ?? Self.builtIn(id) }
    }

    func kind(ofStyle index: Int) -> Kind {
        kinds.indices.contains(index) ? kinds[index] : .plain
    }

    /// ECMA-376 part 1, §18.8.30; 27 to 58 are the dates of East Asian locales.
    private static func builtIn(_ id: Int) -> Kind {
        switch id {
        case 14...17, 27...31, 34...36, 50...54, 57, 58: .date
        case 18...21, 22, 32, 33, 45...47, 55, 56: .dateTime
        default: .plain
        }
    }

    /// A format code shows a date if it names a year or a day outside quotes and brackets.
    private static func kind(of code: String) -> Kind {
        var plain = ""
        var isQuoted = false
        var isBracketed = false
        var isEscaped = false
        for character in code.lowercased() {
            if isEscaped {
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if !isQuoted {
                if character == "[" { isBracketed = true }
                if !isBracketed { plain.append(character) }
                if character == "]" { isBracketed = false }
            }
        }
        let section = plain.prefix { $0 != ";" }
        guard section.contains("y") || section.contains("d") || section.contains("h") else {
            return .plain
        }
        return section.contains("h") ? .dateTime : .date
    }
}
