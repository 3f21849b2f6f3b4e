#pragma once

#include <QWidget>
#include <map>
#include <optional>
#include <utility>

#include "widgets/controls/sharing/sharing_diagram_layout.h"

namespace modascope {

/// A network as blocks along the flow of data, drawn from its own description. What all modalities
/// share is a plain block; a modality's own part is a cell with its letter. What runs for the
/// modalities on show is filled; the rest is hatched with a dashed rim. The counts stand below; a
/// block's own are its tooltip. Left and right go from block to block.
class SharingDiagram : public QWidget {
  Q_OBJECT

 public:
  explicit SharingDiagram(QWidget* parent = nullptr);

  /// All of its modalities are shown until `setShown`.
  void setModel(const ModelDescription& model);
  void setShown(ModalitySet set);
  void clear();

  /// What stands below the blocks; empty without a network.
  QString words() const;
  /// Where everything is drawn now; empty without a network.
  SharingPlaces places() const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  /// At which everything that is written can be read.
  int heightForWidth(int width) const override;

 protected:
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  static constexpr double kAir = 6;  ///< at the edges

  QFont smallFont() const;
  double legendHeight() const;
  double wordsHeight(double width) const;
  QRectF wordsRect() const;
  SharingPlaces placesIn(const QSizeF& size, double heightOfWords) const;
  bool allRead(const SharingPlaces& places) const;
  bool reads(const BlockDescription& block, const BlockPlace& place) const;
  std::optional<std::size_t> blockAt(const QPointF& position) const;
  void select(std::size_t block);
  void describeForAccess();

  std::optional<ModelDescription> model_;
  ModalitySet shown_ = ModalitySet::firstOf(1);
  std::size_t selected_ = 0;  ///< by the keyboard
  /// By width and by the words' height: another set on show mostly has neither changed.
  mutable std::map<std::pair<int, double>, int> heights_;
};

}  // namespace modascope
