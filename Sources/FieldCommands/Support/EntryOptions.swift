import ArgumentParser
import CommandKit
import OutreachSchema

/// What a person may say of an entry: that it is right all the same.
struct EntryOptions: ParsableArguments {
    @Flag(name: .customLong("as-is"), help: ArgumentHelp(Messages.fieldHelp.asIs.text()))
    var isAsIs = false

    @Flag(name: .customLong("new-place"), help: ArgumentHelp(Messages.fieldHelp.newPlace.text()))
    var isNewPlace = false

    @Flag(
        name: .customLong("allow-personal"),
        help: ArgumentHelp(Messages.fieldHelp.allowPersonal.text()))
    var allowsPersonal = false

    var leniency: EntryLeniency {
        var leniency: EntryLeniency = []
        if isAsIs { leniency.insert(.asIs) }
        if isNewPlace { leniency.insert(.newPlaces) }
        return leniency
    }
}
