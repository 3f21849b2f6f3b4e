#pragma once

#include <QCoreApplication>
#include <QString>
#include <cstddef>
#include <vector>

#include "core/base/matrix.h"
#include "core/modality/modality.h"

namespace modascope {

/// The angles between the gradients of some subsets of modalities at one step, and what they say in
/// words. Pairs beyond 90° conflict.
class GradientAngles {
  Q_DECLARE_TR_FUNCTIONS(GradientAngles)

 public:
  /// `gram` [S, S]: inner products of the subsets' gradients, in the order of `subsets`.
  GradientAngles(ModalitySchema schema, std::vector<ModalitySet> subsets, Matrix gram);

  const ModalitySchema& schema() const { return schema_; }
  const std::vector<ModalitySet>& subsets() const { return subsets_; }
  std::size_t size() const { return subsets_.size(); }
  /// In degrees; NaN: a gradient that is zero or was not measured.
  double angle(std::size_t row, std::size_t column) const;
  /// Beyond a right angle; not where one is unknown.
  bool conflict(std::size_t row, std::size_t column) const { return angle(row, column) > 90; }
  /// Unordered.
  int conflictingPairs() const;
  /// "T1 against T2", and below it angle and cosine.
  QString words(std::size_t row, std::size_t column) const;
  /// Degrees, one row a subset, both named.
  QString toCsv() const;

 private:
  ModalitySchema schema_;
  std::vector<ModalitySet> subsets_;
  Matrix gram_;
};

}  // namespace modascope
