#pragma once

#include <string_view>

namespace modascope {

enum class Stream { Output, Error };

/// Whether somebody looks at it, rather than a file or another program.
bool isTerminal(Stream stream);
/// Past all buffers, at once; also while the program is being ended. False where it cannot be
/// written.
bool writeAtOnce(Stream stream, std::string_view text);

/// From now on stdout and stderr show no control characters that names of files or their contents
/// bring along (`TerminalText`); only a message on stderr may begin by going back to the line's
/// start, as progress does. Call once, before anything is printed.
void cleanTerminalOutput();

}  // namespace modascope
