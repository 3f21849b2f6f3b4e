#include <QDir>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "tests/app/cli/program.h"
#include "tests/test_program.h"

using modascope::Answer;
using modascope::run;

/// Folders and cases may be called anything that a file system allows.
class NamesTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  QString path(const QString& name) const { return folder_.filePath(name); }
  /// By way of a shell: QProcess knows names in UTF-8 only. `$DIR` is a folder in Latin-1.
  Answer shell(const QString& line) const {
    return run("sh", {"-c", "DIR=\"$(printf '%s/Universit\\344t' \"$0\")\"; M=\"$1\"; " + line,
                      folder_.path(), MODASCOPE_PROGRAM});
  }
  QString newestRun() const {
    const QDir runs(path("runs/default"));
    return runs.filePath(runs.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name).last());
  }

 private Q_SLOTS:
  void initTestCase() {
    // Two phantoms; one gets a name that is no UTF-8.
    const Answer made = shell(
        "\"$M\" phantom --out \"$DIR\" --cases 3 --size 24 --json && rm \"$DIR/split.json\" && "
        "mv \"$DIR/Phantom_001\" \"$(printf '%s/M\\374ller' \"$DIR\")\"");
    QVERIFY2(made.code == 0, qPrintable(made.err));
    QVERIFY2(made.json()["folder"].toString().endsWith("Universit\\xe4t"), qPrintable(made.out));
    const Answer trained = shell(
        "\"$M\" train --data \"$DIR\" --out \"$0/runs\" --set train.steps=1 --set train.crop=16 "
        "--set train.seed=2 --json");
    QVERIFY2(trained.code == 0, qPrintable(trained.err));
  }

  void cleanupTestCase() {  // QTemporaryDir does not remove names that are no UTF-8
    std::error_code ignored;
    std::filesystem::remove_all(folder_.path().toStdString(), ignored);
  }

  void theCaseGoesByAnEscapedName() {
    const Answer checked = shell("\"$M\" check \"$DIR\" --json");
    QCOMPARE(checked.code, 0);
    QVERIFY2(checked.out.contains("\"M\\\\xfcller\""), qPrintable(checked.out));
    const Answer scored = shell("\"$M\" evaluate --run '" + newestRun() +
                                "' --data \"$DIR\" --split all --per-case --no-hd95 --json");
    QVERIFY2(scored.code == 0, qPrintable(scored.err));
    QStringList ids;
    for (const auto& one : scored.json()["per_case"].toArray())
      ids << one.toObject()["id"].toString();
    QCOMPARE(ids, (QStringList{"M\\xfcller", "Phantom_002", "Phantom_003"}));
  }

  void theRunFindsItsDataAgain() {
    const QString first = newestRun();
    const Answer again = shell("\"$M\" rerun --run '" + first + "' --json");
    QVERIFY2(again.code == 0, qPrintable(again.err));
    QCOMPARE(again.json()["same"].toBool(), true);
  }

  void adaptingGoesOnFromItsPlan() {
    const Answer adapted = shell("\"$M\" adapt --run '" + newestRun() +
                                 "' --data \"$DIR\" --method norm --subsets t1 --steps 1 --split "
                                 "valid --out \"$DIR-adapted\" --json");
    QVERIFY2(adapted.code == 0, qPrintable(adapted.err));
    const Answer scored =
        shell("\"$M\" evaluate --run \"$DIR-adapted\" --data \"$DIR\" --no-hd95 --json");
    QVERIFY2(scored.code == 0, qPrintable(scored.err));
    QCOMPARE(scored.json()["split"].toString(), "valid");
    QCOMPARE(scored.json()["trained_on"].toInt(), 0);
  }

  void aCaseIsSegmentedIntoSuchAFolder() {
    const Answer segmented =
        shell("\"$M\" segment --run '" + newestRun() +
              "' --case \"$(printf '%s/M\\374ller' \"$DIR\")\" --out \"$DIR-seg.nii.gz\" --json");
    QVERIFY2(segmented.code == 0, qPrintable(segmented.err));
    QVERIFY(segmented.json()["out"].toString().endsWith("Universit\\xe4t-seg.nii.gz"));
  }

  void tablesStayInLine() {
    const Answer checked = shell(
        "mkdir \"$0/odd\" && cp -r \"$DIR/Phantom_003\" \"$0/odd/P0\" && cp -r "
        "\"$DIR/Phantom_003\" \"$(printf '%s/odd/new\\nline' \"$0\")\" && \"$M\" check \"$0/odd\"");
    QCOMPARE(checked.code, 0);
    QVERIFY2(checked.out.contains("new\\x0aline  yes"), qPrintable(checked.out));
    QVERIFY(checked.out.contains("P0" + QString(11, ' ') + "yes"));  // as wide as the other
  }
};

GUILESS_TEST(NamesTest)
#include "names_test.moc"
