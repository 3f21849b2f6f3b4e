#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/demo/demo_file.h"
#include "core/demo/zip_archive.h"
#include "core/volume/labels.h"
#include "tests/app/cli/program.h"
#include "tests/test_program.h"

using namespace modascope;

/// A demonstration is made, as a user meets it.
class DemoTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  QString taught_, ordinary_;

  QString in(const char* name) const { return folder_.filePath(name); }
  QString trained(const QStringList& settings) const {
    const Answer answer =
        ask(QStringList{"train", "--json", "--data", in("data"), "--out", in("runs"), "--set",
                        "train.crop=16", "--set", "train.steps=2"} +
            settings);
    return answer.json()["run"].toString();
  }
  QStringList making(const char* out, const QStringList& more = {}) const {
    return QStringList{"demo",  "--make", in("data/Phantom_003"), "--run", taught_, ordinary_,
                       "--out", in(out)} +
           more;
  }
  std::string bytesOf(const char* name) const {
    QFile file(in(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
  }

 private Q_SLOTS:
  void initTestCase() {
    QCOMPARE(ask({"phantom", "--out", in("data"), "--cases", "3", "--size", "24"}).code, 0);
    taught_ = trained({"--set", "train.method=joint"});
    ordinary_ = trained({"--set", "model.kind=early-fusion", "--set", "train.method=joint", "--set",
                         "gmd.subsets=full"});
    QVERIFY(!taught_.isEmpty() && !ordinary_.isEmpty());
    const Answer made = ask(making("one.demo", {"--with-networks", "--json"}));
    QVERIFY2(made.code == 0, qPrintable(made.err));
    QCOMPARE(made.json()["bytes"].toInt(), static_cast<int>(bytesOf("one.demo").size()));
  }

  void itHoldsEverySubsetOfBothNetworksAndNoName() {
    const Demo demo = readDemo(bytesOf("one.demo"), "one.demo");
    QCOMPARE(demo.networks.size(), std::size_t{2});
    for (const DemoNetwork& network : demo.networks)
      QCOMPARE(network.answers.size(), std::size_t{15});
    QCOMPARE(demo.networks[0].decides, std::string("et"));
    QVERIFY(demo.networks[1].decides.empty());  // modalities mix in its first layer
    QVERIFY(demo.networks[0].sawSubsets && !demo.networks[1].sawSubsets);
    QVERIFY(demo.madeUp && demo.truth);
    QVERIFY(bytesOf("one.demo").find("Phantom_003") == std::string::npos);
    const std::string whole = bytesOf("one.demo");
    const ZipReader zip(whole, "x");
    QVERIFY(zip.read("demo.json", 1'000'000).find("Phantom_") == std::string::npos);
  }

  void theSameMakesTheSameBytes() {
    QCOMPARE(ask(making("two.demo", {"--with-networks"})).code, 0);
    QVERIFY(bytesOf("one.demo") == bytesOf("two.demo"));
  }

  void withoutNetworksItsAnswersAreThoseOfTheRun() {
    QCOMPARE(ask(making("plain.demo", {"--as-is", "--title", "A \"title\""})).code, 0);
    const Demo demo = readDemo(bytesOf("plain.demo"), "plain.demo");
    QCOMPARE(demo.title, std::string("A \"title\""));
    const Answer segmented = ask({"segment", "--run", taught_, "--case", in("data/Phantom_003"),
                                  "--modalities", "t1,flair", "--out", in("x.nii.gz"), "--json"});
    QVERIFY2(segmented.code == 0, qPrintable(segmented.err));
    const ModalitySet set = parseModalities(demo.schema, "t1,flair");
    const auto ml = regionsMl(*demo.networks[0].answer(set)->labels, demo.regions);
    for (const Region& region : demo.regions)
      QVERIFY(
          std::abs(segmented.json()["volumes_ml"][QString::fromStdString(region.key)].toDouble() -
                   ml[region.place]) < 1e-6);
  }

  void aPageForBrowsersIsMadeOfACaseOrOfWhatWasMade() {
    QCOMPARE(ask(making("page.html", {"--html"})).code, 0);
    QCOMPARE(ask(making("plain8.demo")).code, 0);
    QCOMPARE(ask({"demo", in("plain8.demo"), "--html", "--out", in("again.html")}).code, 0);
    QVERIFY(bytesOf("page.html").starts_with("<!DOCTYPE html>"));
    QVERIFY(bytesOf("page.html").find("Phantom_003") == std::string::npos);
    QVERIFY(bytesOf("again.html").size() > 50'000);
  }

  void wrongRequestsAreOneSentenceAndExitTwo_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("names");
    QTest::newRow("there already") << making("one.demo") << "is there already";
    QTest::newRow("another ending") << making("x.zip") << "must end in .demo";
    QTest::newRow("no case") << QStringList{"demo",  "--make", in("nowhere"), "--run",
                                            taught_, "--out",  in("x.demo")}
                             << "nowhere";
    QTest::newRow("no run") << QStringList{"demo", "--make", in("data/Phantom_003"), "--out",
                                           in("x.demo")}
                            << "one run or two";
    QTest::newRow("no page") << making("x.demo", {"--html"}) << "must end in .html";
    QTest::newRow("nothing to make") << QStringList{"demo", "--json"} << "Name what to make";
    QTest::newRow("no out") << QStringList{"demo", "--make", in("data/Phantom_003"), "--run",
                                           taught_}
                            << "--out";
  }

  void wrongRequestsAreOneSentenceAndExitTwo() {
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, names);
    const Answer answer = ask(arguments);
    QVERIFY2(answer.code == 2, qPrintable(answer.err));
    QVERIFY2(answer.err.contains(names), qPrintable(answer.err));
    QCOMPARE(answer.err.trimmed().count('\n'), 0);
    QVERIFY(!QFile::exists(in("x.demo")));
  }
};

GUILESS_TEST(DemoTest)
#include "demo_test.moc"
