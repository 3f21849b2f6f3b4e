#include "app/experiment/run_plots.h"

#include <QSplitter>
#include <QTest>

#include "app/experiment/experiment_page.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "widgets/plots/loss_plot.h"

using namespace modascope;

/// A plot as a stranger would add it, of runs that were validated.
class ValidationCount : public QWidget, public RunPlot {
  Q_OBJECT

 public:
  explicit ValidationCount(QWidget* parent) : QWidget(parent) {}

  QWidget* widget() override { return this; }
  void setSchema(const ModalitySchema& schema) override { modalities = schema.size(); }
  void append(const std::vector<StepEvent>& steps) override { stepCount += steps.size(); }
  void appendValidation(const std::vector<ValidationEvent>& validations) override {
    validationCount += validations.size();
  }
  void clear() override { stepCount = validationCount = 0; }
  void showOneByOne(bool on) override { oneByOne = on; }
  bool concernsRun() const override { return stepCount > 1; }

  std::size_t modalities = 0, stepCount = 0, validationCount = 0;
  bool oneByOne = false;
};

/// Whoever adds a plot adds a line to a vector: the page does the rest.
class RunPlotsTest : public QObject {
  Q_OBJECT

  static std::vector<RunPlotPlace> withCount() {
    std::vector<RunPlotPlace> plots = allRunPlots();
    plots.push_back({RunPlotLine::Losses, 1,
                     [](QWidget* parent) -> RunPlot* { return new ValidationCount(parent); }});
    return plots;
  }

 private Q_SLOTS:
  void aPlotInTheVectorIsToldWhatTheOthersAre() {
    ExperimentPage page(nullptr, withCount());
    auto* count = page.findChild<ValidationCount*>();
    QVERIFY(count != nullptr);
    page.setSchema(bratsModalities());
    QCOMPARE(count->modalities, std::size_t{4});
    StepEvent step;
    step.step = 1;
    page.append({step});
    page.appendValidation(std::vector<ValidationEvent>(3));
    QCOMPARE(count->stepCount, std::size_t{1});
    QCOMPARE(count->validationCount, std::size_t{3});
    QCOMPARE(page.findChild<LossPlot*>()->table().moments().size(), std::size_t{1});
    page.showAdapting(true);
    QVERIFY(count->oneByOne);
    page.clearPlots();
    QCOMPARE(count->stepCount, std::size_t{0});
    QVERIFY(page.findChild<LossPlot*>()->table().moments().empty());
  }

  void itStandsInItsLineAndOnlyWhereItConcernsTheRun() {
    ExperimentPage page(nullptr, withCount());
    page.resize(1400, 800);
    page.show();
    auto* count = page.findChild<ValidationCount*>();
    const auto* line = page.findChild<QSplitter*>("experiment/losses");
    QCOMPARE(line->indexOf(count), 2);
    QVERIFY(!count->isVisible());
    page.append({StepEvent()});
    QVERIFY(!count->isVisible());
    page.append({StepEvent()});
    QVERIFY(count->isVisible());
    page.clearPlots();
    QVERIFY(!count->isVisible());
  }
};

WINDOW_TEST(RunPlotsTest)
#include "run_plots_test.moc"
