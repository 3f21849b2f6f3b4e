#pragma once

#include <QWidget>
#include <filesystem>
#include <functional>
#include <optional>

#include "core/metrics/subset_table.h"
#include "widgets/tables/subset_table_model.h"

class QComboBox;
class QLabel;
class QScrollArea;
class QTableView;

namespace modascope {

class SubsetRows;

/// All subsets of the modalities with their Dice, HD95 or volumes, sortable; a row is chosen by
/// click or key. The mean is pinned to the bottom, so that it is seen wherever the rows are
/// scrolled to; beneath stand what the chosen row's next scan would be worth and the rules that the
/// numbers follow, which scroll where there is little room.
class SubsetTableView : public QWidget {
  Q_OBJECT

 public:
  explicit SubsetTableView(QWidget* parent = nullptr);

  /// A table with rows but no regions is a list of subsets to choose from, and says why there is
  /// no Dice.
  /// With columns of its own the table is about one sample.
  void setTable(const SubsetTable& table, const std::vector<SubsetColumn>& columns = {});
  void clear();
  bool hasTable() const;
  /// Empty, because its numbers are being worked out.
  void setPending();
  /// Marks the row; emits nothing.
  void setSelected(ModalitySet set);
  /// A sentence about modalities outside a subset, where the network gets something in their
  /// place; empty where it gets nothing.
  void setOthers(const QString& sentence);
  std::optional<ModalitySet> selectedSet() const;

  /// Of a table that is there. Throws `Error` when the file cannot be written.
  void exportCsv(const std::filesystem::path& file) const;
  /// All rows; the last one, the mean, is hidden in it.
  QTableView* view() const;
  /// The mean alone, beneath them.
  QTableView* meanView() const;

  /// As high as all rows and words, up to a limit.
  QSize sizeHint() const override;

 Q_SIGNALS:
  /// The user chose another row.
  void selected(modascope::ModalitySet set);

 protected:
  void contextMenuEvent(QContextMenuEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  const SubsetTableModel& model() const;
  void change(const std::function<void(SubsetTableModel&)>& change);
  void offerMeasures();
  QWidget* makeNotes();
  void fitNotes();
  int heightOfNotes() const;
  void say();
  void sayNothing();
  QString messageWords() const;

  SubsetRows* rows_;
  QComboBox* measure_;
  QLabel* message_;
  QLabel* worth_;
  QLabel* rule_;
  QScrollArea* notes_;
  bool pending_ = false;
  QString others_;
};

}  // namespace modascope
