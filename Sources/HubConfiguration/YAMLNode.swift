import CLibYAML

/// A value of a YAML text, with the line on which it begins.
///
/// A thin layer over libyaml's events: no type is guessed, a scalar is the text that stands there.
struct YAMLNode {
    indirect enum Content {
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        /// As they stand, a key that is there twice twice.
        case mapping([(key: YAMLNode, value: YAMLNode)])
    }

    let content: Content
    /// Counted from 1.
    let line: Int

    /// Why a text is not one YAML document that is read here.
    struct Fault: Error {
        let line: Int
        let problem: String
    }

    var scalar: String? { if case .scalar(let text, _) = content { text } else { nil } }

    /// Nothing, `~` or `null`, not in quotes.
    var isNothing: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null"].contains(text)
    }

    /// The one document of a text; nil if it holds nothing but comments.
    static func read(_ text: String) throws(Fault) -> YAMLNode? {
        // libyaml takes no missing pointer.
        guard !text.isEmpty else { return nil }
        var text = text
        let result = text.withUTF8 { bytes -> Result<YAMLNode?, Fault> in
            let reader = YAMLReader(bytes)
            do throws(Fault) { return .success(try reader.document()) } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}

/// Builds nodes of libyaml's events.
private final class YAMLReader {
    /// No configuration nests deeper.
    private static let depthLimit = 16

    private var parser = yaml_parser_t()
    private var event = yaml_event_t()

    /// - Parameter bytes: UTF-8; outlives the reader.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        precondition(yaml_parser_initialize(&parser) == 1, "libyaml has no memory")
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_event_delete(&event)
        yaml_parser_delete(&parser)
    }

    func document() throws(YAMLNode.Fault) -> YAMLNode? {
        try next()
        try next()
        guard event.type == YAML_DOCUMENT_START_EVENT else { return nil }
        try next()
        let root = try node(depth: 1)
        try next()
        try next()
        guard event.type == YAML_STREAM_END_EVENT else {
            throw fault("a second document begins here")
        }
        return root
    }

    /// The node whose first event was just read.
    private func node(depth: Int) throws(YAMLNode.Fault) -> YAMLNode {
        guard depth <= Self.depthLimit else { throw fault("this nests too deep") }
        let line = Int(event.start_mark.line) + 1
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return YAMLNode(
                content: .scalar(
                    String(decoding: bytes, as: UTF8.self),
                    isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE), line: line)
        case YAML_SEQUENCE_START_EVENT:
            var items: [YAMLNode] = []
            try next()
            while event.type != YAML_SEQUENCE_END_EVENT {
                items.append(try node(depth: depth + 1))
                try next()
            }
            return YAMLNode(content: .sequence(items), line: line)
        case YAML_MAPPING_START_EVENT:
            var members: [(YAMLNode, YAMLNode)] = []
            try next()
            while event.type != YAML_MAPPING_END_EVENT {
                let key = try node(depth: depth + 1)
                try next()
                members.append((key, try node(depth: depth + 1)))
                try next()
            }
            return YAMLNode(content: .mapping(members), line: line)
        default: throw fault("names of other places (*) are not read here")
        }
    }

    private func next() throws(YAMLNode.Fault) {
        yaml_event_delete(&event)
        guard yaml_parser_parse(&parser, &event) == 1 else {
            let problem = parser.problem.map { String(cString: $0) } ?? "not YAML"
            throw YAMLNode.Fault(line: Int(parser.problem_mark.line) + 1, problem: problem)
        }
    }

    private func fault(_ problem: String) -> YAMLNode.Fault {
        YAMLNode.Fault(line: Int(event.start_mark.line) + 1, problem: problem)
    }
}
