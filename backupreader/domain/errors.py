"""Every kind of error that can be told to a person; what an error is stands in ``trouble``.

The table `KINDS` is the contract of the manual and of scripts: a code and a status never change their meaning.
"""

from __future__ import annotations

from typing import Final

from backupreader.domain.trouble import Kind
from backupreader.language import N_

SETTINGS_UNREADABLE: Final = Kind(
    "BR03",
    3,
    N_("The settings file {path} cannot be read: {reason}."),
    N_("Correct that line, or start with another file: --settings FILE."),
)
NO_SOURCE: Final = Kind(
    "BR04",
    4,
    N_("No export was found: {path}."),
    N_("Check that the source system has written its export, and that the path in the settings is right."),
)
TWO_CLAIMS: Final = Kind(
    "BR05",
    5,
    N_("The file {path} could be read as {first} and as {second}."),
    N_("Name the adapter or the profile of this source in the settings."),
)
SOURCE_DAMAGED: Final = Kind(
    "BR06",
    6,
    N_("The file {path} cannot be read: {reason} (row {row})."),
    N_("Let the source system write its export again. The former generation is still in use."),
)
WRONG_ENCODING: Final = Kind(
    "BR07",
    7,
    N_("The file {path} is not written in {encoding} (row {row})."),
    N_("State the right encoding in the profile, or have the export written again."),
)
COLUMN_MISSING: Final = Kind(
    "BR08",
    8,
    N_("The file {path} does not have the columns that the profile {profile} states: {columns}."),
    N_("Run 'sources try' on the file, and correct the profile or the export."),
)
NOT_PLAUSIBLE: Final = Kind(
    "BR09",
    9,
    N_("The export was not sent, because it holds less than it should: {reasons}."),
    N_("Check the source system. If this is right, run the export again with --accept-shrink."),
)
ISSUES_FOUND: Final = Kind(
    "BR10",
    10,
    N_("{count} values could not be read. Everything else was taken."),
    N_("Run 'sources try' on the export: it names each file, row and column."),
)
PACKAGE_DAMAGED: Final = Kind(
    "BR11",
    11,
    N_("The package {path} is damaged ({reason})."),
    N_("Send the package again. The former generation is still in use."),
)
OTHER_PC: Final = Kind(
    "BR12",
    12,
    N_("The package {path} is meant for another PC or another site."),
    N_(
        "Carry the package to the right PC. If this PC's vault is new: enrol it on the export machine, after its "
        "fingerprint was compared by phone with the person who made it."
    ),
)
OLDER_PACKAGE: Final = Kind(
    "BR13",
    13,
    N_("The package {path} is older than the newest one here and was refused."),
    N_("Send the newest package. The former generation is still in use."),
)
UNKNOWN_SIGNER: Final = Kind(
    "BR14",
    14,
    N_("The package {path} is signed by a machine that this PC does not know."),
    N_("If the export machine is new, compare its fingerprint by phone and add it with 'trust add'."),
)
WRONG_PASSPHRASE: Final = Kind(
    "BR15",
    15,
    N_("Those words do not open the vault."),
    N_("Type the words again. Capital letters, accents and the number of spaces do not matter."),
)
NO_SPACE: Final = Kind(
    "BR16",
    16,
    N_("There is no room left on the disk that holds {path}."),
    N_("Free some space and try again. The former generation is still in use."),
)
NO_STORE: Final = Kind(
    "BR17",
    17,
    N_("No data has been received on this PC yet ({path})."),
    N_("Run 'receive' when a package lies in the inbox."),
)
STORE_DAMAGED: Final = Kind(
    "BR18",
    18,
    N_("No generation in {path} can be read whole."),
    N_("Receive the newest package again, and have the disk checked."),
)
BUSY: Final = Kind(
    "BR19",
    19,
    N_("Another receive is at work on this PC."),
    N_("Wait until it is done; nothing is lost."),
)
NO_VAULT: Final = Kind("BR20", 20, N_("This PC has no vault yet ({path})."), N_("Run 'vault init' on this PC."))
VAULT_DAMAGED: Final = Kind(
    "BR21",
    21,
    N_("The vault's slots cannot be read: {reason}."),
    N_(
        "Open it with the recovery code, or put back a whole copy of the vault's folder. If a stranger may have been "
        "at this PC: enrol nothing from it, and tell the one who answers for the data."
    ),
)
NOT_FOUND: Final = Kind(
    "BR22",
    22,
    N_("Nothing here is called {what}."),
    N_("Look at the list of what there is: {known}."),
)
NO_PRINTER: Final = Kind(
    "BR23",
    23,
    N_("The printer {printer} cannot take the pages: {reason}."),
    N_("Choose another printer, or write the pages to a file with --out."),
)
STALE: Final = Kind(
    "BR24",
    24,
    N_("The newest data is {age} old; new data was expected {expected}."),
    N_("Data that is old can still be read. Call IT: the export or the carrier has stopped."),
)
FILE_TROUBLE: Final = Kind(
    "BR25",
    25,
    N_("The file {path} cannot be used: {reason}."),
    N_("Check the disk or the stick, and that this user may use it."),
)
SELF_TEST: Final = Kind(
    "BR26",
    26,
    N_("This installation failed its own test: {what}."),
    N_("Do not use it. Install the program again from its package."),
)
NO_DISPLAY: Final = Kind(
    "BR27",
    27,
    N_("There is no screen to open the window on."),
    N_("Start it at the PC itself, or use 'search' and 'print' on the command line."),
)
NO_RECIPIENT: Final = Kind(
    "BR28",
    28,
    N_("No backup PC is enrolled on this export machine ({path})."),
    N_("Carry the PC's .vault file here and run 'vault enrol FILE'."),
)
ALREADY_THERE: Final = Kind(
    "BR29",
    29,
    N_("{path} is already there and is not written over."),
    N_("Choose another name, or remove the old one yourself if it is no longer needed."),
)
WEAK_PASSPHRASE: Final = Kind(
    "BR30",
    30,
    N_("Those words are too few or too short to guard the vault."),
    N_("Let the program choose five words, or give at least five words of your own."),
)
OTHER_KIND: Final = Kind(
    "BR31",
    31,
    N_("The file {path} is not what was asked for: {reason}."),
    N_("Carry over the file that the other machine wrote, and name it here."),
)
NO_TARGET: Final = Kind(
    "BR32",
    32,
    N_("The package could not be sent to {target}: {reason}."),
    N_("It waits in {outbox}. Correct 'send_to' in the settings or the carrier, and export again."),
)
NOT_CLAIMED: Final = Kind(
    "BR33",
    33,
    N_("Nothing here can read {path}."),
    N_("Name its profile in the settings. 'sources try PATH --profile FILE' tries one."),
)
NEEDS_REASON: Final = Kind(
    "BR34",
    34,
    N_("This citizen or route belongs to {unit}, not to your own unit."),
    N_(
        "State why you need to see it: at once in the window, or with --reason on the command line. It is written down."
    ),
)
AUDIT_BROKEN: Final = Kind(
    "BR35",
    35,
    N_("The audit of this PC is not whole: {faults}."),
    N_("Change nothing on this PC. Copy the folder {path} to a safe place, and tell the one who answers for the data."),
)
DATA_ONLY: Final = Kind(
    "BR36",
    36,
    N_("An event code opens only the data; it changes nothing."),
    N_("Do this with the words of a person who has an account, or with the recovery code."),
)
CODE_USED: Final = Kind(
    "BR37",
    37,
    N_("The code {code} has been used (or cancelled)."),
    N_("Have the next code of the sheet read out to you."),
)
HALF_A_CODE: Final = Kind(
    "BR38",
    38,
    N_("This is one of two parts of the recovery code (part {part}). It opens nothing alone."),
    N_("Type the other part too, after this one."),
)
ROTATION: Final = Kind(
    "BR39",
    39,
    N_("The new signing key cannot be used yet: {reason}."),
    N_("Run 'trust rotate', export, and let every PC receive. Where the old key is lost: 'trust rotate --lost'."),
)
NO_MEMORY: Final = Kind(
    "BR41",
    41,
    N_("There is not enough memory for this on this machine."),
    N_("Close other programs, or start this machine again, and try once more. Nothing that was here is lost."),
)
DRILL_FAILED: Final = Kind(
    "BR42",
    42,
    N_("The drill did not pass: {steps}."),
    N_("What to do about each step stands above. Mend it, and hold the drill again."),
)
NO_NAME: Final = Kind(
    "BR44",
    44,
    N_("A code is nobody's own, and your name is missing."),
    N_("Say who you are: in the window under “I have a code”, on the command line with --as, --role and --own-unit."),
)
RULES_UNREADABLE: Final = Kind(
    "BR45",
    45,
    N_("The file of life-critical rules {path} cannot be read: {reason}."),
    N_("Correct what is named there. Nothing was exported; the former generation is still in use."),
)
OTHER_FORM: Final = Kind(
    "BR46",
    46,
    N_("The data in {path} was made for another version of this program (form {form}; this one reads form {own})."),
    N_("Tell IT: this PC and the export machine need the same version. Older data that this one reads can be opened."),
)
NO_PRACTICE: Final = Kind(
    "BR47",
    47,
    N_("Practice cannot be made on this PC now ({reason})."),
    N_("The backup itself is not touched by this, and works as before. Tell IT."),
)
PLAN_UNREADABLE: Final = Kind(
    "BR48",
    48,
    N_("The plan {path} cannot be used: {findings}."),
    N_("Correct what is named there; 'plan check' tells it all. The former plan is still in use."),
)
NO_PLAN: Final = Kind(
    "BR49",
    49,
    N_("No plan has come to this PC."),
    N_("Use the numbers that hang on the wall. IT names the plan in the settings of the export machine, and exports."),
)
NO_OUTAGE: Final = Kind(
    "BR50", 50, N_("No outage goes on on this PC."), N_("Declare it first: 'outage declare', or in the window.")
)
PLAN_DOUBTS: Final = Kind(
    "BR51",
    51,
    N_("The plan can be used, but not everything in it is right: {count} findings."),
    N_("Have each of them mended by the one who owns the plan."),
)
SEALED_PAGES: Final = Kind(
    "BR52",
    52,
    N_("The sealed pages in {path} cannot be opened: {reason}."),
    N_("Carry the file to the PC that it was made for, or have it made again there where it comes from."),
)
NOT_WRITTEN: Final = Kind(
    "BR53",
    53,
    N_("That was not written in the log of the outage: {reason}."),
    N_("Do what is said, and write it once more. Nothing that stood in the log is changed."),
)
STEP_REFUSED: Final = Kind(
    "BR58", 58, N_("Some sheets were not taken: {sheets}."), N_("Do what is said of each, and scan it again.")
)
KINDS: Final[tuple[Kind, ...]] = tuple(value for value in list(globals().values()) if isinstance(value, Kind))
