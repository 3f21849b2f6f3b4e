#pragma once

class QWidget;

namespace modascope {

/// Tab goes through all that is in `page` as its layouts, splitters and tabs lay it out, also where
/// parts were made in another order or anew.
void orderTabs(QWidget& page);

}  // namespace modascope
