#if PostgreSQL
    import CPostgres
    import SyncStore

    /// What failed, by what the server or libpq says of it.
    enum PostgresFailure {
        /// The first line of a text of libpq's.
        static func line(_ text: UnsafePointer<CChar>) -> String {
            String(String(cString: text).split(separator: "\n").first ?? "")
        }

        private static func state(_ result: OpaquePointer) -> String {
            PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
        }

        /// What another connection does not meet: a server that is a standby now, a statement that was
        /// planned before the tables changed.
        static func endsConnection(_ result: OpaquePointer) -> Bool {
            [isStandby, "25006", "0A000"].contains(state(result))
        }

        /// Fails (division by zero) where the server is a standby.
        static let expectPrimary = "SELECT 1 / (NOT pg_is_in_recovery())::int"
        private static let isStandby = "22012"

        /// By SQLSTATE: https://www.postgresql.org/docs/15/errcodes-appendix.html
        static func error(_ result: OpaquePointer) -> StoreError {
            let state = state(result)
            let kind: StoreError.Kind =
                switch state {
                case "53100": .diskFull
                case "25006", "42501", isStandby: .readOnly
                case "XX001", "XX002": .corrupt
                case "58030": .inputOutput
                // Planned before the tables changed.
                case "0A000": .locked
                // Serialization, deadlock, timeout, shutdown, too many, cannot connect now.
                case "40001", "40P01", "57014", "55P03", "57P01", "57P02", "57P03", "53300",
                    "53200":
                    .locked
                case let state where state.hasPrefix("08"): .locked
                default: .other
                }
            // What libpq says itself has no fields.
            let message =
                PQresultErrorField(result, Int32(UInt8(ascii: "M"))).map { String(cString: $0) }
                ?? line(PQresultErrorMessage(result))
            return StoreError(kind, path: "", detail: "\(state) \(message)")
        }
    }

    /// What a server says beside its answers. libpq keeps its address: it does not move.
    final class PostgresNotice {
        /// Whether there was a warning, or worse.
        var hasWarned = false

        var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

        static let note: PQnoticeReceiver = { owner, result in
            guard let owner, let severity = PQresultErrorField(result, Int32(UInt8(ascii: "V"))),
                String(cString: severity) == "WARNING"
            else { return }
            Unmanaged<PostgresNotice>.fromOpaque(owner).takeUnretainedValue().hasWarned = true
        }
    }
#endif
