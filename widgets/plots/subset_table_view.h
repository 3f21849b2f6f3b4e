#pragma once

#include <QWidget>
#include <filesystem>
#include <optional>

#include "core/metrics/subset_table.h"
#include "widgets/plots/subset_table_model.h"

class QComboBox;
class QLabel;
class QTableView;

namespace modascope {

/// All subsets of the modalities with their Dice, HD95 or volumes, sortable; a row is chosen by
/// click or key. The mean stays at the bottom; beneath stand what the chosen row's next scan would
/// be worth and the rules that the numbers follow.
class SubsetTableView : public QWidget {
  Q_OBJECT

 public:
  explicit SubsetTableView(QWidget* parent = nullptr);

  /// A table with rows but no regions is a list of subsets to choose from, and says why there is
  /// no Dice.
  /// With columns of its own the table is about one sample.
  void setTable(const SubsetTable& table, const std::vector<SubsetColumn>& columns = {});
  void clear();
  /// Empty, because its numbers are being worked out.
  void setPending();
  /// Marks the row; emits nothing.
  void setSelected(ModalitySet set);
  /// A sentence about modalities outside a subset, where the network gets something in their
  /// place; empty where it gets nothing.
  void setOthers(const QString& sentence);
  std::optional<ModalitySet> selectedSet() const;

  /// Throws `Error` when the file cannot be written.
  void exportCsv(const std::filesystem::path& file) const;
  QTableView* view() const { return view_; }

  QSize sizeHint() const override { return {340, 420}; }

 Q_SIGNALS:
  /// The user chose another row.
  void selected(modascope::ModalitySet set);

 protected:
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  void choose(const QModelIndex& current);
  void offerMeasures();
  void layOut();
  void say();
  QString messageWords() const;

  SubsetTableModel* model_;
  SubsetOrder* order_;
  QTableView* view_;
  QComboBox* measure_;
  QLabel* message_;
  QLabel* worth_;
  QLabel* rule_;
  bool quiet_ = false;
  bool pending_ = false;
  QString others_;
};

}  // namespace modascope
