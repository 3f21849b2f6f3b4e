# Turns one help text into lines of a man page.
#   kind=program   options of the program itself
#   kind=command   a command: "Usage: modascope train [OPTIONS]", its options and arguments
#   kind=settings  "key = default   (range)", and a sentence below each

function escaped(text) {
  gsub(/\\/, "\\e", text)
  gsub(/-/, "\\-", text)
  sub(/^[.']/, "\\\\\\&&", text)
  return text
}

function bold(text) { return "\\fB" escaped(text) "\\fR" }

# "--size INT=64": the names are bold, what follows them is not.
function option(text,    names, rest) {
  names = text
  sub(/ .*/, "", names)
  rest = substr(text, length(names) + 1)
  gsub(/,/, ", ", names)
  print ".TP"
  print bold(names) escaped(rest)
}

# Name and sentence stand in two columns; a long name has the sentence on the next line.
function entry(line,    gap) {
  sub(/^  /, "", line)
  gap = match(line, /   *[^ ]/)
  if (gap == 0) {
    option(line)
    return
  }
  option(substr(line, 1, gap - 1))
  line = substr(line, gap)
  sub(/^ +/, "", line)
  print escaped(line)
}

function setting(line,    gap) {
  gap = index(line, "   (")
  print ".TP"
  print bold(gap ? substr(line, 1, gap - 1) : line) (gap ? " " escaped(substr(line, gap + 3)) : "")
}

kind == "settings" && /^[^ ]/ { setting($0); next }
kind == "settings" { sub(/^ +/, ""); print escaped($0); next }

NR == 1 { says = $0; next }
/^Usage: / {
  if (kind == "command") {
    print ".SS " escaped(substr($0, length("Usage: ") + 1))
    print escaped(says ".")
  }
  next
}
/^(Options|Positionals):/ { listing = 1; next }
/^Subcommands:/ { listing = 0; next }
/^[^ ]/ { listing = 0; next }
!listing || /^$/ || / -h,--help / { next }
/^      / { sub(/^ +/, ""); print escaped($0); next }
{ entry($0) }
