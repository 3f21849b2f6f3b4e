#include <QTemporaryDir>
#include <QTest>

#include "app/cli/commands.h"
#include "app/window/run_window.h"
#include "app/window/tour/tour_report.h"
#include "app/window/window_commands.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

std::optional<WindowRequest> requested(std::vector<std::string> words) {
  words.insert(words.begin(), "modascope");
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  return windowRequest(static_cast<int>(argv.size()), argv.data(),
                       [](std::string_view word) { return isCommand(word, &addWindowCommands); });
}

}  // namespace

class EntryTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void withoutArgumentsTheWindowOpens() {
    const auto request = requested({});
    QVERIFY(request);
    QVERIFY(!request->data);
  }

  void aFolderIsOpenedAsData() {
    const QTemporaryDir folder;
    const auto request = requested({folder.path().toStdString()});
    QVERIFY(request);
    QCOMPARE(request->data->string(), folder.path().toStdString());
  }

  void aCommandIsNoFolderEvenWhereOneIsNamedLikeIt() {
    const QTemporaryDir folder;
    const QString before = QDir::currentPath();
    QDir::setCurrent(folder.path());
    for (const std::string name : {"train", "step", "tour"}) {
      QVERIFY(QDir().mkdir(QString::fromStdString(name)));
      QVERIFY(!requested({name}));
      QVERIFY(requested({"./" + name}));
    }
    QDir::setCurrent(before);
  }

  void commandsAndUnknownWordsGoToTheCommandLine() {
    QVERIFY(!requested({"train", "--help"}));
    QVERIFY(!requested({"--help"}));
    QVERIFY(!requested({"nosuchcommand"}));
    QVERIFY(!requested({"--settings-path"}));
  }

  void theDemonstrationOpensInTheWindowAndIsMadeWithout() {
    const auto embedded = requested({"demo"});
    QVERIFY(embedded && embedded->demo && !embedded->kiosk && !embedded->data);
    const auto own = requested({"demo", "a.demo", "--kiosk"});
    QVERIFY(own && own->demo && own->kiosk);
    QVERIFY(own->data->is_absolute());
    QVERIFY(!requested({"demo", "--make", "x", "--run", "y", "--out", "z"}));
    QVERIFY(!requested({"demo", "--help"}));
    QVERIFY(!requested({"demo", "a.demo", "b.demo"}));
  }

  void aFolderThatIsNotThereIsRefused() {
    const auto request = requested({"/no/such/folder"});
    QVERIFY(request);
    int argc = 0;
    QCOMPARE(runWindow(argc, nullptr, *request), 2);
  }

  void settingsCanLieElsewhereAndBeForgotten() {
    const auto request = requested({"--settings-path", "/tmp/own.ini", "--reset"});
    QVERIFY(request);
    QVERIFY(request->reset);
    QCOMPARE(request->settingsFile->string(), std::string("/tmp/own.ini"));
  }

  void theReportNeedsNothingBesideIt() {
    SubsetTable table{bratsModalities(), {"wt", "tc", "et"}, {}};
    table.rows = {{bratsModalities().all(), {0.75, 0.5, 0.25}, 1},
                  {ModalitySet(ModalityId(3)), {0.25, 0.5, 0.75}, 1}};
    QImage red(4, 4, QImage::Format_RGB32);
    red.fill(Qt::red);
    const QString html = tourReport({{{"a<b", "c"}}, table, "Case X"}, {{"x.png", "A & B", red}});
    QVERIFY(html.contains("a&lt;b"));
    QVERIFY(html.contains("A &amp; B"));
    QVERIFY(html.contains("<td>FLAIR</td><td class='number'>0.250</td>"));
    QVERIFY(html.contains("<th>mean</th><td class='number'>0.500</td>"));
    QVERIFY(!html.contains("http"));
    const auto from = html.indexOf("base64,") + 7;
    const auto png = html.mid(from, html.indexOf('\'', from) - from).toLatin1();
    QCOMPARE(QImage::fromData(QByteArray::fromBase64(png)).pixelColor(1, 1), QColor(Qt::red));
  }
};

GUILESS_TEST(EntryTest)
#include "entry_test.moc"
