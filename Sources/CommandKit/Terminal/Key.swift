/// What a person pressed.
public enum Key: Sendable, Hashable {
    /// One character, or what an input method gave at once.
    case text(String)
    case enter, backspace, tab, backTab, escape
    case up, down, left, right, pageUp, pageDown, home, end
    /// Ctrl-U.
    case clearLine
    /// Ctrl-C, or the end of input.
    case interrupt
}

/// Cuts bytes of a terminal into keys (ECMA-48 control sequences, as xterm sends them).
public struct KeyParser: Sendable {
    private var bytes: [UInt8] = []

    public init() {}

    public mutating func feed(_ more: some Sequence<UInt8>) { bytes += more }

    /// Whether the bytes so far may be the beginning of a longer sequence.
    public var isIncomplete: Bool { !bytes.isEmpty }

    /// The next key; nil if more bytes are needed.
    ///
    /// - Parameter isEnd: whether no more will come for now: then a lone escape is that key.
    public mutating func next(isEnd: Bool = false) -> Key? {
        while let first = bytes.first {
            if first == 0x1B {
                guard let key = escaped(isEnd: isEnd) else { return nil }
                if let known = key { return known }
                continue
            }
            if first < 0x20 || first == 0x7F {
                bytes.removeFirst()
                if let key = Self.control(first) { return key }
                continue
            }
            return character(isEnd: isEnd)
        }
        return nil
    }

    private static func control(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x03, 0x04: .interrupt
        case 0x08, 0x7F: .backspace
        case 0x09: .tab
        case 0x0A, 0x0D: .enter
        case 0x0E: .down
        case 0x10: .up
        case 0x15: .clearLine
        default: nil
        }
    }

    /// Nil if more bytes are needed; a key that is nil for a sequence that means nothing here.
    private mutating func escaped(isEnd: Bool) -> Key?? {
        guard bytes.count > 1 else {
            guard isEnd else { return nil }
            bytes.removeFirst()
            return .some(.escape)
        }
        guard bytes[1] == 0x5B || bytes[1] == 0x4F else {
            bytes.removeFirst()
            return .some(.escape)
        }
        guard
            let end = bytes.indices.dropFirst(2).first(where: { (0x40...0x7E).contains(bytes[$0]) })
        else {
            if isEnd { bytes.removeAll() }
            return isEnd ? .some(nil) : nil
        }
        let parameters = String(decoding: bytes[2..<end], as: UTF8.self)
        let final = bytes[end]
        bytes.removeFirst(end + 1)
        return .some(Self.sequence(final, parameters))
    }

    private static func sequence(_ final: UInt8, _ parameters: String) -> Key? {
        switch (final, parameters) {
        case (0x41, _): .up
        case (0x42, _): .down
        case (0x43, _): .right
        case (0x44, _): .left
        case (0x48, _), (0x7E, "1"), (0x7E, "7"): .home
        case (0x46, _), (0x7E, "4"), (0x7E, "8"): .end
        case (0x5A, _): .backTab
        case (0x7E, "5"): .pageUp
        case (0x7E, "6"): .pageDown
        default: nil
        }
    }

    private mutating func character(isEnd: Bool) -> Key? {
        let first = bytes[0]
        let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard bytes.count >= length else {
            if isEnd { bytes.removeAll() }
            return nil
        }
        let text = String(decoding: bytes[..<length], as: UTF8.self)
        bytes.removeFirst(length)
        return .text(text)
    }
}
