private import Synchronization

extension Language {
    /// The language of this process, or of the task where one was set with `withCurrent`.
    ///
    /// English until `setCurrent(_:)` was called.
    public static var current: Language {
        if let ofTask { return ofTask }
        return isProcessChinese.load(ordering: .relaxed) ? .zhHans : .en
    }

    /// Sets the language of the whole process. Called once, at start, before arguments are parsed.
    public static func setCurrent(_ language: Language) {
        isProcessChinese.store(language == .zhHans, ordering: .relaxed)
    }

    /// Runs `body` in another language, so that tests of both can run side by side.
    public static func withCurrent<Result>(
        _ language: Language, _ body: () throws -> Result
    ) rethrows -> Result {
        try $ofTask.withValue(language, operation: body)
    }

    /// Runs an asynchronous `body` in another language.
    public static func withCurrent<Result>(
        _ language: Language,
        isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws -> Result
    ) async rethrows -> Result {
        try await $ofTask.withValue(language, operation: body, isolation: isolation)
    }

    @TaskLocal private static var ofTask: Language?

    private static let isProcessChinese = Atomic<Bool>(false)
}
