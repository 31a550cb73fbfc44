import CommandKit
package import OutreachSchema

extension LabelLanguage {
    /// That of the task.
    package static var current: LabelLanguage {
        Language.current == .zhHans ? .chinese : .english
    }
}
