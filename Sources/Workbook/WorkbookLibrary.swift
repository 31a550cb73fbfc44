import CXlsxWriter

extension fieldsync_xlsxwriter {
    /// libxlsxwriter, loaded when it is first asked for.
    ///
    /// - Throws: `WorkbookFault` (no writer) where the system does not have it.
    static var loaded: fieldsync_xlsxwriter {
        get throws(WorkbookFault) {
            switch found {
            case .success(let library): return library
            case .failure(let fault): throw fault
            }
        }
    }

    private static let found = load()

    private static func load() -> Result<fieldsync_xlsxwriter, WorkbookFault> {
        withUnsafeTemporaryAllocation(of: fieldsync_xlsxwriter.self, capacity: 1) { place in
            let library = place.baseAddress!
            if let problem = fieldsync_xlsxwriter_load(library) {
                return .failure(WorkbookFault(.noWriter, String(cString: problem)))
            }
            return .success(library.move())
        }
    }
}
