#pragma once

#include <QAbstractButton>
#include <QColor>
#include <QString>

namespace modascope {

/// On: seen by the model. LeftOut: there, but left out on purpose (dimmed and hatched). Absent: the
/// case does not have it.
enum class TileState { On, LeftOut, Absent };
/// "left out", "missing"; empty for On.
QString wordsFor(TileState state);

/// What the strip above a slice says.
struct TileTitle {
  QString name;          ///< "T1ce"; no strip if empty
  QColor colour;         ///< the modality's own hue
  QString note;          ///< at the right, such as "12 %"
  QString detail = {};   ///< after the name, such as "coronal"
  QString instead = {};  ///< what stands in for it when it is left out; empty: nothing
  bool operator==(const TileTitle&) const = default;
};

/// The strip above a slice. It only asks: what it shows changes by `setState`.
class TileHeader : public QAbstractButton {
  Q_OBJECT

 public:
  explicit TileHeader(QWidget* parent = nullptr);

  void setTitle(const TileTitle& title);
  const TileTitle& title() const { return title_; }
  void setState(TileState state);
  /// As `wordsFor`, but what stands in is said: "noise instead".
  QString stateWords() const;
  /// Also for pictures that leave the program.
  void paintInto(QPainter& painter, const QRect& area) const;

  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void describe();
  void paintWords(QPainter& painter, QRect rest) const;

  TileTitle title_;
  TileState state_ = TileState::On;
};

}  // namespace modascope
