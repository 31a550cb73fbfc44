import CExpat

/// Reads XML through expat: elements begin and end, with the text in between.
///
/// Names come without their namespace's prefix.
final class XMLReader {
    typealias Attributes = [String: String]

    private let parser: XML_Parser
    private let begin: (String, Attributes) -> Void
    private let end: (String, String) -> Void
    /// The text since the last element began or ended.
    private var text: [UInt8] = []

    /// - Parameters:
    ///   - begin: an element begins.
    ///   - end: an element ends; the text within, after its last child.
    init(
        begin: @escaping (String, Attributes) -> Void, end: @escaping (String, String) -> Void
    ) {
        parser = XML_ParserCreate(nil)
        self.begin = begin
        self.end = end
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let name, let attributes else { return }
                XMLReader.of(data).opened(String(cString: name), attributes)
            },
            { data, name in
                guard let name else { return }
                XMLReader.of(data).closed(String(cString: name))
            })
        XML_SetCharacterDataHandler(parser) { data, characters, count in
            let bytes = UnsafeRawBufferPointer(start: characters, count: Int(count))
            XMLReader.of(data).text.append(contentsOf: bytes)
        }
    }

    deinit { XML_ParserFree(parser) }

    /// - Returns: false for what is not well formed.
    func parse(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> Bool {
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        return XML_Parse(parser, start, Int32(bytes.count), isLast ? 1 : 0) == XML_STATUS_OK
    }

    private static func of(_ data: UnsafeMutableRawPointer?) -> XMLReader {
        Unmanaged<XMLReader>.fromOpaque(data!).takeUnretainedValue()
    }

    private static func local(_ name: String) -> String {
        name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
    }

    private func opened(
        _ name: String, _ pointer: UnsafeMutablePointer<UnsafePointer<XML_Char>?>
    ) {
        var attributes: Attributes = [:]
        var index = 0
        while let key = pointer[index], let value = pointer[index + 1] {
            attributes[String(cString: key)] = String(cString: value)
            index += 2
        }
        text.removeAll(keepingCapacity: true)
        begin(Self.local(name), attributes)
    }

    private func closed(_ name: String) {
        end(Self.local(name), String(decoding: text, as: UTF8.self))
        text.removeAll(keepingCapacity: true)
    }
}
