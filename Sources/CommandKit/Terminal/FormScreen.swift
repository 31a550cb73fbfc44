/// A form on the terminal, field by field: what is known stands there, Enter takes it.
///
/// Pure: keys go in, lines come out. A field with items shows those that fit what is typed.
public struct FormScreen: Sendable {
    /// One thing to choose.
    public struct Item: Sendable, Hashable {
        /// What the field gets.
        public let text: String
        public let title: String
        /// What it is found by, in lower case: the text and what else people write for it.
        let keys: [String]

        public init(text: String, title: String, keys: [String]) {
            self.text = text
            self.title = title
            self.keys = (keys + [text]).map { $0.lowercased() }
        }
    }

    public struct Field: Sendable {
        public let name: String
        public let label: String
        /// Best first.
        public var items: [Item]
        /// What stands there, as it is shown and as it is handed out.
        public fileprivate(set) var value: String
        /// Reached with the arrows only: Enter goes past it.
        public let isAside: Bool
        /// Whether the person has typed or chosen something here.
        public fileprivate(set) var isTouched = false
        /// What is typed and not taken yet; nil while the standing value is shown.
        fileprivate var typed: String?
        fileprivate var selection = 0

        public init(
            _ name: String, label: String, value: String = "", items: [Item] = [],
            isAside: Bool = false
        ) {
            self.name = name
            self.label = label
            self.value = value
            self.items = items
            self.isAside = isAside
        }
    }

    public enum Action: Sendable {
        case none, submit, cancel
    }

    public private(set) var fields: [Field]
    public private(set) var focus: Int
    private let title: String
    private let hint: String
    /// What is wrong; gone with the next key.
    private var message: String?

    /// Items that are shown at once: with nine fields they leave room on 24 lines.
    private static let itemLimit = 8

    public init(title: String, hint: String, fields: [Field]) {
        precondition(!fields.isEmpty)
        self.title = title
        self.hint = hint
        self.fields = fields
        focus = fields.firstIndex { !$0.isAside } ?? 0
    }

