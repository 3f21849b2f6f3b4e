#include "app/window/manual_window.h"

#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTest>
#include <QTextBlock>
#include <QTextTable>

#include "tests/test_program.h"

using namespace modascope;

namespace {

QString sourceOf(const QString& page) {
  QFile file(":/manual/" + page);
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The anchors of a page's headings; code is none.
QStringList anchorsOf(const QString& page) {
  QStringList anchors;
  bool code = false;
  for (const QString& line : sourceOf(page).split('\n')) {
    if (line.startsWith("```")) code = !code;
    static const QRegularExpression heading("^#+ +(.*)$");
    const auto match = heading.match(line);
    if (!code && match.hasMatch()) anchors << anchorOf(match.captured(1).remove('`'));
  }
  return anchors;
}

}  // namespace

class ManualWindowTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyPageOfTheManualIsListedWithItsTitle() {
    const ManualWindow window;  // opens the resources
    const QStringList files = QDir(":/manual").entryList({"*.md"}, QDir::Files, QDir::Name);
    QVERIFY(files.size() >= 13);
    QStringList listed = manualPages();
    listed.sort();
    QCOMPARE(listed, files);
    const auto* pages = window.findChild<QListWidget*>();
    QCOMPARE(pages->count(), files.size());
    QCOMPARE(pages->item(0)->text(), "Getting started");
    QCOMPARE(window.view()->page(), "getting-started.md");
  }

  /// Every link inside the manual leads to a page and a heading that are there.
  void everyLinkLeadsSomewhere() {
    const ManualWindow window;
    static const QRegularExpression link("\\]\\(([^)]+)\\)");
    int links = 0;
    for (const QString& page : manualPages()) {
      auto matches = link.globalMatch(sourceOf(page));
      while (matches.hasNext()) {
        const QString target = matches.next().captured(1);
        if (target.startsWith("http")) continue;
        ++links;
        const QString file = target.section('#', 0, 0), heading = target.section('#', 1);
        if (file.endsWith(".png")) {
          QVERIFY2(QFile::exists(":/manual/" + file), qPrintable(page + ": " + target));
          continue;
        }
        const QString where = file.isEmpty() ? page : file;
        QVERIFY2(manualPages().contains(where), qPrintable(page + ": " + target));
        QVERIFY2(heading.isEmpty() || anchorsOf(where).contains(heading),
                 qPrintable(page + ": " + target));
      }
    }
    QVERIFY(links > 20);
  }

  void aLinkToAHeadingScrollsThere() {
    ManualWindow window;
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.showPage("glossary.md#gradient-guided-modality-decoupling");
    QCOMPARE(window.view()->page(), "glossary.md");
    QVERIFY(window.view()->textCursor().block().text().contains("decoupling"));
    QVERIFY(window.view()->verticalScrollBar()->value() > 0);
    Q_EMIT window.view()->anchorClicked(QUrl("adapters.md"));
    QCOMPARE(window.view()->page(), "adapters.md");
    QCOMPARE(window.findChild<QListWidget*>()->currentItem()->text(), "Adapters");
    QCOMPARE(window.view()->verticalScrollBar()->value(), 0);
  }

  void picturesAreAsWideAsThereIsRoom() {
    ManualWindow window;
    window.resize(700, 500);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const QVariant image =
        window.view()->loadResource(QTextDocument::ImageResource, QUrl("images/experiment.png"));
    const QImage picture = image.value<QImage>();
    QVERIFY(!picture.isNull());
    QVERIFY(picture.width() / picture.devicePixelRatio() <= window.view()->viewport()->width());
    QVERIFY(window.view()->horizontalScrollBar()->maximum() == 0);
  }

  void tablesAreTables() {
    ManualWindow window;
    window.showPage("adapters.md");
    int tables = 0;
    for (const QTextFrame* frame : window.view()->document()->rootFrame()->childFrames())
      if (qobject_cast<const QTextTable*>(frame)) ++tables;
    QVERIFY(tables >= 4);
    QVERIFY(!window.view()->toPlainText().contains("|---"));
  }

  void aSearchLeavesThePagesThatHaveTheWords() {
    ManualWindow window;
    window.show();
    auto* words = window.findChild<QLineEdit*>();
    QTest::keyClicks(words, "exact_cosine");
    const auto* pages = window.findChild<QListWidget*>();
    QCOMPARE(pages->count(), 1);
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(window.view()->page(), "run-folder.md");
    QCOMPARE(window.view()->textCursor().selectedText(), "exact_cosine");
    words->clear();
    QCOMPARE(pages->count(), manualPages().size());
  }

  void headingsBecomeAnchorsAsLinksNameThem() {
    QCOMPARE(anchorOf("Frozen, adapted, dedicated"), "frozen-adapted-dedicated");
    QCOMPARE(anchorOf("Gradient-guided modality decoupling"),
             "gradient-guided-modality-decoupling");
  }
};

WINDOW_TEST(ManualWindowTest)
#include "manual_window_test.moc"
