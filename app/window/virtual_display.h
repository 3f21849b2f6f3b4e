#pragma once

namespace modascope {

/// Where there is no display: starts this program again with the same arguments on one that nobody
/// sees, and does not come back. Throws `Error` when that cannot be.
void ensureDisplay();

}  // namespace modascope
