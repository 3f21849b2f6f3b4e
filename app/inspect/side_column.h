#pragma once

#include <QScrollArea>
#include <QSplitter>

namespace modascope {

/// What finds no room is reached by scrolling, and asks for none.
QScrollArea* scrolled(QWidget* content, QWidget* parent);

/// One that scrolls up and down only, as wide as what it holds must be.
class SideColumn : public QScrollArea {
 public:
  SideColumn(QWidget* content, QWidget* parent);

  QSize minimumSizeHint() const override;

 protected:
  bool event(QEvent* event) override;
};

/// Of two parts the first has as much as it can use, until somebody moves the handle or did so in
/// an earlier session (the property "moved"): where there is little room, what is below scrolls.
class FirstFirst : public QSplitter {
 public:
  explicit FirstFirst(QWidget* parent);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void share();
};

}  // namespace modascope
