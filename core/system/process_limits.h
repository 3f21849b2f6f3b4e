#pragma once

#include <cstdint>
#include <functional>

namespace modascope {

/// This process ends with its parent, whatever happens, and leaves no core dump. False if the
/// parent is gone already.
bool bindToParent(int parent);

/// From now on this process can open no file and take no more memory than `bytes`, whatever the
/// file that it reads asks for.
void confine(std::uint64_t bytes);

/// What `look` says, which may open files in between: a library that is loaded on demand.
bool withOtherFiles(const std::function<bool()>& look);

/// The system ends this process unless the next call comes before it has worked for five more
/// seconds, and a second for each 20 MB that are to be read.
void expectProgress(std::uint64_t bytes = 0);

}  // namespace modascope
