#pragma once

#include <cstdint>
#include <functional>

namespace modascope {

/// Ends with the parent, whatever happens, and leaves no core dump. False if it is gone already.
bool bindToParent(int parent);

/// From now on no other file can be opened, whatever the file read asks for, and no more memory be
/// taken than `bytes`.
void confine(std::uint64_t bytes);

/// The library looks for the plugin of a filter, the only other file that it may open.
bool withOtherFiles(const std::function<bool()>& look);

/// The system ends the process unless the next call comes before it has worked for five more
/// seconds, and a second for each 20 MB that are to be read.
void expectProgress(std::uint64_t bytes = 0);

}  // namespace modascope
