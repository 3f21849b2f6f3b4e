#pragma once

#include <QDialog>
#include <QTextBrowser>

class QLineEdit;
class QListWidget;

namespace modascope {

/// Shows the pages of the manual: Markdown from the program's own resources, links between them and
/// to their headings, and pictures as wide as there is room.
class ManualView : public QTextBrowser {
  Q_OBJECT

 public:
  explicit ManualView(QWidget* parent = nullptr);

  /// "inspect.md" or "glossary.md#dice".
  void showPage(const QString& page);
  /// The one on show.
  QString page() const { return page_; }
  /// Marks the words where they next occur; from the top where they do not occur below.
  bool findNext(const QString& words);

  QVariant loadResource(int type, const QUrl& name) override;

 Q_SIGNALS:
  void pageShown(const QString& page);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void follow(const QUrl& link);
  void render();
  void scrollTo(const QString& heading);

  QString page_;
  int renderedWidth_ = 0;
};

/// The manual with its list of pages and a search through all of them.
class ManualWindow : public QDialog {
  Q_OBJECT

 public:
  explicit ManualWindow(QWidget* parent = nullptr);
  void showPage(const QString& page) { view_->showPage(page); }
  ManualView* view() const { return view_; }

 private:
  void listPages();
  void search();

  QLineEdit* words_;
  QListWidget* pages_;
  ManualView* view_;
};

/// The names of the pages, in the order in which they are read.
QStringList manualPages();
/// What a page is called: its first heading.
QString manualTitle(const QString& page);
/// As links name a heading: "Frozen, adapted, dedicated" → "frozen-adapted-dedicated".
QString anchorOf(const QString& heading);

}  // namespace modascope
