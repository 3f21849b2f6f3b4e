#pragma once

#include <QWidget>
#include <vector>

#include "widgets/pictures/picture_layers.h"

namespace modascope {

/// What the colours over the pictures mean, in a strip below them. A click on a class, or Left and
/// Right, asks for it (`chosen`); a click on the first words for what else can be laid over.
class ClassLegend : public QWidget {
  Q_OBJECT

 public:
  explicit ClassLegend(QWidget* parent = nullptr);

  void setLegend(const PictureLegend& legend);
  const PictureLegend& legend() const { return legend_; }
  /// So much of `width` wide.
  int heightFor(int width) const;
  /// Also for pictures that leave the program.
  void paintInto(QPainter& painter, const QRect& area) const;
  /// Asks for the class so many after the chosen one, round and round.
  void ask(int step);
  /// Where an entry is drawn now; empty where it is not there.
  QRect placeOf(std::size_t which) const;

 Q_SIGNALS:
  /// The user asks for the errors of this class.
  void chosen(std::size_t which);
  /// The user asks for something else than what the first words say.
  void contentClicked();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  enum class Kind { Content, Missed, Wrong, Class, Remark };
  struct Piece {
    Kind kind = Kind::Content;
    QString words;
    std::size_t entry = 0;
    QRect place;
  };
  std::vector<Piece> piecesIn(int width) const;
  bool hasSwatch(const Piece& piece) const;
  bool isChosen(const Piece& piece) const;
  void paintSwatch(QPainter& painter, const QRect& swatch, const Piece& piece) const;
  void paintPiece(QPainter& painter, const Piece& piece) const;

  PictureLegend legend_;
};

}  // namespace modascope
