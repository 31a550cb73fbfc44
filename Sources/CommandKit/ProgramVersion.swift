/// The version of the programs of this repository. CHANGELOG.md says what is in it.
public enum ProgramVersion {
    public static let current = "0.1.0"
}
