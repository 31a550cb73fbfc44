import Testing

@testable import CommandKit

@Suite struct DisplayWidthTests {
    @Test func width_asciiText_countsOneColumn() {
        #expect("NDJ-014".displayWidth == 7)
        #expect("".displayWidth == 0)
    }

    @Test func width_chineseText_countsTwoColumns() {
        #expect("南京东路".displayWidth == 8)
        #expect("，。：（）".displayWidth == 10)
        #expect("A南".displayWidth == 3)
        #expect("𠮷㐀﨑".displayWidth == 6)
    }

    @Test func width_fullwidthAndHalfwidth_differ() {
        #expect("Ａ１".displayWidth == 4)
        #expect("ｱ".displayWidth == 1)
        #expect("ひらカ".displayWidth == 6)
    }

    @Test func width_combiningMarks_countNothing() {
        #expect("e\u{301}".displayWidth == 1)
        #expect("é".displayWidth == 1)
        #expect("a\u{200B}b".displayWidth == 2)
        #expect("か\u{3099}".displayWidth == 2)
    }

    @Test func width_hangul_composedEqualsDecomposed() {
        #expect("한".displayWidth == 2)
        #expect("\u{1112}\u{1161}\u{11AB}".displayWidth == 2)
    }

    @Test(arguments: ["🚶", "👍🏽", "👨‍👩‍👧", "🇨🇳", "1️⃣", "⚠️", "✅", "⌚"])
    func width_emoji_countsTwoColumns(emoji: String) {
        #expect(emoji.displayWidth == 2)
    }

    @Test(arguments: ["…", "█", "“", "①", "☺", "⚠"])
    func width_ambiguous_countsOneColumn(text: String) {
        #expect(text.displayWidth == 1)
    }

    @Test func truncated_wideCharacterAtTheEdge_leavesNoHalf() {
        #expect("南京东路".truncated(toColumns: 8) == "南京东路")
        #expect("南京东路".truncated(toColumns: 7) == "南京东…")
        #expect("南京东路".truncated(toColumns: 6) == "南京…")
        #expect("南京".truncated(toColumns: 1) == "…")
        #expect("南京".truncated(toColumns: 0) == "")
    }

    @Test func truncated_anyWidth_neverExceedsIt() {
        let text = "e\u{301}南👨‍👩‍👧bか\u{3099}🇨🇳 end"
        for columns in 0...20 {
            #expect(text.truncated(toColumns: columns).displayWidth <= columns)
        }
    }

    @Test func padded_chineseText_fillsColumns() {
        #expect("南京".padded(toColumns: 6) == "南京  ")
        #expect("12".padded(toColumns: 4, alignment: .right) == "  12")
        #expect("南京".padded(toColumns: 3) == "南京")
    }
}
