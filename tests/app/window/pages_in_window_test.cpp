#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>

#include "app/settings/app_settings.h"
#include "app/window/main_window.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

/// A page as a stranger would add it. It opens whatever is offered to it.
class NotesPage : public Page {
 public:
  explicit NotesPage(const PagePlace& place)
      : widget_(new QLabel("Notes", place.window)), status_(new QLabel("two", place.window)) {}

  QString key() const override { return "notes"; }
  QString title() const override { return "&Notes"; }
  QWidget* widget() const override { return widget_; }
  void activate() override { ++activations; }
  bool open(const NamedPath& named) override {
    opened.push_back(named.path);
    Q_EMIT frontRequested();
    return true;
  }
  std::vector<Key> keys() override {
    return {{QKeySequence(Qt::CTRL | Qt::Key_J), [this] { ++pressed; }}};
  }
  std::vector<StatusPart> statusParts() const override {
    return {{status_, StatusPlace::WhileInFront}};
  }
  void showFault(const QString& sentence) override { fault = sentence; }
  void restore(const AppSettings& settings) override {
    restored = settings.view("notes").toString();
  }
  void store(AppSettings& settings) const override { settings.setView("notes", "kept"); }
  std::optional<ClosingQuestion> closingQuestion() const override {
    if (!busy) return std::nullopt;
    return ClosingQuestion{"Notes", "A note is open. Close it?", "Close it", "Keep it open"};
  }
  void stop() override {
    busy = false;
    Q_EMIT stopped();
  }

  int activations = 0;
  int pressed = 0;
  bool busy = false;
  std::vector<std::filesystem::path> opened;
  QString fault, restored;
  QLabel* widget_;
  QLabel* status_;
};

std::unique_ptr<Page> makeNotes(const PagePlace& place) {
  return std::make_unique<NotesPage>(place);
}

QPushButton* tabOf(const QWidget& window, const QString& title) {
  for (auto* button : window.findChildren<QPushButton*>())
    if (button->text() == title) return button;
  return nullptr;
}

}  // namespace

/// Whoever adds a page adds a line to a vector: the window does the rest.
class PagesInWindowTest : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;
  const std::filesystem::path root_ = folder_.path().toStdString();
  std::unique_ptr<AppSettings> settings_;

  static std::vector<PageMaker> withNotes() {
    std::vector<PageMaker> pages = allPages();
    pages.push_back(makeNotes);
    return pages;
  }

 private Q_SLOTS:
  void init() {
    settings_ = std::make_unique<AppSettings>(root_ / "settings.ini");
    settings_->reset();
    settings_->setRunsFolder(root_ / "runs");
  }

  void aPageInTheVectorHasItsTab() {
    MainWindow window(*settings_, withNotes());
    window.show();
    NotesPage& notes = window.page<NotesPage>();
    auto* tab = tabOf(window, "&Notes");
    QVERIFY(tab != nullptr);
    QVERIFY(!notes.widget_->isVisible() && !notes.status_->isVisible());
    tab->click();
    QVERIFY(notes.widget_->isVisible() && notes.status_->isVisible());
    QVERIFY(window.statusBar()->isAncestorOf(notes.status_));
    QCOMPARE(notes.activations, 1);
    window.showPage("experiment");
    QVERIFY(!notes.widget_->isVisible() && !notes.status_->isVisible());
    QVERIFY(!tab->isChecked());
    window.showPage("notes");
    QVERIFY(tab->isChecked());
    QCOMPARE(notes.activations, 2);
  }

  void itsKeyWorksWhicheverPageIsInFront() {
    MainWindow window(*settings_, withNotes());
    for (auto* shortcut : window.findChildren<QShortcut*>())
      if (shortcut->key() == QKeySequence(Qt::CTRL | Qt::Key_J)) Q_EMIT shortcut->activated();
    QCOMPARE(window.page<NotesPage>().pressed, 1);
  }

  /// A file that is no data is only tried for; here nothing of the others comes first.
  void aPathIsOfferedToThePagesInTheirOrder() {
    MainWindow first(*settings_, {makeNotes, makeNotes});
    first.open(root_);
    first.open(root_ / "settings.toml");
    const std::vector<std::filesystem::path> both{root_, root_ / "settings.toml"};
    QCOMPARE(first.page<NotesPage>().opened, both);  // the second was never asked
    MainWindow last(*settings_, withNotes());
    last.open(root_ / "missing.toml");  // settings: the page of experiments takes them
    QVERIFY(last.page<NotesPage>().opened.empty());
    QVERIFY(tabOf(last, "&Experiment")->isChecked());
  }

  void aFaultIsShownOnThePageInFront() {
    MainWindow window(*settings_, withNotes());
    window.tellFault("before");
    QCOMPARE(window.page<NotesPage>().fault, QString());
    window.showPage("notes");
    window.tellFault("now");
    QCOMPARE(window.page<NotesPage>().fault, u"now"_qs);
  }

  void howItIsLookedAtIsKeptForTheNextSession() {
    {
      MainWindow window(*settings_, withNotes());
      QCOMPARE(window.page<NotesPage>().restored, QString());
      window.close();
    }
    const MainWindow again(*settings_, withNotes());
    QCOMPARE(again.page<NotesPage>().restored, u"kept"_qs);
  }

  void aBusyPageIsAskedBeforeTheWindowCloses() {
    MainWindow window(*settings_, withNotes());
    window.show();
    window.page<NotesPage>().busy = true;
    window.close();
    QVERIFY(window.isVisible());
    auto* box = window.findChild<QMessageBox*>();
    QVERIFY(box != nullptr);
    QCOMPARE(box->text(), u"A note is open. Close it?"_qs);
    for (auto* button : box->buttons())
      if (button->text() == "Close it") button->click();
    QTRY_VERIFY(!window.isVisible());
  }
};

WINDOW_TEST(PagesInWindowTest)
#include "pages_in_window_test.moc"
