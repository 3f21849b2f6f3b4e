#pragma once

class QAbstractButton;

namespace modascope {

/// One of several choices in a row: which is chosen is not told by shade alone.
void boldWhenChecked(QAbstractButton* button);

}  // namespace modascope
