#pragma once

#include <QWidget>
#include <vector>

#include "core/problem/regions/region.h"
#include "core/volume/labels.h"

class QButtonGroup;
class QComboBox;

namespace modascope {

class ElidedLabel;

/// How a kept prediction and the one on show are laid before the eye.
enum class ComparisonView { SideBySide, Wipe, Difference };

/// What was kept, how it is compared, and the way out. Widgets only.
class ComparisonBar : public QWidget {
  Q_OBJECT

 public:
  explicit ComparisonBar(QWidget* parent = nullptr);

  /// "T1, T2, FLAIR · gmd-1 · step 600"
  void setKept(const QString& name);
  /// "Kept: …"
  QString words() const;
  ComparisonView view() const;
  void setView(ComparisonView view);
  /// Those that there are; the first is taken where the present one is not among them.
  void offer(const std::vector<ComparisonView>& views);
  /// The place of the one whose difference is shown.
  std::size_t region() const;
  /// That there can be differences of. None until told.
  void setRegions(const RegionSchema& regions);

 Q_SIGNALS:
  /// Another view, or another region.
  void changed();
  void closed();

 private:
  QWidget* makeViews();

  ElidedLabel* name_;
  QButtonGroup* views_;
  QComboBox* region_;
};

}  // namespace modascope
