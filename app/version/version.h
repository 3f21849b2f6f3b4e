#pragma once

namespace modascope {

/// Of the sources that this program was built from, by git: "0.2.0" of a release,
/// "0.2.0+5.g1a2b3c4" of what came after it. For people and records; what must stay the same from
/// one build to the next takes MODASCOPE_VERSION.
const char* programVersion();

}  // namespace modascope
