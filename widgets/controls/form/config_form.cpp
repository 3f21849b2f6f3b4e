#include "widgets/controls/form/config_form.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <algorithm>

#include "core/config/task_settings.h"
#include "widgets/bridge/task_words.h"
#include "widgets/controls/form/config_field.h"

namespace modascope {
namespace {

constexpr int kIndent = 14;  ///< the place of a field's mark

std::string sectionOf(const std::string& key) {
  return key.substr(0, key.find('.'));
}

QString headingOf(const std::string& section) {
  if (section == "model") return ConfigForm::tr("Network");
  if (section == "train") return ConfigForm::tr("Training");
  if (section == "gmd") return ConfigForm::tr("Gradient decoupling");
  if (section == "data") return ConfigForm::tr("Data");
  if (section == "compute") return ConfigForm::tr("Computing");
  if (section == "run") return ConfigForm::tr("Run");
  return QString::fromStdString(section);
}

/// What a case of the task is, and what it is made of.
QString unitOf(const ConfigKey& key, Task task) {
  if (key.unit == "cases") return nounsOf(task);
  if (key.unit == "voxels") return elementsNounOf(task);
  return QString::fromStdString(key.unit);
}

}  // namespace

ConfigForm::ConfigForm(QWidget* parent)
    : QWidget(parent),
      presets_(new QComboBox(this)),
      all_(new QToolButton(this)),
      search_(new QLineEdit(this)),
      nothing_(new QLabel(tr("No setting has these words."), this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(1);
  buildHead();
  buildFields();
  column->addStretch(1);
  setConfig(RunConfig{});
}

void ConfigForm::buildHead() {
  auto* column = static_cast<QVBoxLayout*>(layout());
  offerPresets();
  presets_->setPlaceholderText(tr("own settings"));
  presets_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  presets_->setMinimumContentsLength(8);
  presets_->setAccessibleName(tr("Preset"));
  presets_->setToolTip(tr("Sets all settings of training at once; device and names stay."));
  connect(presets_, &QComboBox::textActivated, this, &ConfigForm::applyPreset);
  auto* label = new QLabel(tr("Preset"), this);
  label->setBuddy(presets_);
  all_->setCheckable(true);
  all_->setAutoRaise(true);
  all_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  all_->setText(tr("All %1 settings").arg(configKeys().size()));
  connect(all_, &QToolButton::toggled, this, [this] { arrange(); });
  auto* row = new QHBoxLayout;
  row->setContentsMargins(kIndent, 0, 0, 4);
  row->addWidget(label);
  row->addWidget(presets_, 1);
  row->addWidget(all_);
  search_->setPlaceholderText(tr("Search settings"));
  search_->setAccessibleName(search_->placeholderText());
  search_->setClearButtonEnabled(true);
  connect(search_, &QLineEdit::textChanged, this, [this] { arrange(); });
  column->addLayout(row);
  column->addWidget(search_);
  column->addWidget(nothing_);
}

void ConfigForm::offerPresets() {
  presets_->clear();
  for (const auto& name : presetNames(task_)) presets_->addItem(QString::fromStdString(name));
}

/// A preset says how to train, not where to compute nor what to call it.
RunConfig ConfigForm::withPreset(const std::string& name) const {
  auto config = name == presetNames(task_).front() ? standardFor(task_) : preset(name);
  config.compute = config_.compute;
  config.run = config_.run;
  return config;
}

void ConfigForm::setTask(Task task) {
  task_ = task;
  offerPresets();
  for (const auto& group : groups_)
    for (auto* field : group.fields) {
      field->setStandard(standardFor(task));
      field->offer(choicesFor(field->key().key, task));
      field->setUnit(unitOf(field->key(), task));
    }
  showPreset();
  arrange();
}

void ConfigForm::buildFields() {
  auto bold = font();
  bold.setBold(true);
  int width = 0;
  std::string section;
  for (const auto& key : configKeys()) {
    if (groups_.empty() || sectionOf(key.key) != section) {
      section = sectionOf(key.key);
      auto* heading = new QLabel(headingOf(section), this);
      heading->setFont(bold);
      heading->setContentsMargins(kIndent, 8, 0, 2);
      layout()->addWidget(heading);
      groups_.push_back({heading, {}});
    }
    auto* field = new ConfigField(key, this);
    connect(field, &ConfigField::edited, this, [this, field] { take(field); });
    layout()->addWidget(field);
    groups_.back().fields.push_back(field);
    width = std::max(width, field->labelWidth());
  }
  for (const auto& group : groups_)
    for (auto* field : group.fields) field->setLabelWidth(width);
}

void ConfigForm::arrange() {
  const bool all = showsAll();
  const auto words = all ? search_->text() : QString();
  bool any = false;
  for (const auto& group : groups_) {
    bool anyOfGroup = false;
    for (auto* field : group.fields) {
      // What was changed or is wrong is never out of sight.
      const bool shown = all ? field->matches(words)
                             : (field->key().basic && concerns(field->key().key, task_)) ||
                                   field->isModified() || !field->problem().isEmpty();
      field->setVisible(shown);
      anyOfGroup = anyOfGroup || shown;
    }
    group.heading->setVisible(all && anyOfGroup);
    any = any || anyOfGroup;
  }
  search_->setVisible(all);
  nothing_->setVisible(!any);
  all_->setArrowType(all ? Qt::DownArrow : Qt::RightArrow);
}

void ConfigForm::setConfig(const RunConfig& config) {
  config_ = config;
  for (const auto& group : groups_)
    for (auto* field : group.fields) field->showValueOf(config_);
  showPreset();
  arrange();
}

QStringList ConfigForm::problems() const {
  QStringList sentences;
  for (const auto& group : groups_)
    for (const auto* field : group.fields)
      if (!field->problem().isEmpty()) sentences << field->problem();
  return sentences;
}

void ConfigForm::setEditable(bool editable) {
  presets_->setEnabled(editable);
  for (const auto& group : groups_)
    for (auto* field : group.fields) field->setEditable(editable);
}

void ConfigForm::showAll(bool all) {
  all_->setChecked(all);
}

bool ConfigForm::showsAll() const {
  return all_->isChecked();
}

void ConfigForm::search(const QString& words) {
  showAll(true);
  search_->setText(words);
}

ConfigField* ConfigForm::field(std::string_view key) const {
  for (const auto& group : groups_)
    for (auto* field : group.fields)
      if (field->key().key == key) return field;
  return nullptr;
}

void ConfigForm::take(ConfigField* field) {
  field->applyTo(config_);
  showPreset();
  Q_EMIT changed();
}

void ConfigForm::applyPreset(const QString& name) {
  setConfig(withPreset(name.toStdString()));
  Q_EMIT changed();
}

void ConfigForm::showPreset() {
  int index = -1;
  for (int i = 0; i < presets_->count(); ++i)
    if (withPreset(presets_->itemText(i).toStdString()) == config_) index = i;
  presets_->setCurrentIndex(problems().isEmpty() ? index : -1);
}

}  // namespace modascope
