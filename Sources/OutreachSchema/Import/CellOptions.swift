/// How a table is to be read where it can be read in two ways.
public struct CellOptions: Sendable {
    /// What `1/5/2021` means.
    public enum DateOrder: String, Sendable, CaseIterable {
        case dmy, mdy, ymd
    }

    /// Nil refuses what is ambiguous.
    public var dateOrder: DateOrder?
    /// Whether serial dates count from 1904.
    public var is1904: Bool
    /// Fields by the titles of their columns, for headers of one's own.
    public var fieldsByTitle: [String: String]

    public init(
        dateOrder: DateOrder? = nil, is1904: Bool = false, fieldsByTitle: [String: String] = [:]
    ) {
        self.dateOrder = dateOrder
        self.is1904 = is1904
        self.fieldsByTitle = fieldsByTitle
    }
}
