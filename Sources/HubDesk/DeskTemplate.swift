// The part of Mustache that the page's templates use (https://mustache.github.io/mustache.5.html):
//
//     {{name}} {{a.b}} {{.}}       a value, escaped; {{{name}}}: as it is
//     {{#name}}…{{/name}}          once if it is true or a value, once for each of a list
//     {{^name}}…{{/name}}          if it is false, missing or an empty list
//     {{<layout}}{{$block}}…{{/block}}{{/layout}}    a page within a layout, which has {{$block}}{{/block}}
//
// Anything else is a fault, which the tests find by reading every template.
// Why this is no library: docs/decisions/0027-the-desk-is-a-device.md.

/// One page's markup, read once.
struct DeskTemplate: Sendable {
    indirect enum Piece: Sendable {
        case text(String)
        case value([String], isEscaped: Bool)
        case section([String], [Piece], isInverted: Bool)
        case block(String, [Piece])
        case layout(String, blocks: [String: [Piece]])
    }

    /// What a template is that cannot be read.
    struct Fault: Error {
        let tag: String
    }

    let pieces: [Piece]

    /// - Throws: `Fault`.
    init(_ text: String) throws {
        var reader = TemplateReader(rest: text[...])
        pieces = try reader.pieces(until: nil)
    }
}

private struct TemplateReader {
    var rest: Substring

    /// - Parameter name: of the tag that ends them; nil: the end of the text.
    mutating func pieces(until name: String?) throws -> [DeskTemplate.Piece] {
        var pieces: [DeskTemplate.Piece] = []
        while let open = rest.firstRange(of: "{{") {
            if open.lowerBound > rest.startIndex {
                pieces.append(.text(String(rest[..<open.lowerBound])))
            }
            rest = rest[open.upperBound...]
            let isPlain = rest.first == "{"
            let ending = isPlain ? "}}}" : "}}"
            guard let close = rest.firstRange(of: ending) else {
                throw DeskTemplate.Fault(tag: String(rest.prefix(20)))
            }
            let tag = rest[..<close.lowerBound]
            rest = rest[close.upperBound...]
            if tag.first == "/" {
                guard tag.dropFirst() == name ?? "" else {
                    throw DeskTemplate.Fault(tag: String(tag))
                }
                return pieces
            }
            pieces.append(try piece(tag))
        }
        guard name == nil else { throw DeskTemplate.Fault(tag: "/" + (name ?? "")) }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        return pieces
    }

    private mutating func piece(_ tag: Substring) throws -> DeskTemplate.Piece {
        let name = String(tag.dropFirst())
        switch tag.first {
        case "{": return .value(try path(name), isEscaped: false)
        case "#": return .section(try path(name), try pieces(until: name), isInverted: false)
        case "^": return .section(try path(name), try pieces(until: name), isInverted: true)
        case "$": return .block(name, try pieces(until: name))
        case "<":
            var blocks: [String: [DeskTemplate.Piece]] = [:]
            for case .block(let block, let content) in try pieces(until: name) {
                blocks[block] = content
            }
            return .layout(name, blocks: blocks)
        default: return .value(try path(String(tag)), isEscaped: true)
        }
    }

    /// The names of a path; none for `.`.
    private func path(_ text: String) throws -> [String] {
        guard text != "." else { return [] }
        let names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let isPath = names.allSatisfy { name in
            !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
        }
        guard isPath else { throw DeskTemplate.Fault(tag: text) }
        return names
    }
}

/// The templates by name, which may name each other as layouts.
struct DeskTemplateSet: Sendable {
    private let templates: [String: DeskTemplate]

    init(_ templates: [String: DeskTemplate]) {
        self.templates = templates
    }

    /// - Parameter content: texts, numbers, truths, dictionaries and lists of these.
    /// - Returns: nil if there is no such template.
    func render(_ content: [String: Any], _ name: String) -> String? {
        guard let template = templates[name] else { return nil }
        var out = ""
        append(template.pieces, [content], blocks: [:], to: &out)
        return out
    }

    private func append(
        _ pieces: [DeskTemplate.Piece], _ stack: [Any], blocks: [String: [DeskTemplate.Piece]],
        to out: inout String
    ) {
        for piece in pieces {
            switch piece {
            case .text(let text): out += text
            case .value(let path, let isEscaped):
                guard let value = Self.value(path, stack) else { continue }
                let text = value as? String ?? String(describing: value)
                if isEscaped { Self.append(escaping: text, to: &out) } else { out += text }
            case .section(let path, let inner, let isInverted):
                let shown = Self.contexts(Self.value(path, stack), stack)
                if isInverted {
                    if shown.isEmpty { append(inner, stack, blocks: blocks, to: &out) }
                } else {
                    for context in shown { append(inner, context, blocks: blocks, to: &out) }
                }
            case .block(let name, let own):
                append(blocks[name] ?? own, stack, blocks: blocks, to: &out)
            case .layout(let name, let own):
                guard let layout = templates[name] else { continue }
                append(layout.pieces, stack, blocks: own, to: &out)
            }
        }
    }

    /// The contexts in which a section is shown: none if it is not.
    private static func contexts(_ value: Any?, _ stack: [Any]) -> [[Any]] {
        switch value {
        case nil, false as Bool: []
        case true as Bool: [stack]
        case let list as [Any]: list.map { stack + [$0] }
        case let one?: [stack + [one]]
        }
    }

    private static func value(_ path: [String], _ stack: [Any]) -> Any? {
        guard let first = path.first else { return stack.last.flatMap(unwrapped) }
        let found = stack.reversed().lazy.compactMap { member(first, of: $0) }.first
        return path.dropFirst().reduce(found) { value, name in
            value.flatMap { member(name, of: $0) }
        }
    }

    private static func member(_ name: String, of value: Any) -> Any? {
        if let texts = value as? [String: String] { return texts[name] }
        return (value as? [String: Any])?[name].flatMap(unwrapped)
    }

    /// As it may stand in content and in a quoted attribute; lines stay lines.
    private static func append(escaping text: String, to out: inout String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(scalar)
            }
        }
    }

    /// What an optional holds that stands where any value may.
    private static func unwrapped(_ value: Any) -> Any? {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .optional else { return value }
        return mirror.children.first?.value
    }
}