    /// What the fields hold, by name; empty ones left out.
    public var values: [String: String] {
        Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.value) })
            .filter { !$0.value.isEmpty }
    }

    /// Puts a value there that was not typed, unless something was.
    public mutating func stand(_ value: String, in name: String) {
        guard let index = fields.firstIndex(where: { $0.name == name }),
            !fields[index].isTouched
        else { return }
        fields[index].value = value
    }

    /// Says what is wrong and goes to the field.
    public mutating func refuse(_ text: String, at name: String?) {
        message = text
        if let index = fields.firstIndex(where: { $0.name == name }) { focus = index }
    }

    public mutating func handle(_ key: Key) -> Action {
        message = nil
        switch key {
        case .interrupt, .escape: return .cancel
        case .enter: return take()
        case .tab: move(by: 1)
        case .backTab: move(by: -1)
        case .down, .right, .pageDown: step(1)
        case .up, .left, .pageUp: step(-1)
        case .text(let text): type(text)
        case .backspace:
            var typed = fields[focus].typed ?? fields[focus].value
            _ = typed.popLast()
            edit(typed)
        case .clearLine: edit("")
        case .home, .end: break
        }
        return .none
    }

    /// The first letter replaces what stands there.
    private mutating func type(_ text: String) {
        edit((fields[focus].typed ?? "") + text)
    }

    private mutating func edit(_ typed: String) {
        fields[focus].typed = typed
        fields[focus].isTouched = true
        fields[focus].selection = 0
    }

    /// Through the items where there are some, else through the fields.
    private mutating func step(_ direction: Int) {
        let items = matches(fields[focus])
        let next = selection(of: fields[focus], items) + direction
        guard !items.isEmpty, items.indices.contains(next) else { return move(by: direction) }
        if fields[focus].typed == nil { fields[focus].typed = "" }
        fields[focus].selection = next
        fields[focus].isTouched = true
    }

    private mutating func move(by direction: Int) {
        settle()
        focus = (focus + direction + fields.count) % fields.count
    }

    /// Takes what is typed or chosen, and goes on to the next field.
    private mutating func take() -> Action {
        settle()
        guard let next = fields.indices.first(where: { $0 > focus && !fields[$0].isAside }) else {
            return .submit
        }
        focus = next
        return .none
    }

    private mutating func settle() {
        let field = fields[focus]
        defer { fields[focus].typed = nil }
        let items = matches(field)
        // An empty field with items takes the first: it is the likeliest.
        guard
            let typed = field.typed ?? (field.value.isEmpty && !items.isEmpty && isFirst ? "" : nil)
        else { return }
        let isCleared = typed.isEmpty && field.selection == 0 && field.isTouched && !isFirst
        if items.isEmpty || isCleared {
            fields[focus].value = typed
        } else {
            fields[focus].value = items[selection(of: field, items)].text
        }
    }

    /// The field that the record is about.
    private var isFirst: Bool { focus == fields.firstIndex { !$0.isAside } }

    private func selection(of field: Field, _ items: [Item]) -> Int {
        guard field.typed == nil, let standing = items.firstIndex(where: { $0.text == field.value })
        else { return min(field.selection, max(0, items.count - 1)) }
        return standing
    }

    /// The items that fit what is typed: equal ones first, then beginnings, then pieces.
    private func matches(_ field: Field) -> [Item] {
        let typed = (field.typed ?? "").lowercased().compactMap(Self.halfWidth)
        let query = String(typed)
        guard !query.isEmpty else { return field.items }
        let ranked = field.items.compactMap { item -> (item: Item, rank: Int)? in
            if item.keys.contains(query) { return (item, 0) }
            if item.keys.contains(where: { $0.hasPrefix(query) }) { return (item, 1) }
            return item.keys.contains { $0.contains(query) } ? (item, 2) : nil
        }
        return (0...2).flatMap { rank in ranked.filter { $0.rank == rank }.map(\.item) }
    }

    private static func halfWidth(_ character: Character) -> Character? {
        guard let scalar = character.unicodeScalars.first,
            (0xFF01...0xFF5E).contains(scalar.value)
        else { return character }
        return Unicode.Scalar(scalar.value - 0xFEE0).map(Character.init)
    }
}

extension FormScreen {
    /// The screen, each line narrower than `columns`, at most `rows` of them.
    public func lines(columns: Int, rows: Int) -> [String] {
        let width = max(10, columns - 1)
        let labelWidth = min(14, (fields.map(\.label.displayWidth).max() ?? 0) + 1)
        var lines = [title]
        for (index, field) in fields.enumerated() {
            lines.append(line(field, isFocused: index == focus, labelWidth))
            guard index == focus else { continue }
            let room = max(2, rows - fields.count - 3)
            lines += itemLines(field, limit: min(Self.itemLimit, room))
        }
        if let message { lines += message.wrapped(toColumns: width) }
        lines.append(hint)
        return lines.prefix(max(3, rows - 1)).map { $0.sanitised().truncated(toColumns: width) }
    }

    /// The field that is asked has a mark and a place to type; colour is not needed to see it.
    private func line(_ field: Field, isFocused: Bool, _ labelWidth: Int) -> String {
        let label = field.label.truncated(toColumns: labelWidth).padded(toColumns: labelWidth)
        let shown =
            field.typed
            ?? field.items.first { $0.text == field.value }?.title ?? field.value
        return isFocused ? "▸ \(label) \(shown)_" : "  \(label) \(shown)"
    }

    private func itemLines(_ field: Field, limit: Int) -> [String] {
        let items = matches(field)
        guard !items.isEmpty else { return [] }
        let chosen = selection(of: field, items)
        let start = max(0, min(chosen - limit / 2, items.count - limit))
        var lines = items[start..<min(items.count, start + limit)].enumerated().map {
            offset, item in
            (start + offset == chosen ? "    > " : "      ") + item.title
        }
        if items.count > limit { lines[lines.count - 1] += " … \(items.count)" }
        return lines
    }
}
