#pragma once

#include <QWidget>
#include <functional>
#include <optional>

#include "core/modality/modality.h"

class QModelIndex;
class QTableView;

namespace modascope {

class SubsetOrder;
class SubsetTableModel;

/// The rows of a table of subsets, of which one is chosen by click or key, and their mean pinned
/// beneath: two tables that act as one. Never higher than all its rows.
class SubsetRows : public QWidget {
  Q_OBJECT

 public:
  explicit SubsetRows(QWidget* parent = nullptr);

  const SubsetTableModel& model() const { return *model_; }
  /// What was chosen stays so where it is still there. Emits nothing.
  void change(const std::function<void(SubsetTableModel&)>& change);
  /// Marks the row; emits nothing.
  void setSelected(ModalitySet set);
  std::optional<ModalitySet> selectedSet() const;

  /// All rows; the last one, the mean, is hidden in it.
  QTableView* view() const { return view_; }
  /// The mean alone.
  QTableView* meanView() const { return mean_; }

 Q_SIGNALS:
  /// The user chose another row.
  void chosen(modascope::ModalitySet set);

 private:
  void layOut();
  void pinMean();
  void choose(const QModelIndex& current);

  SubsetTableModel* model_;
  SubsetOrder* order_;
  QTableView* view_;
  QTableView* mean_;
  bool quiet_ = false;
};

}  // namespace modascope
