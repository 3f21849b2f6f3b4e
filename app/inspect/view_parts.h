#pragma once

#include <QString>
#include <utility>
#include <vector>

class QWidget;

namespace modascope {

/// What a view brings to the page, which arranges it.
struct ViewParts {
  QWidget* centre = nullptr;                            ///< where a case is seen
  std::vector<QWidget*> choosers = {};                  ///< in the bar above
  QWidget* aboveTable = nullptr;                        ///< of subsets; null: nothing
  std::vector<std::pair<QString, QWidget*>> tabs = {};  ///< beneath it
};

}  // namespace modascope
