import SyncCore
import TestSupport
import Testing

@Suite struct CanonicalJSONVectorTests {
    private let file: JSONValue

    init() throws { file = try Vectors.file("canonical_json") }

    @Test func writer_everyAcceptedInput_writesTheCanonicalForm() throws {
        #expect(file.items("accept").count > 40)
        for entry in file.items("accept") {
            let tree = try JSONParser.parse(Array(entry.text("input").utf8))
            let written = String(decoding: CanonicalJSON.bytes(tree), as: UTF8.self)
            #expect(
                written.utf8.elementsEqual(entry.text("canonical").utf8), "\(entry.text("name"))")
        }
    }

    @Test func reader_everyCanonicalForm_isAccepted() throws {
        for entry in file.items("accept") {
            #expect(
                CanonicalReader.fault(of: Array(entry.text("canonical").utf8)) == nil,
                "\(entry.text("name"))")
        }
    }

    @Test func numbers_everyBitPattern_hasItsOneLiteral() throws {
        for entry in file.items("numbers") {
            let bits = try #require(UInt64(entry.text("bits"), radix: 16))
            var out: [UInt8] = []
            CanonicalJSON.append(Value.number(Double(bitPattern: bits)), to: &out)
            #expect(String(decoding: out, as: UTF8.self) == entry.text("text"))
        }
    }

    @Test func reader_everyRefusedText_throws() throws {
        #expect(file.items("refused").count > 50)
        for entry in file.items("refused") {
            #expect(CanonicalReader.fault(of: bytes(of: entry)) != nil, "\(entry.text("name"))")
        }
    }

    @Test func parser_refusedTexts_readAsTheVectorSays() throws {
        for entry in file.items("refused") {
            let tree = try? JSONParser.parse(bytes(of: entry))
            // Keys outside ASCII are refused by a reader of messages too; this parser leaves that
            // to whoever reads the object.
            if entry.text("why").contains("ASCII") { continue }
            let written = tree.map { String(decoding: CanonicalJSON.bytes($0), as: UTF8.self) }
            #expect(written == entry["reads_as"]?.string, "\(entry.text("name"))")
        }
    }

    private func bytes(of entry: JSONValue) -> [UInt8] {
        if let hex = entry["hex"]?.string { return Hex.bytes(hex) ?? [] }
        if let part = entry["repeat"]?.string {
            return Array(String(repeating: part, count: Int(entry.number("times"))).utf8)
        }
        return Array(entry.text("text").utf8)
    }
}
