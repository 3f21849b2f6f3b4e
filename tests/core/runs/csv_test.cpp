#include "core/runs/csv.h"

#include <QTest>
#include <clocale>
#include <cmath>
#include <locale>
#include <map>
#include <sstream>

#include "tests/test_program.h"

using namespace modascope;

namespace {

const ModalitySchema& schema() {
  static const ModalitySchema two({{"t1", "T1"}, {"flair", "FLAIR"}});
  return two;
}
const ModalitySet kT1(ModalityId(0));
const ModalitySet kFlair(ModalityId(1));

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
  if (!text.empty() && text.back() == at && at == ',') parts.emplace_back();
  return parts;
}

std::string stepsText(const std::vector<StepEvent>& steps) {
  std::ostringstream out;
  writeStepsCsv(out, steps, schema());
  return out.str();
}

/// Column → cell of the n-th line of values.
std::map<std::string, std::string> line(const std::string& text, std::size_t n) {
  const auto lines = split(text, '\n');
  const auto names = split(lines.at(0), ',');
  const auto cells = split(lines.at(n), ',');
  std::map<std::string, std::string> row;
  if (names.size() != cells.size()) return row;
  for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = cells[i];
  return row;
}

StepEvent observed() {
  StepEvent event;
  event.step = 7;
  event.epoch = 0.5;
  event.learningRate = 3e-3;
  event.subsets = {kT1, kT1.with(ModalityId(1))};
  event.losses = {1.0 / 3, 0.25};
  event.meanLoss = 0.1 + 0.2;
  event.cases = {"a", "b"};
  event.gradients.emplace();
  event.gradients->modalityNorms = {2, std::nan("")};
  event.gradients->shares = {0.75, 0.25};
  event.gradients->conflictingPairs = 3;
  event.gradients->mergedNorm = 1.5;
  event.gradients->ranks = {2, 1};
  event.gradients->discarded = {0.01, 0};
  event.gradients->exactCosine = 0.9995;
  return event;
}

}  // namespace

class CsvTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyNumberOfAStepHasItsColumn() {
    auto row = line(stepsText({observed()}), 1);
    QCOMPARE(row["step"], std::string("7"));
    QCOMPARE(row["learning_rate"], std::string("0.003"));
    QCOMPARE(std::stod(row["loss"]), 0.1 + 0.2);
    QVERIFY(std::stod(row["loss_t1"]) == 1.0 / 3);
    QCOMPARE(row["loss_t1+flair"], std::string("0.25"));
    QCOMPARE(row["loss_flair"], std::string());  // not trained on at this step
    QCOMPARE(row["gradient_norm_t1"], std::string("2"));
    QCOMPARE(row["gradient_norm_flair"], std::string());
    QCOMPARE(row["gradient_share_flair"], std::string("0.25"));
    QCOMPARE(row["conflicts"], std::string("3"));
    QCOMPARE(row["merged_norm"], std::string("1.5"));
    QCOMPARE(row["rank_t1"], std::string("2"));
    QCOMPARE(row["discarded_t1"], std::string("0.01"));
    QCOMPARE(row["exact_cosine"], std::string("0.9995"));
    QCOMPARE(row["cases"], std::string("a;b"));
  }

  void whatWasNotMeasuredIsEmpty() {
    StepEvent event = observed();
    event.gradients.reset();
    auto row = line(stepsText({observed(), event}), 2);
    QCOMPARE(row["loss_t1+flair"], std::string("0.25"));
    for (const char* name : {"gradient_norm_t1", "conflicts", "merged_norm", "rank_flair",
                             "discarded_t1", "exact_cosine"})
      QVERIFY2(row.contains(name) && row[name].empty(), name);
  }

  void namesWithCommasAndQuotesAreQuoted() {
    StepEvent event = observed();
    event.cases = {R"(a,"b")"};
    QVERIFY(stepsText({event}).ends_with(",\"a,\"\"b\"\"\"\n"));
  }

  void theLocaleChangesNothing() {
    const std::string plain = stepsText({observed()});
    struct Comma : std::numpunct<char> {
      char do_decimal_point() const override { return ','; }
      char do_thousands_sep() const override { return '.'; }
      std::string do_grouping() const override { return "\3"; }
    };
    const std::locale before = std::locale::global(std::locale(std::locale(), new Comma));
    StepEvent late = observed();
    late.step = 1234567;
    const std::string text = stepsText({observed(), late});
    std::locale::global(before);
    QVERIFY(text.starts_with(plain));
    QCOMPARE(line(text, 2)["step"], std::string("1234567"));
  }

  void validationsAreALineEach() {
    std::ostringstream out;
    writeValidationsCsv(out, {{100, {"wt", "et"}, {0.5, std::nan("")}, true},
                              {200, {"wt", "et"}, {0.25, 0.125}, false}});
    QCOMPARE(out.str(), std::string("step,dice_wt,dice_et,best\n100,0.5,,1\n200,0.25,0.125,0\n"));
  }
};

APPLESS_TEST(CsvTest)
#include "csv_test.moc"
