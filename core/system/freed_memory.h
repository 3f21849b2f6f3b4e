#pragma once

namespace modascope {

/// Keeps freed blocks for the next training step instead of giving them back to the system, which
/// would have to clear every page again: a third of a step and more. Call once, first in main.
void keepFreedMemory();

}  // namespace modascope
