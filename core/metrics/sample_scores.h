#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace modascope {

/// Scores of samples; each returns the values of its columns (see problem/score_column.h). A score
/// that is not defined, such as the accuracy of no samples, is NaN: never a number.

/// accuracy, and F1 of every class that the truth or the prediction has, meaned.
std::vector<std::string> classificationColumns();
std::vector<double> classificationScores(std::span<const std::int64_t> predicted,
                                         std::span<const std::int64_t> truth, std::size_t classes);

/// corr (Pearson's, NaN of fewer than two samples and where one side is constant) and mae. Of
/// sentiment, labels in [−3, 3], also, as in the literature on MOSI and MOSEI:
///   acc2, f1_acc2             negative against not negative, all samples
///   acc2_nonzero, f1_nonzero  negative against positive, samples whose label is 0 left out
///   acc7                      both rounded to whole numbers and cut to [−3, 3]
/// F1 is weighted by the classes' sizes.
std::vector<std::string> regressionColumns(bool sentiment);
std::vector<double> regressionScores(std::span<const float> predicted, std::span<const float> truth,
                                     bool sentiment);

/// How many pixels of each class were taken for which, over any number of images.
class PixelCounts {
 public:
  static constexpr std::uint8_t kUnknown = 255;  ///< pixels that do not count

  explicit PixelCounts(std::size_t classes) : classes_(classes), counts_(classes * classes) {}
  void add(std::span<const std::uint8_t> predicted, std::span<const std::uint8_t> truth);

  static std::vector<std::string> columns(const std::vector<std::string>& classNames);
  /// miou (mean over the classes that the truth or the prediction has), pixel_accuracy and the
  /// intersection over union of each class; that of a class that is nowhere is NaN, and all are
  /// where no pixel counts.
  std::vector<double> scores() const;

 private:
  std::int64_t at(std::size_t truth, std::size_t predicted) const {
    return counts_[truth * classes_ + predicted];
  }

  std::size_t classes_;
  std::vector<std::int64_t> counts_;  ///< [true][predicted]
};

}  // namespace modascope
