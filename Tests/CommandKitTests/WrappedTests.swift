import Testing

@testable import CommandKit

@Suite struct WrappedTests {
    @Test func wrapped_chinese_breaksBetweenIdeographs() {
        #expect("一二三四五".wrapped(toColumns: 4) == ["一二", "三四", "五"])
    }

    @Test func wrapped_closingPunctuation_neverBeginsALine() {
        #expect("一二。三".wrapped(toColumns: 4) == ["一", "二。", "三"])
        #expect("一（二）".wrapped(toColumns: 6) == ["一", "（二）"])
    }

    @Test func wrapped_words_stayWhole() {
        #expect("one two three".wrapped(toColumns: 8) == ["one two", "three"])
        #expect("一 unbreakable 二".wrapped(toColumns: 6) == ["一", "unbreakable", "二"])
    }

    @Test func wrapped_indentation_isBeforeLaterLines() {
        #expect("  ab cd ef".wrapped(toColumns: 7, indentation: 4) == ["  ab cd", "    ef"])
    }

    @Test func wrapped_fittingText_isUnchanged() {
        #expect("a  b ".wrapped(toColumns: 9) == ["a  b "])
    }
}
