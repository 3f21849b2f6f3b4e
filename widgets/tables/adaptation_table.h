#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "core/events/run_phase.h"
#include "core/modality/modality.h"

class QLabel;
class QTableWidget;

namespace modascope {

/// What adapters are worth, a row for each set of modalities: the frozen network's score, the
/// adapted one's, their difference and how many numbers were learnt. Filled while they are learnt.
class AdaptationTable : public QWidget {
  Q_OBJECT

 public:
  explicit AdaptationTable(QWidget* parent = nullptr);

  /// Names the sets, and empties the table. None until told: no set is shown.
  void setSchema(const ModalitySchema& schema);
  /// What is scored, and on what: "mean Dice on the validation cases".
  void setScore(const QString& words);
  void clear();
  /// A new row, or new numbers in the set's own.
  void set(const AdaptedSet& set);
  /// All at once, in place of what stands there.
  void setAll(const ModalitySchema& schema, const QString& score,
              const std::vector<AdaptedSet>& sets);

  const std::vector<AdaptedSet>& sets() const { return sets_; }
  QTableWidget* view() const { return view_; }
  /// The mean over the sets that have both scores: what stands beneath the table.
  QString meanWords() const;

  QSize sizeHint() const override { return {480, 240}; }

 private:
  void showRow(int row);

  std::optional<ModalitySchema> schema_;
  std::vector<AdaptedSet> sets_;
  QLabel* title_;
  QTableWidget* view_;
  QLabel* mean_;
};

}  // namespace modascope
