#pragma once

namespace modascope {

/// resources/demo/page.html, which has the places @FACTS@ and @DATA@.
extern const char* const kPageTemplate;

}  // namespace modascope
