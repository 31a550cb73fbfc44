import Testing

@testable import OutreachSchema

@Suite struct CSVReaderTests {
    private func records(_ text: String, delimiter: Character = ",") -> [CSVRecord] {
        var reader = CSVReader(Array(text.utf8), delimiter: delimiter.asciiValue!)
        var out: [CSVRecord] = []
        while let record = reader.next() { out.append(record) }
        return out
    }

    @Test func quotedCells_keepCommasQuotesAndLineBreaks() {
        let found = records("a,\"b,\"\"c\"\"\r\nd\",\r\ne,\"\",f")
        #expect(
            found == [
                CSVRecord(line: 1, cells: ["a", "b,\"c\"\r\nd", ""]),
                CSVRecord(line: 3, cells: ["e", "", "f"]),
            ])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func lineBreaks_areCounted(_ lineBreak: String) {
        let lines = ["a", "\"b\(lineBreak)c\"", "", "d", ""]
        let found = records(lines.joined(separator: lineBreak))
        #expect(found.map(\.line) == [1, 2, 4, 5])
        #expect(found.last?.cells == ["d"])
        #expect(found[2].isBlank)
    }

    @Test func quoteThatIsNeverClosed_costsOneLine() {
        let found = records("a,b\n\"c,d\ne,f\n")
        #expect(
            found == [
                CSVRecord(line: 1, cells: ["a", "b"]),
                CSVRecord(line: 2, cells: ["\"c", "d"], isBroken: true),
                CSVRecord(line: 3, cells: ["e", "f"]),
            ])
    }

    @Test func textAfterClosingQuote_costsOneLine() {
        let found = records("\"a\"b,c\n\"d\" ,e\n")
        #expect(found.map(\.isBroken) == [true, false])
        #expect(found[1].cells == ["d", "e"])
    }

    @Test func strayQuote_beforeQuotedCells_losesNoOtherLine() {
        let found = records("1,\"x\n2,\"y\"\n3,\"z\"\n")
        #expect(found.map(\.line) == [1, 2, 3])
        #expect(found.map(\.isBroken) == [true, false, false])
    }

    @Test func quoteWithinPlainCell_isKept() {
        #expect(records("5\" pipe,x").first?.cells == ["5\" pipe", "x"])
    }

    @Test func quotedCellPastItsLimit_isBroken() {
        let long = String(repeating: "x", count: CSVReader.quotedCellLimitBytes)
        let found = records("\"\(long)\"\na\n")
        #expect(found.map(\.isBroken) == [true, false])
    }

    @Test func dialect_isFoundFromTheHeader() {
        func delimiter(_ text: String) -> Character {
            Character(Unicode.Scalar(CSVDialect(detecting: Array(text.utf8)).delimiter))
        }
        #expect(delimiter("a;b;c\n1,2;3;4") == ";")
        #expect(delimiter("a\tb\n") == "\t")
        #expect(delimiter("\"a;b;c\",d\n") == ",")
        #expect(delimiter("a") == ",")
        #expect(delimiter("\n\na;b\n") == ";")
        let announced = CSVDialect(detecting: Array("sep=;\r\na,b,c;d\r\n".utf8))
        #expect(announced.delimiter == UInt8(ascii: ";"))
        #expect(announced.start == 7)
        #expect(announced.line == 2)
    }

    /// Every prefix and every single-byte change of a file is read to its end without trouble.
    @Test func damagedFiles_areReadToTheEnd() {
        let good = Array("a,\"b\"\"\n\",c\r\n\"d\",,\re\n".utf8)
        for length in 0...good.count {
            for byte in Array(",\"\r\nx".utf8) {
                var bytes = Array(good.prefix(length))
                if !bytes.isEmpty { bytes[length / 2] = byte }
                var reader = CSVReader(bytes, delimiter: UInt8(ascii: ","))
                var count = 0
                while reader.next() != nil { count += 1 }
                #expect(count <= bytes.count)
            }
        }
    }
}
