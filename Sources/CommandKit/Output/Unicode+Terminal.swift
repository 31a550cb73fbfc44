extension Unicode.Scalar {
    /// Whether a terminal would act on the character and not show it: controls (which begin escape
    /// sequences), direction overrides, and the separators that some take for line ends.
    var isHarmfulToTerminal: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        case 0x2028, 0x2029, 0xFEFF: true
        default: false
        }
    }

    /// The columns that a terminal gives it: 0, 1 or 2.
    ///
    /// Wide and Fullwidth of UAX #11 are 2, Ambiguous is 1. Marks, joiners and the later parts of
    /// a Hangul syllable are 0.
    var terminalColumns: Int {
        if value < 0x300 { return isHarmfulToTerminal ? 0 : 1 }
        if isWide { return 2 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .lineSeparator, .paragraphSeparator:
            return 0
        default:
            return (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) ? 0 : 1
        }
    }

    /// East_Asian_Width W or F, unassigned parts of the ideographic blocks included (UAX #11 §5).
    /// The first case takes marks and ambiguous signs out of the ranges that follow.
    private var isWide: Bool {
        guard value >= 0x1100 else { return false }
        switch value {
        case 0x302A...0x302D, 0x3099...0x309A, 0x3248...0x324F: return false
        case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DFF: return true
        case 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF: return true
        case 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6: return true
        case 0x16FE0...0x16FE3, 0x16FF0...0x18DFF, 0x1AFF0...0x1B2FF: return true
        case 0x1F200...0x1F265, 0x20000...0x3FFFD: return true
        default: return properties.isEmojiPresentation
        }
    }
}
