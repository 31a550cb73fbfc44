#if PostgreSQL
    /// What differs between the store's SQL and PostgreSQL's.
    enum PostgresText {
        /// `?` as `$1`, `$2`, …; none of the store's texts has one in quotes.
        static func numbered(_ sql: String) -> String {
            var (text, count) = ("", 0)
            for character in sql {
                if character == "?" {
                    count += 1
                    text += "$\(count)"
                } else {
                    text.append(character)
                }
            }
            return text
        }

        /// Whether a query may have very many rows: what is read in order, with no end said.
        static func isScan(_ sql: String) -> Bool {
            sql.hasPrefix("SELECT") && sql.contains("ORDER BY") && !sql.contains("LIMIT")
                && ["records", "journal", "merkle"].contains { sql.contains("FROM \($0)") }
        }
    }
#endif
