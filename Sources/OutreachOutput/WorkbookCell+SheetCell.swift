package import OutreachSchema
package import Workbook

extension WorkbookCell {
    /// A cell of an export as a workbook has it.
    package init(_ cell: SheetCell) {
        switch cell {
        case .text(let text): self = text.isEmpty ? .blank : .text(text)
        case .number(let number): self = .number(number)
        case .date(let serial, let hasTime): self = .date(serial, hasTime: hasTime)
        case .bool(let flag): self = .bool(flag)
        }
    }
}

extension SheetCell {
    /// A cell of a workbook as an import reads it.
    package init(_ cell: WorkbookCell) {
        switch cell {
        case .blank: self = .blank
        case .text(let text): self = .text(text)
        case .number(let number): self = .number(number)
        case .date(let serial, let hasTime): self = .date(serial, hasTime: hasTime)
        case .bool(let flag): self = .bool(flag)
        }
    }
}
