#pragma once

#include <QWidget>
#include <optional>

#include "core/metrics/shapley.h"
#include "core/modality/modality.h"

class QLabel;

namespace modascope {

/// What each modality contributes: rows of signed bars about zero in the modalities' hues, with the
/// share of all contributions and what changes when the modality alone is removed.
class ContributionRows : public QWidget {
  Q_OBJECT

 public:
  explicit ContributionRows(QWidget* parent = nullptr);

  void set(const ModalitySchema& schema, const Contributions& contributions);
  void clear();
  /// "Text +0.45, share 74 %, removal +0.20", one line a modality; what a screen reader says.
  QString inWords() const;
  /// The bar of the i-th modality of those that there are.
  QRectF barOf(std::size_t i) const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  int rowHeight() const;
  int namesWidth() const;
  void paintHead(QPainter& painter) const;
  void paintRow(QPainter& painter, std::size_t i) const;

  struct Shown {
    ModalitySchema schema;
    Contributions contributions;
  };
  void take(std::optional<Shown> shown);

  std::optional<Shown> shown_;
};

/// The rows with a sentence that says what they are.
class ContributionsPanel : public QWidget {
  Q_OBJECT

 public:
  explicit ContributionsPanel(QWidget* parent = nullptr);

  /// `quantity` is what is shared out: "the predicted sentiment", "the probability of class 3";
  /// `baseline` what it is without any input: "the mean training label"; `instead` what stands in
  /// for a modality that has not joined, such as "noise": nothing if empty.
  void set(const ModalitySchema& schema, const Contributions& contributions,
           const QString& quantity, const QString& baseline, const QString& instead = {});
  void clear();
  QString words() const;
  ContributionRows* rows() const { return rows_; }

 private:
  ContributionRows* rows_;
  QLabel* words_;
};

}  // namespace modascope
