#include "widgets/controls/form/config_field.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "core/base/error.h"
#include "widgets/bridge/palette.h"
#include "widgets/controls/form/number_box.h"

namespace modascope {
namespace {

constexpr int kEditorWidth = 84;
constexpr int kUnitWidth = 56;

QString asText(const ConfigValue& value) {
  return QString::fromStdString(toText(value));
}

}  // namespace

ConfigField::ConfigField(const ConfigKey& key, QWidget* parent)
    : QWidget(parent),
      key_(key),
      standard_(key.standard),
      mark_(new QLabel(this)),
      label_(new QLabel(QString::fromStdString(key.label), this)),
      editor_(makeEditor()),
      unit_(new QLabel(this)),
      reset_(new QToolButton(this)),
      message_(new QLabel(this)) {
  label_->setBuddy(editor_);
  editor_->setAccessibleName(label_->text());
  editor_->setAccessibleDescription(QString::fromStdString(key.words));
  editor_->setMinimumWidth(kEditorWidth);
  editor_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  reset_->setText(QStringLiteral("↺"));
  reset_->setAutoRaise(true);
  explain();
  auto policy = reset_->sizePolicy();
  policy.setRetainSizeWhenHidden(true);
  reset_->setSizePolicy(policy);
  message_->setWordWrap(true);
  message_->hide();
  mark_->setFixedWidth(10);
  setUnit(QString::fromStdString(key.unit));
  unit_->setFixedWidth(kUnitWidth);
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 1, 0, 1);
  grid->setHorizontalSpacing(4);
  grid->setVerticalSpacing(2);
  grid->addWidget(mark_, 0, 0);
  grid->addWidget(label_, 0, 1);
  grid->addWidget(editor_, 0, 2);
  grid->addWidget(unit_, 0, 3);
  grid->addWidget(reset_, 0, 4);
  grid->addWidget(message_, 1, 1, 1, 4);
  grid->setColumnStretch(2, 1);
  connect(reset_, &QToolButton::clicked, this, &ConfigField::resetToStandard);
}

QString ConfigField::unit() const {
  return unit_->text();
}

void ConfigField::setUnit(const QString& unit) {
  unit_->setText(unit);
}

/// What the setting does and what it usually is.
void ConfigField::explain() {
  const auto tip =
      QStringLiteral("<p>%1</p><p><code>%2</code>, %3 %4</p>")
          .arg(QString::fromStdString(key_.words).toHtmlEscaped(), QString::fromStdString(key_.key),
               tr("usually"), standardText().toHtmlEscaped());
  for (auto* part : {static_cast<QWidget*>(label_), editor_}) part->setToolTip(tip);
  reset_->setToolTip(tr("Back to %1").arg(standardText()));
  reset_->setAccessibleName(tr("Set %1 back to %2").arg(label_->text(), standardText()));
}

void ConfigField::setStandard(const RunConfig& config) {
  standard_ = key_.get(config);
  explain();
  say(problem_);
}

void ConfigField::offer(const std::vector<std::string>& choices) {
  auto* box = qobject_cast<QComboBox*>(editor_);
  if (box == nullptr) return;
  const QSignalBlocker quiet(box);
  const QString before = box->currentText();
  box->clear();
  for (const auto& choice : choices.empty() ? key_.choices : choices)
    box->addItem(QString::fromStdString(choice));
  setText(before);
}

QWidget* ConfigField::makeEditor() {
  if (!key_.choices.empty()) {
    auto* box = new QComboBox(this);
    for (const auto& choice : key_.choices) box->addItem(QString::fromStdString(choice));
    box->setEditable(!key_.also.empty());
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setFocusPolicy(Qt::StrongFocus);
    box->installEventFilter(this);
    connect(box, &QComboBox::currentTextChanged, this, &ConfigField::edited);
    return box;
  }
  if (std::holds_alternative<std::string>(key_.standard)) {
    auto* line = new QLineEdit(this);
    connect(line, &QLineEdit::textEdited, this, &ConfigField::edited);
    return line;
  }
  const NumberBox::Limits limits{key_.least.value_or(-1e300), key_.most.value_or(1e300), key_.step,
                                 std::holds_alternative<std::int64_t>(key_.standard)};
  auto* number = new NumberBox(limits, this);
  connect(number, &NumberBox::edited, this, &ConfigField::edited);
  return number;
}

bool ConfigField::eventFilter(QObject* watched, QEvent* event) {
  // A form that scrolls must not change what it scrolls past.
  if (event->type() == QEvent::Wheel && watched == editor_ && !editor_->hasFocus()) {
    event->ignore();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

QString ConfigField::standardText() const {
  return asText(standard_);
}

QString ConfigField::text() const {
  if (const auto* box = qobject_cast<const QComboBox*>(editor_)) return box->currentText();
  if (const auto* line = qobject_cast<const QLineEdit*>(editor_)) return line->text();
  return qobject_cast<const NumberBox*>(editor_)->words();
}

void ConfigField::setText(const QString& text) {
  const QSignalBlocker quiet(editor_);
  if (auto* box = qobject_cast<QComboBox*>(editor_)) {
    const int known = box->findText(text);
    if (known >= 0)
      box->setCurrentIndex(known);
    else if (box->isEditable())
      box->setEditText(text);
  } else if (auto* line = qobject_cast<QLineEdit*>(editor_)) {
    line->setText(text);
  } else {
    qobject_cast<NumberBox*>(editor_)->setWords(text);
  }
}

void ConfigField::type(const QString& text) {
  setText(text);
  Q_EMIT edited();
}

void ConfigField::showValueOf(const RunConfig& config) {
  setText(asText(key_.get(config)));
  say({});
}

void ConfigField::applyTo(RunConfig& config) {
  try {
    setFromText(config, key_.key + "=" + text().trimmed().toStdString());
    say({});
  } catch (const Error& error) {
    say(QString::fromUtf8(error.what()));
  }
}

void ConfigField::say(const QString& problem) {
  problem_ = problem;
  message_->setText(QStringLiteral("⚠ ") + problem);
  message_->setVisible(!problem.isEmpty());
  auto colours = palette();
  colours.setColor(QPalette::WindowText,
                   legibleOn(palette().color(QPalette::Window), QColor(200, 50, 47)));
  message_->setPalette(colours);
  const bool modified = isModified();
  reset_->setVisible(modified);
  const auto accent =
      legibleOn(palette().color(QPalette::Window), palette().color(QPalette::Highlight));
  mark_->setText(
      modified ? QStringLiteral("<span style='color:%1; font-size:7pt'>●</span>").arg(accent.name())
               : QString());
  mark_->setToolTip(modified ? tr("Changed from %1").arg(standardText()) : QString());
  editor_->setAccessibleDescription(problem.isEmpty() ? QString::fromStdString(key_.words)
                                                      : problem);
}

bool ConfigField::isModified() const {
  return text() != standardText();
}

void ConfigField::resetToStandard() {
  type(standardText());
}

void ConfigField::setEditable(bool editable) {
  editor_->setEnabled(editable);
  reset_->setEnabled(editable);
}

bool ConfigField::matches(const QString& words) const {
  const auto all = QString::fromStdString(key_.key + ' ' + key_.label + ' ' + key_.words);
  for (const auto& word : words.split(u' ', Qt::SkipEmptyParts))
    if (!all.contains(word, Qt::CaseInsensitive)) return false;
  return true;
}

int ConfigField::labelWidth() const {
  return label_->sizeHint().width();
}

void ConfigField::setLabelWidth(int width) {
  label_->setFixedWidth(width);
}

}  // namespace modascope
