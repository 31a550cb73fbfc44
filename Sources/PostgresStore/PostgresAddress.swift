#if PostgreSQL
    import CPostgres

    /// A database's address, as libpq reads it: a URL, or names and values.
    enum PostgresAddress {
        /// Options that are set unless the address says otherwise: a host that vanishes is noticed.
        private static let defaults = [
            ("connect_timeout", "5"), ("keepalives_idle", "5"), ("keepalives_interval", "5"),
            ("keepalives_count", "3"), ("tcp_user_timeout", "15000"),
        ]

        /// What a connection is made with, name by name; nil if the address cannot be read.
        static func settings(of address: String) -> [(String, String)]? {
            guard var options = options(of: address) else { return nil }
            for (name, value) in defaults where !options.contains(where: { $0.0 == name }) {
                options.append((name, value))
            }
            // Bytes are stored as they were signed, whatever the environment says.
            options.removeAll { $0.0 == "client_encoding" }
            options.append(("client_encoding", "UTF8"))
            return options
        }

        /// Where it is and as whom, without a password.
        static func shown(_ address: String) -> String {
            let options = Dictionary(options(of: address) ?? [], uniquingKeysWith: { $1 })
            let user = options["user"].map { $0 + "@" } ?? ""
            let host = options["host"] ?? options["hostaddr"] ?? ""
            let port = options["port"].map { ":" + $0 } ?? ""
            return "postgresql://\(user)\(host)\(port)/\(options["dbname"] ?? "")"
        }

        /// What an address says, name by name; nil if it cannot be read.
        private static func options(of address: String) -> [(String, String)]? {
            guard let parsed = PQconninfoParse(address, nil) else { return nil }
            defer { PQconninfoFree(parsed) }
            var options: [(String, String)] = []
            var place = parsed
            while let keyword = place.pointee.keyword {
                if let value = place.pointee.val {
                    options.append((String(cString: keyword), String(cString: value)))
                }
                place += 1
            }
            return options
        }
    }
#endif
