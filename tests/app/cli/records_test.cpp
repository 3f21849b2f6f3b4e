#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/program.h"
#include "tests/test_program.h"

using modascope::Answer;
using modascope::ask;

namespace {

QByteArray contentOf(const QString& file) {
  QFile stream(file);
  return stream.open(QIODevice::ReadOnly) ? stream.readAll() : QByteArray();
}

void write(const QString& file, const QByteArray& content) {
  QFile stream(file);
  if (stream.open(QIODevice::WriteOnly)) stream.write(content);
}

double number(const QJsonObject& object, const char* a, const char* b) {
  return object[a].toObject()[b].toDouble();
}

}  // namespace

/// What becomes of a run once it is there: scores, tables, comparisons, and a second time.
class RecordsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QCOMPARE(ask({"phantom", "--out", data(), "--cases", "4", "--size", "24", "--seed", "5"}).code,
             0);
    first_ = train("1");
    second_ = train("2");
    QVERIFY(!first_.isEmpty() && !second_.isEmpty());
  }

  void evaluateMeasuresHd95UnlessToldNotTo() {
    const auto json = evaluate({}).json();
    const auto subsets = json["subsets"].toArray();
    QCOMPARE(subsets.size(), 15);
    double sum = 0;
    for (const auto& row : subsets) sum += number(row.toObject(), "hd95", "wt");
    QVERIFY(std::abs(sum / 15 - number(json, "mean_hd95", "wt")) < 1e-9);
    QVERIFY(json["hd95_rule"].toString().contains("diagonal"));
    const auto without = evaluate({"--no-hd95"}).json();
    QVERIFY(!without.contains("mean_hd95"));
    QCOMPARE(without["mean"].toObject(), json["mean"].toObject());
  }

  void softDiceHasItsOwnName() {
    const auto soft = evaluate({"--soft"}).json()["soft_dice_pooled"].toObject();
    QCOMPARE(soft["crop"].toInt(), 16);
    QCOMPARE(soft["subsets"].toArray().size(), 15);
    QVERIFY(number(soft, "mean", "wt") > 0);
    QVERIFY(!evaluate({}).json().contains("soft_dice_pooled"));
  }

  void aFoldIsEvaluatedOnTheCasesThatItHeldOut() {
    QStringList held;
    for (const char* fold : {"0", "1"}) {
      const QString run = train("1", {"--set", "data.folds=2", "--set",
                                      QString("data.fold=%1").arg(fold), "--set", "train.steps=1"});
      const auto json = ask({"evaluate", "--run", run, "--data", data(), "--split", "valid",
                             "--per-case", "--no-hd95", "--json"})
                            .json();
      for (const auto& one : json["per_case"].toArray()) held += one.toObject()["id"].toString();
    }
    held.sort();
    QCOMPARE(held.size(), 4);
    QCOMPARE(held.removeDuplicates(), 0);
    const Answer wrong = ask({"train", "--data", data(), "--out", folder_.filePath("none"), "--set",
                              "data.folds=9", "--set", "data.fold=0"});
    QCOMPARE(wrong.code, 2);
    QVERIFY(wrong.err.contains("data.folds"));
  }

  void exportWritesALineAStepAndNeverOverAFile() {
    const QString file = folder_.filePath("steps.csv");
    const QStringList request{"export", "--run", first_, "--out", file};
    QCOMPARE(ask(request).code, 0);
    const auto lines = contentOf(file).trimmed().split('\n');
    QCOMPARE(lines.size(), 5);
    QVERIFY(lines[0].startsWith("step,") && lines[0].contains(",loss_t1+flair,"));
    QVERIFY(lines[4].startsWith("4,"));
    const Answer again = ask(request);
    QCOMPARE(again.code, 2);
    QVERIFY(again.err.contains("steps.csv"));
    const QString validation = folder_.filePath("validation.csv");
    QCOMPARE(ask({"export", "--run", first_, "--out", validation, "--validation"}).code, 0);
    QCOMPARE(contentOf(validation).trimmed().split('\n')[0],
             QByteArray("step,dice_wt,dice_tc,dice_et,best"));
  }

  void comparingARunWithItselfFindsNoDifference() {
    const auto json =
        ask({"compare", first_, first_, "--data", data(), "--split", "train", "--json"}).json();
    const auto pair = json["comparisons"].toArray().at(0).toObject();
    QCOMPARE(pair["cases"].toArray().size(), 3);
    QVERIFY(json["caution"].toString().startsWith("With 3 cases"));
    const auto rows = pair["subsets"].toArray();
    QCOMPARE(rows.size(), 16);
    for (const auto& row : rows)
      for (const char* score : {"dice", "hd95"}) {
        const auto wt = row.toObject()[score].toObject()["wt"].toObject();
        QCOMPARE(wt["difference"].toDouble(), 0.0);
        QCOMPARE(wt["p"].toDouble(), 1.0);
        QCOMPARE(wt["n"].toInt(), 3);
      }
  }

  void groupsAverageTheirRuns() {
    const auto json = ask({"compare", first_, "--group", "both=" + first_ + "," + second_, "--data",
                           data(), "--no-hd95", "--json"})
                          .json();
    const auto one = json["groups"].toArray().at(0).toObject()["dice"].toObject();
    const auto both = json["groups"].toArray().at(1).toObject()["dice"].toObject();
    const double a = number(one, "wt", "mean");
    const double mean = number(both, "wt", "mean");
    const double deviation = number(both, "wt", "sd");
    QVERIFY(std::abs(std::abs(mean - a) * std::sqrt(2.0) - deviation) < 1e-9);  // of two runs
    const auto row = json["comparisons"].toArray().at(0).toObject()["subsets"].toArray().at(0);
    const auto wt = row.toObject()["dice"].toObject()["wt"].toObject();
    QVERIFY(std::abs(wt["difference"].toDouble() - (mean - a)) < 1e-9);
  }

  void theSameRunAgainIsTheSame() {
    const Answer answer =
        ask({"rerun", "--run", first_, "--out", folder_.filePath("again"), "--json"});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QVERIFY(answer.json()["same"].toBool() && answer.json()["weights"].toBool());
    QCOMPARE(answer.json()["steps"].toInt(), 4);
  }

  void anotherNumberInTheRecordIsFound() {
    const QString metrics = first_ + "/metrics.jsonl";
    const QByteArray before = contentOf(metrics);
    auto lines = before.split('\n');
    lines[2].replace("\"lr\":", "\"lr\":1");
    write(metrics, lines.join('\n'));
    const Answer answer = ask({"rerun", "--run", first_, "--out", folder_.filePath("again")});
    write(metrics, before);
    QCOMPARE(answer.code, 1);
    QVERIFY2(answer.out.startsWith("differs from step 3 (learning rate"), qPrintable(answer.out));
  }

  void aRunThatWasStoppedIsRunAgainAsFarAsItCame() {
    const QString metrics = second_ + "/metrics.jsonl";
    const QByteArray before = contentOf(metrics);
    write(metrics, before.left(before.indexOf("{\"type\":\"step\",\"step\":3")));
    const Answer answer = ask({"rerun", "--run", second_, "--out", folder_.filePath("again")});
    write(metrics, before);
    QCOMPARE(answer.code, 0);
    QVERIFY2(answer.out.startsWith("same: 2 steps agree"), qPrintable(answer.out));
  }

  void otherDataAreNotRunOn() {
    const QString file = data() + "/Phantom_001/Phantom_001_t1.nii.gz";
    const QByteArray before = contentOf(file);
    QVERIFY(!before.isEmpty());
    write(file, before + "more");
    const Answer answer = ask({"rerun", "--run", first_, "--out", folder_.filePath("never")});
    write(file, before);
    QCOMPARE(answer.code, 2);
    QVERIFY2(answer.err.contains("Phantom_001_t1.nii.gz"), qPrintable(answer.err));
    QVERIFY(!QDir(folder_.filePath("never")).exists());
  }

  void aRunIsExtendedAndSaysWhatBecomesOfItsLearningRate() {
    const QString run = train("7");
    const Answer longer = ask({"train", "--resume", run, "--set", "train.steps=6", "--json"});
    QVERIFY2(longer.code == 0, qPrintable(longer.err));
    QCOMPARE(longer.json()["steps"].toInt(), 6);
    QVERIFY2(longer.err.contains("falls to zero at step 6 instead of 4"), qPrintable(longer.err));
    QVERIFY(contentOf(run + "/config.toml").contains("steps = 6"));
    QVERIFY(contentOf(run + "/extensions.json").contains("\"at_step\": 4"));
    const Answer again = ask({"rerun", "--run", run});
    QCOMPARE(again.code, 2);
    QVERIFY2(again.err.contains("was extended from 4 to 6 steps"), qPrintable(again.err));
  }

  void whatAResumeDoesNotUseIsRefusedByName() {
    const QString before = contentOf(first_ + "/config.toml");
    for (const auto& [setting, names] :
         std::vector<std::pair<QString, QString>>{{"train.steps=4", "finished"},
                                                  {"train.steps=3", "can only be raised"},
                                                  {"train.lr=0.5", "train.lr=0.5 (it has 0.003)"},
                                                  {"train.stepz=9", "train.steps"}}) {
      const Answer answer = ask({"train", "--resume", first_, "--set", setting});
      QCOMPARE(answer.code, 2);
      QVERIFY2(answer.err.contains(names), qPrintable(answer.err));
    }
    for (const QStringList& more : {QStringList{"--device", "cpu"}, {"--preset", "paper"}}) {
      const Answer answer = ask(QStringList{"train", "--resume", first_} + more);
      QCOMPARE(answer.code, 2);
      QVERIFY2(answer.err.contains(more.front()), qPrintable(answer.err));
    }
    QCOMPARE(QString(contentOf(first_ + "/config.toml")), before);
  }

  void anImageWhoseBytesOfTheSameNumberAreOthersIsNamed() {
    const QString file = data() + "/Phantom_001/Phantom_001_t1.nii.gz";
    const QString other = data() + "/Phantom_001/Phantom_001_flair.nii.gz";
    const QByteArray before = contentOf(file);
    QByteArray swapped = contentOf(other);  // a whole image; its size makes no difference
    write(file, swapped);
    const Answer answer = ask({"rerun", "--run", first_, "--out", folder_.filePath("never")});
    write(file, before);
    QCOMPARE(answer.code, 2);
    QVERIFY2(answer.err.contains("the bytes of \"Phantom_001/Phantom_001_t1.nii.gz\" are others"),
             qPrintable(answer.err));
  }

  void aCaseThatCannotBeScoredIsLeftOutAndSaid() {
    const QString file = data() + "/Phantom_002/Phantom_002_seg.nii.gz";
    const QByteArray before = contentOf(file);
    QByteArray damaged = before;
    damaged[damaged.size() - 8] = static_cast<char>(damaged.at(damaged.size() - 8) ^ 0x55);
    write(file, damaged);  // its checksum is wrong, which no header tells
    const QStringList scored{"--data", data(), "--split", "train", "--no-hd95", "--json"};
    const Answer evaluated = ask(QStringList{"evaluate", "--run", first_} + scored);
    const Answer compared = ask(QStringList{"compare", first_, second_} + scored);
    const Answer segmented = ask({"segment", "--run", first_, "--case", data() + "/Phantom_002",
                                  "--out", folder_.filePath("without.nii.gz")});
    write(file, before);
    QVERIFY2(evaluated.code == 0, qPrintable(evaluated.err));
    QCOMPARE(evaluated.json()["cases"].toInt(), 2);  // of three
    for (const Answer& answer : {evaluated, compared}) {
      const auto without = answer.json()["left_out"].toArray();
      QCOMPARE(without.size(), 1);
      QCOMPARE(without.first().toObject()["id"].toString(), QString("Phantom_002"));
      QVERIFY(without.first().toObject()["reason"].toString().contains("Phantom_002_seg.nii.gz"));
      QCOMPARE(answer.err.count("Phantom_002 is left out"), 1);
    }
    QVERIFY2(segmented.code == 0, qPrintable(segmented.err));
    QVERIFY2(segmented.err.contains("without the ground truth"), qPrintable(segmented.err));
  }

  void wrongRequestsAreSentences_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("names");
    QTest::newRow("one run") << QStringList{"compare", first_, "--data", data()} << "two runs";
    QTest::newRow("a group without runs")
        << QStringList{"compare", first_, "--group", "a", "--data", data()} << "NAME=RUN";
    QTest::newRow("no such run") << QStringList{"export", "--run", "/nowhere", "--out", "x.csv"}
                                 << "/nowhere";
    QTest::newRow("nothing to run again")
        << QStringList{"rerun", "--run", "/nowhere"} << "/nowhere";
  }
  void wrongRequestsAreSentences() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, names);
    const Answer answer = ask(arguments);
    QCOMPARE(answer.code, 2);
    QVERIFY2(answer.err.contains(names), qPrintable(answer.err));
    QCOMPARE(answer.err.trimmed().count('\n'), 0);
  }

 private:
  QString data() const { return folder_.filePath("data"); }

  QString train(const QString& seed, const QStringList& more = {}) const {
    return ask(QStringList{"train", "--data", data(), "--out", folder_.filePath("runs"), "--set",
                           "train.steps=4", "--set", "train.crop=16", "--set", "train.seed=" + seed,
                           "--json"} +
               more)
        .json()["run"]
        .toString();
  }
  Answer evaluate(const QStringList& more) const {
    return ask(
        QStringList{"evaluate", "--run", first_, "--data", data(), "--split", "valid", "--json"} +
        more);
  }

  QTemporaryDir folder_;
  QString first_;
  QString second_;
};

GUILESS_TEST(RecordsTest)
#include "records_test.moc"
