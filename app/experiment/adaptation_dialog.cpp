#include "app/experiment/adaptation_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <iterator>

#include "app/jobs/sentence.h"
#include "app/pages/run_choice.h"
#include "app/settings/path_text.h"
#include "app/work/adapting/adaptation_folder.h"
#include "app/work/adapting/adapted_subsets.h"
#include "core/cohort/cohort.h"
#include "core/files/paths.h"
#include "core/networks/adapter_facts.h"
#include "core/networks/fact_rows.h"
#include "core/runs/run_store.h"

namespace modascope {
namespace {

/// "Scale and shift after every layer."
QString wordsOn(const AdapterFacts& kind) {
  QString words = AdaptationDialog::tr(std::string(kind.words).c_str()) + '.';
  words[0] = words[0].toUpper();
  return words;
}

QComboBox* namedBox(const QString& name, QWidget* parent) {
  auto* box = new QComboBox(parent);
  box->setAccessibleName(name);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(44);
  return box;
}

/// Whether its network can be adapted for such data.
bool isBase(const RunSummary& run, const Problem& data) {
  return run.whyNot.empty() && !run.adaptation && run.problem && fits(*run.problem, data);
}

}  // namespace

AdaptationDialog::AdaptationDialog(const Cohort& cohort, const std::filesystem::path& runs,
                                   const std::filesystem::path& chosen, QWidget* parent)
    : QDialog(parent),
      problem_(cohort.problem),
      schema_(cohort.problem.schema),
      data_(cohort.folder),
      runs_(runs),
      chosen_(chosen),
      fields_(new QFormLayout),
      run_(namedBox(tr("Network"), this)),
      checkpoint_(namedBox(tr("Checkpoint"), this)),
      method_(namedBox(tr("Method"), this)),
      methodWords_(new QLabel(this)),
      rank_(new QSpinBox(this)),
      subsets_(namedBox(tr("Adapted to"), this)),
      own_(new QLineEdit(this)),
      steps_(new QSpinBox(this)),
      rate_(new QDoubleSpinBox(this)),
      split_(namedBox(tr("Scored at the end"), this)),
      summary_(new QLabel(this)) {
  setWindowTitle(tr("Adapt a trained network"));
  auto* about = new QLabel(tr("Learns a small change for each set of modalities that may be left. "
                              "The network itself stays as it is; with all modalities nothing "
                              "changes."),
                           this);
  about->setWordWrap(true);
  summary_->setWordWrap(true);
  auto* column = new QVBoxLayout(this);
  column->addWidget(about);
  column->addSpacing(6);
  column->addLayout(fields_);
  column->addWidget(summary_);
  makeFields(cohort);
  makeButtons();
  takeRun();
  connect(&list_, &RunListJob::listed, this, [this](const auto& found) { offerBases(*found); });
  list_.list(runs_);
}

void AdaptationDialog::offerBases(const std::vector<RunSummary>& runs) {
  listed_ = true;
  std::vector<RunSummary> bases;
  std::copy_if(runs.begin(), runs.end(), std::back_inserter(bases),
               [this](const RunSummary& run) { return isBase(run, problem_); });
  const bool elsewhere = std::none_of(
      runs.begin(), runs.end(), [this](const RunSummary& run) { return run.folder == chosen_; });
  const QSignalBlocker quiet(run_);
  fillRuns(*run_, bases, elsewhere && !isAdaptation(chosen_) ? chosen_ : std::filesystem::path());
  run_->removeItem(0);  // no run
  run_->setCurrentIndex(std::max(run_->findData(asText(chosen_)), 0));
  takeRun();
}

void AdaptationDialog::makeFields(const Cohort& cohort) {
  for (const std::string& name : namesOf(adapterKinds()))
    method_->addItem(QString::fromStdString(name));
  offerSubsets(cohort.problem.schema);
  offerSplits(cohort);
  rank_->setRange(1, 256);
  rank_->setValue(4);
  steps_->setRange(1, 10'000'000);
  steps_->setValue(kAdapterSteps);
  rate_->setDecimals(6);
  rate_->setRange(0, 1);
  rate_->setSingleStep(1e-3);
  rate_->setSpecialValueText(tr("as suits the method"));
  const std::string first = schema_.key(ModalityId(0));
  own_->setPlaceholderText(tr("%1+%2, %1")
                               .arg(QString::fromStdString(first),
                                    QString::fromStdString(schema_.key(schema_.ids().back()))));
  own_->setAccessibleName(tr("The sets, such as %1").arg(own_->placeholderText()));
  fields_->addRow(tr("&Network"), run_);
  fields_->addRow(tr("&Checkpoint"), checkpoint_);
  fields_->addRow(tr("&Method"), method_);
  fields_->addRow(QString(), methodWords_);
  fields_->addRow(tr("&Rank"), rank_);
  fields_->addRow(tr("&Adapted to"), subsets_);
  fields_->addRow(QString(), own_);
  fields_->addRow(tr("&Steps for each set"), steps_);
  fields_->addRow(tr("&Learning rate"), rate_);
  fields_->addRow(tr("Scored at the &end"), split_);
  connect(run_, &QComboBox::currentIndexChanged, this, &AdaptationDialog::takeRun);
  connect(method_, &QComboBox::currentIndexChanged, this, [this] {
    suggestSteps();
    refresh();
  });
  connect(subsets_, &QComboBox::currentIndexChanged, this, &AdaptationDialog::refresh);
  connect(own_, &QLineEdit::textChanged, this, &AdaptationDialog::refresh);
  connect(steps_, &QSpinBox::valueChanged, this, &AdaptationDialog::refresh);
}

void AdaptationDialog::offerSubsets(const ModalitySchema& schema) {
  const auto offer = [&](const char* key, const QString& words) {
    const auto count = subsetsToAdapt(schema, key).size();
    subsets_->addItem(tr("%1 (%2)").arg(words).arg(count), QString(key));
  };
  offer("all", tr("Every set that lacks one or more"));
  if (schema.size() > 2) offer("leave-one-out", tr("All but one"));
  if (schema.size() > 3) offer("pairs", tr("Two"));
  offer("singletons", tr("One alone"));
  subsets_->addItem(tr("These…"), QString());
}

/// What is kept for testing is looked at only when somebody asks for it.
void AdaptationDialog::offerSplits(const Cohort& cohort) {
  const auto has = [&](const char* split) {
    return cohort.splits && cohort.splits->contains(split) && !cohort.splits->at(split).empty();
  };
  if (!cohort.splits || has("valid"))
    split_->addItem(tr("the validation cases, which also choose the adapters"), QString());
  split_->addItem(tr("nothing"), QString(kNoSplit));
  if (has("test")) split_->addItem(tr("the test cases"), QString("test"));
}

void AdaptationDialog::makeButtons() {
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  start_ = buttons->addButton(tr("Start"), QDialogButtonBox::AcceptRole);
  start_->setDefault(true);
  copy_ = buttons->addButton(tr("Copy as command"), QDialogButtonBox::ActionRole);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(copy_, &QPushButton::clicked, this, &AdaptationDialog::copyRequested);
  layout()->addWidget(buttons);
}

void AdaptationDialog::readRun() {
  if (run_->count() == 0) return;
  const RunFolder folder = RunFolder::open(asPath(run_->currentData().toString()));
  stepsOfRun_ = folder.config().train.steps;
  unfinished_ = folder.status().state != RunState::Finished;
  if (isThere(folder.checkpoints() / "best.safetensors"))
    checkpoint_->addItem(tr("the best on validation"), QString("best"));
}

void AdaptationDialog::takeRun() {
  checkpoint_->clear();
  checkpoint_->addItem(tr("the last"), QString("last"));
  unreadable_.clear();
  unfinished_ = false;
  try {
    readRun();
  } catch (const std::exception&) {
    unreadable_ = sentenceOfCurrent();
  }
  suggestSteps();
  refresh();
}

/// Unless they were typed.
void AdaptationDialog::suggestSteps() {
  if (steps_->value() == suggested_) steps_->setValue(static_cast<int>(standardSteps()));
  suggested_ = static_cast<int>(standardSteps());
}

const AdapterFacts& AdaptationDialog::chosenKind() const {
  return adapterNamed(method_->currentText().toStdString());
}

std::int64_t AdaptationDialog::standardSteps() const {
  return chosenKind().isNetwork ? std::max<std::int64_t>(stepsOfRun_, 1) : kAdapterSteps;
}

std::string AdaptationDialog::words() const {
  const QString named = subsets_->currentData().toString();
  return (named.isEmpty() ? own_->text().trimmed() : named).toStdString();
}

AdaptationRequest AdaptationDialog::request() const {
  AdaptationRequest request;
  request.run = asPath(run_->currentData().toString());
  request.checkpoint = checkpoint_->currentData().toString().toStdString();
  request.data = data_;
  request.runs = runs_;
  request.method = method_->currentText().toStdString();
  request.subsets = words();
  request.rank = rank_->value();
  request.steps = steps_->value();
  request.learningRate = rate_->value();
  request.split = split_->currentData().toString().toStdString();
  return request;
}

QString AdaptationDialog::problem() const {
  if (!listed_) return tr("Looking for trained networks…");
  if (run_->count() == 0) return tr("There is no trained network for these data yet.");
  if (!unreadable_.isEmpty()) return unreadable_;
  if (words().empty()) return tr("Which sets of modalities? Name them, with commas between.");
  try {
    subsetsToAdapt(schema_, words());
    return {};
  } catch (const std::exception&) {
    return sentenceOfCurrent();
  }
}

void AdaptationDialog::refresh() {
  methodWords_->setText(wordsOn(chosenKind()));
  for (QWidget* field : {static_cast<QWidget*>(rank_), fields_->labelForField(rank_)})
    field->setVisible(chosenKind().hasRank);
  own_->setVisible(subsets_->currentData().toString().isEmpty());
  const QString why = problem();
  start_->setEnabled(why.isEmpty());
  copy_->setEnabled(why.isEmpty());
  if (!why.isEmpty()) return summary_->setText(why);
  const auto sets = static_cast<qint64>(subsetsToAdapt(schema_, words()).size());
  QString words = tr("%L1 × %L2 = %L3 steps, made as a run of its own.")
                      .arg(sets)
                      .arg(steps_->value())
                      .arg(sets * steps_->value());
  if (unfinished_)
    words +=
        tr(" The network's own run is not finished: if it goes on, these adapters no longer "
           "fit.");
  summary_->setText(words);
}

QString resultWords(const AdaptationReport& report) {
  const auto number = [](double value) {
    return std::isnan(value) ? QStringLiteral("–") : QString::number(value, 'f', 3);
  };
  const QString learnt =
      AdaptationDialog::tr("%1 for %2 sets of modalities, at most %3 % of the parameters each.")
          .arg(QString::fromStdString(report.method))
          .arg(report.adapted.size())
          .arg(report.learntPercent, 0, 'g', 3);
  if (report.scores.rows.empty())
    return AdaptationDialog::tr("%1 No split was scored at the end.").arg(learnt);
  return AdaptationDialog::tr("%1 On the %2 split, over these sets: %3 %4 without, %5 with.")
      .arg(learnt, QString::fromStdString(report.split),
           QString::fromStdString(mainScoreName(report.scores.task, report.scores.columns)),
           number(meanMain(report.frozen, report.adapted)),
           number(meanMain(report.scores, report.adapted)));
}

}  // namespace modascope
